package mechanics.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import mechanics.kernels.KernelMatrix;
import mechanics.linalg.Array;
import mechanics.network.Network;
import mechanics.network.Pass;
import mechanics.network.Workspace;
import mechanics.training.Observable;

/**
 * The empirical neural tangent kernel of a network at its present parameters,
 * K_oo′(x, x′) = ∂f_o(x)/∂θ · ∂f_o′(x′)/∂θ.
 *
 * <p>Dense layers never form the gradients: with activations A, n × inputs, and adjoints Δ, n × width, the share of
 * a layer is (A Aᵀ + 1) ∘ (Δ Δᵀ). Cost for an MLP: 2 n² × (sum of all widths) multiply–adds and three matrices of
 * n × n. Networks with other layers use per-sample gradients, n² P multiply–adds, in blocks of samples. For two
 * different sets of samples the kernel of their union is computed.
 *
 * <p>Sources: Jacot, Gabriel and Hongler (2018); Novak, Sohl-Dickstein and Schoenholz (2022) for the cost of layers. For
 * one thread at a time.
 */
public final class TangentKernel {
    private static final int BLOCK = 4096;
    private static final int GRADIENT_ENTRIES = 1 << 26;

    private final Network network;
    private final Workspace workspace;
    private final int block;
    private final int gradientEntries;
    /** Whether the layers have shortcuts; false once one has declined. */
    private boolean shortcut = true;
    private boolean sampleGradients = true;

    /**
     * The kernel with its own limits.
     *
     * @param block the largest number of rows whose kernel is computed at once, at least 2
     * @param gradientEntries the largest number of entries of a block of per-sample gradients
     */
    TangentKernel(Network network, int block, int gradientEntries) {
        this.network = network;
        this.block = block;
        this.gradientEntries = gradientEntries;
        workspace = new Workspace(network);
    }

    /**
     * The kernel of a network. It follows the network's parameters.
     *
     * @param network f, with C outputs
     */
    public static TangentKernel of(Network network) {
        return new TangentKernel(network, BLOCK, GRADIENT_ENTRIES);
    }

    /**
     * The largest eigenvalues of the kernel summed over outputs, along a run; {@code inputs} is n × d.
     *
     * @param inputs n × d, rows are samples
     * @param count how many eigenvalues
     */
    public static Observable observable(double[][] inputs, int count) {
        if (count <= 0 || count > inputs.length) {
            throw new IllegalArgumentException("count = " + count + ": expected 1 to " + inputs.length
                    + ", the number of inputs");
        }
        double[][] samples = inputs.clone();
        var columns = IntStream.rangeClosed(1, count).mapToObj(i -> "λ" + i).toList();
        return new Measured(columns,
                snapshot -> Arrays.copyOf(of(snapshot.network()).summed(samples).eigenvalues(), count));
    }

    /**
     * K_oo between all samples for one output o: n × n.
     *
     * @param output the number of the output, from 0
     * @param inputs n × d, rows are samples
     */
    public KernelMatrix output(int output, double[][] inputs) {
        return kernel(rows(inputs, checkOutput(output)));
    }

    /**
     * K_oo between two sets of samples for one output o: n × m.
     *
     * @param output the number of the output, from 0
     * @param inputs n × d, rows are samples
     * @param others m × d, rows are samples
     */
    public KernelMatrix output(int output, double[][] inputs, double[][] others) {
        return kernel(rows(inputs, checkOutput(output)), rows(others, output));
    }

    /**
     * Σ_o K_oo between all samples: n × n. Cost: C times that of one output.
     *
     * @param inputs n × d, rows are samples
     */
    public KernelMatrix summed(double[][] inputs) { return sum(o -> output(o, inputs)); }

    /**
     * Σ_o K_oo between two sets of samples: n × m.
     *
     * @param inputs n × d, rows are samples
     * @param others m × d, rows are samples
     */
    public KernelMatrix summed(double[][] inputs, double[][] others) {
        return sum(o -> output(o, inputs, others));
    }

