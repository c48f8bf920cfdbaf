package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.linalg.LeastSquares;

class DiagonalNetworkTest {

    private record Problem(double[][] x, double[] y) {
        static Problem random(int n, int d, RandomGenerator random) {
            var x = new double[n][];
            for (int i = 0; i < n; i++) x[i] = Seed.gaussian(d, random);
            return new Problem(x, Seed.gaussian(n, random));
        }

        DiagonalNetwork theory() { return DiagonalNetwork.of(x, y); }

        int inputs() { return x[0].length; }

        double[] residuals(double[] beta) {
            var rest = new double[y.length];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = -y[i];
                for (int j = 0; j < beta.length; j++) rest[i] += x[i][j] * beta[j];
            }
            return rest;
        }
    }

    /** u̇ = −2ug, v̇ = 2vg with the gradient g of ‖Xβ − y‖²/2n by β, by an adaptive integrator. */
    private static double[] flow(Problem problem, double[] alphas, double t) {
        int d = problem.inputs();
        OrdinaryDifferentialEquation motion = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() { return 2 * d; }

            @Override
            public double[] computeDerivatives(double time, double[] w) {
                double[] rest = problem.residuals(beta(w));
                var speed = new double[2 * d];
                for (int j = 0; j < d; j++) {
                    double g = 0;
                    for (int i = 0; i < rest.length; i++) g += problem.x()[i][j] * rest[i] / rest.length;
                    speed[j] = -2 * w[j] * g;
                    speed[d + j] = 2 * w[d + j] * g;
                }
                return speed;
            }
        };
        var start = new double[2 * d];
        for (int j = 0; j < d; j++) start[j] = start[d + j] = alphas[j];
        return beta(new DormandPrince853Integrator(1e-9, t, 1e-12, 1e-10)
                .integrate(motion, new ODEState(0, start), t).getPrimaryState());
    }

    private static double[] beta(double[] w) {
        var beta = new double[w.length / 2];
        for (int j = 0; j < beta.length; j++)
            beta[j] = w[j] * w[j] - w[beta.length + j] * w[beta.length + j];
        return beta;
    }

    @RepeatedTest(5)
    void theFlowEndsThere(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("flow");
        var problem = Problem.random(random.nextInt(2, 5), random.nextInt(6, 12), random);
        double[] alphas = random.doubles(problem.inputs(), 0.3, 1).toArray();
        assertArrayEquals(flow(problem, alphas, 400), problem.theory().limit(alphas), 1e-5);
        double alpha = alphas[0];
        Arrays.fill(alphas, alpha);
        double[] end = flow(problem, alphas, 400);
        assertArrayEquals(end, problem.theory().limit(alpha), 1e-5);
        assertEquals(alpha, problem.theory().recoveredScale(end), 1e-3 * alpha);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 2})
    void noOtherSolutionHasLessEntropy(double alpha) {
        var random = Seed.of(3).stream("entropy");
        var problem = Problem.random(6, 15, random);
        double[] beta = problem.theory().limit(alpha);
        for (double rest : problem.residuals(beta)) assertEquals(0, rest, 1e-9);
        double least = DiagonalNetwork.entropy(beta, alpha);
        for (int trial = 0; trial < 200; trial++) {
            double[] other = nullVector(problem, random);
            for (int j = 0; j < other.length; j++) other[j] = beta[j] + 0.05 * other[j];
            for (double rest : problem.residuals(other)) assertEquals(0, rest, 1e-9);
            assertTrue(DiagonalNetwork.entropy(other, alpha) > least);
        }
    }

    private static double[] nullVector(Problem problem, RandomGenerator random) {
        double[] z = Seed.gaussian(problem.inputs(), random);
        var image = new Problem(problem.x(), new double[problem.y().length]).residuals(z);
        double[] within = LeastSquares.of(problem.x(), image).coefficients();
        for (int j = 0; j < z.length; j++) z[j] -= within[j];
        return z;
    }

    @Test
    void largeScalesGiveTheShortestSolution() {
        var problem = Problem.random(5, 12, Seed.of(4).stream());
        assertArrayEquals(LeastSquares.of(problem.x(), problem.y()).coefficients(),
                problem.theory().limit(1e3), 1e-9);
    }

    /** The least sum is that of the best model with as many inputs as samples; it is missed by at most S ln d / ln(1/α²). */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void smallScalesGiveTheLeastAbsoluteSumUpToALogarithm(int number) {
        var problem = Problem.random(3, 9, Seed.of(5).stream(number));
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 9; i++)
            for (int j = 0; j < i; j++)
                for (int k = 0; k < j; k++) least = Math.min(least, absoluteSum(problem, i, j, k));
        for (double alpha : new double[]{1e-20, 1e-60, 1e-120}) {
            double sum = Arrays.stream(problem.theory().limit(alpha)).map(Math::abs).sum();
            assertTrue(sum > least - 1e-9, sum + " below " + least);
            assertTrue(sum < least * (1 + Math.log(9) / (-2 * Math.log(alpha))), sum + " far above " + least);
        }
    }

    /** Of the model that uses three inputs only. */
    private static double absoluteSum(Problem problem, int... used) {
        double[][] rows = Arrays.stream(problem.x())
                .map(row -> Arrays.stream(used).mapToDouble(j -> row[j]).toArray()).toArray(double[][]::new);
        return Arrays.stream(LeastSquares.of(rows, problem.y()).coefficients()).map(Math::abs).sum();
    }

    @Test
    void theEntropyIsItsFormulaAndTheIntegralOfArcsinh() {
        double alpha = 0.4;
        double[] beta = {1.3, -0.02, 0};
        double expected = 0;
        for (double b : beta) {
            double z = Math.abs(b) / (alpha * alpha);
            double arcsinh = Math.log(z / 2 + Math.sqrt(1 + z * z / 4));
            expected += alpha * alpha * (2 - Math.sqrt(4 + z * z) + z * arcsinh);
        }
        assertEquals(expected, DiagonalNetwork.entropy(beta, alpha), 1e-12);
        double step = 1e-4;
        double slope = (DiagonalNetwork.entropy(new double[]{0.7 + step}, alpha)
                - DiagonalNetwork.entropy(new double[]{0.7 - step}, alpha)) / (2 * step);
        assertEquals(Math.log(0.7 / 0.32 + Math.sqrt(1 + Math.pow(0.7 / 0.32, 2))), slope, 1e-6);
    }

    @RepeatedTest(3)
    void stepsLowerTheScaleByNoMoreThanTheShrinkage(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("steps");
        var drawn = Problem.random(8, 20, random);
        for (int j = 0; j < 20; j++) {
            double size = 0;
            for (double[] row : drawn.x()) size += row[j] * row[j] / 8;
            for (double[] row : drawn.x()) row[j] /= Math.sqrt(size);
        }
        double alpha = 0.4;
        double eta = 0.005;
        double[] u = new double[20];
        double[] v = new double[20];
        Arrays.fill(u, alpha);
        Arrays.fill(v, alpha);
        for (int step = 0; step < 40_000; step++) {
            var beta = new double[20];
            for (int j = 0; j < 20; j++) beta[j] = u[j] * u[j] - v[j] * v[j];
            double[] rest = drawn.residuals(beta);
            for (int j = 0; j < 20; j++) {
                double g = 0;
                for (int i = 0; i < 8; i++) g += drawn.x()[i][j] * rest[i] / 8;
                u[j] *= 1 - 2 * eta * g;
                v[j] *= 1 + 2 * eta * g;
            }
        }
        double bound = drawn.theory().shrinkage(alpha, eta);
        double least = 1;
        for (int j = 0; j < 20; j++) least = Math.min(least, Math.sqrt(u[j] * v[j]) / alpha);
        assertTrue(least < 1 && least > bound - 0.1 * (1 - bound), least + ", bound " + bound);
    }

    @Test
    void leastSquaresAreMeantWhereNothingFits() {
        double[][] x = {{1, 2, 0}, {1, 2, 0}};
        double[] beta = DiagonalNetwork.of(x, new double[]{1, 3}).limit(0.5);
        assertEquals(2, beta[0] + 2 * beta[1], 1e-10);
        assertEquals(0, beta[2], 1e-12);
    }

    @Test
    void badInputsAreRefused() {
        double[][] x = {{1, 2, 3}};
        var network = DiagonalNetwork.of(x, new double[]{1});
        assertThrows(IllegalArgumentException.class, () -> DiagonalNetwork.of(x, new double[]{1, 2}));
        assertThrows(IllegalArgumentException.class,
                () -> DiagonalNetwork.of(new double[][]{{0, 0}}, new double[]{1}));
        assertThrows(IllegalArgumentException.class,
                () -> DiagonalNetwork.of(new double[][]{{1, Double.NaN}}, new double[]{1}));
        assertThrows(IllegalArgumentException.class, () -> network.limit(0));
        assertThrows(IllegalArgumentException.class, () -> network.limit(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> network.limit(new double[]{1, 1}));
        assertThrows(IllegalArgumentException.class, () -> network.shrinkage(1, 0));
        assertThrows(IllegalArgumentException.class, () -> network.recoveredScale(new double[3]));
        assertThrows(IllegalArgumentException.class, () -> network.recoveredScale(new double[]{1}));
        assertThrows(IllegalArgumentException.class, () -> DiagonalNetwork.entropy(new double[]{1}, 0));
    }
}
