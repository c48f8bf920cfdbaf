package mechanics.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was measured along a run: rows of numbers, each with its step. */
public final class Series {
    private final String name;
    private final List<String> columns;
    private long[] steps = new long[16];
    private final List<double[]> rows = new ArrayList<>();

    Series(String name, List<String> columns) {
        this.name = name;
        this.columns = List.copyOf(columns);
    }

    void add(long step, double[] row) {
        if (!rows.isEmpty() && row.length != rows.getFirst().length) {
            throw new IllegalArgumentException(name + " measured " + row.length + " numbers at step " + step
                    + ": expected " + rows.getFirst().length + " as before");
        }
        if (rows.size() == steps.length) steps = Arrays.copyOf(steps, 2 * steps.length);
        steps[rows.size()] = step;
        rows.add(row.clone());
    }

    /** The name. */
    public String name() { return name; }

    /** The names of the columns; empty where they are only numbered. */
    public List<String> columns() {
        return columns;
    }

    /** The number of rows. */
    public int size() { return rows.size(); }

    /** The steps at which was measured. */
    public long[] steps() { return Arrays.copyOf(steps, rows.size()); }

    /** The row number {@code index}, from 0. */
    public double[] row(int index) {
        return rows.get(index).clone();
    }

    /** The column number {@code index}, from 0: one number for each step. */
    public double[] column(int index) {
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }

    /** The column of the given name. */
    public double[] column(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("column = " + column + ": expected one of " + columns);
        }
        return column(index);
    }

    /** The only column. */
    public double[] values() {
        if (!rows.isEmpty() && rows.getFirst().length != 1) {
            throw new IllegalStateException(name + " has " + rows.getFirst().length + " columns: choose one");
        }
        return column(0);
    }

    /** The last row. */
    public double[] last() {
        if (rows.isEmpty()) throw new IllegalStateException(name + " is empty: nothing was measured yet");
        return rows.getLast().clone();
    }
}
