package mechanics.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StudentTest {

    /** Values of printed tables: two-sided 5 %, 1 % and 0.1 %. */
    @Test
    void factorsAreThoseOfStudentsTable() {
        assertEquals(12.706, Student.factor(2, 1, 20), 5e-4);
        assertEquals(2.571, Student.factor(6, 1, 20), 5e-4);
        assertEquals(4.032, Student.factor(6, 1, 100), 5e-4);
        assertEquals(3.646, Student.factor(31, 1, 1000), 5e-4);
        assertEquals(Student.factor(8, 1, 1000), Student.factor(8, 20, 50), 1e-12);
    }

    @Test
    void aTrueStatementAboutSeveralMeansIsGivenUpAsOftenAsSaid() {
        var random = new SplittableRandom(3);
        int draws = 4, values = 5, runs = 20, times = 20_000, missed = 0;
        double k = Student.factor(draws, values, runs);
        for (int time = 0; time < times; time++) {
            boolean inside = true;
            for (int value = 0; value < values; value++) {
                double[] x = new double[draws];
                for (int i = 0; i < draws; i++) x[i] = random.nextGaussian();
                Estimate mean = Estimate.of(x);
                inside &= Math.abs(mean.mean()) <= k * mean.standardError();
            }
            if (!inside) missed++;
        }
        // Bonferroni: at most 1/20, and nearly that for independent values.
        assertEquals(1.0 / runs, (double) missed / times,
                4 * Math.sqrt(0.05 * 0.95 / times) + 0.05 * 0.05 / 2);
    }

    @Test
    void fewerThanTwoDrawsOrNothingToCompareAreRefused() {
        for (int[] wrong : new int[][]{{1, 1, 10}, {2, 0, 10}, {2, 1, 0}}) {
            var message = assertThrows(IllegalArgumentException.class,
                    () -> Student.factor(wrong[0], wrong[1], wrong[2])).getMessage();
            assertTrue(message.contains("expected"), message);
        }
    }
}
