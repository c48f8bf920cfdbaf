package mechanics.network.layers;

import mechanics.base.Shape;
import mechanics.linalg.Rows;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.Tensor;

/** The mean over all rows of a sample: tokens × width in, width out; for an image, the mean of each channel. */
public record GlobalAveragePool() implements Layer {
    @Override
    public Shape outputShape(Shape input) { return Shape.of(input.columns()); }

    @Override
    public Node bind(Binding binding) {
        Tensor x = binding.input();
        int tokens = x.shape().rows();
        int width = x.columns();
        var owner = new Owner(tokens);
        return new LinearNode(x, binding.tensor(outputShape(x.shape())), (rows, beta, y) -> {
            if (beta == 0) y.fill(0);
            int n = rows.length() / width;
            Rows.scatter(1.0 / tokens, rows, owner.of(n), n, width, y);
        }, (y, beta, rows) -> {
            int n = rows.length() / width;
            Rows.gather(1.0 / tokens, y, owner.of(n), n, width, beta, rows);
        });
    }

    /** The number of the sample that each row belongs to. */
    private static final class Owner {
        private final int tokens;
        private int[] sample = {};

        Owner(int tokens) { this.tokens = tokens; }

        int[] of(int rows) {
            if (sample.length < rows) {
                sample = new int[rows];
                for (int i = 0; i < rows; i++) sample[i] = i / tokens;
            }
            return sample;
        }
    }
}
