package mechanics.network.layers;

import java.util.ArrayList;
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
 * The fully connected layer y = c W x + c′ b along the last axis, with the multipliers c, c′ of the
 * parameterization. Parameters: {@code weight}, width × inputs, and {@code bias}, width. Cost per row and pass:
 * width × inputs multiply–adds forward, twice that backward.
 *
 * @param width the number of outputs
 * @param bias whether there is a bias
 * @param role the role of the weights; {@link Role#WEIGHT} lets their place decide
 */
public record Dense(int width, boolean bias, Role role) implements Layer {
    /** Checks the width. */
    public Dense {
        if (width <= 0) throw new IllegalArgumentException("width = " + width + ": expected at least 1");
    }

    /**
     * The layer with a bias.
     *
     * @param width the number of outputs
     */
    public static Dense of(int width) { return new Dense(width, true, Role.WEIGHT); }

    /** This layer without a bias. */
    public Dense withoutBias() { return new Dense(width, false, role); }

    /**
     * This layer with its weights in the given role.
     *
     * @param other the role, which decides start and learning rate in a parameterization
     */
    public Dense in(Role other) { return new Dense(width, bias, other); }

    @Override
    public Shape outputShape(Shape input) { return input.withColumns(width); }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        var specs = new ArrayList<ParameterSpec>();
        specs.add(ParameterSpec.weight("weight", width, input.columns()).withRole(role));
        if (bias) specs.add(ParameterSpec.bias("bias", width));
        return specs;
    }

    @Override
    public Node bind(Binding binding) { return new DenseNode(this, binding); }

    private static final class DenseNode implements Node {
        private final Tensor x;
        private final Tensor y;
        private final Tensor w;
        private final double c;
        private final int weightOffset;
        /** Null where there is none. */
        private final Tensor b;
        private final double cBias;
        private final int biasOffset;

        DenseNode(Dense layer, Binding binding) {
            x = binding.input();
            y = binding.tensor(layer.outputShape(x.shape()));
            w = binding.parameter("weight");
            c = binding.multiplier("weight");
            weightOffset = binding.offset("weight");
            b = layer.bias ? binding.parameter("bias") : null;
            cBias = layer.bias ? binding.multiplier("bias") : 0;
            biasOffset = layer.bias ? binding.offset("bias") : 0;
        }

        @Override
        public Tensor output() { return y; }

        @Override
        public void forward(Pass pass) {
            y.clear(pass);
            // The bias goes first: the product then adds to it at no cost.
            if (b != null) pass.addRows(cBias, b, y);
            pass.addProduct(c, x, false, w, true, y);
            y.settle(pass);
        }

        @Override
        public void backward(Pass pass) {
            Tensor dy = y.adjoint();
            pass.addProduct(c, dy, true, x, false, w.adjoint());
            if (b != null) pass.addRowSum(cBias, dy, b.adjoint());
            pass.addProduct(c, dy, false, w, false, x.adjoint());
        }

        @Override
        public boolean sampleGradients(Array jacobian, int stride) {
            Array delta = y.adjoint().value();
            int rows = x.shape().rows();
            int in = x.columns();
            int out = y.columns();
            for (int i = 0; i < x.samples(); i++) {
                int at = i * stride;
                jacobian.gemm(out, in, rows, c, delta, i * rows * out, out, true, x.value(), i * rows * in,
                        in,
                        false, 0, at + weightOffset, in);
                if (b != null) {
                    jacobian.view(at + biasOffset, out).sumRows(cBias, delta.view(i * rows * out, rows * out),
                            0);
                }
            }
            return true;
        }

        @Override
        public boolean addTangentKernel(Array kernel, Array scratch, Array moreScratch) {
            if (x.shape().rows() != 1) return false;
            // K += (c² X Xᵀ + c′²) ∘ Δ Δᵀ
            int n = x.samples();
            if (b != null) {
                scratch.fill(cBias * cBias);
            }
            scratch.gemm(c * c, x.value(), false, x.value(), true, n, n, x.columns(), b == null ? 0 : 1);
            Array delta = y.adjoint().value();
            moreScratch.gemm(1, delta, false, delta, true, n, n, y.columns(), 0);
            kernel.multiply(scratch, moreScratch, 1);
            return true;
        }
    }
}
