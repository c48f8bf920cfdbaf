package mechanics.network.layers;

import java.util.List;

import mechanics.base.Shape;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;

/** A layer that is short for others, which may depend on the shape of its input. */
interface Composite extends Layer {
    /**
     * The layers that this one stands for.
     *
     * @throws IllegalArgumentException where the layer cannot take inputs of this shape
     */
    Layer expand(Shape input);

    @Override
    default Shape outputShape(Shape input) { return expand(input).outputShape(input); }

    @Override
    default List<ParameterSpec> parameters(Shape input) { return expand(input).parameters(input); }

    @Override
    default Node bind(Binding binding) { return expand(binding.input().shape()).bind(binding); }
}
