package mechanics.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class ErrorTableTest {
    private static final boolean[][] WRONG = {{true, false, false, true}, {true, true, false, false}};

    @Test
    void countsErrorsPairsAndMisses() {
        var table = ErrorTable.of(WRONG);
        assertEquals(2, table.learners());
        assertEquals(4, table.samples());
        assertArrayEquals(new int[]{2, 2}, table.errors());
        assertArrayEquals(new double[]{0.5, 0.5}, table.errorRates());
        assertEquals(1, table.common(0, 1));
        assertArrayEquals(new double[][]{{0.5, 0.25}, {0.25, 0.5}}, table.both());
        assertArrayEquals(new int[]{2, 1, 0, 1}, table.missed());
        assertArrayEquals(new double[]{1, 2, 1}, table.histogram());
        assertArrayEquals(new int[]{1, 0}, table.part(1, 3).missed());
    }

    @Test
    void isTheSameFromAnswersAndKeepsNoArray() {
        boolean[][] wrong = {WRONG[0].clone(), WRONG[1].clone()};
        var table = ErrorTable.of(wrong);
        wrong[0][0] = false;
        assertArrayEquals(new int[]{2, 1, 0, 1}, table.missed());
        var answers = List.of(Answers.of(4, i -> !WRONG[0][i]), Answers.of(4, i -> !WRONG[1][i]));
        assertArrayEquals(table.missed(), ErrorTable.of(answers).missed());
    }

    @Test
    void missesSumUpToErrors() {
        var random = new SplittableRandom(2);
        boolean[][] wrong = new boolean[5][300];
        for (boolean[] row : wrong) {
            for (int i = 0; i < row.length; i++) row[i] = random.nextDouble() < 0.2;
        }
        var table = ErrorTable.of(wrong);
        double errors = 0, misses = 0;
        for (int e : table.errors()) errors += e;
        double[] histogram = table.histogram();
        for (int m = 0; m < histogram.length; m++) misses += m * histogram[m];
        assertEquals(errors, misses, 1e-12);
    }

    @Test
    void refusesRaggedAndEmptyTables() {
        assertThrows(IllegalArgumentException.class, () -> ErrorTable.of(new boolean[0][0]));
        assertThrows(IllegalArgumentException.class,
                () -> ErrorTable.of(new boolean[][]{{true}, {true, false}}));
        assertThrows(IllegalArgumentException.class, () -> ErrorTable.of(WRONG).part(2, 2));
        assertThrows(IllegalArgumentException.class, () -> ErrorTable.of(List.of()));
    }
}
