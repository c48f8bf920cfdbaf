package mechanics.network.layers;

import java.util.List;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;
import mechanics.network.Pass;
import mechanics.network.Role;
import mechanics.network.Tensor;

/**
 * One linear function with weights that are a difference of squares, f(x) = Σ (uⱼ² − vⱼ²) xⱼ: the diagonal linear
 * network of two layers. Parameters: {@code u} and {@code v}, both 1 at the start, so that f = 0 there.
 */
public record SquaredDifference() implements Layer {
    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != 1) {
            throw new IllegalArgumentException(
                    "diagonal linear network on inputs of shape " + input + ": expected (inputs)");
        }
        return Shape.of(1);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        var u = new ParameterSpec("u", input, Role.GAIN, 1, 1, false);
        return List.of(u, u.withName("v"));
    }

    @Override
    public Node bind(Binding binding) { return new Squares(binding); }

    private static final class Squares implements Node {
        private final Tensor x;
        private final Tensor y;
        private final Tensor u;
        private final Tensor v;
        private final int uOffset;
        private final int vOffset;
        /** w = u ∘ u − v ∘ v, and v ∘ v alone. */
        private final Tensor w;
        private final Tensor negative;

        Squares(Binding binding) {
            x = binding.input();
            y = binding.tensor(Shape.of(1));
            u = binding.parameter("u");
            v = binding.parameter("v");
            uOffset = binding.offset("u");
            vOffset = binding.offset("v");
            w = Tensor.parameter(x.shape(), binding.precision());
            negative = Tensor.parameter(x.shape(), binding.precision());
        }

        @Override
        public Tensor output() { return y; }

        @Override
        public void forward(Pass pass) {
            negative.clear(pass);
            pass.addMultiple(v, v, negative);
            negative.settle(pass);
            w.clear(pass);
            pass.addMultiple(u, u, w);
            pass.add(-1, negative, w);
            w.settle(pass);
            y.clear(pass);
            pass.addProduct(1, x, false, w, true, y);
            y.settle(pass);
        }

        @Override
        public void backward(Pass pass) {
            Tensor dy = y.adjoint();
            Tensor dw = w.adjoint();
            dw.clear(pass);
            pass.addProduct(1, dy, true, x, false, dw);
            dw.settle(pass);
            Tensor dNegative = negative.adjoint();
            dNegative.clear(pass);
            pass.add(-1, dw, dNegative);
            // d(u ∘ u) = 2 u ∘ du.
            pass.addMultiple(u, dw, u.adjoint());
            pass.addMultiple(u, dw, u.adjoint());
            pass.addMultiple(v, dNegative, v.adjoint());
            pass.addMultiple(v, dNegative, v.adjoint());
            pass.addProduct(1, dy, false, w, false, x.adjoint());
        }

        @Override
        public boolean sampleGradients(Array jacobian, int stride) {
            int width = x.columns();
            for (int i = 0; i < x.samples(); i++) {
                Array sample = x.value().view(i * width, width);
                double delta = y.adjoint().value().get(i);
                Array du = jacobian.view(i * stride + uOffset, width);
                du.multiply(u.value(), sample, 0);
                du.scale(2 * delta);
                Array dv = jacobian.view(i * stride + vOffset, width);
                dv.multiply(v.value(), sample, 0);
                dv.scale(-2 * delta);
            }
            return true;
        }
    }
}
