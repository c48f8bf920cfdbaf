package mechanics.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An array as another program wrote it: weights or activations of a network that was trained elsewhere, for instance.
 * Its last dimension is the fastest, as in C and in Java.
 *
 * <pre>{@code
 * Map<String, StoredArray> file = StoredArrays.read(Path.of("activations.npz"));
 * double[][] hidden = file.get("hidden").rows(); // n × d, rows are samples
 * }</pre>
 */
public final class StoredArray {

    private static final long EXACT = 1L << 53;

    private final ElementType type;
    private final int[] shape;
    private final ByteBuffer data;

    /** Takes the buffer, whose order is that of the bytes, and which has as many as the shape asks for. */
    StoredArray(ElementType type, int[] shape, ByteBuffer data) {
        this.type = type;
        this.shape = shape;
        this.data = data;
    }

    /** What its numbers are. */
    public ElementType type() { return type; }

    /** The sizes, slowest first; empty for a single number. A fresh copy. */
    public int[] shape() {
        return shape.clone();
    }

    /** How many numbers it has. */
    public int size() { return data.capacity() / type.bytes(); }

    /**
     * All numbers.
     *
     * @return {@link #size()} numbers, exactly those of the file
     * @throws IllegalStateException if a 64-bit integer is too large to be one of them; see {@link #longs()}
     */
    public double[] doubles() {
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.value(data, i);
            if (type.isWhole() && type.bytes() == 8 && !exact(type.whole(data, i))) {
                throw new IllegalStateException(
                        "entry " + i + " is " + text(type.whole(data, i))
                                + ": expected at most 2⁵³, what a double can hold; longs() has all bits");
            }
        }
        return values;
    }

    private String text(long value) {
        return type == ElementType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
    }

    private boolean exact(long value) {
        return type == ElementType.UINT64
                ? Long.compareUnsigned(value, EXACT) <= 0
                : value >= -EXACT && value <= EXACT;
    }

    /**
     * All numbers in single precision.
     *
     * @throws IllegalStateException if the file's are of more precision, and would be rounded
     */
    public float[] floats() {
        boolean narrow = type.isWhole() ? type.bytes() <= 2 : type != ElementType.FLOAT64;
        if (!narrow) {
            throw new IllegalStateException(
                    this + ": expected numbers that fit into a float; doubles() has them all");
        }
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = type == ElementType.FLOAT32 ? data.getFloat(4 * i) : (float) type.value(data, i);
        }
        return values;
    }

    /**
     * All numbers as integers, such as labels.
     *
     * @throws IllegalStateException if the type has fractions, or a number is above 2⁶³ − 1
     */
    public long[] longs() {
        if (!type.isWhole()) throw new IllegalStateException(this + ": expected whole numbers");
        long[] values = new long[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.whole(data, i);
            if (type == ElementType.UINT64 && values[i] < 0) {
                throw new IllegalStateException("entry " + i + " is " + text(values[i])
                        + ": expected at most 2⁶³ − 1");
            }
        }
        return values;
    }

    /**
     * The numbers in rows: the first dimension counts the rows, all others are flattened into them.
     *
     * @return n × d, for a shape of (n, …) with d the product of the rest; n × 1 for (n)
     * @throws IllegalStateException if it is a single number
     */
    public double[][] rows() {
        if (shape.length == 0) throw new IllegalStateException(this + ": expected at least one dimension");
        double[] all = doubles();
        int width = shape[0] == 0 ? 0 : size() / shape[0];
        double[][] rows = new double[shape[0]][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(all, i * width, (i + 1) * width));
        return rows;
    }

    /** Such as {@code FLOAT32 (100 × 784)}. */
    @Override
    public String toString() {
        return type + " (" + Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" × "))
                + ")";
    }
}
