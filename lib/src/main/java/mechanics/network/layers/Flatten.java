package mechanics.network.layers;

import mechanics.base.Shape;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;

/** All entries of a sample as one vector, in their order in memory: what stands before a dense layer on images. */
public record Flatten() implements Layer {
    @Override
    public Shape outputShape(Shape input) { return Shape.of(input.count()); }

    @Override
    public Node bind(Binding binding) {
        return new Reshape(outputShape(binding.input().shape())).bind(binding);
    }
}
