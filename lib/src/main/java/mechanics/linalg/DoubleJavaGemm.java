package mechanics.linalg;

import static mechanics.linalg.SmallGemm.ROWS;

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
        var packedA = new double[depth * ROWS];
        var tile = new double[ROWS * across];
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
                for (int i = 0; i < m; i += ROWS) {
                    int h = Math.min(ROWS, m - i);
                    pack(a, transposeA ? atA + p * strideA + i : atA + i * strideA + p,
                            transposeA ? 1 : strideA,
                            transposeA ? strideA : 1, h, ROWS, d, packedA, 0);
                    for (int s = 0; s < w; s += across) {
                        DoubleSmallGemm.tile(h, d, packedA, 0, 1, ROWS, packedB, s * d, across, tile, 0);
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

    private static int roundUp(int n, int multiple) { return (n + multiple - 1) / multiple * multiple; }
}
