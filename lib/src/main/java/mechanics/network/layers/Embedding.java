package mechanics.network.layers;

import mechanics.base.Require;

import java.util.List;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Rows;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;
import mechanics.network.Pass;
import mechanics.network.Role;
import mechanics.network.Tensor;

/**
 * A vector for each token: inputs of shape (tokens) are token numbers, 0 to vocabulary − 1, and the output, tokens ×
 * width, has the rows with these numbers of the parameter {@code table}, vocabulary × width. The layer has no
 * derivative with respect to its inputs: their adjoint gets nothing.
 *
 * @param vocabulary the number of different tokens
 * @param width the length of a vector
 */
public record Embedding(int vocabulary, int width) implements Layer {
    /** Checks the sizes. */
    public Embedding {
        Require.positive("vocabulary", vocabulary);
        Require.positive("width", width);
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != 1) {
            throw new IllegalArgumentException(
                    "embedding of inputs of shape " + input + ": expected (tokens)");
        }
        return Shape.of(input.count(), width);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return List
                .of(new ParameterSpec("table", Shape.of(vocabulary, width), Role.EMBEDDING, 1, width, false));
    }

    @Override
    public Node bind(Binding binding) { return new Looked(this, binding); }

    private static final class Looked implements Node {
        private final int vocabulary;
        private final Tensor tokens;
        private final Tensor y;
        private final Tensor table;
        private final double factor;
        private final int offset;
        private final Pass.Linear look = this::look;
        private final Pass.Linear collect = this::collect;
        private int[] index = {};

        Looked(Embedding layer, Binding binding) {
            vocabulary = layer.vocabulary;
            tokens = binding.input();
            y = binding.tensor(layer.outputShape(tokens.shape()));
            table = binding.parameter("table");
            factor = binding.multiplier("table");
            offset = binding.offset("table");
        }

        @Override
        public Tensor output() { return y; }

        @Override
        public void forward(Pass pass) {
            if (pass == Pass.VALUE) readTokens();
            y.clear(pass);
            pass.addLinear(look, table, y);
            y.settle(pass);
        }

        @Override
        public void backward(Pass pass) {
            pass.addLinear(collect, y.adjoint(), table.adjoint());
            if (!tokens.isConstant()) tokens.adjoint().settle(pass);
        }

        private void look(Array rows, double beta, Array result) {
            Rows.gather(factor, rows, index, tokens.length(), y.columns(), beta, result);
        }

        private void collect(Array delta, double beta, Array result) {
            if (beta == 0) result.fill(0);
            Rows.scatter(factor, delta, index, tokens.length(), y.columns(), result);
        }

        private void readTokens() {
            Array numbers = tokens.value();
            if (index.length < numbers.length()) index = new int[numbers.length()];
            for (int i = 0; i < numbers.length(); i++) {
                double number = numbers.get(i);
                int token = (int) number;
                if (token != number || token < 0 || token >= vocabulary) {
                    throw new IllegalArgumentException("token = " + number + " at place " + i
                            + ": expected a whole number from 0 to " + (vocabulary - 1));
                }
                index[i] = token;
            }
        }

        @Override
        public boolean sampleGradients(Array jacobian, int stride) {
            int perSample = tokens.shape().count();
            int width = y.columns();
            Array delta = y.adjoint().value();
            for (int i = 0; i < tokens.samples(); i++) {
                Array gradient = jacobian.view(i * stride + offset, table.length());
                gradient.fill(0);
                for (int t = i * perSample; t < (i + 1) * perSample; t++) {
                    gradient.view(index[t] * width, width).add(factor, delta.view(t * width, width));
                }
            }
            return true;
        }
    }
}
