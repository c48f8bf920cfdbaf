package mechanics.representations;

import java.util.Arrays;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.linalg.Rounding;

import smile.tensor.DenseMatrix;

/**
 * A representation less its mean over the samples, in double precision, and the products that measures of similarity
 * need. Measures that do not depend on the scale take it scaled by a power of two to a largest number near 1, so that its
 * squares and their products neither overflow nor vanish. A feature that is constant but for rounding is 0.
 *
 * @param values n × width, row by row, columns of mean 0
 */
record Features(Array values, int samples, int width) {

    /** The centered features, scaled by a power of two. Not modified. */
    static Features of(Representation z) {
        Array values = finite(z);
        scale(values);
        var centered = centered(values, z);
        scale(values);
        return centered;
    }

    /** The centered features as large as they are. Not modified. */
    static Features unscaled(Representation z) {
        return centered(finite(z), z);
    }

    private static Array finite(Representation z) {
        Array values = Precision.FLOAT64.array(z.values().length());
        values.copy(z.values());
        if (!values.isFinite()) {
            throw new IllegalArgumentException("representation of " + z.samples() + " × " + z.width()
                    + " holds NaN or infinite values: expected finite numbers");
        }
        return values;
    }

    /** Centers the values of a representation. Modified: values. */
    private static Features centered(Array values, Representation z) {
        int n = z.samples(), d = z.width();
        for (int j = 0; j < d; j++) {
            double first = values.get(j), mean = 0, size = 0;
            // Differences to the first sample: of a constant they are exactly 0, and an offset costs no digits.
            for (int i = 0; i < n; i++) mean += (values.get(i * d + j) - first) / n;
            double varies = 0;
            for (int i = 0; i < n; i++) {
                size = Math.max(size, Math.abs(values.get(i * d + j)));
                double centered = values.get(i * d + j) - first - mean;
                varies = Math.max(varies, Math.abs(centered));
                values.set(i * d + j, centered);
            }
            if (Rounding.isZero(varies, size, z.values().precision()))
                for (int i = 0; i < n; i++) values.set(i * d + j, 0);
        }
        return new Features(values, n, d);
    }

    /** Scales by a power of two to a largest number near 1. Modified. */
    private static void scale(Array values) {
        int exponent = Rounding.exponent(values.largest());
        // In two steps, as 2⁻ᵉ alone may overflow.
        values.scale(Math.scalb(1.0, -exponent / 2));
        values.scale(Math.scalb(1.0, -exponent + exponent / 2));
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
     * The left singular vectors of X, n × rank: an orthonormal basis of what linear readouts of the representation can
     * compute. Where all of the variance is asked for, every feature is scaled to length 1 before, as the span does not
     * depend on scales, and what rounding alone explains is left out ({@link Rounding#rank}). Only the leading ones whose squares sum to the
     * given share of all are kept. Cost: O(n width²).
     */
    Features basis(double share) {
        requireVariance();
        var svd = matrix((share == 1 ? unitColumns() : values).toRows(width)).svd();
        double[] s = svd.s().toArray(new double[0]);
        int rank = Rounding.rank(s, samples, width);
        if (share < 1) {
            double total = Arrays.stream(s).map(v -> v * v).sum(), kept = 0;
            int leading = 0;
            while (leading < rank && kept < share * total * (1 - 1e-12)) {
                kept += s[leading] * s[leading];
                leading++;
            }
            rank = leading;
        }
        Array basis = values.like(Math.multiplyExact(samples, rank));
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < rank; j++) basis.set(i * rank + j, svd.U().get(i, j));
        }
        return new Features(basis, samples, rank);
    }

    /** The features, each of length 1, or 0 where it is constant. */
    Array unitColumns() {
        Array unit = values.copy();
        for (int j = 0; j < width; j++) {
            double largest = 0, square = 0;
            for (int i = 0; i < samples; i++) largest = Math.max(largest, Math.abs(unit.get(i * width + j)));
            if (largest == 0) continue;
            for (int i = 0; i < samples; i++) square += Math.pow(unit.get(i * width + j) / largest, 2);
            for (int i = 0; i < samples; i++) {
                unit.set(i * width + j, unit.get(i * width + j) / largest / Math.sqrt(square));
            }
        }
        return unit;
    }

    /** The singular values of Xᵀ Y, falling. LAPACK through Smile. */
    double[] crossSingularValues(Features other) {
        return matrix(cross(other).toRows(other.width)).svd(false).s().toArray(new double[0]);
    }

    static DenseMatrix matrix(double[][] rows) { return DenseMatrix.of(rows); }
}
