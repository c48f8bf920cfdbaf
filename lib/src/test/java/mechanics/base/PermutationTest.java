package mechanics.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
    /** χ² with 23 degrees of freedom is above it in 2 of 10,000 fair samples. */
    private static final double FAIR = 55.5;

    private static RandomGenerator random() { return new java.util.SplittableRandom(7); }

    @Test
    void everyOrderIsEquallyLikely() {
        var random = random();
        double fair = chiSquare(() -> Permutation.of(4, random));
        assertTrue(fair < FAIR, "χ² = " + fair);
    }

    /** The usual mistake: each place is swapped with any other, and 4⁴ equal outcomes do not divide into 4! orders. */
    @Test
    void theTestAboveWouldNoticeSwapsWithAnyPlace() {
        var random = random();
        double biased = chiSquare(() -> {
            int[] order = {0, 1, 2, 3};
            for (int i = 0; i < order.length; i++) {
                int j = random.nextInt(order.length);
                int kept = order[i];
                order[i] = order[j];
                order[j] = kept;
            }
            return order;
        });
        assertTrue(biased > 10 * FAIR, "χ² = " + biased);
    }

    private static double chiSquare(Supplier<int[]> orders) {
        int draws = 48_000;
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < draws; i++) counts.merge(Arrays.toString(orders.get()), 1, Integer::sum);
        assertEquals(24, counts.size());
        double expected = draws / 24.0;
        return counts.values().stream().mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 17, 1000})
    void everyIndexStandsThereOnce(int n) {
        int[] order = Permutation.of(n, random());
        Arrays.sort(order);
        assertArrayEquals(IntStream.range(0, n).toArray(), order);
    }

    @Test
    void everyRowIsChosenEquallyOften() {
        double[][] rows = {{0}, {1}, {2}, {3}, {4}};
        int draws = 20_000;
        int[] counts = new int[5];
        var random = random();
        for (int i = 0; i < draws; i++) {
            double[][] chosen = Permutation.choose(rows, 2, random);
            assertNotSame(chosen[0], chosen[1]);
            for (double[] row : chosen) counts[(int) row[0]]++;
        }
        // Of 20,000 draws each takes 8,000; the standard deviation is √(20,000 · 0.4 · 0.6) = 69.
        for (int count : counts) assertEquals(0.4 * draws, count, 4 * 69, () -> Arrays.toString(counts));
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        for (var call : java.util.List.<org.junit.jupiter.api.function.Executable>of(
                () -> Permutation.of(-1, random()), () -> Permutation.choose(new double[2][1], 3, random()),
                () -> Permutation.choose(new double[2][1], -1, random()))) {
            String message = assertThrows(IllegalArgumentException.class, call).getMessage();
            assertTrue(message.contains("n = ") && message.contains("expected"), message);
        }
    }
}
