package mechanics.training.tasks;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.training.Task;

/**
 * The cross-entropy where each row of outputs has a distribution over the classes of which only draws are known, such as
 * the words that a text goes on with: −(1/m) Σⱼ ln p(yⱼ) with p the softmax of the outputs and y₁, …, yₘ the numbers of
 * the drawn classes, averaged over rows. The same as {@link CrossEntropy#MEAN} with the empirical distribution of the
 * draws as target, without a number for each class: with vocabularies of thousands of words that is memory saved a
 * hundredfold.
 *
 * @param draws m, the number of class numbers that each row of outputs has as targets
 */
public record SampledCrossEntropy(int draws) implements Task {
    /** Checks the number. */
    public SampledCrossEntropy {
        if (draws < 1) throw new IllegalArgumentException("draws = " + draws + ": expected at least 1");
    }

    @Override
    public String name() { return "DRAWS_" + draws; }

    @Override
    public void check(Shape output, Array targets, int samples) {
        int classes = output.columns();
        long expected = (long) output.rows() * samples * draws;
        if (targets.length() != expected) {
            throw new IllegalArgumentException("CrossEntropyOfDraws with " + targets.length()
                    + " target numbers: expected " + output.rows() * samples + " × " + draws
                    + " class numbers for outputs of shape " + output);
        }
        for (int i = 0; i < targets.length(); i++) {
            double label = targets.get(i);
            if (label != Math.rint(label) || label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                        "class " + label + " in row " + i / draws + ": expected 0 to " + (classes - 1));
            }
        }
    }

    @Override
    public double differentiate(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        Array delta = adjoint.value();
        Array logits = output.value();
        int classes = output.columns();
        adjoint.markWritten(Pass.VALUE);
        double loss = CrossEntropy.softmax(logits, delta, classes);
        double each = 1.0 / draws;
        for (int j = 0; j < targets.length(); j++) {
            int label = j / draws * classes + (int) targets.get(j);
            loss -= each * logits.get(label);
            delta.set(label, delta.get(label) - each);
        }
        delta.scale(1.0 / output.rows());
        return loss / output.rows();
    }

    @Override
    public void differentiateTangent(Tensor output, Array targets) {
        // Draws enter δ by a constant: its tangent is that of p alone.
        CrossEntropy.MEAN.differentiateTangent(output, targets);
    }
}
