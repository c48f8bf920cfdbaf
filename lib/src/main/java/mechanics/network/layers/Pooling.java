package mechanics.network.layers;

import mechanics.base.Require;
import mechanics.base.Shape;
import mechanics.linalg.Patches;
import mechanics.network.Layer;

/**
 * A layer that makes one pixel of each patch of an image, channel by channel: height × width × channels in,
 * ⌊(height − size) / stride⌋ + 1 rows and likewise columns out.
 */
sealed interface Pooling extends Layer permits MaxPool, MeanPool {
    /** The rows and columns of a patch. */
    int size();

    /** The step from a patch to the next. */
    int stride();

    @Override
    default Shape outputShape(Shape input) {
        var patches = patches(input);
        return Shape.of(patches.down(), patches.across(), input.columns());
    }

    /**
     * The patches of an image of the given shape.
     *
     * @param input height, width, channels
     */
    default Patches patches(Shape input) {
        Convolution.requireImage("pooling", input);
        return new Patches(input.size(0), input.size(1), input.size(2), size(), stride(), 0);
    }

    /** Checks the sizes. */
    static void check(int size, int stride) {
        Require.positive("size", size);
        Require.positive("stride", stride);
    }
}
