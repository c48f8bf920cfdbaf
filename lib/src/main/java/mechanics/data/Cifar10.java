package mechanics.data;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-10 (Krizhevsky 2009): small color photographs, 32 × 32, 10 classes, 50,000 to train and 10,000 to
 * test. Not shipped; fetched when first asked for, 170 MB.
 *
 * <p>
 * Read from its binary version: records of a label byte and 3 · 1024 pixel bytes, all red, then all green,
 * then all blue; here the channels of a pixel stand side by side, as {@link ImageShape} says. All training
 * images take 600 MB of memory: ask for as many as you need.
 */
public final class Cifar10 {

    /** What the labels 0 to 9 stand for. */
    public static final List<String> CLASSES = List.of("airplane", "automobile", "bird", "cat", "deer", "dog",
            "frog",
            "horse", "ship", "truck");

    private static final OfficialFile ARCHIVE = new OfficialFile("cifar-10", "cifar-10-binary.tar.gz",
            URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"), 170_052_171,
            "c32a1d4ab5d03f1284b67883e8d87530");
    private static final ImageShape SHAPE = new ImageShape(32, 32, 3);
    private static final int PLANE = 32 * 32;
    private static final int RECORD = 1 + 3 * PLANE;
    private static final int BATCH = 10_000;

    private Cifar10() {}

    /** All training images, from the {@linkplain Cache#standard() user's cache} or the network. */
    public static Images train() {
        return train(5 * BATCH);
    }

    /**
     * The first n training images in the official order.
     *
     * @param n from 0 to 50,000
     */
    public static Images train(int n) { return train(n, Cache.standard()); }

    /** As {@link #train(int)}, from this cache. */
    public static Images train(int n, Cache cache) {
        if (n < 0 || n > 5 * BATCH) {
            throw new IllegalArgumentException("n = " + n + ": expected 0 to " + 5 * BATCH);
        }
        List<String> batches = List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                "data_batch_4.bin",
                "data_batch_5.bin");
        String name = n == 5 * BATCH ? "CIFAR-10 train" : "CIFAR-10 train, first " + n;
        return archived(name, cache.get(ARCHIVE), batches, n);
    }

    /** The test images, from the {@linkplain Cache#standard() user's cache} or the network. */
    public static Images test() {
        return test(Cache.standard());
    }

    /** As {@link #test()}, from this cache. */
    public static Images test(Cache cache) {
        return archived("CIFAR-10 test", cache.get(ARCHIVE), List.of("test_batch.bin"), BATCH);
    }

    /**
     * Reads one file of records, packed by gzip or plain.
     *
     * @throws DataFileException if it is missing, truncated or damaged
     */
    public static Images read(String name, Path file) {
        byte[] records = DataFile.read(file, InputStream::readAllBytes);
        if (records.length % RECORD != 0) {
            throw new DataFileException(file, records.length + " bytes: expected a multiple of " + RECORD
                    + ", a label and 3 · 32 · 32 pixels an image; the file is truncated or not CIFAR-10");
        }
        int n = records.length / RECORD;
        float[] pixels = new float[n * SHAPE.size()];
        int[] labels = new int[n];
        decode(file, records, n, 0, pixels, labels);
        return Images.owning(name, SHAPE, pixels, labels, CLASSES);
    }

    /** The first n images of the batches, which may lie in the archive in any order. */
    static Images archived(String name, Path archive, List<String> batches, int n) {
        float[] pixels = new float[n * SHAPE.size()];
        int[] labels = new int[n];
        boolean[] found = new boolean[batches.size()];
        DataFile.read(archive, in -> {
            Tar.read(archive, in, ".bin", (path, records) -> {
                int batch = batches.indexOf(path.substring(path.lastIndexOf('/') + 1));
                if (batch < 0) return;
                if (records.length != BATCH * RECORD) {
                    throw new DataFileException(archive, path + " has " + records.length + " bytes: expected "
                            + BATCH * RECORD + ", " + BATCH + " images");
                }
                found[batch] = true;
                int first = batch * BATCH;
                decode(archive, records, Math.clamp(n - first, 0, BATCH), first, pixels, labels);
            });
            return found;
        });
        for (int batch = 0; batch < found.length; batch++) {
            if (!found[batch])
                throw new DataFileException(archive, "expected it to hold " + batches.get(batch));
        }
        return Images.owning(name, SHAPE, pixels, labels, CLASSES);
    }

    /**
     * Unpacks {@code count} records. {@code pixels} and {@code labels} are modified from image
     * {@code first} on.
     */
    private static void decode(Path file, byte[] records, int count, int first, float[] pixels,
            int[] labels) {
        for (int i = 0; i < count; i++) {
            int start = i * RECORD;
            int label = records[start] & 0xff;
            if (label >= CLASSES.size()) {
                throw new DataFileException(file,
                        "label " + (first + i) + " is " + label + ": expected 0 to 9");
            }
            labels[first + i] = label;
            int image = (first + i) * SHAPE.size();
            for (int j = 0; j < PLANE; j++) {
                for (int channel = 0; channel < 3; channel++) {
                    int value = records[start + 1 + channel * PLANE + j] & 0xff;
                    pixels[image + 3 * j + channel] = value / 255f;
                }
            }
        }
    }
}
