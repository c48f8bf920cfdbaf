package mechanics.solvable;

import java.util.function.IntToDoubleFunction;

import org.hipparchus.analysis.solvers.AllowedSolution;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

import mechanics.kernels.KernelSpectrum;

/**
 * What kernel ridge regression learns from n random samples, on average over training sets, from the eigenvalues of the
 * kernel alone.
 *
 * <p>The predictor is f̂(x) = k(x, X)(K + δI)⁻¹y with y = f(X) + noise of variance σ². Every eigenfunction φᵢ of the
 * kernel has a <em>learnability</em>, the mean share of φᵢ that is found again when φᵢ is the target. With the effective
 * regularization κ, the one positive root of
 * <pre>
 *   Σᵢ λᵢ / (λᵢ + κ) + δ/κ = n,        Lᵢ = λᵢ / (λᵢ + κ),        E₀ = n / (n − Σᵢ Lᵢ²),
 * </pre>
 * a target f = Σᵢ vᵢφᵢ has
 * <pre>
 *   mean predictor  E f̂ = Σᵢ Lᵢvᵢφᵢ
 *   test error      E (f̂ − y)² = E₀ (Σᵢ (1 − Lᵢ)² vᵢ² + σ²)    with the noise σ² of the test sample
 *   train error     (δ / nκ)² × test error.
 * </pre>
 * Without a ridge the learnabilities sum to n: a kernel has n units of learnability to give, and each mode takes part.
 * Modes in the spectrum's tail are taken as weaker than κ: λ/(λ + κ) ≈ λ/κ, an addition to δ.
 *
 * <p>The framework treats the eigenfunctions at random samples as independent Gaussian numbers. It is exact in the limit
 * of many modes and samples; {@link #gaussianCorrection} is its first error for Gaussian features. Cost: O(levels).
 *
 * <p>Sources: Bordelon, Canatar and Pehlevan (2020); Canatar, Bordelon and Pehlevan (2021); Jacot et al. (2020); in this
 * form Simon, Dickens, Karkada and DeWeese, "The eigenlearning framework" (2023).
 */
public final class Eigenframework {
    private static final int MOST_EVALUATIONS = 1000;

    private final KernelSpectrum spectrum;
    private final double n;
    private final double ridge;
    private final double kappa;
    /** n − Σ L². */
    private final double unused;

    private Eigenframework(KernelSpectrum spectrum, double n, double ridge, double kappa) {
        this.spectrum = spectrum;
        this.n = n;
        this.ridge = ridge;
        this.kappa = kappa;
        // n − ΣL² = ΣL(1 − L) + δ/κ: no difference of large numbers.
        this.unused = kappa == 0
                ? n - spectrum.rank()
                : sum(k -> learnability(k) * (1 - learnability(k))) + (ridge + spectrum.tail()) / kappa;
    }

    /**
     * Regression without a ridge.
     *
     * @param spectrum eigenvalues with multiplicities, and the tail
     * @param n the number of training samples, need not be whole
     */
    public static Eigenframework of(KernelSpectrum spectrum, double n) { return of(spectrum, n, 0); }

    /**
     * Regression with a ridge.
     *
     * @param spectrum eigenvalues with multiplicities, and the tail
     * @param n the number of training samples, positive; between whole numbers the formulas interpolate
     * @param ridge δ, not negative; added to the diagonal of K, not multiplied by n
     */
    public static Eigenframework of(KernelSpectrum spectrum, double n, double ridge) {
        if (!(n > 0 && Double.isFinite(n)))
            throw new IllegalArgumentException("n = " + n + ": expected a positive number of samples");
        if (!(ridge >= 0 && Double.isFinite(ridge)))
            throw new IllegalArgumentException(
                    "ridge = " + ridge + ": expected a number that is not negative");
        return new Eigenframework(spectrum, n, ridge, solve(spectrum, n, ridge + spectrum.tail()));
    }

    /** The root κ; 0 where there are as many samples as modes and nothing regularizes. */
    private static double solve(KernelSpectrum spectrum, double n, double ridge) {
        double rank = spectrum.rank();
        if (ridge == 0 && n >= rank) return 0;
        double smallest = Double.POSITIVE_INFINITY;
        double trace = ridge;
        for (int k = 0; k < spectrum.levels(); k++) {
            trace += spectrum.multiplicity(k) * spectrum.value(k);
            if (spectrum.value(k) > 0) smallest = Math.min(smallest, spectrum.value(k));
        }
        // λ/(λ + κ) is at most λ/κ, which bounds κ above, and at least λ_min/(λ_min + κ), which bounds it below.
        double high = trace / n;
        double low = Math.max(ridge / n, n < rank ? smallest * (rank - n) / n : 0);
        if (!(low < high)) return high;
        // In ln κ the curve is smooth over any number of decades.
        var solver = new BracketingNthOrderBrentSolver(1e-15, 1e-14, 1e-300, 5);
        double root = solver.solve(MOST_EVALUATIONS, logKappa -> {
            double kappa = Math.exp(logKappa);
            double total = ridge / kappa;
            for (int k = 0; k < spectrum.levels(); k++)
                total += spectrum.multiplicity(k) * spectrum.value(k) / (spectrum.value(k) + kappa);
            return Math.log(total / n);
        }, Math.log(low) - 1e-9, Math.log(high) + 1e-9, AllowedSolution.ANY_SIDE);
        return Math.exp(root);
    }

    /** The spectrum. */
    public KernelSpectrum spectrum() { return spectrum; }

    /** The number of samples n. */
    public double n() { return n; }

    /** δ. */
    public double ridge() { return ridge; }

    /** κ: the effective regularization. Modes with λ ≫ κ are learned, modes with λ ≪ κ are not. */
    public double kappa() {
        return kappa;
    }

