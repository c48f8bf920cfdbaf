package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.solvable.QuadraticFlow.Loss;

class QuadraticFlowTest {

    private static double[][] gaussian(SplittableRandom random, int rows, int columns, double size) {
        var matrix = new double[rows][columns];
        for (double[] row : matrix) Arrays.setAll(row, _ -> size * random.nextGaussian());
        return matrix;
    }

    private static double[][] symmetric(SplittableRandom random, int d) {
        double[][] g = gaussian(random, d, d, 1);
        var s = new double[d][d];
        for (int i = 0; i < d; i++) for (int j = 0; j < d; j++) s[i][j] = (g[i][j] + g[j][i]) / 2;
        return s;
    }

    /** The equation of motion of S, not of W, written out for each loss, by an adaptive integrator. */
    private static double[][] integrated(double[][] teacher, double[][] s0, Loss loss, double t) {
        int d = teacher.length;
        OrdinaryDifferentialEquation motion = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() { return d * d; }

            @Override
            public double[] computeDerivatives(double time, double[] s) {
                var m = new double[d][d];
                double trace = 0;
                for (int i = 0; i < d; i++) trace += teacher[i][i] - s[i * d + i];
                for (int i = 0; i < d; i++)
                    for (int j = 0; j < d; j++) {
                        m[i][j] = teacher[i][j] - s[i * d + j];
                        if (i == j && loss == Loss.RAW) m[i][j] += trace / 2;
                        if (i == j && loss == Loss.WITHOUT_DIAGONAL) m[i][j] = 0;
                    }
                var speed = new double[d * d];
                for (int i = 0; i < d; i++)
                    for (int j = 0; j < d; j++)
                        for (int k = 0; k < d; k++)
                            speed[i * d + j] += s[i * d + k] * m[k][j] + m[i][k] * s[k * d + j];
                return speed;
            }
        };
        double[] flat = Arrays.stream(s0).flatMapToDouble(Arrays::stream).toArray();
        double[] end = new DormandPrince853Integrator(1e-9, t, 1e-12, 1e-12)
                .integrate(motion, new ODEState(0, flat), t).getPrimaryState();
        var s = new double[d][];
        for (int i = 0; i < d; i++) s[i] = Arrays.copyOfRange(end, i * d, (i + 1) * d);
        return s;
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void solvesTheEquationOfMotion(Loss loss) {
        var random = new SplittableRandom(114);
        for (int trial = 0; trial < 8; trial++) {
            int d = 2 + trial % 5;
            double[][] teacher = symmetric(random, d);
            var flow = QuadraticFlow.of(teacher, gaussian(random, 1 + trial, d, 0.4)).with(loss);
            double t = random.nextDouble(0.2, 4);
            double[][] expected = integrated(teacher, flow.matrix(0), loss, t);
            for (int i = 0; i < d; i++) assertArrayEquals(expected[i], flow.matrix(t)[i], 1e-6);
        }
    }

    @Test
    void isTheClosedFormForOneNeuron() {
        var random = new SplittableRandom(1);
        double[][] teacher = {{1.5, 0}, {0, -0.3}};
        double[][] w0 = gaussian(random, 1, 2, 0.5);
        double t = 2.3;
        double[] grown = {w0[0][0] * Math.exp(1.5 * t), w0[0][1] * Math.exp(-0.3 * t)};
        double denominator = 1 + w0[0][0] * w0[0][0] * (Math.exp(3 * t) - 1) / 1.5
                + w0[0][1] * w0[0][1] * (Math.exp(-0.6 * t) - 1) / -0.3;
        double[][] s = QuadraticFlow.of(teacher, w0).matrix(t);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                assertEquals(grown[i] * grown[j] / denominator, s[i][j], 1e-12);
    }

    @Test
    void longTimesDoNotOverflow() {
        var random = new SplittableRandom(2);
        double[][] teacher = {{30, 0, 0}, {0, 2, 0}, {0, 0, 1}};
        var flow = QuadraticFlow.of(teacher, gaussian(random, 2, 3, 0.1));
        double[][] s = flow.matrix(40);
        assertArrayEquals(new double[]{30, 0, 0}, s[0], 1e-9);
        assertArrayEquals(new double[]{0, 2, 0}, s[1], 1e-9);
        assertArrayEquals(new double[]{0, 0, 0}, s[2], 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 7})
    void alignedModesFeelNoOther(double scale) {
        double[][] teacher = {{2 * scale, 0}, {0, scale}};
        double[][] w0 = {{0.2, 0}, {0, 0.1}};
        var flow = QuadraticFlow.of(teacher, w0);
        for (double t : new double[]{0, 0.4, 3}) {
            assertEquals(QuadraticFlow.uncoupled(2 * scale, 0.04, t), flow.overlap(1, 1, t), 1e-12 * scale);
            assertEquals(QuadraticFlow.uncoupled(scale, 0.01, t), flow.overlap(2, 2, t), 1e-12 * scale);
            assertEquals(0, flow.overlap(1, 2, t), 1e-12);
        }
        assertEquals(QuadraticFlow.uncoupledHalfTime(scale, 0.01), flow.halfTime(2), 1e-9 / scale);
        assertEquals(scale / 2, QuadraticFlow.uncoupled(scale, 0.01, flow.halfTime(2)), 1e-9 * scale);
    }

