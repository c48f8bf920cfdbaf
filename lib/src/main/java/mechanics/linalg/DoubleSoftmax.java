package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link Softmax} on {@code double[]}. */
final class DoubleSoftmax {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private DoubleSoftmax() {}

    static void rows(double[] x, int at, int rows, int width, boolean causal) {
        for (int i = 0; i < rows; i++) {
            int from = at + i * width;
            int seen = causal ? Math.min(i + 1, width) : width;
            double largest = largest(x, from, seen);
            for (int j = from; j < from + seen; j++) x[j] -= largest;
            for (int j = from + seen; j < from + width; j++) x[j] = Double.NEGATIVE_INFINITY;
        }
        Elementary.exp(x, at, x, at, rows * width);
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

    private static double largest(double[] x, int from, int n) {
        var largest = DoubleVector.broadcast(SPECIES, x[from]);
        int k = 0;
        for (int bound = SPECIES.loopBound(n); k < bound; k += SPECIES.length()) {
            largest = largest.max(DoubleVector.fromArray(SPECIES, x, from + k));
        }
        double result = largest.reduceLanes(VectorOperators.MAX);
        for (; k < n; k++) result = Math.max(result, x[from + k]);
        return result;
    }
}
