package mechanics.hyperparameters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class LearningRateSweepTest {
    private static final int[] WIDTHS = {32, 64, 128};
    private static final int[] RATES = {-6, -5, -4, -3, -2};

    /** Parabolas whose lowest point falls by one step a width, and sinks by a tenth. */
    private static List<Double> parabolas(int seeds) {
        var losses = new ArrayList<Double>();
        for (int w = 0; w < WIDTHS.length; w++)
            for (int s = 0; s < seeds; s++)
                for (int rate : RATES) losses.add(Math.pow(rate + 3 + w, 2) + 1 - 0.1 * w + 0.01 * s);
        return losses;
    }

    @Test
    void findsTheBestRateOfEachWidthAndItsDrift() {
        var scan = LearningRateSweep.of(WIDTHS, RATES, 2, parabolas(2));
        assertArrayEquals(new double[]{-3, -4, -5}, scan.optima());
        assertEquals(2, scan.drift());
        assertArrayEquals(new double[]{0.1, 0.1}, scan.gains(), 1e-12);
        assertEquals(1.005, scan.best(0), 1e-12);
        assertArrayEquals(new double[]{1.0 / 64, 1.0 / 32, 1.0 / 16, 0.125, 0.25}, scan.rates());
        assertEquals(64, scan.width(1));
        assertEquals(3, scan.size());
    }

    @Test
    void theOptimumIsTheAverageOverSeeds() {
        var losses = new ArrayList<>(parabolas(2));
        losses.set(RATES.length + 4, -1.0); // the second seed of the first width is best at the last rate
        var scan = LearningRateSweep.of(WIDTHS, RATES, 2, losses);
        assertEquals((-3 - 2) / 2.0, scan.optimum(0));
        assertEquals((1 - 1) / 2.0, scan.best(0));
    }

    @Test
    void runsThatDivergeAreWorseThanAny() {
        var losses = new ArrayList<>(parabolas(2));
        losses.set(3, Double.NaN);
        losses.set(RATES.length + 3, Double.POSITIVE_INFINITY);
        losses.set(4, Double.NaN);
        var scan = LearningRateSweep.of(WIDTHS, RATES, 2, losses);
        assertTrue(Double.isNaN(scan.mean(0)[3]) && Double.isNaN(scan.mean(0)[4]));
        assertEquals((-4 - 4) / 2.0, scan.optimum(0),
                "−2 and −4 tie for the second seed: the smaller rate counts");
    }

    @Test
    void mistakesAreNamed() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> LearningRateSweep.of(WIDTHS, RATES, 3, parabolas(2))).getMessage();
        assertTrue(message.startsWith("30 losses: expected 45"), message);
        assertThrows(IllegalArgumentException.class, () -> LearningRateSweep.of(WIDTHS, RATES, 0, List.of()));
        assertThrows(IllegalArgumentException.class,
                () -> LearningRateSweep.of(new int[]{8}, RATES, 1, parabolas(1).subList(0, 5)));
        assertThrows(IllegalArgumentException.class,
                () -> LearningRateSweep.of(WIDTHS, new int[]{-1, -2, -3, -4, -5}, 2, parabolas(2)));
        var lost = new ArrayList<>(parabolas(1));
        for (int r = 0; r < RATES.length; r++) lost.set(RATES.length + r, Double.NaN);
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> LearningRateSweep.of(WIDTHS, RATES, 1, lost))
                .getMessage()
                .contains("width 64, seed 0"));
    }

    @Test
    void aGridThatRepeatsANumberIsRefused() {
        for (int[] widths : new int[][]{{32, 32, 64}, {32, 64, 64}})
            assertTrue(assertThrows(IllegalArgumentException.class,
                    () -> LearningRateSweep.of(widths, RATES, 2, parabolas(2))).getMessage()
                    .startsWith("widths = ["));
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> LearningRateSweep.of(WIDTHS, new int[]{-6, -5, -5, -3, -2}, 2, parabolas(2)))
                .getMessage().startsWith("log2Rates = ["));
    }
}
