package mechanics.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class EdgeOfStabilityTest {

    /** Rises by 1 a step from 0 to 40, then alternates between 41 and 43. */
    private static EdgeOfStability rising(double edge) {
        double[] sharpness = IntStream.range(0, 100).mapToDouble(t -> t < 40 ? t : 41 + 2 * (t % 2))
                .toArray();
        return EdgeOfStability.of(edge, LongStream.range(0, 100).toArray(), sharpness);
    }

    @Test
    void findsTheCrossingBetweenMeasurements() {
        assertEquals(25.5, rising(25.5).crossing(), 1e-12);
        var coarse = EdgeOfStability.of(10, new long[]{0, 10, 20}, new double[]{4, 8, 16});
        assertEquals(12.5, coarse.crossing(), 1e-12);
    }

    @Test
    void thePlateauIsTheMedianOfTheLastThirdInUnitsOfTheEdge() {
        assertEquals(42 / 40.0, rising(40).plateau(), 1e-12);
        var outlier = EdgeOfStability.of(10, LongStream.range(0, 10).toArray(),
                new double[]{5, 10, 11, 11, 11, 11, 11, 10, 500, 10});
        assertEquals(1, outlier.plateau(), 1e-12);
    }

    @Test
    void aRunBelowTheEdgeDoesNotReachIt() {
        var low = rising(200);
        assertFalse(low.isReached());
        assertFalse(low.startsAbove());
        assertEquals(42 / 200.0, low.plateau(), 0.01);
        assertThrows(IllegalStateException.class, low::crossing);
        assertThrows(IllegalStateException.class, () -> low.fallingWindows(new double[100], 10));
    }

    @Test
    void aRunThatStartsAboveCrossesOnlyWhenItComesBack() {
        double[] sharpness = {90, 30, 20, 25, 35, 40};
        var run = EdgeOfStability.of(30.5, LongStream.range(0, 6).toArray(), sharpness);
        assertTrue(run.startsAbove());
        assertEquals(3.55, run.crossing(), 1e-12);
        var never = EdgeOfStability.of(10, new long[]{0, 1}, new double[]{20, 15});
        assertFalse(never.isReached());
    }

    @Test
    void skipsWhatCouldNotBeMeasured() {
        var adam = EdgeOfStability.of(10, new long[]{0, 1, 2, 3}, new double[]{Double.NaN, 5, 11, 10});
        assertFalse(adam.startsAbove());
        assertEquals(1 + 5 / 6.0, adam.crossing(), 1e-12);
    }

    @Test
    void countsTheWindowsInWhichTheLossFalls() {
        double[] sawtooth = IntStream.range(0, 100).mapToDouble(t -> 100 - t + 30 * (t % 2)).toArray();
        assertEquals(1, rising(20).fallingWindows(sawtooth, 10), 0);
        double[] growing = IntStream.range(0, 100).mapToDouble(t -> t).toArray();
        assertEquals(0, rising(20).fallingWindows(growing, 10), 0);
        double[] half = new double[100];
        Arrays.setAll(half, t -> t < 20 ? 9 : (t - 20) / 10 % 2); // 0 1 0 1 0 1 0 1
        assertEquals(3 / 7.0, rising(20).fallingWindows(half, 10), 1e-12);
    }

    @Test
    void refusesCurvesThatAreNone() {
        refuses("edge = 0.0", () -> EdgeOfStability.of(0, new long[]{0}, new double[]{1}));
        refuses("sharpness has 2 values", () -> EdgeOfStability.of(1, new long[]{0}, new double[]{1, 2}));
        refuses("steps = []", () -> EdgeOfStability.of(1, new long[0], new double[0]));
        refuses("step 3 after 3", () -> EdgeOfStability.of(1, new long[]{3, 3}, new double[]{1, 2}));
        refuses("window = 0", () -> rising(20).fallingWindows(new double[100], 0));
    }

    private static void refuses(String said, Runnable call) {
        var refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }

    @Test
    void aRunThatBeginsAtTheEdgeNeitherStartsAboveNorCrosses() {
        var run = EdgeOfStability.of(10, new long[]{0, 1, 2}, new double[]{10, 12, 11});
        assertFalse(run.startsAbove());
        assertFalse(run.isReached());
        var touching = EdgeOfStability.of(10, new long[]{0, 1, 2}, new double[]{8, 10, 9});
        assertEquals(1, touching.crossing(), 1e-12);
    }

    /** Steps 100 to 130: the last third begins at 120, with it. */
    @Test
    void theLastThirdBeginsWithItsFirstStep() {
        var below = EdgeOfStability.of(8, new long[]{100, 110, 120, 130}, new double[]{1, 2, 3, 5});
        assertEquals((3 + 5) / 2.0 / 8, below.plateau(), 1e-12);
        // From the crossing at 10 to the end at 40 the last third begins at 30.
        var above = EdgeOfStability.of(8, new long[]{0, 10, 20, 30, 40}, new double[]{4, 8, 20, 9, 10});
        assertEquals(9.5 / 8, above.plateau(), 1e-12);
        double[] lost = {1, 2, Double.NaN, Double.NaN};
        var nothing = EdgeOfStability.of(8, new long[]{0, 1, 2, 3}, lost);
        assertThrows(IllegalStateException.class, nothing::plateau);
    }

    @Test
    void twoWindowsAreEnoughAndEqualOnesDoNotFall() {
        double[] losses = new double[40]; // 20 after the crossing at 20
        Arrays.setAll(losses, t -> t < 30 ? 2 : 1);
        assertEquals(1, rising(20).fallingWindows(losses, 10), 0);
        assertEquals(0, rising(20).fallingWindows(new double[40], 10), 0);
        var refusal = assertThrows(IllegalStateException.class,
                () -> rising(20).fallingWindows(losses, 11));
        assertTrue(refusal.getMessage().startsWith("20 losses after the crossing: expected at least 22"),
                refusal.getMessage());
    }

    @Test
    void keepsTheEdgeAndCopiesTheCurve() {
        long[] steps = {0, 1};
        double[] sharpness = {1, 3};
        var run = EdgeOfStability.of(2, steps, sharpness);
        steps[1] = 9;
        sharpness[1] = 1;
        assertEquals(2, run.edge());
        assertEquals(0.5, run.crossing(), 1e-12);
        refuses("edge = Infinity",
                () -> EdgeOfStability.of(Double.POSITIVE_INFINITY, new long[]{0}, new double[]{1}));
    }
}
