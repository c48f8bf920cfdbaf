package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import mechanics.base.Seed;
import mechanics.data.GaussianInputs;
import mechanics.kernels.KernelSpectrum;
import mechanics.linalg.LeastSquares;

class RandomFeaturesTest {
    private static final KernelSpectrum SPECTRUM = KernelSpectrum.powerLaw(120, 1.4);
    private static final double[] POWER = new PowerLawTask(1.4, 1.7).power(120);

    @Test
    void infinitelyManyFeaturesAreTheKernel() {
        for (double ridge : new double[]{0, 0.01, 3}) {
            double kernel = Eigenframework.of(SPECTRUM, 30, ridge).testError(POWER, 0.1);
            assertEquals(1, RandomFeatures.of(SPECTRUM, 30, 1e9, ridge).testError(POWER, 0.1) / kernel, 1e-6);
        }
    }

    @Test
    void bothEquationsHold() {
        for (double n : new double[]{5, 30, 200})
            for (double p : new double[]{4, 31, 1000})
                for (double ridge : new double[]{1e-8, 0.1, 1e4}) {
                    var theory = RandomFeatures.of(SPECTRUM.withTail(0.2), n, p, ridge);
                    double z = 0.2 / theory.gamma();
                    for (int k = 0; k < 120; k++) z += theory.learnability(k);
                    assertEquals(n, z + ridge / theory.kappa(), 1e-6 * n);
                    assertEquals(p, z + p * theory.kappa() / theory.gamma(), 1e-6 * p);
                    assertTrue(theory.testError(POWER, 0.1) > 0.1);
                }
    }

    @Test
    void withoutARidgeTheErrorPeaksWhereFeaturesEqualSamples() {
        double near = RandomFeatures.of(SPECTRUM, 30, 30.01, 0).testError(POWER, 0.1);
        assertTrue(near > 100 * RandomFeatures.of(SPECTRUM, 30, 300, 0).testError(POWER, 0.1));
        assertEquals(1, RandomFeatures.of(SPECTRUM, 30, 20, 1e-10).testError(POWER, 0.1)
                / RandomFeatures.of(SPECTRUM, 30, 20, 0).testError(POWER, 0.1), 1e-5);
        assertEquals(1, RandomFeatures.of(SPECTRUM, 30, 50, 1e-10).testError(POWER, 0.1)
                / RandomFeatures.of(SPECTRUM, 30, 50, 0).testError(POWER, 0.1), 1e-5);
    }

    @ParameterizedTest
    @CsvSource({"40,15,0,1", "40,120,0,2", "25,25,0.1,3", "60,30,0.02,4"})
    void gaussianRandomFeaturesHaveThisError(int n, int p, double ridge, long seed) {
        int trials = 150, modes = 120;
        double noise = 0.1, error = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[][] x = GaussianInputs.isotropic(modes).sample(n, seed * 9000 + 2L * trial);
            double[][] w = GaussianInputs.isotropic(modes).sample(p, seed * 9000 + 2L * trial + 1);
            var random = Seed.of(seed * 9000 + trial).stream("noise");
            var features = new double[n][p];
            var y = new double[n];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < modes; k++) {
                    y[i] += Math.sqrt(POWER[k]) * x[i][k];
                    for (int j = 0; j < p; j++)
                        features[i][j] += x[i][k] * w[j][k] * Math.sqrt(SPECTRUM.value(k) / p);
                }
                y[i] += Math.sqrt(noise) * random.nextGaussian();
            }
            double[] a = LeastSquares.of(features, y).coefficients(ridge);
            error += noise / trials;
            for (int k = 0; k < modes; k++) {
                int mode = k;
                double learned = IntStream.range(0, p).mapToDouble(j -> a[j] * w[j][mode]).sum()
                        * Math.sqrt(SPECTRUM.value(k) / p);
                error += Math.pow(learned - Math.sqrt(POWER[k]), 2) / trials;
            }
        }
        assertEquals(1, error / RandomFeatures.of(SPECTRUM, n, p, ridge).testError(POWER, noise), 0.08);
    }

    @Test
    void badInputsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RandomFeatures.of(SPECTRUM, 30, 30, 0));
        assertThrows(IllegalArgumentException.class, () -> RandomFeatures.of(SPECTRUM, 0, 30, 0));
        assertThrows(IllegalArgumentException.class, () -> RandomFeatures.of(SPECTRUM, 30, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> RandomFeatures.of(SPECTRUM, 30, 40, -1));
        assertThrows(IllegalArgumentException.class, () -> RandomFeatures.of(SPECTRUM, 200, 150, 0));
        assertThrows(IllegalArgumentException.class,
                () -> RandomFeatures.of(SPECTRUM, 3, 4, 0).testError(new double[2], 0));
    }

    /** Without a ridge z is the smaller of n and p: κ = γ (p − n)/p, or 0 with more samples than features. */
    @Test
    void withoutARidgeTheFewerAreUsedUp() {
        for (double n : new double[]{5, 30})
            for (double p : new double[]{4, 20, 90}) {
                var theory = RandomFeatures.of(SPECTRUM, n, p, 0);
                double z = 0;
                for (int k = 0; k < 120; k++) z += theory.learnability(k);
                assertEquals(Math.min(n, p), z, 1e-9);
                assertEquals(n < p ? theory.gamma() * (p - n) / p : 0, theory.kappa(), 1e-15);
            }
        assertThrows(IllegalArgumentException.class, () -> RandomFeatures.of(SPECTRUM, 120, 130, 0.1),
                "as many modes as samples");
        assertThrows(IllegalArgumentException.class,
                () -> RandomFeatures.of(SPECTRUM, 30, 40, Double.POSITIVE_INFINITY));
    }
}
