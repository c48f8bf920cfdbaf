package mechanics.training.tasks;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.training.Task;

/**
 * The squared error c Σᵢ ‖fᵢ − yᵢ‖² over samples i and all their outputs, with the four conventions for c in use.
 * Curvatures and stable learning rates depend on the convention: state it.
 */
public enum SquaredError implements Task {
    /** c = 1. */
    SUM(1, false),
    /** c = ½: ∂L/∂f = f − y. */
    HALF_SUM(0.5, false),
    /** c = 1/n for n samples. */
    MEAN(1, true),
    /** c = 1/(2n): that of Cohen et al. (2021). */
    HALF_MEAN(0.5, true);

    private final double factor;
    private final boolean mean;

    SquaredError(double factor, boolean mean) {
        this.factor = factor;
        this.mean = mean;
    }

    @Override
    public void check(Shape output, Array targets, int samples) {
        Task.requireLikeOutputs(name(), output, targets, samples);
    }

    @Override
    public double differentiate(Tensor output, Array targets) {
        double c = coefficient(output);
        Tensor adjoint = output.adjoint();
        Array delta = adjoint.value();
        adjoint.markWritten(Pass.VALUE);
        delta.combine(1, output.value(), 0);
        delta.combine(-1, targets, 1);
        double loss = c * delta.dot(delta);
        delta.scale(2 * c);
        return loss;
    }

    @Override
    public void differentiateTangent(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        adjoint.markWritten(Pass.TANGENT);
        adjoint.tangent().combine(2 * coefficient(output), output.tangent(), 0);
    }

    private double coefficient(Tensor output) { return mean ? factor / output.samples() : factor; }
}
