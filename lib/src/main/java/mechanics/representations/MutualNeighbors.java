package mechanics.representations;

import java.util.Arrays;
import java.util.stream.IntStream;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;

/**
 * The mutual nearest-neighbor alignment of two representations: of the k samples most like sample i in one, the share
 * that is among the k most like it in the other, averaged over i. Alike means a large cosine of the features. 1 for
 * representations with the same neighborhoods, {@link #chance} for independent ones. It sees what is local: a
 * monotonic map of all similarities changes nothing.
 *
 * <p>Cost: n² (d + d′) multiply–adds and O(n² k) to choose. Source: Huh, Cheung, Wang and Isola, "The platonic
 * representation hypothesis" (2024), with k = 10.
 *
 * @param k the number of neighbors, positive
 */
public record MutualNeighbors(int k) {
    /** Checks k. */
    public MutualNeighbors {
        if (k <= 0) throw new IllegalArgumentException("k = " + k + ": expected at least 1");
    }

    /** The ten nearest. */
    public static MutualNeighbors ten() { return new MutualNeighbors(10); }

    /**
     * The alignment of two representations of the same samples, between 0 and 1. Not modified.
     *
     * @param x n × d, rows are samples
     * @param y n × d′, rows are the same samples
     */
    public double alignment(Representation x, Representation y) {
        Features.requireSame(x, y, k + 1);
        return alignment(neighbors(x), neighbors(y));
    }

    /**
     * The alignment of neighbors that are known already: see {@link #neighbors}. Not modified.
     *
     * @param x the numbers of each sample's neighbors in one representation, n × k
     * @param y those in the other, n × k
     * @return between 0 and 1
     */
    public double alignment(int[][] x, int[][] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("neighbors of " + x.length + " and " + y.length
                    + " samples: expected the same samples, in the same order");
        }
        long common = 0;
        for (int i = 0; i < x.length; i++) {
            for (int a : x[i]) {
                for (int b : y[i]) if (a == b) common++;
            }
        }
        return common / (double) ((long) k * x.length);
    }

    /**
     * The alignment expected of representations that have nothing to do with each other: k / (n − 1).
     *
     * @param samples n
     */
    public double chance(int samples) { return k / (samples - 1.0); }

    /**
     * The neighbors of samples that are dealt out in another order: what {@link #neighbors} would find for
     * {@code z.part(order)}, but for ties. With a random order the partners of a pair have nothing to do with each
     * other, and the alignment is {@link #chance} on average, exactly. Not modified.
     *
     * @param neighbors n × k, nearest first
     * @param order a permutation of the samples: which one comes at place 0, 1, …
     * @throws IllegalArgumentException if it is none
     */
    public int[][] reordered(int[][] neighbors, int... order) {
        int n = neighbors.length;
        if (!Arrays.equals(IntStream.of(order).sorted().toArray(), IntStream.range(0, n).toArray())) {
            throw new IllegalArgumentException("order = " + Arrays.toString(order)
                    + ": expected a permutation of 0 to " + (n - 1));
        }
        var place = new int[n];
        for (int i = 0; i < n; i++) place[order[i]] = i;
        return IntStream.of(order).mapToObj(i -> IntStream.of(neighbors[i]).map(j -> place[j]).toArray())
                .toArray(int[][]::new);
    }

    /**
     * The k nearest samples of every sample, the nearest first; of equally near ones, those that come first. n × k. Not
     * modified.
     *
     * @param z n × d, rows are samples
     * @throws IllegalArgumentException if there are no k others, or a sample whose features are all zero
     */
    public int[][] neighbors(Representation z) {
        Features.requireSamples(z, k + 1);
        Array cosines = cosines(z, IntStream.range(0, z.samples()).toArray());
        int n = z.samples();
        var nearest = new int[n][];
        var row = new double[n];
        for (int i = 0; i < n; i++) {
            cosines.load(i * n, row, n);
            row[i] = Double.NEGATIVE_INFINITY;
            nearest[i] = largest(row);
        }
        return nearest;
    }

    /** The indices of the k largest numbers, falling. */
    private int[] largest(double[] numbers) {
        var best = new int[k];
        int count = 0;
        for (int j = 0; j < numbers.length; j++) {
            if (count == k && numbers[j] <= numbers[best[k - 1]]) continue;
            int at = count < k ? count++ : k - 1;
            while (at > 0 && numbers[best[at - 1]] < numbers[j]) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = j;
        }
        return best;
    }

    /** The cosines between all samples and the given ones, n × others, in double precision. */
    static Array cosines(Representation z, int[] others) {
        int n = z.samples(), d = z.width();
        Array unit = Precision.FLOAT64.array(z.values().length());
        unit.copy(z.values());
        for (int i = 0; i < n; i++) {
            Array row = unit.view(i * d, d);
            double length = row.norm();
            if (!(length > 0) || Double.isInfinite(length)) {
                throw new IllegalArgumentException("sample " + i + " has features of length " + length
                        + ": expected a positive number, as it has no direction otherwise");
            }
            if (length < 1e-300) {
                // The inverse of so short a length overflows.
                row.scale(0x1p200);
                length *= 0x1p200;
            }
            row.scale(1 / length);
        }
        Array chosen = unit.like(Math.multiplyExact(others.length, d));
        chosen.gather(unit, others, d);
        Array cosines = unit.like(Math.multiplyExact(n, others.length));
        cosines.gemm(1, unit, false, chosen, true, n, others.length, d, 0);
        return cosines;
    }
}
