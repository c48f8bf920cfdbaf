package mechanics.network.layers;

import mechanics.base.Shape;
import mechanics.network.Activation;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.Pass;
import mechanics.network.Tensor;

/**
 * The layer y = φ(x), entry by entry. The forward pass keeps φ′(x), so that backward and tangent passes are plain
 * products; φ″ is computed only for second derivatives.
 *
 * @param activation φ
 */
public record Nonlinearity(Activation activation) implements Layer {
    @Override
    public Shape outputShape(Shape input) { return input; }

    @Override
    public Node bind(Binding binding) {
        Shape shape = binding.input().shape();
        return new Applied(activation, binding.input(), binding.tensor(shape), binding.tensor(shape),
                new Activation.Scratch());
    }

    private record Applied(Activation activation, Tensor x, Tensor output, Tensor slope,
            Activation.Scratch scratch)
            implements
                Node.WithoutParameters {
        @Override
        public void forward(Pass pass) {
            output.clear(pass);
            switch (pass) {
                case VALUE -> {
                    output.markWritten(pass);
                    activation.evaluate(x.value(), output.value(), slope.value(), scratch);
                }
                case TANGENT -> {
                    if (!x.isConstant()) {
                        output.tangent().multiply(slope.value(), x.tangent(), output.markAdded(pass));
                    }
                    output.settle(pass);
                }
            }
        }

        @Override
        public void backward(Pass pass) {
            Tensor dx = x.adjoint();
            if (dx.isConstant()) return;
            Tensor dy = output.adjoint();
            // δₓ = φ′ δ, and its tangent φ′ δ̇ + φ″ ẋ δ.
            double beta = dx.markAdded(pass);
            switch (pass) {
                case VALUE -> dx.value().multiply(slope.value(), dy.value(), beta);
                case TANGENT -> activation.multiplyTangent(x.value(), output.value(), slope.value(),
                        x.tangent(), dy.value(), dy.tangent(), beta, dx.tangent(), scratch);
            }
        }
    }
}
