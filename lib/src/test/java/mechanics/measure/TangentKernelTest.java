package mechanics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import mechanics.base.Shape;
import mechanics.kernels.KernelMatrix;
import mechanics.linalg.Array;
import mechanics.linalg.Lanczos;
import mechanics.linalg.Precision;
import mechanics.measure.curvature.Hessian;
import mechanics.measure.curvature.Sharpness;
import mechanics.network.Activation;
import mechanics.network.Architecture;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Network;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;
import mechanics.network.Parameterization;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.network.layers.Dense;
import mechanics.network.layers.Layers;
import mechanics.network.zoo.Mlp;
import mechanics.training.Derivatives;
import mechanics.training.tasks.SquaredError;

public class TangentKernelTest {
    public static Stream<Network> networks() {
        var mlp = Mlp.of(4, 7, 5, 3).precision(Precision.FLOAT64).seed(2);
        return Stream.of(mlp.build(), mlp.bias(false).activation(Activation.RELU).build(),
                mlp.parameterization(Parameterization.neuralTangent()).outputMultiplier(2.5).build(),
                mlp.parameterization(Parameterization.maximalUpdate(2)).build(),
                opaque(true), opaque(false));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void kernelsAreProductsOfTheJacobian(Network network) {
        double[][] x = inputs(6, 4, 1);
        double[][] y = inputs(5, 4, 2);
        double[][] jx = jacobian(network, x);
        double[][] jy = jacobian(network, y);
        // The same numbers whatever the blocks: all at once, two rows at a time, one gradient at a time.
        for (var kernel : List.of(TangentKernel.of(network), new TangentKernel(network, 4, 1),
                new TangentKernel(network, 2, 300))) {
            assertKernel(jx, jx, kernel.whole(x));
            assertKernel(jx, jy, kernel.whole(x, y));
            for (int o = 0; o < 3; o++) {
                assertKernel(rowsOf(jx, o), rowsOf(jx, o), kernel.output(o, x));
                assertKernel(rowsOf(jx, o), rowsOf(jy, o), kernel.output(o, x, y));
            }
            var summed = kernel.summed(x, y);
            var whole = kernel.whole(x, y);
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 5; j++) {
                    double sum = 0;
                    for (int o = 0; o < 3; o++) sum += whole.get(3 * i + o, 3 * j + o);
                    assertEquals(sum, summed.get(i, j), 1e-10);
                }
            }
            assertArrayEquals(kernel.summed(x, x.clone()).values().toDoubles(),
                    kernel.summed(x).values().toDoubles(),
                    1e-10);
        }
    }

    @ParameterizedTest
    @MethodSource("mechanics.training.LayerDerivativesTest#withSampleGradients")
    void kernelOfEveryLayerIsTheProductOfTheJacobian(Architecture<?> architecture) {
        var network = architecture.precision(Precision.FLOAT64).seed(3).build();
        boolean tokens = architecture.layers().toString().contains("Embedding[vocabulary");
        double[][] x = inputs(3, network.input().count(), 5);
        if (tokens) for (double[] row : x) for (int j = 0; j < row.length; j++) row[j] = j % 3;
        var targets = new double[3][network.output().count()];
        Array j = Derivatives.of(network, SquaredError.SUM, x, targets).jacobian();
        int rows = 3 * network.output().count();
        Array expected = j.like(rows * rows);
        expected.gemm(1, j, false, j, true, rows, rows, network.parameters().count(), 0);
        assertArrayEquals(expected.toDoubles(), TangentKernel.of(network).whole(x).values().toDoubles(),
                1e-10 * (1 + expected.largest()));
    }

    @Test
    void kernelFollowsTheParameters() {
        var network = Mlp.of(4, 5, 2).precision(Precision.FLOAT64).build();
        var kernel = TangentKernel.of(network);
        double[][] x = inputs(3, 4, 3);
        kernel.whole(x);
        network.parameters().array().scale(0.5);
        network.parameters().changed();
        assertKernel(jacobian(network, x), jacobian(network, x), kernel.whole(x));
    }

    @Test
    void largestHessianEigenvalueIsThatOfTheKernelOverNWhereTheResidualVanishes() {
        var network = Mlp.of(4, 9, 2).precision(Precision.FLOAT64).seed(5).build();
        double[][] x = inputs(7, 4, 4);
        var derivatives = Derivatives.of(network, SquaredError.HALF_MEAN, x, network.evaluate(x));
        var kernel = TangentKernel.of(network).whole(x);
        var spectrum = Sharpness.spectrum(derivatives, Lanczos.of(5).withTolerance(1e-9));
        double[] eigenvalues = kernel.eigenvalues();
        for (int i = 0; i < 5; i++)
            assertEquals(eigenvalues[i] / 7, spectrum.value(i), 1e-10 * eigenvalues[0]);
        var gaussNewton = Lanczos.of(5).withTolerance(1e-9).largest(Hessian.gaussNewton(derivatives));
        assertArrayEquals(spectrum.values(), gaussNewton.values(), 1e-9 * eigenvalues[0]);
    }

    @Test
    void badInputsAreRefused() {
        var kernel = TangentKernel.of(Mlp.of(4, 5, 2).build());
        assertThrows(IllegalArgumentException.class, () -> kernel.output(2, inputs(3, 4, 1)));
        assertThrows(IllegalArgumentException.class, () -> kernel.output(-1, inputs(3, 4, 1)));
        assertThrows(IllegalArgumentException.class, () -> TangentKernel.observable(inputs(3, 4, 1), 4));
        assertThrows(IllegalArgumentException.class, () -> TangentKernel.observable(inputs(3, 4, 1), 0));
        assertThrows(IllegalArgumentException.class, () -> kernel.whole(inputs(3, 5, 1)));
        assertThrows(IllegalArgumentException.class, () -> kernel.whole(new double[0][0]));
        assertThrows(IllegalArgumentException.class,
                () -> kernel.whole(new double[][]{{1, 2, 3, Double.NaN}}));
    }

    /** A network whose first layer has no shortcut for kernels, and sample gradients only if asked for. */
    private static Network opaque(boolean sampleGradients) {
        return Network
                .of(Shape.of(4), new Opaque(Dense.of(6), sampleGradients), Layers.tanh(), Layers.dense(3))
                .precision(Precision.FLOAT64).seed(4).build();
    }

    private record Opaque(Layer layer, boolean sampleGradients) implements Layer {
        @Override
        public Shape outputShape(Shape input) { return layer.outputShape(input); }

        @Override
        public List<ParameterSpec> parameters(Shape input) { return layer.parameters(input); }

        @Override
        public Node bind(Binding binding) {
            var inner = layer.bind(binding);
            return new Node() {
                @Override
                public Tensor output() { return inner.output(); }

                @Override
                public void forward(Pass pass) { inner.forward(pass); }

                @Override
                public void backward(Pass pass) { inner.backward(pass); }

                @Override
                public boolean sampleGradients(Array jacobian, int stride) {
                    return sampleGradients && inner.sampleGradients(jacobian, stride);
                }
            };
        }
    }

    public static double[][] inputs(int n, int d, long seed) {
        var random = new Random(seed);
        var x = new double[n][d];
        for (double[] row : x) for (int j = 0; j < d; j++) row[j] = random.nextGaussian();
        return x;
    }

    /** Row i C + o is ∂f_o(xᵢ)/∂θ, by central differences. */
    private static double[][] jacobian(Network network, double[][] x) {
        int outputs = network.output().count();
        Array theta = network.parameters().array();
        var jacobian = new double[x.length * outputs][theta.length()];
        double h = 1e-5;
        for (int p = 0; p < theta.length(); p++) {
            double old = theta.get(p);
            theta.set(p, old + h);
            double[][] plus = network.evaluate(x);
            theta.set(p, old - h);
            double[][] minus = network.evaluate(x);
            theta.set(p, old);
            for (int r = 0; r < jacobian.length; r++) {
                jacobian[r][p] = (plus[r / outputs][r % outputs] - minus[r / outputs][r % outputs]) / (2 * h);
            }
        }
        return jacobian;
    }

    private static double[][] rowsOf(double[][] jacobian, int output) {
        return java.util.stream.IntStream.range(0, jacobian.length).filter(r -> r % 3 == output)
                .mapToObj(r -> jacobian[r]).toArray(double[][]::new);
    }

    private static void assertKernel(double[][] left, double[][] right, KernelMatrix kernel) {
        assertEquals(left.length, kernel.rows());
        assertEquals(right.length, kernel.columns());
        for (int i = 0; i < left.length; i++) {
            for (int j = 0; j < right.length; j++) {
                double sum = 0;
                for (int p = 0; p < left[i].length; p++) sum += left[i][p] * right[j][p];
                assertEquals(sum, kernel.get(i, j), 1e-7 * (1 + Math.abs(sum)), "entry " + i + ", " + j);
            }
        }
    }
}
