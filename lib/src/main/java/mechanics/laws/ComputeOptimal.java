package mechanics.laws;

import java.util.Arrays;

/**
 * How to spend compute: the loss of a network of N parameters that was trained on D tokens, each seen once,
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
        double dataExponent) {
    private static final double LEAST_EXPONENT = 0.01;
    private static final double LARGEST_EXPONENT = 4;
    private static final int GRID = 13;
    private static final int ZOOMS = 12;

    /** @throws IllegalArgumentException if a constant is outside its range */
    public ComputeOptimal {
        if (!(floor >= 0 && Double.isFinite(floor)))
            throw new IllegalArgumentException("floor = " + floor + ": expected a finite number of at least 0");
        NonNegativeFit.requirePositive("amplitudes and exponents", new double[]{sizeAmplitude, sizeExponent,
                dataAmplitude, dataExponent});
    }

    /**
     * The surface nearest to measured losses, by least squares of relative errors: E, A and B by linear least squares
     * for given exponents, the exponents on a grid from 0.01 to 4 that is refined around its best point twelve times.
     * Cost: O(points) for each of 2,000 pairs of exponents.
     *
     * @param sizes N, at least three different. Not modified.
     * @param tokens D, as many, at least three different. Not modified.
     * @param losses L, as many. Not modified.
     * @throws IllegalArgumentException if a number is not positive, there are too few, or the loss does not fall with
     *         both
     */
    public static ComputeOptimal fit(double[] sizes, double[] tokens, double[] losses) {
        NonNegativeFit.requirePositive("sizes", sizes);
        NonNegativeFit.requirePositive("tokens", tokens);
        NonNegativeFit.requirePositive("losses", losses);
        if (sizes.length != tokens.length || sizes.length != losses.length
                || Arrays.stream(sizes).distinct().count() < 3 || Arrays.stream(tokens).distinct().count() < 3)
            throw new IllegalArgumentException("sizes, tokens, losses of " + sizes.length + ", " + tokens.length + ", "
                    + losses.length + " numbers: expected equally many, with at least 3 different sizes and tokens");
        double n0 = geometricMean(sizes), d0 = geometricMean(tokens);
        double[] one = new double[sizes.length];
        Arrays.fill(one, 1);
        double a = Math.log(LEAST_EXPONENT * LARGEST_EXPONENT) / 2, b = a;
        double reach = Math.log(LARGEST_EXPONENT / LEAST_EXPONENT) / 2;
        for (int zoom = 0; zoom < ZOOMS; zoom++) {
            double[] as = around(a, reach), bs = around(b, reach);
            double[][] sizeColumns = columns(sizes, n0, as), dataColumns = columns(tokens, d0, bs);
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < GRID; i++)
                for (int j = 0; j < GRID; j++) {
                    double error = NonNegativeFit.of(losses, one, sizeColumns[i], dataColumns[j]).error();
                    if (error < least) {
                        least = error;
                        a = as[i];
                        b = bs[j];
                    }
                }
            reach /= 3;
        }
        double[] c = NonNegativeFit.of(losses, one, columns(sizes, n0, a)[0], columns(tokens, d0, b)[0])
                .coefficients();
        if (!(c[1] > 0 && c[2] > 0))
            throw new IllegalArgumentException("losses: expected to fall with sizes and with tokens");
        return new ComputeOptimal(c[0], c[1] * Math.pow(n0, Math.exp(a)), Math.exp(a),
                c[2] * Math.pow(d0, Math.exp(b)), Math.exp(b));
    }

    private static double[] around(double middle, double reach) {
        var grid = new double[GRID];
        Arrays.setAll(grid, i -> Math.clamp(middle + reach * (2.0 * i / (GRID - 1) - 1),
                Math.log(LEAST_EXPONENT), Math.log(LARGEST_EXPONENT)));
        return grid;
    }

    private static double[][] columns(double[] x, double middle, double... logExponents) {
        return Arrays.stream(logExponents).mapToObj(log -> Arrays.stream(x)
                .map(v -> Math.pow(v / middle, -Math.exp(log))).toArray()).toArray(double[][]::new);
    }

    private static double geometricMean(double... x) {
        return Math.exp(Arrays.stream(x).map(Math::log).average().orElseThrow());
    }

    /** L(N, D). */
    public double at(double size, double tokens) {
        return floor + sizeAmplitude * Math.pow(size, -sizeExponent) + dataAmplitude * Math.pow(tokens, -dataExponent);
    }

    /** b/(a + b): the power of the compute by which the best size grows. The data's is the rest to 1. */
    public double sizePower() { return dataExponent / (sizeExponent + dataExponent); }

    /** ab/(a + b): the power of the compute by which the best loss falls to its floor. */
    public double lossPower() { return sizeExponent * sizePower(); }

    /** N*(C). */
    public double bestSize(double compute) {
        double g = Math.pow(sizeExponent * sizeAmplitude / (dataExponent * dataAmplitude),
                1 / (sizeExponent + dataExponent));
        return g * Math.pow(compute / 6, sizePower());
    }

    /** D*(C). */
    public double bestTokens(double compute) {
        return compute / 6 / bestSize(compute);
    }

    /** L*(C), the least loss for a compute. */
    public double bestLoss(double compute) {
        return at(bestSize(compute), bestTokens(compute));
    }

    /**
     * What a wrong size costs: the loss of a network {@code factor} times as large as the best one, trained on as many
     * times less data, above the best loss.
     */
    public double excess(double compute, double factor) {
        return at(bestSize(compute) * factor, bestTokens(compute) / factor) - bestLoss(compute);
    }

    /** The factor by which more compute is needed if the size is {@code factor} times the best one for {@code compute}. */
    public double waste(double compute, double factor) {
        double loss = bestLoss(compute) + excess(compute, factor) - floor;
        return Math.pow((bestLoss(compute) - floor) / loss, -1 / lossPower());
    }
}
