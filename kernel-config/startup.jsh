// What every cell can use without an import. An import that does not resolve is left out.
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import static java.lang.Math.*;

import mechanics.lab.*;
import mechanics.data.*;
import mechanics.linalg.*;
import mechanics.network.*;
import mechanics.training.*;
import mechanics.measure.*;
import mechanics.solvable.*;
import mechanics.limits.*;
import mechanics.laws.*;
import mechanics.hyperparameters.*;
import mechanics.universality.*;
import mechanics.physics.*;

// Not the forgotten class of java.util.
import mechanics.training.Observable;
