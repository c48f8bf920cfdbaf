package mechanics.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import mechanics.base.Shape;
import mechanics.linalg.Array;

/**
 * The memory in which a network computes: the activations, adjoints and tangents of one batch of samples, and the
 * gradient. Made once and used again; a larger batch makes it grow, a smaller one uses a part of it. For one thread
 * at a time.
 *
 * <p>A gradient takes: {@code inputs}, {@code forward(VALUE)}, {@code startBackward(VALUE)}, writing the adjoint of
 * the output, {@code backward(VALUE)}. A Hessian-vector product after it takes the same with {@code TANGENT}, the
 * direction in {@link #direction}.
 *
 * <p>Memory: parameters once more for the gradient, twice more again for Hessian-vector products; of every
 * activation its value and adjoint, and the tangents of both once they are asked for.
 */
public final class Workspace {
    private final Network network;
    private final Tensor input;
    private final List<Tensor> activations = new ArrayList<>();
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final List<Tensor> parameterList;
    private final Node root;
    private final Array gradient;
    private Array direction;
    private Array curvature;

    /**
     * A workspace for a network, without derivatives with respect to its inputs.
     *
     * @param network what it computes
     */
    public Workspace(Network network) { this(network, false); }

    /**
     * A workspace for a network.
     *
     * @param network what it computes
     * @param inputDerivatives whether derivatives with respect to the inputs are computed too
     */
    public Workspace(Network network, boolean inputDerivatives) {
        this.network = network;
        input = activation(network.input());
        input.setConstant(!inputDerivatives);
        gradient = network.precision().array(network.parameters().count());
        for (var view : network.parameters().views()) {
            var tensor = Tensor.parameter(view.shape(), network.precision());
            tensor.bind(Pass.VALUE, view.array());
            tensor.adjoint().bind(Pass.VALUE, view.of(gradient));
            parameters.put(view.name(), tensor);
        }
        parameterList = new ArrayList<>(parameters.values());
        root = network.root().bind(new Binding(this, "", input));
    }

    /** The network that computes here. */
    public Network network() { return network; }

    /** The input x. */
    public Tensor input() { return input; }

    /** The output f(x; θ). */
    public Tensor output() { return root.output(); }

    /** The whole network as a node. */
    public Node root() { return root; }

    /** The number of samples at present. */
    public int samples() { return input.samples(); }

    /**
     * Uses the given inputs, n × d, in place; their number sets the size of the batch. Modified.
     *
     * @param inputs n × d, row by row; used in place
     */
    public void inputs(Array inputs) {
        int size = network.input().count();
        if (inputs.length() == 0 || inputs.length() % size != 0) {
            throw new IllegalArgumentException("inputs of " + inputs.length() + " numbers: expected n times "
                    + size + " for inputs of shape " + network.input());
        }
        resize(inputs.length() / size);
        input.bind(Pass.VALUE, inputs);
    }

    /**
     * Computes every node's output.
     *
     * @param pass values or tangents
     */
    public void forward(Pass pass) {
        if (pass == Pass.TANGENT) prepareTangents();
        root.forward(pass);
    }

    /**
     * Makes all adjoints zero, so that the adjoint of the output can be written.
     *
     * @param pass values or tangents
     */
    public void startBackward(Pass pass) {
        for (int i = 0; i < activations.size(); i++) activations.get(i).adjoint().clear(pass);
        for (int i = 0; i < parameterList.size(); i++) parameterList.get(i).adjoint().clear(pass);
    }

    /**
     * From the adjoint of the output, computes all adjoints, and so the {@link #gradient}.
     *
     * @param pass values or tangents
     */
    public void backward(Pass pass) {
        root.backward(pass);
        for (int i = 0; i < parameterList.size(); i++) parameterList.get(i).adjoint().settle(pass);
    }

    /** What the last backward pass of values left for the parameters: ∂loss/∂θ. */
    public Array gradient() {
        return gradient;
    }

    /** The direction θ̇ in parameter space that tangent passes follow. */
    public Array direction() {
        prepareTangents();
        return direction;
    }

    /** What the last backward pass of tangents left for the parameters: the derivative of the gradient along θ̇. */
    public Array curvature() {
        prepareTangents();
        return curvature;
    }

    /**
     * Makes every parameter a constant or none: backward passes then compute only the adjoints of the activations.
     * Modified.
     *
     * @param frozen whether gradients of parameters are left out
     */
    public void freezeParameters(boolean frozen) {
        parameterList.forEach(tensor -> tensor.setConstant(frozen));
    }

    /**
     * Makes one parameter a constant: its gradient is zero and costs nothing. Modified.
     *
     * @param name that of a parameter
     */
    public void freeze(String name) { parameter(name).setConstant(true); }

    /**
     * The bytes of memory in use so far, without the parameters, the inputs, and small buffers of layers: at most
     * twice those of the activations and once those of the parameters after a gradient, twice that after a
     * Hessian-vector product.
     */
    public long bytes() {
        long vectors = direction == null ? 1 : 3;
        return vectors * gradient.length() * network.precision().bytes()
                + activations.stream().mapToLong(Tensor::bytes).sum();
    }

    Tensor activation(Shape shape) {
        var tensor = Tensor.activation(shape, network.precision());
        activations.add(tensor);
        return tensor;
    }

    Tensor parameter(String name) {
        var tensor = parameters.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "parameter = " + name + ": expected one of " + parameters.keySet());
        }
        return tensor;
    }

    private void resize(int samples) {
        if (samples == samples()) return;
        for (Tensor tensor : activations) tensor.resize(samples);
    }

    private void prepareTangents() {
        if (direction != null) return;
        direction = gradient.like(gradient.length());
        curvature = gradient.like(gradient.length());
        for (var view : network.parameters().views()) {
            var tensor = parameters.get(view.name());
            tensor.bind(Pass.TANGENT, view.of(direction));
            tensor.adjoint().bind(Pass.TANGENT, view.of(curvature));
        }
    }
}
