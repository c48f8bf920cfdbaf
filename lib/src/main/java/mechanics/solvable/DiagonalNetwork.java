package mechanics.solvable;

import java.util.Arrays;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.util.FastMath;

import smile.tensor.DenseMatrix;
import smile.tensor.SVD;

import mechanics.base.Require;
import mechanics.statistics.GoldenSection;

/**
 * Where gradient flow takes a diagonal linear network, f(x) = β·x with β = u² − v² in each coordinate and u = v = α at
 * the start, on a regression with more inputs than samples. Of all β with Xβ = y it ends at the one with the least
 *
 * <pre>Q_α(β) = Σ α² q(β/α²),   q(z) = 2 − √(4 + z²) + z arcsinh(z/2),</pre>
 *
 * the hyperbolic entropy: an ℓ₁ norm for α → 0, a sum of squares for α → ∞. The flow keeps uv = α² and moves
 * arcsinh(β/2α²) = ½ ln(u/v) within the space of the rows of X, which is the condition of this minimum.
 *
 * <p>Descent with finite steps η has two errors. A step multiplies uv by 1 − 4η²g², so that each coordinate ends with an
 * α of its own, lower than the first by a factor of not less than exp(−ηQ_α(β)/2) for inputs of mean square 1
 * ({@link #shrinkage}); given these α the rest is of second order in η.
 *
 * <p>The minimum is found in its dual: β = 2α² sinh(Xᵀν) with Xβ = y, as many equations as X has ranks, by Newton's
 * method from large α downwards. Cost: some 50 solutions of such systems, O(n²d) each.
 *
 * <p>Sources: Woodworth et al. (2020), theorem 1, for the entropy; Even et al. (2023) and Pesme, Pillaud-Vivien and
 * Flammarion (2021) for what steps do to α.
 */
public final class DiagonalNetwork {
    private static final double SMALLEST = 1e-120;
    private static final double LARGEST = 1e60;
    private static final int STEPS = 200;

    /** An orthonormal basis of the space of the rows of X. */
    private final double[][] basis;
    /** The coordinates in it that every solution β has. */
    private final double[] solution;
    private final int inputs;

    private DiagonalNetwork(double[][] basis, double[] solution, int inputs) {
        this.basis = basis;
        this.solution = solution;
        this.inputs = inputs;
    }

    /**
     * The network on a regression. If no β has Xβ = y, those with the least squares are meant instead.
     *
     * @param x X, n × d, rows are samples, not all zero. Not modified.
     * @param y n targets. Not modified.
     * @throws IllegalArgumentException if the sizes do not fit, or if X is zero or a number is not finite
     */
    public static DiagonalNetwork of(double[][] x, double[] y) {
        int d = Require.matrix("x", x);
        Require.sameLength("y", y.length, "x", x.length);
        for (double[] row : x) for (double entry : row) Require.finite("an entry of x", entry);
        for (double target : y) Require.finite("a target", target);
        SVD svd = DenseMatrix.of(x).svd();
        if (!(svd.s().get(0) > 0))
            throw new IllegalArgumentException("x = 0: expected a matrix that is not zero");
        int rank = 0;
        while (rank < svd.s().size() && svd.s().get(rank) > 1e-9 * svd.s().get(0)) rank++;
        var basis = new double[rank][d];
        var solution = new double[rank];
        for (int k = 0; k < rank; k++) {
            for (int j = 0; j < d; j++) basis[k][j] = svd.Vt().get(k, j);
            for (int i = 0; i < y.length; i++) solution[k] += svd.U().get(i, k) * y[i] / svd.s().get(k);
        }
        return new DiagonalNetwork(basis, solution, d);
    }

    /**
     * Where the flow ends from the same α in all coordinates.
     *
     * @param alpha from 1e−120 to 1e60. The limit α → 0 is the solution with the least ℓ₁ norm; where another has nearly the
     *        same norm, what is missing to it falls only like 1/ln(1/α): halving the logarithm tells how much
     * @return β, length d
     * @throws IllegalArgumentException if α is outside
     */
    public double[] limit(double alpha) {
        var all = new double[inputs];
        Arrays.fill(all, alpha);
        return limit(all);
    }

    /**
     * Where the flow ends from an α for each coordinate: it minimizes Σ αᵢ² q(βᵢ/αᵢ²).
     *
     * @param alphas length d, each from 1e−120 to 1e60. Not modified.
     * @return β, length d
     */
    public double[] limit(double[] alphas) {
        Require.sameLength("alphas", alphas.length, "the inputs", inputs);
        for (double alpha : alphas)
            if (!(alpha >= SMALLEST && alpha <= LARGEST))
                throw new IllegalArgumentException("alpha = " + alpha + ": expected a number from " + SMALLEST
                        + " to " + LARGEST);
        double least = Arrays.stream(alphas).min().orElseThrow();
        double largest = Arrays.stream(transposed(solution)).map(Math::abs).max().orElseThrow();
        // So much larger an α that β is nearly linear in ν; then downwards by factors of two.
        double factor = Math.max(1, 3 * Math.sqrt(largest) / least);
        var dual = new double[solution.length];
        for (int k = 0; k < dual.length; k++) dual[k] = solution[k] / (2 * square(least * factor));
        while (true) {
            double[] beta = solve(dual, alphas, factor);
            if (factor == 1) return beta;
            factor = Math.max(1, factor / 2);
            dual = project(stretched(beta, alphas, factor));
        }
    }

