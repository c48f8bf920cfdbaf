package mechanics.network;

import mechanics.base.Shape;
import mechanics.linalg.Precision;

/**
 * What a layer is given to make its {@link Node}: the input, its parameters by their own names, and tensors for what
 * it computes.
 */
public final class Binding {
    private final Workspace workspace;
    private final String prefix;
    private final Tensor input;

    Binding(Workspace workspace, String prefix, Tensor input) {
        this.workspace = workspace;
        this.prefix = prefix;
        this.input = input;
    }

    /** What the layer reads. */
    public Tensor input() { return input; }

    /** The format of all numbers. */
    public Precision precision() { return workspace.network().precision(); }

    /**
     * A new activation, one block of the given shape for each sample.
     *
     * @param shape that of one sample's block
     */
    public Tensor tensor(Shape shape) { return workspace.activation(shape); }

    /**
     * The parameter that the layer's specification calls {@code name}.
     *
     * @param name as in the layer's specification
     */
    public Tensor parameter(String name) { return workspace.parameter(prefix + name); }

    /**
     * The factor that the parameterization puts before that parameter where it enters the computation.
     *
     * @param name as in the layer's specification
     */
    public double multiplier(String name) { return view(name).multiplier(); }

    /**
     * The index of that parameter's first entry among all parameters of the network.
     *
     * @param name as in the layer's specification
     */
    public int offset(String name) { return view(name).offset(); }

    /** The factor that the parameterization puts before every residual branch. */
    public double branchMultiplier() {
        return workspace.network().branchMultiplier();
    }

    /**
     * The node of a layer inside this one, whose parameters carry this layer's name and then {@code name}.
     *
     * @param name what the names of its parameters begin with, after this layer's
     * @param layer the layer inside
     * @param from what it reads
     */
    public Node bind(String name, Layer layer, Tensor from) {
        return layer.bind(new Binding(workspace, prefix + name, from));
    }

    private ParameterView view(String name) { return workspace.network().parameters().view(prefix + name); }
}
