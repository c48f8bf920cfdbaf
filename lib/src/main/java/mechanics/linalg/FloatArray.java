package mechanics.linalg;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/** An {@link Array} in single precision on a {@code float[]}. */
public final class FloatArray extends Array {
    private final float[] data;
    /** The storage from entry 0 on, as BLAS sees it. Made once: a call allocates nothing. */
    private final MemorySegment segment;

    private FloatArray(float[] data, int offset, int length) {
        super(data.length, offset, length);
        this.data = data;
        this.segment = MemorySegment.ofArray(data).asSlice((long) offset * Float.BYTES);
    }

    /** A new array of {@code length} zeros. */
    public static FloatArray of(int length) {
        return new FloatArray(new float[length], 0, length);
    }

    /** The whole of {@code data}, not copied. */
    public static FloatArray wrap(float[] data) {
        return new FloatArray(data, 0, data.length);
    }

    /** The storage that this array is a window on: entry i lies at {@code offset() + i}. */
    public float[] storage() {
        return data;
    }

    @Override
    public Precision precision() { return Precision.FLOAT32; }

    @Override
    public double get(int index) { return data[offset + Objects.checkIndex(index, length)]; }

    @Override
    public void set(int index, double value) {
        data[offset + Objects.checkIndex(index, length)] = (float) value;
    }

    @Override
    public FloatArray view(int from, int size) {
        Objects.checkFromIndexSize(from, size, length);
        return new FloatArray(data, offset + from, size);
    }

    @Override
    public void load(int from, double[] block, int n) {
        Objects.checkFromIndexSize(from, n, length);
        float[] x = data;
        int at = offset + from;
        for (int i = 0; i < n; i++) block[i] = x[at + i];
    }

    @Override
    public void store(int from, double[] block, int n) {
        Objects.checkFromIndexSize(from, n, length);
        float[] y = data;
        int at = offset + from;
        for (int i = 0; i < n; i++) y[at + i] = (float) block[i];
    }

    @Override
    public void fill(double value) { Arrays.fill(data, offset, offset + length, (float) value); }

    @Override
    public void copy(Array x) {
        check(x.length, length, "length of x");
        copyRange(x, 0, 0, length);
    }

    @Override
    void copyRange(Array x, int from, int to, int n) {
        Objects.checkFromIndexSize(from, n, x.length);
        Objects.checkFromIndexSize(to, n, length);
        switch (x) {
            case FloatArray f -> System.arraycopy(f.data, f.offset + from, data, offset + to, n);
            case DoubleArray d -> {
                double[] source = d.storage();
                int at = d.offset + from;
                for (int i = 0; i < n; i++) data[offset + to + i] = (float) source[at + i];
            }
        }
    }

    @Override
    public void scale(double alpha) {
        float a = (float) alpha;
        float[] y = data;
        for (int i = offset, end = offset + length; i < end; i++) y[i] *= a;
    }

    @Override
    public void combine(double alpha, Array term, double beta) {
        FloatArray x = same(term, length);
        Elementwise.combine((float) alpha, x.data, x.offset, (float) beta, data, offset, length);
    }

    @Override
    public void multiply(Array left, Array right, double beta) {
        FloatArray a = same(left, length);
        FloatArray b = same(right, length);
        Elementwise.multiply(1, a.data, a.offset, b.data, b.offset, (float) beta, data, offset, length);
    }

    @Override
    public void setRows(double alpha, Array row) {
        int rows = checkRows(this, row);
        FloatArray r = same(row, row.length);
        if (rows == 0) return;
        int width = row.length;
        Elementwise.combine((float) alpha, r.data, r.offset, 0, data, offset, width);
        // Doubling: each copy moves all rows that are there already.
        for (int done = 1; done < rows; done *= 2) {
            System.arraycopy(data, offset, data, offset + done * width, Math.min(done, rows - done) * width);
        }
    }

    @Override
    public void sumRows(double alpha, Array matrix, double beta) {
        int rows = checkRows(matrix, this);
        FloatArray a = same(matrix, matrix.length);
        float scale = (float) alpha;
        if (beta == 0) {
            fill(0);
        } else if (beta != 1) {
            scale(beta);
        }
        for (int i = 0; i < rows; i++) {
            Elementwise.combine(scale, a.data, a.offset + i * length, 1, data, offset, length);
        }
    }

    @Override
    public void addRows(double alpha, Array row) {
        int rows = checkRows(this, row);
        FloatArray r = same(row, row.length);
        for (int i = 0; i < rows; i++) {
            Elementwise.combine((float) alpha, r.data, r.offset, 1, data, offset + i * row.length,
                    row.length);
        }
    }

