package mechanics.network;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;

/**
 * A variable of the computation: its value v, its tangent v̇ (the derivative of v along a direction), and its adjoint
 * δ = ∂loss/∂v, which is a tensor again with a tangent δ̇ of its own. Memory for each is taken when it is first used.
 *
 * <p>An activation has one block of numbers per sample, one after another; a parameter has one block in all. Either
 * is read as a matrix of {@link #rows()} × {@link #columns()}, where a row runs along the last axis of the shape.
 *
 * <p><b>Constants.</b> A constant (the data, frozen parameters) has tangent zero and an adjoint that nobody asks
 * for. The operations of {@link Pass} skip the terms with its tangent and return at once when told to write to its
 * adjoint; layers need not look.
 *
 * <p><b>Accumulation.</b> Adjoints are sums over the uses of a variable. {@link #clear} makes a tensor zero without
 * touching memory; the first addition overwrites, the later ones add. {@link #markAdded} tells which.
 */
public final class Tensor {
    private final Shape shape;
    /** Of one block. Kept: a step asks for them many times. */
    private final int blockRows;
    private final int columns;
    private final Precision precision;
    private final boolean perSample;
    private final Slot value = new Slot();
    private final Slot tangent = new Slot();
    private int samples = 1;
    private boolean constant;
    private Tensor adjoint;

    /** The numbers of a tensor in one pass. */
    private static final class Slot {
        /** All the memory there is. */
        private Array store;
        /** The window that the present number of samples fills. */
        private Array window;
        /** Whether there is more than an unwritten zero here. */
        private boolean written;
        /** Whether the memory belongs to another. */
        private boolean bound;

        long bytes() {
            return store == null || bound ? 0 : (long) store.length() * store.precision().bytes();
        }
    }

    private Tensor(Shape shape, Precision precision, boolean perSample) {
        this.shape = shape;
        blockRows = shape.rows();
        columns = shape.columns();
        this.precision = precision;
        this.perSample = perSample;
    }

    /** A variable with one block of numbers of the given shape for each sample. */
    static Tensor activation(Shape shape, Precision precision) {
        return new Tensor(shape, precision, true);
    }

    /**
     * A variable with one block of numbers in all, whatever the number of samples.
     *
     * @param shape that of the block
     * @param precision the format of the numbers
     */
    public static Tensor parameter(Shape shape, Precision precision) {
        return new Tensor(shape, precision, false);
    }

    /** The shape of one block: of a sample's activation, or of the parameter. */
    public Shape shape() {
        return shape;
    }

    /** The number of samples at present; 1 for a parameter. */
    public int samples() { return samples; }

    /** The number of rows: those of a block times the number of blocks. */
    public int rows() {
        return blockRows * samples;
    }

    /** The length of a row. */
    public int columns() { return columns; }

    /** The number of entries: rows × columns. */
    public int length() { return blockRows * columns * samples; }

    /**
     * The numbers in the given pass: v or v̇.
     *
     * @param pass values or tangents
     */
    public Array array(Pass pass) { return pass == Pass.VALUE ? value() : tangent(); }

    /** v, rows × columns. */
    public Array value() { return window(value); }

    /** v̇, rows × columns. */
    public Array tangent() { return window(tangent); }

    /** δ = ∂loss/∂v, of the same shape. */
    public Tensor adjoint() {
        if (adjoint == null) {
            adjoint = new Tensor(shape, precision, perSample);
            adjoint.samples = samples;
            adjoint.constant = constant;
        }
        return adjoint;
    }

    /** Whether this variable does not vary: tangent zero, adjoint not wanted. */
    public boolean isConstant() {
        return constant;
    }

    /**
     * Makes this variable a constant, or not. Modified.
     *
     * @param constant whether it is one
     */
    public void setConstant(boolean constant) {
        this.constant = constant;
        if (adjoint != null) adjoint.constant = constant;
    }

    /**
     * Makes the numbers of a pass zero without writing them. Modified.
     *
     * @param pass values or tangents
     */
    public void clear(Pass pass) { slot(pass).written = false; }

    /**
     * Notes that the numbers of a pass are written, whatever was there. Modified.
     *
     * @param pass values or tangents
     */
    public void markWritten(Pass pass) { slot(pass).written = true; }

    /**
     * Notes that something is added to the numbers of a pass, and returns the factor β by which the operation that adds
     * it must keep what is there: 0 for the first after {@link #clear}, 1 from then on. Modified.
     *
     * @param pass values or tangents
     */
    public double markAdded(Pass pass) {
        Slot slot = slot(pass);
        double beta = slot.written ? 1 : 0;
        slot.written = true;
        return beta;
    }

    /**
     * Writes the zeros where nothing was added since {@link #clear}. Modified.
     *
     * @param pass values or tangents
     */
    public void settle(Pass pass) {
        Slot slot = slot(pass);
        if (!slot.written) {
            window(slot).fill(0);
            slot.written = true;
        }
    }

    /** Uses {@code array} for the numbers of a pass from now on. Modified. */
    void bind(Pass pass, Array array) {
        Slot slot = slot(pass);
        slot.store = array;
        slot.window = null;
        slot.written = true;
        slot.bound = true;
    }

    /** Sets the number of samples; what was computed before is lost. Modified. */
    void resize(int count) {
        if (!perSample || count == samples) return;
        samples = count;
        value.window = null;
        tangent.window = null;
        if (adjoint != null) adjoint.resize(count);
    }

    /** The bytes of its own memory: values, tangents, and those of its adjoint; without what is bound to others'. */
    long bytes() {
        return value.bytes() + tangent.bytes() + (adjoint == null ? 0 : adjoint.bytes());
    }

    private Slot slot(Pass pass) { return pass == Pass.VALUE ? value : tangent; }

    private Array window(Slot slot) {
        if (slot.window == null) {
            int length = length();
            if (slot.store == null || slot.store.length() < length) slot.store = precision.array(length);
            slot.window = slot.store.length() == length ? slot.store : slot.store.view(0, length);
        }
        return slot.window;
    }

    @Override
    public String toString() { return "Tensor" + shape + (perSample ? " × " + samples + " samples" : ""); }
}
