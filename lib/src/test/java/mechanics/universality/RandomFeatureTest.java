package mechanics.universality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.kernels.AnalyticKernel;

class RandomFeatureTest {

    @ParameterizedTest
    @ValueSource(doubles = {-0.9, -0.3, 0, 0.5, 0.95, 1})
    void kernelAndVarianceAreThoseOfSampledFeatures(double c) {
        var random = new SplittableRandom(3);
        int draws = 400_000;
        double[] mean = new double[2], square = new double[2];
        for (int i = 0; i < draws; i++) {
            double u = random.nextGaussian();
            double v = c * u + Math.sqrt(1 - c * c) * random.nextGaussian();
            double[] products = {2 * Math.max(u, 0) * Math.max(v, 0), Math.cos(u - v)};
            for (int k = 0; k < 2; k++) {
                mean[k] += products[k] / draws;
                square[k] += products[k] * products[k] / draws;
            }
        }
        for (int k = 0; k < 2; k++) {
            var feature = k == 0 ? RandomFeature.RELU : RandomFeature.FOURIER;
            double variance = Math.max(0, square[k] - mean[k] * mean[k]);
            assertEquals(mean[k], feature.kernel(c), 5 * Math.sqrt(variance / draws) + 1e-10);
            assertEquals(variance, feature.variance(c), 0.03 * variance + 1e-10);
        }
    }

    @Test
    void reluKernelIsTheAnalyticOne() {
        double[][] x = {{1, 0}, {0.6, 0.8}};
        // The analytic kernel has inputs of length √d and σ_w² = 2.
        double[][] scaled = {{Math.sqrt(2), 0}, {0.6 * Math.sqrt(2), 0.8 * Math.sqrt(2)}};
        var kernel = new AnalyticKernel(AnalyticKernel.Nonlinearity.RELU, 1, 1, 0).gaussianProcess(scaled);
        double c = x[0][0] * x[1][0];
        assertEquals(2 * kernel.get(0, 1), RandomFeature.RELU.kernel(c), 1e-10);
        assertEquals(2 * kernel.get(0, 0), RandomFeature.RELU.kernel(1), 1e-10);
    }

    @Test
    void relativeErrorFallsLikeTheRootOfTheWidth() {
        double[][] cosines = {{1, 0.3}, {0.3, 1}};
        for (var feature : RandomFeature.values()) {
            assertEquals(feature.relativeError(cosines, 10) / 10, feature.relativeError(cosines, 1000),
                    1e-10);
        }
        assertEquals(Math.sqrt(5), RandomFeature.RELU.relativeError(new double[][]{{1}}, 1), 1e-10);
        assertEquals(0, RandomFeature.FOURIER.relativeError(new double[][]{{1}}, 1), 1e-7);
    }

    @Test
    void heavyTailsConvergeMoreSlowly() {
        assertEquals(1 / 3.0, RandomFeature.rate(1.5), 1e-15);
        assertEquals(0.5, RandomFeature.rate(2));
        assertEquals(0.5, RandomFeature.rate(7));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RandomFeature.RELU.kernel(1.1));
        assertThrows(IllegalArgumentException.class, () -> RandomFeature.FOURIER.variance(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> RandomFeature.rate(1));
        assertThrows(IllegalArgumentException.class,
                () -> RandomFeature.RELU.relativeError(new double[][]{{1}}, 0));
    }
}
