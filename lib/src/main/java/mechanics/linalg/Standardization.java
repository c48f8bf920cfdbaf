package mechanics.linalg;

import java.util.Arrays;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Standardization to mean 0 and variance 1, x̂ = r (x − mean x) with r = 1 / √(var x + ε), and its first and second
 * derivatives: of every row for layer normalization, of every column for batch normalization. The derivative along v
 * is N(v) = r (v − mean v − x̂ mean(x̂ v)); it is symmetric, and so is also the adjoint.
 */
public final class Standardization {
    private static final VectorSpecies<Float> FLOAT_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLE_SPECIES = DoubleVector.SPECIES_PREFERRED;

    private Standardization() {}

    /** xHat = x standardized row by row and r = 1/√(var + ε), one for each row. Modified: xHat and r. */
    public static void rows(Array x, double epsilon, Array xHat, Array r) {
        int width = width(xHat, r.length(), x);
        switch (xHat) {
            case FloatArray f ->
                rows(((FloatArray) x).storage(), x.offset, (float) epsilon, f.storage(), f.offset,
                        ((FloatArray) r).storage(), r.offset, r.length(), width);
            case DoubleArray d -> rows(((DoubleArray) x).storage(), x.offset, epsilon, d.storage(), d.offset,
                    ((DoubleArray) r).storage(), r.offset, r.length(), width);
        }
    }

    /**
     * y = N(v) + β y row by row, and, where {@code rTangent} is not null, rTangent = −r² mean(x̂ v), the derivative
     * of r along v. Modified: y and rTangent.
     */
    public static void rowsDerivative(Array xHat, Array r, Array v, double beta, Array y, Array rTangent) {
        int width = width(xHat, r.length(), v);
        width(y, r.length(), v);
        switch (y) {
            case FloatArray f -> rowsDerivative(((FloatArray) xHat).storage(), xHat.offset,
                    ((FloatArray) r).storage(), r.offset, ((FloatArray) v).storage(), v.offset, (float) beta,
                    f.storage(), f.offset, rTangent == null ? null : ((FloatArray) rTangent).storage(),
                    rTangent == null ? 0 : rTangent.offset, r.length(), width);
            case DoubleArray d -> rowsDerivative(((DoubleArray) xHat).storage(), xHat.offset,
                    ((DoubleArray) r).storage(), r.offset, ((DoubleArray) v).storage(), v.offset, beta,
                    d.storage(), d.offset, rTangent == null ? null : ((DoubleArray) rTangent).storage(),
                    rTangent == null ? 0 : rTangent.offset, r.length(), width);
        }
    }

    /**
     * y = Ṅ(v) + y row by row: the change of N with x̂ and r, for the same v,
     * Ṅ(v) = ṙ (v − mean v − x̂ mean(x̂ v)) − r (x̂̇ mean(x̂ v) + x̂ mean(x̂̇ v)). Modified: y.
     */
    public static void addRowsSecondDerivative(Array xHat, Array xHatTangent, Array r, Array rTangent,
            Array v,
            Array y) {
        int width = width(xHat, r.length(), v);
        width(y, r.length(), xHatTangent);
        switch (y) {
            case FloatArray f -> addRowsSecondDerivative(((FloatArray) xHat).storage(), xHat.offset,
                    ((FloatArray) xHatTangent).storage(), xHatTangent.offset, ((FloatArray) r).storage(),
                    r.offset,
                    ((FloatArray) rTangent).storage(), rTangent.offset, ((FloatArray) v).storage(), v.offset,
                    f.storage(), f.offset, r.length(), width);
            case DoubleArray d -> addRowsSecondDerivative(((DoubleArray) xHat).storage(), xHat.offset,
                    ((DoubleArray) xHatTangent).storage(), xHatTangent.offset, ((DoubleArray) r).storage(),
                    r.offset, ((DoubleArray) rTangent).storage(), rTangent.offset,
                    ((DoubleArray) v).storage(),
                    v.offset, d.storage(), d.offset, r.length(), width);
        }
    }

