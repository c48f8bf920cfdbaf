package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import mechanics.base.Seed;
import mechanics.data.Samples;
import mechanics.learners.Smile;
import mechanics.statistics.Estimate;

class LogisticMarginTest {

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
        return sum;
    }

    /** Gaussian samples, each on the positive side of a hidden normal. */
    private static double[][] separable(int n, int d, RandomGenerator random) {
        double[] hidden = Seed.gaussian(d, random);
        double[][] z = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] row = Seed.gaussian(d, random);
            double sign = Math.signum(dot(row, hidden));
            z[i] = Arrays.stream(row).map(v -> sign * v).toArray();
        }
        return z;
    }

    /** As many support vectors as dimensions around (1, 0, …, 0), and others at twice their distance. */
    private static double[][] withFullSupport(int n, int d, RandomGenerator random) {
        double[][] z = new double[n][d];
        double[] sum = new double[d];
        for (int i = 0; i < n; i++) {
            z[i][0] = i < d ? 1 : random.nextDouble(2, 4);
            for (int j = 1; j < d; j++)
                z[i][j] = i >= d ? random.nextGaussian() : j == i + 1 ? random.nextDouble(1.4, 2.6) : 0;
            if (i < d - 1) for (int j = 1; j < d; j++) sum[j] += z[i][j];
        }
        // A positive combination of the first d has no part across (1, 0, …, 0).
        for (int j = 1; j < d; j++) z[d - 1][j] = -sum[j];
        return z;
    }

    @RepeatedTest(12)
    void fulfillsTheConditionsOfTheLargestMargin(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("conditions");
        int d = random.nextInt(1, 9);
        int n = random.nextInt(1, 40);
        double[][] z = separable(n, d, random);
        var margin = LogisticMargin.of(z);
        var combined = new double[d];
        double total = 0;
        for (int i = 0; i < n; i++) {
            double product = dot(z[i], margin.normal());
            assertTrue(product > 1 - 1e-7, "sample " + i + " has " + product);
            double pull = margin.pulls()[i];
            assertTrue(pull >= 0);
            if (pull > 0) assertEquals(1, product, 1e-7);
            for (int j = 0; j < d; j++) combined[j] += pull * z[i][j];
            total += pull;
        }
        double size = Math.sqrt(dot(margin.normal(), margin.normal()));
        assertArrayEquals(margin.normal(), combined, 1e-7 * size);
        assertEquals(1 / (margin.margin() * margin.margin()), total, 1e-6 * total);
        assertEquals(1 / margin.margin(), size, 1e-12 * size);
        assertArrayEquals(margin.support(),
                java.util.stream.IntStream.range(0, n).filter(i -> margin.pulls()[i] > 0).toArray());
    }

    @RepeatedTest(4)
    void isTheSupportVectorMachine(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("machine");
        double[][] z = withFullSupport(14, 3, random);
        double[][] x = new double[28][];
        double[][] y = new double[28][];
        for (int i = 0; i < 28; i++) {
            double sign = i < 14 ? 1 : -1;
            x[i] = Arrays.stream(z[i % 14]).map(v -> sign * v).toArray();
            y[i] = new double[]{sign};
        }
        double[][] scores = Smile.supportVectors(new smile.math.kernel.LinearKernel(), 1e4, 1)
                .train(Samples.of(x, y)).scores(new double[][]{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}});
        double[] w = {scores[0][0] - scores[3][0], scores[1][0] - scores[3][0], scores[2][0] - scores[3][0]};
        assertEquals(0, LogisticMargin.of(z).angle(w), 0.2);
    }

    @RepeatedTest(4)
    void gradientDescentApproachesTheLatePath(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("descent");
        int d = repetition.getCurrentRepetition();
        int n = d + random.nextInt(1, 6);
        double[][] z = withFullSupport(n, d, random);
        double rate = random.nextDouble(0.05, 0.5);
        var theory = LogisticMargin.of(z);
        assertEquals(1, theory.margin(), 1e-9);
        assertEquals(d, theory.support().length);
        int steps = 400_000;
        var w = new double[d];
        double early = 0;
        for (int t = 1; t <= steps; t++) {
            var move = new double[d];
            for (double[] row : z) {
                double pull = rate / n / (1 + Math.exp(dot(row, w)));
                for (int j = 0; j < d; j++) move[j] += pull * row[j];
            }
            for (int j = 0; j < d; j++) w[j] += move[j];
            if (t == steps / 100) early = Math.abs(loss(z, w) / theory.loss(rate, t) - 1);
        }
        double off = Math.abs(loss(z, w) / theory.loss(rate, steps) - 1);
        assertTrue(off < theory.order(rate, steps), off + " for " + theory.order(rate, steps));
        assertTrue(off < early, off + " late, " + early + " early");
        assertTrue(theory.order(rate, steps) < 0.6,
                "the tolerance says something: " + theory.order(rate, steps));
        assertEquals(theory.angle(theory.weights(rate, steps)), theory.angle(w),
                theory.angleOrder(rate, steps) + 1e-6);
    }

    private static double loss(double[][] z, double[] w) {
        return Arrays.stream(z).mapToDouble(row -> Math.log1p(Math.exp(-dot(row, w)))).average()
                .orElseThrow();
    }

    @Test
    void twoSupportVectorsAreDoneByHand() {
        // ŵ = (1, 0): the first two have the products 1, and 2α₁ = α₂.
        var theory = LogisticMargin.of(new double[][]{{1, 2}, {1, -1}, {3, 1}});
        assertArrayEquals(new double[]{1, 0}, theory.normal(), 1e-9);
        assertArrayEquals(new double[]{1.0 / 3, 2.0 / 3, 0}, theory.pulls(), 1e-9);
        assertArrayEquals(new int[]{0, 1}, theory.support());
        assertEquals(1 / (0.5 * 100), theory.loss(0.5, 100), 1e-12);
        // w̃: a + 2b = ln(0.5), a − b = ln(0.25).
        double b = Math.log(2) / 3;
        assertArrayEquals(new double[]{Math.log(0.25) + b, b}, theory.offset(0.5), 1e-9);
        assertArrayEquals(new double[]{Math.log(0.25) + b + Math.log(7), b}, theory.weights(0.5, 7), 1e-9);
        // Eigenvalues 1 and Σα|z|² − 1 = 2; the third sample is at 3.
        assertEquals(1, theory.exponent(), 1e-9);
        assertEquals(90, theory.angle(new double[]{0, 5}), 1e-9);
        assertEquals(180, theory.angle(new double[]{-1e-3, 0}), 1e-5);
        assertEquals(Math.toDegrees(1e-7), theory.angle(new double[]{1, 1e-7}), 1e-12);
    }

    @Test
    void aSampleCloseToTheEdgeMakesItSlow() {
        var theory = LogisticMargin.of(new double[][]{{1, 2}, {1, -1}, {1.02, 1}});
        assertEquals(0.02, theory.exponent(), 1e-9);
        assertTrue(theory.order(1, 1e6) > 0.8);
    }

    @ParameterizedTest
    @CsvSource({"3, 3, 1", "6, 3, 0.5", "20, 10, 0.5", "2, 1, 0.5", "4, 1, 0.125", "4, 2, 0.5", "1, 5, 1"})
    void coversProbabilityHasItsKnownValues(int n, int d, double expected) {
        assertEquals(expected, LogisticMargin.separableProbability(n, d), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"5, 2", "9, 4", "12, 5"})
    void coversProbabilityIsMeasured(int n, int d) {
        var random = Seed.of(7).stream("cover " + n);
        var fits = new double[2000];
        for (int k = 0; k < fits.length; k++) {
            double[][] z = new double[n][];
            for (int i = 0; i < n; i++) z[i] = Seed.gaussian(d, random);
            fits[k] = LogisticMargin.separable(z) ? 1 : 0;
        }
        var estimate = Estimate.of(fits);
        assertEquals(LogisticMargin.separableProbability(n, d), estimate.mean(),
                4.5 * estimate.standardError());
    }

    @Test
    void theScaleOfTheSamplesDoesNotMatter() {
        double[][] z = separable(20, 4, Seed.of(3).stream("scale"));
        double[][] tiny = Arrays.stream(z).map(row -> Arrays.stream(row).map(v -> 1e-9 * v).toArray())
                .toArray(double[][]::new);
        double margin = LogisticMargin.of(z).margin();
        assertEquals(margin, 1e9 * LogisticMargin.of(tiny).margin(), 1e-6 * margin);
    }

    @Test
    void badInputsAreRefused() {
        double[][] opposed = {{1, 0}, {-1, 0}};
        assertFalse(LogisticMargin.separable(opposed));
        assertFalse(LogisticMargin.separable(new double[][]{{0, 0}}));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> LogisticMargin.of(opposed)).getMessage()
                .contains("separated"));
        assertThrows(IllegalArgumentException.class, () -> LogisticMargin.of(new double[0][]));
        assertThrows(IllegalArgumentException.class, () -> LogisticMargin.of(new double[][]{{1, 0}, {1}}));
        assertThrows(IllegalArgumentException.class, () -> LogisticMargin.of(new double[][]{{Double.NaN}}));
        var theory = LogisticMargin.of(new double[][]{{1, 2}, {1, -1}});
        assertThrows(IllegalArgumentException.class, () -> theory.loss(0, 1));
        assertThrows(IllegalArgumentException.class, () -> theory.loss(1, -1));
        assertThrows(IllegalArgumentException.class, () -> theory.weights(1, 0));
        assertThrows(IllegalArgumentException.class, () -> theory.angle(new double[]{1}));
        assertThrows(IllegalArgumentException.class, () -> theory.angle(new double[]{0, 0}));
        assertThrows(IllegalArgumentException.class, () -> LogisticMargin.separableProbability(0, 1));
        var few = LogisticMargin.of(new double[][]{{1, 0}, {3, 1}});
        assertTrue(assertThrows(IllegalStateException.class, () -> few.offset(1)).getMessage()
                .contains("as many as dimensions"));
    }
}
