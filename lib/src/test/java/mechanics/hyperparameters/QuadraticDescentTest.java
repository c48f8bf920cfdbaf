package mechanics.hyperparameters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

    /** Inputs with one number a sample: λᵢ = aᵢ²/n, and direction i alone fits sample i, so that cᵢ = yᵢ²/(2n). */
    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void orthogonalInputsShareTheLossOut(long seed) {
        var random = new SplittableRandom(seed);
        int n = 6;
        double[] size = random.doubles(n, 0.1, 3).sorted().toArray();
        double[] y = random.doubles(n, -2, 2).toArray();
        double[][] x = new double[n][n];
        for (int i = 0; i < n; i++) x[i][i] = size[n - 1 - i];
        var descent = QuadraticDescent.ofLeastSquares(x, y);
        for (int i = 0; i < n; i++) {
            assertEquals(size[n - 1 - i] * size[n - 1 - i] / n, descent.curvatures()[i], 1e-12);
            assertEquals(y[i] * y[i] / (2 * n), descent.excesses()[i], 1e-12);
        }
        assertEquals(0, descent.floor(), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 1e3, 1e6})
    void theUnitOfTheInputsChangesOnlyTheCurvatures(double unit) {
        double[][] x = x(10, 6, 8); // two directions more than samples: their share stays 0
        double[] y = y(10, x);
        double[][] other = Arrays.stream(x).map(row -> Arrays.stream(row).map(v -> unit * v).toArray())
                .toArray(double[][]::new);
        var one = QuadraticDescent.ofLeastSquares(x, y);
        var two = QuadraticDescent.ofLeastSquares(other, y);
        for (int i = 0; i < 8; i++) {
            assertEquals(one.excesses()[i], two.excesses()[i], 1e-9);
            assertEquals(one.curvatures()[i], two.curvatures()[i] / unit / unit, 1e-12 * one.sharpness());
        }
        assertEquals(0, two.excesses()[6] + two.excesses()[7]);
    }

    @Test
    void inputsOfZerosTeachNothing() {
        var descent = QuadraticDescent.ofLeastSquares(new double[3][2], new double[]{1, 2, 3});
        assertEquals(14.0 / 6, descent.floor(), 1e-15);
        assertEquals(descent.floor(), descent.loss(1, 10));
    }

    /** The bound is 0.163/k of what there is to learn, wherever the floor lies, and never a fifth too wide. */
    @Test
    void theBoundShrinksWithStepsAndIgnoresTheFloor() {
        for (long steps : new long[]{1, 2, 7, 300}) {
            double worst = 0;
            for (double x = 0.01; x < 4; x += 0.01) {
                var descent = new QuadraticDescent(new double[]{x / steps}, new double[]{2}, -5);
                if (x > steps) break; // rates up to 1/λ
                worst = Math.max(worst, Math.abs(descent.flow((double) steps) - descent.loss(1, steps)));
                assertEquals(0.163 * 2 / steps, descent.lagBound(steps), 1e-12);
            }
            assertTrue(worst > 0.8 * 0.163 * 2 / steps && worst <= 0.163 * 2 / steps, steps + ": " + worst);
        }
    }

    @Test
    void onlyFiniteNumbersAreAllowed() {
        double[] one = {1}, infinite = {Double.POSITIVE_INFINITY}, none = {Double.NaN};
        for (double[] bad : new double[][]{infinite, none}) {
            assertThrows(IllegalArgumentException.class, () -> new QuadraticDescent(bad, one, 0));
            assertThrows(IllegalArgumentException.class, () -> new QuadraticDescent(one, bad, 0));
        }
        assertEquals(0, new QuadraticDescent(new double[1], new double[1], 0).start());
    }

    @Test
    void numbersAreCopies() {
        double[] given = {1, 2};
        var descent = new QuadraticDescent(given, given, 0);
        given[0] = 9;
        descent.curvatures()[0] = 9;
        descent.excesses()[0] = 9;
        assertArrayEquals(new double[]{1, 2}, descent.curvatures());
        assertArrayEquals(new double[]{1, 2}, descent.excesses());
    }
}