    /**
     * xHat = x standardized column by column and r = 1/√(var + ε), one for each column. Modified: xHat, r and the
     * sums, which have two entries for each column.
     */
    public static void columns(Array x, double epsilon, Array xHat, Array r, double[] sums) {
        int rows = width(xHat, r.length(), x);
        check(sums, 2 * r.length());
        switch (xHat) {
            case FloatArray f -> columns(((FloatArray) x).storage(), x.offset, epsilon, f.storage(), f.offset,
                    ((FloatArray) r).storage(), r.offset, rows, r.length(), sums);
            case DoubleArray d ->
                columns(((DoubleArray) x).storage(), x.offset, epsilon, d.storage(), d.offset,
                        ((DoubleArray) r).storage(), r.offset, rows, r.length(), sums);
        }
    }

    /**
     * {@link #rowsDerivative} for columns. Modified: y, rTangent and the sums, two entries for each column.
     */
    public static void columnsDerivative(Array xHat, Array r, Array v, double beta, Array y, Array rTangent,
            double[] sums) {
        int rows = width(xHat, r.length(), v);
        width(y, r.length(), v);
        check(sums, 2 * r.length());
        switch (y) {
            case FloatArray f -> columnsDerivative(((FloatArray) xHat).storage(), xHat.offset,
                    ((FloatArray) r).storage(), r.offset, ((FloatArray) v).storage(), v.offset, (float) beta,
                    f.storage(), f.offset, rows, r.length(), sums);
            case DoubleArray d -> columnsDerivative(((DoubleArray) xHat).storage(), xHat.offset,
                    ((DoubleArray) r).storage(), r.offset, ((DoubleArray) v).storage(), v.offset, beta,
                    d.storage(), d.offset, rows, r.length(), sums);
        }
        if (rTangent == null) return;
        for (int j = 0; j < r.length(); j++) {
            rTangent.set(j, -r.get(j) * r.get(j) * sums[r.length() + j] / rows);
        }
    }

    /**
     * {@link #addRowsSecondDerivative} for columns. Modified: y and the sums, three entries for each column.
     */
    public static void addColumnsSecondDerivative(Array xHat, Array xHatTangent, Array r, Array rTangent,
            Array v,
            Array y, double[] sums) {
        int rows = width(xHat, r.length(), v);
        width(y, r.length(), xHatTangent);
        check(sums, 3 * r.length());
        switch (y) {
            case FloatArray f -> addColumnsSecondDerivative(((FloatArray) xHat).storage(), xHat.offset,
                    ((FloatArray) xHatTangent).storage(), xHatTangent.offset, ((FloatArray) r).storage(),
                    r.offset,
                    ((FloatArray) rTangent).storage(), rTangent.offset, ((FloatArray) v).storage(), v.offset,
                    f.storage(), f.offset, rows, r.length(), sums);
            case DoubleArray d -> addColumnsSecondDerivative(((DoubleArray) xHat).storage(), xHat.offset,
                    ((DoubleArray) xHatTangent).storage(), xHatTangent.offset, ((DoubleArray) r).storage(),
                    r.offset, ((DoubleArray) rTangent).storage(), rTangent.offset,
                    ((DoubleArray) v).storage(),
                    v.offset, d.storage(), d.offset, rows, r.length(), sums);
        }
    }

    /** The length of each of {@code count} equal rows that fill the matrix, or of its columns. */
    private static int width(Array matrix, int count, Array other) {
        Array.check(other.length(), matrix.length(), "length of the argument");
        if (count == 0 || matrix.length() % count != 0) {
            throw new IllegalArgumentException(
                    "matrix of " + matrix.length() + " entries: expected a multiple of "
                            + count + ", the number of standard deviations");
        }
        return matrix.length() / count;
    }

    private static void check(double[] sums, int least) {
        if (sums.length < least) {
            throw new IllegalArgumentException(
                    "sums of " + sums.length + " entries: expected at least " + least);
        }
    }

