package mechanics.laws;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import mechanics.statistics.NonNegativeFit;

/**
 * The loss L(N, D) of a network of N parameters that was trained on D tokens, each seen once, and the best N and D where
 * the compute C = 6 N D is given.
 */
public sealed interface LossSurface permits ComputeOptimal, SharedStart {
    /**
     * L(N, D).
     *
     * @param size N, the number of parameters
     * @param tokens D, the number of training tokens
     */
    double at(double size, double tokens);

    /**
     * N*(C), the size at which the loss is least for a compute.
     *
     * @param compute C, floating-point operations
     */
    double bestSize(double compute);

    /**
     * D*(C) = C/(6 N*).
     *
     * @param compute C, floating-point operations
     */
    default double bestTokens(double compute) { return compute / 6 / bestSize(compute); }

    /**
     * L*(C), the least loss for a compute.
     *
     * @param compute C, floating-point operations
     */
    default double bestLoss(double compute) { return at(bestSize(compute), bestTokens(compute)); }

    /**
     * What a wrong size costs: the loss of a network {@code factor} times as large as the best one, trained on as many
     * times less data, above the best loss.
     *
     * @param compute C, floating-point operations
     * @param factor how many times too large the network is
     */
    default double excess(double compute, double factor) {
        return at(bestSize(compute) * factor, bestTokens(compute) / factor) - bestLoss(compute);
    }

    /**
     * Checks what a surface is fitted to.
     *
     * @param sizes N of each run
     * @param tokens D of each run, as many
     * @param losses L of each run, as many
     * @param constants how many are fitted: as many points are needed
     */
    static void requirePoints(double[] sizes, double[] tokens, double[] losses, int constants) {
        NonNegativeFit.requirePositive("sizes", sizes);
        NonNegativeFit.requirePositive("tokens", tokens);
        NonNegativeFit.requirePositive("losses", losses);
        if (sizes.length != tokens.length || sizes.length != losses.length
                || Arrays.stream(sizes).distinct().count() < 3
                || Arrays.stream(tokens).distinct().count() < 3)
            throw new IllegalArgumentException(
                    "sizes, tokens, losses of " + sizes.length + ", " + tokens.length + ", "
                            + losses.length
                            + " numbers: expected equally many, with at least 3 different sizes and tokens");
        long points = IntStream.range(0, sizes.length)
                .mapToObj(i -> List.of(sizes[i], tokens[i])).distinct().count();
        if (points < constants)
            throw new IllegalArgumentException(
                    points + " different pairs of sizes and tokens: expected at least "
                            + constants + ", as many as constants to fit");
        double[] n = centeredLogs(sizes), d = centeredLogs(tokens);
        double nn = 0, dd = 0, nd = 0;
        for (int i = 0; i < n.length; i++) {
            nn += n[i] * n[i];
            dd += d[i] * d[i];
            nd += n[i] * d[i];
        }
        // 1 − r² of the logarithms: numbers of parameters and tokens are whole and rounded to a few digits.
        if (!(nn * dd - nd * nd > 1e-6 * nn * dd))
            throw new IllegalArgumentException(
                    "tokens are a power of the sizes, such as 20 for each parameter, in all"
                            + " points: expected tokens and sizes that vary on their own, as their exponents cannot be told"
                            + " apart otherwise");
    }

    private static double[] centeredLogs(double[] values) {
        double mean = Arrays.stream(values).map(Math::log).average().orElseThrow();
        return Arrays.stream(values).map(v -> Math.log(v) - mean).toArray();
    }
}
