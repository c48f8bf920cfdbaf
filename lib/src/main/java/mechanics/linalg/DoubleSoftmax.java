package mechanics.linalg;

/** The loops of {@link Softmax} on {@code double[]}. */
final class DoubleSoftmax {
    private DoubleSoftmax() {}

    static void rows(double[] x, int at, int rows, int width, boolean causal) {
        for (int i = 0; i < rows; i++) {
            int from = at + i * width;
            int seen = causal ? Math.min(i + 1, width) : width;
            double largest = largest(x, from, seen);
            for (int j = from; j < from + seen; j++) x[j] -= largest;
            for (int j = from + seen; j < from + width; j++) x[j] = Double.NEGATIVE_INFINITY;
        }
        DoubleElementary.exp(x, at, x, at, rows * width);
        for (int i = 0; i < rows; i++) {
            int from = at + i * width;
            double scale = 1 / DoubleRun.sum(x, from, width);
            for (int j = from; j < from + width; j++) x[j] *= scale;
        }
    }

    static void derivative(double[] p, int atP, double[] x, int atX, double[] y, int atY, int rows,
            int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            double mean = DoubleRun.dot(p, atP + row, x, atX + row, width);
            for (int j = row; j < row + width; j++) y[atY + j] = p[atP + j] * (x[atX + j] - mean);
        }
    }

    static void addSecondDerivative(double[] p, int atP, double[] q, int atQ, double[] x, int atX,
            double[] y,
            int atY, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            double mean = DoubleRun.dot(p, atP + row, x, atX + row, width);
            double change = DoubleRun.dot(q, atQ + row, x, atX + row, width);
            for (int j = row; j < row + width; j++) {
                y[atY + j] += q[atQ + j] * (x[atX + j] - mean) - p[atP + j] * change;
            }
        }
    }

    /** Without vectors: those that live through loops of zero or one round, as in short rows, become objects. */
    private static double largest(double[] x, int from, int n) {
        double largest = x[from];
        for (int k = from + 1; k < from + n; k++) largest = Math.max(largest, x[k]);
        return largest;
    }
}
