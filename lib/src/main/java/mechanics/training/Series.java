package mechanics.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What was measured along a run: rows of numbers, each with its step. */
public final class Series {
    private final String name;
    private final List<String> columns;
    private long[] steps = new long[16];
    /** The rows one after another. */
    private double[] numbers = new double[16];
    /** The length of a row, once there is one. */
    private int width;
    private int size;

    Series(String name, List<String> columns) {
        this.name = name;
        this.columns = List.copyOf(columns);
    }

    void add(long step, double... row) {
        if (size > 0 && row.length != width) {
            throw new IllegalArgumentException(name + " measured " + row.length + " numbers at step " + step
                    + ": expected " + width + " as before");
        }
        width = row.length;
        if (size == steps.length) steps = Arrays.copyOf(steps, 2 * size);
        int end = (size + 1) * width;
        if (end > numbers.length) numbers = Arrays.copyOf(numbers, Math.max(end, 2 * numbers.length));
        System.arraycopy(row, 0, numbers, size * width, width);
        steps[size++] = step;
    }

    /** Takes the rows of another. Modified. */
    void set(Series other) {
        steps = other.steps.clone();
        numbers = other.numbers.clone();
        width = other.width;
        size = other.size;
    }

    /** The name. */
    public String name() { return name; }

    /** The names of the columns; empty where they are only numbered. */
    public List<String> columns() {
        return columns;
    }

    /** The number of rows. */
    public int size() { return size; }

    /** The number of columns; 0 as long as nothing was measured. */
    public int width() { return width; }

    /** The steps at which was measured. */
    public long[] steps() { return Arrays.copyOf(steps, size); }

    /** The steps at which was measured, as the x of a figure. */
    public double[] x() { return x(1); }

    /**
     * The steps at which was measured, times a unit such as a learning rate or the length of a step: the times.
     *
     * @param unit what a step is worth
     */
    public double[] x(double unit) {
        return Arrays.stream(steps, 0, size).mapToDouble(step -> step * unit).toArray();
    }

    /** The step of the last row; −1 as long as nothing was measured. */
    public long lastStep() {
        return size == 0 ? -1 : steps[size - 1];
    }

    /**
     * The row number {@code index}, from 0.
     *
     * @param index from 0
     */
    public double[] row(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("row = " + index + ": expected 0 to " + (size - 1));
        }
        return Arrays.copyOfRange(numbers, index * width, (index + 1) * width);
    }

    /**
     * The column number {@code index}, from 0: one number for each step.
     *
     * @param index from 0
     */
    public double[] column(int index) {
        if (index < 0 || (size > 0 && index >= width)) {
            throw new IndexOutOfBoundsException("column = " + index + ": expected 0 to " + (width - 1));
        }
        return IntStream.range(0, size).mapToDouble(i -> numbers[i * width + index]).toArray();
    }

    /**
     * The column of the given name.
     *
     * @param column its name
     */
    public double[] column(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("column = " + column + ": expected one of " + columns);
        }
        return column(index);
    }

    /** The only column. */
    public double[] values() {
        if (size > 0 && width != 1) {
            throw new IllegalStateException(name + " has " + width + " columns: choose one");
        }
        return column(0);
    }

    /** The last row. */
    public double[] last() {
        if (size == 0) throw new IllegalStateException(name + " is empty: nothing was measured yet");
        return row(size - 1);
    }
}
