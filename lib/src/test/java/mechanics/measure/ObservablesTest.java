package mechanics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;

import org.junit.jupiter.api.Test;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.Lanczos;
import mechanics.linalg.LanczosTest;
import mechanics.linalg.Precision;
import mechanics.measure.curvature.Hessian;
import mechanics.measure.curvature.HessianTrace;
import mechanics.measure.curvature.Sharpness;
import mechanics.measure.curvature.SpectralDensity;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.representations.Representation;
import mechanics.training.Derivatives;
import mechanics.training.MeasurementSchedule;
import mechanics.training.Run;
import mechanics.training.rules.Adam;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class ObservablesTest {
    private static final double[][] X = TangentKernelTest.inputs(12, 3, 1);
    private static final double[][] Y = TangentKernelTest.inputs(12, 2, 2);

    @Test
    void largestHessianEigenvaluesAreThoseOfTheDenseHessian() {
        for (var activation : new Activation[]{Activation.TANH, Activation.RELU, Activation.GELU}) {
            var derivatives = Derivatives.of(network(activation), SquaredError.HALF_MEAN, X, Y);
            double[] exact = LanczosTest.denseEigenvalues(hessian(derivatives));
            var lanczos = Lanczos.of(3).withTolerance(1e-9);
            assertArrayEquals(new double[]{exact[0], exact[1], exact[2]},
                    Sharpness.spectrum(derivatives, lanczos).values(), 1e-8);
            var smallest = lanczos.largest(Hessian.of(derivatives).negated());
            assertEquals(exact[exact.length - 1], -smallest.largest(), 1e-8);
            double trace = 0;
            for (double lambda : exact) trace += lambda;
            var estimate = HessianTrace.of(Hessian.of(derivatives), 400, Seed.of(1));
            assertEquals(trace, estimate.mean(), 4 * estimate.standardError());
        }
    }

    @Test
    void sharpnessAlongARunIsThatOfFreshStarts() {
        var network = network(Activation.TANH);
        var sharpness = Sharpness.observable(Lanczos.of(2).withTolerance(1e-6));
        var run = Run.of(network, SquaredError.HALF_MEAN, X, Y, GradientDescent.of(0.05)).steps(40)
                .observe("λ", MeasurementSchedule.every(10), sharpness)
                .observe("sharpness", MeasurementSchedule.every(20), Sharpness.observable())
                .observe("trace", MeasurementSchedule.every(20), HessianTrace.observable(5, Seed.of(1)))
                .observe("density", MeasurementSchedule.every(20),
                        SpectralDensity.observable(new double[]{0, 1}, 0.1, 2, 5, Seed.of(1)))
                .train();
        double[] exact = LanczosTest.denseEigenvalues(hessian(run.derivatives()));
        assertEquals(exact[0], run.series("λ").last()[0], 1e-5 * exact[0]);
        assertEquals(exact[1], run.series("λ").last()[1], 1e-5 * exact[0]);
        assertEquals(exact[0], run.series("sharpness").column("sharpness")[2], 1e-3 * exact[0]);
        assertEquals(5, run.series("λ").size());
        assertTrue(sharpness.latest().converged());
        assertEquals(2, run.series("density").columns().size());
    }

    @Test
    void preconditionedSharpnessOfAdamIsThatOfTheDenseProblem() {
        // Width-dependent rates put a factor of their own on each group.
        var network = Mlp.of(3, 5, 4, 2).precision(Precision.FLOAT64)
                .parameterization(Parameterization.maximalUpdate(2)).seed(5).build();
        var diagonals = new ArrayList<Array>();
        var run = Run.of(network, SquaredError.HALF_MEAN, X, Y, Adam.of(0.01).betas(0.8, 0.99)).steps(12)
                .observe("λ", MeasurementSchedule.every(6),
                        Sharpness.observable(Lanczos.of(2).withTolerance(1e-8)).preconditioned(snapshot -> {
                            diagonals.add(snapshot.preconditioner());
                            return diagonals.getLast();
                        }))
                .observe("sharpness", MeasurementSchedule.every(6), Sharpness.observable().preconditioned())
                .train();
        double[][] hessian = hessian(run.derivatives());
        Array p = diagonals.getLast();
        for (int i = 0; i < hessian.length; i++) {
            for (int j = 0; j < hessian.length; j++) hessian[i][j] /= Math.sqrt(p.get(i) * p.get(j));
        }
        double[] exact = LanczosTest.denseEigenvalues(hessian);
        assertArrayEquals(new double[]{exact[0], exact[1]}, run.series("λ").last(), 1e-6 * exact[0]);
        assertEquals(exact[0], run.series("sharpness").last()[0], 1e-3 * exact[0]);
        assertTrue(Double.isNaN(run.series("sharpness").row(0)[0]));
    }

    @Test
    void sharpnessThatDoesNotConvergeIsNotPassedOn() {
        var network = network(Activation.TANH);
        var sharpness = Sharpness.observable(Lanczos.of(2).withTolerance(1e-12).withMaxProducts(3));
        var run = Run.of(network, SquaredError.HALF_MEAN, X, Y, GradientDescent.of(0.1)).steps(1)
                .observe("λ", MeasurementSchedule.every(1), sharpness);
        var e = assertThrows(ArithmeticException.class, run::train);
        assertTrue(e.getMessage().contains("3 products"), e.getMessage());
    }

    @Test
    void observationDoesNotChangeTheRun() {
        var plain = network(Activation.TANH);
        var observed = network(Activation.TANH);
        Run.of(plain, SquaredError.HALF_MEAN, X, Y, GradientDescent.of(0.1)).steps(20).train();
        Run.of(observed, SquaredError.HALF_MEAN, X, Y, GradientDescent.of(0.1)).steps(20)
                .observe("sharpness", MeasurementSchedule.every(3), Sharpness.observable())
                .observe("noise", MeasurementSchedule.every(3), GradientNoise.observable(3, Seed.of(2)))
                .observe("weights", MeasurementSchedule.every(3), Movement.ofWeights(observed))
                .observe("features", MeasurementSchedule.every(3), Movement.ofFeatures(observed, X))
                .observe("kernel", MeasurementSchedule.every(3), Movement.ofKernel(X))
                .observe("distance", MeasurementSchedule.every(3), KernelDistance.observable(X))
                .observe("alignment", MeasurementSchedule.every(3), KernelAlignment.observable(X, Y))
                .observe("spectrum", MeasurementSchedule.every(3), TangentKernel.observable(X, 4))
                .observe("norms", MeasurementSchedule.every(3), LayerNorms.ofWeights(observed))
                .observe("gradients", MeasurementSchedule.every(3), LayerNorms.ofGradients(observed))
                .observe("activations", MeasurementSchedule.every(3), LayerNorms.ofActivations(observed, X))
                .train();
        assertArrayEquals(plain.parameters().array().toDoubles(), observed.parameters().array().toDoubles());
    }

    @Test
    void movementsStartAtZeroAndMeasureTheDistanceFromTheStart() {
        var network = network(Activation.TANH);
        Array start = network.parameters().array().copy();
        var features = Representation.hidden(network, X);
        var kernel = TangentKernel.of(network).summed(X);
        var run = Run.of(network, SquaredError.HALF_MEAN, X, Y, GradientDescent.of(0.1)).steps(30)
                .observe("weights", MeasurementSchedule.every(30), Movement.ofWeights(network))
                .observe("features", MeasurementSchedule.every(30), Movement.ofFeatures(network, X))
                .observe("kernel", MeasurementSchedule.every(30), Movement.ofKernel(X))
                .observe("distance", MeasurementSchedule.every(30), KernelDistance.observable(X)).train();
        for (String name : new String[]{"weights", "features", "kernel", "distance"}) {
            for (double z : run.series(name).row(0)) assertEquals(0, z, 1e-15);
        }
        Array moved = network.parameters().array().copy();
        assertEquals(Movement.relative(moved, start), run.series("weights").column("all")[1], 1e-15);
        var view = network.parameters().view("layer2.weight");
        assertEquals(Movement.relative(view.array(), view.of(start)),
                run.series("weights").column("layer2.weight")[1],
                1e-15);
        assertEquals(
                Movement.relative(Representation.hidden(network, X).get(1).values(),
                        features.get(1).values()),
                run.series("features").column("hidden2")[1], 1e-15);
        var later = TangentKernel.of(network).summed(X);
        assertEquals(Movement.relative(later.values(), kernel.values()), run.series("kernel").last()[0],
                1e-12);
        assertEquals(1 - kernel.dot(later) / kernel.norm() / later.norm(), run.series("distance").last()[0],
                1e-12);
    }

    @Test
    void relativeMovementOfAZeroStartIsZeroOrInfinite() {
        Array zero = Precision.FLOAT64.array(0.0, 0);
        assertEquals(0, Movement.relative(zero, zero));
        assertEquals(Double.POSITIVE_INFINITY, Movement.relative(Precision.FLOAT64.array(0.0, 1), zero));
        assertEquals(0.5,
                Movement.relative(Precision.FLOAT64.array(0.0, 3), Precision.FLOAT64.array(0.0, 2)));
    }

    @Test
    void hiddenRepresentationsAreTheActivations() {
        var network = network(Activation.TANH);
        var hidden = Representation.hidden(network, X);
        assertEquals(2, hidden.size());
        assertEquals(5, hidden.get(0).width());
        var weight = network.parameters().view("layer1.weight").get();
        var bias = network.parameters().view("layer1.bias").get()[0];
        for (int i = 0; i < X.length; i++) {
            for (int j = 0; j < 5; j++) {
                double z = bias[j];
                for (int a = 0; a < 3; a++) z += weight[j][a] * X[i][a];
                assertEquals(Math.tanh(z), hidden.get(0).sample(i).get(j), 1e-14);
            }
        }
        var layers = Representation.layers(network, X);
        assertArrayEquals(network.evaluate(X)[4], layers.getLast().sample(4).toDoubles());
        assertThrows(IllegalArgumentException.class,
                () -> new Representation(Precision.FLOAT64.array(1.0, 2), 3));
        assertThrows(IllegalArgumentException.class, () -> Representation.of(new double[0][0]));
    }

    @Test
    void normsAreRootMeanSquares() {
        var network = network(Activation.TANH);
        var run = Run.of(network, SquaredError.HALF_MEAN, X, Y, GradientDescent.of(0.1)).steps(0)
                .observe("weights", MeasurementSchedule.every(1), LayerNorms.ofWeights(network))
                .observe("gradients", MeasurementSchedule.every(1), LayerNorms.ofGradients(network))
                .observe("activations", MeasurementSchedule.every(1), LayerNorms.ofActivations(network, X))
                .train();
        var view = network.parameters().view("layer3.weight");
        assertEquals(view.array().norm() / Math.sqrt(view.count()),
                run.series("weights").column("layer3.weight")[0], 1e-15);
        assertEquals(view.of(run.derivatives().gradient()).norm() / Math.sqrt(view.count()),
                run.series("gradients").column("layer3.weight")[0], 1e-15);
        var hidden = Representation.hidden(network, X).get(1).values();
        assertEquals(hidden.norm() / Math.sqrt(hidden.length()),
                run.series("activations").column("hidden2")[0],
                1e-15);
    }

    @Test
    void gradientNoiseIsThatOfTheSampleGradients() {
        var derivatives = Derivatives.of(network(Activation.TANH), SquaredError.HALF_MEAN, X, Y);
        int n = X.length;
        int count = derivatives.network().parameters().count();
        var gradients = new double[n][];
        var mean = new double[count];
        for (int i = 0; i < n; i++) {
            gradients[i] = Derivatives.of(derivatives.network(), SquaredError.HALF_MEAN, new double[][]{X[i]},
                    new double[][]{Y[i]}).gradient().toDoubles();
            for (int p = 0; p < count; p++) mean[p] += gradients[i][p] / n;
        }
        double[][] hessian = hessian(derivatives);
        double trace = 0;
        double curvedTrace = 0;
        for (double[] g : gradients) {
            var deviation = new double[count];
            for (int p = 0; p < count; p++) deviation[p] = g[p] - mean[p];
            for (double d : deviation) trace += d * d / (n - 1);
            curvedTrace += quadraticForm(hessian, deviation) / (n - 1);
        }
        var noise = GradientNoise.of(derivatives, 3000, Seed.of(3));
        assertEquals(trace, noise.covarianceTrace(), 1e-10);
        assertEquals(derivatives.gradient().dot(derivatives.gradient()), noise.squaredGradient(), 1e-12);
        assertEquals(quadraticForm(hessian, mean), noise.curvedGradient(), 1e-10);
        assertEquals(curvedTrace, noise.curvedCovariance().mean(),
                4 * noise.curvedCovariance().standardError());
        assertEquals(noise.covarianceTrace() / noise.squaredGradient(), noise.simpleScale());
        // The scales are numbers of samples: sum or mean, they are the same.
        var sum = GradientNoise.of(Derivatives.of(derivatives.network(), SquaredError.SUM, X, Y), 3000,
                Seed.of(3));
        assertEquals(noise.simpleScale(), sum.simpleScale(), 1e-9 * noise.simpleScale());
        assertEquals(noise.scale(), sum.scale(), 1e-9 * noise.scale());
    }

    @Test
    void gradientNoiseNeedsTwoSamplesAndADraw() {
        var network = network(Activation.TANH);
        var one = Derivatives.of(network, SquaredError.MEAN, new double[][]{X[0]}, new double[][]{Y[0]});
        assertThrows(IllegalArgumentException.class, () -> GradientNoise.of(one, 1, Seed.of(1)));
        var all = Derivatives.of(network, SquaredError.MEAN, X, Y);
        assertThrows(IllegalArgumentException.class, () -> GradientNoise.of(all, 0, Seed.of(1)));
    }

    private static Network network(Activation activation) {
        return Mlp.of(3, 5, 4, 2).activation(activation).precision(Precision.FLOAT64).seed(3).build();
    }

    /** The Hessian, column by column. */
    private static double[][] hessian(Derivatives derivatives) {
        int count = derivatives.network().parameters().count();
        var hessian = new double[count][];
        for (int p = 0; p < count; p++) {
            Array unit = Precision.FLOAT64.array(count);
            Array column = Precision.FLOAT64.array(count);
            unit.set(p, 1);
            derivatives.hessianVectorProduct(unit, column);
            hessian[p] = column.toDoubles();
        }
        return hessian;
    }

    private static double quadraticForm(double[][] matrix, double[] v) {
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) sum += v[i] * matrix[i][j] * v[j];
        }
        return sum;
    }
}
