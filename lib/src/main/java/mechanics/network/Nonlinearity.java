package mechanics.network;

import mechanics.linalg.Array;
import mechanics.linalg.Shape;

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
                    output.accumulate(pass);
                    activation.evaluate(x.value(), output.value(), slope.value(), scratch);
                }
                case TANGENT -> {
                    if (!x.isConstant()) {
                        output.tangent().multiply(slope.value(), x.tangent(), output.accumulate(pass));
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
            dx.array(pass).multiply(slope.value(), dy.array(pass), dx.accumulate(pass));
            if (pass == Pass.TANGENT && !activation.isPiecewiseLinear()) {
                addCurvature(x.value(), x.tangent(), dy.value(), dx.tangent());
            }
        }

        private void addCurvature(Array z, Array zTangent, Array delta, Array result) {
            double[] curvature = scratch.slope;
            double[] block = scratch.value;
            for (int from = 0; from < z.length(); from += Activation.Scratch.SIZE) {
                int n = Math.min(Activation.Scratch.SIZE, z.length() - from);
                z.load(from, scratch.z, n);
                activation.curvature(scratch.z, curvature, n);
                zTangent.load(from, block, n);
                for (int i = 0; i < n; i++) curvature[i] *= block[i];
                delta.load(from, block, n);
                for (int i = 0; i < n; i++) curvature[i] *= block[i];
                result.load(from, block, n);
                for (int i = 0; i < n; i++) block[i] += curvature[i];
                result.store(from, block, n);
            }
        }
    }
}
