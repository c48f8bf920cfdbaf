package mechanics.limits;

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

import mechanics.data.Samples;
import mechanics.data.Sphere;
import mechanics.data.Teacher;
import mechanics.kernels.KernelMatrix;
import mechanics.linalg.Precision;
import mechanics.measure.Movement;
import mechanics.measure.ReluNeurons;
import mechanics.measure.TangentKernel;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.training.MeasurementSchedule;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class LazyLimitTest {

    /** A linear model with random features, and the same features at other points. */
    private record Linear(double[][] features, double[][] others, double[] targets) {
        static Linear random(int n, int parameters, long seed) {
            var random = new SplittableRandom(seed);
            return new Linear(gaussian(random, n, parameters), gaussian(random, 3, parameters),
                    gaussian(random, 1, n)[0]);
        }

        /** θ after descent on ½ Σ (y − αJθ)² with rate η/α². */
        double[] descend(double alpha, double rate, int steps) {
            var theta = new double[features[0].length];
            for (int t = 0; t < steps; t++) {
                var gradient = new double[theta.length];
                for (int i = 0; i < features.length; i++) {
                    double r = targets[i] - alpha * dot(features[i], theta);
                    for (int j = 0; j < theta.length; j++) gradient[j] += alpha * r * features[i][j];
                }
                for (int j = 0; j < theta.length; j++) theta[j] += rate / (alpha * alpha) * gradient[j];
            }
            return theta;
        }

        static KernelMatrix kernel(double[][] a, double[][] b) {
            return KernelMatrix.of(Arrays.stream(a)
                    .map(u -> Arrays.stream(b).mapToDouble(v -> dot(u, v)).toArray())
                    .toArray(double[][]::new));
        }
    }

    private static double[][] gaussian(SplittableRandom random, int rows, int columns) {
        var matrix = new double[rows][columns];
        for (double[] row : matrix) Arrays.setAll(row, _ -> random.nextGaussian());
        return matrix;
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) sum += u[i] * v[i];
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"6, 20, 0.5, 1", "6, 20, 30, 2", "8, 5, 2, 3"})
    void isDescentOnALinearModel(int n, int parameters, double alpha, long seed) {
        var model = Linear.random(n, parameters, seed);
        KernelMatrix kernel = Linear.kernel(model.features, model.features);
        double rate = 1.3 / kernel.eigenvalues()[0];
        var limit = LazyLimit.of(kernel, model.targets, rate);
        for (int steps : new int[]{0, 1, 2, 7, 300}) {
            double[] theta = model.descend(alpha, rate, steps);
            double error = 0;
            for (int i = 0; i < n; i++)
                error += Math.pow(model.targets[i] - alpha * dot(model.features[i], theta), 2);
            assertEquals(error, limit.squaredError(steps), 1e-9);
            assertEquals(Math.sqrt(dot(theta, theta)), limit.movement(alpha, steps), 1e-9);
            double[] outputs = Arrays.stream(model.others).mapToDouble(f -> alpha * dot(f, theta)).toArray();
            assertArrayEquals(outputs, limit.change(Linear.kernel(model.others, model.features), steps),
                    1e-9);
        }
    }

    @Test
    void movesInverselyToAlphaAndLearnsAtTheSameSpeed() {
        var model = Linear.random(5, 9, 4);
        var limit = LazyLimit.of(Linear.kernel(model.features, model.features), model.targets, 0.01);
        assertEquals(limit.movement(1, 100) / 50, limit.movement(50, 100), 1e-15);
    }

    @Test
    void leavesAloneWhatAKernelWithoutRankCannotLearn() {
        var limit = LazyLimit.of(KernelMatrix.of(new double[][]{{1, 1}, {1, 1}}), new double[]{1, -1}, 0.5);
        assertEquals(2, limit.squaredError(1000), 1e-12);
        assertEquals(0, limit.movement(1, 1000), 1e-6);
    }

    /** The notebook's law with other seeds, dimensions, widths and activations. */
    @ParameterizedTest
    @CsvSource({"2, 100, 11, relu", "5, 120, 12, relu", "3, 60, 13, tanh", "10, 80, 14, erf"})
    void predictsTheMovementOfANetworkWithALargeOutput(int dimension, int neurons, long seed, String name) {
        Activation activation = switch (name) {
            case "tanh" -> Activation.TANH;
            case "erf" -> Activation.ERF;
            default -> Activation.RELU;
        };
        Samples data = Teacher.of(new Sphere(dimension, Math.sqrt(dimension)), x -> Math.sin(x[0]) + x[1])
                .sample(10, seed);
        double alpha = 50;
        Network network = Mlp.of(dimension, neurons, 1).activation(activation).bias(false)
                .parameterization(Parameterization.meanField()).outputMultiplier(alpha).antisymmetric()
                .precision(Precision.FLOAT64).seed(seed).build();
        KernelMatrix kernel = TangentKernel.of(network).output(0, data.inputs()).times(1 / (alpha * alpha));
        double rate = 1 / kernel.eigenvalues()[0];
        double[] targets = Arrays.stream(data.targets()).mapToDouble(y -> y[0]).toArray();
        var limit = LazyLimit.of(kernel, targets, rate);
        double length = network.parameters().array().norm();

        Run run = Run.of(network, SquaredError.HALF_SUM, data.inputs(), data.targets(),
                GradientDescent.of(rate / (neurons * alpha * alpha)))
                .observe("movement", MeasurementSchedule.every(300), Movement.ofWeights(network)).steps(300)
                .train();
        double predicted = limit.movement(alpha, 300) / length;
        double[] losses = run.series("loss").values();

        assertTrue(predicted < 0.15, "lazy: " + predicted);
        assertEquals(predicted, run.series("movement").last()[0], predicted * predicted);
        assertEquals(limit.squaredError(20) / 2 / losses[0], losses[20] / losses[0], predicted);
    }

    @Test
    void isWrongForASmallOutput() {
        var teacher = new ReluNeurons(new double[][]{{1, 0}, {-0.6, 0.8}}, new double[]{1, -1});
        Samples data = Teacher.of(new Sphere(2, 1), teacher::value).sample(12, 3);
        Network network = Mlp.of(2, 60, 1).activation(Activation.RELU).bias(false)
                .parameterization(Parameterization.meanField()).outputMultiplier(0.1).antisymmetric()
                .precision(Precision.FLOAT64).seed(3).build();
        KernelMatrix kernel = TangentKernel.of(network).output(0, data.inputs()).times(100);
        double rate = 60 / 12.0;
        double[] targets = Arrays.stream(data.targets()).mapToDouble(y -> y[0]).toArray();
        double predicted = LazyLimit.of(kernel, targets, rate).movement(0.1, 1000)
                / network.parameters().array().norm();
        Run run = Run
                .of(network, SquaredError.HALF_MEAN, data.inputs(), data.targets(), GradientDescent.of(5))
                .observe("movement", MeasurementSchedule.every(1000), Movement.ofWeights(network)).steps(1000)
                .train();
        assertTrue(run.series("movement").last()[0] < predicted / 1.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesRatesAndFactorsThatAreNotPositive(double bad) {
        KernelMatrix one = KernelMatrix.of(new double[][]{{1}});
        assertThrows(IllegalArgumentException.class, () -> LazyLimit.of(one, new double[]{1}, bad));
        var limit = LazyLimit.of(one, new double[]{1}, 0.1);
        assertThrows(IllegalArgumentException.class, () -> limit.movement(bad, 1));
    }

    @Test
    void refusesWhatDivergesAndWhatDoesNotFit() {
        KernelMatrix kernel = KernelMatrix.of(new double[][]{{2, 0}, {0, 1}});
        var error = assertThrows(IllegalArgumentException.class,
                () -> LazyLimit.of(kernel, new double[]{1, 1}, 1.1));
        assertTrue(error.getMessage().contains("diverges"), error.getMessage());
        // At 2/λ₁ itself the error changes its sign for ever.
        var edge = assertThrows(IllegalArgumentException.class,
                () -> LazyLimit.of(KernelMatrix.of(new double[][]{{4}}), new double[]{1}, 0.5));
        assertTrue(edge.getMessage().startsWith("rate = 0.5: expected less than 2/λ₁ = 0.5"),
                edge.getMessage());
        assertThrows(IllegalArgumentException.class, () -> LazyLimit.of(kernel, new double[]{1}, 0.1));
        var limit = LazyLimit.of(kernel, new double[]{1, 1}, 0.1);
        assertThrows(IllegalArgumentException.class, () -> limit.squaredError(-1));
        assertThrows(IllegalArgumentException.class,
                () -> limit.change(KernelMatrix.of(new double[][]{{1, 2, 3}}), 1));
    }
}