    @Override
    public void tanh(Array input, Array derivative) {
        FloatArray z = same(input, length);
        FloatArray slope = same(derivative, length);
        Elementary.tanh(z.data, z.offset, data, offset, length);
        Elementwise.tanhSlope(data, offset, slope.data, slope.offset, length);
    }

    @Override
    public void multiplyTanhTangent(Array value, Array derivative, Array left, Array right, Array last,
            double beta) {
        FloatArray y = same(value, length);
        FloatArray slope = same(derivative, length);
        FloatArray u = same(left, length);
        FloatArray v = same(right, length);
        FloatArray w = same(last, length);
        Elementwise.multiplyTanhTangent(y.data, y.offset, slope.data, slope.offset, u.data, u.offset, v.data,
                v.offset, w.data, w.offset, (float) beta, data, offset, length);
    }

    @Override
    public void rectify(Array input, double leak, Array derivative) {
        FloatArray z = same(input, length);
        FloatArray slope = same(derivative, length);
        Elementary.rectify(z.data, z.offset, (float) leak, data, offset, slope.data, slope.offset, length);
    }

    @Override
    public void softmaxRows(Array input, int width) {
        FloatArray logits = same(input, length);
        if (width <= 0) throw new IllegalArgumentException("width = " + width + ": expected at least 1");
        check(length % width, 0, "entries left over after the last whole row");
        float[] x = logits.data;
        float[] y = data;
        for (int row = 0; row < length; row += width) {
            int from = logits.offset + row;
            int to = offset + row;
            float largest = Float.NEGATIVE_INFINITY;
            for (int j = 0; j < width; j++) largest = Math.max(largest, x[from + j]);
            for (int j = 0; j < width; j++) y[to + j] = x[from + j] - largest;
        }
        Elementary.exp(y, offset, y, offset, length);
        for (int to = offset; to < offset + length; to += width) {
            double sum = 0;
            for (int j = 0; j < width; j++) sum += y[to + j];
            float inverse = (float) (1 / sum);
            for (int j = 0; j < width; j++) y[to + j] *= inverse;
        }
    }

    @Override
    public void softmaxTangentRows(Array v, int width) {
        FloatArray tangent = same(v, length);
        if (width <= 0) throw new IllegalArgumentException("width = " + width + ": expected at least 1");
        check(length % width, 0, "entries left over after the last whole row");
        float[] u = tangent.data;
        float[] p = data;
        for (int row = 0; row < length; row += width) {
            int from = tangent.offset + row;
            int to = offset + row;
            float mean = 0;
            for (int j = 0; j < width; j++) mean += p[to + j] * u[from + j];
            for (int j = 0; j < width; j++) p[to + j] *= u[from + j] - mean;
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
    void product(int m, int n, int k, double alpha, Array a, int atA, int strideA, boolean transposeA,
            Array b,
            int atB, int strideB, boolean transposeB, double beta, int atC, int strideC) {
        FloatArray left = same(a, a.length);
        FloatArray right = same(b, b.length);
        if (SmallGemm.suitsFloats(transposeA, transposeB, m, n, k)) {
            SmallGemm.multiply(transposeA, transposeB, m, n, k, (float) alpha, left.data, left.offset + atA,
                    strideA,
                    right.data, right.offset + atB, strideB, (float) beta, data, offset + atC, strideC);
        } else if (Blas.available()) {
            Blas.sgemm(transposeA, transposeB, m, n, k, (float) alpha, left.at(atA), strideA, right.at(atB),
                    strideB,
                    (float) beta, at(atC), strideC);
        } else {
            JavaGemm.multiply(transposeA, transposeB, m, n, k, (float) alpha, left.data, left.offset + atA,
                    strideA,
                    right.data, right.offset + atB, strideB, (float) beta, data, offset + atC, strideC);
        }
    }

    private MemorySegment at(int index) {
        return index == 0 ? segment : segment.asSlice((long) index * Float.BYTES);
    }

    @Override
    public double dot(Array x) {
        FloatArray other = same(x, length);
        return Reductions.dot(data, offset, other.data, other.offset, length);
    }

    @Override
    public double sum() {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
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
    public double largest() { return Reductions.largest(data, offset, length); }

    private static FloatArray same(Array x, int length) {
        if (!(x instanceof FloatArray array)) {
            throw new IllegalArgumentException(
                    "argument of precision " + x.precision() + ": expected FLOAT32");
        }
        check(x.length, length, "length of the argument");
        return array;
    }
}
