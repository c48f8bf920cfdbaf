package mechanics.representations;

import java.util.stream.IntStream;

import mechanics.measure.KernelAlignment;

/**
 * Centered kernel alignment of two representations with linear kernels: the cosine of the angle between XXᵀ and YYᵀ,
 * both centered. 1 if the representations differ by a rotation, a scale and a shift; blind to nothing else.
 *
 * <p>The {@link #biased} value is that of {@link KernelAlignment#centered}. Of n samples of
 * independent isotropic features it is not 0 but about √(d d′ / ((n + d)(n + d′))), near 1 where the widths d, d′ are
 * large. The {@link #debiased} one replaces the three inner products by unbiased estimates (sums over distinct samples): 0 on
 * average for independent representations, and possibly negative.
 *
 * <p>Cost: O(n d d′) or O(n²(d + d′)), whichever is less. Sources: Kornblith et al., "Similarity of neural network
 * representations revisited" (2019); Song et al. (2012) for the unbiased estimate; Nguyen,
 * Raghu and Kornblith (2021) and Murphy et al. (2024) for its use here.
 */
public final class Cka {
    private Cka() {}

    /**
     * The alignment as it is computed from the samples, between 0 and 1. Not modified.
     *
     * @param x n × d, rows are samples
     * @param y n × d′, rows are the same samples
     */
    public static double biased(Representation x, Representation y) {
        Features.requireSame(x, y, 2);
        var a = Features.of(x).requireVariance();
        var b = Features.of(y).requireVariance();
        return a.kernelProduct(b) / (Math.sqrt(a.kernelProduct(a)) * Math.sqrt(b.kernelProduct(b)));
    }

    /**
     * The alignment from unbiased estimates. NaN where an estimate of ‖cov‖² of one representation is not positive,
     * as the samples do not suffice. Not modified.
     *
     * @param x n × d, rows are samples
     * @param y n × d′, rows are the same samples
     * @throws IllegalArgumentException for fewer than 4 samples
     */
    public static double debiased(Representation x, Representation y) {
        Features.requireSame(x, y, 4);
        var a = Features.of(x).requireVariance();
        var b = Features.of(y).requireVariance();
        return unbiased(a, b) / (Math.sqrt(unbiased(a, a)) * Math.sqrt(unbiased(b, b)));
    }

    /** An unbiased estimate of ‖cov(x, y)‖², times n(n − 1)(n − 2)(n − 3). */
    private static double unbiased(Features x, Features y) {
        double[] k = x.squaredNorms(), l = y.squaredNorms();
        double n = x.samples();
        double diagonal = IntStream.range(0, k.length).mapToDouble(i -> k[i] * l[i]).sum();
        double traces = x.values().dot(x.values()) * y.values().dot(y.values());
        return (n - 1) * (n - 2) * x.kernelProduct(y) - n * (n - 1) * diagonal + traces;
    }
}
