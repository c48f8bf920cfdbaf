package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What is taken from a run of a {@code double[]}, such as a row, in the precision of the array. In a sum each lane of a
 * vector has its own, and the lanes are added last, in a fixed order.
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
        return DoubleLanes.sum(sum);
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
        return DoubleLanes.sum(sum);
    }

    /** max |xᵢ|, NaN where one is. */
    static double largest(double[] x, int from, int n) {
        var largest = DoubleVector.zero(SPECIES);
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
            largest = largest.max(DoubleVector.fromArray(SPECIES, x, from + i).abs());
        }
        double result = largest.reduceLanes(VectorOperators.MAX);
        for (; i < n; i++) result = Math.max(result, Math.abs(x[from + i]));
        return result;
    }
}
