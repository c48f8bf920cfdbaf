package mechanics.signals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.statistics.RankSum;

/** What finds filters, and what describes them. */
class FilterTest {

    /** Independent sources of variance one: Laplace for power 1, Gaussian for power 0. */
    private static double[][] sources(int n, int k, boolean laplace, long seed) {
        var random = new SplittableRandom(seed);
        var s = new double[n][k];
        for (double[] row : s) {
            for (int j = 0; j < k; j++) {
                row[j] = laplace
                        ? -Math.log(1 - random.nextDouble()) * (random.nextBoolean() ? 1 : -1) / Math.sqrt(2)
                        : random.nextGaussian();
            }
        }
        return s;
    }

    private static double[][] gaussian(int rows, int columns, long seed) {
        return sources(rows, columns, false, seed);
    }

    private static double[][] product(double[][] a, double[][] b) {
        var c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int l = 0; l < b.length; l++) {
                for (int j = 0; j < c[i].length; j++) c[i][j] += a[i][l] * b[l][j];
            }
        }
        return c;
    }

    private static double[][] transpose(double[][] a) {
        var b = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) for (int j = 0; j < b.length; j++) b[j][i] = a[i][j];
        return b;
    }

    @Test
    void whiteCoordinatesAreUncorrelatedWithVarianceOne() {
        double[][] x = product(gaussian(500, 6, 1), gaussian(6, 9, 2));
        for (double[] row : x) row[3] += 5;
        var whitening = Whitening.of(x, 6);
        double[][] z = whitening.apply(x), covariance = product(transpose(z), z);
        for (int a = 0; a < 6; a++) {
            for (int b = 0; b < 6; b++) assertEquals(a == b ? 1 : 0, covariance[a][b] / 500, 1e-9);
        }
        double[] variances = whitening.variances();
        for (int a = 1; a < 6; a++) assertTrue(variances[a] <= variances[a - 1]);
    }

    @Test
    void unfoldingKeepsAnglesAndLengths() {
        double[][] x = product(gaussian(300, 5, 3), gaussian(5, 8, 4));
        var whitening = Whitening.of(x, 5);
        double[][] w = gaussian(3, 5, 5), unfolded = whitening.unfold(w);
        double[][] before = product(w, transpose(w)), after = product(unfolded, transpose(unfolded));
        for (int a = 0; a < 3; a++) assertArrayEquals(before[a], after[a], 1e-9);
    }

    @Test
    void equalizedSamplesHaveOneLength() {
        double[][] x = product(sources(400, 5, true, 6), gaussian(5, 7, 7));
        var whitening = Whitening.of(x, 5);
        double[][] even = whitening.equalized(x), z = whitening.apply(x);
        for (int i = 0; i < 10; i++) {
            double length = Math.sqrt(Arrays.stream(z[i]).map(v -> v * v).sum());
            for (int j = 0; j < 7; j++) {
                double mean = 0;
                for (double[] row : x) mean += row[j] / x.length;
                assertEquals((x[i][j] - mean) * Math.sqrt(5) / length, even[i][j], 1e-9);
            }
        }
    }

    @Test
    void whiteningRefusesMoreDirectionsThanVary() {
        double[][] x = product(gaussian(100, 3, 8), gaussian(3, 6, 9));
        assertThrows(IllegalArgumentException.class, () -> Whitening.of(x, 4));
        assertThrows(IllegalArgumentException.class, () -> Whitening.of(x, 0));
        assertThrows(IllegalArgumentException.class, () -> Whitening.of(x, 3).apply(new double[2][5]));
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "10, 2", "20, 3"})
    void independentComponentsGiveMixedSourcesBack(int k, long seed) {
        double[][] s = sources(8000, k, true, seed), x = product(s, gaussian(k, k, seed + 10));
        double[][] z = Whitening.of(x, k).apply(x);
        var found = IndependentComponents.fit(z, 200, seed);
        assertTrue(found.settled());
        double[][] correlations = product(transpose(found.of(z)), s);
        for (double[] row : correlations) {
            double[] sizes = Arrays.stream(row).map(v -> Math.abs(v) / 8000).sorted().toArray();
            assertTrue(sizes[k - 1] > 0.97, "a component is a source: " + sizes[k - 1]);
            assertTrue(sizes[k - 2] < 0.12, "and no other: " + sizes[k - 2]);
        }
    }

    @Test
    void independentComponentsAreARotationOfWhiteSamplesOnly() {
        double[][] z = Whitening.of(gaussian(300, 6, 4), 6).apply(gaussian(300, 6, 4));
        double[][] w = IndependentComponents.fit(z, 5, 1).directions(), gram = product(w, transpose(w));
        for (int a = 0; a < 6; a++)
            for (int b = 0; b < 6; b++) assertEquals(a == b ? 1 : 0, gram[a][b], 1e-9);
        double[][] loud = gaussian(300, 6, 4);
        for (double[] row : loud) row[2] *= 3;
        assertThrows(IllegalArgumentException.class, () -> IndependentComponents.fit(loud, 5, 1));
        assertThrows(IllegalArgumentException.class, () -> IndependentComponents.fit(z, 0, 1));
    }

    @Test
    void codeOfAnOrthonormalDictionaryIsTheSoftThreshold() {
        double[][] axes = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        double[][] code = SparseCoding.of(axes, 0.5).code(new double[][]{{2, -0.3, -1}, {0.5, 0.6, 0}});
        assertArrayEquals(new double[]{1.5, 0, -0.5}, code[0], 1e-6);
        assertArrayEquals(new double[]{0, 0.1, 0}, code[1], 1e-6);
    }

    /** Where a minimum of ½‖x − aD‖² + λ‖a‖₁ is: (x − aD)·d is λ sign a for active atoms, at most λ for others. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void codeFulfillsTheConditionsOfTheMinimum(long seed) {
        double[][] atoms = gaussian(12, 8, seed), x = gaussian(5, 8, seed + 5);
        for (double[] atom : atoms) {
            double length = Math.sqrt(Arrays.stream(atom).map(v -> v * v).sum());
            for (int j = 0; j < 8; j++) atom[j] /= length;
        }
        var coding = SparseCoding.of(atoms, 0.4);
        double[][] code = coding.code(x), fitted = product(code, atoms);
        double cost = 0;
        for (int i = 0; i < x.length; i++) {
            double[] rest = new double[8];
            for (int j = 0; j < 8; j++) {
                rest[j] = x[i][j] - fitted[i][j];
                cost += rest[j] * rest[j] / 2 / x.length;
            }
            double[] pull = product(new double[][]{rest}, transpose(atoms))[0];
            for (int a = 0; a < atoms.length; a++) {
                cost += 0.4 * Math.abs(code[i][a]) / x.length;
                if (Math.abs(code[i][a]) > 0.01) assertEquals(0.4 * Math.signum(code[i][a]), pull[a], 0.03);
                else
                    assertTrue(Math.abs(pull[a]) < 0.43);
            }
        }
        assertEquals(cost, coding.cost(x), 1e-9);
    }

    @Test
    void dictionaryOfSparseSamplesIsFound() {
        var random = new SplittableRandom(5);
        int k = 16, m = 20;
        double[][] atoms = gaussian(m, k, 11), x = new double[4000][k];
        for (double[] atom : atoms) {
            double length = Math.sqrt(Arrays.stream(atom).map(v -> v * v).sum());
            for (int j = 0; j < k; j++) atom[j] /= length;
        }
        for (double[] row : x) {
            for (int active = 0; active < 2; active++) {
                double[] atom = atoms[random.nextInt(m)];
                double weight = random.nextGaussian(0, 2);
                for (int j = 0; j < k; j++) row[j] += weight * atom[j];
            }
        }
        var learned = SparseCoding.fit(x, m, 0.2, 300, 3);
        double[][] overlaps = product(atoms, transpose(learned.dictionary()));
        long found = Arrays.stream(overlaps)
                .filter(row -> Arrays.stream(row).map(Math::abs).max().getAsDouble() > 0.95).count();
        assertTrue(found >= 0.8 * m, "atoms found: " + found);
        assertTrue(learned.cost(x) < 0.8 * SparseCoding.fit(x, m, 0.2, 0, 3).cost(x));
    }

    @Test
    void sparseCodingRefusesBadInputs() {
        assertThrows(IllegalArgumentException.class, () -> SparseCoding.fit(new double[0][], 3, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> SparseCoding.of(new double[][]{{2, 0}}, 1));
        assertThrows(IllegalArgumentException.class, () -> SparseCoding.of(new double[][]{{1, 0}}, 0));
    }

    @ParameterizedTest
    @CsvSource({"4.5, 4.5, 0.3, 0.2, 1.8, 2.5, 1, 0", "3, 6, 1.2, 0.12, 2.2, 2, 0.4, -1",
            "5, 2.5, 2.5, 0.33, 1.5, 3, -1, 1"})
    void gaborIsFoundInItsPictureAndInNoise(double x, double y, double angle, double f, double along,
            double across, double a, double b) {
        var truth = new Gabor(x, y, angle, f, along, across, a, b);
        double[][] picture = truth.picture(10);
        var found = Gabor.fit(picture);
        assertTrue(found.explained(picture) > 0.999, "explained " + found.explained(picture));
        assertEquals(f, found.frequency(), 0.01);
        double turn = Math.abs(found.angle() - angle) % Math.PI;
        assertEquals(0, Math.min(turn, Math.PI - turn), 0.05);
        // with noise of a tenth of its mean square, the fit explains what is not noise
        var random = new SplittableRandom(1);
        double square = Arrays.stream(picture).flatMapToDouble(Arrays::stream).map(v -> v * v).sum() / 100;
        for (double[] row : picture) {
            for (int j = 0; j < 10; j++) row[j] += random.nextGaussian(0, Math.sqrt(0.1 * square));
        }
        assertEquals(1 / 1.1, Gabor.fit(picture).explained(picture), 0.05);
    }

    @Test
    void noiseIsNoGabor() {
        double mean = 0;
        for (int draw = 0; draw < 10; draw++) {
            double[][] noise = gaussian(10, 10, 20 + draw);
            mean += Gabor.fit(noise).explained(noise) / 10;
        }
        // eight numbers of a hundred, chosen well
        assertTrue(mean > 0.08 && mean < 0.3, "explained " + mean);
        assertThrows(IllegalArgumentException.class, () -> Gabor.fit(new double[10][10]));
        assertThrows(IllegalArgumentException.class, () -> Gabor.fit(new double[5][4]));
    }

    @Test
    void rankSumCountsPairs() {
        var sum = RankSum.of(new double[]{3, 5, 1}, new double[]{2, 5});
        assertEquals(1 + 1.5, sum.pairs(), 1e-12);
        assertEquals(2.5 / 6, sum.share(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> RankSum.of(new double[0], new double[1]));
        assertThrows(IllegalArgumentException.class,
                () -> RankSum.of(new double[]{Double.NaN}, new double[1]));
    }

    @Test
    void rankSumScoresOfEqualSetsAreStandard() {
        double squares = 0, mean = 0;
        int draws = 2000;
        for (int draw = 0; draw < draws; draw++) {
            double[][] x = gaussian(1, 30, 100 + draw);
            double score = RankSum.of(Arrays.copyOf(x[0], 18), Arrays.copyOfRange(x[0], 18, 30)).score();
            mean += score / draws;
            squares += score * score / draws;
        }
        assertEquals(0, mean, 4 / Math.sqrt(draws));
        assertEquals(1, squares, 4 * Math.sqrt(2.0 / draws));
    }
}
