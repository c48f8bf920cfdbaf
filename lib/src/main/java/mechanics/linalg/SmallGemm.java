package mechanics.linalg;

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
    static final int MOST_DEPTH = 512;
    /** Rows of a tile: with two vectors a row, as many sums at once as the latency of a multiply–add asks for. */
    static final int ROWS = 4;

    private SmallGemm() {}

    /**
     * Whether a product of two matrices is better computed here than by a library. Compares with about what a library
     * takes for matrices of this size: half the speed of the registers, a copy of both factors, and a call. The
     * numbers were measured with OpenBLAS on a machine of 16 lanes.
     */
    static boolean suits(boolean transposeA, boolean transposeB, int m, int n, int k, int lanes) {
        long work = (long) m * n * k;
        if (k > MOST_DEPTH || work > MOST_WORK) return false;
        if (!Blas.available()) return true;
        long library = 2 * work / lanes + ((long) m * k + (long) k * n) / 2 + 7500;
        return Math.min(straight(transposeB, m, n, k, lanes), turned(transposeA, m, n, k, lanes)) < library;
    }

    /** Whether C = A B is the cheaper product to compute, not Cᵀ = Bᵀ Aᵀ. */
    static boolean straight(boolean transposeA, boolean transposeB, int m, int n, int k, int lanes) {
        return straight(transposeB, m, n, k, lanes) <= turned(transposeA, m, n, k, lanes);
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
}
