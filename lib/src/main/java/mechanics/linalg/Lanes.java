package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum over the lanes of a vector in a fixed order: first each lane with the one half a vector away, then a
 * quarter, and so on. {@code reduceLanes(ADD)} leaves the order open, and it changes when the compiler replaces the
 * interpreter in the middle of a run: two runs with one seed would differ in the last digit.
 */
final class Lanes {
    private static final VectorSpecies<Float> FLOAT_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLE_SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int FLOATS = FLOAT_SPECIES.length();
    private static final int DOUBLES = DOUBLE_SPECIES.length();

    // Constants, not an array of them: the compiler turns a constant shuffle into one instruction.
    private static final VectorShuffle<Float> FLOATS_BY_8 = rotation(FLOAT_SPECIES, 8);
    private static final VectorShuffle<Float> FLOATS_BY_4 = rotation(FLOAT_SPECIES, 4);
    private static final VectorShuffle<Float> FLOATS_BY_2 = rotation(FLOAT_SPECIES, 2);
    private static final VectorShuffle<Float> FLOATS_BY_1 = rotation(FLOAT_SPECIES, 1);
    private static final VectorShuffle<Double> DOUBLES_BY_4 = rotation(DOUBLE_SPECIES, 4);
    private static final VectorShuffle<Double> DOUBLES_BY_2 = rotation(DOUBLE_SPECIES, 2);
    private static final VectorShuffle<Double> DOUBLES_BY_1 = rotation(DOUBLE_SPECIES, 1);

    private Lanes() {}

    private static <E> VectorShuffle<E> rotation(VectorSpecies<E> species, int by) {
        return VectorShuffle.iota(species, by, 1, true);
    }

    /** Σ of the lanes. */
    static float sum(FloatVector v) {
        if (FLOATS > 16) return inOrder(v.toArray());
        var sum = v;
        if (FLOATS > 8) sum = sum.add(sum.rearrange(FLOATS_BY_8));
        if (FLOATS > 4) sum = sum.add(sum.rearrange(FLOATS_BY_4));
        if (FLOATS > 2) sum = sum.add(sum.rearrange(FLOATS_BY_2));
        if (FLOATS > 1) sum = sum.add(sum.rearrange(FLOATS_BY_1));
        return sum.lane(0);
    }

    /** Σ of the lanes. */
    static double sum(DoubleVector v) {
        if (DOUBLES > 8) return inOrder(v.toArray());
        var sum = v;
        if (DOUBLES > 4) sum = sum.add(sum.rearrange(DOUBLES_BY_4));
        if (DOUBLES > 2) sum = sum.add(sum.rearrange(DOUBLES_BY_2));
        if (DOUBLES > 1) sum = sum.add(sum.rearrange(DOUBLES_BY_1));
        return sum.lane(0);
    }

    private static float inOrder(float[] x) {
        float sum = 0;
        for (float each : x) sum += each;
        return sum;
    }

    private static double inOrder(double[] x) {
        double sum = 0;
        for (double each : x) sum += each;
        return sum;
    }
}
