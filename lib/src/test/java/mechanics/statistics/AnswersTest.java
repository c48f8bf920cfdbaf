package mechanics.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

    @Test
    void countsRightAnswers() {
        var answers = Answers.of(5, i -> i < 3);
        assertEquals(0.6, answers.accuracy(), 0);
        assertEquals(0.5, answers.accuracy(2, 4), 0);
        assertTrue(answers.right(2));
        assertEquals("3 of 5 right", answers.toString());
    }

    @Test
    void spreadIsTheStandardDeviationOfWholeBlocks() {
        // Blocks of 2: accuracies 1, 0.5, 0; the seventh sample is left over.
        var answers = Answers.of(7, i -> i < 3 || i == 6);
        assertEquals(0.5, answers.spread(2), 1e-15);
        assertEquals(0, Answers.of(6, _ -> true).spread(3), 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 100})
    void independentAnswersScatterLikeABinomial(int m) {
        double p = 0.8;
        var random = new SplittableRandom(31);
        var answers = Answers.of(100_000, _ -> random.nextDouble() < p);
        double error = 1 / Math.sqrt(2.0 * (answers.size() / m - 1));
        assertEquals(1, answers.spread(m) / Math.sqrt(p * (1 - p) / m), 4 * error);
    }

    @Test
    void orderChangesTheSpreadAndNothingElse() {
        int[] classes = IntStream.range(0, 1000).map(i -> i % 2).toArray();
        var answers = Answers.of(1000, i -> classes[i] == 0);
        assertEquals(0, answers.spread(2), 0);
        var sorted = answers.sortedBy(classes);
        assertEquals(1, sorted.accuracy(0, 500), 0);
        assertEquals(Math.sqrt(0.5), sorted.spread(500), 1e-15);
        var shuffled = answers.shuffled(4);
        assertEquals(0.5, shuffled.accuracy(), 0);
        assertTrue(shuffled.spread(10) > 0.1);
        assertEquals(shuffled.spread(10), answers.shuffled(4).spread(10), 0);
    }

    @Test
    void findsWhatBothGetWrong() {
        var even = Answers.of(12, i -> i % 2 == 0);
        var third = Answers.of(12, i -> i % 3 == 0);
        assertArrayEquals(new int[]{1, 5, 7, 11}, even.wrongWith(third));
    }

    @Test
    void refusesWhatIsNotThere() {
        var answers = Answers.of(4, _ -> true);
        refuses("size = 0", () -> Answers.of(0, _ -> true));
        refuses("sample = 4", () -> answers.right(4));
        refuses("samples 3 to 5", () -> answers.accuracy(3, 5));
        refuses("samples 2 to 2", () -> answers.accuracy(2, 2));
        refuses("m = 3", () -> answers.spread(3));
        refuses("m = 0", () -> answers.spread(0));
        refuses("keys has 3", () -> answers.sortedBy(new int[3]));
        refuses("other has 5", () -> answers.wrongWith(Answers.of(5, _ -> true)));
    }

    private static void refuses(String said, Runnable call) {
        var refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }
}
