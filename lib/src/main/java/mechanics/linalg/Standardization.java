package mechanics.linalg;

/**
 * Standardization to mean 0 and variance 1, x̂ = r (x − mean x) with r = 1 / √(var x + ε), and its first and second
 * derivatives: of every row for layer normalization, of every column for batch normalization. The derivative along v
 * is N(v) = r (v − mean v − x̂ mean(x̂ v)); it is symmetric, and so is also the adjoint.
 */
public final class Standardization {
    private Standardization() {}

    /** xHat = x standardized row by row and r = 1/√(var + ε), one for each row. Modified: xHat and r. */
    public static void rows(Array x, double epsilon, Array xHat, Array r) {
        int width = width(xHat, r.length(), x);
        switch (xHat) {
            case FloatArray f ->
                FloatStandardization.rows(((FloatArray) x).storage(), x.offset, (float) epsilon, f.storage(),
                        f.offset,
                        ((FloatArray) r).storage(), r.offset, r.length(), width);
            case DoubleArray d -> DoubleStandardization.rows(((DoubleArray) x).storage(), x.offset, epsilon,
                    d.storage(), d.offset,
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
            case FloatArray f -> FloatStandardization.rowsDerivative(((FloatArray) xHat).storage(),
                    xHat.offset,
                    ((FloatArray) r).storage(), r.offset, ((FloatArray) v).storage(), v.offset, (float) beta,
                    f.storage(), f.offset, rTangent == null ? null : ((FloatArray) rTangent).storage(),
                    rTangent == null ? 0 : rTangent.offset, r.length(), width);
            case DoubleArray d ->
                DoubleStandardization.rowsDerivative(((DoubleArray) xHat).storage(), xHat.offset,
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
            case FloatArray f -> FloatStandardization.addRowsSecondDerivative(((FloatArray) xHat).storage(),
                    xHat.offset,
                    ((FloatArray) xHatTangent).storage(), xHatTangent.offset, ((FloatArray) r).storage(),
                    r.offset,
                    ((FloatArray) rTangent).storage(), rTangent.offset, ((FloatArray) v).storage(), v.offset,
                    f.storage(), f.offset, r.length(), width);
            case DoubleArray d -> DoubleStandardization.addRowsSecondDerivative(
                    ((DoubleArray) xHat).storage(), xHat.offset,
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
            case FloatArray f -> FloatStandardization.columns(((FloatArray) x).storage(), x.offset, epsilon,
                    f.storage(), f.offset,
                    ((FloatArray) r).storage(), r.offset, rows, r.length(), sums);
            case DoubleArray d ->
                DoubleStandardization.columns(((DoubleArray) x).storage(), x.offset, epsilon, d.storage(),
                        d.offset,
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
            case FloatArray f -> FloatStandardization.columnsDerivative(((FloatArray) xHat).storage(),
                    xHat.offset,
                    ((FloatArray) r).storage(), r.offset, ((FloatArray) v).storage(), v.offset, (float) beta,
                    f.storage(), f.offset, rows, r.length(), sums);
            case DoubleArray d ->
                DoubleStandardization.columnsDerivative(((DoubleArray) xHat).storage(), xHat.offset,
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
            case FloatArray f -> FloatStandardization.addColumnsSecondDerivative(
                    ((FloatArray) xHat).storage(), xHat.offset,
                    ((FloatArray) xHatTangent).storage(), xHatTangent.offset, ((FloatArray) r).storage(),
                    r.offset,
                    ((FloatArray) rTangent).storage(), rTangent.offset, ((FloatArray) v).storage(), v.offset,
                    f.storage(), f.offset, rows, r.length(), sums);
            case DoubleArray d -> DoubleStandardization.addColumnsSecondDerivative(
                    ((DoubleArray) xHat).storage(), xHat.offset,
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
}
