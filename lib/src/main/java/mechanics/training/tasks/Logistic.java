package mechanics.training.tasks;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.training.Task;

/**
 * The logistic loss ln(1 + e^(−y f)) of labels y = ±1, for each output on its own: c Σ over samples and outputs. A
 * label may instead be written 0 or 1, which stands for −1 or +1.
 */
public enum Logistic implements Task {
    /** Labels ±1, c = 1. */
    SUM(false, false),
    /** Labels ±1, c = 1/n for n samples. */
    MEAN(true, false),
    /** Labels 0 and 1, c = 1. */
    ZERO_ONE_SUM(false, true),
    /** Labels 0 and 1, c = 1/n for n samples. */
    ZERO_ONE_MEAN(true, true);

    private final boolean mean;
    private final boolean zeroOne;

    Logistic(boolean mean, boolean zeroOne) {
        this.mean = mean;
        this.zeroOne = zeroOne;
    }

    /** Whether labels are written 0 and 1. */
    public boolean zeroOne() { return zeroOne; }

    @Override
    public void check(Shape output, Array targets, int samples) {
        Task.requireLikeOutputs("Logistic", output, targets, samples);
        Task.requireLabels("Logistic." + name(), targets, zeroOne ? 0 : -1, 1);
    }

    @Override
    public double differentiate(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        Array delta = adjoint.value();
        Array f = output.value();
        adjoint.markWritten(Pass.VALUE);
        double c = coefficient(output);
        double loss = 0;
        for (int i = 0; i < f.length(); i++) {
            double y = zeroOne ? 2 * targets.get(i) - 1 : targets.get(i);
            double margin = y * f.get(i);
            double tail = Math.exp(-Math.abs(margin));
            loss += Math.max(-margin, 0) + Math.log1p(tail);
            delta.set(i, -c * y * (margin > 0 ? tail : 1) / (1 + tail));
        }
        return c * loss;
    }

    @Override
    public void differentiateTangent(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        adjoint.markWritten(Pass.TANGENT);
        Array result = adjoint.tangent();
        Array f = output.value();
        double c = coefficient(output);
        // δ̇ = c p (1 − p) ḟ with p = 1 / (1 + e^(−f)), whatever the label.
        for (int i = 0; i < f.length(); i++) {
            double tail = Math.exp(-Math.abs(f.get(i)));
            result.set(i, c * tail / ((1 + tail) * (1 + tail)) * output.tangent().get(i));
        }
    }

    private double coefficient(Tensor output) { return mean ? 1.0 / output.samples() : 1; }
}
