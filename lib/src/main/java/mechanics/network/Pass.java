package mechanics.network;

import mechanics.linalg.Array;

/**
 * What a run through the network computes: values, or their derivatives along a direction. The operations below are
 * the vocabulary in which layers write their forward and backward computation, once. In {@link #VALUE} an operation
 * does what it says. In {@link #TANGENT} it applies its product rule to the tangents, reading the values that the
 * last {@code VALUE} pass left: for C = A B it computes Ċ = Ȧ B + A Ḃ.
 *
 * <p>So forward in {@code VALUE} gives the outputs, backward in {@code VALUE} the gradient, forward in
 * {@code TANGENT} the Jacobian-vector product, and backward in {@code TANGENT} after it the Hessian-vector product:
 * the R-operator of Pearlmutter (1994), exact, at about the cost of a gradient, because a tangent pass uses the
 * activations and adjoints that the gradient has left.
 *
 * <p>Operations named <i>add</i> accumulate into their last argument, which {@link Tensor#clear} has made zero at
 * some time before. An operation that would write to the adjoint of a constant does nothing.
 */
public enum Pass {
    /** The values themselves. */
    VALUE,
    /** The derivatives of the values along a direction. */
    TANGENT;

    /**
     * c += α op(a) op(b), where op transposes if asked: the matrix product.
     *
     * @param alpha α
     * @param a m × k after op
     * @param transposeA whether op(a) = aᵀ
     * @param b k × n after op
     * @param transposeB whether op(b) = bᵀ
     * @param c m × n, added to
     */
    public void addProduct(double alpha, Tensor a, boolean transposeA, Tensor b, boolean transposeB,
            Tensor c) {
        if (c.isConstant()) return;
        if (this == VALUE) {
            addProduct(alpha, a, a.value(), transposeA, b, b.value(), transposeB, c);
        } else {
            if (!a.isConstant()) addProduct(alpha, a, a.tangent(), transposeA, b, b.value(), transposeB, c);
            if (!b.isConstant()) addProduct(alpha, a, a.value(), transposeA, b, b.tangent(), transposeB, c);
        }
    }

    private void addProduct(double alpha, Tensor a, Array x, boolean transposeA, Tensor b, Array y,
            boolean transposeB, Tensor c) {
        int m = transposeA ? a.columns() : a.rows();
        int k = transposeA ? a.rows() : a.columns();
        int n = transposeB ? b.rows() : b.columns();
        if (k != (transposeB ? b.columns() : b.rows()) || m != c.rows() || n != c.columns()) {
            throw new IllegalArgumentException(
                    "product of " + a + " and " + b + ": expected shapes that give " + c);
        }
        c.array(this).gemm(alpha, x, transposeA, y, transposeB, m, n, k, c.markAdded(this));
    }

    /**
     * c += α row, for every row of c: how a bias enters.
     *
     * @param alpha α
     * @param row one row as long as those of c
     * @param c added to
     */
    public void addRows(double alpha, Tensor row, Tensor c) {
        if (c.isConstant() || isZero(row)) return;
        if (c.markAdded(this) == 0) {
            c.array(this).setRows(alpha, row.array(this));
        } else {
            c.array(this).addRows(alpha, row.array(this));
        }
    }

    /**
     * c += α Σ rows of a: the adjoint of {@link #addRows}.
     *
     * @param alpha α
     * @param a rows as long as c
     * @param c added to
     */
    public void addRowSum(double alpha, Tensor a, Tensor c) {
        if (c.isConstant() || isZero(a)) return;
        c.array(this).sumRows(alpha, a.array(this), c.markAdded(this));
    }

    /**
     * c += α a.
     *
     * @param alpha α
     * @param a as long as c
     * @param c added to
     */
    public void add(double alpha, Tensor a, Tensor c) {
        if (c.isConstant() || isZero(a)) return;
        c.array(this).combine(alpha, a.array(this), c.markAdded(this));
    }

