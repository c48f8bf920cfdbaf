package mechanics.training;

import java.util.List;
import java.util.function.Function;

/** A quantity that is measured along a run: a number or several, with names. */
public interface Observable {
    /** The names of the numbers, as in {@code λ1, λ2}; empty where they are only numbered. */
    List<String> columns();

    /**
     * Measures. The snapshot's network and data are not modified; its derivatives may be used.
     *
     * @param snapshot the run at this step
     */
    double[] measure(Snapshot snapshot);

    /**
     * A function of the snapshot, for what needs more than the network: the gradient, the step.
     *
     * @param function what is measured, one or several numbers
     */
    static Observable of(Function<Snapshot, double[]> function) {
        return new Observable() {
            @Override
            public List<String> columns() { return List.of(); }

            @Override
            public double[] measure(Snapshot snapshot) { return function.apply(snapshot); }
        };
    }
}
