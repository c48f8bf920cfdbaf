package mechanics.linalg;

/** The loops of {@link Rows} on {@code double[]}. */
final class DoubleRows {
    private DoubleRows() {}

    static void multiply(double alpha, double[] x, int atX, double[] row, int atRow, double beta,
            double[] y, int atY,
            int rows, int width) {
        for (int i = 0; i < rows; i++) {
            DoubleElementwise.multiply(alpha, x, atX + i * width, row, atRow, beta, y, atY + i * width,
                    width);
        }
    }

    static void sumProducts(double alpha, double[] a, int atA, double[] b, int atB, double[] row,
            int atRow,
            int rows, int width) {
        for (int i = 0; i < rows; i++) {
            DoubleElementwise.multiply(alpha, a, atA + i * width, b, atB + i * width, 1, row, atRow, width);
        }
    }

    static void block(double[] x, int atX, int strideX, double beta, double[] y, int atY, int strideY,
            int rows,
            int width) {
        for (int i = 0; i < rows; i++) {
            DoubleElementwise.combine(1, x, atX + i * strideX, beta, y, atY + i * strideY, width);
        }
    }

    static void gather(double alpha, double[] table, int at, int[] index, int n, int width,
            double beta, double[] y,
            int to) {
        for (int i = 0; i < n; i++) {
            DoubleElementwise.combine(alpha, table, at + index[i] * width, beta, y, to + i * width, width);
        }
    }

    static void scatter(double alpha, double[] x, int at, int[] index, int n, int width,
            double[] table, int to) {
        for (int i = 0; i < n; i++) {
            DoubleElementwise.combine(alpha, x, at + i * width, 1, table, to + index[i] * width, width);
        }
    }
}
