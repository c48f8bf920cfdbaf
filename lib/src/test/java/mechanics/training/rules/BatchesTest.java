package mechanics.training.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import mechanics.base.Seed;

class BatchesTest {
    @ParameterizedTest
    @CsvSource({"12, 4, 1", "13, 4, 1", "5, 5, 1", "1, 1, 1", "20, 6, 2", "22, 6, 2"})
    void everyEpochSeesEachSampleOnce(int samples, int size, int group) {
        var sampler = Batches.shuffled(size).start(samples, group, Seed.of(3));
        int perEpoch = (samples + size - 1) / size;
        for (int epoch = 0; epoch < 3; epoch++) {
            var seen = new int[samples];
            for (int i = 0; i < perEpoch; i++) {
                int[] batch = sampler.batch(epoch * perEpoch + i);
                assertEquals(i < perEpoch - 1 ? size : samples - (perEpoch - 1) * size, batch.length);
                for (int j = 0; j < batch.length; j++) {
                    seen[batch[j]]++;
                    assertEquals(batch[j] % group, j % group);
                    assertEquals(batch[j - j % group] / group, batch[j] / group);
                }
            }
            assertTrue(Arrays.stream(seen).allMatch(count -> count == 1), Arrays.toString(seen));
        }
    }

    @Test
    void batchesAreAFunctionOfSeedAndStepAlone() {
        for (var batches : new Batches[]{Batches.shuffled(3), Batches.withReplacement(3)}) {
            var along = batches.start(10, 1, Seed.of(1));
            var all = new int[20][];
            for (int t = 0; t < all.length; t++) all[t] = along.batch(t).clone();
            for (int t : new int[]{17, 2, 9, 19, 0}) {
                assertArrayEquals(all[t], batches.start(10, 1, Seed.of(1)).batch(t));
            }
            assertFalse(Arrays.equals(all[0], batches.start(10, 1, Seed.of(2)).batch(0)));
            assertFalse(Arrays.equals(all[0], all[4]));
        }
    }

    @Test
    void firstBatchIsAnyPairEquallyOften() {
        // Over epochs, each of the 20 ordered pairs of 5 samples comes first with probability 1/20.
        var sampler = Batches.shuffled(2).start(5, 1, Seed.of(9));
        var counts = new double[25];
        int epochs = 20_000;
        for (int e = 0; e < epochs; e++) {
            int[] batch = sampler.batch(3L * e);
            counts[5 * batch[0] + batch[1]]++;
        }
        double chiSquare = 0;
        for (int i = 0; i < 25; i++) {
            double expected = i % 6 == 0 ? 0 : epochs / 20.0;
            chiSquare += expected == 0 ? counts[i] : Math.pow(counts[i] - expected, 2) / expected;
        }
        // 19 degrees of freedom: mean 19, standard deviation √38.
        assertEquals(19, chiSquare, 5 * Math.sqrt(38));
    }

    @Test
    void drawsWithReplacementAreUniformAndIndependent() {
        var sampler = Batches.withReplacement(2).start(5, 1, Seed.of(4));
        var counts = new double[25];
        int draws = 20_000;
        for (int t = 0; t < draws; t++) {
            int[] batch = sampler.batch(t);
            counts[5 * batch[0] + batch[1]]++;
        }
        double expected = draws / 25.0;
        double chiSquare = Arrays.stream(counts).map(c -> (c - expected) * (c - expected) / expected).sum();
        assertEquals(24, chiSquare, 5 * Math.sqrt(48));
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Batches.shuffled(-1));
        assertThrows(IllegalArgumentException.class, () -> Batches.withReplacement(0));
        assertThrows(IllegalArgumentException.class, () -> Batches.shuffled(6).check(5, 1));
        assertThrows(IllegalArgumentException.class, () -> Batches.withReplacement(3).check(10, 2));
        Batches.shuffled(5).check(5, 1);
    }
}
