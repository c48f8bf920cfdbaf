package mechanics.universality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorConsistencyTest {

    /** All sets of E′ of n samples, as bits; the first learner misses samples 0, …, E − 1. */
    @ParameterizedTest
    @CsvSource({"8, 3, 4", "10, 1, 9", "12, 6, 5"})
    void meanAndDeviationAreThoseOfAllPossibleErrors(int n, int errors, int others) {
        double count = 0, sum = 0, squares = 0;
        for (int set = 0; set < 1 << n; set++) {
            if (Integer.bitCount(set) != others) continue;
            int common = Integer.bitCount(set & ((1 << errors) - 1));
            count++;
            sum += common;
            squares += common * common;
        }
        var theory = new ErrorConsistency(n, errors, others);
        assertEquals(sum / count, theory.mean(), 1e-12);
        assertEquals(Math.sqrt(squares / count - Math.pow(sum / count, 2)), theory.deviation(), 1e-12);
        assertEquals(2, theory.score(theory.mean() + 2 * theory.deviation()), 1e-12);
        assertEquals(0, theory.consistency(theory.mean()), 1e-12);
    }

    @Test
    void consistencyIsOneForTheSameErrorsAndLessOtherwise() {
        assertEquals(1, new ErrorConsistency(200, 30, 30).consistency(30), 1e-12);
        // by hand: c = 0.9, c₀ = 0.3 · 0.3 + 0.7 · 0.7 = 0.58
        assertEquals((0.9 - 0.58) / 0.42, new ErrorConsistency(100, 30, 30).consistency(25), 1e-12);
        assertEquals(new ErrorConsistency(100, 30, 20).consistency(12),
                new ErrorConsistency(100, 20, 30).consistency(12),
                1e-12);
    }

    @Test
    void scoresOfIndependentErrorsAreStandard() {
        var random = new SplittableRandom(5);
        double sum = 0, squares = 0;
        int draws = 4000, n = 300;
        for (int draw = 0; draw < draws; draw++) {
            int a = 0, b = 0, both = 0;
            for (int i = 0; i < n; i++) {
                boolean left = random.nextDouble() < 0.2, right = random.nextDouble() < 0.3;
                if (left) a++;
                if (right) b++;
                if (left && right) both++;
            }
            double score = new ErrorConsistency(n, a, b).score(both);
            sum += score / draws;
            squares += score * score / draws;
        }
        assertEquals(0, sum, 4 / Math.sqrt(draws));
        assertEquals(1, squares, 4 * Math.sqrt(2.0 / draws));
    }

    @Test
    void refusesLearnersThatAreAlwaysRightOrWrong() {
        assertThrows(IllegalArgumentException.class, () -> new ErrorConsistency(1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ErrorConsistency(10, 0, 3));
        assertThrows(IllegalArgumentException.class, () -> new ErrorConsistency(10, 3, 10));
    }
}
