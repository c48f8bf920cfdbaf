package mechanics.network;

import java.util.ArrayList;
import java.util.List;

import mechanics.base.Require;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.layers.BatchNorm;

/**
 * A network f(x; θ): layers with their parameters. The memory that a computation needs beside the parameters lives
 * in a {@link Workspace}; several may work on one network, but not while its parameters change.
 */
public final class Network {
    private final Shape input;
    private final Layer layers;
    private final Options options;
    private final Layer root;
    private final Shape output;
    private final Parameters parameters;
    private final double branchMultiplier;
    /** For {@link #evaluate}, made when it is first called. */
    private Workspace evaluation;

    Network(Shape input, Layer layers, Options options) {
        this.input = input;
        this.layers = layers;
        this.options = options;
        output = layers.outputShape(input);
        // Beside the layers, not among them: the names of the parameters do not change with α.
        root = options.outputMultiplier() == 1
                ? layers
                : new Scaled(layers, new Multiplier(options.outputMultiplier()));
        int branches = layers.residualBranches();
        branchMultiplier = options.parameterization().branchMultiplier(branches);
        parameters = new Parameters(decideRoles(layers.parameters(input)), options.parameterization(),
                branches,
                options.precision());
        initialize();
    }

    /**
     * Begins the description of a network with inputs of the given shape and the given layers.
     *
     * @param input the shape of one input
     * @param layers one after another, from the input on
     */
    public static Composition of(Shape input, Layer... layers) {
        return new Composition(input, Sequential.of(layers), Options.DEFAULT);
    }

    /** The shape of one input. */
    public Shape input() { return input; }

    /** The shape of one output. */
    public Shape output() { return output; }

    /** The layers, without the output multiplier. */
    public Layer layers() { return layers; }

    /** What was chosen beside the layers. */
    public Options options() { return options; }

    /** The format of all numbers. */
    public Precision precision() { return options.precision(); }

    /** The parameters θ. */
    public Parameters parameters() { return parameters; }

    /**
     * f at the given inputs.
     *
     * @param inputs n × d, rows are samples
     * @return n × outputs
     * @throws IllegalArgumentException where a row is not of the length of an input
     */
    public double[][] evaluate(double[][] inputs) {
        if (inputs.length == 0) return new double[0][output.count()];
        return evaluate(batch(inputs)).toRows(output.count());
    }

    /**
     * Inputs in this network's precision, row by row, as a {@link Workspace} takes them.
     *
     * @param inputs n × d, rows are samples, n at least 1
     * @return n d numbers in a new array
     * @throws IllegalArgumentException where there is no row, or one is not of the length of an input
     */
    public Array batch(double[][] inputs) {
        if (inputs.length == 0) {
            throw new IllegalArgumentException("inputs has 0 rows: expected at least 1");
        }
        Require.rowsOf("inputs", inputs, input.count(), "for inputs of shape " + input);
        return precision().array(inputs);
    }

    /**
     * f at the given inputs, all at once.
     *
     * @param inputs n × d, row by row
     * @return n × outputs in a new array
     */
    public Array evaluate(Array inputs) {
        if (evaluation == null) evaluation = new Workspace(this);
        evaluation.inputs(inputs);
        evaluation.forward(Pass.VALUE);
        return evaluation.output().value().copy();
    }

    /**
     * This network for the evaluation of single samples: a copy whose {@link BatchNorm} layers keep the statistics
     * that the given samples, such as the training set, have as one batch. On these samples both agree.
     *
     * @param samples n × d, rows are samples
     */
    public Network evaluatedOn(double[][] samples) {
        var space = new Workspace(this);
        space.inputs(batch(samples));
        space.forward(Pass.VALUE);
        Node node = root instanceof Scaled ? ((Sequential.Chain) space.root()).node(0) : space.root();
        var fixed = new Network(input, layers.evaluated(node), options);
        fixed.parameters.set(parameters.array());
        return fixed;
    }

