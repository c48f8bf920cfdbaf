package mechanics.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import mechanics.linalg.Array;
import mechanics.network.Network;
import mechanics.representations.Representation;
import mechanics.training.Observable;
import mechanics.training.Snapshot;

/**
 * The size of what each layer holds along a run, as root mean square √(Σ z² / count): of order one at any width is
 * what a parameterization aims at for activations. The Euclidean norm is that times √count.
 */
public final class LayerNorms {
    private LayerNorms() {}

    /**
     * The root mean square of the entries. Not modified.
     *
     * @param z any numbers, at least one
     */
    public static double rootMeanSquare(Array z) { return z.norm() / Math.sqrt(z.length()); }

    /**
     * The root mean square of each parameter, in columns of their names.
     *
     * @param network one of the run's architecture, whose parameters give the names
     */
    public static Observable ofWeights(Network network) {
        return perParameter(network, snapshot -> snapshot.network().parameters().array());
    }

    /**
     * The root mean square of the gradient with respect to each parameter, in columns of their names.
     *
     * @param network one of the run's architecture, whose parameters give the names
     */
    public static Observable ofGradients(Network network) {
        return perParameter(network, snapshot -> snapshot.derivatives().gradient());
    }

    /**
     * The root mean square of the features of each hidden layer, in columns {@code hidden1, hidden2, …}.
     *
     * @param network one of the run's architecture, which tells the number of hidden layers
     * @param inputs the samples over which it is taken, n × d
     */
    public static Observable ofActivations(Network network, double[][] inputs) {
        int layers = Representation.hidden(network, inputs).size();
        double[][] samples = inputs.clone();
        return new Measured(IntStream.rangeClosed(1, layers).mapToObj(l -> "hidden" + l).toList(),
                snapshot -> Representation.hidden(snapshot.network(), samples).stream()
                        .mapToDouble(layer -> rootMeanSquare(layer.values())).toArray());
    }

    private static Observable perParameter(Network network, Function<Snapshot, Array> vector) {
        List<String> columns = new ArrayList<>();
        network.parameters().views().forEach(view -> columns.add(view.name()));
        return new Measured(columns, snapshot -> {
            Array all = vector.apply(snapshot);
            return snapshot.network().parameters().views().stream()
                    .mapToDouble(view -> rootMeanSquare(view.of(all))).toArray();
        });
    }
}
