package mechanics.measure;

import java.util.ArrayList;
import java.util.List;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Network;
import mechanics.network.Node;
import mechanics.network.Pass;
import mechanics.network.Workspace;

/**
 * What one layer computes for a set of samples.
 *
 * @param values n × width, rows are samples
 * @param samples n
 */
public record Representation(Array values, int samples) {
    /** Checks the sizes. */
    public Representation {
        if (samples <= 0 || values.length() == 0 || values.length() % samples != 0) {
            throw new IllegalArgumentException(
                    "samples = " + samples + ": expected a positive divisor of the "
                            + values.length() + " values");
        }
    }

    /** The representation with the given rows, in double precision. */
    public static Representation of(double[][] rows) {
        return new Representation(Precision.FLOAT64.array(rows), rows.length);
    }

    /**
     * The hidden representations of a network: what each layer with parameters after the first reads. For a
     * multilayer perceptron these are the activations φ(h¹), φ(h²), …
     *
     * @param inputs n × d, rows are samples
     */
    public static List<Representation> hidden(Network network, double[][] inputs) {
        var workspace = evaluated(network, inputs);
        var stages = workspace.root().stages();
        var hidden = new ArrayList<Representation>();
        boolean first = true;
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i) instanceof Node.WithoutParameters) continue;
            if (!first)
                hidden.add(new Representation(stages.get(i - 1).output().value().copy(), inputs.length));
            first = false;
        }
        return hidden;
    }

    /**
     * The outputs of every layer of a network, from the first to its output.
     *
     * @param inputs n × d, rows are samples
     */
    public static List<Representation> layers(Network network, double[][] inputs) {
        return evaluated(network, inputs).root().stages().stream()
                .map(stage -> new Representation(stage.output().value().copy(), inputs.length)).toList();
    }

    private static Workspace evaluated(Network network, double[][] inputs) {
        var workspace = new Workspace(network);
        workspace.inputs(network.precision().array(inputs));
        workspace.forward(Pass.VALUE);
        return workspace;
    }

    /** The number of features of a sample. */
    public int width() { return values.length() / samples; }

    /** The features of sample {@code i}. */
    public Array sample(int i) {
        return values.view(i * width(), width());
    }

    /** The kernel of the features, K = Z Zᵀ, n × n. Cost: n² width multiply–adds. */
    public KernelMatrix kernel() {
        Array kernel = values.like(Math.multiplyExact(samples, samples));
        kernel.gemm(1, values, false, values, true, samples, samples, width(), 0);
        return new KernelMatrix(kernel, samples, samples);
    }
}
