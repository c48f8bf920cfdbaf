package mechanics.linalg;

import static mechanics.linalg.SmallGemm.MOST_DEPTH;
import static mechanics.linalg.SmallGemm.ROWS;

import java.util.Arrays;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link SmallGemm} on {@code double[]}. */
final class DoubleSmallGemm {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final ThreadLocal<double[]> PANEL = ThreadLocal
            .withInitial(() -> new double[(MOST_DEPTH + ROWS) * 2 * LANES]);

    private DoubleSmallGemm() {}

    /** Whether a product of two matrices is better computed here than by a library. */
    static boolean suits(boolean transposeA, boolean transposeB, int m, int n, int k) {
        return SmallGemm.suits(transposeA, transposeB, m, n, k, LANES);
    }

    /**
     * c = α op(a) op(b) + β c for matrices in double arrays, each given by its array, the index of its first entry and
     * its stride from row to row.
     */
    static void multiply(boolean transposeA, boolean transposeB, int m, int n, int k, double alpha,
            double[] a,
            int atA, int strideA, double[] b, int atB, int strideB, double beta, double[] c, int atC,
            int strideC) {
        boolean straight = SmallGemm.straight(transposeA, transposeB, m, n, k, LANES);
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
        int across = 2 * LANES;
        double[] panel = PANEL.get();
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
        int across = 2 * LANES;
        if (width < across) Arrays.fill(panel, 0, k * across, 0);
        for (int j = 0; j < width; j++) {
            for (int l = 0; l < k; l++) panel[l * across + j] = b[at + j * step + l * term];
        }
    }

    /** The rows of a tile of the result: c = α sums + β c. Modified: c. */
    private static void put(double[] tile, int at, int height, double alpha, double beta, double[] c, int to,
            int step) {
        for (int r = 0; r < height; r++) {
            int from = at + r * 2 * LANES;
            int row = to + r * step;
            for (int j = 0; j < 2 * LANES; j += LANES) {
                var sum = DoubleVector.fromArray(SPECIES, tile, from + j).mul(alpha);
                if (beta != 0) sum = DoubleVector.fromArray(SPECIES, c, row + j).mul(beta).add(sum);
                sum.intoArray(c, row + j);
            }
        }
    }

    /** {@link #put}, one by one. Modified: c. */
    private static void scatter(double[] tile, int at, int height, int width, double alpha, double beta,
            double[] c, int to, int step, int column) {
        for (int r = 0; r < height; r++) {
            int from = at + r * 2 * LANES;
            int row = to + r * step;
            for (int j = 0; j < width; j++) {
                double sum = alpha * tile[from + j];
                c[row + j * column] = beta == 0 ? sum : sum + beta * c[row + j * column];
            }
        }
    }

    /** The sums of a tile, a b; rows beyond the height repeat the last one. Modified: sums. */
    static void tile(int height, int k, double[] a, int atA, int step, int term, double[] b, int atB,
            int termB, double[] sums, int to) {
        int a0 = atA;
        int a1 = height > 1 ? a0 + step : a0;
        int a2 = height > 2 ? a1 + step : a1;
        int a3 = height > 3 ? a2 + step : a2;
        var l0 = DoubleVector.zero(SPECIES);
        var r0 = DoubleVector.zero(SPECIES);
        var l1 = DoubleVector.zero(SPECIES);
        var r1 = DoubleVector.zero(SPECIES);
        var l2 = DoubleVector.zero(SPECIES);
        var r2 = DoubleVector.zero(SPECIES);
        var l3 = DoubleVector.zero(SPECIES);
        var r3 = DoubleVector.zero(SPECIES);
        for (int l = 0, x = 0, y = atB; l < k; l++, x += term, y += termB) {
            var left = DoubleVector.fromArray(SPECIES, b, y);
            var right = DoubleVector.fromArray(SPECIES, b, y + LANES);
            var x0 = DoubleVector.broadcast(SPECIES, a[a0 + x]);
            l0 = x0.fma(left, l0);
            r0 = x0.fma(right, r0);
            var x1 = DoubleVector.broadcast(SPECIES, a[a1 + x]);
            l1 = x1.fma(left, l1);
            r1 = x1.fma(right, r1);
            var x2 = DoubleVector.broadcast(SPECIES, a[a2 + x]);
            l2 = x2.fma(left, l2);
            r2 = x2.fma(right, r2);
            var x3 = DoubleVector.broadcast(SPECIES, a[a3 + x]);
            l3 = x3.fma(left, l3);
            r3 = x3.fma(right, r3);
        }
        l0.intoArray(sums, to);
        r0.intoArray(sums, to + LANES);
        l1.intoArray(sums, to + 2 * LANES);
        r1.intoArray(sums, to + 3 * LANES);
        l2.intoArray(sums, to + 4 * LANES);
        r2.intoArray(sums, to + 5 * LANES);
        l3.intoArray(sums, to + 6 * LANES);
        r3.intoArray(sums, to + 7 * LANES);
    }
}
