package mechanics.solvable;

import org.hipparchus.special.Gamma;

/**
 * Kernel regression where everything falls as a power of the mode's number i = 1, 2, …: the eigenvalues of the kernel,
 * λᵢ = i^(−α), and the power of the target, vᵢ² = i^(−β). {@link Eigenframework} then has closed forms to leading order in
 * 1/n.
 *
 * <p>Without a ridge, Σ λ/(λ + κ) = n gives κ = (n α sin(π/α) / π)^(−α): about n modes are learned, and E₀ → α. Without
 * noise the test error falls as n^(−s) with s = min(2α, β − 1):
 * <ul>
 * <li>β − 1 &lt; 2α, a rough target: the modes beyond n are missing, whatever the kernel does;
 * <li>β − 1 &gt; 2α, a smooth target: the strong modes are learned to within κ only.
 * </ul>
 * Label noise of variance σ² adds E₀σ² → ασ². With the best ridge at each n the risk in presence of noise falls as
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
    public double exponent() { return Math.min(2 * alpha, beta - 1); }

    /** s/(s + 1): with noise and the best ridge at each n, the error beyond the noise falls as n^(−s/(s+1)). */
    public double noisyExponent() { return exponent() / (exponent() + 1); }

    /** κ to leading order without a ridge. */
    public double kappa(double n) {
        return Math.pow(n * alpha * Math.sin(Math.PI / alpha) / Math.PI, -alpha);
    }

    /**
     * The test error without noise and ridge, to leading order.
     *
     * <p>For a rough target the sum Σ i^(−β) (κ/(λᵢ + κ))² becomes an integral, κ^((β−1)/α) Γ(2 − t) Γ(t)/α with
     * t = (β − 1)/α; for a smooth one it is κ² Σ i^(2α−β). Either times E₀ = α. The next terms are smaller by powers of
     * 1/n that get small themselves as β − 1 nears 2α.
     *
     * @throws IllegalArgumentException if β − 1 = 2α: there the error has a logarithm
     */
    public double error(double n) {
        double t = (beta - 1) / alpha;
        if (t == 2) throw new IllegalArgumentException("beta = 2 alpha + 1 = " + beta + ": expected another number");
        double kappa = kappa(n);
        return t < 2
                ? Math.pow(kappa, t) * Gamma.gamma(2 - t) * Gamma.gamma(t)
                : alpha * kappa * kappa * zeta(beta - 2 * alpha);
    }

    /** ασ²: the test error that label noise leaves without a ridge, at any n. */
    public double noiseFloor(double noise) { return alpha * noise; }

    /** The n at which the error of the task and that of the noise are equal, without a ridge. */
    public double crossover(double noise) {
        if (!(noise > 0 && Double.isFinite(noise)))
            throw new IllegalArgumentException("noise = " + noise + ": expected a positive variance");
        return Math.pow(error(1) / noiseFloor(noise), 1 / exponent());
    }

    /** vᵢ² for i = 1 … count. */
    public double[] power(int count) {
        var power = new double[count];
        for (int i = 0; i < count; i++) power[i] = Math.pow(i + 1, -beta);
        return power;
    }

    /** The kernel's first eigenvalues. */
    public KernelSpectrum spectrum(int count) {
        return KernelSpectrum.powerLaw(count, alpha);
    }

    /** Riemann's ζ(s) for s > 1: the first terms, and Euler and Maclaurin's formula for the rest. */
    private static double zeta(double s) {
        int terms = 20;
        double sum = 0;
        for (int i = 1; i < terms; i++) sum += Math.pow(i, -s);
        double last = Math.pow(terms, -s);
        return sum + last * (0.5 + terms / (s - 1) + s / (12.0 * terms)
                - s * (s + 1) * (s + 2) / (720.0 * Math.pow(terms, 3)));
    }

    private static void requireAboveOne(String name, double value) {
        if (!(value > 1 && Double.isFinite(value)))
            throw new IllegalArgumentException(name + " = " + value + ": expected a number above 1");
    }
}
