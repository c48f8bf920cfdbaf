package mechanics.data;

import mechanics.base.Seed;
import mechanics.base.Permutation;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;

import smile.data.DataFrame;

/**
 * Labeled images of one shape: n images of (height, width, channels), pixels in [0, 1] as loaded, labels
 * 0, …, classes − 1. Immutable: every array given out is a fresh copy, every change a new set.
 */
public final class Images {

    private final String name;
    private final ImageShape shape;
    private final float[] pixels; // n × d, row-major
    private final int[] labels;
    private final List<String> classNames;

    private Images(String name, ImageShape shape, float[] pixels, int[] labels, List<String> classNames) {
        this.name = name;
        this.shape = shape;
        this.pixels = pixels;
        this.labels = labels;
        this.classNames = classNames;
    }

    /**
     * A set of images.
     *
     * @param name what to call it
     * @param shape of every image
     * @param pixels n × d row-major with d = shape.size(), finite. Not modified, not kept.
     * @param labels n labels from 0 to classes − 1. Not modified, not kept.
     * @param classNames one name a class
     */
    public static Images of(String name, ImageShape shape, float[] pixels, int[] labels,
            List<String> classNames) {
        return owning(name, shape, pixels.clone(), labels.clone(), classNames);
    }

    /** As {@link #of}, but keeps the arrays: for readers that have just filled them. */
    static Images owning(String name, ImageShape shape, float[] pixels, int[] labels,
            List<String> classNames) {
        if ((long) labels.length * shape.size() != pixels.length) {
            throw new IllegalArgumentException("pixels has %d values: expected %d, for %d images of %s"
                    .formatted(pixels.length, (long) labels.length * shape.size(), labels.length, shape));
        }
        for (int i = 0; i < pixels.length; i++) {
            if (!Float.isFinite(pixels[i])) {
                throw new IllegalArgumentException(
                        "pixels[" + i + "] = " + pixels[i] + ": expected a finite number");
            }
        }
        for (int label : labels) {
            Targets.requireLabel(label, classNames.size());
        }
        return new Images(name, shape, pixels, labels, List.copyOf(classNames));
    }

    /** What the set is and how it was made. */
    public String name() { return name; }

    public ImageShape shape() { return shape; }

    /** The number of images, n. */
    public int size() { return labels.length; }

    /** The number of values in an image, d = height · width · channels. */
    public int dimension() {
        return shape.size();
    }

    /** The number of classes, k. */
    public int classes() { return classNames.size(); }

    public List<String> classNames() { return classNames; }

    /** All labels, length n. A fresh copy. */
    public int[] labels() { return labels.clone(); }

    public int label(int index) { return labels[index]; }

    /** The pixels of one image, length d, ordered as {@link ImageShape} says. A fresh copy. */
    public float[] image(int index) {
        requireIndex(index);
        return Arrays.copyOfRange(pixels, index * dimension(), (index + 1) * dimension());
    }

    /** One channel of one image as a picture, height × width. A fresh copy. */
    public double[][] plane(int index, int channel) {
        requireIndex(index);
        if (channel < 0 || channel >= shape.channels()) {
            throw new IllegalArgumentException(
                    "channel = " + channel + ": expected 0 to " + (shape.channels() - 1));
        }
        double[][] plane = new double[shape.height()][shape.width()];
        for (int i = 0; i < shape.height(); i++) {
            for (int j = 0; j < shape.width(); j++) {
                plane[i][j] = pixels[index * dimension() + (i * shape.width() + j) * shape.channels()
                        + channel];
            }
        }
        return plane;
    }

    /** All pixels, n × d row-major. A fresh copy. */
    public float[] floats() { return pixels.clone(); }

