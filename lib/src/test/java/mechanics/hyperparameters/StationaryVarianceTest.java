package mechanics.hyperparameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.statistics.Estimate;

class StationaryVarianceTest {

    /** Mean of a quantity over chains; the chains are independent, what they return may be a mean over time. */
    private interface Chain {
        double measure(RandomGenerator random);
    }

    private static void assertMeasured(double predicted, String name, Chain chain) {
        var estimate = Estimate.of(IntStream.range(0, 40)
                .mapToDouble(c -> chain.measure(Seed.of(c).stream(name))).toArray());
        assertEquals(estimate.mean(), predicted, 4.5 * estimate.standardError(), name);
    }

    /** The mean of n numbers is 0, that of their squares is 1. */
    private static double[] standardized(int n, RandomGenerator random) {
        double[] z = Seed.gaussian(n, random);
        double mean = Arrays.stream(z).average().orElseThrow();
        double size = Math.sqrt(Arrays.stream(z).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
        return Arrays.stream(z).map(v -> (v - mean) / size).toArray();
    }

    @RepeatedTest(6)
    void stepsOnDrawnSamplesHaveTheVarianceWithReplacement(RepetitionInfo repetition) {
        var setting = Seed.of(repetition.getCurrentRepetition()).stream("setting");
        double curvature = setting.nextDouble(0.3, 3);
        double rate = setting.nextDouble(0.1, 1.8) / curvature;
        int batch = setting.nextInt(1, 5);
        double[] z = standardized(20, setting);
        var theory = new StationaryVariance(rate, curvature, curvature * curvature, batch);
        assertMeasured(theory.withReplacement(), "replacement " + repetition.getCurrentRepetition(),
                random -> {
                    double w = 0;
                    double sum = 0;
                    for (int t = -200; t < 4000; t++) {
                        double target = 0;
                        for (int i = 0; i < batch; i++) target += z[random.nextInt(z.length)] / batch;
                        w -= rate * curvature * (w - target);
                        if (t >= 0) sum += w * w / 4000;
                    }
                    return sum;
                });
    }

    @RepeatedTest(6)
    void randomCurvatureAddsItsFluctuation(RepetitionInfo repetition) {
        var setting = Seed.of(repetition.getCurrentRepetition()).stream("setting");
        int batch = setting.nextInt(2, 6);
        double scale = setting.nextDouble(0.5, 1.5); // x = 0 or ±√3 scale with probability 2/3, 1/3
        double curvature = scale * scale;
        double fluctuation = 2 * curvature * curvature; // E x⁴ = 3 scale⁴
        double rate = 0.6 * StationaryVariance.edge(curvature, fluctuation, batch);
        var theory = new StationaryVariance(rate, curvature, curvature, batch);
        assertMeasured(theory.withRandomCurvature(fluctuation), "inputs " + repetition.getCurrentRepetition(),
                random -> {
                    double w = 0;
                    double sum = 0;
                    for (int t = -200; t < 4000; t++) {
                        double gradient = 0;
                        for (int i = 0; i < batch; i++) {
                            double x = (random.nextInt(3) == 0 ? Math.sqrt(3) : 0) * scale;
                            gradient += x * (x * w - random.nextGaussian()) / batch;
                        }
                        w -= rate * gradient;
                        if (t >= 0) sum += w * w / 4000;
                    }
                    return sum;
                });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.03, 0.4, 1, 1.5})
    void shuffledEpochsHaveTheirVarianceAtEveryStep(double rate) {
        double[] z = standardized(12, Seed.of(5).stream("z"));
        var theory = new StationaryVariance(rate, 1, 1, 3);
        for (int steps = 1; steps <= 4; steps++) {
            int wanted = steps;
            assertMeasured(theory.shuffled(12, steps), "shuffled " + rate + " " + steps, random -> {
                double[] order = z.clone();
                double w = 0;
                double sum = 0;
                for (int epoch = -60; epoch < 500; epoch++) {
                    for (int i = order.length - 1; i > 0; i--) {
                        int j = random.nextInt(i + 1);
                        double kept = order[i];
                        order[i] = order[j];
                        order[j] = kept;
                    }
                    for (int step = 0; step < 4; step++) {
                        double target = (order[3 * step] + order[3 * step + 1] + order[3 * step + 2]) / 3;
                        w -= rate * (w - target);
                        if (epoch >= 0 && step + 1 == wanted) sum += w * w / 500;
                    }
                }
                return sum;
            });
        }
    }

    @Test
    void anEpochEndsWhereItBegins() {
        for (double rate : new double[]{1e-4, 0.2, 1, 1.9}) {
            var theory = new StationaryVariance(rate, 1, 2, 4);
            assertEquals(theory.shuffled(64), theory.shuffled(64, 0), 1e-12 * theory.shuffled(64));
            assertEquals(theory.shuffled(64), theory.shuffled(64, 16), 1e-10 * theory.shuffled(64));
        }
    }

