package mechanics.hyperparameters;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Final losses over a grid of learning rates, for several widths and seeds: where each width has its best rate, and how
 * far that moves.
 *
 * <p>A run that diverged has loss NaN or infinity, which counts as worse than any number.
 */
public final class LearningRateSweep {
    private final int[] widths;
    private final double[] log2Rates;
    /** Width × seed × rate; no NaN, but infinity. */
    private final double[][][] losses;

    private LearningRateSweep(int[] widths, double[] log2Rates, double[][][] losses) {
        this.widths = widths;
        this.log2Rates = log2Rates;
        this.losses = losses;
    }

    /**
     * A scan.
     *
     * @param widths    ascending, at least two. Not modified.
     * @param log2Rates the grid of log₂ η, ascending. Not modified.
     * @param seeds     the number of seeds
     * @param losses    all of the first width, then all of the next; in a width all of the first seed, then the next; of a
     *                  seed one for each rate. Not modified.
     * @throws IllegalArgumentException if sizes do not fit, grids do not ascend, or a width and seed has no finite loss
     */
    public static LearningRateSweep of(int[] widths, int[] log2Rates, int seeds, List<Double> losses) {
        requireAscending("widths", widths);
        requireAscending("log2Rates", log2Rates);
        if (seeds < 1) throw new IllegalArgumentException("seeds = " + seeds + ": expected at least 1");
        int count = widths.length * seeds * log2Rates.length;
        if (losses.size() != count)
            throw new IllegalArgumentException(
                    losses.size() + " losses: expected " + count + " = " + widths.length
                            + " widths × " + seeds + " seeds × " + log2Rates.length + " rates");
        var scan = new double[widths.length][seeds][log2Rates.length];
        int next = 0;
        for (int w = 0; w < widths.length; w++)
            for (int s = 0; s < seeds; s++) {
                for (int r = 0; r < log2Rates.length; r++) {
                    double loss = losses.get(next++);
                    scan[w][s][r] = Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss;
                }
                if (Arrays.stream(scan[w][s]).noneMatch(Double::isFinite))
                    throw new IllegalArgumentException("width " + widths[w] + ", seed " + s
                            + ": all runs diverged: expected a finite loss at some learning rate");
            }
        return new LearningRateSweep(widths.clone(), Arrays.stream(log2Rates).asDoubleStream().toArray(),
                scan);
    }

    /** The number of widths. */
    public int size() { return widths.length; }

    /**
     * Width number {@code index}, ascending.
     *
     * @param index the number of the width, from 0
     */
    public int width(int index) { return widths[index]; }

    /** The learning rates η. */
    public double[] rates() {
        return Arrays.stream(log2Rates).map(log2 -> Math.pow(2, log2)).toArray();
    }

    /**
     * The loss at each rate for one width, averaged over seeds; NaN where some seed diverged.
     *
     * @param index the number of the width, from 0
     */
    public double[] mean(int index) {
        return IntStream.range(0, log2Rates.length).mapToDouble(r -> {
            double mean = Arrays.stream(losses[index]).mapToDouble(seed -> seed[r]).average().orElseThrow();
            return Double.isFinite(mean) ? mean : Double.NaN;
        }).toArray();
    }

    /**
     * The least loss at one width, averaged over seeds, each at its best rate.
     *
     * @param index the number of the width, from 0
     */
    public double best(int index) {
        return Arrays.stream(losses[index]).mapToDouble(seed -> seed[least(seed)]).average().orElseThrow();
    }

    /**
     * log₂ of the best rate at one width, averaged over seeds.
     *
     * @param index the number of the width, from 0
     */
    public double optimum(int index) {
        return Arrays.stream(losses[index]).mapToDouble(seed -> log2Rates[least(seed)]).average()
                .orElseThrow();
    }

    /** {@link #optimum} at every width. */
    public double[] optima() {
        return IntStream.range(0, widths.length).mapToDouble(this::optimum).toArray();
    }

    /** By how many doublings the best rate falls from the narrowest width to the widest; negative if it rises. */
    public double drift() {
        return optimum(0) - optimum(widths.length - 1);
    }

    /** How much lower the least loss of each width is than that of the width before; one number less than widths. */
    public double[] gains() {
        return IntStream.range(1, widths.length).mapToDouble(i -> best(i - 1) - best(i)).toArray();
    }

    private static int least(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) if (values[i] < values[least]) least = i;
        return least;
    }

    private static void requireAscending(String name, int[] grid) {
        if (grid.length < 2)
            throw new IllegalArgumentException(
                    name + " = " + Arrays.toString(grid) + ": expected at least two");
        for (int i = 1; i < grid.length; i++)
            if (grid[i] <= grid[i - 1])
                throw new IllegalArgumentException(
                        name + " = " + Arrays.toString(grid) + ": expected to ascend");
    }
}
