package mechanics.solvable;

import mechanics.base.Require;

import java.util.function.DoubleUnaryOperator;

import org.hipparchus.analysis.solvers.AllowedSolution;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

import mechanics.kernels.KernelSpectrum;

/**
 * What ridge regression on p random features learns from n random samples: {@link Eigenframework} for a kernel that is
 * itself a sample, k̂(x, x′) = (1/p) Σⱼ g(wⱼ, x) g(wⱼ, x′), with mean k(x, x′) over the random w. It is a two-layer network
 * whose first layer stays at its random start.
 *
 * <p>With the eigenvalues λᵢ of k and ridge δ, the positive roots γ ≥ κ of
 * <pre>
 *   Σᵢ λᵢ/(λᵢ + γ) + δ/κ = n,        Σᵢ λᵢ/(λᵢ + γ) + pκ/γ = p
 * </pre>
 * give, with z = Σ λ/(λ + γ) and q = Σ (λ/(λ + γ))², the test error
 * <pre>
 *   (Σᵢ [γ/(λᵢ + γ) − κλᵢ/(λᵢ + γ)² · p/(p − q)] vᵢ² + σ²) / (1 − (q(p − 2z) + z²) / (n(p − q))).
 * </pre>
 * Without a ridge z is the smaller of n and p, and the error diverges at p = n. For p → ∞, γ = κ and this is the
 * eigenframework. Features at random inputs are taken as Gaussian.
 *
 * <p>Source: Simon, Karkada, Ghosh and Belkin, "More is better in modern machine learning" (2024). Cost:
 * O(levels).
 */
public final class RandomFeatures {
    private static final int MOST_EVALUATIONS = 1000;

    private final KernelSpectrum spectrum;
    private final double n;
    private final double p;
    private final double gamma;
    private final double kappa;

    private RandomFeatures(KernelSpectrum spectrum, double n, double p, double gamma, double kappa) {
        this.spectrum = spectrum;
        this.n = n;
        this.p = p;
        this.gamma = gamma;
        this.kappa = kappa;
    }

    /**
     * Random-feature regression.
     *
     * @param spectrum of the mean kernel, with more modes than the smaller of n and p
     * @param n the number of samples, positive
     * @param p the number of features, positive; not n if there is no ridge
     * @param ridge δ, not negative; added to the diagonal of k̂(X, X)
     */
    public static RandomFeatures of(KernelSpectrum spectrum, double n, double p, double ridge) {
        Require.positive("n", n);
        Require.positive("p", p);
        if (!(ridge >= 0 && Double.isFinite(ridge)))
            throw new IllegalArgumentException(
                    "ridge = " + ridge + ": expected a number that is not negative");
        if (ridge == 0 && n == p)
            throw new IllegalArgumentException(
                    "n = p = " + n + " without a ridge: expected another number, the error"
                            + " is infinite");
        double fewer = Math.min(n, p);
        if (spectrum.tail() == 0 && spectrum.rank() <= fewer)
            throw new IllegalArgumentException(
                    "spectrum of " + spectrum.rank() + " modes: expected more than "
                            + fewer + ", the smaller of n and p");
        // Without a ridge the sum over modes is the smaller of n and p; a ridge makes γ larger than that.
        double least = Eigenframework.of(spectrum, fewer).kappa();
        if (ridge == 0) return new RandomFeatures(spectrum, n, p, least, n < p ? least * (p - n) / p : 0);
        DoubleUnaryOperator excess = gamma -> {
            double z = learned(spectrum, gamma);
            return z >= p ? Double.POSITIVE_INFINITY : z + ridge * p / (gamma * (p - z)) - n;
        };
        double high = 2 * least;
        while (excess.applyAsDouble(high) > 0) high *= 2;
        double low = high;
        while (excess.applyAsDouble(low) <= 0) low = least + (low - least) / 2;
        // (n − z) (p − z) γ = δp has no pole.
        double root = new BracketingNthOrderBrentSolver(1e-14, 1e-14, 1e-300, 5).solve(MOST_EVALUATIONS,
                logGamma -> {
                    double gamma = Math.exp(logGamma);
                    double z = learned(spectrum, gamma);
                    return ((n - z) * (p - z) * gamma - ridge * p) / (ridge * p);
                }, Math.log(low), Math.log(high), AllowedSolution.ANY_SIDE);
        double gamma = Math.exp(root);
        double z = learned(spectrum, gamma);
        // Either equation gives κ: the one without a small difference of large numbers.
        return new RandomFeatures(spectrum, n, p, gamma, n > p ? ridge / (n - z) : gamma * (p - z) / p);
    }

    /** κ: the regularization that samples see; 0 with more samples than features and no ridge. */
    public double kappa() {
        return kappa;
    }

    /** γ: the regularization that modes see. */
    public double gamma() { return gamma; }

    /**
     * λ/(λ + γ), the learnability of each mode of a level.
     *
     * @param level the number of a level, from 0
     */
    public double learnability(int level) { return share(spectrum.value(level), gamma); }

    /**
     * The mean of (f̂(x) − y)² at a new sample, whose label y has the noise too.
     *
     * @param power v² in each level, summed over its modes. Not modified.
     * @param noise σ², the variance of the label noise, not negative
     */
    public double testError(double[] power, double noise) {
        if (power.length != spectrum.levels())
            throw new IllegalArgumentException(
                    "power has " + power.length + " entries: expected " + spectrum.levels()
                            + ", one a level");
        double z = learned(spectrum, gamma);
        double q = 0;
        for (int k = 0; k < spectrum.levels(); k++)
            q += spectrum.multiplicity(k) * learnability(k) * learnability(k);
        double missed = noise;
        for (int k = 0; k < power.length; k++) {
            double learned = learnability(k);
            missed += (1 - learned - kappa / gamma * learned * (1 - learned) * p / (p - q)) * power[k];
        }
        return missed / (1 - (q * (p - 2 * z) + z * z) / (n * (p - q)));
    }

    /** z = Σ λ/(λ + γ), the tail included. */
    private static double learned(KernelSpectrum spectrum, double gamma) {
        double z = spectrum.tail() / gamma;
        for (int k = 0; k < spectrum.levels(); k++)
            z += spectrum.multiplicity(k) * share(spectrum.value(k), gamma);
        return z;
    }

    private static double share(double value, double gamma) {
        return value == 0 ? 0 : value / (value + gamma);
    }
}
