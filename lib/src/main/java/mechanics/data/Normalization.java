package mechanics.data;

import java.util.Arrays;

/**
 * An affine map of every coordinate, x<sub>j</sub> ↦ (x<sub>j</sub> − shift<sub>j</sub>) ·
 * scale<sub>j</sub>, fitted to a training set and then applied to any set, so that the test set is treated
 * as the training set was.
 *
 * <pre>
 * var fit = Normalization.centering(train).scaledTo(1, train);   // mean 0, E|x|² = 1 on the training set
 * train = fit.apply(train);
 * test = fit.apply(test);
 * </pre>
 */
public final class Normalization {

    private final double[] shift;
    private final double[] scale;

    private Normalization(double[] shift, double[] scale) {
        this.shift = shift;
        this.scale = scale;
    }

    /** Subtracts the mean image. */
    public static Normalization centering(Images train) {
        return centering(train.rows());
    }

    /**
     * Subtracts the mean row.
     *
     * @param train n × d, rows are samples, n ≥ 1. Not modified.
     */
    public static Normalization centering(double[][] train) { return centering(SampleRows.of(train)); }

    private static Normalization centering(SampleRows train) {
        double[] scale = new double[train.dimension()];
        Arrays.fill(scale, 1);
        return new Normalization(mean(train), scale);
    }

    /**
     * Gives every pixel mean 0 and variance 1 (divided by n). A pixel that is constant in the training set
     * has no variance to divide by: it is only centered, so it is 0 in the training set and stays as small
     * as it is in a test set. A pixel that varies in a few images only is blown up; see {@link
     * #standardizing(Images, double)}.
     */
    public static Normalization standardizing(Images train) { return standardizing(train.rows(), 0); }

    /**
     * As {@link #standardizing(Images)}, but pixels whose standard deviation is at most the given one are
     * only centered.
     *
     * @param smallestDeviation in units of the pixels, at least 0
     */
    public static Normalization standardizing(Images train, double smallestDeviation) {
        return standardizing(train.rows(), smallestDeviation);
    }

    /**
     * Gives every column mean 0 and variance 1 (divided by n); constant columns are only centered.
     *
     * @param train n × d, rows are samples, n ≥ 1. Not modified.
     */
    public static Normalization standardizing(double[][] train) {
        return standardizing(SampleRows.of(train), 0);
    }

    private static Normalization standardizing(SampleRows train, double smallestDeviation) {
        if (!(smallestDeviation >= 0)) {
            throw new IllegalArgumentException(
                    "smallestDeviation = " + smallestDeviation + ": expected at least 0");
        }
        double[] mean = mean(train);
        double[] scale = new double[train.dimension()];
        for (int i = 0; i < train.size(); i++) {
            for (int j = 0; j < scale.length; j++) {
                double z = train.at(i, j) - mean[j];
                scale[j] += z * z;
            }
        }
        for (int j = 0; j < scale.length; j++) {
            scale[j] = inverse(Math.sqrt(scale[j] / train.size()), mean[j], smallestDeviation);
        }
        return new Normalization(mean, scale);
    }

    /**
     * Gives every channel mean 0 and variance 1 over all images and pixels, as is usual for color images. A
     * constant channel is only centered.
     */
    public static Normalization standardizingChannels(Images train) {
        int channels = train.shape().channels();
        double[] pixelMean = mean(train.rows());
        double[] mean = new double[channels];
        for (int j = 0; j < pixelMean.length; j++) {
            mean[j % channels] += pixelMean[j] * channels / pixelMean.length;
        }
        double[] variance = new double[channels];
        SampleRows rows = train.rows();
        double count = (double) rows.size() * rows.dimension() / channels;
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.dimension(); j++) {
                double z = rows.at(i, j) - mean[j % channels];
                variance[j % channels] += z * z / count;
            }
        }
        double[] shift = new double[rows.dimension()];
        double[] scale = new double[rows.dimension()];
        for (int j = 0; j < shift.length; j++) {
            shift[j] = mean[j % channels];
            scale[j] = inverse(Math.sqrt(variance[j % channels]), shift[j], 0);
        }
        return new Normalization(shift, scale);
    }

    /**
     * This map followed by one factor for all coordinates, such that the training set has the given mean
     * squared norm E|x|² after both.
     *
     * @param meanSquaredNorm positive
     * @throws IllegalArgumentException if this map sends the whole training set to zero
     */
    public Normalization scaledTo(double meanSquaredNorm, Images train) {
        return scaledTo(meanSquaredNorm, train.rows());
    }

    /**
     * As {@link #scaledTo(double, Images)}.
     *
     * @param train n × d, rows are samples, n ≥ 1. Not modified.
     */
    public Normalization scaledTo(double meanSquaredNorm, double[][] train) {
        return scaledTo(meanSquaredNorm, SampleRows.of(train));
    }

    private Normalization scaledTo(double meanSquaredNorm, SampleRows train) {
        if (!(meanSquaredNorm > 0) || Double.isInfinite(meanSquaredNorm)) {
            throw new IllegalArgumentException(
                    "meanSquaredNorm = " + meanSquaredNorm + ": expected a positive number");
        }
        requireDimension(train.dimension());
        double sum = 0;
        for (int i = 0; i < train.size(); i++) {
            for (int j = 0; j < shift.length; j++) {
                double z = apply(train.at(i, j), j);
                sum += z * z;
            }
        }
        if (sum == 0) {
            throw new IllegalArgumentException("train: every sample is zero, no factor gives it a norm");
        }
        double factor = Math.sqrt(meanSquaredNorm * train.size() / sum);
        return new Normalization(shift, Arrays.stream(scale).map(s -> s * factor).toArray());
    }

    /** The map that changes nothing, to start from. */
    public static Normalization identity(int dimension) {
        double[] scale = new double[dimension];
        Arrays.fill(scale, 1);
        return new Normalization(new double[dimension], scale);
    }

    /** The normalized images, with the same labels. */
    public Images apply(Images images) {
        requireDimension(images.dimension());
        float[] pixels = images.floats();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) apply(pixels[i], i % shift.length);
        }
        return images.withPixels(pixels, images.name() + ", normalized");
    }

    /**
     * The normalized rows.
     *
     * @param x n × d, rows are samples. Not modified.
     * @return n × d
     */
    public double[][] apply(double[][] x) {
        double[][] y = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            double[] row = x[i];
            requireDimension(row.length);
            y[i] = new double[row.length];
            Arrays.setAll(y[i], j -> apply(row[j], j));
        }
        return y;
    }

    /** What is subtracted from each coordinate. A fresh copy, length d. */
    public double[] shift() {
        return shift.clone();
    }

    /** What each coordinate is multiplied by afterwards. A fresh copy, length d. */
    public double[] scale() {
        return scale.clone();
    }

    private double apply(double x, int j) { return (x - shift[j]) * scale[j]; }

    private void requireDimension(int dimension) {
        if (dimension != shift.length) {
            throw new IllegalArgumentException("dimension = " + dimension + ": expected " + shift.length
                    + ", as in the set this was fitted to");
        }
    }

    private static double[] mean(SampleRows train) {
        double[] mean = new double[train.dimension()];
        for (int i = 0; i < train.size(); i++) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += train.at(i, j);
            }
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= train.size();
        }
        return mean;
    }

    /** 1 / deviation, or 1 where the deviation is nothing but rounding of the mean. */
    private static double inverse(double deviation, double mean, double smallestDeviation) {
        double rounding = 1e-12 * Math.abs(mean);
        return deviation <= Math.max(rounding, smallestDeviation) ? 1 : 1 / deviation;
    }
}
