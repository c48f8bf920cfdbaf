package mechanics.hyperparameters;

import mechanics.base.Require;
import mechanics.linalg.DenseEigen;

/**
 * How far stochastic gradient descent stays from the minimum of a quadratic loss, exactly, after it has forgotten its
 * start.
 *
 * <p>The loss of sample i along a direction of curvature λ has the gradient λ(w − zᵢ): the mean gradient vanishes at the
 * minimum, and C is the variance of a sample's gradient there. A step of rate η on a batch of B samples is
 * <pre>
 *   δ ← a δ − η ξ,   a = 1 − ηλ,   δ = w − w*,   Var ξ = C/B,
 * </pre>
 * and the variance V of δ depends on how the batches are drawn and on what else is random:
 * <pre>
 *   samples drawn with replacement:   V = ηC / (Bλ(2 − ηλ)),
 *   gradient flow with white noise:   V = ηC / (2Bλ),
 *   curvature random, too:            V = ηC / (B[2λ − η(λ² + F/B)]),
 *   epochs of m = N/B batches:        V = η²s² m/(m − 1) Σⱼ (aʲ − ā)² / (1 − a²ᵐ),   s² = (C/B)(N − B)/(N − 1),
 *   mean of T iterates from w* on:    V = C/(Bλ²T) · (1/T) Σₖ (1 − aᵏ)²,   k = 0, …, T − 1.
 * </pre>
 * In the fourth line j = 0, …, m − 1 and ā is the mean of the aʲ; for ηλm ≪ 1 it is η³λC m²/(24B): the batches of an
 * epoch add up to all samples, so that their noises cancel but for their order.
 *
 * <p>Sources: Mandt, Hoffman and Blei (2017) for the flow; Liu, Ziyin and Ueda (2021) and Ziyin, Liu, Mori and Ueda (2022)
 * for steps of finite length and random curvature; Polyak and Juditsky (1992) for the mean; HaoChen and Sra (2019) for
 * the order of an epoch. The exact formula of an epoch follows from Cov(ξᵢ, ξⱼ) = −s²/(m − 1).
 *
 * @param rate      η, positive, below 2/λ
 * @param curvature λ, positive
 * @param noise     C, the variance of one sample's gradient at the minimum, not negative
 * @param batch     B, at least 1
 */
public record StationaryVariance(double rate, double curvature, double noise, int batch) {

    /** @throws IllegalArgumentException if a number is out of range, or if ηλ is not below 2: nothing is stationary then */
    public StationaryVariance {
        Require.positive("rate", rate);
        Require.positive("curvature", curvature);
        Require.notNegative("noise", noise);
        Require.positive("batch", batch);
        if (!(rate * curvature < 2))
            throw new IllegalArgumentException(
                    "rate × curvature = " + rate * curvature + ": expected below 2");
    }

    /** Of batches whose samples are drawn with replacement, or are fresh: ηC/(Bλ(2 − ηλ)). Cost: O(1). */
    public double withReplacement() {
        return rate * noise / (batch * curvature * (2 - rate * curvature));
    }

    /** Of gradient flow with white noise (Ornstein–Uhlenbeck), the limit ηλ → 0: ηC/(2Bλ). Cost: O(1). */
    public double flow() {
        return rate * noise / (2 * batch * curvature);
    }

    /**
     * Of fresh batches when a sample's curvature is random as well: ηC/(B[2λ − η(λ² + F/B)]). In linear regression on
     * one input x it is x², and F = E x⁴ − λ². With D inputs of variance 1 that are independent, F is what the
     * variance of a sample's gradient along one of them gains if all weights have the variance 1: E x⁴ − 1 + D − 1.
     * Cost: O(1).
     *
     * @param fluctuation F, not negative
     * @return infinity from the {@link #edge} on, where the variance grows forever
     * @throws IllegalArgumentException if F is negative or not finite
     */
    public double withRandomCurvature(double fluctuation) {
        double left = 2 * curvature
                - rate * (curvature * curvature + Require.notNegative("fluctuation", fluctuation) / batch);
        return left > 0 ? rate * noise / (batch * left) : Double.POSITIVE_INFINITY;
    }

    /**
     * The rate from which on the variance grows forever: 2λ/(λ² + F/B), below 2/λ. Cost: O(1).
     *
     * @param curvature   λ, positive
     * @param fluctuation F, not negative, as in {@link #withRandomCurvature}
     * @param batch       B, at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double edge(double curvature, double fluctuation, int batch) {
        return 2 * Require.positive("curvature", curvature) / (curvature * curvature
                + Require.notNegative("fluctuation", fluctuation) / Require.positive("batch", batch));
    }

    /**
     * At the end of an epoch, if every epoch takes the same samples in a new random order, B at a time. Around the minimum
     * of these samples, with C their own mean of (gradient)². Cost: O(N/B).
     *
     * @param samples N, a multiple of B
     * @throws IllegalArgumentException if N is not a positive multiple of B
     */
    public double shuffled(int samples) {
        int m = batches(samples);
        return epoch(samples, m) / -Math.expm1(2.0 * m * Math.log(Math.abs(1 - rate * curvature)));
    }

