package mechanics.training.tasks;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import mechanics.training.Derivatives;
import mechanics.training.Observable;
import mechanics.training.Snapshot;

/** One number, such as the loss, read off at other samples or outputs than those of the run. */
record Reading(String column, Function<Snapshot, Derivatives> at,
        ToDoubleFunction<Derivatives> quantity) implements Observable {
    @Override
    public List<String> columns() { return List.of(column); }

    @Override
    public double[] measure(Snapshot snapshot) {
        return new double[]{quantity.applyAsDouble(at.apply(snapshot))};
    }
}