    /** All pixels, n × d, rows are images. A fresh copy, eight bytes a value. */
    public double[][] doubles() {
        double[][] rows = new double[size()][dimension()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = pixels[i * dimension() + j];
            }
        }
        return rows;
    }

    /** The labels as one-hot rows, n × k. */
    public double[][] oneHot() {
        return Targets.oneHot(labels, classes());
    }

    /** The labels of a two-class set as −1 and +1, n × 1. */
    public double[][] signs() {
        if (classes() != 2) {
            throw new IllegalArgumentException("classes = " + classes() + ": expected 2, see onlyClasses");
        }
        return Targets.signs(labels);
    }

    /** The images with these indices, in this order; an index may repeat. */
    public Images subset(int... indices) {
        return subset(name + ", subset of " + indices.length, indices);
    }

    private Images subset(String newName, int... indices) {
        int d = dimension();
        float[] chosen = new float[Math.multiplyExact(indices.length, d)];
        int[] chosenLabels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            requireIndex(indices[i]);
            System.arraycopy(pixels, indices[i] * d, chosen, i * d, d);
            chosenLabels[i] = labels[indices[i]];
        }
        return new Images(newName, shape, chosen, chosenLabels, classNames);
    }

    /** The first n images. */
    public Images take(int n) {
        requireCount(n);
        return subset(name + ", first " + n, IntStream.range(0, n).toArray());
    }

    /** The first n images of each class, in their order here. */
    public Images takeOfEachClass(int n) {
        if (n < 0) throw new IllegalArgumentException("n = " + n + ": expected at least 0");
        int[] seen = new int[classes()];
        int[] rank = new int[size()]; // among the images of its class
        for (int i = 0; i < rank.length; i++) {
            rank[i] = seen[labels[i]]++;
        }
        for (int c = 0; c < seen.length; c++) {
            if (seen[c] < n) {
                throw new IllegalArgumentException("n = " + n + ": expected at most " + seen[c]
                        + ", the number of images of class " + c + " (" + classNames.get(c) + ")");
            }
        }
        return subset(name + ", first " + n + " of each class", indices(i -> rank[i] < n));
    }

    /** The same images in a random order. */
    public Images shuffled(long seed) {
        return subset(name + ", shuffled with seed " + seed,
                Permutation.of(size(), Seed.of(seed).draw("shuffle")));
    }

    /** Every image with its pixels in another, random order: the same order for all images and channels. */
    public Images shuffledPixels(long seed) {
        int[] from = Permutation.of(shape.height() * shape.width(),
                Seed.of(seed).draw("shuffle pixels"));
        int channels = shape.channels();
        float[] moved = new float[pixels.length];
        for (int i = 0; i < size(); i++) {
            for (int place = 0; place < from.length; place++) {
                System.arraycopy(pixels, (i * from.length + from[place]) * channels, moved,
                        (i * from.length + place) * channels, channels);
            }
        }
        return new Images(name + ", pixels shuffled with seed " + seed, shape, moved, labels, classNames);
    }

    /** The first {@code trainSize} images and the rest. Shuffle first if the order means something. */
    public Split<Images> split(int trainSize) {
        requireCount(trainSize);
        return new Split<>(take(trainSize),
                subset(name + ", after the first " + trainSize,
                        IntStream.range(trainSize, size()).toArray()));
    }

    /** Only the images of these classes, relabeled 0, 1, … in the order given here. */
    public Images onlyClasses(int... kept) {
        int[] newLabel = new int[classes()];
        Arrays.fill(newLabel, -1);
        for (int i = 0; i < kept.length; i++) {
            int label = Targets.requireLabel(kept[i], classes());
            if (newLabel[label] >= 0) {
                throw new IllegalArgumentException(
                        "class " + label + " is given twice: expected distinct classes");
            }
            newLabel[label] = i;
        }
        List<String> names = Arrays.stream(kept).mapToObj(classNames::get).toList();
        Images chosen = subset(name + ", only " + String.join(" and ", names),
                indices(i -> newLabel[labels[i]] >= 0));
        int[] relabeled = Arrays.stream(chosen.labels).map(label -> newLabel[label]).toArray();
        return new Images(chosen.name, shape, chosen.pixels, relabeled, names);
    }

    /** Minus its own mean image. For a test set use the training set's {@link Normalization#centering}. */
    public Images centered() {
        return Normalization.centering(this).apply(this);
    }

    /**
     * Every pixel with mean 0 and variance 1; constant pixels become 0. For a test set use the training set's
     * {@link Normalization#standardizing(Images)}.
     */
    public Images standardized() { return Normalization.standardizing(this).apply(this); }

    /**
     * Times one factor, such that E|x|² is the given value. For a test set use {@link
     * Normalization#scaledTo}.
     */
    public Images scaledTo(double meanSquaredNorm) {
        return Normalization.identity(dimension()).scaledTo(meanSquaredNorm, this).apply(this);
    }

    /** E|x|², the mean over images of the sum of squared pixels. */
    public double meanSquaredNorm() {
        requireSome();
        double sum = 0;
        for (float pixel : pixels)
            sum += (double) pixel * pixel;
        return sum / size();
    }

    /** One channel: the luma 0.299 red + 0.587 green + 0.114 blue. Grey images are returned as they are. */
    public Images grey() {
        if (shape.channels() == 1) return this;
        if (shape.channels() != 3) {
            throw new IllegalArgumentException("channels = " + shape.channels() + ": expected 1 or 3");
        }
        float[] luma = new float[pixels.length / 3];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (float) (0.299 * pixels[3 * i] + 0.587 * pixels[3 * i + 1] + 0.114 * pixels[3 * i + 2]);
        }
        return new Images(name + ", grey", new ImageShape(shape.height(), shape.width(), 1), luma, labels,
                classNames);
    }

    /**
     * Smaller images: each pixel is the mean of a factor × factor block.
     *
     * @param factor divides height and width
     */
    public Images coarsened(int factor) {
        if (factor < 1 || shape.height() % factor != 0 || shape.width() % factor != 0) {
            throw new IllegalArgumentException(
                    "factor = " + factor + ": expected a divisor of the height and the width of " + shape);
        }
        ImageShape small = new ImageShape(shape.height() / factor, shape.width() / factor, shape.channels());
        float[] coarse = new float[Math.multiplyExact(size(), small.size())];
        for (int image = 0, next = 0; image < size(); image++) {
            for (int i = 0; i < small.height(); i++) {
                for (int j = 0; j < small.width(); j++) {
                    for (int c = 0; c < small.channels(); c++) {
                        coarse[next++] = (float) blockMean(image, i * factor, j * factor, c, factor);
                    }
                }
            }
        }
        return new Images(name + ", coarsened by " + factor, small, coarse, labels, classNames);
    }

    private double blockMean(int image, int top, int left, int channel, int factor) {
        double sum = 0;
        for (int i = top; i < top + factor; i++) {
            for (int j = left; j < left + factor; j++) {
                sum += pixels[image * dimension() + (i * shape.width() + j) * shape.channels() + channel];
            }
        }
        return sum / (factor * factor);
    }

    /**
     * Larger images: a frame of pixels of one value around each.
     *
     * @param width of the frame, in pixels
     * @param value of its pixels, such as that of the background
     */
    public Images framed(int width, double value) {
        if (width < 0) throw new IllegalArgumentException("width = " + width + ": expected at least 0");
        ImageShape large = new ImageShape(shape.height() + 2 * width, shape.width() + 2 * width,
                shape.channels());
        float[] framed = new float[Math.multiplyExact(size(), large.size())];
        Arrays.fill(framed, (float) value);
        int row = shape.width() * shape.channels();
        for (int image = 0; image < size(); image++) {
            for (int i = 0; i < shape.height(); i++) {
                System.arraycopy(pixels, image * dimension() + i * row, framed, image * large.size()
                        + ((i + width) * large.width() + width) * shape.channels(), row);
            }
        }
        return new Images(name + ", framed by " + width, large, framed, labels, classNames);
    }

    /** The pixels as inputs with their labels, as learners take them. */
    public LabeledSamples labeled() {
        return LabeledSamples.of(doubles(), labels(), classes());
    }

    /** For Tribuo's trainers: features {@code x0000}, …, outputs the class names. */
    public MutableDataset<Label> toTribuo() {
        return TribuoBridge.classification(name, rows(), labels, classNames);
    }

    /**
     * For Smile's models with formulas: columns {@code x0000}, … and the nominal column {@code class}.
     * Smile's other models take {@link #doubles()} and {@link #labels()} as they are.
     */
    public DataFrame toSmile() { return SmileBridge.classification(rows(), labels, classNames); }

    @Override
    public String toString() {
        return name + ": " + size() + " images of " + shape + ", " + classes() + " classes";
    }

    /** A view for statistics; needs an image. */
    SampleRows rows() {
        requireSome();
        return new SampleRows() {
            @Override
            public int size() { return labels.length; }

            @Override
            public int dimension() { return shape.size(); }

            @Override
            public double at(int sample, int coordinate) {
                return pixels[sample * shape.size() + coordinate];
            }
        };
    }

    /** The same images with other pixels, which are kept, not copied. */
    Images withPixels(float[] newPixels, String newName) {
        return new Images(newName, shape, newPixels, labels, classNames);
    }

    private int[] indices(IntPredicate condition) {
        return IntStream.range(0, size()).filter(condition).toArray();
    }

    private void requireIndex(int index) {
        if (index < 0 || index >= size()) {
            throw new IllegalArgumentException("index = " + index + ": expected 0 to " + (size() - 1));
        }
    }

    private void requireCount(int n) {
        if (n < 0 || n > size()) {
            throw new IllegalArgumentException(
                    "n = " + n + ": expected 0 to " + size() + ", the size of the set");
        }
    }

    private void requireSome() {
        if (size() == 0) throw new IllegalArgumentException("0 images: expected at least 1");
    }
}
