package mechanics.representations;

import java.util.stream.DoubleStream;

/**
 * The dimension of a representation as a participation ratio, γ = (tr Σ)² / tr Σ² = (Σ λ)² / Σ λ², where Σ is the
 * covariance of the features and λ are its eigenvalues: d if d eigenvalues are equal and the others zero, and a soft
 * count of the large ones in general.
 *
 * <p>From n samples the naive estimate puts the sample covariance in the place of Σ. It is too small: it can never
 * exceed n − 1. The reason is that (tr Σ)² and tr Σ² are expectations over <em>distinct</em> samples,
 * <pre>
 *   (tr Σ)² = E[½|xᵢ − xⱼ|² ½|xₖ − xₗ|²],    tr Σ² = E[(½ (xᵢ − xⱼ)·(xₖ − xₗ))²],    i, j, k, l distinct,
 * </pre>
 * and the naive sums also hold the terms where indices coincide. The corrected estimates average over distinct indices
 * only, so that numerator and denominator are unbiased. With the Gram matrix K of the centered features,
 * T = tr K, q = Σ Kᵢᵢ², F = ‖K‖², they are, up to a common factor,
 * <pre>
 *   (tr Σ)² ∝ (n² − 3n + 1) T² − n(n − 1) q + 2F,    tr Σ² ∝ (n − 1)(n − 2) F − n(n − 1) q + T².
 * </pre>
 * {@link #correctedForUnits} also averages over distinct features: it estimates the dimension of a population of units
 * of which the features are a random part.
 *
 * <p>Cost: O(n width min(n, width)). Source: Chun, Canatar, Chung and Lee, "Estimating dimensionality of neural
 * representations from finite samples" (ICLR 2026), for rows, columns and both; the closed forms above are those of
 * U-statistics of order four (Székely and Rizzo 2014 for tr Σ²).
 */
public final class ParticipationRatio {
    private ParticipationRatio() {}

    /**
     * The participation ratio of the sample covariance. Between 1 and min(n − 1, width). Not modified.
     *
     * @param z n × d, rows are samples
     */
    public static double naive(Representation z) {
        Features.requireSamples(z, 2);
        var x = Features.of(z).requireVariance();
        double trace = x.values().dot(x.values());
        return trace * trace / x.kernelProduct(x);
    }

    /**
     * The participation ratio with the bias of few samples taken out. Its denominator is unbiased and therefore may be
     * zero or negative where the samples do not suffice: the ratio is then infinite or negative. Not modified.
     *
     * @param z n × d, rows are samples
     * @throws IllegalArgumentException for fewer than 4 samples
     */
    public static double corrected(Representation z) {
        Features.requireSamples(z, 4);
        var moments = Moments.of(Features.of(z).requireVariance());
        return moments.squaredTrace() / moments.traceOfSquare();
    }

    /**
     * The participation ratio with the bias of few samples and of few units taken out: features are a random part of a
     * large population of units. Not modified.
     *
     * @param z n × d, rows are samples
     * @throws IllegalArgumentException for fewer than 4 samples or 2 features
     */
    public static double correctedForUnits(Representation z) {
        Features.requireSamples(z, 4);
        if (z.width() < 2)
            throw new IllegalArgumentException("width = " + z.width() + ": expected at least 2 units");
        var x = Features.of(z).requireVariance();
        var moments = Moments.of(x);
        // Pairs of a unit with itself: the same estimate of Var² in the numerator and in the denominator.
        double same = 0;
        for (int unit = 0; unit < x.width(); unit++) {
            double second = 0, fourth = 0;
            for (int i = 0; i < x.samples(); i++) {
                double v = x.values().get(i * x.width() + unit);
                second += v * v;
                fourth += v * v * v * v;
            }
            same += new Moments(x.samples(), second, fourth, second * second).traceOfSquare();
        }
        return (moments.squaredTrace() - same) / (moments.traceOfSquare() - same);
    }

    /**
     * What the estimates need of the Gram matrix K of n centered samples.
     *
     * @param trace T = tr K
     * @param diagonal q = Σ Kᵢᵢ²
     * @param square F = ‖K‖²
     */
    private record Moments(int n, double trace, double diagonal, double square) {
        static Moments of(Features x) {
            double[] norms = x.squaredNorms();
            return new Moments(x.samples(), DoubleStream.of(norms).sum(),
                    DoubleStream.of(norms).map(v -> v * v).sum(), x.kernelProduct(x));
        }

        /** (tr Σ)² times n(n − 1)(n − 2)(n − 3). */
        double squaredTrace() {
            double m = n;
            return (m * m - 3 * m + 1) * trace * trace - m * (m - 1) * diagonal + 2 * square;
        }

        /** tr Σ² times the same. */
        double traceOfSquare() {
            double m = n;
            return (m - 1) * (m - 2) * square - m * (m - 1) * diagonal + trace * trace;
        }
    }
}
