package mechanics.kernels;

import java.util.Arrays;

import mechanics.base.Seed;

import smile.linalg.UPLO;
import smile.tensor.Cholesky;
import smile.tensor.DenseMatrix;

/**
 * Kernel ridge regression on a training set: f̂(x) = Σᵢ k(x, xᵢ) αᵢ with (K + δI) α = y. It is the mean of the
 * Gaussian process with kernel k and noise variance δ and, with the tangent kernel, no ridge and f = 0 at the start,
 * what a network of infinite width learns (Jacot, Gabriel and Hongler 2018).
 *
 * <p>The matrix is factored once (Cholesky, by LAPACK through Smile) for any number of targets. Cost: O(n³).
 */
public final class KernelRegression {
    private static final double LARGEST_CONDITION = 1e15;

    private final Cholesky factor;
    private final int samples;

    private KernelRegression(Cholesky factor, int samples) {
        this.factor = factor;
        this.samples = samples;
    }

    /**
     * Regression without a ridge: the predictor goes through every training sample.
     *
     * @param kernel n × n, positive definite
     */
    public static KernelRegression of(KernelMatrix kernel) { return of(kernel, 0); }

    /**
     * Regression with a ridge.
     *
     * @param kernel K of the n training samples, n × n, positive semidefinite. Not modified.
     * @param ridge δ, not negative; it is not divided by n
     * @throws IllegalArgumentException if K + δI is not positive definite: samples that coincide, or more samples than
     *         the kernel has modes; or if it is so only by rounding, with a condition number above 10¹⁵
     */
    public static KernelRegression of(KernelMatrix kernel, double ridge) {
        int n = kernel.rows();
        if (kernel.columns() != n)
            throw new IllegalArgumentException(
                    "kernel of " + n + " × " + kernel.columns() + ": expected a square one");
        if (!(ridge >= 0) || Double.isInfinite(ridge))
            throw new IllegalArgumentException(
                    "ridge = " + ridge + ": expected a number that is not negative");
        DenseMatrix matrix = DenseMatrix.of(kernel.toRows());
        for (int i = 0; i < n; i++) matrix.set(i, i, matrix.get(i, i) + ridge);
        double size = kernel.norm() + ridge;
        try {
            var regression = new KernelRegression(matrix.withUplo(UPLO.LOWER).cholesky(), n);
            double condition = size * regression.inverseNorm();
            if (!(condition < LARGEST_CONDITION)) {
                throw new IllegalArgumentException("kernel of " + n + " samples with ridge " + ridge
                        + " has condition number " + condition + ": expected below " + LARGEST_CONDITION
                        + ", as rounding leaves no digit otherwise; a larger ridge helps");
            }
            return regression;
        } catch (ArithmeticException notPositive) {
            throw new IllegalArgumentException("kernel of " + n + " samples with ridge " + ridge
                    + ": expected a positive definite matrix K + δI", notPositive);
        }
    }

    /**
     * The coefficients α of the predictor, one column for each target.
     *
     * @param targets y, n × k, rows are samples. Not modified.
     * @return n × k
     */
    public double[][] coefficients(double[][] targets) { return solve(targets).toArray(new double[0][]); }

    /**
     * Predictions at other samples.
     *
     * @param cross the kernel between m samples and the training samples, m × n. Not modified.
     * @param targets y of the training samples, n × k. Not modified.
     * @return m × k
     */
    public double[][] predict(KernelMatrix cross, double[][] targets) {
        if (cross.columns() != samples)
            throw new IllegalArgumentException("cross of " + cross.rows() + " × " + cross.columns()
                    + ": expected one column for each of " + samples + " training samples");
        return DenseMatrix.of(cross.toRows()).mm(solve(targets)).toArray(new double[0][]);
    }

    /**
     * φᵀ(K + δI)⁻¹φ for each column φ. For an eigenfunction of eigenvalue λ, λ times this is its learnability over all
     * inputs, on this training set: the mean of φ(x)k(x, xᵢ) over x is λφ(xᵢ).
     *
     * @param columns values of k functions at the training samples, n × k. Not modified.
     * @return k numbers
     */
    public double[] overlaps(double[][] columns) {
        DenseMatrix solution = solve(columns);
        var overlaps = new double[columns[0].length];
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < overlaps.length; j++) overlaps[j] += columns[i][j] * solution.get(i, j);
        }
        return overlaps;
    }

    /**
     * tr[(K + δI)⁻¹ P] for another matrix of the training samples. With P(x, x′) = Σ φ(x)φ(x′)/m over m orthonormal
     * eigenfunctions of eigenvalue λ, this is the mean of {@link #overlaps} over them, and λ times it their mean
     * learnability.
     *
     * @param other P, n × n. Not modified.
     */
    public double trace(KernelMatrix other) {
        if (other.columns() != samples)
            throw new IllegalArgumentException(
                    "other of " + other.rows() + " × " + other.columns() + ": expected "
                            + samples + " × " + samples);
        DenseMatrix solution = solve(other.toRows());
        double trace = 0;
        for (int i = 0; i < samples; i++) trace += solution.get(i, i);
        return trace;
    }

    /** The largest eigenvalue of (K + δI)⁻¹, from below, by some steps of inverse iteration. */
    private double inverseNorm() {
        var draw = Seed.of(0).draw("condition of a kernel");
        double[][] v = new double[samples][1];
        for (double[] row : v) row[0] = draw.nextGaussian();
        double norm = 0;
        for (int step = 0; step < 4; step++) {
            double length = Math.sqrt(Arrays.stream(v).mapToDouble(row -> row[0] * row[0]).sum());
            for (double[] row : v) row[0] /= length;
            v = solve(v).toArray(new double[0][]);
            norm = Math.sqrt(Arrays.stream(v).mapToDouble(row -> row[0] * row[0]).sum());
        }
        return norm;
    }

    private DenseMatrix solve(double[][] targets) {
        if (targets.length != samples)
            throw new IllegalArgumentException(
                    "targets has " + targets.length + " rows: expected " + samples
                            + ", one a training sample");
        DenseMatrix solution = DenseMatrix.of(targets);
        factor.solve(solution);
        return solution;
    }
}
