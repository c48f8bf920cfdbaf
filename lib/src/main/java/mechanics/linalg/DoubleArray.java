package mechanics.linalg;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/** An {@link Array} in double precision on a {@code double[]}. */
@SuppressWarnings("cast") // which the generated twin needs
public final class DoubleArray extends Array {
    private final double[] data;
    /** The storage from entry 0 on, as BLAS sees it. Made once: a call allocates nothing. */
    private final MemorySegment segment;

    private DoubleArray(double[] data, int offset, int length) {
        super(data.length, offset, length);
        this.data = data;
        this.segment = MemorySegment.ofArray(data).asSlice((long) offset * Double.BYTES);
    }

    /** A new array of {@code length} zeros. */
    public static DoubleArray of(int length) {
        return new DoubleArray(new double[length], 0, length);
    }

    /** The whole of {@code data}, not copied. */
    public static DoubleArray wrap(double[] data) {
        return new DoubleArray(data, 0, data.length);
    }

    /** The storage that this array is a window on: entry i lies at {@code offset() + i}. */
    public double[] storage() {
        return data;
    }

    @Override
    public Precision precision() { return Precision.FLOAT64; }

    @Override
    public double get(int index) { // both: double
        return data[offset + Objects.checkIndex(index, length)];
    }

    @Override
    public void set(int index, double value) { // both: double
        data[offset + Objects.checkIndex(index, length)] = (double) value;
    }

    @Override
    public DoubleArray view(int from, int size) {
        Objects.checkFromIndexSize(from, size, length);
        return new DoubleArray(data, offset + from, size);
    }

    @Override
    public void load(int from, double[] block, int n) { // both: double
        Objects.checkFromIndexSize(from, n, length);
        Conversion.copy(data, offset + from, block, 0, n);
    }

    @Override
    public void store(int from, double[] block, int n) { // both: double
        Objects.checkFromIndexSize(from, n, length);
        Conversion.copy(block, 0, data, offset + from, n);
    }

    @Override
    public void fill(double value) { // both: double
        Arrays.fill(data, offset, offset + length, (double) value);
    }

    @Override
    public void copy(Array x) {
        check(x.length, length, "length of x");
        copyRange(x, 0, 0, length);
    }

    @Override
    void copyRange(Array x, int from, int to, int n) {
        Objects.checkFromIndexSize(from, n, x.length);
        Objects.checkFromIndexSize(to, n, length);
        x.copyTo(data, offset + to, from, n);
    }

    @Override
    void copyTo(double[] target, int to, int from, int n) { // both: double
        Conversion.copy(data, offset + from, target, to, n);
    }

    @Override
    void copyTo(float[] target, int to, int from, int n) {
        Conversion.copy(data, offset + from, target, to, n);
    }

    @Override
    public void scale(double alpha) { // both: double
        double a = (double) alpha;
        double[] y = data;
        for (int i = offset, end = offset + length; i < end; i++) y[i] *= a;
    }

    @Override
    public void combine(double alpha, Array term, double beta) { // both: double
        DoubleArray x = same(term, length);
        DoubleElementwise.combine((double) alpha, x.data, x.offset, (double) beta, data, offset, length);
    }

    @Override
    public void multiply(Array left, Array right, double beta) { // both: double
        DoubleArray a = same(left, length);
        DoubleArray b = same(right, length);
        DoubleElementwise.multiply(1, a.data, a.offset, b.data, b.offset, (double) beta, data, offset,
                length);
    }

    @Override
    public void setRows(double alpha, Array row) { // both: double
        int rows = checkRows(this, row);
        DoubleArray r = same(row, row.length);
        if (rows == 0) return;
        int width = row.length;
        DoubleElementwise.combine((double) alpha, r.data, r.offset, 0, data, offset, width);
        // Doubling: each copy moves all rows that are there already.
        for (int done = 1; done < rows; done *= 2) {
            System.arraycopy(data, offset, data, offset + done * width, Math.min(done, rows - done) * width);
        }
    }

    @Override
    public void sumRows(double alpha, Array matrix, double beta) { // both: double
        int rows = checkRows(matrix, this);
        DoubleArray a = same(matrix, matrix.length);
        if (beta == 0) {
            fill(0);
        } else if (beta != 1) {
            scale(beta);
        }
        for (int i = 0; i < rows; i++) {
            DoubleElementwise.combine((double) alpha, a.data, a.offset + i * length, 1, data, offset, length);
        }
    }

    @Override
    public void addRows(double alpha, Array row) { // both: double
        int rows = checkRows(this, row);
        DoubleArray r = same(row, row.length);
        for (int i = 0; i < rows; i++) {
            DoubleElementwise.combine((double) alpha, r.data, r.offset, 1, data, offset + i * row.length,
                    row.length);
        }
    }

