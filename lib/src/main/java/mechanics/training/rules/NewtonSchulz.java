package mechanics.training.rules;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;

/**
 * An orthogonal matrix near a given one, without a singular value decomposition: from X = A / ‖A‖ (Frobenius), five
 * times X ← a X + b (X Xᵀ) X + c (X Xᵀ)² X with a = 3.4445, b = −4.775, c = 2.0315 (Jordan et al. 2024). With
 * A = U S Vᵀ the result is U p(S / ‖A‖) Vᵀ, where p is the odd polynomial s ↦ a s + b s³ + c s⁵ applied five times. It
 * brings all singular values above about 0.002 ‖A‖ to between 0.68 and 1.14, fast rather than to exactly 1; zero stays
 * zero.
 *
 * <p>Cost: five times 2 r² c + r³ multiply–adds for r the smaller and c the larger side.
 */
public final class NewtonSchulz {
    private static final int STEPS = 5;
    private static final double A = 3.4445;
    private static final double B = -4.775;
    private static final double C = 2.0315;
    /** Added to the norm, as by the authors: a matrix of zeros stays one. */
    private static final double SMALL = 1e-7;

    private final int rows;
    private final int columns;
    private final int side;
    private final Array gram;
    private final Array polynomial;
    private final Array old;

    /**
     * For matrices of the given size.
     *
     * @param rows of each matrix, at least 1
     * @param columns of each matrix, at least 1
     * @param precision of the products
     */
    public NewtonSchulz(int rows, int columns, Precision precision) {
        this.rows = Require.positive("rows", rows);
        this.columns = Require.positive("columns", columns);
        side = Math.min(rows, columns);
        gram = precision.array(Math.multiplyExact(side, side));
        polynomial = precision.array(side * side);
        old = precision.array(Math.multiplyExact(rows, columns));
    }

    /**
     * Replaces a matrix by the orthogonal one near it. Modified: x.
     *
     * @param x rows × columns, row by row
     */
    public void apply(Array x) {
        Require.sameLength("x", x.length(), "the matrix of " + rows + " × " + columns, old.length());
        x.scale(1 / (x.norm() + SMALL));
        boolean wide = rows <= columns;
        for (int step = 0; step < STEPS; step++) {
            old.copy(x);
            // The smaller of X Xᵀ and Xᵀ X: both have the same polynomials in them.
            gram.gemm(1, old, !wide, old, wide, side, side, Math.max(rows, columns), 0);
            polynomial.copy(gram);
            polynomial.gemm(C, gram, false, gram, false, side, side, side, B);
            if (wide) {
                x.gemm(1, polynomial, false, old, false, rows, columns, side, A);
            } else {
                x.gemm(1, old, false, polynomial, false, rows, columns, side, A);
            }
        }
    }
}
