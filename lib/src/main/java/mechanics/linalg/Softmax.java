package mechanics.linalg;

/**
 * The softmax of rows, pᵢ = exp(xᵢ) / Σ exp(xⱼ), with its first and second derivatives. Blocks of rows lie anywhere
 * in their arrays, row after row. Cost: a few operations per entry, one exponential forward, none backward.
 */
public final class Softmax {
    private Softmax() {}

    /**
     * Rows of scores become rows of probabilities, in place; the largest score is taken off first, so that no
     * exponential overflows. Modified: x.
     *
     * @param at the index of the first score
     * @param causal whether row i sees only columns 0 to i and has probability 0 elsewhere
     */
    public static void rows(Array x, int at, int rows, int width, boolean causal) {
        checkBlock("x", x, at, rows, width);
        switch (x) {
            case FloatArray f -> FloatSoftmax.rows(f.storage(), f.offset + at, rows, width, causal);
            case DoubleArray d -> DoubleSoftmax.rows(d.storage(), d.offset + at, rows, width, causal);
        }
    }

    /**
     * y = p ∘ (x − ⟨p, x⟩), row by row: the derivative of the softmax along x, and, as that is symmetric, also the
     * adjoint of x. Modified: y, which may be x.
     */
    public static void derivative(Array p, int atP, Array x, int atX, Array y, int atY, int rows, int width) {
        checkBlock("p", p, atP, rows, width);
        checkBlock("x", x, atX, rows, width);
        checkBlock("y", y, atY, rows, width);
        switch (y) {
            case FloatArray f -> FloatSoftmax.derivative(((FloatArray) p).storage(), p.offset + atP,
                    ((FloatArray) x).storage(), x.offset + atX, f.storage(), f.offset + atY, rows, width);
            case DoubleArray d -> DoubleSoftmax.derivative(((DoubleArray) p).storage(), p.offset + atP,
                    ((DoubleArray) x).storage(), x.offset + atX, d.storage(), d.offset + atY, rows, width);
        }
    }

    /**
     * y = y + ṗ ∘ (x − ⟨p, x⟩) − p ⟨ṗ, x⟩, row by row: what the change ṗ of the probabilities adds to the change of
     * {@link #derivative}. Modified: y.
     */
    public static void addSecondDerivative(Array p, Array pTangent, int atP, Array x, int atX, Array y,
            int atY,
            int rows, int width) {
        checkBlock("p", p, atP, rows, width);
        checkBlock("pTangent", pTangent, atP, rows, width);
        checkBlock("x", x, atX, rows, width);
        checkBlock("y", y, atY, rows, width);
        switch (y) {
            case FloatArray f -> FloatSoftmax.addSecondDerivative(((FloatArray) p).storage(), p.offset + atP,
                    ((FloatArray) pTangent).storage(), pTangent.offset + atP, ((FloatArray) x).storage(),
                    x.offset + atX, f.storage(), f.offset + atY, rows, width);
            case DoubleArray d -> DoubleSoftmax.addSecondDerivative(((DoubleArray) p).storage(),
                    p.offset + atP,
                    ((DoubleArray) pTangent).storage(), pTangent.offset + atP, ((DoubleArray) x).storage(),
                    x.offset + atX, d.storage(), d.offset + atY, rows, width);
        }
    }

    private static void checkBlock(String name, Array x, int at, int rows, int width) {
        if (at < 0 || rows < 0 || width < 0 || at + (long) rows * width > x.length()) {
            throw new IllegalArgumentException("block of " + name + ", " + rows + " × " + width + " at " + at
                    + ": expected to fit an array of " + x.length() + " entries");
        }
    }
}
