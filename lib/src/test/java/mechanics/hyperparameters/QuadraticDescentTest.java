package mechanics.hyperparameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.linalg.Precision;
import mechanics.network.zoo.Mlp;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class QuadraticDescentTest {
    private static double[][] x(long seed, int n, int d) {
        var random = new SplittableRandom(seed);
        var x = new double[n][d];
        for (double[] row : x)
            Arrays.setAll(row, j -> random.nextGaussian() / (j + 1) + (j > 0 ? row[j - 1] / 2 : 0));
        return x;
    }

    private static double[] y(long seed, double[][] x) {
        var random = new SplittableRandom(seed + 100);
        return Arrays.stream(x)
                .mapToDouble(row -> row[0] - 2 * row[row.length - 1] + random.nextGaussian() / 3)
                .toArray();
    }

    /** Brute force: a linear network without bias that starts at zero and is trained. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTrainedLinearModelHasTheLossOfTheFormula(long seed) {
        double[][] x = x(seed, 40, 5);
        double[] y = y(seed, x);
        var descent = QuadraticDescent.ofLeastSquares(x, y);
        double rate = 0.7 * descent.largestRate();
        var network = Mlp.of(5, 1).bias(false).initialScale(0).precision(Precision.FLOAT64).build();
        double[][] targets = Arrays.stream(y).mapToObj(v -> new double[]{v}).toArray(double[][]::new);
        var run = Run.of(network, SquaredError.HALF_MEAN, x, targets, GradientDescent.of(rate)).steps(30)
                .train();
        double[] losses = run.series("loss").values();
        for (int k = 0; k < 30; k++) assertEquals(losses[k], descent.loss(rate, k), 1e-12 * losses[0]);
        assertEquals(losses[0], descent.start(), 1e-12);
    }

    @Test
    void moreInputsThanSamplesLeaveNoFloor() {
        double[][] x = x(4, 6, 10);
        assertEquals(0, QuadraticDescent.ofLeastSquares(x, y(4, x)).floor(), 1e-12);
    }

    @Test
    void theLargestRateSeparatesFallFromGrowth() {
        double[][] x = x(5, 40, 5);
        var descent = QuadraticDescent.ofLeastSquares(x, y(5, x));
        assertTrue(descent.loss(0.99 * descent.largestRate(), 1000) < descent.start());
        assertTrue(descent.loss(1.01 * descent.largestRate(), 1000) > descent.start());
    }

    @Test
    void smallStepsFollowTheFlowWithinTheBound() {
        var random = new SplittableRandom(6);
        for (int trial = 0; trial < 2000; trial++) {
            double[] curvatures = random.doubles(4).map(v -> Math.exp(8 * v - 6)).toArray();
            var descent = new QuadraticDescent(curvatures, random.doubles(4).toArray(), random.nextDouble());
            double rate = random.nextDouble() / descent.sharpness();
            long steps = 1L + random.nextInt(50);
            double gap = Math.abs(descent.loss(rate, steps) - descent.flow(rate * steps));
            assertTrue(gap <= descent.lagBound(steps), () -> descent + " " + rate + " " + steps);
        }
    }

    @Test
    void theBoundIsNearlyReached() {
        double worst = 0;
        for (double lambda = 0.01; lambda <= 1; lambda += 0.001) {
            var descent = new QuadraticDescent(new double[]{lambda}, new double[]{1}, 0);
            worst = Math.max(worst, (descent.flow(1) - descent.loss(1, 1)) / descent.lagBound(1));
        }
        assertTrue(worst > 0.98 && worst <= 1, "worst = " + worst);
    }

    @Test
    void badNumbersAreRefused() {
        double[] one = {1};
        assertThrows(IllegalArgumentException.class, () -> new QuadraticDescent(one, new double[0], 0));
        assertThrows(IllegalArgumentException.class, () -> new QuadraticDescent(new double[]{-1}, one, 0));
        assertThrows(IllegalArgumentException.class, () -> new QuadraticDescent(one, one, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new QuadraticDescent(one, one, 0).lagBound(0));
        assertThrows(IllegalArgumentException.class,
                () -> QuadraticDescent.ofLeastSquares(new double[][]{{1}}, new double[2]));
    }

    @Test
    void smallStepsKeepTheirDigits() {
        for (double x : new double[]{1e-14, 1e-10, 1e-5, 1e-3}) {
            // (1 − x)^(2/x) = e⁻² (1 − x − …).
            double loss = new QuadraticDescent(new double[]{x}, new double[]{1}, 0).loss(1,
                    Math.round(1 / x));
            assertEquals(Math.exp(-2) * (1 - x), loss, x * x + 1e-14);
        }
        assertEquals(Math.pow(-0.5, 6),
                new QuadraticDescent(new double[]{1.5}, new double[]{1}, 0).loss(1, 3), 1e-15);
        assertEquals(Math.pow(2, 6), new QuadraticDescent(new double[]{3}, new double[]{1}, 0).loss(1, 3),
                1e-12);
    }
}
