package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over short runs of a {@code double[]}, such as a row, in the precision of the array: each lane of a vector has
 * its own sum, and the lanes are added last, in a fixed order.
 */
final class DoubleRun {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private DoubleRun() {}

    /** Σ aᵢ bᵢ. */
    static double dot(double[] a, int i, double[] b, int j, int n) {
        var sum = DoubleVector.zero(SPECIES);
        int k = 0;
        for (int bound = SPECIES.loopBound(n); k < bound; k += SPECIES.length()) {
            sum = DoubleVector.fromArray(SPECIES, a, i + k)
                    .fma(DoubleVector.fromArray(SPECIES, b, j + k), sum);
        }
        if (k < n) {
            var rest = SPECIES.indexInRange(k, n);
            sum = DoubleVector.fromArray(SPECIES, a, i + k, rest)
                    .fma(DoubleVector.fromArray(SPECIES, b, j + k, rest), sum);
        }
        return Lanes.sum(sum);
    }

    /** Σ aᵢ. */
    static double sum(double[] a, int i, int n) {
        var sum = DoubleVector.zero(SPECIES);
        int k = 0;
        for (int bound = SPECIES.loopBound(n); k < bound; k += SPECIES.length()) {
            sum = sum.add(DoubleVector.fromArray(SPECIES, a, i + k));
        }
        if (k < n)
            sum = sum
                    .add(DoubleVector.fromArray(SPECIES, a, i + k, SPECIES.indexInRange(k, n)));
        return Lanes.sum(sum);
    }
}
