package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The softmax of rows, pᵢ = exp(xᵢ) / Σ exp(xⱼ), with its first and second derivatives. Blocks of rows lie anywhere
 * in their arrays, row after row. Cost: a few operations per entry, one exponential forward, none backward.
 */
public final class Softmax {
    private static final VectorSpecies<Float> FLOAT_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLE_SPECIES = DoubleVector.SPECIES_PREFERRED;

    private Softmax() {}

    /**
     * Rows of scores become rows of probabilities, in place; the largest score is taken off first, so that no
     * exponential overflows. Modified: x.
     *
     * @param at the index of the first score
     * @param causal whether row i sees only columns 0 to i and has probability 0 elsewhere
     */
    public static void rows(Array x, int at, int rows, int width, boolean causal) {
        checkBlock("x", x, at, rows, width);
        switch (x) {
            case FloatArray f -> rows(f.storage(), f.offset + at, rows, width, causal);
            case DoubleArray d -> rows(d.storage(), d.offset + at, rows, width, causal);
        }
    }

    /**
     * y = p ∘ (x − ⟨p, x⟩), row by row: the derivative of the softmax along x, and, as that is symmetric, also the
     * adjoint of x. Modified: y, which may be x.
     */
    public static void derivative(Array p, int atP, Array x, int atX, Array y, int atY, int rows, int width) {
        checkBlock("p", p, atP, rows, width);
        checkBlock("x", x, atX, rows, width);
        checkBlock("y", y, atY, rows, width);
        switch (y) {
            case FloatArray f -> derivative(((FloatArray) p).storage(), p.offset + atP,
                    ((FloatArray) x).storage(), x.offset + atX, f.storage(), f.offset + atY, rows, width);
            case DoubleArray d -> derivative(((DoubleArray) p).storage(), p.offset + atP,
                    ((DoubleArray) x).storage(), x.offset + atX, d.storage(), d.offset + atY, rows, width);
        }
    }

    /**
     * y = y + ṗ ∘ (x − ⟨p, x⟩) − p ⟨ṗ, x⟩, row by row: what the change ṗ of the probabilities adds to the change of
     * {@link #derivative}. Modified: y.
     */
    public static void addSecondDerivative(Array p, Array pTangent, int atP, Array x, int atX, Array y,
            int atY,
            int rows, int width) {
        checkBlock("p", p, atP, rows, width);
        checkBlock("pTangent", pTangent, atP, rows, width);
        checkBlock("x", x, atX, rows, width);
        checkBlock("y", y, atY, rows, width);
        switch (y) {
            case FloatArray f -> addSecondDerivative(((FloatArray) p).storage(), p.offset + atP,
                    ((FloatArray) pTangent).storage(), pTangent.offset + atP, ((FloatArray) x).storage(),
                    x.offset + atX, f.storage(), f.offset + atY, rows, width);
            case DoubleArray d -> addSecondDerivative(((DoubleArray) p).storage(), p.offset + atP,
                    ((DoubleArray) pTangent).storage(), pTangent.offset + atP, ((DoubleArray) x).storage(),
                    x.offset + atX, d.storage(), d.offset + atY, rows, width);
        }
    }

    private static void checkBlock(String name, Array x, int at, int rows, int width) {
        if (at < 0 || rows < 0 || width < 0 || at + (long) rows * width > x.length()) {
            throw new IllegalArgumentException("block of " + name + ", " + rows + " × " + width + " at " + at
                    + ": expected to fit an array of " + x.length() + " entries");
        }
    }

    private static void rows(float[] x, int at, int rows, int width, boolean causal) {
        for (int i = 0; i < rows; i++) {
            int from = at + i * width;
            int seen = causal ? Math.min(i + 1, width) : width;
            float largest = largest(x, from, seen);
            for (int j = from; j < from + seen; j++) x[j] -= largest;
            for (int j = from + seen; j < from + width; j++) x[j] = Float.NEGATIVE_INFINITY;
        }
        Elementary.exp(x, at, x, at, rows * width);
        for (int i = 0; i < rows; i++) {
            int from = at + i * width;
            float scale = 1 / sum(x, from, width);
            for (int j = from; j < from + width; j++) x[j] *= scale;
        }
    }

