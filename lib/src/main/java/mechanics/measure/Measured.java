package mechanics.measure;

import java.util.List;
import java.util.function.Function;

import mechanics.training.Observable;
import mechanics.training.Snapshot;

/**
 * A function of a snapshot, with the names of its numbers, as an observable.
 *
 * @param columns the names of the numbers
 * @param function what is measured, one or several numbers
 */
public record Measured(List<String> columns, Function<Snapshot, double[]> function) implements Observable {
    public Measured {
        columns = List.copyOf(columns);
    }

    @Override
    public double[] measure(Snapshot snapshot) { return function.apply(snapshot); }
}
