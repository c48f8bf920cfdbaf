package mechanics.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

import mechanics.base.Require;
import mechanics.base.Shape;
import mechanics.network.Activation;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Network;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.network.layers.Dense;
import mechanics.training.tasks.DerivativeCheck;
import mechanics.training.tasks.DerivativeMismatchException;

/** The code of the guide to writing a layer. */
class LayerGuideTest {
    // guide: describe
    /** y = (A x) ∘ (B x): the bilinear layer (Shazeer 2020). Parameters: A and B, width × inputs. */
    record Bilinear(int width) implements Layer {
        Bilinear {
            Require.positive("width", width);
        }

        @Override
        public Shape outputShape(Shape input) { return input.withColumns(width); }

        @Override
        public List<ParameterSpec> parameters(Shape input) {
            return List.of(ParameterSpec.weight("a", width, input.columns()),
                    ParameterSpec.weight("b", width, input.columns()));
        }

        @Override
        public Node bind(Binding binding) { return new BilinearNode(width, binding); }
    }
    // end

    // guide: compute
    static final class BilinearNode implements Node {
        private final Tensor x;
        private final Tensor a;
        private final Tensor b;
        private final double ca;
        private final double cb;
        private final Tensor u; // A x
        private final Tensor v; // B x
        private final Tensor y;

        BilinearNode(int width, Binding binding) {
            x = binding.input();
            a = binding.parameter("a");
            b = binding.parameter("b");
            ca = binding.multiplier("a");
            cb = binding.multiplier("b");
            Shape output = x.shape().withColumns(width);
            u = binding.tensor(output);
            v = binding.tensor(output);
            y = binding.tensor(output);
        }

        @Override
        public Tensor output() { return y; }

        @Override
        public void forward(Pass pass) {
            u.clear(pass);
            pass.addProduct(ca, x, false, a, true, u);
            u.settle(pass);
            v.clear(pass);
            pass.addProduct(cb, x, false, b, true, v);
            v.settle(pass);
            y.clear(pass);
            pass.addMultiple(u, v, y);
            y.settle(pass);
        }

        @Override
        public void backward(Pass pass) {
            Tensor dy = y.adjoint();
            Tensor du = u.adjoint();
            Tensor dv = v.adjoint();
            du.clear(pass);
            pass.addMultiple(dy, v, du);
            du.settle(pass);
            dv.clear(pass);
            pass.addMultiple(dy, u, dv);
            dv.settle(pass);
            pass.addProduct(ca, du, true, x, false, a.adjoint());
            pass.addProduct(cb, dv, true, x, false, b.adjoint());
            pass.addProduct(ca, du, false, a, false, x.adjoint());
            pass.addProduct(cb, dv, false, b, false, x.adjoint());
        }
    }
    // end

    @Test
    void theLayerHasTheDerivativesOfItsFormula() {
        // guide: check
        DerivativeCheck.layer(new Bilinear(2), Shape.of(3));
        DerivativeCheck.layer(new Bilinear(2), Shape.of(4, 3)); // a sequence of 4 vectors
        // end
    }

    @Test
    void theLayerComputesItsFormula() {
        // guide: use
        Network network = Network.of(Shape.of(3), new Bilinear(8), Dense.of(1)).build();
        double[][] outputs = network.evaluate(new double[][]{{1, 0, -1}, {2, 0, -2}});
        // end
        assertEquals(4 * outputs[0][0], outputs[1][0], 1e-5 * Math.abs(outputs[1][0]) + 1e-7);
        assertThrows(IllegalArgumentException.class, () -> new Bilinear(0));
    }

    @Test
    void theActivationHasTheDerivativesOfItsFormula() {
        // guide: activation
        Activation wrong = Activation.of("softsign", z -> z / (1 + Math.abs(z)),
                z -> Math.pow(1 + Math.abs(z), -2), z -> 2 * Math.pow(1 + Math.abs(z), -3)); // the sign is lost
        DerivativeMismatchException found = assertThrows(DerivativeMismatchException.class,
                () -> DerivativeCheck.activation(wrong, -2, -0.5, 1));
        // end
        assertEquals(0, found.getMessage().indexOf("φ″(1.0) of softsign"), found.getMessage());
    }
}
