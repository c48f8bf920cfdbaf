package mechanics.linalg;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The call of {@link Blas} on {@code double[]}. */
final class DoubleBlas {
    private static final int ROW_MAJOR = 101;
    private static final int NO_TRANSPOSE = 111;
    private static final int TRANSPOSE = 112;
    private static final MethodHandle GEMM = Blas.gemm(Precision.FLOAT64);

    private DoubleBlas() {}

    static void gemm(boolean transposeA, boolean transposeB, int m, int n, int k, double alpha,
            MemorySegment a,
            int strideA, MemorySegment b, int strideB, double beta, MemorySegment c, int strideC) {
        Blas.useThreadsFor((long) m * n * k);
        try {
            GEMM.invokeExact(ROW_MAJOR, transposeA ? TRANSPOSE : NO_TRANSPOSE,
                    transposeB ? TRANSPOSE : NO_TRANSPOSE, m, n, k, alpha, a, strideA, b, strideB, beta, c,
                    strideC);
        } catch (Throwable e) {
            throw new IllegalStateException("the native matrix product failed", e);
        }
    }
}
