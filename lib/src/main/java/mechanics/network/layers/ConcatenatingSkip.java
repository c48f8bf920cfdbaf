package mechanics.network.layers;

import java.util.List;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Rows;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;
import mechanics.network.Pass;
import mechanics.network.Sequential;
import mechanics.network.Tensor;

/**
 * The skip connection of a U-Net (Ronneberger, Fischer and Brox 2015): y = (x, f(x)), the channels of f(x) behind
 * those of x. The inner layers f must keep all sizes but the number of channels: pool, work on the smaller image,
 * and upsample again.
 *
 * @param inner f
 */
public record ConcatenatingSkip(Layer inner) implements Layer {
    /**
     * The skip connection around the given layers.
     *
     * @param inner layers one after another; the last keeps height and width
     */
    public static ConcatenatingSkip of(Layer... inner) {
        return new ConcatenatingSkip(Sequential.of(inner));
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape output = inner.outputShape(input);
        if (!output.withColumns(input.columns()).equals(input)) {
            throw new IllegalArgumentException("the inside of a skip connection gives " + output
                    + ": expected the sizes of its input " + input + " except for the last");
        }
        return input.withColumns(input.columns() + output.columns());
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) { return inner.parameters(input); }

    @Override
    public int residualBranches() { return inner.residualBranches(); }

    @Override
    public Layer evaluated(Node node) {
        return new ConcatenatingSkip(inner.evaluated(((Joined) node).inner));
    }

    @Override
    public Node bind(Binding binding) {
        Node node = binding.bind("", inner, binding.input());
        return new Joined(binding.input(), node, binding.tensor(outputShape(binding.input().shape())));
    }

    private static final class Joined implements Node {
        private final Tensor x;
        private final Node inner;
        private final Tensor output;
        private final Pass.Linear toFirst;
        private final Pass.Linear toSecond;
        private final Pass.Linear fromFirst;
        private final Pass.Linear fromSecond;

        Joined(Tensor x, Node inner, Tensor output) {
            this.x = x;
            this.inner = inner;
            this.output = output;
            int first = x.columns();
            int second = inner.output().columns();
            int both = output.columns();
            // Each writes its own columns, and each column is written once: nothing is kept of what was there.
            toFirst = (a, _, y) -> Rows.block(a, 0, first, 0, y, 0, both, a.length() / first, first);
            toSecond = (a, _, y) -> Rows.block(a, 0, second, 0, y, first, both, a.length() / second, second);
            fromFirst = (y, beta, a) -> Rows.block(y, 0, both, beta, a, 0, first, a.length() / first, first);
            fromSecond = (y, beta, a) -> Rows.block(y, first, both, beta, a, 0, second, a.length() / second,
                    second);
        }

        @Override
        public Tensor output() { return output; }

        @Override
        public void forward(Pass pass) {
            inner.forward(pass);
            output.clear(pass);
            // Columns that are skipped because they are constant need their zeros.
            if (pass.isZero(x) || pass.isZero(inner.output())) output.settle(pass);
            pass.addLinear(toFirst, x, output);
            pass.addLinear(toSecond, inner.output(), output);
        }

        @Override
        public void backward(Pass pass) {
            pass.addLinear(fromSecond, output.adjoint(), inner.output().adjoint());
            inner.backward(pass);
            pass.addLinear(fromFirst, output.adjoint(), x.adjoint());
        }

        @Override
        public boolean sampleGradients(Array jacobian, int stride) {
            return inner.sampleGradients(jacobian, stride);
        }

        @Override
        public boolean addTangentKernel(Array kernel, Array scratch, Array moreScratch) {
            return inner.addTangentKernel(kernel, scratch, moreScratch);
        }
    }
}
