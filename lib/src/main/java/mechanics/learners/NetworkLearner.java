package mechanics.learners;

import java.util.LinkedHashMap;
import java.util.Map;

import mechanics.base.Require;
import mechanics.data.LabeledSamples;
import mechanics.data.Normalization;
import mechanics.data.Samples;
import mechanics.data.Targets;
import mechanics.network.Architecture;
import mechanics.network.Network;
import mechanics.training.LearningRule;
import mechanics.training.Run;
import mechanics.training.Task;
import mechanics.training.tasks.CrossEntropy;
import mechanics.training.tasks.SquaredError;

/**
 * A network of this laboratory as a learner: built anew from its architecture, with the architecture's own seed, at each
 * training.
 *
 * <pre>{@code
 * var learner = NetworkLearner.of(Mlp.of(100, 128, 10).seed(1), Adam.of(2e-3).batch(50), 600).centered();
 * Fitted fitted = learner.classification().train(samples);
 * }</pre>
 *
 * @param architecture what is built
 * @param rule how it learns
 * @param steps the number of steps
 * @param seed where the rule's random numbers come from
 * @param centering whether the mean of the training inputs is taken off all inputs
 */
public record NetworkLearner(Architecture<?> architecture, LearningRule rule, long steps, long seed,
        boolean centering) {
    /** Checks the number of steps. */
    public NetworkLearner {
        if (steps < 0) throw new IllegalArgumentException("steps = " + steps + ": expected at least 0");
    }

    /** A network that learns by the given rule for a number of steps, from inputs as they are. */
    public static NetworkLearner of(Architecture<?> architecture, LearningRule rule, long steps) {
        return new NetworkLearner(architecture, rule, steps, 0, false);
    }

    /** The same with the rule's random numbers from another seed. */
    public NetworkLearner seed(long other) {
        return new NetworkLearner(architecture, rule, steps, other, centering);
    }

    /** The same with the mean of the training inputs taken off all inputs. */
    public NetworkLearner centered() {
        return new NetworkLearner(architecture, rule, steps, seed, true);
    }

    /** Learns classes by the mean cross-entropy; the scores are the outputs before the softmax. */
    public Learner<LabeledSamples> classification() {
        return new Classification(this);
    }

    /** Learns targets by the squared error {@link SquaredError#HALF_MEAN}. */
    public Learner<Samples> regression() {
        return regression(SquaredError.HALF_MEAN);
    }

    /** Learns targets at the given task. */
    public Learner<Samples> regression(Task task) {
        return new Regression(this, task);
    }

    private Fitted fit(double[][] inputs, double[][] targets, Task task) {
        Require.matrix("inputs", inputs);
        var center = centering
                ? Normalization.centering(inputs)
                : Normalization.identity(inputs[0].length);
        Network network = architecture.build();
        Run.of(network, task, center.apply(inputs), targets, rule).seed(seed).steps(steps).train();
        return new FittedNetwork(network, center);
    }

    /** With labels. */
    private record Classification(NetworkLearner network) implements Learner<LabeledSamples> {
        @Override
        public Fitted train(LabeledSamples train) {
            int outputs = network.architecture.layers().outputShape(network.architecture.input()).count();
            if (train.classes() > outputs) {
                throw new IllegalArgumentException("train has " + train.classes()
                        + " classes: expected at most " + outputs + ", the outputs of the network");
            }
            return network.fit(train.inputs(), Targets.oneHot(train.labels(), outputs), CrossEntropy.MEAN);
        }

        @Override
        public String library() { return "Learning Mechanics"; }
    }

    /** With targets. */
    private record Regression(NetworkLearner network, Task task) implements Learner<Samples> {
        @Override
        public Fitted train(Samples train) { return network.fit(train.inputs(), train.targets(), task); }

        @Override
        public String library() { return "Learning Mechanics"; }
    }

    /** A trained network and the map before it. */
    private record FittedNetwork(Network model, Normalization center) implements Fitted {
        @Override
        public double[][] scores(double[][] inputs) {
            Require.rowsOf("inputs", inputs, model.input().count(), "as the network takes");
            return model.evaluate(center.apply(inputs));
        }

        @Override
        public Map<String, double[][]> parameters() {
            var parameters = new LinkedHashMap<String, double[][]>();
            model.parameters().views().forEach(view -> parameters.put(view.name(), view.get()));
            return parameters;
        }
    }
}
