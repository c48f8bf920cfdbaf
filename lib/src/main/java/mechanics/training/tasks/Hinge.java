package mechanics.training.tasks;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.training.Task;

/**
 * The hinge loss max(0, 1 − y f) of labels y = ±1, or its square, for each output on its own: c Σ over samples and
 * outputs. At the kink, y f = 1, the derivative is taken as 0.
 */
public enum Hinge implements Task {
    /** c = 1. */
    SUM(false, false),
    /** c = 1/n for n samples. */
    MEAN(true, false),
    /** The square, c = 1. */
    SQUARED_SUM(false, true),
    /** The square, c = 1/n for n samples. */
    SQUARED_MEAN(true, true);

    private final boolean mean;
    private final boolean squared;

    Hinge(boolean mean, boolean squared) {
        this.mean = mean;
        this.squared = squared;
    }

    @Override
    public void check(Shape output, Array targets, int samples) {
        Task.requireLikeOutputs("Hinge", output, targets, samples);
        Task.requireLabels("Hinge." + name(), targets, -1, 1);
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
            double y = targets.get(i);
            double missing = 1 - y * f.get(i);
            // Written so that NaN is not taken for a margin that is large enough.
            double gap = missing <= 0 ? 0 : missing;
            double step = missing <= 0 ? 0 : 1;
            loss += squared ? gap * gap : gap;
            delta.set(i, -c * y * (squared ? 2 * gap : step));
        }
        return c * loss;
    }

    @Override
    public void differentiateTangent(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        adjoint.markWritten(Pass.TANGENT);
        Array result = adjoint.tangent();
        double curvature = squared ? 2 * coefficient(output) : 0;
        for (int i = 0; i < result.length(); i++) {
            boolean active = targets.get(i) * output.value().get(i) < 1;
            result.set(i, active ? curvature * output.tangent().get(i) : 0);
        }
    }

    private double coefficient(Tensor output) { return mean ? 1.0 / output.samples() : 1; }
}
