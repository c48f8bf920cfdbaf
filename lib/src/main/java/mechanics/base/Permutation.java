package mechanics.base;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Random orders, every one equally likely (Fisher and Yates). */
public final class Permutation {
    private Permutation() {}

    /**
     * A random order of 0, …, n − 1. Cost: O(n).
     *
     * @param n how many, at least 0
     */
    public static int[] of(int n, RandomGenerator random) {
        int[] order = new int[Require.notNegative("n", n)];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** n different rows in random order. The rows are shared. */
    public static double[][] choose(double[][] rows, int n, RandomGenerator random) {
        if (n < 0 || n > rows.length) {
            throw new IllegalArgumentException("n = " + n + ": expected 0 to " + rows.length
                    + ", as many different points as there are");
        }
        int[] order = of(rows.length, random);
        double[][] chosen = new double[n][];
        Arrays.setAll(chosen, i -> rows[order[i]]);
        return chosen;
    }
}