    /**
     * c += a ∘ b, entry by entry.
     *
     * @param a one factor, as long as c
     * @param b the other factor, as long as c
     * @param c added to
     */
    public void addMultiple(Tensor a, Tensor b, Tensor c) {
        if (c.isConstant()) return;
        if (this == VALUE) {
            c.value().multiply(a.value(), b.value(), c.markAdded(this));
        } else {
            if (!a.isConstant()) c.tangent().multiply(a.tangent(), b.value(), c.markAdded(this));
            if (!b.isConstant()) c.tangent().multiply(a.value(), b.tangent(), c.markAdded(this));
        }
    }

    /**
     * Whether a tensor contributes nothing in this pass: the tangent of a constant.
     *
     * @param a any tensor
     */
    public boolean isZero(Tensor a) { return this == TANGENT && a.isConstant(); }

    /** A map that is linear in x: y = map(x) + β y. With β = 0 the old entries of y are not read. */
    @FunctionalInterface
    public interface Linear {
        /**
         * Adds the image of x. Modified: y.
         *
         * @param x what is mapped
         * @param beta what the old entries are multiplied by
         * @param y added to
         */
        void add(Array x, double beta, Array y);
    }

    /** A map that is linear in a and in b: c = map(a, b) + β c. With β = 0 the old entries of c are not read. */
    @FunctionalInterface
    public interface Bilinear {
        /**
         * Adds the image of a and b. Modified: c.
         *
         * @param a one factor, of any length that the map takes
         * @param b the other factor
         * @param beta what the old entries are multiplied by
         * @param c added to
         */
        void add(Array a, Array b, double beta, Array c);
    }

    /**
     * y += map(x): its tangent is the map of the tangent.
     *
     * @param map linear in x
     * @param x what is mapped
     * @param y added to
     */
    public void addLinear(Linear map, Tensor x, Tensor y) {
        if (y.isConstant() || isZero(x)) return;
        x.settle(this);
        map.add(x.array(this), y.markAdded(this), y.array(this));
    }

    /**
     * c += map(a, b): its tangent is map(ȧ, b) + map(a, ḃ).
     *
     * @param map linear in each argument
     * @param a one factor
     * @param b the other factor
     * @param c added to
     */
    public void addBilinear(Bilinear map, Tensor a, Tensor b, Tensor c) {
        if (c.isConstant()) return;
        if (this == VALUE) {
            a.settle(VALUE);
            b.settle(VALUE);
            map.add(a.value(), b.value(), c.markAdded(VALUE), c.value());
            return;
        }
        if (!a.isConstant()) {
            a.settle(TANGENT);
            map.add(a.tangent(), b.value(), c.markAdded(TANGENT), c.tangent());
        }
        if (!b.isConstant()) {
            b.settle(TANGENT);
            map.add(a.value(), b.tangent(), c.markAdded(TANGENT), c.tangent());
        }
    }

    /**
     * C = α op(A) op(B) for one of the equal matrices that a, b and c hold for each sample, where op transposes if
     * asked. The old C is not read and nothing is marked as added: call it for every sample and block.
     *
     * @param alpha α
     * @param a the left factors A, m × k after op
     * @param transposeA whether op(A) = Aᵀ
     * @param b the right factors B, k × n after op
     * @param transposeB whether op(B) = Bᵀ
     * @param c the products C, m × n, written to
     * @param sample the number of the sample, from 0
     * @param block the number of the block in that sample, from 0
     */
    public void setProduct(double alpha, Blocks a, boolean transposeA, Blocks b, boolean transposeB, Blocks c,
            int sample,
            int block) {
        if (this == VALUE) {
            c.setProduct(alpha, a, Pass.VALUE, transposeA, b, Pass.VALUE, transposeB, 0, this, sample, block);
        } else {
            c.setProduct(alpha, a, Pass.TANGENT, transposeA, b, Pass.VALUE, transposeB, 0, this, sample,
                    block);
            c.setProduct(alpha, a, Pass.VALUE, transposeA, b, Pass.TANGENT, transposeB, 1, this, sample,
                    block);
        }
    }
}
