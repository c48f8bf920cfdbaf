package mechanics.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import mechanics.base.Seed;
import mechanics.linalg.Array;
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
 * The loss that the rule sees is kept at every step, in the series {@code loss}. Two runs with the same network, data,
 * rule and seed are equal to the last bit on one machine, and so is a run that was interrupted, or saved and loaded,
 * in between.
 */
public final class Run {
    private final Derivatives derivatives;
    private final LearningRule rule;
    private final List<Measurement> measurements = new ArrayList<>();
    private final Map<String, Series> series = new LinkedHashMap<>();
    private final Series losses = new Series("loss", List.of("loss"));
    private final List<Predicate<Run>> criteria = new ArrayList<>();
    private Seed seed = Seed.of(0);
    private long steps = 1000;
    private long step;
    /** Where the present {@link #train} ends, if nothing ends it before. */
    private long goal;
    private LearningRule.Stepper stepper;

    /** An observable with its schedule and what it has measured. */
    private record Measurement(Observable observable, MeasurementSchedule schedule, Series series) {}

    private Run(Derivatives derivatives, LearningRule rule) {
        rule.check(derivatives);
        this.derivatives = derivatives;
        this.rule = rule;
        series.put(losses.name(), losses);
    }

    /**
     * A run, not begun.
     *
     * @param network the network at its present parameters
     * @param task the loss
     * @param inputs n × d, rows are samples
     * @param targets n × k, rows are samples
     * @param rule how the parameters move
     * @throws IllegalArgumentException where the network, the task, the data and the rule do not fit each other
     */
    public static Run of(Network network, Task task, double[][] inputs, double[][] targets,
            LearningRule rule) {
        return new Run(Derivatives.of(network, task, inputs, targets), rule);
    }

    /**
     * A run, not begun, on data in the network's precision, which are used in place.
     *
     * @param network the network at its present parameters
     * @param task the loss
     * @param inputs n × d, row by row
     * @param targets what the task expects for n samples
     * @param rule how the parameters move
     */
    public static Run of(Network network, Task task, Array inputs, Array targets, LearningRule rule) {
        return new Run(Derivatives.of(network, task, inputs, targets), rule);
    }

    /**
     * Sets the number of steps that {@link #train} takes; 1000 unless set. What an interrupted train has left is
     * forgotten. Modified.
     *
     * @param count steps, not negative
     */
    public Run steps(long count) {
        if (count < 0) throw new IllegalArgumentException("steps = " + count + ": expected at least 0");
        steps = count;
        goal = step;
        return this;
    }

    /**
     * Sets where the rule's random numbers come from. Modified.
     *
     * @param value the seed
     */
    public Run seed(long value) {
        if (stepper != null) {
            throw new IllegalStateException("seed = " + value + " at step " + step
                    + ": expected to be set before the first step");
        }
        seed = Seed.of(value);
        return this;
    }

    /**
     * Adds a quantity to measure. Modified.
     *
     * @param name the name of the series
     * @param schedule the steps at which it is measured
     * @param observable what is measured
     */
    public Run observe(String name, MeasurementSchedule schedule, Observable observable) {
        if (name.equals(losses.name()) || measurements.stream().anyMatch(m -> m.series.name().equals(name))) {
            throw new IllegalArgumentException("observable " + name + ": expected a name not yet used");
        }
        // A loaded run has the series already: this goes on with it.
        var kept = series.computeIfAbsent(name, _ -> new Series(name, observable.columns()));
        if (!kept.columns().equals(observable.columns())) {
            throw new IllegalArgumentException("observable " + name + " with columns " + observable.columns()
                    + ": expected " + kept.columns() + " as in the file that was loaded");
        }
        measurements.add(new Measurement(observable, schedule, kept));
        return this;
    }

    /**
     * Adds a function of the network to measure, of several numbers. Modified.
     *
     * @param name the name of the series
     * @param schedule the steps at which it is measured
     * @param function what is measured, one or several numbers
     */
    public Run observe(String name, MeasurementSchedule schedule, Function<Network, double[]> function) {
        return observe(name, schedule, new OfNetwork(List.of(), function));
    }

    /**
     * Adds a function of the network to measure, of one number. Modified.
     *
     * @param name the name of the series
     * @param schedule the steps at which it is measured
     * @param function one number of the network
     */
    public Run observeNumber(String name, MeasurementSchedule schedule, ToDoubleFunction<Network> function) {
        return observe(name, schedule,
                new OfNetwork(List.of(name), network -> new double[]{function.applyAsDouble(network)}));
    }

    private record OfNetwork(List<String> columns,
            Function<Network, double[]> function) implements Observable {
        @Override
        public double[] measure(Snapshot snapshot) { return function.apply(snapshot.network()); }
    }

    /**
     * Stops when the newest number of a series fulfills a criterion, as in {@code until("loss", x -> x < 1e-3)}; of a
     * series with several columns, the first one's. Several criteria stop at the first that is met. Modified.
     *
     * @param name the name of the series
     * @param criterion true where the run is to stop
     */
    public Run until(String name, DoublePredicate criterion) {
        return until(run -> {
            var measured = run.series(name);
            return measured.size() > 0 && criterion.test(measured.row(measured.size() - 1)[0]);
        });
    }

    /**
     * Stops when the run fulfills a criterion, which is asked before each step. Modified.
     *
     * @param criterion true where the run is to stop
     */
    public Run until(Predicate<Run> criterion) {
        criteria.add(criterion);
        return this;
    }

