package mechanics.universality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import mechanics.data.GaussianInputs;
import mechanics.representations.ParticipationRatio;
import mechanics.representations.Representation;

class SampledDimensionTest {

    private static double[] powerLaw(int d, double exponent) {
        return IntStream.rangeClosed(1, d).mapToDouble(j -> Math.pow(j, -exponent)).toArray();
    }

    @Test
    void dimensionOfEqualEigenvaluesIsTheirNumber() {
        double[] ones = new double[37];
        Arrays.fill(ones, 0.2);
        assertEquals(37, new SampledDimension(ones).dimension(), 1e-12);
        assertEquals(1, new SampledDimension(new double[]{3, 0, 0}).dimension(), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"100, 0, 40", "100, 0, 200", "150, 0.5, 60", "80, 1, 100"})
    void naiveEstimateAndSpreadAreThoseOfGaussianSamples(int d, double exponent, int n) {
        var theory = new SampledDimension(powerLaw(d, exponent));
        var inputs = GaussianInputs.withSpectrum(theory.spectrum());
        int draws = 400;
        double naive = 0, mean = 0, square = 0;
        for (int draw = 0; draw < draws; draw++) {
            var z = Representation.of(inputs.sample(n, 7000L + draw));
            naive += ParticipationRatio.naive(z) / draws;
            double corrected = ParticipationRatio.corrected(z) / theory.dimension();
            mean += corrected / draws;
            square += corrected * corrected / draws;
        }
        double spread = Math.sqrt(square - mean * mean);
        assertEquals(theory.naive(n), naive, 0.015 * naive);
        assertEquals(theory.naive(n), theory.naive(n, Integer.MAX_VALUE), 2 * naive / n);
        // 400 draws know their spread to 4 %; the theory is the leading order.
        assertEquals(theory.spread(n), spread, 0.2 * spread);
    }

    @ParameterizedTest
    @CsvSource({"0.8, 300", "0.95, 1000"})
    void neighborsInTimeSpoilTheCorrection(double rho, int n) {
        var theory = new SampledDimension(powerLaw(80, 0.3));
        double corrected = 0;
        for (int draw = 0; draw < 20; draw++) {
            double[][] x = GaussianInputs.withSpectrum(theory.spectrum()).sample(n, 50L + draw);
            for (int t = 1; t < n; t++)
                for (int j = 0; j < 80; j++) x[t][j] = rho * x[t - 1][j] + Math.sqrt(1 - rho * rho) * x[t][j];
            corrected += ParticipationRatio.corrected(Representation.of(x)) / 20;
        }
        assertEquals(theory.corrected(n, rho), corrected, 0.04 * corrected);
        assertEquals(theory.dimension(), theory.corrected(n, 0), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> theory.corrected(n, 1));
    }

    @Test
    void badSpectraAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SampledDimension(new double[]{1, -1}));
        assertThrows(IllegalArgumentException.class, () -> new SampledDimension(new double[3]));
        assertThrows(IllegalArgumentException.class, () -> new SampledDimension(new double[]{Double.NaN}));
        var theory = new SampledDimension(new double[]{1, 2});
        assertThrows(IllegalArgumentException.class, () -> theory.naive(1));
        assertThrows(IllegalArgumentException.class, () -> theory.naive(10, 0));
        assertThrows(IllegalArgumentException.class, () -> theory.spread(3));
    }
}
