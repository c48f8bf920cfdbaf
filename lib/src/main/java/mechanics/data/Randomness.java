package mechanics.data;

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

    static double[] gaussian(int n, RandomGenerator random) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++)
            x[i] = random.nextGaussian();
        return x;
    }
}
