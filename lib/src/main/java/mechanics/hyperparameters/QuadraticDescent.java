package mechanics.hyperparameters;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

import smile.linalg.UPLO;
import smile.tensor.DenseMatrix;

/**
 * Gradient descent on a quadratic loss, exactly. In the directions of the Hessian's eigenvectors the loss is
 * L = L* + Σᵢ cᵢ with cᵢ = ½ λᵢ aᵢ², aᵢ the distance from the minimum. A step of rate η multiplies aᵢ by 1 − ηλᵢ, so that
 * after k steps
 *
 * <pre>L = L* + Σᵢ cᵢ (1 − ηλᵢ)^(2k),   and in gradient flow of time t = ηk   L = L* + Σᵢ cᵢ e^(−2λᵢt).</pre>
 *
 * @param curvatures λᵢ, at least 0
 * @param excesses   cᵢ, at least 0: the loss that each direction has at the start
 * @param floor      L*
 */
public record QuadraticDescent(double[] curvatures, double[] excesses, double floor) {

    /** No direction's loss after k steps is farther from gradient flow's than this over k: see {@link #lagBound}. */
    private static final double LAG = 0.163;

    /** Checks and copies the numbers. */
    public QuadraticDescent {
        curvatures = curvatures.clone();
        excesses = excesses.clone();
        if (curvatures.length == 0 || excesses.length != curvatures.length)
            throw new IllegalArgumentException(curvatures.length + " curvatures, " + excesses.length
                    + " excesses: expected equally many, at least one");
        for (int i = 0; i < curvatures.length; i++)
            if (!(curvatures[i] >= 0 && excesses[i] >= 0
                    && curvatures[i] + excesses[i] < Double.POSITIVE_INFINITY))
                throw new IllegalArgumentException("curvature, excess [" + i + "] = " + curvatures[i] + ", "
                        + excesses[i] + ": expected finite numbers of at least 0");
        if (!Double.isFinite(floor))
            throw new IllegalArgumentException("floor = " + floor + ": expected a finite number");
    }

    /**
     * Linear regression without intercept, from weights 0: L(w) = 1/(2n) Σ_μ (w·x_μ − y_μ)². Cost O(nd² + d³), with
     * Smile's eigenvalue decomposition.
     *
     * @param x inputs, n × d, rows are samples. Not modified.
     * @param y n targets. Not modified.
     */
    public static QuadraticDescent ofLeastSquares(double[][] x, double[] y) {
        if (x.length == 0 || y.length != x.length)
            throw new IllegalArgumentException(
                    "x has " + x.length + " rows, y " + y.length
                            + " numbers: expected equally many, at least one");
        int n = x.length;
        DenseMatrix covariance = DenseMatrix.of(x).ata().scale(1.0 / n);
        var eigen = covariance.withUplo(UPLO.LOWER).eigen(false, true).sort(); // the largest first
        int d = x[0].length;
        double[] correlation = new double[d]; // of inputs and targets
        double left = 0;
        for (int sample = 0; sample < n; sample++) {
            for (int j = 0; j < d; j++) correlation[j] += x[sample][j] * y[sample] / n;
            left += y[sample] * y[sample] / (2.0 * n);
        }
        double[] curvatures = new double[d];
        double[] excesses = new double[d];
        for (int i = 0; i < d; i++) {
            curvatures[i] = Math.max(0, eigen.wr().get(i));
            double along = 0; // λᵢ aᵢ
            for (int j = 0; j < d; j++) along += correlation[j] * eigen.Vr().get(j, i);
            // Along directions that the inputs do not have nothing is learned.
            if (curvatures[i] > 1e-12 * curvatures[0]) excesses[i] = along * along / (2 * curvatures[i]);
            left -= excesses[i];
        }
        return new QuadraticDescent(curvatures, excesses, left);
    }

    /** λᵢ. A copy. */
    @Override
    public double[] curvatures() { return curvatures.clone(); }

    /** cᵢ. A copy. */
    @Override
    public double[] excesses() { return excesses.clone(); }

    /** The largest curvature. */
    public double sharpness() {
        return Arrays.stream(curvatures).max().orElseThrow();
    }

    /** The loss at the start. */
    public double start() { return sum(_ -> 1); }

    /**
     * The loss after steps of gradient descent on all samples.
     *
     * @param rate η, positive
     * @param steps not negative
     */
    public double loss(double rate, long steps) {
        return sum(lambda -> {
            double x = rate * lambda;
            // ln(1 − x) keeps the digits of a small x that 1 − x loses, which many steps would show.
            return Math.abs(x) < 0.5 ? Math.exp(2.0 * steps * Math.log1p(-x)) : Math.pow(1 - x, 2.0 * steps);
        });
    }

    /**
     * The loss of gradient flow at time t = ηk.
     *
     * @param time η times the number of steps
     */
    public double flow(double time) { return sum(lambda -> Math.exp(-2 * lambda * time)); }

    /** The largest stable rate, 2/λ. */
    public double largestRate() { return 2 / sharpness(); }

    /**
     * How far the loss of k steps can be from that of gradient flow at the same time, whatever the curvatures, for rates
     * up to 1/λ: 0.163/k of what there is to learn. With x = λt the gap of a direction is e^(−2x) − (1 − x/k)^(2k), about
     * x² e^(−2x)/k and greatest near x = 1, where it is e^(−2)/k = 0.135/k for many steps; for k = 1 its maximum is 0.162.
     *
     * @param steps not negative
     */
    public double lagBound(long steps) {
        if (steps < 1) throw new IllegalArgumentException("steps = " + steps + ": expected at least 1");
        return LAG / steps * (start() - floor);
    }

    private double sum(DoubleUnaryOperator share) {
        double loss = floor;
        for (int i = 0; i < curvatures.length; i++) loss += excesses[i] * share.applyAsDouble(curvatures[i]);
        return loss;
    }
}