    @Test
    void smallRatesHaveThePowersOfTheText() {
        var theory = new StationaryVariance(1e-5, 1.5, 2, 4);
        assertEquals(1, theory.withReplacement() / theory.flow(), 1e-4);
        int n = 4000;
        double cube = 1e-15 * 1.5 * 2 / 4 * 1e6 / 24; // η³λC m²/(24B)
        assertEquals(1, theory.shuffled(n) / cube, 0.02);
    }

    @Test
    void oneBatchOfAllSamplesHasNoNoise() {
        assertEquals(0, new StationaryVariance(0.3, 1, 1, 8).shuffled(8));
    }

    @Test
    void aSteadyCurvatureIsTheFirstFormula() {
        var theory = new StationaryVariance(0.7, 1.3, 2, 3);
        assertEquals(theory.withReplacement(), theory.withRandomCurvature(0), 1e-14);
        assertEquals(2 / 1.3, StationaryVariance.edge(1.3, 0, 3), 1e-14);
        double edge = StationaryVariance.edge(1, 3, 2);
        assertTrue(new StationaryVariance(0.999 * edge, 1, 1, 2).withRandomCurvature(3) > 100);
        assertEquals(Double.POSITIVE_INFINITY,
                new StationaryVariance(1.001 * edge, 1, 1, 2).withRandomCurvature(3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 1.5})
    void theMeanOfTheIteratesIsMeasured(double rate) {
        assertMeasured(new StationaryVariance(rate, 1, 1, 2).average(30), "average " + rate, random -> {
            double squares = 0;
            for (int run = 0; run < 500; run++) {
                double w = 0;
                double mean = 0;
                for (int t = 0; t < 30; t++) {
                    mean += w / 30;
                    w -= rate * (w - random.nextGaussian() / Math.sqrt(2));
                }
                squares += mean * mean / 500;
            }
            return squares;
        });
    }

    @RepeatedTest(5)
    void theCovarianceSolvesItsEquation(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("matrices");
        int d = random.nextInt(1, 6);
        double[][] h = positive(d, random);
        double[][] c = positive(d, random);
        double largest = Arrays.stream(h).flatMapToDouble(Arrays::stream).map(Math::abs).sum();
        double rate = 1.5 / largest;
        double[][] sigma = StationaryVariance.covariance(rate, h, c, 3);
        var contraction = new double[d][d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++) contraction[i][j] = (i == j ? 1 : 0) - rate * h[i][j];
        double[][] next = times(times(contraction, sigma), contraction);
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                assertEquals(sigma[i][j], next[i][j] + rate * rate * c[i][j] / 3,
                        1e-10 * sigma[i][i] + 1e-12);
    }

    @Test
    void oneDimensionIsTheFirstFormula() {
        assertEquals(new StationaryVariance(0.4, 2, 3, 5).withReplacement(),
                StationaryVariance.covariance(0.4, new double[][]{{2}}, new double[][]{{3}}, 5)[0][0], 1e-14);
    }

    private static double[][] positive(int d, RandomGenerator random) {
        var root = new double[d][];
        for (int i = 0; i < d; i++) root[i] = Seed.gaussian(d, random);
        var result = new double[d][d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) result[i][j] += root[i][k] * root[j][k];
                if (i == j) result[i][j] += 0.1;
            }
        return result;
    }

    private static double[][] times(double[][] a, double[][] b) {
        var result = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++)
            for (int j = 0; j < b[0].length; j++)
                for (int k = 0; k < b.length; k++) result[i][j] += a[i][k] * b[k][j];
        return result;
    }

    @Test
    void badNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new StationaryVariance(0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new StationaryVariance(1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new StationaryVariance(1, 1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new StationaryVariance(1, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new StationaryVariance(2, 1, 1, 1));
        var theory = new StationaryVariance(0.5, 1, 1, 4);
        assertThrows(IllegalArgumentException.class, () -> theory.withRandomCurvature(-1));
        assertThrows(IllegalArgumentException.class, () -> theory.shuffled(10));
        assertThrows(IllegalArgumentException.class, () -> theory.shuffled(8, 3));
        assertThrows(IllegalArgumentException.class, () -> theory.average(0));
        assertThrows(IllegalArgumentException.class, () -> StationaryVariance.edge(1, -1, 1));
        double[][] one = {{1}};
        assertThrows(IllegalArgumentException.class,
                () -> StationaryVariance.covariance(2.1, one, one, 1));
        assertThrows(IllegalArgumentException.class,
                () -> StationaryVariance.covariance(1, new double[][]{{-1}}, one, 1));
        assertThrows(IllegalArgumentException.class,
                () -> StationaryVariance.covariance(1, one, new double[][]{{1, 0}, {0, 1}}, 1));
    }
}
