package mechanics.training;

import java.util.List;

/** A quantity that is measured along a run: a number or several, with names. */
public interface Observable {
    /** The names of the numbers, as in {@code λ1, λ2}; empty where they are only numbered. */
    List<String> columns();

    /** Measures. The moment's network and data are not modified; its derivatives may be used. */
    double[] measure(Moment moment);
}
