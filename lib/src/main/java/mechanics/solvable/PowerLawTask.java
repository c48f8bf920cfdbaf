package mechanics.solvable;

import java.util.function.DoubleUnaryOperator;

import mechanics.kernels.KernelSpectrum;
import mechanics.linalg.Rounding;

/**
 * Kernel regression where everything falls as a power of the mode's number i = 1, 2, …: the eigenvalues of the kernel,
 * λᵢ = i^(−α), and the power of the target, vᵢ² = i^(−β). {@link Eigenframework} then has closed forms to leading order in
 * 1/n.
 *
 * <p>Without a ridge the sum Σ λ/(λ + κ) = n becomes the integral κ^(−1/α) π/α / sin(π/α) less one half (Euler and
 * Maclaurin), and likewise Σ L²:
 * <pre>
 *   κ = ((n + ½) α sin(π/α) / π)^(−α),        E₀ = αn / (n + ½).
 * </pre>
 * About n modes are learned. Without noise the test error falls as n^(−s) with s = min(2α, β − 1):
 * <ul>
 * <li>β − 1 &lt; 2α, a rough target: the modes beyond n are missing, whatever the kernel does;
 * <li>β − 1 &gt; 2α, a smooth target: the strong modes are learned to within κ only.
 * </ul>
 * Label noise of variance σ² leaves E₀σ² → ασ². With the best ridge at each n the risk in presence of noise falls as
 * n^(−s/(s+1)).
 *
 * <p>Sources: Caponnetto and De Vito (2007) for the rates; Spigler, Geiger and Wyart (2020), Bordelon, Canatar and
 * Pehlevan (2020) for the ridgeless ones; Cui, Loureiro, Krzakala and Zdeborová (2021) for the crossovers; Mallinar et
 * al. (2022) for E₀ → α.
 *
 * @param alpha α, above 1: the kernel has a finite trace
 * @param beta β, above 1: the target has a finite mean square
 */
public record PowerLawTask(double alpha, double beta) {

    /** Checks the numbers. */
    public PowerLawTask {
        requireAboveOne("alpha", alpha);
        requireAboveOne("beta", beta);
    }

    /** s = min(2α, β − 1): without noise the test error falls as n^(−s). */
    public double exponent() {
        return Math.min(2 * alpha, beta - 1);
    }

    /** s/(s + 1): with noise and the best ridge at each n, the error beyond the noise falls as n^(−s/(s+1)). */
    public double noisyExponent() {
        return exponent() / (exponent() + 1);
    }

    /**
     * κ without a ridge: ((n + ½) α sin(π/α) / π)^(−α).
     *
     * @param n the number of training samples
     */
    public double kappa(double n) {
        if (!(n > 0 && Double.isFinite(n)))
            throw new IllegalArgumentException("n = " + n + ": expected a positive number of samples");
        return Math.pow((n + 0.5) * alpha * Math.sin(Math.PI / alpha) / Math.PI, -alpha);
    }

    /**
     * E₀ without a ridge: αn / (n + ½).
     *
     * @param n the number of training samples
     */
    public double overfitting(double n) { return alpha * n / (n + 0.5); }

    /**
     * The test error without noise and ridge.
     *
     * <p>E₀ Σ i^(−β) (κ/(λᵢ + κ))², some terms one by one and the others by Euler and Maclaurin's formula. To leading
     * order the sum is κ^t Γ(2 − t) Γ(t)/α with t = (β − 1)/α for a rough target, and κ² Σ i^(2α−β) for a smooth one. Both
     * diverge as β − 1 nears 2α, where the sum does not: it then holds both, with opposite signs, and its power of n shows
     * at very large n only.
     *
     * @param n the number of training samples
     * @throws IllegalArgumentException if β − 1 = 2α, but for rounding: there the error is no power of n, it has a
     *         logarithm
     */
    public double error(double n) { return overfitting(n) * missed(n); }

