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
 * Adds a learned vector to each place of a sequence, the same in every sample: y = x + c table, tokens × width.
 */
public record PositionEmbedding() implements Layer {
    @Override
    public Shape outputShape(Shape input) {
        Attention.requireTokens("position embedding", input);
        return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return List.of(
                new ParameterSpec("table", outputShape(input), Role.EMBEDDING, 1, input.columns(), false));
    }

    @Override
    public Node bind(Binding binding) { return new Placed(binding); }

    private static final class Placed implements Node {
        private final Tensor x;
        private final Tensor y;
        private final Tensor table;
        private final double factor;
        private final int offset;

        Placed(Binding binding) {
            x = binding.input();
            y = binding.tensor(x.shape());
            table = binding.parameter("table");
            factor = binding.multiplier("table");
            offset = binding.offset("table");
        }

        @Override
        public Tensor output() { return y; }

        @Override
        public void forward(Pass pass) {
            y.clear(pass);
            // A whole sample is one row here.
            pass.addRows(factor, table, y);
            pass.add(1, x, y);
            y.settle(pass);
        }

        @Override
        public void backward(Pass pass) {
            pass.addRowSum(factor, y.adjoint(), table.adjoint());
            pass.add(1, y.adjoint(), x.adjoint());
        }

        @Override
        public boolean sampleGradients(Array jacobian, int stride) {
            Array delta = y.adjoint().value();
            int size = table.length();
            for (int i = 0; i < x.samples(); i++) {
                jacobian.view(i * stride + offset, size).combine(factor, delta.view(i * size, size), 0);
            }
            return true;
        }

        @Override
        public boolean addTangentKernel(Array kernel, Array scratch, Array moreScratch) {
            // ∂fᵢ/∂table = c δᵢ: K += c² Δ Δᵀ.
            Array delta = y.adjoint().value();
            int n = x.samples();
            kernel.gemm(factor * factor, delta, false, delta, true, n, n, table.length(), 1);
            return true;
        }
    }
}