    /** Newton's method for Xβ = y. Modified: dual. */
    private double[] solve(double[] dual, double[] alphas, double factor) {
        int n = dual.length;
        double goal = 1e-12 * Arrays.stream(solution).map(Math::abs).max().orElseThrow();
        double[] beta = beta(dual, alphas, factor);
        for (int step = 0; step < STEPS; step++) {
            double[] missing = project(beta);
            double worst = 0;
            for (int k = 0; k < n; k++) {
                missing[k] = solution[k] - missing[k];
                worst = Math.max(worst, Math.abs(missing[k]));
            }
            if (worst <= goal) break;
            var slope = new double[n][n];
            for (int i = 0; i < inputs; i++) {
                double weight = Math.hypot(beta[i], 2 * square(alphas[i] * factor));
                for (int k = 0; k < n; k++)
                    for (int l = 0; l < n; l++) slope[k][l] += weight * basis[k][i] * basis[l][i];
            }
            double[] move = new LUDecomposition(new Array2DRowRealMatrix(slope, false), 0).getSolver()
                    .solve(new ArrayRealVector(missing)).toArray();
            // No exponent grows by more than one in a step.
            double greatest = Arrays.stream(transposed(move)).map(Math::abs).max().orElseThrow();
            for (int k = 0; k < n; k++) dual[k] += move[k] / Math.max(1, greatest);
            beta = beta(dual, alphas, factor);
        }
        return beta;
    }

    /** 2α² sinh(Xᵀν). */
    private double[] beta(double[] dual, double[] alphas, double factor) {
        double[] beta = transposed(dual);
        for (int i = 0; i < inputs; i++) beta[i] = 2 * square(alphas[i] * factor) * Math.sinh(beta[i]);
        return beta;
    }

    private static double[] stretched(double[] beta, double[] alphas, double factor) {
        var stretched = new double[beta.length];
        for (int i = 0; i < beta.length; i++)
            stretched[i] = arcsinh(beta[i] / (2 * square(alphas[i] * factor)));
        return stretched;
    }

    /**
     * Q_α(β).
     *
     * @param beta not modified
     * @param alpha α, positive
     */
    public static double entropy(double[] beta, double alpha) {
        double unit = square(Require.positive("alpha", alpha));
        double sum = 0;
        for (double b : beta) {
            double z = b / unit;
            // 2 − √(4 + z²) = −z²/(2 + √(4 + z²)), without a difference of large numbers.
            sum += z * arcsinh(z / 2) - z * (z / (2 + Math.hypot(2, z)));
        }
        return unit * sum;
    }

    /**
     * The least factor by which descent with steps η lowers α, in any coordinate, to leading order in η: exp(−ηQ_α(β)/2)
     * with the β at which the flow ends. For the loss ‖Xβ − y‖²/2n and inputs of mean square 1.
     *
     * <p>Because ln α falls by 2η∫g² dt with the gradient g by β, because g² ≤ ‖Xβ − y‖²/n, and because the integral of
     * ‖Xβ − y‖²/n over the whole flow is Q_α(β)/4. For single samples that are drawn it is the mean factor.
     *
     * @param alpha α, as in {@link #limit(double)}
     * @param eta η, positive
     */
    public double shrinkage(double alpha, double eta) {
        return Math.exp(-Require.positive("eta", eta) * entropy(limit(alpha), alpha) / 2);
    }

    /**
     * The α of which β looks like the end: that for which arcsinh(β/2α²) is nearest to the space of the rows of X, by the
     * share of its square outside. Searched from a thousandth to a thousand times √(largest |β|).
     *
     * @param beta length d, not zero. Not modified.
     */
    public double recoveredScale(double[] beta) {
        Require.sameLength("beta", beta.length, "the inputs", inputs);
        double size = Arrays.stream(beta).map(b -> Math.abs(Require.finite("beta", b))).max().orElseThrow();
        if (size == 0) throw new IllegalArgumentException("beta = 0: expected a vector that is not zero");
        double center = Math.log(size) / 2;
        double range = Math.log(1000);
        return Math.exp(GoldenSection.minimize(logAlpha -> outside(beta, Math.exp(logAlpha)), center - range,
                center + range));
    }

    private double outside(double[] beta, double alpha) {
        var alphas = new double[inputs];
        Arrays.fill(alphas, alpha);
        double[] z = stretched(beta, alphas, 1);
        double[] inside = transposed(project(z));
        double rest = 0;
        double all = 0;
        for (int i = 0; i < inputs; i++) {
            rest += square(z[i] - inside[i]);
            all += square(z[i]);
        }
        return rest / all;
    }

    private double[] project(double[] beta) {
        return Arrays.stream(basis).mapToDouble(row -> {
            double sum = 0;
            for (int i = 0; i < inputs; i++) sum += row[i] * beta[i];
            return sum;
        }).toArray();
    }

    private double[] transposed(double[] dual) {
        var sum = new double[inputs];
        for (int k = 0; k < dual.length; k++)
            for (int i = 0; i < inputs; i++) sum[i] += dual[k] * basis[k][i];
        return sum;
    }

    /** Also of numbers whose squares overflow. */
    private static double arcsinh(double x) {
        return Math.abs(x) < 1e8 ? FastMath.asinh(x) : Math.signum(x) * Math.log(2 * Math.abs(x));
    }

    private static double square(double x) { return x * x; }
}
