package mechanics.laws;

import java.util.Arrays;
import java.util.function.Function;

import mechanics.statistics.GoldenSection;
import mechanics.statistics.NonNegativeFit;
import mechanics.statistics.ZoomSearch;

/**
 * The loss of networks that all begin at the same loss, whatever their size, and go the same share of their way with the
 * same data:
 *
 * <pre>L(N, D) = L∞(N) + (L₀ − L∞(N)) (D₀/D)ᵇ,   L∞(N) = E + A/Nᵃ,   D ≥ D₀.</pre>
 *
 * So (L − L∞)/(L₀ − L∞) is one curve for all sizes. For D ≫ D₀ the product of the two small terms can be left out, and
 * this is {@link ComputeOptimal} with B = (L₀ − E) D₀ᵇ: the best size then grows like C^(b/(a+b)) as it does there. Near
 * the beginning the two differ, because a network that has hardly been trained cannot show how large it is.
 *
 * <p>The form is this project's own, made for short trainings; it has one constant more than that of Hoffmann et al.
 *
 * @param floor E, at least 0
 * @param sizeAmplitude A, positive
 * @param sizeExponent a, positive
 * @param start L₀, positive
 * @param startTokens D₀, positive
 * @param dataExponent b, positive
 */
public record SharedStart(double floor, double sizeAmplitude, double sizeExponent, double start,
        double startTokens,
        double dataExponent) implements LossSurface {
    private static final double LEAST_EXPONENT = 0.02;
    private static final double LARGEST_EXPONENT = 3;
    private static final double EARLIEST = 1e-4;

    /** @throws IllegalArgumentException if a constant is outside its range */
    public SharedStart {
        if (!(floor >= 0 && Double.isFinite(floor)))
            throw new IllegalArgumentException(
                    "floor = " + floor + ": expected a finite number of at least 0");
        NonNegativeFit.requirePositive("amplitude, exponents, start and its tokens",
                new double[]{sizeAmplitude, sizeExponent, dataExponent, start, startTokens});
    }

    /**
     * The surface nearest to measured losses, by least squares of relative errors: E, A and L₀ by linear least squares for
     * given a, b and D₀, which lie on a grid that is refined again and again around its best point; D₀ is earlier than all
     * points. Cost: O(points) for each of about 10,000 triples.
     *
     * @param sizes N, at least three different. Not modified.
     * @param tokens D, as many, at least three different. Not modified.
     * @param losses L, as many. Not modified.
     * @throws IllegalArgumentException if a number is not positive, there are fewer than 6 different points, tokens are a
     *         power of the sizes, or the loss does not fall with both
     */
    public static SharedStart fit(double[] sizes, double[] tokens, double[] losses) {
        LossSurface.requirePoints(sizes, tokens, losses, 6);
        double n0 = ComputeOptimal.geometricMean(sizes);
        double earliest = Arrays.stream(tokens).min().orElseThrow();
        int n = sizes.length;
        Function<double[], NonNegativeFit> linear = logs -> {
            double a = Math.exp(logs[0]), b = Math.exp(logs[1]), d0 = Math.exp(logs[2]);
            double[] size = ComputeOptimal.powers(sizes, n0, a), left = ComputeOptimal.powers(tokens, d0, b);
            double[] done = new double[n];
            for (int i = 0; i < n; i++) {
                done[i] = 1 - left[i];
                size[i] *= done[i];
            }
            return NonNegativeFit.of(losses, done, size, left);
        };
        double low = Math.log(LEAST_EXPONENT), high = Math.log(LARGEST_EXPONENT);
        double[] best = ZoomSearch.minimize(logs -> linear.apply(logs).error(),
                new double[]{low, low, Math.log(earliest * EARLIEST)},
                new double[]{high, high, Math.log(earliest)});
        double[] c = linear.apply(best).coefficients();
        double a = Math.exp(best[0]);
        if (!(c[1] > 0 && c[2] > c[0]))
            throw new IllegalArgumentException("losses: expected to fall with sizes and with tokens");
        return new SharedStart(c[0], c[1] * Math.pow(n0, a), a, c[2], Math.exp(best[2]), Math.exp(best[1]));
    }

    /**
     * L∞(N), the loss of a size that is trained without end.
     *
     * @param size N, the number of parameters
     */
    public double limit(double size) { return floor + sizeAmplitude * Math.pow(size, -sizeExponent); }

    /**
     * The share of its way that a network has still before it, (D₀/D)ᵇ.
     *
     * @param tokens D, the number of training tokens
     */
    public double left(double tokens) { return Math.pow(startTokens / tokens, dataExponent); }

    @Override
    public double at(double size, double tokens) {
        double limit = limit(size);
        return limit + (start - limit) * left(tokens);
    }

    /** N*(C), by a search among all sizes whose training passes D₀. */
    @Override
    public double bestSize(double compute) {
        double largest = compute / 6 / startTokens;
        return Math.exp(GoldenSection.minimize(log -> at(Math.exp(log), compute / 6 / Math.exp(log)), 0,
                Math.log(largest)));
    }

    /** b/(a + b): the power of the compute by which the best size grows in the end. */
    public double sizePower() {
        return dataExponent / (sizeExponent + dataExponent);
    }
}
