package mechanics.linalg;

import mechanics.base.Require;

import java.util.random.RandomGenerator;

import java.util.Objects;

/**
 * A flat vector of numbers in one {@link Precision}: a window of given offset and length on storage that other
 * windows may share. A matrix is an array read row by row; the operations below that need rows take their number or
 * their width. Everything that runs once per training step allocates nothing.
 *
 * <p>Convention: {@code this} is what an operation writes, its arguments are what it reads. Arguments must have the
 * precision of {@code this}, except in {@link #copy}. Sizes are checked; overlapping windows are not, and give
 * undefined results unless they are the same window in an elementwise operation.
 */
public abstract sealed class Array permits FloatArray, DoubleArray {
    /** Index in the storage of entry 0. */
    final int offset;
    final int length;

    Array(int storageLength, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, storageLength);
        this.offset = offset;
        this.length = length;
    }

    /** The format of the entries. */
    public abstract Precision precision();

    /** The number of entries. */
    public final int length() { return length; }

    /** Where entry 0 lies in the storage. */
    public final int offset() { return offset; }

    /** The entry at {@code index}. */
    public abstract double get(int index);

    /** Sets the entry at {@code index}, rounded to the precision. Modified. */
    public abstract void set(int index, double value);

    /** A window on the same storage: entries {@code from} to {@code from + size − 1} of this array. */
    public abstract Array view(int from, int size);

    /** Reads {@code n} entries from {@code from} on into {@code block}. Not modified. */
    public abstract void load(int from, double[] block, int n);

    /** Writes the first {@code n} numbers of {@code block} to entries from {@code from} on. Modified. */
    public abstract void store(int from, double[] block, int n);

    /** this = value. Modified. */
    public abstract void fill(double value);

    /** Fills this array with independent normal numbers of mean 0, drawn in order. Modified. */
    public final void fillGaussian(RandomGenerator random, double standardDeviation) {
        for (int i = 0; i < length(); i++) set(i, standardDeviation * random.nextGaussian());
    }

    /** this = x, converting the precision where it differs. Modified. */
    public abstract void copy(Array x);

    /** this = α this. Modified. */
    public abstract void scale(double alpha);

    /** this = α x + β this; with β = 0 the old entries are not read. Modified. */
    public abstract void combine(double alpha, Array x, double beta);

    /** this = this + α x. Modified. */
    public final void add(double alpha, Array x) { combine(alpha, x, 1); }

    /** this = a ∘ b + β this, entry by entry; with β = 0 the old entries are not read. Modified. */
    public abstract void multiply(Array a, Array b, double beta);

    /** Every row of this = α row. {@code this} has any number of rows of the row's length. Modified. */
    public abstract void setRows(double alpha, Array row);

    /** Every row of this = itself + α row. Modified. */
    public abstract void addRows(double alpha, Array row);

    /** this = α Σ rows of {@code matrix} + β this, where rows have the length of this array. Modified. */
    public abstract void sumRows(double alpha, Array matrix, double beta);

    /** Row i of this = row {@code rows[i]} of {@code source}, for rows of the given width. Modified. */
    public final void gather(Array source, int[] rows, int width) {
        check(rows.length * width, length, "length of the gathered rows");
        for (int i = 0; i < rows.length; i++) {
            copyRange(source, Math.multiplyExact(rows[i], width), i * width, width);
        }
    }

    /** Entries {@code to …} of this = entries {@code from …} of x, {@code n} of them. Modified. */
    abstract void copyRange(Array x, int from, int to, int n);

    /** Entries {@code to …} of target = entries {@code from …} of this, {@code n} of them. Not modified. */
    abstract void copyTo(double[] target, int to, int from, int n);

    /** Entries {@code to …} of target = entries {@code from …} of this, rounded. Not modified. */
    abstract void copyTo(float[] target, int to, int from, int n);

    /**
     * this = α op(a) op(b) + β this, where op(a) is m × k, op(b) is k × n and this is m × n, all stored row by row
     * without gaps; op transposes where asked. With β = 0 the old entries are not read. Modified.
     */
    public final void gemm(double alpha, Array a, boolean transposeA, Array b, boolean transposeB, int m,
            int n,
            int k, double beta) {
        gemm(m, n, k, alpha, a, 0, transposeA ? m : k, transposeA, b, 0, transposeB ? k : n, transposeB, beta,
                0, n);
    }

    /**
     * The general product: this(atC) = α op(a(atA)) op(b(atB)) + β this(atC). Each matrix starts at an entry of its
     * array ({@code atA}, {@code atB}, {@code atC}) and has its own stride from row to row ({@code strideA} …), so
     * that blocks of larger matrices take part in place. Modified.
     *
     * @param m rows of op(a) and of the result
     * @param n columns of op(b) and of the result
     * @param k columns of op(a), rows of op(b)
     */
    public final void gemm(int m, int n, int k, double alpha, Array a, int atA, int strideA,
            boolean transposeA,
            Array b, int atB, int strideB, boolean transposeB, double beta, int atC, int strideC) {
        checkMatrix("a", a.length, atA, transposeA ? k : m, transposeA ? m : k, strideA);
        checkMatrix("b", b.length, atB, transposeB ? n : k, transposeB ? k : n, strideB);
        checkMatrix("result", length, atC, m, n, strideC);
        if (m == 0 || n == 0) return;
        product(m, n, k, alpha, a, atA, strideA, transposeA, b, atB, strideB, transposeB, beta, atC, strideC);
    }

    /** {@link #gemm} after the checks. */
    abstract void product(int m, int n, int k, double alpha, Array a, int atA, int strideA,
            boolean transposeA,
            Array b, int atB, int strideB, boolean transposeB, double beta, int atC, int strideC);

    /** this = tanh z and slope = 1 − tanh² z, entry by entry. Modified: this and slope. */
    public abstract void tanh(Array z, Array slope);

    /**
     * this = φ′ ∘ w + φ″ ∘ u ∘ v + β this for φ = tanh, of which y and φ′ = slope are there: φ″ = −2 y φ′. With
     * β = 0 the old entries are not read. Modified.
     */
    public abstract void multiplyTanhTangent(Array y, Array slope, Array u, Array v, Array w, double beta);

    /**
     * this = z and slope = 1 where z > 0, this = leak · z and slope = leak elsewhere. Modified: this and slope.
     */
    public abstract void rectify(Array z, double leak, Array slope);

    /**
     * Each row of this = the softmax of the row of {@code logits}, for rows of the given width: exp(x) / Σ exp(x),
     * with the largest x taken off first. May be the same array. Modified.
     */
    public abstract void softmaxRows(Array logits, int width);

    /**
     * With p in this and v given, each row of this = p ∘ (v − ⟨p, v⟩): the derivative of the softmax p along v, and
     * as its Jacobian is symmetric, the adjoint too. Modified.
     */
    public abstract void softmaxTangentRows(Array v, int width);

    /** The index, from 0, of the first largest among the {@code n} entries from {@code from} on. Not modified. */
    public abstract int largestAt(int from, int n);

    /** Σ xᵢ yᵢ in double precision, on one machine in an order that depends on the length alone. Not modified. */
    public abstract double dot(Array x);

    /** Σ xᵢ in double precision, in an order that depends on the length alone. Not modified. */
    public abstract double sum();

    /** The Euclidean norm. Not modified. */
    public final double norm() {
        double square = dot(this);
        // Where squares overflow or lose digits: a sum of squares of numbers near 1.
        if (square > (precision() == Precision.FLOAT32 ? 1e-25 : 1e-280)
                && square < Double.POSITIVE_INFINITY) {
            return Math.sqrt(square);
        }
        double largest = largest();
        if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) return largest;
        double sum = 0;
        for (int i = 0; i < length(); i++) {
            double ratio = get(i) / largest;
            sum += ratio * ratio;
        }
        return largest * Math.sqrt(sum);
    }

    /** max |xᵢ|, NaN if an entry is NaN, 0 if there is none. Not modified. */
    public abstract double largest();

    /** Whether no entry is NaN or infinite. Not modified. */
    public final boolean isFinite() {
        return Double.isFinite(largest());
    }

    /** A new array of the same precision and the given length, zero. */
    public final Array like(int size) {
        return precision().array(size);
    }

    /** A new array with the same entries on its own storage. */
    public final Array copy() {
        var copy = like(length);
        copy.copy(this);
        return copy;
    }

    /** The entries as numbers in double precision, in a new Java array. */
    public final double[] toDoubles() {
        var values = new double[length];
        load(0, values, length);
        return values;
    }

    /** The entries as rows of the given width, in new Java arrays. */
    public final double[][] toRows(int width) {
        if (width <= 0 || length % width != 0) {
            throw new IllegalArgumentException(
                    "width = " + width + ": expected a divisor of the length " + length);
        }
        var rows = new double[length / width][width];
        for (int i = 0; i < rows.length; i++) {
            load(i * width, rows[i], width);
        }
        return rows;
    }

    static void check(int actual, int expected, String what) {
        if (actual != expected) {
            throw new IllegalArgumentException(what + " = " + actual + ": expected " + expected);
        }
    }

    /** Checks that rows of the given width fill this array. */
    final void checkWidth(int width) {
        Require.positive("width", width);
        check(length % width, 0, "entries left over after the last whole row");
    }

    /** Checks that rows of the width of {@code row} fill {@code matrix}, and returns their number. */
    static int checkRows(Array matrix, Array row) {
        if (row.length == 0) {
            check(matrix.length, 0, "length of a matrix of empty rows");
            return 0;
        }
        check(matrix.length % row.length, 0, "entries left over after the last whole row");
        return matrix.length / row.length;
    }

    private static void checkMatrix(String name, int length, int at, int rows, int columns, int stride) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "matrix " + name + " is " + rows + " × " + columns + ": expected sizes of at least 0");
        }
        if (rows == 0 || columns == 0) return;
        long end = at + (long) (rows - 1) * stride + columns;
        if (at < 0 || stride < columns || end > length) {
            throw new IllegalArgumentException("matrix " + name + " of " + rows + " × " + columns + " at "
                    + at
                    + " with stride " + stride + ": expected to fit an array of " + length + " entries");
        }
    }

    /** A short text: precision, length and the first entries. */
    @Override
    public final String toString() {
        var text = new StringBuilder(precision().name()).append('[').append(length).append("] (");
        for (int i = 0; i < Math.min(8, length); i++) {
            text.append(i == 0 ? "" : ", ").append(get(i));
        }
        return text.append(length > 8 ? ", …)" : ")").toString();
    }
}
