package mechanics.network.layers;

import mechanics.network.Binding;
import mechanics.network.Node;
import mechanics.network.Tensor;

/**
 * The mean over each patch of an image, channel by channel: height × width × channels in, ⌊(height − size) / stride⌋
 * + 1 rows and likewise columns out.
 *
 * @param size the rows and columns of a patch
 * @param stride the step from a patch to the next
 */
public record MeanPool(int size, int stride) implements Pooling {
    /** Checks the sizes. */
    public MeanPool {
        Pooling.check(size, stride);
    }

    /**
     * The mean over patches that lie side by side.
     *
     * @param size side of the squares, in pixels
     */
    public static MeanPool of(int size) { return new MeanPool(size, size); }

    @Override
    public Node bind(Binding binding) {
        Tensor x = binding.input();
        var patches = patches(x.shape());
        double weight = 1.0 / (size * size);
        return new LinearNode(x, binding.tensor(outputShape(x.shape())),
                (image, beta, y) -> patches.sum(weight, image, beta, y),
                (y, beta, image) -> patches.spread(weight, y, beta, image));
    }
}
