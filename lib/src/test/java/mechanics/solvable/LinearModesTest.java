package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearModesTest {

    @ParameterizedTest
    @CsvSource({"1,1,1", "5,3,7", "8,8,8", "6,9,2", "40,12,30"})
    void modesAddUpToTheCorrelation(int n, int d, int k) {
        double[][] x = random(n, d, 1), y = random(n, k, 2);
        var modes = LinearModes.of(x, y);
        assertEquals(Math.min(d, k), modes.count());
        for (int i = 0; i < k; i++)
            for (int j = 0; j < d; j++) {
                double correlation = 0, sum = 0;
                for (int sample = 0; sample < n; sample++) correlation += y[sample][i] * x[sample][j];
                for (int mode = 1; mode <= modes.count(); mode++)
                    sum += modes.s(mode) * modes.outputPattern(mode)[i] * modes.inputPattern(mode)[j];
                assertEquals(correlation, sum, 1e-12 * n);
            }
        for (int mode = 2; mode <= modes.count(); mode++) assertTrue(modes.s(mode) <= modes.s(mode - 1));
    }

    @Test
    void aDiagonalDataSetHasItsEntriesAsModes() {
        var modes = LinearModes.of(new double[][]{{1, 0}, {0, 1}}, new double[][]{{2, 0}, {0, 5}});
        assertEquals(5, modes.s(1), 1e-14);
        assertEquals(2, modes.s(2), 1e-14);
        double[][] map = {{3, 9}, {9, 7}}, identity = {{1, 0}, {0, 1}};
        assertArrayEquals(new double[]{7, 3}, modes.strengths(map, identity), 1e-14);
        assertArrayEquals(new double[]{7, 3}, modes.strengths(identity, map), 1e-14);
    }

    @ParameterizedTest
    @CsvSource({"4,6,4", "4,6,11", "6,4,5"})
    void alignedWeightsGiveEveryModeTheSameStrengthAndMixNone(int d, int k, int width) {
        var modes = LinearModes.of(random(20, d, 3), random(20, k, 4));
        double[][] r = modes.hiddenDirections(width, 5);
        double[][] w1 = modes.inputWeights(0.2, r), w2 = modes.outputWeights(0.3, r), map = product(w2, w1);
        for (double strength : modes.strengths(w1, w2)) assertEquals(0.06, strength, 1e-15);
        for (int mode = 1; mode <= modes.count(); mode++) {
            double[] image = product(map, column(modes.inputPattern(mode)))[0];
            assertEquals(0.06 * modes.outputPattern(mode)[0], image[0], 1e-15);
        }
    }

    @ParameterizedTest
    @CsvSource({"3,1", "5,2", "4,9"})
    void alignedDeepNetworksMultiplyTheirAmplitudes(int layers, long seed) {
        var modes = LinearModes.of(random(20, 4, seed), random(20, 6, seed + 1));
        var weights = new double[layers][][];
        double[][] r = modes.hiddenDirections(7, 0);
        weights[0] = modes.inputWeights(0.5, r);
        for (int l = 1; l < layers - 1; l++) {
            double[][] next = modes.hiddenDirections(7 + l, l);
            weights[l] = modes.hiddenWeights(0.5, r, next);
            r = next;
        }
        weights[layers - 1] = modes.outputWeights(3, r);
        for (double strength : modes.strengths(weights))
            assertEquals(3 * Math.pow(0.5, layers - 1), strength, 1e-14);
    }

    @Test
    void theoryHasOneModeForEachSingularValue() {
        var modes = LinearModes.of(random(9, 3, 6), random(9, 5, 7));
        List<LinearNetworkMode> theory = modes.theory(1e-6, 2000);
        assertEquals(3, theory.size());
        assertEquals(new LinearNetworkMode(modes.s(1), 1e-6, 2000), theory.getFirst());
        assertEquals(new LinearNetworkMode(modes.s(3), 1e-6, 2000), theory.getLast());
    }

    @Test
    void hiddenDirectionsAreOrthonormalAndFollowTheSeed() {
        var modes = LinearModes.of(random(9, 3, 6), random(9, 5, 7));
        double[][] r = modes.hiddenDirections(8, 9);
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++) {
                double dot = 0;
                for (double[] row : r) dot += row[a] * row[b];
                assertEquals(a == b ? 1 : 0, dot, 1e-14);
            }
        assertArrayEquals(r, modes.hiddenDirections(8, 9));
        assertTrue(Math.abs(r[0][0] - modes.hiddenDirections(8, 10)[0][0]) > 1e-9);
    }

    @Test
    void refusesWhatIsNotADataSet() {
        double[][] x = random(4, 3, 1), y = random(4, 2, 2);
        refuses("x is empty", () -> LinearModes.of(new double[0][], y));
        refuses("x has a row of 0", () -> LinearModes.of(new double[4][0], y));
        refuses("x has 4 rows, y has 3", () -> LinearModes.of(x, random(3, 2, 2)));
        refuses("y has a row of 1", () -> LinearModes.of(x, new double[][]{{1, 2}, {1}, {1, 2}, {1, 2}}));
        refuses("y holds NaN", () -> LinearModes.of(new double[1][1], new double[][]{{Double.NaN}}));
        var modes = LinearModes.of(x, y);
        refuses("mode = 0", () -> modes.s(0));
        refuses("mode = 3", () -> modes.inputPattern(3));
        refuses("width = 1", () -> modes.hiddenDirections(1, 1));
        refuses("weights = []", () -> modes.strengths());
        refuses("from has a row of 3: expected 2",
                () -> modes.hiddenWeights(1, new double[5][3], new double[5][2]));
        refuses("w2 has a row of 6: expected 5",
                () -> modes.strengths(new double[5][3], new double[5][6], new double[2][5]));
        refuses("w1 has a row of 2: expected 3", () -> modes.strengths(new double[5][2], new double[2][5]));
        refuses("w2 has 3 rows: expected 2", () -> modes.strengths(new double[5][3], new double[3][5]));
        refuses("w2 has a row of 4: expected 5", () -> modes.strengths(new double[5][3], new double[2][4]));
    }

    private static void refuses(String said, Runnable call) {
        var refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }

    private static double[][] random(int rows, int columns, long seed) {
        var random = new SplittableRandom(seed);
        var matrix = new double[rows][columns];
        for (double[] row : matrix) Arrays.setAll(row, _ -> random.nextGaussian());
        return matrix;
    }

    private static double[][] column(double[] vector) {
        return Arrays.stream(vector).mapToObj(entry -> new double[]{entry}).toArray(double[][]::new);
    }

    private static double[][] product(double[][] a, double[][] b) {
        var product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++)
            for (int k = 0; k < b.length; k++)
                for (int j = 0; j < b[0].length; j++) product[i][j] += a[i][k] * b[k][j];
        return product;
    }
}
