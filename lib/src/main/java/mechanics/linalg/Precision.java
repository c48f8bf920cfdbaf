package mechanics.linalg;

/** The floating-point format of a computation. */
public enum Precision {
    /** IEEE 754 single precision, 24 bits of significand: for training. */
    FLOAT32(0x1p-24, Float.BYTES) {
        @Override
        public Array array(int length) { return FloatArray.of(length); }
    },
    /** IEEE 754 double precision, 53 bits of significand: for checking theory to many digits. */
    FLOAT64(0x1p-53, Double.BYTES) {
        @Override
        public Array array(int length) { return DoubleArray.of(length); }
    };

    private final double unitRoundoff;
    private final int bytes;

    Precision(double unitRoundoff, int bytes) {
        this.unitRoundoff = unitRoundoff;
        this.bytes = bytes;
    }

    /** A new array of {@code length} zeros. */
    public abstract Array array(int length);

    /** A new array with the given values, rounded to this precision. */
    public Array array(double... values) {
        var array = array(values.length);
        array.store(0, values, values.length);
        return array;
    }

    /** A new array with the rows one after another, rounded to this precision. */
    public Array array(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        var array = array(Math.multiplyExact(rows.length, columns));
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " entries: expected " + columns
                                + " as in row 0");
            }
            array.view(i * columns, columns).store(0, rows[i], columns);
        }
        return array;
    }

    /** The largest relative error of rounding a number to this format. */
    public double unitRoundoff() {
        return unitRoundoff;
    }

    /** Bytes that one number takes. */
    public int bytes() { return bytes; }
}
