package mechanics.universality;

import java.util.Arrays;

/**
 * What is to be expected of the participation ratio γ = (Σ λ)² / Σ λ² of a Gaussian representation when it is estimated
 * from n samples. With m = n − 1 degrees of freedom the sample covariance S of a Gaussian has
 * <pre>E (tr S)² = (tr Σ)² + 2 tr Σ² / m,    E tr S² = tr Σ² (1 + 1/m) + (tr Σ)² / m,</pre>
 * so that the naive estimate, the ratio of the two, is near {@link #naive}: for large n, 1/γ̂ = 1/γ + 1/n. An estimate
 * whose numerator and denominator are unbiased is near γ, off by a random amount whose size is {@link #spread}.
 *
 * <p>Sources: Chun, Canatar, Chung and Lee (ICLR 2026) for the bias; the moments of a Wishart matrix, for example in
 * Anderson, "An introduction to multivariate statistical analysis", chapter 7.
 *
 * @param spectrum the eigenvalues λ of the covariance Σ, not negative, at least one positive. Copied.
 */
public record SampledDimension(double[] spectrum) {

    /** @throws IllegalArgumentException if an eigenvalue is negative or none is positive */
    public SampledDimension {
        spectrum = spectrum.clone();
        for (double value : spectrum) {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("eigenvalue = " + value + ": expected at least 0");
            }
        }
        if (!(Arrays.stream(spectrum).sum() > 0))
            throw new IllegalArgumentException("the eigenvalues sum to 0: expected a positive one");
    }

    /** The eigenvalues. A fresh copy. */
    @Override
    public double[] spectrum() { return spectrum.clone(); }

    /** γ, the true participation ratio. */
    public double dimension() {
        return power(1) * power(1) / power(2);
    }

    /**
     * The naive estimate from n samples: (γ + 2/m) / (1 + (1 + γ)/m), the ratio of the two expectations.
     *
     * @param samples n, at least 2
     */
    public double naive(double samples) {
        double m = atLeast("samples", samples, 2) - 1;
        double gamma = dimension();
        return (gamma + 2 / m) / (1 + (1 + gamma) / m);
    }

    /**
     * The naive estimate from n samples of a random choice of q units out of many: 1 / (1/γ + 1/n + 1/q), for large γ, n
     * and q.
     *
     * @param samples n, at least 2
     * @param units q, at least 1
     */
    public double naive(double samples, double units) {
        return 1 / (1 / dimension() + 1 / atLeast("samples", samples, 2)
                + 1 / atLeast("units", units, 1));
    }

    /**
     * The corrected estimate from n samples that are not independent but neighbors in time, x(t + 1) = ρ x(t) + noise:
     * pairs of neighbors are partly products of a sample with itself. With c = (1/n(n−1)) Σ_{i≠j} ρ^{2|i−j|} and
     * E (xᵢ·xⱼ)² = tr Σ² (1 + ρ^{2|i−j|}) + (tr Σ)² ρ^{2|i−j|}, the ratio of expectations is
     * (γ + 2c) / (1 + c + γ c), before the mean is taken off. For large n, c = 2ρ² / ((1 − ρ²) n).
     *
     * @param samples n, at least 4
     * @param correlation ρ, above −1 and below 1
     */
    public double corrected(double samples, double correlation) {
        double n = atLeast("samples", samples, 4);
        if (!(Math.abs(correlation) < 1))
            throw new IllegalArgumentException(
                    "correlation = " + correlation + ": expected between -1 and 1");
        // Σ (n − τ) r^τ over lags τ = 1 … n − 1, with r = ρ²
        double r = correlation * correlation;
        double sum = r * (n * (1 - r) - 1 + Math.pow(r, n)) / ((1 - r) * (1 - r));
        double c = 2 * sum / (n * (n - 1));
        return (dimension() + 2 * c) / (1 + c + dimension() * c);
    }

    /**
     * The relative standard deviation of the corrected estimate from n samples, to leading order:
     * <pre>√( 4 (1 + t₄/t₂²) / n² + (8/n) (t₂/t₁² − 2 t₃/(t₁ t₂) + t₄/t₂²) ),   t_p = tr Σ^p.</pre>
     * The first term is the noise of the pairs in the denominator, the second that of single samples in both; where all
     * eigenvalues are equal the latter cancels.
     *
     * @param samples n, at least 4
     */
    public double spread(double samples) {
        double n = atLeast("samples", samples, 4);
        double t1 = power(1), t2 = power(2), t3 = power(3), t4 = power(4);
        double single = t2 / (t1 * t1) - 2 * t3 / (t1 * t2) + t4 / (t2 * t2);
        return Math.sqrt(4 * (1 + t4 / (t2 * t2)) / (n * n) + 8 / n * single);
    }

    /** tr Σ^p = Σ λ^p. */
    private double power(int p) {
        return Arrays.stream(spectrum).map(v -> Math.pow(v, p)).sum();
    }

    private static double atLeast(String name, double value, int least) {
        if (!(value >= least))
            throw new IllegalArgumentException(name + " = " + value + ": expected at least " + least);
        return value;
    }
}