    private static void rows(float[] x, int atX, float epsilon, float[] y, int atY, float[] r, int atR,
            int rows,
            int width) {
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            int to = atY + i * width;
            float mean = sum(x, from, width) / width;
            for (int j = 0; j < width; j++) y[to + j] = x[from + j] - mean;
            float variance = dot(y, to, y, to, width) / width;
            float scale = 1 / (float) Math.sqrt(variance + epsilon);
            for (int j = to; j < to + width; j++) y[j] *= scale;
            r[atR + i] = scale;
        }
    }

    private static void rowsDerivative(float[] h, int atH, float[] r, int atR, float[] v, int atV, float beta,
            float[] y, int atY, float[] slope, int atSlope, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            float scale = r[atR + i];
            float mean = sum(v, atV + row, width) / width;
            float along = dot(h, atH + row, v, atV + row, width) / width;
            if (beta == 0) {
                for (int j = row; j < row + width; j++) {
                    y[atY + j] = scale * (v[atV + j] - mean - h[atH + j] * along);
                }
            } else {
                for (int j = row; j < row + width; j++) {
                    y[atY + j] = scale * (v[atV + j] - mean - h[atH + j] * along) + beta * y[atY + j];
                }
            }
            if (slope != null) slope[atSlope + i] = -scale * scale * along;
        }
    }

    private static void addRowsSecondDerivative(float[] h, int atH, float[] q, int atQ, float[] r, int atR,
            float[] s,
            int atS, float[] v, int atV, float[] y, int atY, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            float scale = r[atR + i];
            float change = s[atS + i];
            float mean = sum(v, atV + row, width) / width;
            float along = dot(h, atH + row, v, atV + row, width) / width;
            float turn = dot(q, atQ + row, v, atV + row, width) / width;
            for (int j = row; j < row + width; j++) {
                float hat = h[atH + j];
                y[atY + j] += change * (v[atV + j] - mean - hat * along)
                        - scale * (q[atQ + j] * along + hat * turn);
            }
        }
    }

    private static void columns(float[] x, int atX, double epsilon, float[] y, int atY, float[] r, int atR,
            int rows,
            int width, double[] sums) {
        Arrays.fill(sums, 0, 2 * width, 0);
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            for (int j = 0; j < width; j++) sums[j] += x[from + j];
        }
        for (int j = 0; j < width; j++) sums[j] /= rows;
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            for (int j = 0; j < width; j++) {
                double d = x[from + j] - sums[j];
                sums[width + j] += d * d;
            }
        }
        for (int j = 0; j < width; j++) {
            sums[width + j] = 1 / Math.sqrt(sums[width + j] / rows + epsilon);
            r[atR + j] = (float) sums[width + j];
        }
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            int to = atY + i * width;
            for (int j = 0; j < width; j++) {
                y[to + j] = (float) ((x[from + j] - sums[j]) * sums[width + j]);
            }
        }
    }

    private static void columnsDerivative(float[] h, int atH, float[] r, int atR, float[] v, int atV,
            float beta,
            float[] y, int atY, int rows, int width, double[] sums) {
        columnSums(h, atH, v, atV, rows, width, sums);
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                int k = row + j;
                float term = (float) (r[atR + j]
                        * (v[atV + k] - sums[j] / rows - h[atH + k] * (sums[width + j] / rows)));
                y[atY + k] = beta == 0 ? term : term + beta * y[atY + k];
            }
        }
    }

    private static void addColumnsSecondDerivative(float[] h, int atH, float[] q, int atQ, float[] r, int atR,
            float[] s,
            int atS, float[] v, int atV, float[] y, int atY, int rows, int width, double[] sums) {
        columnSums(h, atH, v, atV, rows, width, sums);
        Arrays.fill(sums, 2 * width, 3 * width, 0);
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++)
                sums[2 * width + j] += (double) q[atQ + row + j] * v[atV + row + j];
        }
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                int k = row + j;
                double along = sums[width + j] / rows;
                double hat = h[atH + k];
                y[atY + k] += (float) (s[atS + j] * (v[atV + k] - sums[j] / rows - hat * along)
                        - r[atR + j] * (q[atQ + k] * along + hat * (sums[2 * width + j] / rows)));
            }
        }
    }

    /** Sums over the rows of v, and of h ∘ v. */
    private static void columnSums(float[] h, int atH, float[] v, int atV, int rows, int width,
            double[] sums) {
        Arrays.fill(sums, 0, 2 * width, 0);
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                sums[j] += v[atV + row + j];
                sums[width + j] += (double) h[atH + row + j] * v[atV + row + j];
            }
        }
    }

    private static void rows(double[] x, int atX, double epsilon, double[] y, int atY, double[] r, int atR,
            int rows,
            int width) {
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            int to = atY + i * width;
            double mean = sum(x, from, width) / width;
            for (int j = 0; j < width; j++) y[to + j] = x[from + j] - mean;
            double variance = dot(y, to, y, to, width) / width;
            double scale = 1 / Math.sqrt(variance + epsilon);
            for (int j = to; j < to + width; j++) y[j] *= scale;
            r[atR + i] = scale;
        }
    }

    private static void rowsDerivative(double[] h, int atH, double[] r, int atR, double[] v, int atV,
            double beta,
            double[] y, int atY, double[] slope, int atSlope, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            double scale = r[atR + i];
            double mean = sum(v, atV + row, width) / width;
            double along = dot(h, atH + row, v, atV + row, width) / width;
            if (beta == 0) {
                for (int j = row; j < row + width; j++) {
                    y[atY + j] = scale * (v[atV + j] - mean - h[atH + j] * along);
                }
            } else {
                for (int j = row; j < row + width; j++) {
                    y[atY + j] = scale * (v[atV + j] - mean - h[atH + j] * along) + beta * y[atY + j];
                }
            }
            if (slope != null) slope[atSlope + i] = -scale * scale * along;
        }
    }

    private static void addRowsSecondDerivative(double[] h, int atH, double[] q, int atQ, double[] r, int atR,
            double[] s,
            int atS, double[] v, int atV, double[] y, int atY, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            double scale = r[atR + i];
            double change = s[atS + i];
            double mean = sum(v, atV + row, width) / width;
            double along = dot(h, atH + row, v, atV + row, width) / width;
            double turn = dot(q, atQ + row, v, atV + row, width) / width;
            for (int j = row; j < row + width; j++) {
                double hat = h[atH + j];
                y[atY + j] += change * (v[atV + j] - mean - hat * along)
                        - scale * (q[atQ + j] * along + hat * turn);
            }
        }
    }

    private static void columns(double[] x, int atX, double epsilon, double[] y, int atY, double[] r, int atR,
            int rows,
            int width, double[] sums) {
        Arrays.fill(sums, 0, 2 * width, 0);
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            for (int j = 0; j < width; j++) sums[j] += x[from + j];
        }
        for (int j = 0; j < width; j++) sums[j] /= rows;
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            for (int j = 0; j < width; j++) {
                double d = x[from + j] - sums[j];
                sums[width + j] += d * d;
            }
        }
        for (int j = 0; j < width; j++) {
            sums[width + j] = 1 / Math.sqrt(sums[width + j] / rows + epsilon);
            r[atR + j] = sums[width + j];
        }
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            int to = atY + i * width;
            for (int j = 0; j < width; j++) {
                y[to + j] = ((x[from + j] - sums[j]) * sums[width + j]);
            }
        }
    }

    private static void columnsDerivative(double[] h, int atH, double[] r, int atR, double[] v, int atV,
            double beta,
            double[] y, int atY, int rows, int width, double[] sums) {
        columnSums(h, atH, v, atV, rows, width, sums);
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                int k = row + j;
                double term = (r[atR + j]
                        * (v[atV + k] - sums[j] / rows - h[atH + k] * (sums[width + j] / rows)));
                y[atY + k] = beta == 0 ? term : term + beta * y[atY + k];
            }
        }
    }

    private static void addColumnsSecondDerivative(double[] h, int atH, double[] q, int atQ, double[] r,
            int atR, double[] s,
            int atS, double[] v, int atV, double[] y, int atY, int rows, int width, double[] sums) {
        columnSums(h, atH, v, atV, rows, width, sums);
        Arrays.fill(sums, 2 * width, 3 * width, 0);
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++)
                sums[2 * width + j] += q[atQ + row + j] * v[atV + row + j];
        }
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                int k = row + j;
                double along = sums[width + j] / rows;
                double hat = h[atH + k];
                y[atY + k] += (s[atS + j] * (v[atV + k] - sums[j] / rows - hat * along)
                        - r[atR + j] * (q[atQ + k] * along + hat * (sums[2 * width + j] / rows)));
            }
        }
    }

    /** Sums over the rows of v, and of h ∘ v. */
    private static void columnSums(double[] h, int atH, double[] v, int atV, int rows, int width,
            double[] sums) {
        Arrays.fill(sums, 0, 2 * width, 0);
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                sums[j] += v[atV + row + j];
                sums[width + j] += h[atH + row + j] * v[atV + row + j];
            }
        }
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
