package mechanics.measure.curvature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import mechanics.linalg.Array;
import mechanics.linalg.Lanczos;
import mechanics.linalg.Precision;
import mechanics.measure.TangentKernel;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.training.Derivatives;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class GaussNewtonSplitTest {
    private static final int N = 12;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void withoutResidualTheHessianHasTheEigenvaluesOfTheTangentKernel(Precision precision) {
        var network = Mlp.of(4, 9, 7, 2).precision(precision).seed(3).build();
        var derivatives = derivatives(network, network.evaluate(inputs(1)));
        var split = GaussNewtonSplit.of(derivatives);
        double kernel = TangentKernel.of(network).whole(inputs(1)).eigenvalues()[0] / N;
        double allowed = precision == Precision.FLOAT64 ? 1e-9 : 1e-4;
        assertEquals(kernel, split.gaussNewton(), allowed * kernel);
        assertEquals(kernel, Sharpness.of(derivatives), 1e-3 * kernel);
        assertEquals(0, split.residualNorm());
        assertEquals(split.gaussNewton(), split.secondOrder(), allowed * kernel);
    }

    @Test
    void theRestIsTheSumOfSecondDerivativesWeightedByTheResidual() {
        var network = Mlp.of(3, 5, 1).precision(Precision.FLOAT64).seed(1).build();
        double[][] one = {{0.3, -1.2, 0.8}};
        double f = network.evaluate(one)[0][0];
        double residual = 0.7;
        var derivatives = Derivatives.of(network, SquaredError.HALF_MEAN, one,
                new double[][]{{f - residual}});
        Array theta = network.parameters().array().copy();
        Array v = gaussian(theta.length(), 5);
        Array product = v.like(v.length());
        Hessian.residual(derivatives).apply(v, product);
        // ∇²f v by central differences of ∇f along v.
        double step = 1e-5;
        double[] change = new double[v.length()];
        for (int sign : new int[]{1, -1}) {
            Array moved = theta.copy();
            moved.add(sign * step, v);
            network.parameters().set(moved);
            Array gradient = derivatives.jacobian();
            for (int i = 0; i < change.length; i++) change[i] += sign * gradient.get(i) / (2 * step);
        }
        for (int i = 0; i < change.length; i++) assertEquals(residual * change[i], product.get(i), 1e-8);
    }

    @Test
    void theExpansionIsExactToItsOrder() {
        for (int seed = 0; seed < 5; seed++) {
            var network = Mlp.of(4, 60, 1).parameterization(Parameterization.neuralTangent())
                    .precision(Precision.FLOAT64).seed(seed).build();
            double before = Double.NaN;
            for (double scale : new double[]{0.05, 0.1, 0.2}) {
                double[][] f = network.evaluate(inputs(1));
                double[][] noise = targets(seed);
                for (int i = 0; i < N; i++) f[i][0] += scale * noise[i][0];
                var derivatives = derivatives(network, f);
                var split = GaussNewtonSplit.of(derivatives);
                double exact = Lanczos.of(1).withTolerance(1e-7).largest(Hessian.of(derivatives)).largest();
                assertTrue(Math.abs(exact - split.gaussNewton()) <= 1.01 * split.residualNorm(), "Weyl");
                double error = Math.abs(exact - split.secondOrder()) / split.gaussNewton();
                // Denominators λ − λᵢ instead of λ change the second order, so the error is at most of that order.
                assertTrue(error <= 2 * Math.pow(split.smallness(), 2), error + " of " + split);
                if (before > 0)
                    assertEquals(2, split.residualNorm() / before, 0.01, "linear in the residual");
                before = split.residualNorm();
            }
        }
    }

    /** There swapping the pairs changes the sign of f: ∇²f leads from odd directions to even ones. */
    @Test
    void pairedNeuronsHaveNoFirstOrder() {
        for (var activation : List.of(Activation.TANH, Activation.RELU)) {
            var network = Mlp.of(4, 40, 1).activation(activation).antisymmetric().precision(Precision.FLOAT64)
                    .parameterization(Parameterization.neuralTangent()).seed(2).build();
            var derivatives = derivatives(network, targets(1));
            var split = GaussNewtonSplit.of(derivatives);
            double exact = Lanczos.of(1).withTolerance(1e-7).largest(Hessian.of(derivatives)).largest();
            assertEquals(0, split.along(), 1e-6 * split.gaussNewton());
            double excess = exact - split.gaussNewton();
            assertEquals(split.secondOrder() - split.gaussNewton(), excess,
                    Math.pow(split.smallness(), 2) * excess);
        }
    }

    /** Near zero residual, with other data, widths and sizes than in the notebook. */
    @Test
    void theKernelGivesTheLargestStableLearningRate() {
        for (int seed = 1; seed <= 3; seed++) {
            var activation = seed % 2 == 0 ? Activation.RELU : Activation.TANH;
            var network = Mlp.of(4, 30 * seed, 1).activation(activation).antisymmetric()
                    .precision(Precision.FLOAT64).parameterization(Parameterization.neuralTangent())
                    .seed(seed)
                    .build();
            double[][] y = targets(seed);
            for (double[] row : y) row[0] *= 1e-3;
            double border = 2 * N / TangentKernel.of(network).whole(inputs(seed)).eigenvalues()[0];
            assertTrue(growth(network, inputs(seed), y, 0.99 * border) < 1, "1 % below");
            assertTrue(growth(network, inputs(seed), y, 1.01 * border) > 1, "1 % above");
        }
    }

    /** The loss after 300 steps over that after 200. */
    private static double growth(Network network, double[][] x, double[][] y, double rate) {
        double[] loss = Run.of(network.copy(), SquaredError.HALF_MEAN, x, y, GradientDescent.of(rate))
                .steps(301)
                .train().series("loss").values();
        return loss[300] / loss[200];
    }

    private static Derivatives derivatives(Network network, double[][] targets) {
        return Derivatives.of(network, SquaredError.HALF_MEAN, inputs(1), targets);
    }

    private static double[][] inputs(long seed) {
        return Stream.generate(gaussians(seed, 4)).limit(N).toArray(double[][]::new);
    }

    private static double[][] targets(long seed) {
        return Stream.generate(gaussians(100 + seed, 1)).limit(N).toArray(double[][]::new);
    }

    private static Supplier<double[]> gaussians(long seed, int width) {
        var random = new Random(seed);
        return () -> random.doubles(width, -1.7, 1.7).toArray();
    }

    private static Array gaussian(int length, long seed) {
        var random = new Random(seed);
        Array vector = Precision.FLOAT64.array(length);
        for (int i = 0; i < length; i++) vector.set(i, random.nextGaussian());
        return vector;
    }
}
