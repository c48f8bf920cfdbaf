package mechanics.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import mechanics.linalg.Array;
import mechanics.network.Network;
import mechanics.representations.Representation;
import mechanics.training.Observable;
import mechanics.training.Snapshot;

/**
 * How far something has moved from where it was at the first measurement, ‖z − z₀‖ / ‖z₀‖ in the Euclidean norm: the
 * weights, the features of the hidden layers, or the tangent kernel. Small in the lazy regime, of order one in the
 * rich one. Source: Chizat, Oyallon and Bach (2019).
 */
public final class Movement {
    private Movement() {}

    /**
     * The relative distance ‖z − z₀‖ / ‖z₀‖; with z₀ = 0, 0 where z = 0 too and else infinite. Not modified.
     *
     * @param z the numbers now
     * @param start the numbers at the start, as many
     */
    public static double relative(Array z, Array start) {
        Array difference = z.copy();
        difference.add(-1, start);
        double distance = difference.norm();
        return distance == 0 ? 0 : distance / start.norm();
    }

    /**
     * The movement of all weights together, and then of each parameter, in columns of their names.
     *
     * @param network one of the run's architecture, whose parameters give the names
     */
    public static Observable ofWeights(Network network) {
        var columns = new ArrayList<>(List.of("all"));
        network.parameters().views().forEach(view -> columns.add(view.name()));
        return new FromStart(columns) {
            @Override
            List<Array> state(Snapshot snapshot) {
                var state = new ArrayList<Array>();
                state.add(snapshot.network().parameters().array().copy());
                snapshot.network().parameters().views().forEach(view -> state.add(view.array().copy()));
                return state;
            }
        };
    }

    /**
     * The movement of the features of each hidden layer, in columns {@code hidden1, hidden2, …}.
     *
     * @param network one of the run's architecture, which tells the number of hidden layers
     * @param inputs the samples on which they are compared, n × d
     */
    public static Observable ofFeatures(Network network, double[][] inputs) {
        int layers = Representation.hidden(network, inputs).size();
        double[][] samples = inputs.clone();
        return new FromStart(IntStream.rangeClosed(1, layers).mapToObj(l -> "hidden" + l).toList()) {
            @Override
            List<Array> state(Snapshot snapshot) {
                return Representation.hidden(snapshot.network(), samples).stream().map(Representation::values)
                        .toList();
            }
        };
    }

    /**
     * The movement of the tangent kernel summed over outputs.
     *
     * @param inputs the samples between which it is taken, n × d
     */
    public static Observable ofKernel(double[][] inputs) {
        double[][] samples = inputs.clone();
        return new FromStart(List.of("kernel movement")) {
            @Override
            List<Array> state(Snapshot snapshot) {
                return List.of(TangentKernel.of(snapshot.network()).summed(samples).values());
            }
        };
    }

    /** Compares a state, an array for each column, with the first one it saw. */
    private abstract static class FromStart implements Observable {
        private final List<String> columns;
        private List<Array> start;

        FromStart(List<String> columns) { this.columns = List.copyOf(columns); }

        /** The state at a snapshot, in memory that stays. */
        abstract List<Array> state(Snapshot snapshot);

        @Override
        public List<String> columns() { return columns; }

        @Override
        public double[] measure(Snapshot snapshot) {
            var state = state(snapshot);
            if (start == null) start = state;
            return IntStream.range(0, state.size()).mapToDouble(i -> relative(state.get(i), start.get(i)))
                    .toArray();
        }
    }
}
