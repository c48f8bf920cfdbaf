package mechanics.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import mechanics.data.GaussianInputs;
import mechanics.data.Sphere;
import mechanics.kernels.AnalyticKernel.Nonlinearity;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.measure.TangentKernel;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.representations.Representation;
import mechanics.statistics.Estimate;
import mechanics.training.Derivatives;
import mechanics.training.tasks.SquaredError;

class AnalyticKernelTest {
    private static final double[][] X = {{1, 0.5, -1}, {0.2, -0.7, 0.4}, {-1, -0.4, 1.1}, {2, 1, -2}};

    @ParameterizedTest
    @EnumSource(Nonlinearity.class)
    void expectationsAreTheGaussianIntegrals(Nonlinearity phi) {
        double p = 1.3;
        double q = 0.6;
        for (double c : new double[]{-0.8, -0.2, 0, 0.5, 0.85}) {
            double product = 0;
            double slopes = 0;
            double step = 0.02;
            for (double a = -6.5; a < 6.5; a += step) {
                for (double b = -6.5; b < 6.5; b += step) {
                    double u = Math.sqrt(p) * a;
                    double v = c / Math.sqrt(p) * a + Math.sqrt(q - c * c / p) * b;
                    double weight = step * step * Math.exp(-(a * a + b * b) / 2) / (2 * Math.PI);
                    product += weight * value(phi, u) * value(phi, v);
                    slopes += weight * slope(phi, u) * slope(phi, v);
                }
            }
            assertEquals(product, phi.product(p, q, c), 1e-3);
            assertEquals(slopes, phi.slopes(p, q, c), 5e-3);
        }
    }

    /** Pairs that cancel in f cancel in ∂f/∂h too, and all that lies before h: only the last two layers are left. */
    @Test
    void pairedNeuronsHaveThisKernelWithOneHiddenLayerButNotWithTwo() {
        for (int hidden : new int[]{1, 2}) {
            double exact = new AnalyticKernel(Nonlinearity.RELU, hidden, 1.4, 0.3).tangent(X).trace();
            var traces = new double[12];
            for (int s = 0; s < traces.length; s++) {
                var paired = mlp(Nonlinearity.RELU, hidden, 256, 1.4, 0.3, s).antisymmetric().build();
                traces[s] = TangentKernel.of(paired).output(0, X).trace();
                Array gradient = Derivatives
                        .of(paired, SquaredError.HALF_SUM, X, new double[][]{{1}, {2}, {3}, {4}})
                        .gradient();
                double first = paired.parameters().view("layer1.weight").of(gradient).norm();
                assertEquals(hidden == 1, first > 1e-9, "gradient of the first layer " + first);
            }
            var mean = Estimate.of(traces);
            double allowed = 4 * mean.standardError() + 2.0 * hidden / 256 * exact;
            assertEquals(hidden == 1, Math.abs(mean.mean() - exact) <= allowed, mean + " and " + exact);
        }
    }

    @ParameterizedTest
    @CsvSource({"RELU, 1.4, 0.3, 1", "RELU, 1.2, 0, 3", "ERF, 1.3, 0.2, 1", "ERF, 1.1, 0.4, 2",
            "LINEAR, 1, 0.5, 2"})
    void wideRandomNetworksHaveTheseKernelsOnAverage(Nonlinearity phi, double weight, double bias,
            int hidden) {
        var kernel = new AnalyticKernel(phi, hidden, weight, bias);
        int width = 256;
        int seeds = 24;
        var tangent = new double[16][seeds];
        var process = new double[16][seeds];
        for (int s = 0; s < seeds; s++) {
            var network = network(phi, hidden, width, weight, bias, s);
            var k = TangentKernel.of(network).output(0, X);
            var features = Representation.hidden(network, X).getLast().kernel();
            for (int e = 0; e < 16; e++) {
                tangent[e][s] = k.get(e / 4, e % 4);
                process[e][s] = weight * weight * features.get(e / 4, e % 4) / width + bias * bias;
            }
        }
        var exactTangent = kernel.tangent(X);
        var exactProcess = kernel.gaussianProcess(X);
        for (int e = 0; e < 16; e++) {
            var one = Estimate.of(tangent[e]);
            var other = Estimate.of(process[e]);
            // Four standard errors, and the correction of order 1/width of a finite network.
            double correction = 2.0 * hidden / width * exactTangent.norm() / 4;
            assertEquals(exactTangent.get(e / 4, e % 4), one.mean(), 4 * one.standardError() + correction);
            assertEquals(exactProcess.get(e / 4, e % 4), other.mean(),
                    4 * other.standardError() + correction);
            assertTrue(4 * one.standardError() + correction < 0.25 * exactTangent.get(3, 3),
                    "the test can fail");
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "5", "20"})
    void reluKeepsTheSizeOfTheSignalAndItsTangentKernelGrowsWithDepth(int hidden) {
        var kernel = AnalyticKernel.relu(hidden);
        for (int i = 0; i < X.length; i++) {
            double size = 0;
            for (double x : X[i]) size += 2 * x * x / 3;
            assertEquals(size, kernel.gaussianProcess(X).get(i, i), 1e-12);
            assertEquals((hidden + 1) * size, kernel.tangent(X).get(i, i), 1e-10 * (hidden + 1));
        }
    }

