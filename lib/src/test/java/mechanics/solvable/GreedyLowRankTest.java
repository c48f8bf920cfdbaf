package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreedyLowRankTest {

    private static double[][] gaussian(SplittableRandom random, int rows, int columns, double size) {
        var matrix = new double[rows][columns];
        for (double[] row : matrix) Arrays.setAll(row, _ -> size * random.nextGaussian());
        return matrix;
    }

    private static double[][] product(double[][] a, double[][] b) {
        var c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++)
            for (int k = 0; k < b.length; k++)
                for (int j = 0; j < b[0].length; j++) c[i][j] += a[i][k] * b[k][j];
        return c;
    }

    private static double[][] transposed(double[][] a) {
        var t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) for (int j = 0; j < t.length; j++) t[j][i] = a[i][j];
        return t;
    }

    private static double inner(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) for (int j = 0; j < a[i].length; j++) sum += a[i][j] * b[i][j];
        return sum;
    }

    private static double[][] diagonal(double... values) {
        var matrix = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) matrix[i][i] = values[i];
        return matrix;
    }

    private static GreedyLowRank sensing(SplittableRandom random, int d, int m, double[][] truth) {
        var measurements = new double[m][][];
        var y = new double[m];
        for (int k = 0; k < m; k++) {
            measurements[k] = gaussian(random, d, d, 1);
            y[k] = inner(measurements[k], truth);
        }
        return GreedyLowRank.of(measurements, y);
    }

    /** All entries of a symmetric matrix, so that A(X) = S − X. */
    private static GreedyLowRank complete(double[][] truth) {
        int d = truth.length;
        var measurements = new double[d * d][d][d];
        var y = new double[d * d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++) {
                measurements[i * d + j][i][j] = d;
                y[i * d + j] = d * truth[i][j];
            }
        return GreedyLowRank.of(measurements, y);
    }

    @Test
    void fullObservationGivesTheSpectrum() {
        var problem = complete(diagonal(3, 2, 0.5));
        assertEquals(3, problem.dimension());
        assertEquals(3, problem.rate(1), 1e-12);
        assertEquals(0.5, problem.rate(3), 1e-12);
        assertArrayEquals(new double[]{3, 0, 0}, problem.first()[0], 1e-7);
        assertEquals(2, problem.saddleRate(1), 1e-7);
        assertEquals(0, problem.saddleRate(3), 1e-7);
        assertEquals(1.0 / 3, problem.firstSlope(), 1e-12);
        assertEquals(1.0 / 2 - 1.0 / 3, problem.plateauSlope(), 1e-8);
        assertEquals(1.0 / 3, problem.separation(), 1e-12);
    }

    @Test
    void theForceIsTheGradientOfTheLoss() {
        var random = new SplittableRandom(14);
        for (int trial = 0; trial < 10; trial++) {
            int d = 2 + trial % 4;
            var problem = sensing(random, d, 12, ones(d));
            double[][] u = gaussian(random, d, 2, 0.7);
            double[][] move = gaussian(random, d, 2, 1);
            double h = 1e-5;
            double slope = (problem.loss(square(u, move, h)) - problem.loss(square(u, move, -h))) / (2 * h);
            assertEquals(-inner(product(problem.force(product(u, transposed(u))), u), move), slope,
                    1e-6 * (1 + Math.abs(slope)));
        }
    }

    private static double[][] ones(int d) {
        double[] values = new double[d];
        values[0] = 2;
        values[d - 1] = 1;
        return diagonal(values);
    }

    private static double[][] square(double[][] u, double[][] move, double h) {
        var v = new double[u.length][u[0].length];
        for (int i = 0; i < v.length; i++)
            for (int j = 0; j < v[i].length; j++) v[i][j] = u[i][j] + h * move[i][j];
        return product(v, transposed(v));
    }

    @Test
    void theFirstStageIsARestingPointOfRankOneThatASingleColumnReaches() {
        var random = new SplittableRandom(15);
        for (int trial = 0; trial < 10; trial++) {
            var problem = sensing(random, 6, 30, diagonal(3, 1, 0, 0, 0, 0));
            double[][] first = problem.first();
            for (double[] row : product(problem.force(first), first))
                for (double entry : row) assertEquals(0, entry, 1e-6);
            double[][] u = gaussian(random, 6, 1, 1e-5);
            for (int step = 0; step < 20_000; step++) {
                double[][] speed = product(problem.force(product(u, transposed(u))), u);
                for (int i = 0; i < 6; i++) u[i][0] += 0.005 * speed[i][0];
            }
            double[][] reached = product(u, transposed(u));
            for (int i = 0; i < 6; i++) assertArrayEquals(first[i], reached[i], 1e-3);
        }
    }

    @Test
    void escapesComeAtTheSlopes() {
        var random = new SplittableRandom(16);
        double[][] z = gaussian(random, 3, 3, 1);
        var problem = complete(diagonal(3, 1, 0));
        double[] early = escapes(problem, z, 1e-5);
        double[] late = escapes(problem, z, 1e-7);
        double decades = Math.log(100);
        assertEquals(problem.firstSlope(), (late[0] - early[0]) / decades, 2e-3);
        assertEquals(problem.plateauSlope(), (late[1] - late[0] - early[1] + early[0]) / decades, 1e-2);
    }

    /** When the first two diagonal entries reach half of 3 and of 1, by small steps. */
    private static double[] escapes(GreedyLowRank problem, double[][] z, double alpha) {
        double[][] u = Arrays.stream(z).map(row -> Arrays.stream(row).map(w -> alpha * w).toArray())
                .toArray(double[][]::new);
        double[] times = {Double.NaN, Double.NaN};
        for (int step = 0; Double.isNaN(times[1]); step++) {
            double[][] x = product(u, transposed(u));
            if (Double.isNaN(times[0]) && x[0][0] > 1.5) times[0] = 0.002 * step;
            if (x[1][1] > 0.5) times[1] = 0.002 * step;
            double[][] speed = product(problem.force(x), u);
            for (int i = 0; i < u.length; i++)
                for (int j = 0; j < u[i].length; j++) u[i][j] += 0.002 * speed[i][j];
        }
        return times;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void blowsUpAsTheEquationOfOneModeDoes(int depth) {
        // Balanced and aligned layers: ȧ = s a^(L−1), T = 1/((L − 2) s a^(L−2)).
        double a = 0.3;
        double s = 1.7;
        var layers = new double[depth][][];
        for (int l = 0; l < depth; l++) layers[l] = diagonal(a, 0, 0);
        double expected = 1 / ((depth - 2) * s * Math.pow(a, depth - 2));
        assertEquals(expected, GreedyLowRank.blowUpTime(diagonal(s, 1, 0.2), layers), 1e-6 * expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void isWhereSmallStepsBlowUp(int depth) {
        var random = new SplittableRandom(depth);
        double[][] correlation = gaussian(random, 2, 3, 1);
        var layers = new double[depth][][];
        for (int l = 0; l < depth; l++)
            layers[l] = gaussian(random, l == depth - 1 ? 2 : 4, l == 0 ? 3 : 4, 0.5);
        double predicted = GreedyLowRank.blowUpTime(correlation, layers);
        double[][][] half = Arrays.stream(layers).map(w -> scaled(w, 0.5)).toArray(double[][][]::new);
        assertEquals(Math.pow(2, depth - 2) * predicted, GreedyLowRank.blowUpTime(correlation, half),
                1e-6 * predicted);
        double t = 0;
        while (inner(layers[0], layers[0]) < 1e6) {
            double size = Math.sqrt(inner(layers[0], layers[0]) + inner(layers[1], layers[1]));
            double step = 2e-4 * Math.pow(size, 2 - depth);
            var moved = new double[depth][][];
            for (int l = 0; l < depth; l++) {
                double[][] move = correlation;
                for (int k = depth - 1; k > l; k--) move = product(transposed(layers[k]), move);
                for (int k = 0; k < l; k++) move = product(move, transposed(layers[k]));
                moved[l] = new double[layers[l].length][layers[l][0].length];
                for (int i = 0; i < move.length; i++)
                    for (int j = 0; j < move[i].length; j++)
                        moved[l][i][j] = layers[l][i][j] + step * move[i][j];
            }
            layers = moved;
            t += step;
        }
        assertEquals(t, predicted, 5e-3 * predicted);
    }

    private static double[][] scaled(double[][] w, double factor) {
        return Arrays.stream(w).map(row -> Arrays.stream(row).map(x -> factor * x).toArray())
                .toArray(double[][]::new);
    }

    @Test
    void refusesWhatDoesNotFit() {
        double[][] identity = diagonal(1, 1);
        assertThrows(IllegalArgumentException.class,
                () -> GreedyLowRank.of(new double[0][][], new double[0]));
        assertThrows(IllegalArgumentException.class,
                () -> GreedyLowRank.of(new double[][][]{identity}, new double[]{1, 2}));
        assertThrows(IllegalArgumentException.class,
                () -> GreedyLowRank.of(new double[][][]{{{1, 2, 3}}}, new double[]{1}));
        assertThrows(IllegalArgumentException.class,
                () -> GreedyLowRank.of(new double[][][]{identity}, new double[]{Double.NaN}));
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> GreedyLowRank.of(new double[][][]{identity}, new double[]{-1})).getMessage()
                .contains("A(0)"));
        var problem = complete(diagonal(2, 1));
        assertThrows(IllegalArgumentException.class, () -> problem.rate(0));
        assertThrows(IllegalArgumentException.class, () -> problem.saddleRate(3));
        assertThrows(IllegalArgumentException.class, () -> problem.force(diagonal(1)));
        assertThrows(IllegalArgumentException.class, () -> problem.loss(diagonal(1)));
        assertThrows(ArithmeticException.class, () -> complete(diagonal(1, 0)).plateauSlope());
        assertThrows(IllegalArgumentException.class,
                () -> GreedyLowRank.blowUpTime(identity, identity, identity));
        assertThrows(IllegalArgumentException.class,
                () -> GreedyLowRank.blowUpTime(identity, identity, diagonal(1), identity));
        assertThrows(IllegalArgumentException.class, () -> GreedyLowRank.blowUpTime(identity, diagonal(0, 0),
                diagonal(0, 0), diagonal(0, 0)));
    }
}