    /** A network of the same architecture with a copy of the parameters. */
    public Network copy() {
        var copy = new Network(input, layers, options);
        copy.parameters.set(parameters.array());
        return copy;
    }

    /** Draws the parameters from the seed again. Modified. */
    public void initialize() {
        for (var view : parameters.views()) {
            Array array = view.array();
            if (view.spec().role() == Role.GAIN) {
                array.fill(1);
            } else {
                array.fillGaussian(options.seed().stream(view.name()),
                        view.scaling().deviation() * options.initialScale());
            }
        }
        if (options.antisymmetric()) pairNeurons();
        parameters.changed();
    }

    Layer root() { return root; }

    double branchMultiplier() { return branchMultiplier; }

    /** Unless roles are given: the first weights are INPUT or follow an embedding, the last READOUT, others HIDDEN. */
    private static List<ParameterSpec> decideRoles(List<ParameterSpec> specs) {
        var decided = new ArrayList<ParameterSpec>();
        int last = -1;
        for (int i = 0; i < specs.size(); i++) {
            if (specs.get(i).role() == Role.WEIGHT) last = i;
        }
        boolean hasReadout = specs.stream().anyMatch(s -> s.role() == Role.READOUT);
        boolean fromInputs = specs.stream()
                .noneMatch(s -> s.role() == Role.EMBEDDING || s.role() == Role.INPUT);
        for (int i = 0; i < specs.size(); i++) {
            ParameterSpec spec = specs.get(i);
            if (spec.role() == Role.WEIGHT) {
                boolean readout = i == last && !hasReadout;
                spec = spec.withRole(readout ? Role.READOUT : fromInputs ? Role.INPUT : Role.HIDDEN);
                fromInputs = false;
            } else if (spec.role() == Role.BIAS && i > 0 && decided.get(i - 1).role() == Role.READOUT) {
                spec = spec.withRole(Role.READOUT_BIAS);
            }
            decided.add(spec);
        }
        return decided;
    }

    /** Makes the second half of the last hidden layer a copy of the first, with the opposite readout. */
    private void pairNeurons() {
        var views = parameters.views();
        int readout = -1;
        for (int i = 0; i < views.size(); i++) {
            if (views.get(i).spec().role() == Role.READOUT) readout = i;
        }
        int neurons = readout < 1 ? 0 : views.get(readout).shape().columns();
        int hidden = readout - 1;
        while (hidden >= 0 && views.get(hidden).shape().rank() != 2) hidden--;
        if (hidden < 0 || neurons % 2 != 0 || views.get(hidden).shape().rows() != neurons) {
            throw new IllegalArgumentException("antisymmetric start with a last hidden layer of " + neurons
                    + " neurons: expected two dense layers at the end and an even number of neurons between them");
        }
        for (int i = hidden; i < readout; i++) {
            Array incoming = views.get(i).array();
            int half = incoming.length() / 2;
            incoming.view(half, half).copy(incoming.view(0, half));
        }
        Array outgoing = views.get(readout).array();
        for (int k = 0; k < views.get(readout).shape().rows(); k++) {
            Array row = outgoing.view(k * neurons, neurons);
            row.view(neurons / 2, neurons / 2).combine(-1, row.view(0, neurons / 2), 0);
        }
        for (int i = readout + 1; i < views.size(); i++) {
            views.get(i).array().fill(0);
        }
    }

    /** The layers and then the output multiplier; the parameters keep their names. */
    private record Scaled(Layer layers, Multiplier multiplier) implements Layer {
        @Override
        public Shape outputShape(Shape in) { return layers.outputShape(in); }

        @Override
        public List<ParameterSpec> parameters(Shape in) { return layers.parameters(in); }

        @Override
        public int residualBranches() { return layers.residualBranches(); }

        @Override
        public Node bind(Binding binding) {
            Node inner = binding.bind("", layers, binding.input());
            return new Sequential.Chain(new Node[]{inner, binding.bind("", multiplier, inner.output())});
        }
    }
}
