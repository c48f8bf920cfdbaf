package mechanics.data;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.tribuo.MutableDataset;
import org.tribuo.regression.Regressor;

import smile.data.DataFrame;

/**
 * Inputs with targets: a regression task. Holds the arrays it is given and gives out the same ones, so
 * treat them as read-only.
 */
public final class Samples {

    private final double[][] inputs;
    private final double[][] targets;

    private Samples(double[][] inputs, double[][] targets) {
        this.inputs = inputs;
        this.targets = targets;
    }

    /**
     * A regression task.
     *
     * @param inputs n × d, rows are samples. Not modified, but kept.
     * @param targets n × k. Not modified, but kept.
     */
    public static Samples of(double[][] inputs, double[][] targets) {
        requireRectangle("inputs", inputs);
        requireRectangle("targets", targets);
        if (inputs.length != targets.length) {
            throw new IllegalArgumentException(
                    "targets has " + targets.length + " rows: expected " + inputs.length + ", one an input");
        }
        return new Samples(inputs, targets);
    }

    /** n × d, rows are samples. Shared: do not modify. */
    public double[][] inputs() { return inputs; }

    /** n × k. Shared: do not modify. */
    public double[][] targets() { return targets; }

    /** The number of samples, n. */
    public int size() { return inputs.length; }

    /** The inputs, n × d row-major. A fresh copy. */
    public float[] inputFloats() { return floats(inputs); }

    /** The targets, n × k row-major. A fresh copy. */
    public float[] targetFloats() {
        return floats(targets);
    }

    /** The first {@code trainSize} samples and the rest. */
    public Split<Samples> split(int trainSize) {
        if (trainSize < 0 || trainSize > size()) {
            throw new IllegalArgumentException("trainSize = " + trainSize + ": expected 0 to " + size());
        }
        return new Split<>(range(0, trainSize), range(trainSize, size()));
    }

    /** For Tribuo's trainers: features {@code x0000}, …, outputs {@code y0}, …. */
    public MutableDataset<Regressor> toTribuo() {
        SampleRows rows = SampleRows.of(inputs);
        return TribuoBridge.regression(toString(), TribuoBridge.featureNames(rows.dimension()), rows,
                IntStream.range(0, targets[0].length).mapToObj(k -> "y" + k).toList(), targets);
    }

    /** For Smile's models with formulas: columns {@code x0000}, …, {@code y0}, …. */
    public DataFrame toSmile() {
        return SmileBridge.regression(SampleRows.of(inputs), targets);
    }

    @Override
    public String toString() {
        return size() == 0
                ? "0 samples"
                : size() + " samples, " + inputs[0].length + " inputs, " + targets[0].length + " targets";
    }

    private Samples range(int from, int to) {
        return new Samples(Arrays.copyOfRange(inputs, from, to), Arrays.copyOfRange(targets, from, to));
    }

    private static float[] floats(double[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        float[] values = new float[Math.multiplyExact(rows.length, width)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows[i / width][i % width];
        }
        return values;
    }

    private static void requireRectangle(String name, double[][] rows) {
        for (double[] row : rows) {
            if (row.length != rows[0].length) {
                throw new IllegalArgumentException(
                        name + " has rows of " + rows[0].length + " and " + row.length
                                + ": expected equal lengths");
            }
        }
    }
}