    /**
     * The whole kernel: row i C + o and column j C + o′ hold K_oo′(xᵢ, xⱼ); n C × n C.
     *
     * @param inputs n × d, rows are samples
     */
    public KernelMatrix whole(double[][] inputs) { return kernel(rowsOfAllOutputs(inputs)); }

    /**
     * The whole kernel between two sets of samples: n C × m C.
     *
     * @param inputs n × d, rows are samples
     * @param others m × d, rows are samples
     */
    public KernelMatrix whole(double[][] inputs, double[][] others) {
        return kernel(rowsOfAllOutputs(inputs), rowsOfAllOutputs(others));
    }

    /** The rows of a Jacobian: row r is ∂f_o/∂θ at input r, for o = outputs[r]. */
    private record Rows(Array inputs, List<Integer> outputs) {
        int count() { return outputs.size(); }

        Rows range(int from, int to) {
            int width = inputs.length() / count();
            return new Rows(inputs.view(from * width, (to - from) * width), outputs.subList(from, to));
        }

        Rows and(Rows other) {
            Array union = inputs.like(inputs.length() + other.inputs.length());
            union.view(0, inputs.length()).copy(inputs);
            union.view(inputs.length(), other.inputs.length()).copy(other.inputs);
            var all = new ArrayList<>(outputs);
            all.addAll(other.outputs);
            return new Rows(union, all);
        }
    }

    private KernelMatrix sum(IntFunction<KernelMatrix> kernelOfOutput) {
        var sum = kernelOfOutput.apply(0);
        for (int o = 1; o < network.output().count(); o++) {
            sum.values().add(1, kernelOfOutput.apply(o).values());
        }
        return sum;
    }

    private int checkOutput(int output) {
        if (output < 0 || output >= network.output().count()) {
            throw new IllegalArgumentException("output = " + output + ": expected 0 to "
                    + (network.output().count() - 1));
        }
        return output;
    }

    private Rows rows(double[][] inputs, int output) {
        return new Rows(checkedInputs(inputs), Collections.nCopies(inputs.length, output));
    }

    private Rows rowsOfAllOutputs(double[][] inputs) {
        int outputs = network.output().count();
        Array samples = checkedInputs(inputs);
        int[] repeated = IntStream.range(0, inputs.length * outputs).map(r -> r / outputs).toArray();
        Array rows = samples.like(Math.multiplyExact(samples.length(), outputs));
        rows.gather(samples, repeated, network.input().count());
        return new Rows(rows, IntStream.range(0, repeated.length).mapToObj(r -> r % outputs).toList());
    }

    private Array checkedInputs(double[][] inputs) {
        Array samples = network.batch(inputs);
        if (!samples.isFinite()) {
            throw new IllegalArgumentException("inputs with NaN or infinite numbers: expected finite ones");
        }
        return samples;
    }

    private KernelMatrix kernel(Rows rows) {
        int n = rows.count();
        Array kernel = network.precision().array(Math.multiplyExact(n, n));
        // Two different blocks are computed as one of twice the size.
        int step = n <= block ? block : block / 2;
        for (int i = 0; i < n; i += step) {
            Rows some = rows.range(i, Math.min(n, i + step));
            for (int j = 0; j < i; j += step) mirror(kernel, n, i, some.count(), j, step);
            put(square(some), some.count(), kernel, i * n + i, n);
            for (int j = i + step; j < n; j += step) {
                Rows others = rows.range(j, Math.min(n, j + step));
                put(cross(some, others), others.count(), kernel, i * n + j, n);
            }
        }
        return new KernelMatrix(kernel, n, n);
    }

    private KernelMatrix kernel(Rows rows, Rows columns) {
        int n = rows.count();
        int m = columns.count();
        Array kernel = network.precision().array(Math.multiplyExact(n, m));
        int step = block / 2;
        for (int i = 0; i < n; i += step) {
            for (int j = 0; j < m; j += step) {
                Rows others = columns.range(j, Math.min(m, j + step));
                put(cross(rows.range(i, Math.min(n, i + step)), others), others.count(), kernel, i * m + j,
                        m);
            }
        }
        return new KernelMatrix(kernel, n, m);
    }