    /**
     * L_k = λ_k / (λ_k + κ), the learnability of each mode of level k.
     *
     * @param level the number of a level of equal eigenvalues, from 0
     */
    public double learnability(int level) {
        double value = spectrum.value(level);
        return value == 0 ? 0 : value / (value + kappa);
    }

    /** The learnability of all levels. */
    public double[] learnabilities() {
        var all = new double[spectrum.levels()];
        for (int k = 0; k < all.length; k++) all[k] = learnability(k);
        return all;
    }

    /**
     * The learnability of a target, Σ L v² / Σ v²: the mean of ⟨f, f̂⟩/⟨f, f⟩.
     *
     * @param power v² in each level, summed over its modes. Not modified.
     */
    public double learnability(double[] power) {
        checkPower(power);
        double learned = 0;
        double whole = 0;
        for (int k = 0; k < power.length; k++) {
            learned += learnability(k) * power[k];
            whole += power[k];
        }
        return learned / whole;
    }

    /**
     * The mean predictor's coefficients L_k v_k: on average every mode is shrunk, and none is mixed into another.
     *
     * @param coefficients v of one mode in each level. Not modified.
     */
    public double[] meanPredictor(double[] coefficients) {
        if (coefficients.length != spectrum.levels())
            throw new IllegalArgumentException(
                    "coefficients has " + coefficients.length + " entries: expected "
                            + spectrum.levels() + ", one a level");
        var mean = new double[coefficients.length];
        for (int k = 0; k < mean.length; k++) mean[k] = learnability(k) * coefficients[k];
        return mean;
    }

    /** Σ L over all modes, the tail's included, and δ/κ: equal to n unless samples outnumber modes. */
    public double conserved() {
        double beyond = spectrum.tail() + ridge;
        return sum(this::learnability) + (beyond == 0 ? 0 : beyond / kappa);
    }

    /** E₀ = n / (n − ΣL²): the factor on noise and on what is not learned; infinite where n = rank without a ridge. */
    public double overfitting() {
        return n / unused;
    }

    /**
     * The mean of (f̂(x) − y)² at a new sample, whose label y has the noise too.
     *
     * @param power v² in each level, summed over its modes. Not modified.
     * @param noise σ², the variance of the label noise, not negative
     */
    public double testError(double[] power, double noise) {
        double missed = missed(power, noise);
        // As n reaches the rank from below, (1 − L)² vanishes faster than 1/E₀.
        return missed == 0 ? 0 : overfitting() * missed;
    }

    /** Σ (1 − L)² v² + σ². */
    private double missed(double[] power, double noise) {
        checkPower(power);
        if (!(noise >= 0 && Double.isFinite(noise)))
            throw new IllegalArgumentException("noise = " + noise + ": expected a variance, not negative");
        double missed = noise;
        for (int k = 0; k < power.length; k++) {
            double rest = 1 - learnability(k);
            missed += rest * rest * power[k];
        }
        return missed;
    }

    /**
     * The mean of (f̂(x) − y)² over the training samples. Arguments as for {@link #testError}.
     *
     * @param power v², the power of the target in each level
     * @param noise the variance of the labels' noise
     */
    public double trainError(double[] power, double noise) {
        // Least squares with at least as many samples as modes: what no mode explains, less one part in n for each mode.
        if (kappa == 0) return missed(power, noise) * unused / n;
        double test = testError(power, noise);
        double share = ridge / (n * kappa);
        return share == 0 ? 0 : share * share * test;
    }

    /**
     * How much more a mode of level k is learned, to first order in 1/n, if features are independent Gaussian numbers:
     * (E₀/n) L_k(1 − L_k)(L̄ − L_k), where L̄ = ΣL²(1 − L) / (ΣL(1 − L) + δ/κ).
     *
     * <p>Leave mode i out of the kernel matrix and call the rest A: the share learned is exactly λs/(1 + λs) with
     * s = φᵢᵀA⁻¹φᵢ. For Gaussian φᵢ the variance of s is 2 tr A⁻² = 2s²E₀/n, and the share is concave in s: on average
     * it is smaller by (2E₀/n)L²(1 − L). The mean of s is tr A⁻¹, which exceeds tr K⁻¹ by the factor 1 + LE₀/n, because
     * the mode is missing: half of that comes back. The sum of all shares is exactly n − δ tr(K + δI)⁻¹, so tr K⁻¹ rises
     * until the sum is right again, to the good of all modes. Features that vary less than Gaussian ones have smaller
     * corrections.
     *
     * @param level the number of a level of equal eigenvalues, from 0
     */
    public double gaussianCorrection(int level) {
        double mean = sum(k -> {
            double learned = learnability(k);
            return learned * learned * (1 - learned);
        }) / unused;
        double learned = learnability(level);
        return overfitting() / n * learned * (1 - learned) * (mean - learned);
    }

    private double sum(IntToDoubleFunction term) {
        double sum = 0;
        for (int k = 0; k < spectrum.levels(); k++) sum += spectrum.multiplicity(k) * term.applyAsDouble(k);
        return sum;
    }

    private void checkPower(double[] power) {
        if (power.length != spectrum.levels())
            throw new IllegalArgumentException(
                    "power has " + power.length + " entries: expected " + spectrum.levels()
                            + ", one a level");
        double whole = 0;
        for (int k = 0; k < power.length; k++) {
            if (!(power[k] >= 0 && Double.isFinite(power[k])))
                throw new IllegalArgumentException(
                        "power[" + k + "] = " + power[k] + ": expected a number that is not negative");
            whole += power[k];
        }
        if (whole == 0) throw new IllegalArgumentException("power is 0 in every level: expected a target");
    }
}
