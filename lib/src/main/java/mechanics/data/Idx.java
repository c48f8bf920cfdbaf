package mechanics.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An array of unsigned bytes in the IDX format of MNIST, packed by gzip or plain.
 *
 * <p>
 * The format: two zero bytes, the type (8 for unsigned bytes, the only one read here), the number of
 * dimensions, each dimension as a big-endian 32-bit integer, then the values, last dimension fastest.
 * (LeCun, Cortes and Burges, the MNIST database, 1998)
 */
public final class Idx {

    private static final int UNSIGNED_BYTES = 8;

    private final int[] dimensions;
    private final byte[] values;

    private Idx(int[] dimensions, byte[] values) {
        this.dimensions = dimensions;
        this.values = values;
    }

    /**
     * Reads a file.
     *
     * @throws DataFileException if the file is missing, truncated, too long, or not IDX
     */
    public static Idx read(Path file) { return DataFile.read(file, in -> read(file, in)); }

    /**
     * Reads grey images and their labels.
     *
     * @param name what to call the set
     * @param images an IDX file of 3 dimensions: images, rows, columns
     * @param labels an IDX file of 1 dimension, as many labels as images
     * @param classNames one name a class; labels must be 0, …, classes − 1
     * @param white the byte that becomes 1; none may exceed it
     * @return the images with pixels in [0, 1]
     * @throws DataFileException if a file is damaged or the two do not belong together
     */
    public static Images images(String name, Path images, Path labels, List<String> classNames, int white) {
        Idx pixels = read(images);
        if (pixels.dimensions.length != 3) {
            throw new DataFileException(images, pixels.dimensions.length
                    + " dimensions: expected 3 (images, rows, columns), so a magic number of 0x803");
        }
        if (pixels.dimensions[1] == 0 || pixels.dimensions[2] == 0) {
            throw new DataFileException(images, "images of " + pixels.dimensions[1] + " × "
                    + pixels.dimensions[2] + " pixels: expected at least 1 × 1");
        }
        int n = pixels.dimensions[0];
        Idx classes = read(labels);
        if (classes.dimensions.length != 1) {
            throw new DataFileException(labels, classes.dimensions.length
                    + " dimensions: expected 1 (labels), so a magic number of 0x801");
        }
        if (classes.dimensions[0] != n) {
            throw new DataFileException(labels,
                    classes.dimensions[0] + " labels: expected " + n + ", one for each image of " + images);
        }
        float[] grey = new float[pixels.values.length];
        for (int i = 0; i < grey.length; i++) {
            int value = pixels.values[i] & 0xff;
            if (value > white) {
                throw new DataFileException(images,
                        "pixel " + i + " is " + value + ": expected a value from 0 to " + white);
            }
            grey[i] = (float) value / white;
        }
        return Images.owning(name, new ImageShape(pixels.dimensions[1], pixels.dimensions[2], 1), grey,
                labels(labels, classes.values, classNames.size()), classNames);
    }

    /** The sizes, slowest first. A fresh copy. */
    public int[] dimensions() { return dimensions.clone(); }

    /** All values, 0 to 255, last dimension fastest. A fresh copy. */
    public int[] values() {
        return IntStream.range(0, values.length).map(i -> values[i] & 0xff).toArray();
    }

    private static Idx read(Path file, InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        int magic = in.readInt();
        int rank = magic & 0xff;
        if (magic >>> 8 != UNSIGNED_BYTES || rank == 0) {
            throw new DataFileException(file,
                    "magic number 0x%08x: expected 0x0000080r, IDX bytes with r dimensions".formatted(magic));
        }
        int[] dimensions = new int[rank];
        long size = 1;
        for (int i = 0; i < rank; i++) {
            dimensions[i] = in.readInt();
            if (dimensions[i] < 0) {
                throw new DataFileException(file,
                        "dimension " + i + " is " + dimensions[i] + ": expected a count, at least 0");
            }
            if (dimensions[i] > 0 && size > (Integer.MAX_VALUE - 8) / dimensions[i]) {
                throw new DataFileException(file, "more than 2³¹ values announced: expected a smaller array");
            }
            size *= dimensions[i];
        }
        // Reads what is there, at most `size`: a damaged header cannot make it allocate gigabytes.
        byte[] values = in.readNBytes((int) size);
        if (values.length < size) {
            String shape = Arrays.stream(dimensions).mapToObj(String::valueOf)
                    .collect(Collectors.joining(" × "));
            throw new DataFileException(file,
                    values.length + " values: expected " + size + " (" + shape + "); the file is truncated",
                    new EOFException());
        }
        return new Idx(dimensions, values);
    }

    private static int[] labels(Path file, byte[] values, int classes) {
        int[] labels = new int[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = values[i] & 0xff;
            if (labels[i] >= classes) {
                throw new DataFileException(file,
                        "label " + i + " is " + labels[i] + ": expected a class from 0 to " + (classes - 1));
            }
        }
        return labels;
    }
}
