package mechanics.network.layers;

import mechanics.base.Require;
import mechanics.base.Shape;
import mechanics.linalg.Patches;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;

/**
 * Makes each pixel of an image a square of equal pixels: height × width × channels in, the first two times the
 * factor out.
 *
 * @param factor the rows and columns of a square
 */
public record Upsample(int factor) implements Layer {
    /** Checks the factor. */
    public Upsample {
        Require.positive("factor", factor);
    }

    @Override
    public Shape outputShape(Shape input) {
        Convolution.requireImage("upsampling", input);
        return Shape.of(input.size(0) * factor, input.size(1) * factor, input.size(2));
    }

    @Override
    public Node bind(Binding binding) {
        Shape output = outputShape(binding.input().shape());
        var squares = new Patches(output.size(0), output.size(1), output.size(2), factor, factor, 0);
        return new LinearNode(binding.input(), binding.tensor(output),
                (x, beta, image) -> squares.spread(1, x, beta, image),
                (image, beta, x) -> squares.sum(1, image, beta, x));
    }
}
