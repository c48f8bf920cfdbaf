package mechanics.network.layers;

import java.util.List;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Standardization;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;
import mechanics.network.Tensor;

/**
 * Layer normalization (Ba, Kiros and Hinton 2016): every row, along the last axis, is brought to mean 0 and variance
 * 1 and then gets gains and biases, y = g ∘ (x − mean x) / √(var x + ε) + b. Parameters: {@code gain}, 1 at the
 * start, and {@code bias}, as long as a row.
 *
 * @param epsilon ε
 */
public record LayerNorm(double epsilon) implements Layer {
    /** Checks ε. */
    public LayerNorm {
        NormalizationNode.requirePositive(epsilon);
    }

    /** The layer with ε = 10⁻⁵. */
    public static LayerNorm of() { return new LayerNorm(1e-5); }

    @Override
    public Shape outputShape(Shape input) { return input; }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return NormalizationNode.parameters(input.columns());
    }

    @Override
    public Node bind(Binding binding) { return new RowNode(epsilon, binding); }

    private static final class RowNode extends NormalizationNode {
        private final double epsilon;
        /** 1/√(var + ε), one for each row. */
        private final Tensor r;

        RowNode(double epsilon, Binding binding) {
            super(binding);
            this.epsilon = epsilon;
            r = binding.tensor(Shape.of(binding.input().shape().rows()));
        }

        @Override
        void standardize(Array x, Array xHat) { Standardization.rows(x, epsilon, xHat, r.value()); }

        @Override
        void differentiate(Array xHat, Array v, Array xHatTangent) {
            Standardization.rowsDerivative(xHat, r.value(), v, 0, xHatTangent, r.tangent());
        }

        @Override
        void addAdjoint(Array xHat, Array v, double beta, Array dx) {
            Standardization.rowsDerivative(xHat, r.value(), v, beta, dx, null);
        }

        @Override
        void addAdjointTangent(Array xHat, Array xHatTangent, Array v, Array dx) {
            Standardization.addRowsSecondDerivative(xHat, xHatTangent, r.value(), r.tangent(), v, dx);
        }
    }
}
