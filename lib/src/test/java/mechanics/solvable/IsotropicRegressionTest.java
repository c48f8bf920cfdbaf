package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import mechanics.base.Seed;
import mechanics.data.GaussianInputs;
import mechanics.linalg.LeastSquares;

class IsotropicRegressionTest {

    /** Hastie et al. (2022), corollary 5: by the Stieltjes transform m of Marchenko and Pastur's law. */
    private static double byStieltjes(double gamma, double signal, double noise, double lambda) {
        double h = 1e-5 * lambda;
        double slope = (stieltjes(gamma, -lambda + h) - stieltjes(gamma, -lambda - h)) / (2 * h);
        double m = stieltjes(gamma, -lambda);
        return signal * lambda * lambda * slope + noise * gamma * (m - lambda * slope);
    }

    private static double stieltjes(double gamma, double z) {
        double b = 1 - gamma - z;
        return (b - Math.sqrt(b * b - 4 * gamma * z)) / (2 * gamma * z);
    }

    @Test
    void ridgeRiskIsThatOfMarchenkoAndPastur() {
        for (double gamma : new double[]{0.2, 0.9, 1, 1.5, 6})
            for (double lambda : new double[]{0.01, 0.3, 5})
                assertEquals(byStieltjes(gamma, 1.3, 0.6, lambda),
                        new IsotropicRegression(gamma, 1.3, 0.6).risk(lambda), 1e-6);
    }

    @Test
    void aVanishingRidgeIsNoRidge() {
        for (double gamma : new double[]{0.2, 0.9, 1.2, 8}) {
            var theory = new IsotropicRegression(gamma, 2, 0.3);
            assertEquals(theory.ridgelessRisk(), theory.risk(1e-12), 1e-8);
        }
        assertEquals(Double.POSITIVE_INFINITY, new IsotropicRegression(1, 1, 0.1).ridgelessRisk());
        assertEquals(0, new IsotropicRegression(1, 1, 0).ridgelessRisk());
    }

    @Test
    void theOptimalRidgeIsOptimalAndHasNoPeak() {
        double before = 0;
        for (double gamma = 0.05; gamma < 12; gamma *= 1.2) {
            var theory = new IsotropicRegression(gamma, 1.5, 0.4);
            assertTrue(theory.optimalRisk() < theory.risk(0.8 * theory.optimalRidge()));
            assertTrue(theory.optimalRisk() < theory.risk(1.25 * theory.optimalRidge()));
            assertTrue(theory.optimalRisk() > before, "more parameters for the same samples never help here");
            before = theory.optimalRisk();
        }
    }

    @Test
    void theExactRiskTendsToTheLimit() {
        for (double gamma : new double[]{0.3, 0.8, 1.4, 5}) {
            var theory = new IsotropicRegression(gamma, 1, 0.25);
            assertEquals(theory.ridgelessRisk(), theory.exactRisk(1_000_000, (int) (gamma * 1_000_000)),
                    1e-4);
        }
        assertEquals(Double.POSITIVE_INFINITY, new IsotropicRegression(1, 1, 0.25).exactRisk(10, 9));
        assertEquals(0.5, new IsotropicRegression(1, 1, 0).exactRisk(10, 20), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"12,5,0.5,1", "30,60,0.1,2", "25,10,2,3"})
    void theExactRiskIsMeasured(int n, int d, double noise, long seed) {
        int trials = 800;
        double sum = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[][] x = GaussianInputs.isotropic(d).sample(n, seed * 10_000 + trial);
            var random = Seed.of(seed * 10_000 + trial).stream("noise");
            // By symmetry any direction of the target will do.
            double[] y = Stream.of(x).mapToDouble(row -> row[0] + Math.sqrt(noise) * random.nextGaussian())
                    .toArray();
            double[] beta = LeastSquares.of(x, y).coefficients();
            beta[0] -= 1;
            sum += IntStream.range(0, d).mapToDouble(j -> beta[j] * beta[j]).sum() / trials;
        }
        assertEquals(1, sum / new IsotropicRegression(1, 1, noise).exactRisk(n, d), 0.1);
    }

    @Test
    void badInputsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new IsotropicRegression(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new IsotropicRegression(1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new IsotropicRegression(1, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new IsotropicRegression(1, 1, 1).risk(-1));
        assertThrows(IllegalArgumentException.class, () -> new IsotropicRegression(1, 0, 1).optimalRidge());
        assertThrows(IllegalArgumentException.class, () -> new IsotropicRegression(1, 1, 1).exactRisk(0, 1));
    }

    @Test
    void oneSampleAndOneCoordinateAreEnough() {
        var theory = new IsotropicRegression(1, 2, 0.3);
        assertEquals(2 * 0.8 + 0.3 / 3, theory.exactRisk(1, 5), 1e-12);
        assertEquals(0.3 / 3, theory.exactRisk(5, 1), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, theory.exactRisk(7, 8));
        assertThrows(IllegalArgumentException.class, () -> theory.exactRisk(1, 0));
        assertThrows(IllegalArgumentException.class,
                () -> new IsotropicRegression(Double.POSITIVE_INFINITY, 1, 1));
    }
}
