package mechanics.network;

import java.util.List;

import mechanics.base.Shape;

/**
 * The description of a map with parameters: immutable, and free of numbers. To add a kind of layer, say what shape
 * it gives and what parameters it has, and {@linkplain #bind make} the {@link Node} that computes it.
 */
public interface Layer {
    /**
     * The shape of the output for one sample.
     *
     * @param input the shape of one input
     * @throws IllegalArgumentException where the layer cannot take inputs of this shape
     */
    Shape outputShape(Shape input);

    /**
     * The parameters, in the order in which they lie in memory; none unless told otherwise.
     *
     * @param input the shape of one input
     */
    default List<ParameterSpec> parameters(Shape input) { return List.of(); }

    /** The number of residual branches in here: the depth L that {@link Parameterization} scales with. */
    default int residualBranches() {
        return 0;
    }

    /**
     * This layer as it is to be evaluated on single samples, after a forward pass of the given node of it: with the
     * statistics of that batch in place of those of whatever batch comes. Itself where no batch matters.
     *
     * @param node the node of this layer after a forward pass
     */
    default Layer evaluated(Node node) { return this; }

    /**
     * Makes the node that computes this layer in a workspace, with the tensors that {@code binding} hands out.
     *
     * @param binding hands out input, parameters and new tensors
     */
    Node bind(Binding binding);
}
