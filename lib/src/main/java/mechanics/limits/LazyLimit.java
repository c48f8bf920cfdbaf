package mechanics.limits;

import mechanics.base.Require;
import mechanics.kernels.KernelMatrix;
import mechanics.kernels.Relaxation;
import mechanics.linalg.Spectrum;

/**
 * Training of f = αh in the limit α → ∞, where the weights hardly move and the model is its own linearization.
 *
 * <p>Let K be the tangent kernel of h at the start, n × n, and r the error y − αh₀ there. Gradient descent on
 * ½ Σ_μ (y_μ − f_μ)² with learning rate η/α² then does, to first order in 1/α,
 *
 * <pre>
 *   r(t) = (1 − ηK)ᵗ r          Δθ(t) = (1/α) Jᵀ K⁻¹ (1 − (1 − ηK)ᵗ) r          J Jᵀ = K
 * </pre>
 *
 * so that the error does not depend on α at all, and the weights move by ‖Δθ‖ ∝ 1/α: the larger the output's
 * factor, the shorter the way. The functions of K act on its eigenvalues (LAPACK through Smile); where λ = 0,
 * (1 − (1 − ηλ)ᵗ)/λ is its limit ηt. Cost: O(n³) once, then O(n) for a time.
 *
 * <p>A loss that is a mean over samples, or a parameterization that puts one common factor on all learning rates,
 * is covered by putting these factors into η.
 *
 * <p>Source: Chizat, Oyallon and Bach, "On lazy training in differentiable programming" (2019), section 2, theorem
 * 2.2; the closed form for descent is that of any linear model.
 */
public final class LazyLimit {
    private final double[] eigenvalues;
    private final double[][] vectors;
    /** r in the eigenbasis of K. */
    private final double[] start;
    private final double rate;

    private LazyLimit(double[] eigenvalues, double[][] vectors, double[] start, double rate) {
        this.eigenvalues = eigenvalues;
        this.vectors = vectors;
        this.start = start;
        this.rate = rate;
    }

    /**
     * The limit for one training set.
     *
     * @param kernel K, the tangent kernel of h between all training points at the start, n × n. Not modified.
     * @param error r = y − αh₀, n numbers: the targets where the output starts at zero. Not modified.
     * @param rate η, the learning rate times α²
     * @throws IllegalArgumentException if the sizes differ, or if gradient descent does not converge at this rate
     */
    public static LazyLimit of(KernelMatrix kernel, double[] error, double rate) {
        if (error.length != kernel.rows())
            throw new IllegalArgumentException(
                    "error has " + error.length + " numbers: expected " + kernel.rows()
                            + ", one for each row of the kernel");
        Require.positive("rate", rate);
        Spectrum spectrum = kernel.inDoubles().spectrum();
        if (!(rate * spectrum.largest() < 2))
            throw new IllegalArgumentException("rate = " + rate + ": expected less than 2/λ₁ = "
                    + 2 / spectrum.largest() + ", above which gradient descent diverges");
        int n = error.length;
        var eigenvalues = new double[n];
        var vectors = new double[n][];
        var modes = new double[n];
        for (int i = 0; i < n; i++) {
            // A kernel has no negative eigenvalues; what rounding leaves of them is zero.
            eigenvalues[i] = Math.max(0, spectrum.value(i));
            vectors[i] = spectrum.vector(i).toDoubles();
            modes[i] = dot(vectors[i], error);
        }
        return new LazyLimit(eigenvalues, vectors, modes, rate);
    }

    /**
     * Σ_μ r_μ(t)², the squared error on the training points after {@code steps} steps.
     *
     * @param steps the number of steps, need not be whole
     */
    public double squaredError(double steps) {
        Require.notNegative("steps", steps);
        double sum = 0;
        for (int i = 0; i < start.length; i++)
            sum += Math.pow(new Relaxation(eigenvalues[i]).left(rate, steps) * start[i], 2);
        return sum;
    }

    /**
     * ‖Δθ‖, the distance of the weights from their start after {@code steps} steps.
     *
     * @param alpha α, positive
     * @param steps the number of steps, need not be whole
     */
    public double movement(double alpha, double steps) {
        Require.positive("alpha", alpha);
        Require.notNegative("steps", steps);
        double sum = 0;
        // ‖Jᵀ g(K) r‖² = Σ λ g(λ)² r².
        for (int i = 0; i < start.length; i++)
            sum += eigenvalues[i] * Math.pow(learned(i, steps) * start[i], 2);
        return Math.sqrt(sum) / alpha;
    }

    /**
     * The change of the output at other points after {@code steps} steps, f(x) − αh₀(x): kernel regression, stopped
     * early.
     *
     * @param cross K between the other points and the training points, m × n. Not modified.
     * @param steps the number of steps, need not be whole
     * @return m numbers
     */
    public double[] change(KernelMatrix cross, double steps) {
        Require.notNegative("steps", steps);
        if (cross.columns() != start.length)
            throw new IllegalArgumentException("cross has " + cross.columns() + " columns: expected "
                    + start.length + ", one for each training point");
        var weights = new double[start.length];
        for (int i = 0; i < start.length; i++)
            for (int j = 0; j < weights.length; j++)
                weights[j] += learned(i, steps) * start[i] * vectors[i][j];
        var change = new double[cross.rows()];
        for (int i = 0; i < change.length; i++)
            for (int j = 0; j < weights.length; j++) change[i] += cross.get(i, j) * weights[j];
        return change;
    }

    /** (1 − (1 − ηλ)ᵗ)/λ. */
    private double learned(int i, double steps) {
        return new Relaxation(eigenvalues[i]).learned(rate, steps);
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) sum += u[i] * v[i];
        return sum;
    }
}
