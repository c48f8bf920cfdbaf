package mechanics.training.tasks;

import java.util.function.LongFunction;

import mechanics.base.Shape;
import mechanics.linalg.Precision;
import mechanics.network.Multiplier;
import mechanics.network.Network;
import mechanics.training.Derivatives;
import mechanics.training.Observable;
import mechanics.training.Snapshot;

/**
 * A model of another library beside a run, measured by the run's task on the run's schedule, so that both curves lie
 * in one figure:
 *
 * <pre>{@code
 * var peer = Peer.of(step -> tribuoModelAfter(step / stepsPerEpoch), inputs, targets);
 * run.observe("Tribuo's loss", every(stepsPerEpoch), peer.loss());
 * }</pre>
 *
 * Cost: the other library's training from its start for every step that is measured.
 */
public final class Baseline {
    private final LongFunction<Predictor> trained;
    private final double[][] inputs;
    private final double[][] targets;
    private long step = -1;
    private Derivatives outputs;

    /** A trained model as a function. */
    @FunctionalInterface
    public interface Predictor {
        /**
         * The outputs on which the run's task takes its loss; for {@link CrossEntropy} logarithms of probabilities.
         *
         * @param inputs n × d, rows are samples
         * @return n × k
         */
        double[][] predict(double[][] inputs);
    }

    private Baseline(LongFunction<Predictor> trained, double[][] inputs, double[][] targets) {
        this.trained = trained;
        this.inputs = inputs;
        this.targets = targets;
    }

    /**
     * A model beside a run.
     *
     * @param trained the model after as much training as the run has at a given step
     * @param inputs n × d, the samples to measure on
     * @param targets n × k, as the task of the run expects
     */
    public static Baseline of(LongFunction<Predictor> trained, double[][] inputs, double[][] targets) {
        return new Baseline(trained, inputs, targets);
    }

    /** The loss at the task of the run. */
    public Observable loss() {
        return new Reading("loss", this::at, Derivatives::loss);
    }

    /** The share of samples that is right: see {@link Accuracy}. */
    public Observable accuracy() {
        return new Reading("accuracy", this::at, Accuracy::of);
    }

    /** The outputs at a step, as those of a network that returns its inputs. */
    private Derivatives at(Snapshot snapshot) {
        if (step != snapshot.step()) {
            var predicted = trained.apply(snapshot.step()).predict(inputs);
            Network same = Network.of(Shape.of(predicted[0].length), new Multiplier(1))
                    .precision(Precision.FLOAT64)
                    .build();
            outputs = Derivatives.of(same, snapshot.derivatives().task(), predicted, targets);
            step = snapshot.step();
        }
        return outputs;
    }
}
