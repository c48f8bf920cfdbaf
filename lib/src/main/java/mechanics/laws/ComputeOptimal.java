package mechanics.laws;

import java.util.Arrays;
import java.util.function.Function;

import mechanics.statistics.NonNegativeFit;
import mechanics.statistics.ZoomSearch;

/**
 * How to spend compute where two shortcomings add up: the loss of a network of N parameters that was trained on D tokens, each seen once,
 *
 * <pre>L(N, D) = E + A/Nᵃ + B/Dᵇ,</pre>
 *
 * and the best N and D where their product is limited by the compute C = 6 N D. Put D = C/6N in: the derivative with
 * respect to ln N is zero where a A/Nᵃ = b B/Dᵇ, so
 *
 * <pre>
 * N*(C) = G (C/6)^(b/(a+b)),   D*(C) = (C/6)/N*,   G = (a A/(b B))^(1/(a+b)),
 * L*(C) = E + (1 + a/b) A/N*ᵃ,   which falls to E like C^(−ab/(a+b)).
 * </pre>
 *
 * <p>Source: Hoffmann et al., "Training compute-optimal large language models" (2022), section 3.3 and equation 4.
 *
 * @param floor E, at least 0: the entropy of the text, as far as networks of this kind can know
 * @param sizeAmplitude A, positive
 * @param sizeExponent a, positive
 * @param dataAmplitude B, positive
 * @param dataExponent b, positive
 */
public record ComputeOptimal(double floor, double sizeAmplitude, double sizeExponent, double dataAmplitude,
        double dataExponent) implements LossSurface {
    private static final double LEAST_EXPONENT = 0.01;
    private static final double LARGEST_EXPONENT = 4;

    /** @throws IllegalArgumentException if a constant is outside its range */
    public ComputeOptimal {
        if (!(floor >= 0 && Double.isFinite(floor)))
            throw new IllegalArgumentException(
                    "floor = " + floor + ": expected a finite number of at least 0");
        NonNegativeFit.requirePositive("amplitudes and exponents", new double[]{sizeAmplitude, sizeExponent,
                dataAmplitude, dataExponent});
    }

    /**
     * The surface nearest to measured losses, by least squares of relative errors: E, A and B by linear least squares
     * for given exponents, the exponents on a grid from 0.01 to 4 that is refined again and again around its best point.
     * Cost: O(points) for each of about 1,500 pairs of exponents.
     *
     * @param sizes N, at least three different. Not modified.
     * @param tokens D, as many, at least three different. Not modified.
     * @param losses L, as many. Not modified.
     * @throws IllegalArgumentException if a number is not positive, there are fewer than 5 different points, tokens are a
     *         power of the sizes, or the loss does not fall with both
     */
    public static ComputeOptimal fit(double[] sizes, double[] tokens, double[] losses) {
        LossSurface.requirePoints(sizes, tokens, losses, 5);
        double n0 = geometricMean(sizes), d0 = geometricMean(tokens);
        double[] one = new double[sizes.length];
        Arrays.fill(one, 1);
        Function<double[], NonNegativeFit> linear = logs -> NonNegativeFit.of(losses, one,
                powers(sizes, n0, Math.exp(logs[0])), powers(tokens, d0, Math.exp(logs[1])));
        double low = Math.log(LEAST_EXPONENT), high = Math.log(LARGEST_EXPONENT);
        double[] best = ZoomSearch.minimize(logs -> linear.apply(logs).error(), new double[]{low, low},
                new double[]{high, high});
        double a = Math.exp(best[0]), b = Math.exp(best[1]);
        double[] c = linear.apply(best).coefficients();
        if (!(c[1] > 0 && c[2] > 0))
            throw new IllegalArgumentException("losses: expected to fall with sizes and with tokens");
        return new ComputeOptimal(c[0], c[1] * Math.pow(n0, a), a, c[2] * Math.pow(d0, b), b);
    }

    /** (x/middle)⁻ᵃ: of the order of one, so that the fit of the amplitudes is well conditioned. */
    static double[] powers(double[] x, double middle, double exponent) {
        return Arrays.stream(x).map(v -> Math.pow(v / middle, -exponent)).toArray();
    }

    static double geometricMean(double... x) {
        return Math.exp(Arrays.stream(x).map(Math::log).average().orElseThrow());
    }

    @Override
    public double at(double size, double tokens) {
        return floor + sizeAmplitude * Math.pow(size, -sizeExponent)
                + dataAmplitude * Math.pow(tokens, -dataExponent);
    }

    /** b/(a + b): the power of the compute by which the best size grows. The data's is the rest to 1. */
    public double sizePower() {
        return dataExponent / (sizeExponent + dataExponent);
    }

    /** ab/(a + b): the power of the compute by which the best loss falls to its floor. */
    public double lossPower() {
        return sizeExponent * sizePower();
    }

    @Override
    public double bestSize(double compute) {
        double g = Math.pow(sizeExponent * sizeAmplitude / (dataExponent * dataAmplitude),
                1 / (sizeExponent + dataExponent));
        return g * Math.pow(compute / 6, sizePower());
    }

    /**
     * The factor by which more compute is needed if the size is {@code factor} times the best one for {@code compute}.
     *
     * @param compute C, floating-point operations
     * @param factor how many times too large the network is, positive
     * @return at least 1, as a share of {@code compute}
     */
    public double waste(double compute, double factor) {
        double loss = bestLoss(compute) + excess(compute, factor) - floor;
        return Math.pow((bestLoss(compute) - floor) / loss, -1 / lossPower());
    }
}