    /** Copies a block from its place on the other side of the diagonal. Modified: kernel. */
    private static void mirror(Array kernel, int n, int row, int rows, int column, int columns) {
        for (int i = row; i < row + rows; i++) {
            for (int j = column; j < column + columns; j++) kernel.set(i * n + j, kernel.get(j * n + i));
        }
    }

    /** Copies a block of the given width to the entries of the kernel from {@code at} on. Modified: kernel. */
    private static void put(Array part, int width, Array kernel, int at, int stride) {
        for (int i = 0; i < part.length() / width; i++) {
            kernel.view(at + i * stride, width).copy(part.view(i * width, width));
        }
    }

    /** The kernel between the rows, in a new array. */
    private Array square(Rows rows) {
        if (shortcut) {
            int n = rows.count();
            backpropagate(rows);
            Array square = network.precision().array(Math.multiplyExact(n, n));
            shortcut = workspace.root().addTangentKernel(square, square.like(n * n), square.like(n * n));
            if (shortcut) return square;
        }
        return gradientProducts(rows, rows);
    }

    /** The kernel between two sets of rows, in a new array. */
    private Array cross(Rows rows, Rows columns) {
        if (shortcut) {
            Array union = square(rows.and(columns));
            if (shortcut) {
                int n = rows.count() + columns.count();
                Array cross = union.like(rows.count() * columns.count());
                for (int i = 0; i < rows.count(); i++) {
                    cross.view(i * columns.count(), columns.count())
                            .copy(union.view(i * n + rows.count(), columns.count()));
                }
                return cross;
            }
        }
        return gradientProducts(rows, columns);
    }

    private Array gradientProducts(Rows rows, Rows columns) {
        int parameters = network.parameters().count();
        int step = Math.max(1, gradientEntries / parameters);
        int n = rows.count();
        int m = columns.count();
        Array products = network.precision().array(n * m);
        for (int i = 0; i < n; i += step) {
            Rows some = rows.range(i, Math.min(n, i + step));
            Array left = gradients(some);
            for (int j = 0; j < m; j += step) {
                Rows others = columns.range(j, Math.min(m, j + step));
                products.gemm(some.count(), others.count(), parameters, 1, left, 0, parameters, false,
                        gradients(others), 0, parameters, true, 0, i * m + j, m);
            }
        }
        return products;
    }

    /** The gradients ∂f_o/∂θ, rows × P. */
    private Array gradients(Rows rows) {
        int parameters = network.parameters().count();
        Array gradients = rows.inputs().like(Math.multiplyExact(rows.count(), parameters));
        if (sampleGradients) {
            backpropagate(rows);
            sampleGradients = workspace.root().sampleGradients(gradients, parameters);
        }
        if (!sampleGradients) {
            for (int r = 0; r < rows.count(); r++) {
                backpropagate(rows.range(r, r + 1));
                gradients.view(r * parameters, parameters).copy(workspace.gradient());
            }
        }
        return gradients;
    }

    /** Leaves in the workspace the adjoints for Σ_r f_outputs[r](input r). */
    private void backpropagate(Rows rows) {
        workspace.freezeParameters(shortcut || sampleGradients);
        workspace.inputs(rows.inputs());
        workspace.forward(Pass.VALUE);
        workspace.startBackward(Pass.VALUE);
        var adjoint = workspace.output().adjoint();
        adjoint.markWritten(Pass.VALUE);
        Array seeds = adjoint.value();
        seeds.fill(0);
        int outputs = network.output().count();
        for (int r = 0; r < rows.count(); r++) seeds.set(r * outputs + rows.outputs().get(r), 1);
        workspace.backward(Pass.VALUE);
    }
}
