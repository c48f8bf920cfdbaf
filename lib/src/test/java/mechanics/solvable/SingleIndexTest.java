package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.statistics.Estimate;

class SingleIndexTest {

    private static double[] direction(int d, RandomGenerator random) {
        double[] w = Seed.gaussian(d, random);
        normalize(w);
        return w;
    }

    private static void normalize(double[] w) {
        double norm = 0;
        for (double entry : w) norm += entry * entry;
        for (int i = 0; i < w.length; i++) w[i] /= Math.sqrt(norm);
    }

    /** One step of all d weights at a fresh sample. Modified: w. */
    private static void step(SingleIndex index, double[] w, double rate, RandomGenerator random) {
        double[] x = Seed.gaussian(w.length, random);
        double z = 0;
        for (int i = 0; i < w.length; i++) z += w[i] * x[i];
        double push = rate * index.value(x[0]) * index.slope(z);
        for (int i = 0; i < w.length; i++) w[i] += push * (x[i] - z * w[i]);
        normalize(w);
    }

    private static double chainTime(SingleIndex index, double goal, double rate, int d,
            RandomGenerator random) {
        double m = direction(d, random)[0];
        boolean even = index.value(1.3) * index.value(-1.3) > 0;
        int steps = 0;
        while ((even ? Math.abs(m) : m) < goal) {
            m = index.step(m, rate, d, random);
            steps++;
        }
        return steps;
    }

    @Test
    void hermitePolynomialsAreNormalizedAndHaveTheirDerivatives() {
        assertEquals(1.7, SingleIndex.of(1).value(1.7), 1e-12);
        assertEquals((1.7 * 1.7 - 1) / Math.sqrt(2), SingleIndex.of(2).value(1.7), 1e-12);
        assertEquals((Math.pow(1.7, 3) - 3 * 1.7) / Math.sqrt(6), SingleIndex.of(3).value(1.7), 1e-12);
        for (int k = 1; k <= 6; k++) {
            var index = SingleIndex.of(k);
            assertEquals((index.value(0.4 + 1e-5) - index.value(0.4 - 1e-5)) / 2e-5, index.slope(0.4), 1e-8);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.3, 0, 0.5, 0.9, 1})
    void momentsAreThosePolynomialsThatAreDoneByHand(double m) {
        double square = m * m;
        assertEquals(1, SingleIndex.of(1).strength(m), 1e-10);
        assertEquals((1 - square) * (square + 3 * (1 - square)), SingleIndex.of(1).noise(m), 1e-10);
        assertEquals(2 + 8 * square, SingleIndex.of(2).strength(m), 1e-10);
        assertEquals(3, SingleIndex.of(3).strength(0), 1e-10);
        assertEquals(10, SingleIndex.of(2).noise(0), 1e-10);
        assertEquals(21, SingleIndex.of(3).noise(0), 1e-10);
        for (int k = 1; k <= 6; k++) assertEquals(0, SingleIndex.of(k).noise(1), 1e-6);
    }