    private static void derivative(float[] p, int atP, float[] x, int atX, float[] y, int atY, int rows,
            int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            float mean = dot(p, atP + row, x, atX + row, width);
            for (int j = row; j < row + width; j++) y[atY + j] = p[atP + j] * (x[atX + j] - mean);
        }
    }

    private static void addSecondDerivative(float[] p, int atP, float[] q, int atQ, float[] x, int atX,
            float[] y,
            int atY, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            float mean = dot(p, atP + row, x, atX + row, width);
            float change = dot(q, atQ + row, x, atX + row, width);
            for (int j = row; j < row + width; j++) {
                y[atY + j] += q[atQ + j] * (x[atX + j] - mean) - p[atP + j] * change;
            }
        }
    }

    private static float largest(float[] x, int from, int n) {
        var largest = FloatVector.broadcast(FLOAT_SPECIES, x[from]);
        int k = 0;
        for (int bound = FLOAT_SPECIES.loopBound(n); k < bound; k += FLOAT_SPECIES.length()) {
            largest = largest.max(FloatVector.fromArray(FLOAT_SPECIES, x, from + k));
        }
        float result = largest.reduceLanes(VectorOperators.MAX);
        for (; k < n; k++) result = Math.max(result, x[from + k]);
        return result;
    }

    private static void rows(double[] x, int at, int rows, int width, boolean causal) {
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
            double scale = 1 / sum(x, from, width);
            for (int j = from; j < from + width; j++) x[j] *= scale;
        }
    }

    private static void derivative(double[] p, int atP, double[] x, int atX, double[] y, int atY, int rows,
            int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            double mean = dot(p, atP + row, x, atX + row, width);
            for (int j = row; j < row + width; j++) y[atY + j] = p[atP + j] * (x[atX + j] - mean);
        }
    }

    private static void addSecondDerivative(double[] p, int atP, double[] q, int atQ, double[] x, int atX,
            double[] y,
            int atY, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            double mean = dot(p, atP + row, x, atX + row, width);
            double change = dot(q, atQ + row, x, atX + row, width);
            for (int j = row; j < row + width; j++) {
                y[atY + j] += q[atQ + j] * (x[atX + j] - mean) - p[atP + j] * change;
            }
        }
    }

    private static double largest(double[] x, int from, int n) {
        var largest = DoubleVector.broadcast(DOUBLE_SPECIES, x[from]);
        int k = 0;
        for (int bound = DOUBLE_SPECIES.loopBound(n); k < bound; k += DOUBLE_SPECIES.length()) {
            largest = largest.max(DoubleVector.fromArray(DOUBLE_SPECIES, x, from + k));
        }
        double result = largest.reduceLanes(VectorOperators.MAX);
        for (; k < n; k++) result = Math.max(result, x[from + k]);
        return result;
    }

    private static float dot(float[] a, int i, float[] b, int j, int n) {
        var sum = FloatVector.zero(FLOAT_SPECIES);
        int k = 0;
        for (int bound = FLOAT_SPECIES.loopBound(n); k < bound; k += FLOAT_SPECIES.length()) {
            sum = FloatVector.fromArray(FLOAT_SPECIES, a, i + k)
                    .fma(FloatVector.fromArray(FLOAT_SPECIES, b, j + k), sum);
        }
        if (k < n) {
            var rest = FLOAT_SPECIES.indexInRange(k, n);
            sum = FloatVector.fromArray(FLOAT_SPECIES, a, i + k, rest)
                    .fma(FloatVector.fromArray(FLOAT_SPECIES, b, j + k, rest), sum);
        }
        return Lanes.sum(sum);
    }

    private static float sum(float[] a, int i, int n) {
        var sum = FloatVector.zero(FLOAT_SPECIES);
        int k = 0;
        for (int bound = FLOAT_SPECIES.loopBound(n); k < bound; k += FLOAT_SPECIES.length()) {
            sum = sum.add(FloatVector.fromArray(FLOAT_SPECIES, a, i + k));
        }
        if (k < n)
            sum = sum.add(FloatVector.fromArray(FLOAT_SPECIES, a, i + k, FLOAT_SPECIES.indexInRange(k, n)));
        return Lanes.sum(sum);
    }

    private static double dot(double[] a, int i, double[] b, int j, int n) {
        var sum = DoubleVector.zero(DOUBLE_SPECIES);
        int k = 0;
        for (int bound = DOUBLE_SPECIES.loopBound(n); k < bound; k += DOUBLE_SPECIES.length()) {
            sum = DoubleVector.fromArray(DOUBLE_SPECIES, a, i + k)
                    .fma(DoubleVector.fromArray(DOUBLE_SPECIES, b, j + k), sum);
        }
        if (k < n) {
            var rest = DOUBLE_SPECIES.indexInRange(k, n);
            sum = DoubleVector.fromArray(DOUBLE_SPECIES, a, i + k, rest)
                    .fma(DoubleVector.fromArray(DOUBLE_SPECIES, b, j + k, rest), sum);
        }
        return Lanes.sum(sum);
    }

    private static double sum(double[] a, int i, int n) {
        var sum = DoubleVector.zero(DOUBLE_SPECIES);
        int k = 0;
        for (int bound = DOUBLE_SPECIES.loopBound(n); k < bound; k += DOUBLE_SPECIES.length()) {
            sum = sum.add(DoubleVector.fromArray(DOUBLE_SPECIES, a, i + k));
        }
        if (k < n)
            sum = sum
                    .add(DoubleVector.fromArray(DOUBLE_SPECIES, a, i + k, DOUBLE_SPECIES.indexInRange(k, n)));
        return Lanes.sum(sum);
    }
}
