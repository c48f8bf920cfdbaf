package mechanics.network.layers;

import java.util.List;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;
import mechanics.network.Parameterization;
import mechanics.network.Pass;
import mechanics.network.Sequential;
import mechanics.network.Tensor;

/**
 * The residual layer y = x + c m f(x): a skip and a branch f. The factor m is this layer's own; c is what the
 * {@link Parameterization} puts before every branch, L^(−a) for L branches in the network and depth exponent a.
 *
 * @param branch f, which must keep the shape
 * @param multiplier m
 */
public record Residual(Layer branch, double multiplier) implements Layer {
    /** Checks the multiplier. */
    public Residual {
        if (!Double.isFinite(multiplier)) {
            throw new IllegalArgumentException("multiplier = " + multiplier + ": expected a finite number");
        }
    }

    /**
     * The residual layer with m = 1 around the given layers.
     *
     * @param branch layers one after another that keep the shape
     */
    public static Residual of(Layer... branch) { return new Residual(Sequential.of(branch), 1); }

    /**
     * This layer with another factor m.
     *
     * @param factor what the branch is multiplied by
     */
    public Residual multiplier(double factor) { return new Residual(branch, factor); }

    @Override
    public Shape outputShape(Shape input) {
        Shape output = branch.outputShape(input);
        if (!output.equals(input)) {
            throw new IllegalArgumentException(
                    "residual branch gives " + output + ": expected the shape of its input, " + input);
        }
        return output;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return branch.parameters(input).stream().map(ParameterSpec::withinBranch).toList();
    }

    @Override
    public int residualBranches() { return 1 + branch.residualBranches(); }

    @Override
    public Layer evaluated(Node node) {
        return new Residual(branch.evaluated(((Sum) node).branch), multiplier);
    }

    @Override
    public Node bind(Binding binding) {
        Node node = binding.bind("", branch, binding.input());
        Tensor output = binding.tensor(outputShape(binding.input().shape()));
        return new Sum(binding.input(), node, multiplier * binding.branchMultiplier(), output);
    }

    private record Sum(Tensor x, Node branch, double factor, Tensor output) implements Node {
        @Override
        public void forward(Pass pass) {
            branch.forward(pass);
            output.clear(pass);
            pass.add(1, x, output);
            pass.add(factor, branch.output(), output);
        }

        @Override
        public void backward(Pass pass) {
            pass.add(1, output.adjoint(), x.adjoint());
            pass.add(factor, output.adjoint(), branch.output().adjoint());
            branch.backward(pass);
        }

        @Override
        public boolean sampleGradients(Array jacobian, int stride) {
            return branch.sampleGradients(jacobian, stride);
        }

        @Override
        public boolean addTangentKernel(Array kernel, Array scratch, Array moreScratch) {
            return branch.addTangentKernel(kernel, scratch, moreScratch);
        }
    }
}
