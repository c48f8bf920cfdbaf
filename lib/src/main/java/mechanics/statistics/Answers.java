package mechanics.statistics;

import mechanics.base.Seed;

import java.util.BitSet;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which of n test samples a classifier answers right, in an order. Immutable.
 *
 * <p>If the samples are independent, the accuracy over m of them scatters by √(p(1 − p)/m), p the chance of a right
 * answer: a count of successes is binomial.
 */
public final class Answers {
    private final BitSet right;
    private final int size;

    private Answers(BitSet right, int size) {
        this.right = right;
        this.size = size;
    }

    /**
     * The answers to n test samples.
     *
     * @param size number of test samples n, positive
     * @param right whether sample i, from 0 to n − 1, is answered right
     */
    public static Answers of(int size, IntPredicate right) {
        if (size < 1)
            throw new IllegalArgumentException("size = " + size + ": expected at least one sample");
        var bits = new BitSet(size);
        IntStream.range(0, size).filter(right).forEach(bits::set);
        return new Answers(bits, size);
    }

    /** Number of samples, n. */
    public int size() { return size; }

    /** Whether sample i is answered right. */
    public boolean right(int sample) {
        return right.get(requireSample(sample));
    }

    /** Share of right answers. */
    public double accuracy() { return (double) right.cardinality() / size; }

    /** Accuracy over the samples from (inclusive) to (exclusive). */
    public double accuracy(int from, int to) {
        if (from < 0 || to > size || from >= to)
            throw new IllegalArgumentException(
                    "samples " + from + " to " + to + ": expected a part of 0 to " + size);
        return (double) right.get(from, to).cardinality() / (to - from);
    }

    /**
     * Scatter of the accuracy between blocks of m samples that follow each other: the standard deviation over the
     * ⌊n/m⌋ whole blocks. Of K blocks its own relative standard error is about 1/√(2(K − 1)).
     *
     * @param m samples in a block, at least two blocks
     */
    public double spread(int m) {
        if (m < 1 || 2L * m > size)
            throw new IllegalArgumentException(
                    "m = " + m + ": expected blocks of 1 to " + size / 2 + " of " + size + " samples");
        double[] blocks = IntStream.range(0, size / m).mapToDouble(b -> accuracy(b * m, (b + 1) * m))
                .toArray();
        double mean = IntStream.range(0, blocks.length).mapToDouble(b -> blocks[b]).average().orElseThrow();
        double squares = IntStream.range(0, blocks.length).mapToDouble(b -> square(blocks[b] - mean)).sum();
        return Math.sqrt(squares / (blocks.length - 1));
    }

    /** The same answers in random order. */
    public Answers shuffled(long seed) {
        var random = Seed.of(seed).stream();
        long[] keys = random.longs(size).toArray();
        return reordered(Comparator.comparingLong(i -> keys[i]));
    }

    /**
     * The same answers, ordered by a number of each sample such as its class; ties keep their order.
     *
     * @param keys n numbers. Not modified.
     */
    public Answers sortedBy(int[] keys) {
        if (keys.length != size)
            throw new IllegalArgumentException("keys has " + keys.length + " numbers: expected " + size);
        return reordered(Comparator.comparingInt(i -> keys[i]));
    }

    /** Samples that both get wrong, in ascending order. */
    public int[] wrongWith(Answers other) {
        if (other.size != size)
            throw new IllegalArgumentException(
                    "other has " + other.size + " samples: expected the same " + size + " samples");
        return IntStream.range(0, size).filter(i -> !right.get(i) && !other.right.get(i)).toArray();
    }

    @Override
    public String toString() { return right.cardinality() + " of " + size + " right"; }

    private Answers reordered(Comparator<Integer> order) {
        int[] places = IntStream.range(0, size).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
        return of(size, i -> right.get(places[i]));
    }

    private int requireSample(int sample) {
        if (sample < 0 || sample >= size)
            throw new IllegalArgumentException("sample = " + sample + ": expected 0 to " + (size - 1));
        return sample;
    }

    private static double square(double x) { return x * x; }
}
