package mechanics.linalg;

import java.util.function.BiConsumer;

import mechanics.measure.curvature.HessianTrace;
import mechanics.measure.curvature.SpectralDensity;

/**
 * A symmetric linear map v ↦ A v of a space of given dimension, known only by what it does to vectors: a Hessian, a
 * preconditioned Hessian, a kernel matrix. What {@link Lanczos}, {@link HessianTrace} and {@link SpectralDensity}
 * need to measure its spectrum, without ever writing down its entries.
 */
public interface SymmetricOperator {
    /** The dimension of the space. */
    int size();

    /** The format of the vectors. */
    Precision precision();

    /** Computes A v. Not modified: v. Modified: result, which is other memory than v. */
    void apply(Array v, Array result);

    /** The operator that computes as told. */
    static SymmetricOperator of(int size, Precision precision, BiConsumer<Array, Array> product) {
        if (size <= 0) throw new IllegalArgumentException("size = " + size + ": expected at least 1");
        return new SymmetricOperator() {
            @Override
            public int size() { return size; }

            @Override
            public Precision precision() { return precision; }

            @Override
            public void apply(Array v, Array result) { product.accept(v, result); }
        };
    }

    /**
     * The operator of a symmetric matrix, in double precision. Cost of a product: n² multiply–adds.
     *
     * @throws IllegalArgumentException where the matrix is not square or not symmetric to rounding
     */
    static SymmetricOperator of(double[][] matrix) {
        if (matrix.length == 0)
            throw new IllegalArgumentException("matrix = []: expected at least one entry");
        return of(Precision.FLOAT64.array(matrix), matrix.length);
    }

    /**
     * The operator of a symmetric n × n matrix that is stored row by row. Not copied, not modified.
     *
     * @throws IllegalArgumentException where the matrix is not n × n, not finite or not symmetric to rounding
     */
    static SymmetricOperator of(Array matrix, int n) {
        requireSymmetric(matrix, n);
        return of(n, matrix.precision(), (v, result) -> result.gemm(1, matrix, false, v, false, n, 1, n, 0));
    }

    /**
     * Checks that a matrix is symmetric.
     *
     * @throws IllegalArgumentException where the matrix is not n × n, not finite or not symmetric to rounding
     */
    static void requireSymmetric(Array matrix, int n) {
        if (matrix.length() != (long) n * n) {
            throw new IllegalArgumentException(
                    "matrix of " + matrix.length() + " entries: expected " + n + " × " + n);
        }
        double largest = matrix.largest();
        if (!Double.isFinite(largest)) {
            throw new IllegalArgumentException("largest entry = " + largest + ": expected finite entries");
        }
        double allowed = 1000 * matrix.precision().unitRoundoff() * largest;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double below = matrix.get(i * n + j);
                double above = matrix.get(j * n + i);
                if (Math.abs(below - above) > allowed) {
                    throw new IllegalArgumentException(
                            "entries (" + i + ", " + j + ") = " + below + " and (" + j
                                    + ", " + i + ") = " + above + ": expected a symmetric matrix");
                }
            }
        }
    }

    /** −A, whose largest eigenvalues are the smallest of A with the other sign. */
    default SymmetricOperator negated() {
        return of(size(), precision(), (v, result) -> {
            apply(v, result);
            result.scale(-1);
        });
    }

    /**
     * P^(−1/2) A P^(−1/2) for a diagonal preconditioner P: it has the eigenvalues of P⁻¹ A, which decide the
     * stability of gradient descent preconditioned by P, such as Adam (Cohen et al. 2022).
     *
     * @param preconditioner the diagonal of P, all positive
     */
    default SymmetricOperator preconditioned(Array preconditioner) {
        if (preconditioner.length() != size()) {
            throw new IllegalArgumentException("preconditioner of " + preconditioner.length()
                    + " numbers: expected " + size());
        }
        Array root = precision().array(size());
        for (int i = 0; i < size(); i++) {
            double p = preconditioner.get(i);
            if (!(p > 0) || Double.isInfinite(p)) {
                throw new IllegalArgumentException(
                        "preconditioner[" + i + "] = " + p + ": expected a positive number");
            }
            root.set(i, 1 / Math.sqrt(p));
        }
        Array scaled = precision().array(size());
        return of(size(), precision(), (v, result) -> {
            scaled.multiply(root, v, 0);
            apply(scaled, result);
            result.multiply(root, result, 0);
        });
    }
}
