package mechanics.measure;

import java.util.Arrays;
import java.util.List;

import mechanics.linalg.Array;
import mechanics.network.Network;
import mechanics.network.ParameterView;
import mechanics.network.Parameters;
import mechanics.training.Observable;

/**
 * A function q(θ) of the parameters that gradient flow conserves, because the loss does not change under a continuous
 * family of transformations of θ. Every charge here is homogeneous, of degree 1 or 2: q(cθ) = c^degree q(θ).
 *
 * <p>The symmetry says that the part of a step of gradient descent that is linear in the gradient g leaves q alone, so
 * <pre>
 *     q(θ − ηg) = q(θ) + η² q(g)      degree 2
 *     q(θ − ηg) = q(θ)                degree 1, where q(g) = 0
 * </pre>
 * exactly, for any η: the same formula q serves for θ and for g. This holds for the raw parameters where all of those
 * in q learn at the same rate, and with any multipliers.
 *
 * <p>Sources: Kunin et al. (2021), Tanaka and Kunin (2021); Du, Hu and Lee (2018) for layers and neurons.
 */
public sealed interface ConservedCharge {
    /**
     * q of a vector over all parameters: of the parameters themselves, or of a gradient. Not modified.
     *
     * @param layout where each parameter lies
     * @param vector one number for each parameter
     * @return the numbers of which the charge consists, in an order that does not change
     */
    double[] of(Parameters layout, Array vector);

    /** 1 or 2. */
    int degree();

    /**
     * q(θ).
     *
     * @param network the network at its present parameters
     */
    default double[] of(Network network) { return of(network.parameters(), network.parameters().array()); }

    /** The charge along a run. */
    default Observable observable() {
        return new Measured(List.of(), snapshot -> of(snapshot.network()));
    }

    /**
     * The balance of two linear layers with nothing between them, W₁W₁ᵀ + b₁b₁ᵀ − W₂ᵀW₂, h × h, row by row; conserved
     * because W₁ → AW₁, W₂ → W₂A⁻¹ changes nothing for any invertible A.
     *
     * @param incoming the names of W₁ and, if there is one, b₁
     * @param outgoing the name of W₂
     */
    record LayerBalance(List<String> incoming, String outgoing) implements ConservedCharge {
        /** Copies the names. */
        public LayerBalance {
            incoming = requireNames(incoming);
        }

        @Override
        public double[] of(Parameters layout, Array vector) {
            double[][] in = stacked(layout, vector, incoming);
            double[][] out = transposed(rows(layout.view(outgoing), vector));
            requireSameNeurons(in.length, out.length, outgoing);
            double[] q = new double[in.length * in.length];
            for (int i = 0; i < in.length; i++) {
                for (int j = 0; j < in.length; j++) {
                    q[i * in.length + j] = dot(in[i], in[j]) - dot(out[i], out[j]);
                }
            }
            return q;
        }

        @Override
        public int degree() { return 2; }
    }

    /**
     * The balance of each neuron of a positively homogeneous activation (ReLU, leaky ReLU, identity):
     * ‖w‖² + b² − ‖a‖² for its incoming weights w, its bias b and its outgoing weights a; conserved because
     * (w, b, a) → (cw, cb, a/c) changes nothing for any c > 0.
     *
     * @param incoming the names of the incoming weights and, if there is one, the bias
     * @param outgoing the name of the outgoing weights
     */
    record NeuronBalance(List<String> incoming, String outgoing) implements ConservedCharge {
        /** Copies the names. */
        public NeuronBalance {
            incoming = requireNames(incoming);
        }

        @Override
        public double[] of(Parameters layout, Array vector) {
            double[][] in = stacked(layout, vector, incoming);
            double[][] out = transposed(rows(layout.view(outgoing), vector));
            requireSameNeurons(in.length, out.length, outgoing);
            double[] q = new double[in.length];
            Arrays.setAll(q, i -> dot(in[i], in[i]) - dot(out[i], out[i]));
            return q;
        }

        @Override
        public int degree() { return 2; }
    }

