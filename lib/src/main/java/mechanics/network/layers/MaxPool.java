package mechanics.network.layers;

import mechanics.linalg.Patches;
import mechanics.linalg.Rows;
import mechanics.network.Binding;
import mechanics.network.Node;
import mechanics.network.Pass;
import mechanics.network.Tensor;

/**
 * The largest entry of each patch of an image, channel by channel: height × width × channels in, ⌊(height − size) /
 * stride⌋ + 1 rows and likewise columns out. Of equal entries the first counts, row by row. Derivatives go to and
 * from that entry alone; second derivatives of the layer are zero wherever it has any.
 *
 * @param size the rows and columns of a patch
 * @param stride the step from a patch to the next
 */
public record MaxPool(int size, int stride) implements Pooling {
    /** Checks the sizes. */
    public MaxPool {
        Pooling.check(size, stride);
    }

    /**
     * The largest of patches that lie side by side.
     *
     * @param size side of the squares, in pixels
     */
    public static MaxPool of(int size) { return new MaxPool(size, size); }

    @Override
    public Node bind(Binding binding) {
        Tensor x = binding.input();
        return new Largest(x, binding.tensor(outputShape(x.shape())), patches(x.shape()));
    }

    private static final class Largest implements Node.WithoutParameters {
        private final Tensor x;
        private final Patches patches;
        private final LinearNode choice;
        /** For each output, where in the input it comes from. */
        private int[] index = {};

        Largest(Tensor x, Tensor output, Patches patches) {
            this.x = x;
            this.patches = patches;
            choice = new LinearNode(x, output,
                    (image, beta, y) -> Rows.gather(1, image, index, y.length(), 1, beta, y),
                    (y, beta, image) -> {
                        if (beta == 0) image.fill(0);
                        Rows.scatter(1, y, index, y.length(), 1, image);
                    });
        }

        @Override
        public Tensor output() { return choice.output(); }

        @Override
        public void forward(Pass pass) {
            if (pass == Pass.VALUE) {
                if (index.length < output().length()) index = new int[output().length()];
                patches.largest(x.value(), index);
            }
            choice.forward(pass);
        }

        @Override
        public void backward(Pass pass) { choice.backward(pass); }
    }
}