    @Test
    void oneHiddenReluLayerIsTheArcCosineKernel() {
        // Orthogonal inputs of norm 1: J₁(π/2) = 1, so that K = σ² σ²/d · 1/(2π), with σ² = 2, d = 2.
        double[][] x = {{1, 0}, {0, 1}, {-1, 0}};
        var kernel = AnalyticKernel.relu(1).gaussianProcess(x);
        assertEquals(1 / Math.PI, kernel.get(0, 1), 1e-15);
        assertEquals(0, kernel.get(0, 2), 1e-15);
        // Its tangent kernel there: K² + σ² · ¼ · 0.
        assertEquals(1 / Math.PI, AnalyticKernel.relu(1).tangent(x).get(0, 1), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "4"})
    void linearNetworksHaveTheLinearKernelOnceForEachLayer(int hidden) {
        var k = AnalyticKernel.linear(hidden);
        for (int i = 0; i < X.length; i++) {
            double overlap = 0;
            for (int a = 0; a < 3; a++) overlap += X[0][a] * X[i][a] / 3;
            assertEquals(overlap, k.gaussianProcess(X).get(0, i), 1e-14);
            assertEquals((hidden + 1) * overlap, k.tangent(X).get(0, i), 1e-13);
        }
    }

    @ParameterizedTest
    @EnumSource(Nonlinearity.class)
    void kernelsAreSymmetricPositiveAndAgreeAcrossSets(Nonlinearity phi) {
        var random = new Random(3);
        var x = new double[30][5];
        for (double[] row : x) for (int j = 0; j < 5; j++) row[j] = random.nextGaussian();
        var kernel = new AnalyticKernel(phi, 3, 1.3, 0.2);
        for (var k : new KernelMatrix[]{kernel.tangent(x), kernel.gaussianProcess(x)}) {
            double[] eigenvalues = k.eigenvalues();
            assertTrue(eigenvalues[29] > -1e-10 * eigenvalues[0]);
        }
        var cross = kernel.tangent(x, X_FIVE);
        var back = kernel.tangent(X_FIVE, x);
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 2; j++) assertEquals(cross.get(i, j), back.get(j, i), 1e-12);
        }
    }

    private static final double[][] X_FIVE = {{1, 0, 0, 2, 3}, {0, 0, 0, 0, 0}};

    @Test
    void badSettingsAndInputsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> AnalyticKernel.relu(-1));
        assertThrows(IllegalArgumentException.class, () -> AnalyticKernel.relu(1).withDeviations(0, 0));
        assertThrows(IllegalArgumentException.class, () -> AnalyticKernel.relu(1).withDeviations(1, -1));
        assertThrows(IllegalArgumentException.class,
                () -> AnalyticKernel.relu(1).withDeviations(Double.NaN, 0));
        var kernel = AnalyticKernel.erf(1);
        assertThrows(IllegalArgumentException.class, () -> kernel.tangent(new double[0][0]));
        assertThrows(IllegalArgumentException.class, () -> kernel.tangent(new double[][]{{}}));
        assertThrows(IllegalArgumentException.class, () -> kernel.tangent(new double[][]{{1, 2}, {1}}));
        assertThrows(IllegalArgumentException.class, () -> kernel.tangent(new double[][]{{Double.NaN}}));
        assertThrows(IllegalArgumentException.class, () -> kernel.tangent(X, X_FIVE));
    }

    private static Network network(Nonlinearity phi, int hidden, int width, double weight, double bias,
            long seed) {
        return mlp(phi, hidden, width, weight, bias, seed).build();
    }

    private static Mlp mlp(Nonlinearity phi, int hidden, int width, double weight, double bias, long seed) {
        var widths = new int[hidden + 2];
        java.util.Arrays.fill(widths, width);
        widths[0] = 3;
        widths[hidden + 1] = 1;
        var activation = switch (phi) {
            case RELU -> Activation.RELU;
            case ERF -> Activation.ERF;
            case LINEAR -> Activation.IDENTITY;
        };
        return Mlp.of(widths).activation(activation)
                .parameterization(Parameterization.neuralTangent().weightScale(weight).biasScale(bias))
                .precision(Precision.FLOAT64).seed(seed);
    }

    @Test
    void onASphereTheKernelsAreFunctionsOfTheAngle() {
        var kernel = AnalyticKernel.relu(3).withDeviations(1.3, 0.2);
        double[][] x = new Sphere(5, 2).sample(4, 1);
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) {
                double product = 0;
                for (int k = 0; k < 5; k++) product += x[i][k] * x[j][k];
                double cosine = Math.min(product / 4, 1);
                assertEquals(kernel.tangent(x).get(i, j), kernel.tangentOfCosine(0.8).applyAsDouble(cosine),
                        1e-6);
                assertEquals(kernel.gaussianProcess(x).get(i, j),
                        kernel.gaussianProcessOfCosine(0.8).applyAsDouble(cosine), 1e-6);
            }
        assertThrows(IllegalArgumentException.class, () -> kernel.tangentOfCosine(0));
    }

    @Test
    void aMatrixIsExactlySymmetricAndAgreesWithTheOneBetweenCopies() {
        var kernel = AnalyticKernel.relu(2);
        double[][] x = GaussianInputs.isotropic(7).sample(9, 4);
        double[][] copy = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
        var own = kernel.tangent(x);
        var between = kernel.tangent(x, copy);
        for (int i = 0; i < 9; i++)
            for (int j = 0; j < 9; j++) {
                assertEquals(own.get(i, j), own.get(j, i));
                assertEquals(own.get(i, j), between.get(i, j), 1e-6);
            }
    }

    private static double value(Nonlinearity phi, double z) {
        return switch (phi) {
            case LINEAR -> z;
            case RELU -> Math.max(z, 0);
            case ERF -> smile.math.special.Erf.erf(z);
        };
    }

    private static double slope(Nonlinearity phi, double z) {
        return switch (phi) {
            case LINEAR -> 1;
            case RELU -> z > 0 ? 1 : 0;
            case ERF -> 2 / Math.sqrt(Math.PI) * Math.exp(-z * z);
        };
    }

    @Test
    void kernelsScaleAsTheyShouldAtAnySize() {
        double[][] x = {{1, 2, 3}, {-1, 0.5, 2}, {1, 2, 3.1}};
        var relu = AnalyticKernel.relu(3);
        for (double scale : new double[]{1e-150, 1e-100, 1e-60, 1e60, 1e100, 1e150}) {
            double[][] y = java.util.Arrays.stream(x)
                    .map(r -> java.util.Arrays.stream(r).map(v -> v * scale).toArray())
                    .toArray(double[][]::new);
            // ReLU kernels are homogeneous of degree 2.
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    assertEquals(1, relu.tangent(y).get(i, j) / scale / scale / relu.tangent(x).get(i, j),
                            1e-12);
                    assertEquals(1, relu.gaussianProcess(y).get(i, j) / scale / scale
                            / relu.gaussianProcess(x).get(i, j), 1e-12);
                }
            }
            if (scale > 1) {
                // erf of large numbers is a sign: (2/π) asin of the cosine.
                double cosine = (-1 + 1 + 6) / Math.sqrt(14 * 5.25);
                assertEquals(2 / Math.PI * Math.asin(cosine),
                        AnalyticKernel.erf(1).gaussianProcess(y).get(0, 1), 1e-12);
                org.junit.jupiter.api.Assertions
                        .assertTrue(Double.isFinite(AnalyticKernel.erf(2).tangent(y).get(0, 0)));
            }
        }
    }
}