    /** Σ (1 − L)² v². */
    private double missed(double n) {
        if (Rounding.isZero(beta - 1 - 2 * alpha, 2 * alpha + beta)) {
            throw new IllegalArgumentException("beta = 2 alpha + 1 = " + beta + ": expected another number");
        }
        double kappa = kappa(n);
        DoubleUnaryOperator term = x -> {
            // 1 − L, without a difference.
            double missed = 1 / (1 + Math.pow(x, -alpha) / kappa);
            return missed * missed * Math.pow(x, -beta);
        };
        int last = 64;
        double sum = 0;
        for (int i = 1; i < last; i++) sum += term.applyAsDouble(i);
        double learned = 1 / (1 + kappa * Math.pow(last, alpha));
        double slope = (2 * alpha * learned - beta) / last * term.applyAsDouble(last);
        return sum + term.applyAsDouble(last) / 2 - slope / 12 + integral(term, last, kappa);
    }

    /** ∫ f dx from some x on, by Gauss' rule of three points in pieces of ln x. */
    private double integral(DoubleUnaryOperator term, double from, double kappa) {
        double low = Math.log(from);
        // Beyond κ^(−1/α) the terms fall as x^(−β).
        double high = Math.max(low, -Math.log(kappa) / alpha) + 40 / (beta - 1);
        double width = 0.02;
        double pieces = Math.min(1e5, Math.ceil((high - low) / width));
        double half = (high - low) / pieces / 2;
        double sum = 0;
        for (int i = 0; i < pieces; i++) {
            double middle = low + (2 * i + 1) * half;
            for (int k = -1; k <= 1; k++) {
                double x = Math.exp(middle + k * half * Math.sqrt(0.6));
                sum += half * (k == 0 ? 8 : 5) / 9.0 * x * term.applyAsDouble(x);
            }
        }
        // What is beyond, where f = x^(−β).
        return sum + Math.exp((1 - beta) * high) / (beta - 1);
    }

    /**
     * ασ²: the test error that label noise leaves without a ridge at large n.
     *
     * @param noise the variance of the labels' noise
     */
    public double noiseFloor(double noise) { return alpha * noise; }

    /**
     * The n at which the target's error is as large as the noise's, without a ridge: E₀Σ(1 − L)²v² = E₀σ²; 0 where it is
     * smaller from the first sample on.
     *
     * @param noise the variance of the labels' noise
     */
    public double crossover(double noise) {
        if (!(noise > 0 && Double.isFinite(noise)))
            throw new IllegalArgumentException("noise = " + noise + ": expected a positive variance");
        if (missed(Double.MIN_NORMAL) <= noise) return 0;
        // The sum falls with n, in the end as n^(−s).
        double low = 0, high = 1;
        while (missed(high) > noise) {
            low = high;
            high *= 4;
        }
        for (int step = 0; step < 200 && high - low > 1e-13 * high; step++) {
            double middle = (low + high) / 2;
            if (missed(middle) > noise) low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    /**
     * vᵢ² for i = 1 … count.
     *
     * @param count the number of modes listed
     */
    public double[] power(int count) {
        var power = new double[count];
        for (int i = 0; i < count; i++) power[i] = Math.pow(i + 1, -beta);
        return power;
    }

    /**
     * The power of all modes beyond the first, Σ vᵢ² for i > count: never learned if n is far below count.
     *
     * @param count the number of modes listed
     */
    public double powerBeyond(int count) { return beyond(beta, count); }

    /**
     * The kernel's first eigenvalues, and the trace of the others as the tail.
     *
     * @param count the number of modes listed
     */
    public KernelSpectrum spectrum(int count) {
        return KernelSpectrum.powerLaw(count, alpha).withTail(beyond(alpha, count));
    }

    /** Σ i^(−s) for i > count and s > 1: some terms, and Euler and Maclaurin's formula for the rest. */
    private static double beyond(double s, int count) {
        int last = Math.max(count + 1, 20);
        double sum = 0;
        for (int i = count + 1; i < last; i++) sum += Math.pow(i, -s);
        return sum + Math.pow(last, -s) * (0.5 + last / (s - 1) + s / (12.0 * last)
                - s * (s + 1) * (s + 2) / (720.0 * Math.pow(last, 3)));
    }

    private static void requireAboveOne(String name, double value) {
        if (!(value > 1 && Double.isFinite(value)))
            throw new IllegalArgumentException(name + " = " + value + ": expected a number above 1");
    }
}