    @Override
    public void tanh(Array input, Array derivative) {
        DoubleArray z = same(input, length);
        DoubleArray slope = same(derivative, length);
        DoubleElementary.tanh(z.data, z.offset, data, offset, length);
        DoubleElementwise.tanhSlope(data, offset, slope.data, slope.offset, length);
    }

    @Override
    public void multiplyTanhTangent(Array value, Array derivative, Array left, Array right, Array last,
            double beta) { // both: double
        DoubleArray y = same(value, length);
        DoubleArray slope = same(derivative, length);
        DoubleArray u = same(left, length);
        DoubleArray v = same(right, length);
        DoubleArray w = same(last, length);
        DoubleElementwise.multiplyTanhTangent(y.data, y.offset, slope.data, slope.offset, u.data, u.offset,
                v.data,
                v.offset, w.data, w.offset, (double) beta, data, offset, length);
    }

    @Override
    public void rectify(Array input, double leak, Array derivative) { // both: double
        DoubleArray z = same(input, length);
        DoubleArray slope = same(derivative, length);
        DoubleElementwise.rectify(z.data, z.offset, (double) leak, data, offset, slope.data, slope.offset,
                length);
    }

    @Override
    public void softmaxRows(Array input, int width) {
        DoubleArray logits = same(input, length);
        checkWidth(width);
        double[] x = logits.data;
        double[] y = data;
        for (int row = 0; row < length; row += width) {
            int from = logits.offset + row;
            int to = offset + row;
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < width; j++) largest = Math.max(largest, x[from + j]);
            for (int j = 0; j < width; j++) y[to + j] = x[from + j] - largest;
        }
        DoubleElementary.exp(y, offset, y, offset, length);
        for (int to = offset; to < offset + length; to += width) {
            double sum = 0; // both: double
            for (int j = 0; j < width; j++) sum += y[to + j];
            double inverse = (double) (1 / sum);
            for (int j = 0; j < width; j++) y[to + j] *= inverse;
        }
    }

    @Override
    public void softmaxTangentRows(Array v, int width) {
        DoubleArray u = same(v, length);
        checkWidth(width);
        for (int row = 0; row < length; row += width) {
            double mean = 0;
            for (int j = row; j < row + width; j++) mean += data[offset + j] * u.data[u.offset + j];
            for (int j = row; j < row + width; j++) data[offset + j] *= u.data[u.offset + j] - mean;
        }
    }

    @Override
    public int largestAt(int from, int n) {
        Objects.checkFromIndexSize(from, n, length);
        int best = 0;
        for (int i = 1; i < n; i++) {
            if (data[offset + from + i] > data[offset + from + best]) best = i;
        }
        return best;
    }

    @Override
    void product(int m, int n, int k, double alpha, Array a, int atA, int strideA, // both: double
            boolean transposeA, Array b, int atB, int strideB, boolean transposeB, double beta, // both: double
            int atC, int strideC) {
        DoubleArray left = same(a, a.length);
        DoubleArray right = same(b, b.length);
        if (DoubleSmallGemm.suits(transposeA, transposeB, m, n, k)) {
            DoubleSmallGemm.multiply(transposeA, transposeB, m, n, k, (double) alpha, left.data,
                    left.offset + atA, strideA, right.data, right.offset + atB, strideB, (double) beta, data,
                    offset + atC, strideC);
        } else if (Blas.available()) {
            DoubleBlas.gemm(transposeA, transposeB, m, n, k, (double) alpha, left.at(atA), strideA,
                    right.at(atB),
                    strideB, (double) beta, at(atC), strideC);
        } else {
            DoubleJavaGemm.multiply(transposeA, transposeB, m, n, k, (double) alpha, left.data,
                    left.offset + atA, strideA, right.data, right.offset + atB, strideB, (double) beta, data,
                    offset + atC, strideC);
        }
    }

    private MemorySegment at(int index) {
        return index == 0 ? segment : segment.asSlice((long) index * Double.BYTES);
    }

    @Override
    public double dot(Array x) { // both: double
        DoubleArray other = same(x, length);
        return Reductions.dot(data, offset, other.data, other.offset, length);
    }

    @Override
    public double sum() { // both: double
        double s0 = 0; // both: double
        double s1 = 0; // both: double
        double s2 = 0; // both: double
        double s3 = 0; // both: double
        int i = offset;
        int end = offset + length;
        for (; i + 3 < end; i += 4) {
            s0 += data[i];
            s1 += data[i + 1];
            s2 += data[i + 2];
            s3 += data[i + 3];
        }
        for (; i < end; i++) s0 += data[i];
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public double largest() { // both: double
        return DoubleRun.largest(data, offset, length);
    }

    private static DoubleArray same(Array x, int length) {
        if (!(x instanceof DoubleArray array)) {
            throw new IllegalArgumentException(
                    "argument of precision " + x.precision() + ": expected FLOAT64");
        }
        check(x.length, length, "length of the argument");
        return array;
    }
}
