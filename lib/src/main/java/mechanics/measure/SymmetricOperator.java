package mechanics.measure;

import java.util.function.BiConsumer;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;

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
    static SymmetricOperator of(double[][] matrix) { return KernelMatrix.of(matrix).operator(); }

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
