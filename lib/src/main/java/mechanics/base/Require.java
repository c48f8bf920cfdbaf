package mechanics.base;

/** Checks of arguments, written once. The message names the argument, its value and what was expected. */
public final class Require {
    private Require() {}

    /** A whole number of at least 1. */
    public static int positive(String name, int value) {
        if (value < 1) throw new IllegalArgumentException(name + " = " + value + ": expected at least 1");
        return value;
    }

    /** A whole number of at least 0. */
    public static int notNegative(String name, int value) {
        if (value < 0) throw new IllegalArgumentException(name + " = " + value + ": expected at least 0");
        return value;
    }

    /** A finite number above 0. */
    public static double positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + ": expected a positive number");
        }
        return value;
    }

    /** A finite number of at least 0. */
    public static double notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + ": expected a number, at least 0");
        }
        return value;
    }

    /** A finite number. */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + ": expected a finite number");
        }
        return value;
    }

    /**
     * Rows of finite numbers.
     *
     * @return a copy of them
     */
    public static double[][] finite(String name, double[][] rows) {
        var copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
            for (double entry : copy[i]) finite("an entry of " + name, entry);
        }
        return copy;
    }

    /** A number of at least 0 and less than 1, such as a momentum. */
    public static double fraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    name + " = " + value + ": expected at least 0 and less than 1");
        }
        return value;
    }

    /** A number from 0 to 1. */
    public static double probability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " = " + value + ": expected a probability from 0 to 1");
        }
        return value;
    }

    /** Equal lengths of two arrays that belong together. */
    public static void sameLength(String name, int length, String other, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(
                    name + " has " + length + " entries: expected " + expected + ", as many as " + other);
        }
    }

    /**
     * Rows of a known length, as many as there are; none is allowed.
     *
     * @param width the length that every row must have
     * @param why what asks for it, as in {@code "for inputs of shape (784)"}
     */
    public static void rowsOf(String name, double[][] rows, int width, String why) {
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new IllegalArgumentException(name + ": row " + i + " has " + rows[i].length
                        + " numbers: expected " + width + ", " + why);
            }
        }
    }

    /** As many rows as another matrix has. */
    public static void sameRows(String name, double[][] rows, String other, double[][] expected) {
        if (rows.length != expected.length) {
            throw new IllegalArgumentException(name + " has " + rows.length + " rows: expected "
                    + expected.length + ", as many as " + other);
        }
    }

    /**
     * A matrix with at least one row, all rows of one length, at least 1.
     *
     * @return that length
     */
    public static int matrix(String name, double[][] rows) {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException(name + " is empty: expected at least one row and one column");
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != rows[0].length) {
                throw new IllegalArgumentException(name + ": row " + i + " has " + rows[i].length
                        + " numbers: expected " + rows[0].length + ", as in row 0");
            }
        }
        return rows[0].length;
    }

    /** A matrix of known height and width, which may be 0. */
    public static void shape(String name, double[][] rows, int height, int width) {
        if (rows.length != height) {
            throw new IllegalArgumentException(name + " has " + rows.length + " rows: expected " + height);
        }
        for (double[] row : rows) {
            if (row.length != width) {
                throw new IllegalArgumentException(
                        name + " has a row of " + row.length + ": expected " + width);
            }
        }
    }
}
