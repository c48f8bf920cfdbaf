package mechanics.universality;

import mechanics.base.Seed;

import java.util.Arrays;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Learners whose errors have one thing in common, the difficulty of the sample. A sample has a difficulty z, standard
 * normal; learner a gets it wrong if λₐ z + √(1 − λₐ²) ξₐ &gt; −τₐ, where ξₐ is standard normal and belongs to this learner
 * and this sample alone. So, with the normal distribution function Φ,
 * <pre>
 *   error rate               pₐ = Φ(τₐ)
 *   error rate at z          qₐ(z) = Φ((τₐ + λₐ z) / √(1 − λₐ²))
 *   both a and b are wrong   Φ₂(τₐ, τ_b; λₐ λ_b)
 *   m of k are wrong         P(m) = ∫ φ(z) PoissonBinomial(m; q₁(z), …, q_k(z)) dz
 * </pre>
 * Φ₂(·, ·; r) is the bivariate normal distribution function with correlation r. All correlations are products of two
 * loadings: a table of rank one. Without loadings the errors are independent, and P is the Poisson-binomial
 * distribution of the error rates.
 *
 * <p>Sources: Spearman (1904) for one factor behind many tests; Lord and Novick, "Statistical theories of mental test
 * scores" (1968), chapter 16, for the normal ogive; Sheppard (1899) for Φ₂ as an integral over the correlation.
 *
 * @param errorRates pₐ, each above 0 and below 1. Copied.
 * @param loadings λₐ, each between −0.999 and 0.999. Copied.
 */
public record SharedDifficulty(double[] errorRates, double[] loadings) {

    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final GaussIntegratorFactory GAUSS = new GaussIntegratorFactory();
    private static final double LARGEST = 0.999;
    /** Of the trapezoidal rule over z, which is exact to rounding for integrands as smooth as these. */
    private static final double STEP = 0.02;
    private static final double END = 8.5;

    /** @throws IllegalArgumentException if a number is out of its range or there are not as many of both */
    public SharedDifficulty {
        errorRates = errorRates.clone();
        loadings = loadings.clone();
        if (errorRates.length == 0 || errorRates.length != loadings.length) {
            throw new IllegalArgumentException(errorRates.length + " error rates and " + loadings.length
                    + " loadings: expected one of both for each learner");
        }
        for (double p : errorRates) requireRate(p);
        for (double loading : loadings) {
            if (!(Math.abs(loading) <= LARGEST))
                throw new IllegalArgumentException(
                        "loading = " + loading + ": expected between -" + LARGEST + " and " + LARGEST);
        }
    }

    /**
     * Learners that share nothing: all loadings 0.
     *
     * @param errorRates of each learner, from 0 to 1
     */
    public static SharedDifficulty none(double... errorRates) {
        return new SharedDifficulty(errorRates, new double[errorRates.length]);
    }

    /**
     * The loadings that explain pairs of learners best: λₐ λ_b nearest, in the sum of squares over all pairs, to the
     * {@linkplain #correlation correlations} of the pairs. Each loading in turn is set to its best value,
     * Σ r_ab λ_b / Σ λ_b² over b ≠ a, until none moves. Cost: O(k²) a round, tens of rounds.
     *
     * @param errorRates pₐ of k learners, at least 3. Not modified.
     * @param both k × k, the share of samples that both get wrong; only what is below the diagonal is read. Not modified.
     */
    public static SharedDifficulty fit(double[] errorRates, double[][] both) {
        int k = errorRates.length;
        if (k < 3 || both.length != k)
            throw new IllegalArgumentException(k + " error rates and " + both.length
                    + " rows of pairs: expected as many, and at least 3");
        double[][] r = correlations(errorRates, both);
        double[] loadings = new double[k];
        Arrays.fill(loadings, 0.7);
        double moved = 1;
        for (int round = 0; round < 10_000 && moved > 1e-10; round++) {
            moved = 0;
            for (int a = 0; a < k; a++) {
                double product = 0, square = 0;
                for (int b = 0; b < k; b++) {
                    if (b == a) continue;
                    product += r[a][b] * loadings[b];
                    square += loadings[b] * loadings[b];
                }
                double best = square > 0 ? Math.clamp(product / square, -LARGEST, LARGEST) : 0;
                moved = Math.max(moved, Math.abs(best - loadings[a]));
                loadings[a] = best;
            }
        }
        return new SharedDifficulty(errorRates, loadings);
    }

    /** The error rates. A fresh copy. */
    @Override
    public double[] errorRates() { return errorRates.clone(); }

    /** The loadings. A fresh copy. */
    @Override
    public double[] loadings() { return loadings.clone(); }

    /** k, the number of learners. */
    public int learners() { return loadings.length; }

    /** The probability that a sample is missed by m learners, for m = 0, …, k. */
    public double[] missed() {
        double[] total = new double[learners() + 1], thresholds = thresholds();
        for (double z = -END; z <= END; z += STEP) {
            double weight = STEP * NORMAL.density(z);
            double[] count = poissonBinomial(errorRatesAt(z, thresholds));
            for (int m = 0; m < total.length; m++) total[m] += weight * count[m];
        }
        return total;
    }

