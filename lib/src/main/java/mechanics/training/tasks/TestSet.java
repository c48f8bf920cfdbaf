package mechanics.training.tasks;

import mechanics.base.Require;
import mechanics.network.Network;
import mechanics.training.Derivatives;
import mechanics.training.Snapshot;
import mechanics.training.Observable;
import mechanics.training.Task;

/**
 * Samples that a run does not learn from, and its loss and accuracy on them:
 *
 * <pre>{@code
 * var test = TestSet.of(split.test().inputs(), split.test().targets());
 * run.observe("test loss", every(10), test.loss()).observe("test accuracy", every(10), test.accuracy());
 * }</pre>
 *
 * Cost: one forward pass over these samples at a step, however many observables ask. For one run at a time.
 */
public final class TestSet {
    private final double[][] inputs;
    private final double[][] targets;
    private Derivatives derivatives;

    private TestSet(double[][] inputs, double[][] targets) {
        this.inputs = inputs;
        this.targets = targets;
    }

    /**
     * Held-out samples.
     *
     * @param inputs n × d, rows are samples
     * @param targets n × k, as the task of the run expects
     * @throws IllegalArgumentException where there are no samples, rows differ in length, or there is not one row of
     *         targets for each input
     */
    public static TestSet of(double[][] inputs, double[][] targets) {
        Require.matrix("inputs", inputs);
        Require.sameRows("targets", targets, "inputs", inputs);
        Require.matrix("targets", targets);
        return new TestSet(inputs, targets);
    }

    /** The loss on these samples at the task of the run. */
    public Observable loss() {
        return new Reading("loss", this::at,
                Derivatives::loss);
    }

    /** The share of these samples that is right: see {@link Accuracy}. */
    public Observable accuracy() {
        return new Reading("accuracy", this::at,
                Accuracy::of);
    }

    private Derivatives at(Snapshot snapshot) {
        Network network = snapshot.network();
        Task task = snapshot.derivatives().task();
        if (derivatives == null || derivatives.network() != network
                || !derivatives.task().equals(task)) {
            derivatives = Derivatives.of(network, task, inputs, targets);
        }
        return derivatives;
    }
}
