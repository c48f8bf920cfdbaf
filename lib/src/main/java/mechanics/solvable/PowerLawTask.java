package mechanics.solvable;

import org.hipparchus.special.Gamma;

import mechanics.kernels.KernelSpectrum;

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
     * <p>For a rough target the sum Σ i^(−β) (κ/(λᵢ + κ))² is taken as an integral, κ^t Γ(2 − t) Γ(t)/α with
     * t = (β − 1)/α; for a smooth one it is κ² Σ i^(2α−β). Either times E₀. What is left out is smaller by a power of 1/n
     * that gets small itself as β − 1 nears 2α.
     *
     * @param n the number of training samples
     * @throws IllegalArgumentException if β − 1 = 2α: there the error has a logarithm
     */
    public double error(double n) { return overfitting(n) * missed(n); }

    /** Σ (1 − L)² v². */
    private double missed(double n) {
        double t = (beta - 1) / alpha;
        if (t == 2)
            throw new IllegalArgumentException("beta = 2 alpha + 1 = " + beta + ": expected another number");
        double kappa = kappa(n);
        return t < 2
                ? Math.pow(kappa, t) * Gamma.gamma(2 - t) * Gamma.gamma(t) / alpha
                : kappa * kappa * beyond(beta - 2 * alpha, 0);
    }

    /**
     * ασ²: the test error that label noise leaves without a ridge at large n.
     *
     * @param noise the variance of the labels' noise
     */
    public double noiseFloor(double noise) { return alpha * noise; }

    /**
     * The n at which the target's error is as large as the noise's, without a ridge: E₀Σ(1 − L)²v² = E₀σ².
     *
     * @param noise the variance of the labels' noise
     */
    public double crossover(double noise) {
        if (!(noise > 0 && Double.isFinite(noise)))
            throw new IllegalArgumentException("noise = " + noise + ": expected a positive variance");
        // The sum is a pure power of n + ½.
        return 1.5 * Math.pow(missed(1) / noise, 1 / exponent()) - 0.5;
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
