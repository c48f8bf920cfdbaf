package mechanics.solvable;

import java.util.function.DoubleUnaryOperator;

import mechanics.base.Require;
import mechanics.kernels.KernelMatrix;
import mechanics.kernels.Relaxation;
import mechanics.linalg.Spectrum;

/**
 * Training of a model that is linear in its parameters, solved exactly from its tangent kernel: a network of infinite
 * width (with the analytic kernel) or the linearization of any network at its start (with the empirical one).
 *
 * <p>The loss is ½ Σ_μ ‖y_μ − f_μ‖² over the training set and every output has the same kernel K, n × n, and moves
 * alone. Gradient flow and gradient descent with learning rate η then give, at training points and at a new point x,
 *
 * <pre>
 *   f(t)    = y + D(K)(f₀ − y)                          D(λ) = e^{−λt}        flow for the time t = η × steps
 *   f(t, x) = f₀(x) + K(x, ·) K⁻¹ (1 − D(K))(y − f₀)    D(λ) = (1 − ηλ)^steps  descent
 * </pre>
 *
 * The functions of K act on its eigenvalues (LAPACK through Smile), so that a singular K is no trouble: where λ = 0,
 * (1 − D(λ))/λ has a limit. Cost: O(n³) once, then O(n²k) for a time and k outputs.
 *
 * <p>Sources: Jacot, Gabriel and Hongler (2018), section 5; Lee et al. (2019), equations 8 to 11 and 14.
 */
public final class LinearizedDynamics {
    private final double[] eigenvalues;
    /** Row i is eigenvector i. */
    private final double[][] vectors;
    private final double[][] start;
    /** (y − f₀) in the eigenbasis, n × k. */
    private final double[][] residual;

    private LinearizedDynamics(Spectrum spectrum, double[][] start, double[][] residual) {
        int n = spectrum.count();
        eigenvalues = spectrum.values();
        vectors = new double[n][];
        for (int i = 0; i < n; i++) vectors[i] = spectrum.vector(i).toDoubles();
        this.start = start;
        this.residual = times(vectors, residual);
    }

    /**
     * The dynamics on a training set.
     *
     * @param kernel K between all training points, n × n and symmetric. Not modified.
     * @param targets y, n × k. Not modified.
     * @param start f₀ on the training points, n × k. Not modified.
     * @throws IllegalArgumentException if shapes do not fit or the kernel is not symmetric
     */
    public static LinearizedDynamics of(KernelMatrix kernel, double[][] targets, double[][] start) {
        int k = Require.matrix("targets", targets);
        Require.shape("targets", targets, kernel.rows(), k);
        Require.shape("start", start, kernel.rows(), k);
        var residual = new double[targets.length][k];
        for (int i = 0; i < targets.length; i++)
            for (int o = 0; o < k; o++) residual[i][o] = targets[i][o] - start[i][o];
        return new LinearizedDynamics(kernel.spectrum(), start, residual);
    }

    /** The eigenvalues of K, falling: mode i of the residual decays like e^{−λ_i t}. */
    public double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /** The largest learning rate at which gradient descent converges, 2/λ₁. */
    public double largestRate() {
        return 2 / eigenvalues[0];
    }

    /**
     * Outputs on the training points after gradient flow for the time t, n × k.
     *
     * @param t time, η times the number of steps
     */
    public double[][] flow(double t) { return onTraining(flowed(t)); }

    /**
     * Outputs on other points after gradient flow for the time t, m × k.
     *
     * @param t time, η times the number of steps
     * @param cross K between the other points and the training points, m × n. Not modified.
     * @param otherStart f₀ on the other points, m × k. Not modified.
     */
    public double[][] flow(double t, KernelMatrix cross, double[][] otherStart) {
        return onOthers(flowed(t), cross, otherStart);
    }

    /**
     * Outputs on the training points after gradient descent, n × k.
     *
     * @param rate η, positive
     * @param steps the number of steps, not negative
     */
    public double[][] descent(double rate, int steps) { return onTraining(descended(rate, steps)); }

    /**
     * Outputs on other points after gradient descent, m × k.
     *
     * @param rate η, positive
     * @param steps the number of steps, not negative
     * @param cross K between the other points and the training points, m × n. Not modified.
     * @param otherStart f₀ on the other points, m × k. Not modified.
     */
    public double[][] descent(double rate, int steps, KernelMatrix cross, double[][] otherStart) {
        return onOthers(descended(rate, steps), cross, otherStart);
    }

    private static DoubleUnaryOperator flowed(double t) {
        if (!(t >= 0)) throw new IllegalArgumentException("t = " + t + ": expected a time of at least 0");
        return lambda -> new Relaxation(lambda).learnedByFlow(t);
    }

    private static DoubleUnaryOperator descended(double rate, int steps) {
        Require.positive("rate", rate);
        Require.notNegative("steps", steps);
        return lambda -> new Relaxation(lambda).learned(rate, steps);
    }

    /** f₀ + Σ_i v_i λ_i g(λ_i) v_iᵀ(y − f₀). */
    private double[][] onTraining(DoubleUnaryOperator g) {
        var outputs = new double[start.length][];
        for (int i = 0; i < start.length; i++) outputs[i] = start[i].clone();
        for (int mode = 0; mode < eigenvalues.length; mode++) {
            double learned = eigenvalues[mode] * g.applyAsDouble(eigenvalues[mode]);
            addMode(outputs, vectors[mode], learned, residual[mode]);
        }
        return outputs;
    }

    /** f₀(x) + Σ_i K(x, ·)v_i g(λ_i) v_iᵀ(y − f₀). */
    private double[][] onOthers(DoubleUnaryOperator g, KernelMatrix cross, double[][] otherStart) {
        if (cross.columns() != eigenvalues.length)
            throw new IllegalArgumentException("cross has " + cross.columns() + " columns: expected "
                    + eigenvalues.length + ", one for each training point");
        Require.shape("otherStart", otherStart, cross.rows(), residual[0].length);
        double[][] k = cross.toRows();
        var outputs = new double[cross.rows()][];
        for (int i = 0; i < outputs.length; i++) outputs[i] = otherStart[i].clone();
        for (int mode = 0; mode < eigenvalues.length; mode++) {
            var projected = new double[outputs.length];
            for (int i = 0; i < outputs.length; i++)
                for (int j = 0; j < k[i].length; j++) projected[i] += k[i][j] * vectors[mode][j];
            addMode(outputs, projected, g.applyAsDouble(eigenvalues[mode]), residual[mode]);
        }
        return outputs;
    }

    /** outputs += factor · pattern rowᵀ. Modified: outputs. */
    private static void addMode(double[][] outputs, double[] pattern, double factor, double[] row) {
        for (int i = 0; i < outputs.length; i++)
            for (int o = 0; o < row.length; o++) outputs[i][o] += factor * pattern[i] * row[o];
    }

    private static double[][] times(double[][] a, double[][] b) {
        var product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++)
            for (int j = 0; j < b.length; j++)
                for (int o = 0; o < b[j].length; o++) product[i][o] += a[i][j] * b[j][o];
        return product;
    }
}
