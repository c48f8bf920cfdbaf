package mechanics.training.tasks;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.training.Task;

/**
 * The cross-entropy of the softmax p of the outputs, −Σₖ yₖ ln pₖ, for each row of outputs (a sample, or a place in a
 * sequence). Targets are distributions over the classes, as one-hot rows, or the number of the class of each row.
 */
public enum CrossEntropy implements Task {
    /** Summed over rows. */
    SUM,
    /** Averaged over rows. */
    MEAN;

    @Override
    public void check(Shape output, Array targets, int samples) {
        int rows = output.rows() * samples;
        int classes = output.columns();
        if (targets.length() == rows && classes > 1) {
            for (int i = 0; i < rows; i++) {
                double label = targets.get(i);
                if (label != Math.rint(label) || label < 0 || label >= classes) {
                    throw new IllegalArgumentException(
                            "class " + label + " in row " + i + ": expected 0 to " + (classes - 1));
                }
            }
            return;
        }
        Task.requireLikeOutputs("CrossEntropy", output, targets, samples);
        for (int i = 0; i < rows; i++) {
            double sum = targets.view(i * classes, classes).sum();
            if (!(Math.abs(sum - 1) < 1e-4)) {
                throw new IllegalArgumentException(
                        "targets of row " + i + " sum to " + sum
                                + ": expected a distribution that sums to 1");
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
        double loss = softmax(logits, delta, classes);
        if (targets.length() == logits.length()) {
            loss -= logits.dot(targets);
            delta.combine(-1, targets, 1);
        } else {
            for (int i = 0; i < targets.length(); i++) {
                int label = i * classes + (int) targets.get(i);
                loss -= logits.get(label);
                delta.set(label, delta.get(label) - 1);
            }
        }
        double c = coefficient(output);
        if (c != 1) delta.scale(c);
        return c * loss;
    }

    /** Sets p to the softmax of every row of scores f and returns the sum over rows of ln Σ exp(f). Modified: p. */
    static double softmax(Array f, Array p, int classes) {
        p.softmaxRows(f, classes);
        double sum = 0;
        for (int row = 0; row < f.length(); row += classes) {
            // ln Σ exp(f) = f − ln p at the largest f, where p cannot underflow.
            int largest = row + f.largestAt(row, classes);
            sum += f.get(largest) - Math.log(p.get(largest));
        }
        return sum;
    }

    @Override
    public void differentiateTangent(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        adjoint.markWritten(Pass.TANGENT);
        // ṗ = p ∘ (ḟ − ⟨p, ḟ⟩)
        Array result = adjoint.tangent();
        int classes = output.columns();
        result.softmaxRows(output.value(), classes);
        result.softmaxTangentRows(output.tangent(), classes);
        double c = coefficient(output);
        if (c != 1) result.scale(c);
    }

    private double coefficient(Tensor output) { return this == MEAN ? 1.0 / output.rows() : 1; }
}