    /**
     * The squared norm of parameters whose common scale does not matter because a normalization follows them.
     *
     * @param names of the weights and, if there is one, the bias before the normalization
     */
    record SquaredNorm(List<String> names) implements ConservedCharge {
        /** Copies the names. */
        public SquaredNorm {
            names = requireNames(names);
        }

        @Override
        public double[] of(Parameters layout, Array vector) {
            double q = 0;
            for (String name : names) {
                Array part = layout.view(name).of(vector);
                q += part.dot(part);
            }
            return new double[]{q};
        }

        @Override
        public int degree() { return 2; }
    }

    /**
     * The sum over classes of the readout's weights, one number for each neuron that is read, and of its biases:
     * Σ_c W_cj and Σ_c b_c; conserved because a softmax does not feel what is added to all its arguments.
     *
     * @param names the readout's weights and, if there is one, its bias
     */
    record ClassSum(List<String> names) implements ConservedCharge {
        /** Copies the names. */
        public ClassSum {
            names = requireNames(names);
        }

        @Override
        public double[] of(Parameters layout, Array vector) {
            return Arrays.stream(transposed(stacked(layout, vector, names)))
                    .mapToDouble(column -> Arrays.stream(column).sum()).toArray();
        }

        @Override
        public int degree() { return 1; }
    }

    /**
     * The balance of queries and keys of one attention head, W_QW_Qᵀ − W_KW_Kᵀ with the biases as a further column,
     * d × d, row by row; conserved because the scores see only the products of queries and keys.
     *
     * @param prefix the name of the attention layer, to which {@code .qkv.weight} is added
     * @param heads the number of heads
     * @param head which of them, from 0
     */
    record HeadBalance(String prefix, int heads, int head) implements ConservedCharge {
        /** Checks the numbers. */
        public HeadBalance {
            if (heads < 1) throw new IllegalArgumentException("heads = " + heads + ": expected at least 1");
            if (head < 0 || head >= heads) {
                throw new IllegalArgumentException("head = " + head + ": expected 0 to " + (heads - 1));
            }
        }

        @Override
        public double[] of(Parameters layout, Array vector) {
            double[][] all = stacked(layout, vector, List.of(prefix + ".qkv.weight", prefix + ".qkv.bias"));
            int width = all.length / 3;
            int d = width / heads;
            double[] q = new double[d * d];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    int row = head * d + i;
                    int other = head * d + j;
                    q[i * d + j] = dot(all[row], all[other]) - dot(all[width + row], all[width + other]);
                }
            }
            return q;
        }

        @Override
        public int degree() { return 2; }
    }

    private static List<String> requireNames(List<String> names) {
        if (names.isEmpty())
            throw new IllegalArgumentException("names = []: expected at least one parameter");
        return List.copyOf(names);
    }

    private static void requireSameNeurons(int incoming, int outgoing, String name) {
        if (incoming != outgoing) {
            throw new IllegalArgumentException(
                    name + " reads " + outgoing + " neurons: expected the " + incoming
                            + " of the layer before it");
        }
    }

    /** Several parameters side by side, a vector as a column: one row for each output. */
    private static double[][] stacked(Parameters layout, Array vector, List<String> names) {
        double[][] all = null;
        for (String name : names) {
            ParameterView view = layout.view(name);
            double[][] part = view.shape().rank() == 1 ? transposed(rows(view, vector)) : rows(view, vector);
            if (all == null) {
                all = part;
                continue;
            }
            if (part.length != all.length) {
                throw new IllegalArgumentException(
                        name + " has " + part.length + " rows: expected " + all.length + " as "
                                + names.getFirst());
            }
            for (int i = 0; i < all.length; i++) {
                double[] row = Arrays.copyOf(all[i], all[i].length + part[i].length);
                System.arraycopy(part[i], 0, row, all[i].length, part[i].length);
                all[i] = row;
            }
        }
        return all;
    }

    private static double[][] rows(ParameterView view, Array vector) {
        return view.of(vector).toRows(view.shape().columns());
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) columns[j][i] = rows[i][j];
        }
        return columns;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
        return sum;
    }
}
