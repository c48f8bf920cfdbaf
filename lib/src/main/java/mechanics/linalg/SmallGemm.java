package mechanics.linalg;

import java.util.Arrays;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of matrices small enough to stay in the cache. A library's product copies its factors into an order in
 * which large ones are read fast, and for a batch of some tens of samples that copy takes longer than the product;
 * this one reads them where they lie. Every entry is summed in the order of its terms, whatever the width of the
 * vectors.
 *
 * <p>The result is computed in tiles of {@value #ROWS} rows by two vectors, kept in registers: entries of the left
 * factor are read one by one, rows of the right one as vectors. Where the right factor does not lie in rows, a panel
 * of it is copied first; and as C = A B is also Cᵀ = Bᵀ Aᵀ, the cheaper of the two is computed. One thread.
 */
final class SmallGemm {
    /** Multiply–adds beyond which the library's product is faster, or runs on several threads. */
    private static final long MOST_WORK = 1L << 22;
    /** Terms beyond which a panel of the right factor leaves the first-level cache. */
    private static final int MOST_DEPTH = 512;
    /** Rows of a tile: with two vectors a row, as many sums at once as the latency of a multiply–add asks for. */
    private static final int ROWS = 4;

    private static final VectorSpecies<Float> FLOAT_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int FLOAT_LANES = FLOAT_SPECIES.length();
    private static final ThreadLocal<float[]> FLOAT_PANEL = ThreadLocal
            .withInitial(() -> new float[(MOST_DEPTH + ROWS) * 2 * FLOAT_LANES]);
    private static final VectorSpecies<Double> DOUBLE_SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int DOUBLE_LANES = DOUBLE_SPECIES.length();
    private static final ThreadLocal<double[]> DOUBLE_PANEL = ThreadLocal
            .withInitial(() -> new double[(MOST_DEPTH + ROWS) * 2 * DOUBLE_LANES]);

    private SmallGemm() {}

    /** Whether a product of two matrices in single precision is better computed here than by a library. */
    static boolean suitsFloats(boolean transposeA, boolean transposeB, int m, int n, int k) {
        return suits(transposeA, transposeB, m, n, k, FLOAT_LANES);
    }

    /** Whether a product of two matrices in double precision is better computed here than by a library. */
    static boolean suitsDoubles(boolean transposeA, boolean transposeB, int m, int n, int k) {
        return suits(transposeA, transposeB, m, n, k, DOUBLE_LANES);
    }

    /**
     * Compares with about what a library takes for matrices of this size: half the speed of the registers, a copy of
     * both factors, and a call. The numbers were measured with OpenBLAS on a machine of 16 lanes.
     */
    private static boolean suits(boolean transposeA, boolean transposeB, int m, int n, int k, int lanes) {
        long work = (long) m * n * k;
        if (k > MOST_DEPTH || work > MOST_WORK) return false;
        if (!Blas.available()) return true;
        long library = 2 * work / lanes + ((long) m * k + (long) k * n) / 2 + 7500;
        return Math.min(straight(transposeB, m, n, k, lanes), turned(transposeA, m, n, k, lanes)) < library;
    }

    /** The cost of C = A B. */
    private static long straight(boolean transposeB, int m, int n, int k, int lanes) {
        return cost(m, n, k, transposeB, false, lanes);
    }

    /** The cost of Cᵀ = Bᵀ Aᵀ. */
    private static long turned(boolean transposeA, int m, int n, int k, int lanes) {
        return cost(n, m, k, !transposeA, true, lanes);
    }

    /**
     * About how long a product takes, in multiply–adds of a vector: whole tiles, and what is copied one by one.
     *
     * @param copied whether panels of the right factor are copied, as the last one is if it is not whole
     * @param scattered whether the result is
     */
    private static long cost(int m, int n, int k, boolean copied, boolean scattered, int lanes) {
        int across = 2 * lanes;
        long tiles = (m + ROWS - 1L) / ROWS * ((n + across - 1L) / across);
        long copies = (long) k * (copied ? n : n % across) + (long) m * (scattered ? n : n % across);
        return tiles * (2 * ROWS * k + 100) + 2 * copies;
    }

    /**
     * c = α op(a) op(b) + β c for matrices in float arrays, each given by its array, the index of its first entry and
     * its stride from row to row.
     */
    static void multiply(boolean transposeA, boolean transposeB, int m, int n, int k, float alpha, float[] a,
            int atA, int strideA, float[] b, int atB, int strideB, float beta, float[] c, int atC,
            int strideC) {
        boolean straight = straight(transposeB, m, n, k, FLOAT_LANES) <= turned(transposeA, m, n, k,
                FLOAT_LANES);
        int stepA = transposeA ? 1 : strideA;
        int termA = transposeA ? strideA : 1;
        int stepB = transposeB ? strideB : 1;
        int termB = transposeB ? 1 : strideB;
        if (straight) {
            panels(m, n, k, alpha, a, atA, stepA, termA, b, atB, stepB, termB, beta, c, atC, strideC, 1);
        } else {
            panels(n, m, k, alpha, b, atB, stepB, termB, a, atA, stepA, termA, beta, c, atC, 1, strideC);
        }
    }

    /**
     * The product, a panel of two vectors of columns at a time. Each matrix has a step from row to row of the result
     * or from column to column, and a step from term to term.
     */
    private static void panels(int m, int n, int k, float alpha, float[] a, int atA, int stepA, int termA,
            float[] b, int atB, int stepB, int termB, float beta, float[] c, int atC, int stepC,
            int columnC) {
        int across = 2 * FLOAT_LANES;
        float[] panel = FLOAT_PANEL.get();
        int sums = MOST_DEPTH * across;
        for (int j = 0; j < n; j += across) {
            int width = Math.min(across, n - j);
            boolean inPlace = width == across && stepB == 1;
            float[] right = inPlace ? b : panel;
            int atRight = inPlace ? atB + j : 0;
            int termRight = inPlace ? termB : across;
            if (!inPlace) pack(b, atB + j * stepB, stepB, termB, width, k, panel);
            for (int i = 0; i < m; i += ROWS) {
                int height = Math.min(ROWS, m - i);
                int to = atC + i * stepC + j * columnC;
                tile(height, k, a, atA + i * stepA, stepA, termA, right, atRight, termRight, panel, sums);
                if (width == across && columnC == 1) {
                    put(panel, sums, height, alpha, beta, c, to, stepC);
                } else {
                    scatter(panel, sums, height, width, alpha, beta, c, to, stepC, columnC);
                }
            }
        }
    }

    /** Copies columns of the right factor to rows of two vectors, filled up with zeros. Modified: panel. */
    private static void pack(float[] b, int at, int step, int term, int width, int k, float[] panel) {
        int across = 2 * FLOAT_LANES;
        if (width < across) Arrays.fill(panel, 0, k * across, 0);
        for (int j = 0; j < width; j++) {
            for (int l = 0; l < k; l++) panel[l * across + j] = b[at + j * step + l * term];
        }
    }

    /** The rows of a tile of the result: c = α sums + β c. Modified: c. */
    private static void put(float[] tile, int at, int height, float alpha, float beta, float[] c, int to,
            int step) {
        for (int r = 0; r < height; r++) {
            int from = at + r * 2 * FLOAT_LANES;
            int row = to + r * step;
            for (int j = 0; j < 2 * FLOAT_LANES; j += FLOAT_LANES) {
                var sum = FloatVector.fromArray(FLOAT_SPECIES, tile, from + j).mul(alpha);
                if (beta != 0) sum = FloatVector.fromArray(FLOAT_SPECIES, c, row + j).mul(beta).add(sum);
                sum.intoArray(c, row + j);
            }
        }
    }

    /** {@link #put}, one by one. Modified: c. */
    private static void scatter(float[] tile, int at, int height, int width, float alpha, float beta,
            float[] c, int to, int step, int column) {
        for (int r = 0; r < height; r++) {
            int from = at + r * 2 * FLOAT_LANES;
            int row = to + r * step;
            for (int j = 0; j < width; j++) {
                float sum = alpha * tile[from + j];
                c[row + j * column] = beta == 0 ? sum : sum + beta * c[row + j * column];
            }
        }
    }

    /** The sums of a tile, a b; rows beyond the height repeat the last one. Modified: sums. */
    private static void tile(int height, int k, float[] a, int atA, int step, int term, float[] b, int atB,
            int termB, float[] sums, int to) {
        int a0 = atA;
        int a1 = height > 1 ? a0 + step : a0;
        int a2 = height > 2 ? a1 + step : a1;
        int a3 = height > 3 ? a2 + step : a2;
        var l0 = FloatVector.zero(FLOAT_SPECIES);
        var r0 = FloatVector.zero(FLOAT_SPECIES);
        var l1 = FloatVector.zero(FLOAT_SPECIES);
        var r1 = FloatVector.zero(FLOAT_SPECIES);
        var l2 = FloatVector.zero(FLOAT_SPECIES);
        var r2 = FloatVector.zero(FLOAT_SPECIES);
        var l3 = FloatVector.zero(FLOAT_SPECIES);
        var r3 = FloatVector.zero(FLOAT_SPECIES);
        for (int l = 0, x = 0, y = atB; l < k; l++, x += term, y += termB) {
            var left = FloatVector.fromArray(FLOAT_SPECIES, b, y);
            var right = FloatVector.fromArray(FLOAT_SPECIES, b, y + FLOAT_LANES);
            var x0 = FloatVector.broadcast(FLOAT_SPECIES, a[a0 + x]);
            l0 = x0.fma(left, l0);
            r0 = x0.fma(right, r0);
            var x1 = FloatVector.broadcast(FLOAT_SPECIES, a[a1 + x]);
            l1 = x1.fma(left, l1);
            r1 = x1.fma(right, r1);
            var x2 = FloatVector.broadcast(FLOAT_SPECIES, a[a2 + x]);
            l2 = x2.fma(left, l2);
            r2 = x2.fma(right, r2);
            var x3 = FloatVector.broadcast(FLOAT_SPECIES, a[a3 + x]);
            l3 = x3.fma(left, l3);
            r3 = x3.fma(right, r3);
        }
        l0.intoArray(sums, to);
        r0.intoArray(sums, to + FLOAT_LANES);
        l1.intoArray(sums, to + 2 * FLOAT_LANES);
        r1.intoArray(sums, to + 3 * FLOAT_LANES);
        l2.intoArray(sums, to + 4 * FLOAT_LANES);
        r2.intoArray(sums, to + 5 * FLOAT_LANES);
        l3.intoArray(sums, to + 6 * FLOAT_LANES);
        r3.intoArray(sums, to + 7 * FLOAT_LANES);
    }

    /**
     * c = α op(a) op(b) + β c for matrices in double arrays, each given by its array, the index of its first entry and
     * its stride from row to row.
     */
    static void multiply(boolean transposeA, boolean transposeB, int m, int n, int k, double alpha,
            double[] a,
            int atA, int strideA, double[] b, int atB, int strideB, double beta, double[] c, int atC,
            int strideC) {
        boolean straight = straight(transposeB, m, n, k, DOUBLE_LANES) <= turned(transposeA, m, n, k,
                DOUBLE_LANES);
        int stepA = transposeA ? 1 : strideA;
        int termA = transposeA ? strideA : 1;
        int stepB = transposeB ? strideB : 1;
        int termB = transposeB ? 1 : strideB;
        if (straight) {
            panels(m, n, k, alpha, a, atA, stepA, termA, b, atB, stepB, termB, beta, c, atC, strideC, 1);
        } else {
            panels(n, m, k, alpha, b, atB, stepB, termB, a, atA, stepA, termA, beta, c, atC, 1, strideC);
        }
    }

    /**
     * The product, a panel of two vectors of columns at a time. Each matrix has a step from row to row of the result
     * or from column to column, and a step from term to term.
     */
    private static void panels(int m, int n, int k, double alpha, double[] a, int atA, int stepA, int termA,
            double[] b, int atB, int stepB, int termB, double beta, double[] c, int atC, int stepC,
            int columnC) {
        int across = 2 * DOUBLE_LANES;
        double[] panel = DOUBLE_PANEL.get();
        int sums = MOST_DEPTH * across;
        for (int j = 0; j < n; j += across) {
            int width = Math.min(across, n - j);
            boolean inPlace = width == across && stepB == 1;
            double[] right = inPlace ? b : panel;
            int atRight = inPlace ? atB + j : 0;
            int termRight = inPlace ? termB : across;
            if (!inPlace) pack(b, atB + j * stepB, stepB, termB, width, k, panel);
            for (int i = 0; i < m; i += ROWS) {
                int height = Math.min(ROWS, m - i);
                int to = atC + i * stepC + j * columnC;
                tile(height, k, a, atA + i * stepA, stepA, termA, right, atRight, termRight, panel, sums);
                if (width == across && columnC == 1) {
                    put(panel, sums, height, alpha, beta, c, to, stepC);
                } else {
                    scatter(panel, sums, height, width, alpha, beta, c, to, stepC, columnC);
                }
            }
        }
    }

    /** Copies columns of the right factor to rows of two vectors, filled up with zeros. Modified: panel. */
    private static void pack(double[] b, int at, int step, int term, int width, int k, double[] panel) {
        int across = 2 * DOUBLE_LANES;
        if (width < across) Arrays.fill(panel, 0, k * across, 0);
        for (int j = 0; j < width; j++) {
            for (int l = 0; l < k; l++) panel[l * across + j] = b[at + j * step + l * term];
        }
    }

    /** The rows of a tile of the result: c = α sums + β c. Modified: c. */
    private static void put(double[] tile, int at, int height, double alpha, double beta, double[] c, int to,
            int step) {
        for (int r = 0; r < height; r++) {
            int from = at + r * 2 * DOUBLE_LANES;
            int row = to + r * step;
            for (int j = 0; j < 2 * DOUBLE_LANES; j += DOUBLE_LANES) {
                var sum = DoubleVector.fromArray(DOUBLE_SPECIES, tile, from + j).mul(alpha);
                if (beta != 0) sum = DoubleVector.fromArray(DOUBLE_SPECIES, c, row + j).mul(beta).add(sum);
                sum.intoArray(c, row + j);
            }
        }
    }

    /** {@link #put}, one by one. Modified: c. */
    private static void scatter(double[] tile, int at, int height, int width, double alpha, double beta,
            double[] c, int to, int step, int column) {
        for (int r = 0; r < height; r++) {
            int from = at + r * 2 * DOUBLE_LANES;
            int row = to + r * step;
            for (int j = 0; j < width; j++) {
                double sum = alpha * tile[from + j];
                c[row + j * column] = beta == 0 ? sum : sum + beta * c[row + j * column];
            }
        }
    }

    /** The sums of a tile, a b; rows beyond the height repeat the last one. Modified: sums. */
    private static void tile(int height, int k, double[] a, int atA, int step, int term, double[] b, int atB,
            int termB, double[] sums, int to) {
        int a0 = atA;
        int a1 = height > 1 ? a0 + step : a0;
        int a2 = height > 2 ? a1 + step : a1;
        int a3 = height > 3 ? a2 + step : a2;
        var l0 = DoubleVector.zero(DOUBLE_SPECIES);
        var r0 = DoubleVector.zero(DOUBLE_SPECIES);
        var l1 = DoubleVector.zero(DOUBLE_SPECIES);
        var r1 = DoubleVector.zero(DOUBLE_SPECIES);
        var l2 = DoubleVector.zero(DOUBLE_SPECIES);
        var r2 = DoubleVector.zero(DOUBLE_SPECIES);
        var l3 = DoubleVector.zero(DOUBLE_SPECIES);
        var r3 = DoubleVector.zero(DOUBLE_SPECIES);
        for (int l = 0, x = 0, y = atB; l < k; l++, x += term, y += termB) {
            var left = DoubleVector.fromArray(DOUBLE_SPECIES, b, y);
            var right = DoubleVector.fromArray(DOUBLE_SPECIES, b, y + DOUBLE_LANES);
            var x0 = DoubleVector.broadcast(DOUBLE_SPECIES, a[a0 + x]);
            l0 = x0.fma(left, l0);
            r0 = x0.fma(right, r0);
            var x1 = DoubleVector.broadcast(DOUBLE_SPECIES, a[a1 + x]);
            l1 = x1.fma(left, l1);
            r1 = x1.fma(right, r1);
            var x2 = DoubleVector.broadcast(DOUBLE_SPECIES, a[a2 + x]);
            l2 = x2.fma(left, l2);
            r2 = x2.fma(right, r2);
            var x3 = DoubleVector.broadcast(DOUBLE_SPECIES, a[a3 + x]);
            l3 = x3.fma(left, l3);
            r3 = x3.fma(right, r3);
        }
        l0.intoArray(sums, to);
        r0.intoArray(sums, to + DOUBLE_LANES);
        l1.intoArray(sums, to + 2 * DOUBLE_LANES);
        r1.intoArray(sums, to + 3 * DOUBLE_LANES);
        l2.intoArray(sums, to + 4 * DOUBLE_LANES);
        r2.intoArray(sums, to + 5 * DOUBLE_LANES);
        l3.intoArray(sums, to + 6 * DOUBLE_LANES);
        r3.intoArray(sums, to + 7 * DOUBLE_LANES);
    }
}
