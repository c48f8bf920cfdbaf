package mechanics.linalg;

/**
 * Operations on matrices row by row beyond those of {@link Array}: products with a row, blocks of columns, rows and
 * entries chosen by an index. Arguments have one precision; β = 0 means that what is written to is not read.
 */
public final class Rows {
    private Rows() {}

    /** y = α x ∘ row + β y, where every row of x is multiplied by the same row, entry by entry. Modified: y. */
    public static void multiply(double alpha, Array x, Array row, double beta, Array y) {
        int rows = Array.checkRows(x, row);
        Array.check(y.length(), x.length(), "length of y");
        switch (y) {
            case FloatArray f -> FloatRows.multiply((float) alpha, ((FloatArray) x).storage(), x.offset,
                    ((FloatArray) row).storage(), row.offset, (float) beta, f.storage(), f.offset, rows,
                    row.length());
            case DoubleArray d -> DoubleRows.multiply(alpha, ((DoubleArray) x).storage(), x.offset,
                    ((DoubleArray) row).storage(), row.offset, beta, d.storage(), d.offset, rows,
                    row.length());
        }
    }

    /** row = α Σ rows of a ∘ b + β row, the adjoint of {@link #multiply} with respect to the row. Modified: row. */
    public static void sumProducts(double alpha, Array a, Array b, double beta, Array row) {
        int rows = Array.checkRows(a, row);
        Array.check(b.length(), a.length(), "length of b");
        if (beta == 0) {
            row.fill(0);
        } else if (beta != 1) {
            row.scale(beta);
        }
        switch (row) {
            case FloatArray f -> FloatRows.sumProducts((float) alpha, ((FloatArray) a).storage(), a.offset,
                    ((FloatArray) b).storage(), b.offset, f.storage(), f.offset, rows, f.length());
            case DoubleArray d -> DoubleRows.sumProducts(alpha, ((DoubleArray) a).storage(), a.offset,
                    ((DoubleArray) b).storage(), b.offset, d.storage(), d.offset, rows, d.length());
        }
    }

    /**
     * A block of y = the block of x + β itself: {@code rows} rows of {@code width} entries, the first at {@code at…}
     * and each {@code stride…} entries after the one before. Modified: y.
     */
    public static void block(Array x, int atX, int strideX, double beta, Array y, int atY, int strideY,
            int rows,
            int width) {
        checkBlock("x", x, atX, strideX, rows, width);
        checkBlock("y", y, atY, strideY, rows, width);
        switch (y) {
            case FloatArray f ->
                FloatRows.block(((FloatArray) x).storage(), x.offset + atX, strideX, (float) beta,
                        f.storage(), f.offset + atY, strideY, rows, width);
            case DoubleArray d ->
                DoubleRows.block(((DoubleArray) x).storage(), x.offset + atX, strideX, beta, d.storage(),
                        d.offset + atY, strideY, rows, width);
        }
    }

    /** Row i of y = α row {@code index[i]} of the table + β itself, for the first {@code n} i. Modified: y. */
    public static void gather(double alpha, Array table, int[] index, int n, int width, double beta,
            Array y) {
        Array.check(y.length(), n * width, "length of y");
        switch (y) {
            case FloatArray f ->
                FloatRows.gather((float) alpha, ((FloatArray) table).storage(), table.offset, index, n, width,
                        (float) beta, f.storage(), f.offset);
            case DoubleArray d ->
                DoubleRows.gather(alpha, ((DoubleArray) table).storage(), table.offset, index, n, width, beta,
                        d.storage(), d.offset);
        }
    }

    /**
     * Row {@code index[i]} of the table = itself + α row i of x, for the first {@code n} i in their order: the
     * adjoint of {@link #gather}. Modified: table.
     */
    public static void scatter(double alpha, Array x, int[] index, int n, int width, Array table) {
        Array.check(x.length(), n * width, "length of x");
        switch (table) {
            case FloatArray f ->
                FloatRows.scatter((float) alpha, ((FloatArray) x).storage(), x.offset, index, n, width,
                        f.storage(), f.offset);
            case DoubleArray d ->
                DoubleRows.scatter(alpha, ((DoubleArray) x).storage(), x.offset, index, n, width,
                        d.storage(), d.offset);
        }
    }

    private static void checkBlock(String name, Array x, int at, int stride, int rows, int width) {
        if (at < 0 || rows < 0 || width < 0 || stride < width
                || (rows > 0 && at + (long) (rows - 1) * stride + width > x.length())) {
            throw new IllegalArgumentException("block of " + name + ", " + rows + " × " + width + " at " + at
                    + " with stride " + stride + ": expected to fit an array of " + x.length() + " entries");
        }
    }
}
