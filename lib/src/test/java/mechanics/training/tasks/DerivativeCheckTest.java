package mechanics.training.tasks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import mechanics.base.Shape;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.network.layers.Attention;
import mechanics.network.layers.BatchNorm;
import mechanics.network.layers.Convolution;
import mechanics.network.layers.Dense;
import mechanics.network.layers.Layers;
import mechanics.network.layers.Nonlinearity;
import mechanics.network.zoo.Mlp;
import mechanics.training.Derivatives;
import mechanics.training.Quadratic;

class DerivativeCheckTest {
    private static final double[] POINTS = {-2.3, -0.4, 0.7, 1.9};

    private static Activation tanh(DoubleUnaryOperator slope, DoubleUnaryOperator curvature) {
        return Activation.of("mine", Math::tanh, slope, curvature);
    }

    private static double slope(double z) { return 1 - Math.tanh(z) * Math.tanh(z); }

    private static double curvature(double z) { return -2 * Math.tanh(z) * slope(z); }

    private static void assertCaught(String part, Executable check) {
        String message = assertThrows(DerivativeMismatchException.class, check).getMessage();
        assertTrue(message.contains(part) && message.contains("expected"), message);
    }

    @Test
    void rightDerivativesPass() {
        for (var phi : List.of(Activation.TANH, Activation.GELU, Activation.SILU, Activation.SOFTPLUS,
                Activation.RELU,
                Activation.ERF, Activation.SIGMOID,
                tanh(DerivativeCheckTest::slope, DerivativeCheckTest::curvature))) {
            assertDoesNotThrow(() -> DerivativeCheck.activation(phi, POINTS));
        }
        DerivativeCheck.layer(Layers.gelu(), Shape.of(3));
        DerivativeCheck.layer(Convolution.of(2, 2), Shape.of(3, 3, 2));
        DerivativeCheck.layer(Attention.of(2), Shape.of(3, 4));
        DerivativeCheck.layer(BatchNorm.of(), Shape.of(3));
    }

    @Test
    void aWrongSlopeIsCaughtAtItsPoint() {
        assertCaught("φ′(-0.4) of mine", () -> DerivativeCheck.activation(
                tanh(z -> z == -0.4 ? 0.8 : slope(z), DerivativeCheckTest::curvature), -0.4));
    }

    @Test
    void aWrongSecondDerivativeIsCaught() {
        var wrong = tanh(DerivativeCheckTest::slope, z -> 0.77 * curvature(z));
        assertCaught("φ″(-2.3) of mine", () -> DerivativeCheck.activation(wrong, POINTS));
        // In a network only the second derivatives can tell.
        assertCaught("H v at ", () -> DerivativeCheck.layer(new Nonlinearity(wrong), Shape.of(3)));
    }

    @Test
    void aDerivativeThatIsNotANumberIsCaught() {
        assertCaught("NaN", () -> DerivativeCheck.activation(
                tanh(DerivativeCheckTest::slope, _ -> Double.NaN), POINTS));
    }

    /** y = 2x, with a backward pass off by a factor. */
    private record Doubled(double backward) implements Layer {
        @Override
        public Shape outputShape(Shape input) { return input; }

        @Override
        public Node bind(Binding binding) {
            return new Twice(binding.input(), binding.tensor(binding.input().shape()), backward);
        }

        private record Twice(Tensor x, Tensor output, double factor) implements Node.WithoutParameters {
            @Override
            public void forward(Pass pass) {
                output.clear(pass);
                pass.add(2, x, output);
                output.settle(pass);
            }

            @Override
            public void backward(Pass pass) { pass.add(factor, output.adjoint(), x.adjoint()); }
        }
    }

    @Test
    void aWrongBackwardPassIsCaught() {
        DerivativeCheck.layer(new Doubled(2), Shape.of(3));
        assertCaught("∂L/∂θ at ", () -> DerivativeCheck.layer(new Doubled(1.9), Shape.of(3)));
    }

    @Test
    void parametersAreLeftAsTheyWere() {
        var network = Mlp.of(3, 4, 1).precision(Precision.FLOAT64).build();
        double[] before = network.parameters().array().toDoubles();
        DerivativeCheck.parameters(Derivatives.of(network, SquaredError.SUM, Quadratic.normal(4, 3, 1),
                Quadratic.normal(4, 1, 2)));
        assertArrayEquals(before, network.parameters().array().toDoubles());
    }

    @Test
    void singlePrecisionAndMissingPointsAreRefused() {
        var single = Mlp.of(3, 1).precision(Precision.FLOAT32).build();
        var loss = Derivatives.of(single, SquaredError.SUM, new double[2][3], new double[2][1]);
        for (Executable call : List.<Executable>of(() -> DerivativeCheck.parameters(loss),
                () -> DerivativeCheck.activation(Activation.TANH),
                () -> DerivativeCheck.activation(Activation.TANH, Double.NaN))) {
            String message = assertThrows(IllegalArgumentException.class, call).getMessage();
            assertTrue(message.contains("expected"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> DerivativeCheck.layer(Dense.of(2), Shape.of(0)));
    }
}
