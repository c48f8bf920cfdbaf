package mechanics.base;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sizes of an array of numbers along each of its axes, outermost first: {@code (784)} for a vector,
 * {@code (height, width, channels)} for an image, {@code (tokens, width)} for a sequence. Samples are stored one
 * after another; their number is not part of the shape.
 */
public record Shape(List<Integer> sizes) {
    /** Checks that there is a size and that all are positive. */
    public Shape {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty()) throw new IllegalArgumentException("shape = (): expected at least one size");
        for (int size : sizes) {
            if (size <= 0) {
                throw new IllegalArgumentException("shape = " + text(sizes) + ": expected positive sizes");
            }
        }
    }

    /** The shape with the given sizes. */
    public static Shape of(int... sizes) {
        return new Shape(IntStream.of(sizes).boxed().toList());
    }

    /** The number of axes. */
    public int rank() { return sizes.size(); }

    /** The size along axis {@code axis}; a negative axis counts from the last, −1. */
    public int size(int axis) {
        return sizes.get(axis < 0 ? axis + rank() : axis);
    }

    /** The number of entries: the product of the sizes. */
    public int count() {
        int count = 1;
        for (int i = 0; i < sizes.size(); i++) count = Math.multiplyExact(count, sizes.get(i));
        return count;
    }

    /** The size along the last axis: the length of a row. */
    public int columns() { return size(-1); }

    /** The number of rows: the product of all sizes but the last. */
    public int rows() {
        return count() / columns();
    }

    /** This shape with another size along the last axis. */
    public Shape withColumns(int columns) {
        var changed = new ArrayList<>(sizes);
        changed.set(rank() - 1, columns);
        return new Shape(changed);
    }

    /** The sizes as in {@code (32, 32, 3)}. */
    @Override
    public String toString() { return text(sizes); }

    private static String text(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
