package mechanics.linalg;

import smile.tensor.DenseMatrix;
import smile.tensor.SVD;

/**
 * Linear least squares with any ridge from one factorization: β = argmin ‖y − Xβ‖² + δ‖β‖². Without a ridge, β is the
 * shortest of all vectors with the smallest ‖y − Xβ‖², which is where gradient descent from zero ends.
 *
 * <p>By the singular value decomposition X = USVᵀ (LAPACK through Smile): β = V diag(s/(s² + δ)) Uᵀy. Singular values below
 * 10⁻¹² of the largest count as zero. Cost: O(nd min(n, d)) once, O(d min(n, d)) for each ridge.
 */
public final class LeastSquares {
    private final SVD svd;
    /** Uᵀy. */
    private final double[] projections;

    private LeastSquares(SVD svd, double[] projections) {
        this.svd = svd;
        this.projections = projections;
    }

    /**
     * Factors a problem.
     *
     * @param x X, n × d, rows are samples. Not modified.
     * @param y n targets. Not modified.
     */
    public static LeastSquares of(double[][] x, double[] y) {
        if (x.length == 0 || x.length != y.length)
            throw new IllegalArgumentException("x has " + x.length + " rows, y " + y.length
                    + " entries: expected one for each sample in both");
        SVD svd = DenseMatrix.of(x).svd();
        var projections = new double[svd.s().size()];
        for (int i = 0; i < y.length; i++) {
            for (int k = 0; k < projections.length; k++) projections[k] += svd.U().get(i, k) * y[i];
        }
        return new LeastSquares(svd, projections);
    }

    /** The shortest solution. */
    public double[] coefficients() { return coefficients(0); }

    /**
     * The solution with a ridge.
     *
     * @param ridge δ, not negative; beside the sum, not the mean, of squares
     * @return β, length d
     */
    public double[] coefficients(double ridge) {
        if (!(ridge >= 0 && Double.isFinite(ridge)))
            throw new IllegalArgumentException(
                    "ridge = " + ridge + ": expected a number that is not negative");
        var beta = new double[svd.Vt().ncol()];
        for (int k = 0; k < projections.length; k++) {
            double s = svd.s().get(k);
            if (s <= 1e-12 * svd.s().get(0)) continue;
            double weight = projections[k] * s / (s * s + ridge);
            for (int j = 0; j < beta.length; j++) beta[j] += weight * svd.Vt().get(k, j);
        }
        return beta;
    }
}
