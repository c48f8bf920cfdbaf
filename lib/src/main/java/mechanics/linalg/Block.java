package mechanics.linalg;

/** A part of an array in double precision, small enough to stay in the first-level cache while it is worked on. */
public final class Block {
    public static final int SIZE = 512;
    public final double[] numbers = new double[SIZE];
    private final Array array;

    public Block(Array array) { this.array = array; }

    /** Reads entries from {@code from} on, up to the size of a block, and returns their number. Modified. */
    public int load(int from) {
        int n = Math.min(SIZE, array.length() - from);
        array.load(from, numbers, n);
        return n;
    }

    /** Writes the numbers back to where they were read. Modified: the array. */
    public void store(int from) {
        array.store(from, numbers, Math.min(SIZE, array.length() - from));
    }
}
