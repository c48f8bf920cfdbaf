package mechanics.data;

import mechanics.base.Seed;
import mechanics.base.Permutation;
import mechanics.base.Require;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The corners of the hypercube {−1, +1}<sup>d</sup>, all equally likely.
 *
 * @param dimension d, at least 1
 */
public record Hypercube(int dimension) implements Inputs {

    private static final int LARGEST_LISTED = 24;

    public Hypercube {
        Require.positive("dimension", dimension);
    }

    /**
     * Every corner once, in the order of binary counting: coordinate j of corner i is +1 where bit j of i
     * is 0.
     *
     * @return 2<sup>d</sup> × d; d at most 24
     */
    public double[][] all() {
        if (dimension > LARGEST_LISTED) {
            throw new IllegalArgumentException(
                    "dimension = " + dimension + ": expected at most " + LARGEST_LISTED
                            + " to list every corner");
        }
        double[][] x = new double[1 << dimension][dimension];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < dimension; j++) {
                x[i][j] = (i >> j & 1) == 0 ? 1 : -1;
            }
        }
        return x;
    }

    @Override
    public double[][] sample(int n, long seed) {
        RandomGenerator random = Seed.of(seed).draw("hypercube");
        double[][] x = new double[Require.notNegative("n", n)][dimension];
        for (double[] row : x) {
            for (int j = 0; j < dimension; j++) {
                row[j] = random.nextBoolean() ? 1 : -1;
            }
        }
        return x;
    }

    /**
     * Independent samples without repetition. The same n and seed give the same numbers.
     *
     * @param n how many, at most 2<sup>d</sup>
     * @return n × d; d at most 24
     */
    public double[][] distinct(int n, long seed) {
        return Permutation.choose(all(), n, Seed.of(seed).draw("hypercube without repetition"));
    }

    /**
     * The parity x ↦ ∏ x<sub>j</sub> over some coordinates (a Walsh function). Parities of different
     * coordinates are orthonormal over the corners.
     *
     * @param coordinates from 0 to d − 1, distinct; none gives the constant 1. Not modified.
     */
    public ToDoubleFunction<double[]> parity(int... coordinates) {
        int[] chosen = coordinates.clone();
        boolean[] seen = new boolean[dimension];
        for (int j : chosen) {
            if (j < 0 || j >= dimension || seen[j]) {
                throw new IllegalArgumentException(
                        "coordinate = " + j + ": expected distinct coordinates from 0 to " + (dimension - 1));
            }
            seen[j] = true;
        }
        return x -> {
            double product = 1;
            for (int j : chosen)
                product *= x[j];
            return product;
        };
    }
}
