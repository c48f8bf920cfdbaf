package mechanics.training;

import java.util.random.RandomGenerator;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.Tensor;

/**
 * A loss: what the outputs of a network on a batch should be. A task computes the loss with its derivative δ with
 * respect to the outputs, and the derivative of δ along a direction; everything else follows by the passes of the
 * network.
 */
public interface Task {
    /** The name, as in the description of a run. */
    String name();

    /**
     * Checks that targets fit the outputs of a network.
     *
     * @param output the shape of one output
     * @param targets the targets of all samples, one after another
     * @param samples their number
     * @throws IllegalArgumentException with the expectation, where they do not
     */
    void check(Shape output, Array targets, int samples);

    /**
     * Computes the loss L of a batch and writes δ = ∂L/∂f to the adjoint of the output. Modified: the adjoint.
     *
     * @param output f, whose value is there
     * @param targets the targets of this batch
     * @return L
     */
    double differentiate(Tensor output, Array targets);

    /**
     * Writes δ̇ = ∂²L/∂f² ḟ to the tangent of the output's adjoint. Modified: that tangent.
     *
     * @param output f, whose value and tangent ḟ are there, and whose adjoint {@link #differentiate} has written
     * @param targets the targets of this batch
     */
    void differentiateTangent(Tensor output, Array targets);

    /** The number of neighboring samples that belong together: batches do not part them. */
    default int group() {
        return 1;
    }

    /** Whether the samples hold random numbers that every step of a learning rule is to {@link #redraw}. */
    default boolean redraws() {
        return false;
    }

    /**
     * Draws the random part of the samples of a batch anew. Modified: inputs and targets.
     *
     * @param inputs those of the batch, n × d
     * @param targets those of the batch
     * @param samples n
     * @param random where the random numbers come from
     */
    default void redraw(Array inputs, Array targets, int samples, RandomGenerator random) {}

    /**
     * Checks that there are as many target numbers as output numbers.
     *
     * @param task the name in the message
     * @param output the shape of one output
     * @param targets those of all samples, one after another
     * @param samples n
     */
    static void requireLikeOutputs(String task, Shape output, Array targets, int samples) {
        if (targets.length() != output.count() * samples) {
            throw new IllegalArgumentException(
                    task + " with " + targets.length() + " target numbers: expected "
                            + samples + " × " + output.count() + " for outputs of shape " + output);
        }
    }

    /**
     * Checks that every target is one of two numbers.
     *
     * @param task the name in the message
     * @param targets those of all samples, one after another
     * @param low one allowed number
     * @param high the other
     */
    static void requireLabels(String task, Array targets, double low, double high) {
        for (int i = 0; i < targets.length(); i++) {
            double label = targets.get(i);
            if (label != low && label != high) {
                throw new IllegalArgumentException(
                        task + " with target " + label + ": expected " + low + " or " + high);
            }
        }
    }
}
