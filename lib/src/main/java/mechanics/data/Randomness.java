package mechanics.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random streams. Streams of different names are independent, so equal seeds in two places do no harm. */
final class Randomness {

    private static final RandomGeneratorFactory<RandomGenerator> FACTORY = RandomGeneratorFactory
            .of("L64X128MixRandom");

    private Randomness() {}

    static RandomGenerator stream(long seed, String name) {
        long mixed = seed;
        for (int i = 0; i < name.length(); i++)
            mixed = (mixed ^ name.charAt(i)) * 0x100000001b3L; // FNV-1a
        return FACTORY.create(mixed);
    }

    /** A random order of 0, …, n − 1 (Fisher and Yates). */
    static int[] permutation(int n, RandomGenerator random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** n different rows in random order. The rows are shared. */
    static double[][] distinct(double[][] rows, int n, RandomGenerator random) {
        if (n < 0 || n > rows.length) {
            throw new IllegalArgumentException("n = " + n + ": expected 0 to " + rows.length
                    + ", as many different points as there are");
        }
        int[] order = permutation(rows.length, random);
        double[][] chosen = new double[n][];
        Arrays.setAll(chosen, i -> rows[order[i]]);
        return chosen;
    }

    static double[] gaussian(int n, RandomGenerator random) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++)
            x[i] = random.nextGaussian();
        return x;
    }
}
