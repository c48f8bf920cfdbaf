package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum over the lanes of a vector in a fixed order: first each lane with the one half a vector away, then a
 * quarter, and so on. {@code reduceLanes(ADD)} leaves the order open, and it changes when the compiler replaces the
 * interpreter in the middle of a run: two runs with one seed would differ in the last digit.
 */
final class DoubleLanes {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    // Constants, not an array of them: the compiler turns a constant shuffle into one instruction.
    private static final VectorShuffle<Double> BY_8 = rotation(8);
    private static final VectorShuffle<Double> BY_4 = rotation(4);
    private static final VectorShuffle<Double> BY_2 = rotation(2);
    private static final VectorShuffle<Double> BY_1 = rotation(1);

    private DoubleLanes() {}

    private static VectorShuffle<Double> rotation(int by) { return VectorShuffle.iota(SPECIES, by, 1, true); }

    /** Σ of the lanes. */
    static double sum(DoubleVector v) {
        if (LANES > 16) return inOrder(v.toArray());
        var sum = v;
        if (LANES > 8) sum = sum.add(sum.rearrange(BY_8));
        if (LANES > 4) sum = sum.add(sum.rearrange(BY_4));
        if (LANES > 2) sum = sum.add(sum.rearrange(BY_2));
        if (LANES > 1) sum = sum.add(sum.rearrange(BY_1));
        return sum.lane(0);
    }

    private static double inOrder(double[] x) {
        double sum = 0;
        for (double each : x) sum += each;
        return sum;
    }
}