    /**
     * qₐ(z): the error rates on samples of difficulty z.
     *
     * @param z the difficulty, standard normal
     */
    public double[] errorRatesAt(double z) { return errorRatesAt(z, thresholds()); }

    private double[] errorRatesAt(double z, double[] thresholds) {
        double[] q = new double[learners()];
        Arrays.setAll(q, a -> NORMAL.cumulativeProbability(
                (thresholds[a] + loadings[a] * z) / Math.sqrt(1 - loadings[a] * loadings[a])));
        return q;
    }

    /** τ. */
    private double[] thresholds() {
        return Arrays.stream(errorRates).map(SharedDifficulty::threshold).toArray();
    }

    /**
     * The probability that learners a and b are both wrong.
     *
     * @param a the number of a learner, from 0
     * @param b the number of another
     */
    public double both(int a, int b) {
        return bivariate(threshold(errorRates[a]), threshold(errorRates[b]), loadings[a] * loadings[b]);
    }

    /**
     * Draws which samples each learner gets wrong, k × n.
     *
     * @param samples n
     * @param seed where the random numbers come from; equal seeds give equal numbers
     */
    public boolean[][] draw(int samples, long seed) {
        if (samples < 1) throw new IllegalArgumentException("samples = " + samples + ": expected at least 1");
        var random = Seed.of(seed).stream();
        boolean[][] wrong = new boolean[learners()][samples];
        double[] thresholds = thresholds();
        for (int i = 0; i < samples; i++) {
            double[] q = errorRatesAt(random.nextGaussian(), thresholds);
            for (int a = 0; a < q.length; a++) wrong[a][i] = random.nextDouble() < q[a];
        }
        return wrong;
    }

    /**
     * The correlation r for which Φ₂ gives the share of samples that two learners both get wrong, Pearson's tetrachoric
     * correlation: 0 for independent errors. At most 0.9999 in size.
     *
     * @param p error rate of one, above 0 and below 1
     * @param q error rate of the other
     * @param both share of samples that both get wrong
     */
    public static double correlation(double p, double q, double both) {
        requireRate(p);
        requireRate(q);
        if (!(both >= 0 && both <= Math.min(p, q)))
            throw new IllegalArgumentException(
                    "both = " + both + ": expected from 0 to " + Math.min(p, q) + ", the smaller error rate");
        double s = threshold(p), t = threshold(q), limit = 0.9999;
        if (both >= bivariate(s, t, limit)) return limit;
        if (both <= bivariate(s, t, -limit)) return -limit;
        return new BracketingNthOrderBrentSolver(1e-10, 5).solve(200, r -> bivariate(s, t, r) - both, -limit,
                limit);
    }

    /**
     * The {@linkplain #correlation correlations} of all pairs, k × k with 1 on the diagonal. Not modified.
     *
     * @param errorRates of each learner, from 0 to 1
     * @param both the share of samples on which both are wrong
     */
    public static double[][] correlations(double[] errorRates, double[][] both) {
        int k = errorRates.length;
        double[][] r = new double[k][k];
        for (int a = 0; a < k; a++) {
            r[a][a] = 1;
            for (int b = 0; b < a; b++) {
                r[a][b] = correlation(errorRates[a], errorRates[b], both[a][b]);
                r[b][a] = r[a][b];
            }
        }
        return r;
    }

    /** The distribution of the number of successes of independent trials, by adding one trial after another. */
    private static double[] poissonBinomial(double[] q) {
        double[] count = new double[q.length + 1];
        count[0] = 1;
        for (int a = 0; a < q.length; a++) {
            for (int m = a + 1; m > 0; m--) count[m] = count[m] * (1 - q[a]) + count[m - 1] * q[a];
            count[0] *= 1 - q[a];
        }
        return count;
    }

    /** Φ₂(s, t; r) = Φ(s) Φ(t) + (1/2π) ∫ exp(−(s² + t² − 2 s t sin θ) / (2 cos² θ)) dθ from 0 to arcsin r. */
    private static double bivariate(double s, double t, double r) {
        double end = Math.asin(r);
        double product = NORMAL.cumulativeProbability(s) * NORMAL.cumulativeProbability(t);
        if (end == 0) return product;
        GaussIntegrator rule = GAUSS.legendre(40, Math.min(0, end), Math.max(0, end));
        double integral = rule.integrate(theta -> Math.exp(
                -(s * s + t * t - 2 * s * t * Math.sin(theta)) / (2 * Math.cos(theta) * Math.cos(theta))));
        return product + Math.signum(end) * integral / (2 * Math.PI);
    }

    private static double threshold(double p) { return NORMAL.inverseCumulativeProbability(p); }

    private static void requireRate(double p) {
        if (!(p > 0 && p < 1))
            throw new IllegalArgumentException("error rate = " + p + ": expected above 0 and below 1");
    }
}
