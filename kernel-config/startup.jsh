// What every cell can use without an import. An import that does not resolve is left out.
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import static java.lang.Math.*;

import mechanics.base.*;
import mechanics.linalg.*;
import mechanics.statistics.*;
import mechanics.plot.*;
import mechanics.data.*;
import mechanics.network.*;
import mechanics.network.layers.*;
import mechanics.network.zoo.*;
import mechanics.training.*;
import mechanics.training.rules.*;
import mechanics.training.tasks.*;
import mechanics.training.diffusion.*;
import mechanics.training.text.*;
import mechanics.learners.*;
import mechanics.kernels.*;
import mechanics.representations.*;
import mechanics.signals.*;
import mechanics.measure.*;
import mechanics.measure.curvature.*;
import mechanics.solvable.*;
import mechanics.limits.*;
import mechanics.laws.*;
import mechanics.hyperparameters.*;
import mechanics.universality.*;
import mechanics.physics.*;
import mechanics.lab.*;
import mechanics.lab.sweeps.*;
import mechanics.lab.predictions.*;

// Not the forgotten class of java.util.
import mechanics.training.Observable;
