package mechanics.network;

/**
 * Equal matrices inside a tensor, several for each sample: the queries of each attention head, or its scores. They
 * take part in products where they lie.
 *
 * @param tensor what holds the blocks
 * @param at the index of the first entry of the first matrix
 * @param stride entries from a row to the next
 * @param perSample entries from a sample to the next
 * @param perBlock entries from a matrix to the next of the same sample
 * @param rows the rows of each matrix
 * @param columns the columns of each matrix
 */
public record Blocks(Tensor tensor, int at, int stride, int perSample, int perBlock, int rows, int columns) {

    /** The same places in the adjoint. */
    public Blocks adjoint() {
        return new Blocks(tensor.adjoint(), at, stride, perSample, perBlock, rows, columns);
    }

    /**
     * The index of the first entry of one matrix.
     *
     * @param sample the number of the sample, from 0
     * @param block the number of the block in that sample, from 0
     */
    public int start(int sample, int block) { return at + sample * perSample + block * perBlock; }

    /**
     * One matrix C of this, C = α op(A) op(B) + β C, where A and B have the same place in a and b and op transposes if
     * asked. Modified: the tensor of this.
     *
     * @param alpha α
     * @param a the left factors, rows × k after op
     * @param passA whether the values or the tangents of a
     * @param transposeA whether op(a) = aᵀ
     * @param b the right factors, k × columns after op
     * @param passB whether the values or the tangents of b
     * @param transposeB whether op(b) = bᵀ
     * @param beta β; with 0 the old entries are not read
     * @param pass whether the values or the tangents of this
     * @param sample the number of the sample, from 0
     * @param block the number of the block in that sample, from 0
     */
    public void setProduct(double alpha, Blocks a, Pass passA, boolean transposeA, Blocks b, Pass passB,
            boolean transposeB, double beta, Pass pass, int sample, int block) {
        tensor.array(pass).gemm(rows, columns, transposeA ? a.rows : a.columns, alpha, a.tensor.array(passA),
                a.start(sample, block), a.stride, transposeA, b.tensor.array(passB), b.start(sample, block),
                b.stride,
                transposeB, beta, start(sample, block), stride);
    }
}