    @RepeatedTest(6)
    void meanAndMeanSquareOfAStepAreMeasured(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("moments");
        int k = 1 + repetition.getCurrentRepetition() % 2;
        var index = SingleIndex.of(k);
        int d = random.nextInt(30, 200);
        double m = random.nextDouble(0.2, 0.8);
        int draws = 400_000;
        var steps = new double[draws];
        for (int i = 0; i < draws; i++) steps[i] = index.step(m, 0.02 / d, d, random) - m;
        var mean = Estimate.of(steps);
        assertEquals(index.drift(m, 0.02 / d, d), mean.mean(), 5 * mean.standardError());
        // So slow that the next order, which grows as the rate, does not matter.
        double rate = 1e-5 / d;
        for (int i = 0; i < draws; i++) steps[i] = index.step(m, rate, d, random) - m;
        var square = Estimate.of(squares(steps));
        assertEquals(rate * rate * index.noise(m), square.mean(), 5 * square.standardError());
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 0.5", "2, 12, 0.3", "3, 20, 0.05"})
    void theChainOfOneNumberIsThatOfAllWeights(int k, int d, double rate) {
        var index = SingleIndex.of(k);
        var random = Seed.of(5).stream("chain " + k);
        int runs = 20_000;
        var full = new double[runs];
        var chain = new double[runs];
        for (int run = 0; run < runs; run++) {
            double[] w = direction(d, random);
            double m = direction(d, random)[0];
            for (int t = 0; t < 8; t++) {
                step(index, w, rate, random);
                m = index.step(m, rate, d, random);
            }
            full[run] = w[0];
            chain[run] = m;
        }
        assertSame(Estimate.of(full), Estimate.of(chain));
        assertSame(Estimate.of(squares(full)), Estimate.of(squares(chain)));
    }

    private static void assertSame(Estimate one, Estimate other) {
        assertEquals(one.mean(), other.mean(), 4.5 * Math.hypot(one.standardError(), other.standardError()));
    }

    private static double[] squares(double[] x) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i] * x[i]).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1, 0.3, 1, 200, 600", "2, 0.2, 1, 300, 600", "3, 0.1, 1.5, 40, 600"})
    void meanTimesAreThoseOfTheChain(int k, double c, double power, int d, int runs) {
        var index = SingleIndex.of(k);
        double rate = c * Math.pow(d, -power);
        var times = IntStream.range(0, runs).parallel().mapToDouble(
                run -> chainTime(index, 0.5, rate, d, Seed.of(run).stream("times " + k))).toArray();
        var mean = Estimate.of(times);
        double order = index.meanTimeOrder(0.5, rate, d);
        assertEquals(index.meanTime(0.5, rate, d), mean.mean(), 4 * mean.standardError() + order);
        assertTrue(order < 0.3 * mean.mean(), "the order " + order + " says something beside " + mean);
    }

    @Test
    void closedFormsAreLimitsOfTheMeanTime() {
        int d = 1_000_000;
        for (double c : new double[]{0.1, 0.3, 0.7}) {
            assertEquals(1, SingleIndex.of(1).meanTime(0.4, c / d, d) / d / SingleIndex.linearTime(0.4, c),
                    1e-3);
            assertEquals(1,
                    SingleIndex.of(2).meanTime(0.4, c / d, d) / d / SingleIndex.quadraticTime(0.4, c, d),
                    3e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1, 1.9})
    void steadyOverlapsAreThoseDoneByHand(double c) {
        assertEquals((Math.sqrt(c * c + 16) - c) / 4, SingleIndex.of(1).steadyOverlap(c), 1e-9);
        assertEquals(Math.sqrt((2 - c) / (2 + 4 * c)), SingleIndex.of(2).steadyOverlap(c), 1e-9);
        assertEquals(0, SingleIndex.of(2).drift(SingleIndex.of(2).steadyOverlap(c), c / 100, 100), 1e-12);
        assertEquals(2 * c - c * c, SingleIndex.growth(c), 1e-12);
    }

    @Test
    void aRateThatIsTooLargeLearnsNothing() {
        assertEquals(0, SingleIndex.of(2).steadyOverlap(2.01));
        assertTrue(SingleIndex.of(2).steadyOrder(0.3, 1000) < 0.02);
    }

    @Test
    void badInputsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SingleIndex.of(0));
        assertThrows(IllegalArgumentException.class, () -> SingleIndex.of(7));
        var index = SingleIndex.of(2);
        assertThrows(IllegalArgumentException.class, () -> index.strength(1.1));
        assertThrows(IllegalArgumentException.class, () -> index.noise(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> index.drift(0.1, 0, 100));
        assertThrows(IllegalArgumentException.class, () -> index.drift(0.1, 0.1, 3));
        assertThrows(IllegalArgumentException.class, () -> index.meanTime(1, 0.1, 100));
        assertThrows(IllegalArgumentException.class, () -> index.meanTime(0.5, 0.1, 11));
        assertThrows(IllegalArgumentException.class, () -> index.meanTimeOrder(0, 0.1, 100));
        assertThrows(IllegalArgumentException.class, () -> index.steadyOverlap(0));
        assertThrows(IllegalArgumentException.class, () -> index.steadyOrder(3, 100));
        assertThrows(IllegalArgumentException.class, () -> SingleIndex.linearTime(0.99, 0.5));
        assertThrows(IllegalArgumentException.class, () -> SingleIndex.quadraticTime(0.9, 0.5, 100));
        assertThrows(IllegalArgumentException.class, () -> SingleIndex.growth(2));
        assertThrows(IllegalArgumentException.class, () -> index.step(2, 0.1, 10, Seed.of(1).stream()));
    }
}
