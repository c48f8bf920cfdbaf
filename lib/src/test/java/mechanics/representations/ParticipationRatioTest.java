package mechanics.representations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.data.GaussianInputs;
import mechanics.measure.TangentKernelTest;
import mechanics.statistics.Estimate;

class ParticipationRatioTest {

    /** The definition: averages over four distinct samples, one choice after the other. */
    private static double bruteForce(double[][] x, boolean distinctUnits) {
        int n = x.length, d = x[0].length;
        double numerator = 0, denominator = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    for (int l = 0; l < n; l++) {
                        if (i == j || i == k || i == l || j == k || j == l || k == l) continue;
                        for (int a = 0; a < d; a++) {
                            for (int b = 0; b < d; b++) {
                                if (distinctUnits && a == b) continue;
                                double da = x[i][a] - x[j][a], db = x[i][b] - x[j][b];
                                double ea = x[k][a] - x[l][a], eb = x[k][b] - x[l][b];
                                numerator += da * da * eb * eb;
                                denominator += da * db * ea * eb;
                            }
                        }
                    }
                }
            }
        }
        return numerator / denominator;
    }

    @ParameterizedTest
    @CsvSource({"4, 3", "5, 2", "7, 3", "6, 9"})
    void correctedEstimatesAreAveragesOverDistinctSamples(int n, int d) {
        double[][] x = TangentKernelTest.inputs(n, d, n);
        for (double[] row : x) row[0] += 7; // blind to the mean
        var z = Representation.of(x);
        assertEquals(1, bruteForce(x, false) / ParticipationRatio.corrected(z), 1e-9);
        assertEquals(1, bruteForce(x, true) / ParticipationRatio.correctedForUnits(z), 1e-9);
    }

    @Test
    void naiveEstimateIsThatOfTheSampleCovariance() {
        double[][] x = {{1, 0}, {-1, 0}, {0, 2}, {0, -2}};
        // covariance ∝ diag(2, 8)
        assertEquals(100.0 / 68, ParticipationRatio.naive(Representation.of(x)), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 100, 400})
    void correctedEstimateIsFlatWhereTheNaiveOneIsNot(int n) {
        var inputs = GaussianInputs.powerLaw(200, 0.5).rotated(3);
        double truth = truth(inputs.spectrum());
        double[] corrected = new double[100];
        double naive = 0;
        for (int draw = 0; draw < corrected.length; draw++) {
            var z = Representation.of(inputs.sample(n, 1000L * n + draw));
            corrected[draw] = ParticipationRatio.corrected(z);
            naive += ParticipationRatio.naive(z) / corrected.length;
        }
        var estimate = Estimate.of(corrected);
        // The ratio of two unbiased numbers keeps a bias of second order, (2/n)².
        assertEquals(truth, estimate.mean(), 4 * estimate.standardError() + truth * 8.0 / n / n);
        assertTrue(naive < truth * 1.1 / (1 + truth / n), "naive " + naive);
    }

    @Test
    void correctionForUnitsFindsTheDimensionOfThePopulation() {
        // 40 latent variables, units are random combinations of them: the population's kernel has 40 equal eigenvalues.
        double[] both = new double[40];
        double onlySamples = 0;
        for (int draw = 0; draw < both.length; draw++) {
            double[][] latent = GaussianInputs.isotropic(40).sample(80, draw);
            double[][] weights = GaussianInputs.isotropic(40).sample(60, 1000 + draw);
            double[][] units = new double[80][60];
            for (int i = 0; i < 80; i++)
                for (int u = 0; u < 60; u++)
                    for (int k = 0; k < 40; k++) units[i][u] += latent[i][k] * weights[u][k];
            both[draw] = ParticipationRatio.correctedForUnits(Representation.of(units));
            onlySamples += ParticipationRatio.corrected(Representation.of(units)) / both.length;
        }
        var estimate = Estimate.of(both);
        assertEquals(40, estimate.mean(), 4 * estimate.standardError() + 0.5);
        assertEquals(1 / (1 / 40.0 + 1 / 60.0), onlySamples, 1.5);
    }

    @Test
    void estimatesAreBlindToRotationScaleAndShift() {
        double[][] x = TangentKernelTest.inputs(12, 2, 5);
        double[][] y = new double[12][];
        for (int i = 0; i < 12; i++)
            y[i] = new double[]{3 * (0.6 * x[i][0] - 0.8 * x[i][1]) + 1, 3 * (0.8 * x[i][0] + 0.6 * x[i][1])};
        assertEquals(ParticipationRatio.naive(Representation.of(x)),
                ParticipationRatio.naive(Representation.of(y)), 1e-12);
        assertEquals(ParticipationRatio.corrected(Representation.of(x)),
                ParticipationRatio.corrected(Representation.of(y)), 1e-10);
    }

    @Test
    void badRepresentationsAreRefused() {
        var three = Representation.of(TangentKernelTest.inputs(3, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> ParticipationRatio.corrected(three));
        assertThrows(IllegalArgumentException.class,
                () -> ParticipationRatio.naive(Representation.of(new double[][]{{1, 2}})));
        assertThrows(IllegalArgumentException.class,
                () -> ParticipationRatio.naive(Representation.of(new double[][]{{1, 2}, {1, 2}, {1, 2}})));
        assertThrows(IllegalArgumentException.class,
                () -> ParticipationRatio
                        .corrected(Representation.of(new double[][]{{1}, {Double.NaN}, {2}, {3}})));
        assertThrows(IllegalArgumentException.class, () -> ParticipationRatio
                .correctedForUnits(Representation.of(new double[][]{{1}, {2}, {4}, {7}})));
    }

    private static double truth(double[] spectrum) {
        double sum = Arrays.stream(spectrum).sum();
        return sum * sum / Arrays.stream(spectrum).map(v -> v * v).sum();
    }
}
