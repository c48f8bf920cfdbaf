package mechanics.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import mechanics.linalg.Array;
import mechanics.linalg.Seed;
import mechanics.network.Network;

/**
 * A learning system in motion: architecture, data, task and learning rule, and what is measured on the way.
 *
 * <pre>{@code
 * var run = Run.of(network, SquaredError.HALF_SUM, inputs, targets, GradientDescent.of(0.01))
 *         .observe("modes", every(10), net -> strengths(net)).steps(5000).train();
 * double[] first = run.series("modes").column(0);
 * }</pre>
 *
 * The loss that the rule sees is kept at every step, in the series {@code loss}.
 */
public final class Run {
    private final Derivatives derivatives;
    private final LearningRule rule;
    private final Map<String, Measurement> measurements = new LinkedHashMap<>();
    private final Series losses = new Series("loss", List.of("loss"));
    private Seed seed = Seed.of(0);
    private long steps = 1000;
    private long step;
    private LearningRule.Stepper stepper;

    /** An observable with its schedule and what it has measured. */
    private record Measurement(Observable observable, Schedule schedule, Series series) {}

    private Run(Derivatives derivatives, LearningRule rule) {
        this.derivatives = derivatives;
        this.rule = rule;
    }

    /**
     * A run, not begun.
     *
     * @param inputs n × d, rows are samples
     * @param targets n × k, rows are samples
     */
    public static Run of(Network network, Task task, double[][] inputs, double[][] targets,
            LearningRule rule) {
        return new Run(Derivatives.of(network, task, inputs, targets), rule);
    }

    /** A run, not begun, on data in the network's precision, which are used in place. */
    public static Run of(Network network, Task task, Array inputs, Array targets, LearningRule rule) {
        return new Run(Derivatives.of(network, task, inputs, targets), rule);
    }

    /** Sets the number of steps that {@link #train} takes; 1000 unless set. Modified. */
    public Run steps(long count) {
        if (count < 0) throw new IllegalArgumentException("steps = " + count + ": expected at least 0");
        steps = count;
        return this;
    }

    /** Sets where the rule's random numbers come from. Modified. */
    public Run seed(long value) {
        seed = Seed.of(value);
        return this;
    }

    /** Adds a quantity to measure. Modified. */
    public Run observe(String name, Schedule schedule, Observable observable) {
        if (name.equals(losses.name()) || measurements.containsKey(name)) {
            throw new IllegalArgumentException("observable " + name + ": expected a name not yet used");
        }
        measurements.put(name,
                new Measurement(observable, schedule, new Series(name, observable.columns())));
        return this;
    }

    /** Adds a function of the network to measure, of several numbers. Modified. */
    public Run observe(String name, Schedule schedule, Function<Network, double[]> function) {
        return observe(name, schedule, new OfNetwork(List.of(), function));
    }

    /** Adds a function of the network to measure, of one number. Modified. */
    public Run observeNumber(String name, Schedule schedule, ToDoubleFunction<Network> function) {
        return observe(name, schedule,
                new OfNetwork(List.of(name), network -> new double[]{function.applyAsDouble(network)}));
    }

    private record OfNetwork(List<String> columns,
            Function<Network, double[]> function) implements Observable {
        @Override
        public double[] measure(Moment moment) { return function.apply(moment.network()); }
    }

    /**
     * Takes the number of steps that was set, from where the run is, and measures on the way; at the end as well.
     *
     * @throws IllegalStateException where the loss becomes NaN or infinite
     */
    public Run train() {
        if (stepper == null) stepper = rule.start(derivatives, seed);
        var loss = new double[1];
        for (long end = step + steps; step < end; step++) {
            measure(false);
            loss[0] = stepper.step(step);
            if (!Double.isFinite(loss[0])) {
                throw new IllegalStateException("loss = " + loss[0] + " at step " + step
                        + ", largest parameter " + network().parameters().array().largest() + " under " + rule
                        + ": a smaller learning rate may help");
            }
            losses.add(step, loss);
        }
        measure(true);
        return this;
    }

    private void measure(boolean end) {
        for (var m : measurements.values()) {
            boolean done = m.series.size() > 0 && m.series.steps()[m.series.size() - 1] == step;
            if (!done && (end || m.schedule.at(step))) {
                m.series.add(step, m.observable.measure(new Moment(step, derivatives)));
            }
        }
    }

    /** The network. */
    public Network network() { return derivatives.network(); }

    /** The loss over all samples with its derivatives. */
    public Derivatives derivatives() {
        return derivatives;
    }

    /** The number of moves so far. */
    public long step() { return step; }

    /** What was measured under a name; {@code loss} is the loss at every step. */
    public Series series(String name) {
        if (name.equals(losses.name())) return losses;
        var m = measurements.get(name);
        if (m == null) {
            var names = new ArrayList<>(List.of(losses.name()));
            names.addAll(measurements.keySet());
            throw new IllegalArgumentException("series = " + name + ": expected one of " + names);
        }
        return m.series;
    }
}
