package mechanics.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

class PowerLawFitTest {
    private static final double[] X = {1, 2, 5, 20, 300};

    @Test
    void recoversAPowerLaw() {
        var fit = PowerLawFit.of(X, DoubleStream.of(X).map(x -> 3 * Math.pow(x, -1.7)).toArray());
        assertEquals(-1.7, fit.exponent(), 1e-12);
        assertEquals(3, fit.prefactor(), 1e-12);
        assertEquals(0, fit.standardError(), 1e-12);
        assertEquals(3 * Math.pow(7, -1.7), fit.value(7), 1e-12);
    }

    @Test
    void itsStandardErrorIsTheSpreadOfTheExponent() {
        var random = new SplittableRandom(5);
        double square = 0;
        double claimed = 0;
        for (int i = 0; i < 4000; i++) {
            var fit = PowerLawFit.of(X,
                    DoubleStream.of(X).map(x -> x * Math.exp(0.1 * random.nextGaussian())).toArray());
            square += Math.pow(fit.exponent() - 1, 2) / 4000;
            claimed += Math.pow(fit.standardError(), 2) / 4000;
        }
        assertEquals(square, claimed, 0.1 * square);
    }

    @Test
    void goesThroughTwoPoints() {
        var fit = PowerLawFit.of(new double[]{1, 10}, new double[]{5, 500});
        assertEquals(2, fit.exponent(), 1e-12);
        assertEquals(0, fit.standardError());
    }

    @Test
    void refusesWhatHasNoLogarithmOrNoSlope() {
        assertThrows(IllegalArgumentException.class, () -> PowerLawFit.of(new double[]{1}, new double[]{1}));
        assertThrows(IllegalArgumentException.class,
                () -> PowerLawFit.of(new double[]{1, 2}, new double[]{1, 2, 3}));
        for (double bad : new double[]{0, -1, Double.NaN, Double.POSITIVE_INFINITY})
            assertThrows(IllegalArgumentException.class,
                    () -> PowerLawFit.of(new double[]{1, 2}, new double[]{1, bad}));
        assertThrows(IllegalArgumentException.class,
                () -> PowerLawFit.of(new double[]{2, 2}, new double[]{1, 3}));
    }

    @Test
    void nearPointsAreToldApartAndEqualOnesRefused() {
        for (double gap : new double[]{1e-1, 1e-3, 1e-6, 1e-8}) {
            double[] x = {1e6, 1e6 * (1 + gap), 1e6 * (1 + 2 * gap)};
            double[] y = java.util.Arrays.stream(x).map(v -> 3 * Math.pow(v / 1e6, 2)).toArray();
            assertEquals(2, PowerLawFit.of(x, y).exponent(), 1e-14 / gap + 1e-9);
        }
        for (double[] x : new double[][]{{7, 7, 7}, {0.3, 0.1 + 0.2, 0.3}, {1e300, 1e300, 1e300}}) {
            assertThrows(IllegalArgumentException.class, () -> PowerLawFit.of(x, new double[]{1, 2, 3}));
        }
    }
}
