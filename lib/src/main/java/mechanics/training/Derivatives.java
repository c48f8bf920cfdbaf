package mechanics.training;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.network.Network;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.network.Workspace;

/**
 * The loss L(θ) of a network at a task on data, with its exact derivatives at the network's present parameters.
 * What one derivative has computed the next one uses, until the parameters change (see
 * {@link mechanics.network.Parameters#changed}) or other samples are selected.
 *
 * <p>Cost, with F the time of a forward pass: loss F; gradient 3 F; Hessian-vector product about 4 F more, of which
 * the first layer takes as much as in a gradient; Jacobian-vector product 2 F, vector-Jacobian product 2 F.
 * For one thread at a time.
 */
public final class Derivatives {
    private final Network network;
    private final Task task;
    private final Array inputs;
    private final Array targets;
    private final int samples;
    private final Workspace workspace;
    /** Made when derivatives with respect to the inputs are first asked for. */
    private Workspace withInputs;

    private Array batchInputs;
    private Array batchTargets;
    private double loss;
    private long forwardAt = -1;
    private long gradientAt = -1;
    /** Whether the adjoint of the output is that of the loss, and no backward pass has used it yet. */
    private boolean seeded;

    private Derivatives(Network network, Task task, Array inputs, Array targets, int samples) {
        this.network = network;
        this.task = task;
        this.inputs = inputs;
        this.targets = targets;
        this.samples = samples;
        workspace = new Workspace(network);
        selectAll();
    }

    /**
     * The derivatives of a network at a task on data.
     *
     * @param network f, with P parameters
     * @param task the loss
     * @param inputs n × d, rows are samples
     * @param targets n × k, rows are samples
     * @throws IllegalArgumentException where there are no samples, a row has another length than the network or the
     *         task expects, there is not one row of targets for each input, or a number is NaN or infinite
     */
    public static Derivatives of(Network network, Task task, double[][] inputs, double[][] targets) {
        Array samples = network.batch(inputs);
        Require.sameRows("targets", targets, "inputs", inputs);
        Require.matrix("targets", targets);
        return of(network, task, samples, network.precision().array(targets));
    }

    /**
     * The derivatives of a network at a task on data, which are used in place.
     *
     * @param network f, with P parameters
     * @param task the loss
     * @param inputs n × d, row by row, in the network's precision
     * @param targets what the task expects for n samples, in the network's precision
     * @throws IllegalArgumentException where sizes do not fit, there are no samples, or a number is NaN or infinite
     */
    public static Derivatives of(Network network, Task task, Array inputs, Array targets) {
        int size = network.input().count();
        if (inputs.length() == 0 || inputs.length() % size != 0) {
            throw new IllegalArgumentException(
                    "inputs of " + inputs.length() + " numbers: expected n × " + size
                            + ", n at least 1, for inputs of shape " + network.input());
        }
        int samples = inputs.length() / size;
        require("inputs", inputs, network);
        require("targets", targets, network);
        if (targets.length() == 0 || targets.length() % samples != 0) {
            throw new IllegalArgumentException(
                    "targets of " + targets.length() + " numbers: expected as many for each of " + samples
                            + " samples");
        }
        task.check(network.output(), targets, samples);
        return new Derivatives(network, task, inputs, targets, samples);
    }

    private static void require(String name, Array array, Network network) {
        if (array.precision() != network.precision()) {
            throw new IllegalArgumentException(
                    name + " in " + array.precision() + ": expected " + network.precision()
                            + " as the network");
        }
        if (!array.isFinite()) {
            throw new IllegalArgumentException(name + " with NaN or infinite numbers: expected finite ones");
        }
    }

    /** The same loss with a workspace of its own: for batches, beside an object that stays with all samples. */
    public Derivatives separate() {
        return new Derivatives(network, task, inputs, targets, samples);
    }

    /** The network. */
    public Network network() { return network; }

    /** The task. */
    public Task task() { return task; }

    /** The number of all samples, n. */
    public int samples() { return samples; }

