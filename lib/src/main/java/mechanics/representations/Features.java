package mechanics.representations;

import java.util.Arrays;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;

import smile.tensor.DenseMatrix;

/**
 * A representation less its mean over the samples, in double precision, and the products that measures of similarity
 * need.
 *
 * @param values n × width, row by row, columns of mean 0
 */
record Features(Array values, int samples, int width) {

    /** The centered features. Not modified. */
    static Features of(Representation z) {
        Array values = Precision.FLOAT64.array(z.values().length());
        values.copy(z.values());
        if (!values.isFinite()) {
            throw new IllegalArgumentException("representation of " + z.samples() + " × " + z.width()
                    + " holds NaN or infinite values: expected finite numbers");
        }
        Array mean = values.like(z.width());
        mean.sumRows(1.0 / z.samples(), values, 0);
        values.addRows(-1, mean);
        return new Features(values, z.samples(), z.width());
    }

    /** Checks that two representations are of the same samples, and that these are enough. */
    static void requireSame(Representation x, Representation y, int least) {
        if (x.samples() != y.samples()) {
            throw new IllegalArgumentException("representations of " + x.samples() + " and " + y.samples()
                    + " samples: expected the same samples, in the same order");
        }
        requireSamples(x, least);
    }

    static void requireSamples(Representation x, int least) {
        if (x.samples() < least) {
            throw new IllegalArgumentException(
                    "samples = " + x.samples() + ": expected at least " + least);
        }
    }

    /** Checks a representation that varies: its centered norm is not zero. */
    Features requireVariance() {
        if (!(values.norm() > 0)) {
            throw new IllegalArgumentException("representation of " + samples + " × " + width
                    + " is the same for all samples: expected one that varies");
        }
        return this;
    }

    /** Xᵀ Y, width × other width. Cost: n · width · other width multiply–adds. */
    Array cross(Features other) {
        Array product = values.like(Math.multiplyExact(width, other.width));
        product.gemm(1, values, true, other.values, false, width, other.width, samples, 0);
        return product;
    }

    /** X Xᵀ, n × n. */
    Array gram() {
        Array product = values.like(Math.multiplyExact(samples, samples));
        product.gemm(1, values, false, values, true, samples, samples, width, 0);
        return product;
    }

    /** ‖Xᵀ Y‖² = ⟨XXᵀ, YYᵀ⟩, by the cheaper of the two. */
    double kernelProduct(Features other) {
        if ((long) width * other.width <= (long) samples * samples) {
            Array cross = cross(other);
            return cross.dot(cross);
        }
        Array gram = gram();
        return gram.dot(equals(other) ? gram : other.gram());
    }

    /** |xᵢ|² for every sample, the diagonal of X Xᵀ. */
    double[] squaredNorms() {
        var norms = new double[samples];
        for (int i = 0; i < samples; i++) {
            Array row = values.view(i * width, width);
            norms[i] = row.dot(row);
        }
        return norms;
    }

    /**
     * The left singular vectors of X with singular value above {@code 1e-10} of the largest, n × rank: an orthonormal
     * basis of what linear readouts of the representation can compute. Only the leading ones whose squares sum to the
     * given share of all are kept. Cost: O(n width²).
     */
    Features basis(double share) {
        requireVariance();
        var svd = matrix(values.toRows(width)).svd();
        double[] s = svd.s().toArray(new double[0]);
        double total = Arrays.stream(s).map(v -> v * v).sum();
        int rank = 0;
        double kept = 0;
        while (rank < s.length && s[rank] > 1e-10 * s[0] && kept < share * total * (1 - 1e-12)) {
            kept += s[rank] * s[rank];
            rank++;
        }
        Array basis = values.like(Math.multiplyExact(samples, rank));
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < rank; j++) basis.set(i * rank + j, svd.U().get(i, j));
        }
        return new Features(basis, samples, rank);
    }

    /** The singular values of Xᵀ Y, falling. LAPACK through Smile. */
    double[] crossSingularValues(Features other) {
        return matrix(cross(other).toRows(other.width)).svd(false).s().toArray(new double[0]);
    }

    static DenseMatrix matrix(double[][] rows) { return DenseMatrix.of(rows); }
}