    /**
     * After some batches of an epoch, as in {@link #shuffled(int)}: large in the middle, small at both ends. Cost:
     * O(N/B).
     *
     * @param samples N, a multiple of B
     * @param steps   how many batches of the epoch have been taken, 0 to N/B
     * @throws IllegalArgumentException if N is not a positive multiple of B, or if there are not so many batches
     */
    public double shuffled(int samples, int steps) {
        int m = batches(samples);
        if (steps < 0 || steps > m)
            throw new IllegalArgumentException("steps = " + steps + ": expected 0 to " + m);
        return Math.pow(1 - rate * curvature, 2.0 * steps) * shuffled(samples) + epoch(samples, steps);
    }

    /** What the first batches of an epoch add: η²s²[(1 + r) Σ a²ʲ − r(Σ aʲ)²] with r = 1/(m − 1). */
    private double epoch(int samples, int steps) {
        int m = samples / batch;
        if (m == 1) return 0;
        double spread = noise / batch * (samples - batch) / (samples - 1.0);
        double[] powers = new double[steps];
        double mean = 0;
        for (int j = 0; j < steps; j++) {
            powers[j] = j == 0 ? 1 : powers[j - 1] * (1 - rate * curvature);
            mean += powers[j] / steps;
        }
        double scatter = 0;
        for (double power : powers) scatter += (power - mean) * (power - mean);
        // The sums of squares and of products, written so that nothing cancels for small rates.
        double sum = (m * scatter + (double) (m - steps) * steps * mean * mean) / (m - 1);
        return rate * rate * spread * sum;
    }

    private int batches(int samples) {
        Require.positive("samples", samples);
        if (samples % batch != 0)
            throw new IllegalArgumentException("samples = " + samples + ": expected a multiple of " + batch);
        return samples / batch;
    }

    /**
     * Of the mean of T iterates, with replacement, of which the first is the minimum: about C/(Bλ²T), whatever the rate.
     * Cost: O(T).
     *
     * @param steps T, at least 1
     * @throws IllegalArgumentException if T is less
     */
    public double average(int steps) {
        Require.positive("steps", steps);
        double sum = 0;
        double power = 1;
        for (int k = 0; k < steps; k++) {
            sum += (1 - power) * (1 - power);
            power *= 1 - rate * curvature;
        }
        return noise * sum / (batch * curvature * curvature * steps * (double) steps);
    }

    /**
     * The covariance Σ in several dimensions, with replacement: Σ = (1 − ηH) Σ (1 − ηH) + η²C/B. In the axes of H, with
     * aᵢ = 1 − ηλᵢ, it is Σᵢⱼ = η²Cᵢⱼ / (B(1 − aᵢaⱼ)). Cost: O(d³).
     *
     * @param rate    η, positive, below 2/λ for the largest eigenvalue of H
     * @param hessian H, d × d, symmetric, positive definite. Not modified.
     * @param noise   C, d × d, symmetric, the covariance of one sample's gradient at the minimum. Not modified.
     * @param batch   B, at least 1
     * @return Σ, d × d, in a new array
     * @throws IllegalArgumentException if the shapes differ, or if a number is out of range
     */
    public static double[][] covariance(double rate, double[][] hessian, double[][] noise, int batch) {
        int d = Require.matrix("hessian", hessian);
        Require.shape("hessian", hessian, d, d);
        Require.shape("noise", noise, d, d);
        Require.positive("rate", rate);
        Require.positive("batch", batch);
        var eigen = DenseEigen.of(hessian, d);
        if (!(eigen.value(0) > 0 && rate * eigen.value(d - 1) < 2))
            throw new IllegalArgumentException("eigenvalues of hessian from " + eigen.value(0) + " to "
                    + eigen.value(d - 1) + ": expected positive ones below 2/rate = " + 2 / rate);
        var result = new double[d][d];
        for (int p = 0; p < d; p++)
            for (int q = 0; q < d; q++) {
                double x = rate * eigen.value(p);
                double y = rate * eigen.value(q);
                double along = rate * rate * product(eigen.vector(p), noise, eigen.vector(q))
                        / (batch * (x + y - x * y));
                for (int i = 0; i < d; i++)
                    for (int j = 0; j < d; j++)
                        result[i][j] += along * eigen.vector(p)[i] * eigen.vector(q)[j];
            }
        return result;
    }

    /** uᵀ M v. */
    private static double product(double[] u, double[][] matrix, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++)
            for (int j = 0; j < v.length; j++) sum += u[i] * matrix[i][j] * v[j];
        return sum;
    }
}
