package mechanics.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import mechanics.base.Seed;

class PercolationTest {

    @ParameterizedTest
    @EnumSource
    void theLargestClusterIsTheOneThatFloodingFinds(Lattice lattice) {
        for (int side : new int[]{2, 3, 10, 17})
            for (long seed = 0; seed < 20; seed++) {
                double p = 0.3 + 0.02 * seed;
                assertEquals(flooded(lattice, side, p, seed),
                        new Percolation(lattice, side).largestCluster(p, seed));
            }
    }

    @ParameterizedTest
    @EnumSource
    void allOrNothing(Lattice lattice) {
        assertEquals(0, new Percolation(lattice, 9).largestCluster(0, 1));
        assertEquals(81, new Percolation(lattice, 9).largestCluster(1, 1));
    }

    @ParameterizedTest
    @EnumSource
    void aCrossingNeedsAtLeastOneSiteInEachRow(Lattice lattice) {
        for (long seed = 0; seed < 50; seed++) {
            double share = new Percolation(lattice, 5).spanningShare(seed);
            assertTrue(share >= 0.2 && share <= 1, "share " + share);
        }
    }

    /** On a 2 × 2 piece the square lattice has 2 crossings by two sites; the other 4 pairs need a third site. */
    @Test
    void theSmallestPieceIsCrossedAsCountedByHand() {
        assertEquals((2 * 0.5 + 4 * 0.75) / 6, mean(Lattice.SQUARE, 2, 20_000), 0.003);
        // One diagonal is a bond as well.
        assertEquals((3 * 0.5 + 3 * 0.75) / 6, mean(Lattice.TRIANGULAR, 2, 20_000), 0.003);
    }

    /** Either occupied sites cross from top to bottom or empty ones from left to right, and both are as likely at 1/2. */
    @Test
    void theTriangularLatticeIsCrossedByHalfItsSitesHalfOfTheTime() {
        for (int side : new int[]{3, 11, 40}) {
            int sites = side * side;
            var percolation = new Percolation(Lattice.TRIANGULAR, side);
            int trials = 2000, crossed = 0;
            var random = new SplittableRandom(side);
            for (long seed = 0; seed < trials; seed++) {
                int occupied = 0;
                for (int i = 0; i < sites; i++) if (random.nextBoolean()) occupied++;
                if (percolation.spanningShare(seed) * sites <= occupied + 0.5) crossed++;
            }
            assertEquals(0.5, (double) crossed / trials, 4 * 0.5 / Math.sqrt(trials), "side " + side);
        }
    }

    /** Other sizes and seeds than the notebook's. */
    @ParameterizedTest
    @EnumSource
    void theLargestClusterAtTheThresholdGrowsLikeAFractal(Lattice lattice) {
        double small = largest(lattice, 24, 1500), large = largest(lattice, 96, 400);
        double exponent = Math.log(large / small) / Math.log(4);
        // A largest cluster varies by about a quarter: four standard errors of the ratio.
        double error = 4 * 0.25 * Math.sqrt(1.0 / 1500 + 1.0 / 400) / Math.log(4);
        assertEquals(Percolation.FRACTAL_DIMENSION, exponent, error);
    }

    @Test
    void mistakesAreNamed() {
        assertEquals("side = 1: expected 2 to 16384", assertThrows(IllegalArgumentException.class,
                () -> new Percolation(Lattice.SQUARE, 1)).getMessage());
        assertThrows(IllegalArgumentException.class,
                () -> new Percolation(Lattice.SQUARE, 4).largestCluster(1.1, 1));
    }

    private static double mean(Lattice lattice, int side, int samples) {
        return LongStream.range(0, samples).mapToDouble(new Percolation(lattice, side)::spanningShare)
                .average()
                .orElseThrow();
    }

    private static double largest(Lattice lattice, int side, int samples) {
        return LongStream.range(0, samples).mapToDouble(
                seed -> new Percolation(lattice, side).largestCluster(lattice.threshold(), 5000 + seed))
                .average()
                .orElseThrow();
    }

    /** The same lattice by breadth-first search. */
    private static int flooded(Lattice lattice, int side, double p, long seed) {
        int[][] ways = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}, {1, -1}, {-1, 1}};
        var random = Seed.of(seed).stream("occupied");
        var open = new boolean[side][side];
        for (boolean[] row : open) for (int c = 0; c < side; c++) row[c] = random.nextDouble() < p;
        int largest = 0;
        for (int r = 0; r < side; r++)
            for (int c = 0; c < side; c++) {
                int size = 0;
                var queue = new ArrayDeque<int[]>();
                if (open[r][c]) queue.add(new int[]{r, c});
                open[r][c] = false;
                while (!queue.isEmpty()) {
                    int[] site = queue.remove();
                    size++;
                    for (int way = 0; way < lattice.neighbors(); way++) {
                        int i = Math.floorMod(site[0] + ways[way][0], side);
                        int j = Math.floorMod(site[1] + ways[way][1], side);
                        if (open[i][j]) queue.add(new int[]{i, j});
                        open[i][j] = false;
                    }
                }
                largest = Math.max(largest, size);
            }
        return largest;
    }
}