    /** The inputs of all samples. Shared. */
    Array allInputs() { return inputs; }

    /** The targets of all samples. Shared. */
    Array allTargets() { return targets; }

    /** The inputs of the selected samples. Shared. */
    public Array inputs() { return batchInputs; }

    /** The targets of the selected samples. Shared. */
    public Array targets() { return batchTargets; }

    /** The workspace that computes, for observables that look inside. */
    public Workspace workspace() {
        return workspace;
    }

    /** Takes the loss over all samples, as at the start. */
    public void selectAll() {
        batchInputs = inputs;
        batchTargets = targets;
        invalidate();
        workspace.inputs(inputs);
    }

    /**
     * Takes the loss over the samples of the given numbers, in that order. Their data are copied.
     *
     * @param indices numbers from 0 to n − 1; one may come twice
     */
    public void select(int[] indices) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("batch of 0 samples: expected at least 1");
        }
        int width = inputs.length() / samples;
        int targetWidth = targets.length() / samples;
        if (batchInputs == inputs || batchInputs.length() != indices.length * width) {
            batchInputs = inputs.like(indices.length * width);
            batchTargets = targets.like(indices.length * targetWidth);
            workspace.inputs(batchInputs);
        }
        batchInputs.gather(inputs, indices, width);
        batchTargets.gather(targets, indices, targetWidth);
        invalidate();
    }

    /** Forgets what was computed: for those who wrote to the selected data. */
    public void invalidate() {
        forwardAt = -1;
        gradientAt = -1;
    }

    /** L. */
    public double loss() {
        if (forwardAt != version()) {
            workspace.forward(Pass.VALUE);
            seedWithLoss();
            forwardAt = version();
            gradientAt = -1;
        }
        return loss;
    }

    private void seedWithLoss() {
        workspace.startBackward(Pass.VALUE);
        loss = task.differentiate(workspace.output(), batchTargets);
        seeded = true;
    }

    /** f at the selected samples, n × k. Shared, good until the next call. */
    public Array outputs() {
        loss();
        return workspace.output().value();
    }

    /** ∇L. Shared, good until the next call. */
    public Array gradient() {
        if (gradientAt != version()) {
            loss();
            if (!seeded) seedWithLoss();
            workspace.backward(Pass.VALUE);
            seeded = false;
            gradientAt = version();
        }
        return workspace.gradient();
    }

    /**
     * result = H v, where H is the Hessian of L: the R-operator of Pearlmutter (1994). Modified: result.
     *
     * @param v a direction in parameter space, length P
     * @param result written to; P entries, n × k for an output
     */
    public void hessianVectorProduct(Array v, Array result) {
        gradient();
        workspace.direction().copy(v);
        workspace.forward(Pass.TANGENT);
        workspace.startBackward(Pass.TANGENT);
        task.differentiateTangent(workspace.output(), batchTargets);
        workspace.backward(Pass.TANGENT);
        result.copy(workspace.curvature());
    }

    /**
     * result = J v, n × k, where J = ∂f/∂θ. Modified: result.
     *
     * @param v a direction in parameter space, length P
     * @param result written to; P entries, n × k for an output
     */
    public void jvp(Array v, Array result) {
        loss();
        workspace.direction().copy(v);
        workspace.forward(Pass.TANGENT);
        result.copy(workspace.output().tangent());
    }

    /**
     * result = Jᵀ u, in parameter space, for u of n × k. Modified: result.
     *
     * @param u n × k, a weight for every output
     * @param result written to; P entries, n × k for an output
     */
    public void vjp(Array u, Array result) {
        backpropagate(u);
        result.copy(workspace.gradient());
    }

    /**
     * result = Jᵀ ∂²L/∂f² J v: the Gauss–Newton part of the Hessian-vector product. Modified: result.
     *
     * @param v a direction in parameter space, length P
     * @param result written to; P entries, n × k for an output
     */
    public void gaussNewtonVectorProduct(Array v, Array result) {
        loss();
        workspace.direction().copy(v);
        workspace.forward(Pass.TANGENT);
        task.differentiateTangent(workspace.output(), batchTargets);
        Array u = workspace.output().adjoint().tangent().copy();
        vjp(u, result);
    }

    /**
     * J for every sample and output: row i k + o is ∂f_o(xᵢ)/∂θ, for n samples of k outputs. Memory n k P.
     *
     * @return (n k) × P in a new array
     */
    public Array jacobian() {
        int outputs = network.output().count();
        int count = network.parameters().count();
        int n = workspace.samples();
        Array jacobian = inputs.like(Math.multiplyExact(Math.multiplyExact(n, outputs), count));
        Array unit = inputs.like(n * outputs);
        loss();
        for (int o = 0; o < outputs; o++) {
            unit.fill(0);
            for (int i = 0; i < n; i++) unit.set(i * outputs + o, 1);
            adjoints(unit);
            Array rows = jacobian.view(o * count, jacobian.length() - o * count);
            if (!workspace.root().sampleGradients(rows, outputs * count)) return jacobianBySample(jacobian);
        }
        return jacobian;
    }

    private Array jacobianBySample(Array jacobian) {
        int outputs = network.output().count();
        int count = network.parameters().count();
        var one = separate();
        Array unit = inputs.like(outputs);
        for (int i = 0; i < workspace.samples(); i++) {
            int width = network.input().count();
            one.workspace.inputs(batchInputs.view(i * width, width));
            one.workspace.forward(Pass.VALUE);
            for (int o = 0; o < outputs; o++) {
                unit.fill(0);
                unit.set(o, 1);
                one.workspace.startBackward(Pass.VALUE);
                one.seed(unit);
                one.workspace.backward(Pass.VALUE);
                jacobian.view((i * outputs + o) * count, count).copy(one.workspace.gradient());
            }
        }
        return jacobian;
    }

    /** ∂L/∂x for the selected inputs, n × d, in a new array. */
    public Array inputGradient() {
        Workspace space = throughInputs();
        space.startBackward(Pass.VALUE);
        task.differentiate(space.output(), batchTargets);
        space.backward(Pass.VALUE);
        return space.input().adjoint().value().copy();
    }

    /**
     * uᵀ ∂f/∂x for the selected inputs: row i is the gradient of ⟨uᵢ, f(xᵢ)⟩ with respect to xᵢ.
     *
     * @param u n × k
     * @return n × d in a new array
     */
    public Array inputVjp(Array u) {
        Workspace space = throughInputs();
        space.startBackward(Pass.VALUE);
        Tensor adjoint = space.output().adjoint();
        adjoint.markWritten(Pass.VALUE);
        adjoint.value().copy(u);
        space.backward(Pass.VALUE);
        return space.input().adjoint().value().copy();
    }

    private Workspace throughInputs() {
        if (withInputs == null) {
            withInputs = new Workspace(network, true);
            withInputs.freezeParameters(true);
        }
        withInputs.inputs(batchInputs);
        withInputs.forward(Pass.VALUE);
        return withInputs;
    }

    /**
     * Leaves in the workspace the adjoints of every activation for the function Σ u f, without the gradient: what
     * per-sample gradients and tangent kernels start from.
     *
     * @param u n × k
     */
    public void adjoints(Array u) {
        workspace.freezeParameters(true);
        try {
            backpropagate(u);
        } finally {
            workspace.freezeParameters(false);
        }
    }

    private void backpropagate(Array u) {
        loss();
        workspace.startBackward(Pass.VALUE);
        seed(u);
        workspace.backward(Pass.VALUE);
        // The adjoints of the loss are gone, and with them the gradient; the activations are still good.
        seeded = false;
        gradientAt = -1;
    }

    private void seed(Array u) {
        Tensor adjoint = workspace.output().adjoint();
        adjoint.markWritten(Pass.VALUE);
        adjoint.value().copy(u);
    }

    private long version() { return network.parameters().version(); }
}
