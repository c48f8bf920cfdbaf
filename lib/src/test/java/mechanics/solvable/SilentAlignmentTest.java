package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

class SilentAlignmentTest {

    private static final int D = 6;
    private static final int HIDDEN = 9;

    private final double[] target = new double[D];
    private final double[][] w = new double[HIDDEN][D];
    private final double[] a = new double[HIDDEN];

    private SilentAlignment start(long seed, double alpha) {
        var random = new SplittableRandom(seed);
        for (int j = 0; j < D; j++) target[j] = random.nextGaussian();
        for (int i = 0; i < HIDDEN; i++) {
            for (int j = 0; j < D; j++) w[i][j] = alpha * random.nextGaussian();
            a[i] = alpha * random.nextGaussian();
        }
        return SilentAlignment.of(target, w, a);
    }

    private double strength() {
        double squares = 0;
        for (double b : target) squares += b * b;
        return Math.sqrt(squares);
    }

    /** Gradient flow on ½|β − Wᵀa|², by small steps. Modified: w, a. */
    private void flow(double time) {
        int steps = 20_000;
        for (int step = 0; step < steps; step++) {
            double h = time / steps;
            double[] lacking = lacking();
            for (int i = 0; i < HIDDEN; i++) {
                double move = 0;
                for (int j = 0; j < D; j++) {
                    move += w[i][j] * lacking[j];
                    w[i][j] += h * a[i] * lacking[j];
                }
                a[i] += h * move;
            }
        }
    }

    private double[] lacking() {
        double[] lacking = target.clone();
        for (int i = 0; i < HIDDEN; i++) for (int j = 0; j < D; j++) lacking[j] -= a[i] * w[i][j];
        return lacking;
    }

    private double alignment() {
        double along = 0;
        double all = 0;
        double second = 0;
        for (int i = 0; i < HIDDEN; i++) {
            double p = 0;
            for (int j = 0; j < D; j++) {
                p += w[i][j] * target[j] / strength();
                all += w[i][j] * w[i][j];
            }
            along += p * p;
            second += a[i] * a[i];
        }
        return (along + second) / (all + D * second);
    }

    private double left() {
        double left = 0;
        for (double r : lacking()) left += r * r;
        return left / (strength() * strength());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isTheFlowFromASmallStart(long seed) {
        var theory = start(seed, 1e-3);
        assertEquals(alignment(), theory.alignment(0), 1e-12);
        double t = theory.timeTo(0.9);
        flow(t);
        assertEquals(0.9 * theory.limit(), alignment(), 2e-3 * theory.limit());
        assertEquals(1, left(), 1e-3);
        double half = theory.lossTime(0.5);
        flow(half - t);
        assertEquals(0.5, left(), 5e-3);
        assertEquals(0.5, theory.lossLeft(half), 1e-12);
    }

    @Test
    void onlyTheLossKnowsTheSizeOfTheStart() {
        var small = start(7, 1e-4);
        var smaller = start(7, 1e-6);
        assertEquals(small.timeTo(0.9), smaller.timeTo(0.9), 1e-9);
        assertEquals(Math.log(100) / strength(), smaller.lossTime(0.5) - small.lossTime(0.5), 1e-4);
        assertEquals(2.0 / (D + 1), small.limit(), 1e-15);
        assertEquals(small.limit(), small.alignment(1000), 1e-12);
        assertEquals(0, small.lossLeft(1000), 1e-12);
    }

    @Test
    void largeStartsHaveNothingToWaitFor() {
        var large = start(8, 3);
        assertEquals(0, large.lossTime(0.5));
        assertTrue(large.timeTo(0.9) > 0);
    }

    @Test
    void refusesWhatDoesNotFit() {
        double[][] weights = {{1, 0}, {0, 1}};
        double[] one = {1, 0};
        assertThrows(IllegalArgumentException.class,
                () -> SilentAlignment.of(new double[]{1}, weights, one));
        assertThrows(IllegalArgumentException.class,
                () -> SilentAlignment.of(one, weights, new double[]{1}));
        assertThrows(IllegalArgumentException.class,
                () -> SilentAlignment.of(new double[]{0, 0}, weights, one));
        assertThrows(IllegalArgumentException.class,
                () -> SilentAlignment.of(one, new double[2][2], new double[2]));
        var theory = SilentAlignment.of(one, weights, one);
        assertThrows(IllegalArgumentException.class, () -> theory.alignment(-1));
        assertThrows(IllegalArgumentException.class, () -> theory.timeTo(1));
        assertThrows(IllegalArgumentException.class, () -> theory.lossTime(0));
        assertThrows(IllegalArgumentException.class, () -> theory.lossLeft(Double.NaN));
    }
}