    /**
     * Takes the number of steps that was set, from where the run is, and measures on the way; at the end as well.
     * Stops before if a criterion is met. If the train before was interrupted, takes the steps that it has left.
     *
     * @throws DivergedException where the loss or a parameter becomes NaN or infinite; says which, and where
     * @throws CancellationException where the thread is interrupted: between two steps, so that the run is whole
     */
    public Run train() { return train(_ -> {}); }

    /**
     * {@link #train()} that calls {@code afterStep} after each step: to show progress, to save. Modified.
     *
     * @param afterStep called after every step, as for a progress bar
     */
    public Run train(Consumer<Run> afterStep) {
        start();
        if (step >= goal) goal = step + steps;
        while (step < goal) {
            measure(false);
            if (isDone()) {
                goal = step;
                break;
            }
            if (Thread.interrupted()) {
                throw new CancellationException("interrupted at step " + step + " of " + goal
                        + ": train() goes on from here");
            }
            double loss = stepper.step(step);
            if (!Double.isFinite(loss)) throw diverged("loss = " + loss);
            losses.add(step, loss);
            step++;
            afterStep.accept(this);
        }
        if (!derivatives.network().parameters().array().isFinite()) throw diverged("parameters");
        measure(true);
        return this;
    }

    private void start() { if (stepper == null) stepper = rule.start(derivatives, seed); }

    private boolean isDone() {
        for (int i = 0; i < criteria.size(); i++) {
            if (criteria.get(i).test(this)) return true;
        }
        return false;
    }

    private void measure(boolean end) {
        for (int i = 0; i < measurements.size(); i++) {
            var m = measurements.get(i);
            if (m.series.lastStep() != step && (end || m.schedule.at(step))) {
                m.series.add(step, m.observable
                        .measure(new Snapshot(step, derivatives, () -> stepper.preconditioner(step))));
            }
        }
    }

    private DivergedException diverged(String what) {
        var text = new StringBuilder(what).append(" at step ").append(step);
        if (losses.size() > 0) text.append(", after ").append(losses.last()[0]).append(" the step before");
        var parameters = network().parameters();
        text.append("; ").append(largest("parameter", parameters.array()));
        if (parameters.array().isFinite())
            text.append("; ").append(largest("gradient", derivatives.gradient()));
        return new DivergedException(step,
                text.append("; rule ").append(rule).append(": a smaller learning rate may help").toString());
    }

    /** Which parameter's part of a vector has the largest number, or the first that is not a number. */
    private String largest(String what, Array vector) {
        String name = "none";
        double largest = -1;
        for (var view : network().parameters().views()) {
            double own = view.of(vector).largest();
            if (own > largest || Double.isNaN(own)) {
                name = view.name();
                largest = own;
            }
            if (Double.isNaN(own)) break;
        }
        return "largest " + what + " " + largest + " in " + name;
    }

    /**
     * Writes the run: its description with provenance as JSON to {@code file}, and its numbers (parameters, what the
     * rule carries, series) to a binary file beside it, which the description names. Either file is there whole or
     * not at all, and an older state stays readable until the new one is complete.
     *
     * @param file the path; written whole or not at all
     * @throws java.io.UncheckedIOException where the files cannot be written
     */
    public void save(Path file) {
        start();
        new RunFile(file).write(this);
    }

    /**
     * Takes the state of a run of the same system (network, task, rule, seed, data), saved by {@link #save}, so that
     * {@link #train} goes on from there to the last bit as if nothing had happened. Observables are not in the file:
     * their series are, and go on when they are observed again under the same names. Modified; not modified where an
     * exception is thrown.
     *
     * @param file what save has written
     * @throws IllegalArgumentException where a file is missing, cut short, corrupt, or of another system: names the
     *         file and what was expected
     */
    public Run load(Path file) {
        start();
        new RunFile(file).read(this);
        return this;
    }

    /** Takes a state that fits. Modified. */
    void restore(long atStep, long atGoal, Array parameters, Map<String, Array> carried,
            List<Series> measured) {
        step = atStep;
        goal = atGoal;
        network().parameters().set(parameters);
        stepper.state().forEach((name, array) -> array.copy(carried.get(name)));
        for (var s : measured) series.computeIfAbsent(s.name(), name -> new Series(name, s.columns())).set(s);
    }

    /** What was run, on what, and with which software: as a structure of maps, lists, numbers and text. */
    public Map<String, Object> provenance() {
        return Description.of(this);
    }

    /** The network. */
    public Network network() { return derivatives.network(); }

    /** The loss over all samples with its derivatives. */
    public Derivatives derivatives() {
        return derivatives;
    }

    /** The learning rule. */
    public LearningRule rule() { return rule; }

    /** Where the rule's random numbers come from. */
    public Seed seed() { return seed; }

    /** What the rule carries from step to step. Shared. */
    Map<String, Array> state() {
        return stepper.state();
    }

    /** The number of moves so far. */
    public long step() { return step; }

    /** The step at which the present {@link #train} ends, or the last one ended. */
    public long goal() {
        return goal;
    }

    /** The number of steps that {@link #train} has yet to take if it is called now. */
    public long remaining() {
        return step < goal ? goal - step : steps;
    }

    /** The names of all series: {@code loss} and what is observed. */
    public List<String> seriesNames() {
        return List.copyOf(series.keySet());
    }

    /**
     * What was measured under a name; {@code loss} is the loss at every step.
     *
     * @param name the name of the series
     */
    public Series series(String name) {
        var measured = series.get(name);
        if (measured == null) {
            throw new IllegalArgumentException("series = " + name + ": expected one of " + seriesNames());
        }
        return measured;
    }
}
