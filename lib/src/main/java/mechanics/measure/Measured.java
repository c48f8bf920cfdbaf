package mechanics.measure;

import java.util.List;
import java.util.function.Function;

import mechanics.training.Moment;
import mechanics.training.Observable;

/** A function of a moment, with the names of its numbers, as an observable. */
record Measured(List<String> columns, Function<Moment, double[]> function) implements Observable {
    Measured {
        columns = List.copyOf(columns);
    }

    @Override
    public double[] measure(Moment moment) { return function.apply(moment); }
}
