package mechanics.representations;

import java.util.Arrays;
import java.util.stream.DoubleStream;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.linalg.Rounding;

/**
 * Whether two models make the same things of the same beginnings: the cosines between what one makes of beginning i and
 * what the other makes of beginning j,
 *
 * <pre>
 * cᵢⱼ = ⟨aᵢ − o, bⱼ − o⟩ / ‖aᵢ − o‖ ‖bⱼ − o‖
 * </pre>
 *
 * The origin o matters. Images have much in common, such as dark borders, so that from o = 0 even images of different
 * things have a large cosine; from their mean they have one near 0. Cost: one product of n × d with d × m.
 */
public final class CosineSimilarity {
    /** n × m, rows are those of the first model. */
    private final double[][] cosines;

    private CosineSimilarity(double[][] cosines) { this.cosines = cosines; }

    /**
     * The agreement of two models.
     *
     * @param first n × d, row i is what the first model makes of beginning i
     * @param second n × d, likewise
     * @param origin o, d numbers
     * @throws IllegalArgumentException where the sizes differ, there are fewer than two rows, or a row is the origin
     */
    public static CosineSimilarity of(double[][] first, double[][] second, double[] origin) {
        if (first.length != second.length || first.length < 2) {
            throw new IllegalArgumentException("agreement of " + first.length + " and " + second.length
                    + " rows: expected the same number, at least 2");
        }
        return new CosineSimilarity(cosines(first, second, origin));
    }

    /**
     * The agreement of two models with the mean of the given data as origin: {@link #mean}.
     *
     * @param data n × d, whose mean is the origin
     * @param first m × d
     * @param second m × d
     */
    public static CosineSimilarity about(double[][] data, double[][] first, double[][] second) {
        return of(first, second, mean(data));
    }

    /**
     * For each row the largest cosine with any row of the data: near 1 for copies.
     *
     * @param rows n × d
     * @param data m × d, such as training images
     * @param origin o, d numbers
     */
    public static double[] nearest(double[][] rows, double[][] data, double[] origin) {
        if (data.length == 0) throw new IllegalArgumentException("0 rows of data: expected at least 1");
        return Arrays.stream(cosines(rows, data, origin))
                .mapToDouble(row -> DoubleStream.of(row).max().orElseThrow()).toArray();
    }

    /**
     * The mean row.
     *
     * @param data n × d, rows are samples
     */
    public static double[] mean(double[][] data) {
        if (data.length == 0) throw new IllegalArgumentException("0 rows of data: expected at least 1");
        var mean = new double[data[0].length];
        for (double[] row : data) for (int j = 0; j < mean.length; j++) mean[j] += row[j] / data.length;
        return mean;
    }

    /** cᵢᵢ, those of the same beginning. */
    public double[] same() {
        var same = new double[cosines.length];
        Arrays.setAll(same, i -> cosines[i][i]);
        return same;
    }

    /** The mean of cᵢᵢ. */
    public double sameMean() {
        return DoubleStream.of(same()).average().orElseThrow();
    }

    /** The median of cᵢᵢ: that of a typical beginning, whatever the few do that lead to different things. */
    public double sameMedian() {
        double[] same = same();
        Arrays.sort(same);
        int n = same.length;
        return (same[(n - 1) / 2] + same[n / 2]) / 2;
    }

    /** The standard error of {@link #sameMean} over beginnings. */
    public double sameError() {
        double mean = sameMean();
        double square = DoubleStream.of(same()).map(c -> (c - mean) * (c - mean)).sum();
        return Math.sqrt(square / (cosines.length - 1.0) / cosines.length);
    }

    /** The mean of cᵢⱼ over i ≠ j, different beginnings. */
    public double differentMean() {
        double n = cosines.length;
        double all = Arrays.stream(cosines).flatMapToDouble(DoubleStream::of).sum();
        return (all - DoubleStream.of(same()).sum()) / (n * (n - 1));
    }

    private static double[][] cosines(double[][] first, double[][] second, double[] origin) {
        Array a = units("first", first, origin);
        Array b = units("second", second, origin);
        Array products = Precision.FLOAT64.array(first.length * second.length);
        products.gemm(1, a, false, b, true, first.length, second.length, origin.length, 0);
        return products.toRows(second.length);
    }

    private static Array units(String name, double[][] rows, double[] origin) {
        int d = origin.length;
        Array units = Precision.FLOAT64.array(rows.length * d);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != d) {
                throw new IllegalArgumentException("row " + i + " of the " + name + " with " + rows[i].length
                        + " numbers: expected " + d + ", as the origin");
            }
            Array row = units.view(i * d, d);
            double size = 0;
            for (int j = 0; j < d; j++) {
                size = Math.max(size, Math.max(Math.abs(rows[i][j]), Math.abs(origin[j])));
                row.set(j, rows[i][j] - origin[j]);
            }
            double distance = row.norm();
            if (!(distance > 0) || Double.isInfinite(distance) || Rounding.isZero(row.largest(), size)) {
                throw new IllegalArgumentException("row " + i + " of the " + name
                        + " at distance " + distance
                        + " from the origin: expected a positive number beyond rounding");
            }
            for (int j = 0; j < d; j++) row.set(j, row.get(j) / distance);
        }
        return units;
    }
}
