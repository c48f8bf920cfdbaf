package mechanics.network.layers;

import mechanics.base.Shape;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;

/**
 * The same numbers in the same order under another shape of as many entries.
 *
 * @param shape the shape of the output
 */
public record Reshape(Shape shape) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
        if (input.count() != shape.count()) {
            throw new IllegalArgumentException("reshape of " + input + " to " + shape + ": expected "
                    + input.count() + " entries");
        }
        return shape;
    }

    @Override
    public Node bind(Binding binding) {
        Shape output = outputShape(binding.input().shape());
        return new LinearNode(binding.input(), binding.tensor(output), (x, beta, y) -> y.combine(1, x, beta),
                (y, beta, x) -> x.combine(1, y, beta));
    }
}