    @Test
    void knowsModesThatAreNeverLearned() {
        double[][] teacher = {{1, 0}, {0, 2}};
        var flow = QuadraticFlow.of(teacher, new double[][]{{0, 0.1}});
        assertEquals(2, flow.count());
        assertEquals(2, flow.strength(1), 1e-14);
        assertArrayEquals(new double[]{0, 1}, flow.direction(1), 1e-14);
        assertEquals(Double.POSITIVE_INFINITY, flow.halfTime(2));
        assertEquals(0, QuadraticFlow.of(teacher, new double[][]{{0, 1.5}}).halfTime(1));
    }

    @Test
    void meansTheGradientsOfSamples() {
        var random = new SplittableRandom(3);
        double[][] teacher = symmetric(random, 3);
        double[][] w = gaussian(random, 2, 3, 0.7);
        double h = 1e-4;
        for (Loss loss : Loss.values()) {
            double[][] later = QuadraticFlow.of(teacher, w).with(loss).matrix(h);
            double[][] now = QuadraticFlow.of(teacher, w).matrix(0);
            double drift = (later[0][1] - now[0][1]) / h;
            int n = 400_000;
            double mean = 0;
            double squares = 0;
            for (int sample = 0; sample < n; sample++) {
                double draw = drift(teacher, now, w, loss, gaussian(random, 1, 3, 1)[0]);
                mean += draw / n;
                squares += draw * draw / n;
            }
            assertEquals(mean, drift, 4 * Math.sqrt((squares - mean * mean) / n) + 1e-2 * Math.abs(drift));
        }
    }

    /** Change of S₀₁ by the gradient of (f − y)²/8 at one sample, where the diagonal loss is of ½ xᵀ(S − S*)x. */
    private static double drift(double[][] teacher, double[][] s, double[][] w, Loss loss, double[] x) {
        double error = 0;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) {
                double pair = x[i] * x[j] - (i == j && loss == Loss.CENTERED ? 1 : 0);
                if (i != j || loss != Loss.WITHOUT_DIAGONAL) error += (s[i][j] - teacher[i][j]) * pair;
            }
        double sum = 0;
        for (double[] row : w) {
            var move = new double[3];
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < 3; j++) {
                    double pair = x[i] * x[j] - (i == j && loss == Loss.CENTERED ? 1 : 0);
                    if (i != j || loss != Loss.WITHOUT_DIAGONAL) move[i] -= error / 2 * row[j] * pair;
                }
            sum += move[0] * row[1] + row[0] * move[1];
        }
        return sum;
    }

    @Test
    void refusesWhatDoesNotFit() {
        double[][] w0 = {{0.1, 0.2}};
        double[][] identity = {{1, 0}, {0, 1}};
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> QuadraticFlow.of(new double[][]{{1, 2}, {0, 1}}, w0)).getMessage()
                .contains("symmetric"));
        assertThrows(IllegalArgumentException.class, () -> QuadraticFlow.of(new double[][]{{1, 2}}, w0));
        assertThrows(IllegalArgumentException.class, () -> QuadraticFlow.of(identity, new double[][]{{1}}));
        assertThrows(IllegalArgumentException.class,
                () -> QuadraticFlow.of(identity, new double[][]{{1, Double.NaN}}));
        var flow = QuadraticFlow.of(identity, w0);
        assertThrows(IllegalArgumentException.class, () -> flow.matrix(-1));
        assertThrows(IllegalArgumentException.class, () -> flow.strength(3));
        assertThrows(IllegalArgumentException.class, () -> flow.overlap(1, 1, new double[][]{{1}}));
        assertThrows(IllegalArgumentException.class, () -> QuadraticFlow.uncoupledHalfTime(1, 0.6));
        assertThrows(IllegalArgumentException.class, () -> QuadraticFlow.uncoupled(0, 0.1, 1));
    }
}
