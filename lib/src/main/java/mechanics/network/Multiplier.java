package mechanics.network;

import mechanics.base.Shape;

/**
 * Multiplication by a fixed number, y = α x.
 *
 * @param factor α
 */
public record Multiplier(double factor) implements Layer {
    /** Checks the factor. */
    public Multiplier {
        if (!Double.isFinite(factor)) {
            throw new IllegalArgumentException("factor = " + factor + ": expected a finite number");
        }
    }

    @Override
    public Shape outputShape(Shape input) { return input; }

    @Override
    public Node bind(Binding binding) {
        return new Scaled(binding.input(), factor, binding.tensor(binding.input().shape()));
    }

    private record Scaled(Tensor x, double factor, Tensor output) implements Node.WithoutParameters {
        @Override
        public void forward(Pass pass) {
            output.clear(pass);
            pass.add(factor, x, output);
            output.settle(pass);
        }

        @Override
        public void backward(Pass pass) { pass.add(factor, output.adjoint(), x.adjoint()); }
    }
}
