package mechanics.linalg;

import java.util.Arrays;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product in Java, for machines where no native BLAS loads. Panels of both factors are packed so that
 * the inner loop reads them in order and keeps a tile of the result in registers (Goto and van de Geijn 2008). One
 * thread; a few times slower than a tuned native library.
 */
final class DoubleJavaGemm {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Rows of a tile: with two vectors a row, twelve accumulators, which all machines have registers for. */
    private static final int TILE = 6;
    /** Terms summed in one go: a packed panel then stays in the first-level cache. */
    private static final int DEPTH = 256;
    /** Columns of the right factor packed at a time, a multiple of every tile's width. */
    private static final int WIDTH = 2048;

    private DoubleJavaGemm() {}

    /**
     * c = α op(a) op(b) + β c for matrices in double arrays, each given by its array, the index of its first entry and
     * its stride from row to row.
     */
    static void multiply(boolean transposeA, boolean transposeB, int m, int n, int k, double alpha,
            double[] a, int atA,
            int strideA, double[] b, int atB, int strideB, double beta, double[] c, int atC, int strideC) {
        for (int i = 0; i < m; i++) {
            int row = atC + i * strideC;
            if (beta == 0) {
                Arrays.fill(c, row, row + n, 0);
            } else {
                for (int j = row; j < row + n; j++) c[j] *= beta;
            }
        }
        int depth = Math.min(k, DEPTH);
        int across = 2 * LANES;
        int width = Math.min(roundUp(n, across), WIDTH);
        var packedB = new double[depth * width];
        var packedA = new double[depth * TILE];
        var tile = new double[TILE * across];
        for (int p = 0; p < k; p += DEPTH) {
            int d = Math.min(DEPTH, k - p);
            for (int j = 0; j < n; j += WIDTH) {
                int w = Math.min(WIDTH, n - j);
                for (int s = 0; s < w; s += across) {
                    pack(b, transposeB ? atB + (j + s) * strideB + p : atB + p * strideB + j + s,
                            transposeB ? strideB : 1, transposeB ? 1 : strideB, Math.min(across, w - s),
                            across, d,
                            packedB, s * d);
                }
                for (int i = 0; i < m; i += TILE) {
                    int h = Math.min(TILE, m - i);
                    pack(a, transposeA ? atA + p * strideA + i : atA + i * strideA + p,
                            transposeA ? 1 : strideA,
                            transposeA ? strideA : 1, h, TILE, d, packedA, 0);
                    for (int s = 0; s < w; s += across) {
                        tile(packedA, packedB, s * d, d, tile);
                        int e = Math.min(across, w - s);
                        for (int r = 0; r < h; r++) {
                            int row = atC + (i + r) * strideC + j + s;
                            for (int q = 0; q < e; q++) c[row + q] += alpha * tile[r * across + q];
                        }
                    }
                }
            }
        }
    }

    /** Copies a panel so that the {@code size} numbers used together lie together, padded with zeros. */
    private static void pack(double[] x, int at, int stride, int step, int count, int size, int depth,
            double[] packed,
            int to) {
        for (int l = 0; l < depth; l++) {
            int row = to + l * size;
            for (int i = 0; i < count; i++) packed[row + i] = x[at + i * stride + l * step];
            Arrays.fill(packed, row + count, row + size, 0);
        }
    }

    /** One tile of the product, {@code TILE} rows of two vectors, kept in twelve registers. */
    private static void tile(double[] a, double[] b, int atB, int depth, double[] tile) {
        var c0l = DoubleVector.zero(SPECIES);
        var c0r = DoubleVector.zero(SPECIES);
        var c1l = DoubleVector.zero(SPECIES);
        var c1r = DoubleVector.zero(SPECIES);
        var c2l = DoubleVector.zero(SPECIES);
        var c2r = DoubleVector.zero(SPECIES);
        var c3l = DoubleVector.zero(SPECIES);
        var c3r = DoubleVector.zero(SPECIES);
        var c4l = DoubleVector.zero(SPECIES);
        var c4r = DoubleVector.zero(SPECIES);
        var c5l = DoubleVector.zero(SPECIES);
        var c5r = DoubleVector.zero(SPECIES);
        for (int l = 0, pa = 0, pb = atB; l < depth; l++, pa += TILE, pb += 2 * LANES) {
            var left = DoubleVector.fromArray(SPECIES, b, pb);
            var right = DoubleVector.fromArray(SPECIES, b, pb + LANES);
            var a0 = DoubleVector.broadcast(SPECIES, a[pa + 0]);
            c0l = a0.fma(left, c0l);
            c0r = a0.fma(right, c0r);
            var a1 = DoubleVector.broadcast(SPECIES, a[pa + 1]);
            c1l = a1.fma(left, c1l);
            c1r = a1.fma(right, c1r);
            var a2 = DoubleVector.broadcast(SPECIES, a[pa + 2]);
            c2l = a2.fma(left, c2l);
            c2r = a2.fma(right, c2r);
            var a3 = DoubleVector.broadcast(SPECIES, a[pa + 3]);
            c3l = a3.fma(left, c3l);
            c3r = a3.fma(right, c3r);
            var a4 = DoubleVector.broadcast(SPECIES, a[pa + 4]);
            c4l = a4.fma(left, c4l);
            c4r = a4.fma(right, c4r);
            var a5 = DoubleVector.broadcast(SPECIES, a[pa + 5]);
            c5l = a5.fma(left, c5l);
            c5r = a5.fma(right, c5r);
        }
        c0l.intoArray(tile, 0 * LANES);
        c0r.intoArray(tile, 1 * LANES);
        c1l.intoArray(tile, 2 * LANES);
        c1r.intoArray(tile, 3 * LANES);
        c2l.intoArray(tile, 4 * LANES);
        c2r.intoArray(tile, 5 * LANES);
        c3l.intoArray(tile, 6 * LANES);
        c3r.intoArray(tile, 7 * LANES);
        c4l.intoArray(tile, 8 * LANES);
        c4r.intoArray(tile, 9 * LANES);
        c5l.intoArray(tile, 10 * LANES);
        c5r.intoArray(tile, 11 * LANES);
    }

    private static int roundUp(int n, int multiple) { return (n + multiple - 1) / multiple * multiple; }
}
