package mechanics.representations;

import java.util.ArrayList;
import java.util.List;

import mechanics.base.Require;
import mechanics.base.Seed;
import mechanics.kernels.KernelMatrix;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Network;
import mechanics.network.Node;
import mechanics.network.Pass;
import mechanics.network.Workspace;

import smile.tensor.DenseMatrix;

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

    /**
     * The representation with the given rows, in double precision.
     *
     * @param rows n × d, rows are samples
     */
    public static Representation of(double[][] rows) {
        Require.matrix("rows", rows);
        return new Representation(Precision.FLOAT64.array(rows), rows.length);
    }

    /**
     * The hidden representations of a network: what each layer with parameters after the first reads. For a
     * multilayer perceptron these are the activations φ(h¹), φ(h²), …
     *
     * @param network the network at its present parameters
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
     * @param network the network at its present parameters
     * @param inputs n × d, rows are samples
     */
    public static List<Representation> layers(Network network, double[][] inputs) {
        return evaluated(network, inputs).root().stages().stream()
                .map(stage -> new Representation(stage.output().value().copy(), inputs.length)).toList();
    }

    private static Workspace evaluated(Network network, double[][] inputs) {
        var workspace = new Workspace(network);
        workspace.inputs(network.batch(inputs));
        workspace.forward(Pass.VALUE);
        return workspace;
    }

    /** The number of features of a sample. */
    public int width() { return values.length() / samples; }

    /**
     * The features of sample {@code i}.
     *
     * @param i the number of the sample, from 0
     */
    public Array sample(int i) { return values.view(i * width(), width()); }

    /**
     * The same features for a part of the samples, in the given order. Not modified.
     *
     * @param chosen numbers of samples
     */
    public Representation part(int... chosen) {
        for (int i : chosen) {
            if (i < 0 || i >= samples) {
                throw new IllegalArgumentException("sample = " + i + ": expected 0 to " + (samples - 1));
            }
        }
        Array part = values.like(Math.multiplyExact(chosen.length, width()));
        part.gather(values, chosen, width());
        return new Representation(part, chosen.length);
    }

    /** The features less their mean over the samples, in double precision. Not modified. */
    public Representation centered() {
        return new Representation(Features.unscaled(this).values(), samples);
    }

    /**
     * The representation in other axes: features times a random orthogonal matrix, uniform over rotations and
     * reflections. In double precision. Not modified. Cost: O(width³ + n width²).
     *
     * @param seed where the random numbers come from; equal seeds give equal numbers
     */
    public Representation rotated(long seed) {
        int d = width();
        Array gaussian = Precision.FLOAT64.array(Math.multiplyExact(d, d));
        gaussian.fillGaussian(Seed.of(seed).stream("rotation"), 1);
        // G = U S Vᵀ; its polar factor U Vᵀ is uniform, as the distribution of G is the same in all axes.
        var svd = DenseMatrix.of(gaussian.toRows(d)).svd();
        Array rotation = Precision.FLOAT64.array(svd.U().mm(svd.Vt()).toArray(new double[0][]));
        Array own = rotation.like(values.length());
        own.copy(values);
        Array rotated = own.like(values.length());
        rotated.gemm(1, own, false, rotation, false, samples, d, d, 0);
        return new Representation(rotated, samples);
    }

    /** The kernel of the features, K = Z Zᵀ, n × n. Cost: n² width multiply–adds. */
    public KernelMatrix kernel() {
        Array kernel = values.like(Math.multiplyExact(samples, samples));
        kernel.gemm(1, values, false, values, true, samples, samples, width(), 0);
        return new KernelMatrix(kernel, samples, samples);
    }
}
