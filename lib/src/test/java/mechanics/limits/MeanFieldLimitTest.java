package mechanics.limits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import mechanics.data.Sphere;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class MeanFieldLimitTest {
    private static final double[][] X = new Sphere(2, 1.3).sample(9, 4);
    private static final double[] Y = Arrays.stream(X).mapToDouble(x -> Math.sin(2 * x[0]) + x[1]).toArray();

    private static double[] networkLosses(NeuronMeasure neurons, Activation phi, double rate, int steps) {
        Network network = Mlp.of(2, neurons.count(), 1).activation(phi).bias(false)
                .parameterization(Parameterization.meanField()).precision(Precision.FLOAT64).build();
        double[][] nodes = neurons.nodes();
        network.parameters().view("layer1.weight")
                .set(Arrays.stream(nodes).map(node -> Arrays.copyOfRange(node, 1, 3))
                        .toArray(double[][]::new));
        network.parameters().view("layer2.weight")
                .set(Arrays.stream(nodes).mapToDouble(node -> node[0]).toArray());
        double[][] targets = Arrays.stream(Y).mapToObj(y -> new double[]{y}).toArray(double[][]::new);
        return Run.of(network, SquaredError.HALF_MEAN, X, targets, GradientDescent.of(rate)).steps(steps + 1)
                .train().series("loss").values();
    }

    private static NeuronMeasure drawn(int n, double readout, double weight, SplittableRandom random) {
        var nodes = new double[n][3];
        for (double[] node : nodes) {
            node[0] = readout * random.nextGaussian();
            node[1] = weight * random.nextGaussian();
            node[2] = weight * random.nextGaussian();
        }
        var weights = new double[n];
        Arrays.fill(weights, 1.0 / n);
        return new NeuronMeasure(nodes, weights);
    }

    @ParameterizedTest
    @CsvSource({"tanh, 0.3", "gelu, 0.2", "relu, 0.2"})
    void ofFinitelyManyNeuronsIsTheNetwork(String name, double rate) {
        Activation phi = name.equals("tanh")
                ? Activation.TANH
                : name.equals("gelu") ? Activation.GELU : Activation.RELU;
        var neurons = drawn(13, 1, 0.8, new SplittableRandom(5));
        assertArrayEquals(networkLosses(neurons, phi, rate, 40),
                MeanFieldLimit.of(phi, neurons, X, Y, rate, 40).losses(), 1e-10);
    }

    /** The adjoint against differences: move a little weight to one node, renormalized. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2", "25"})
    void theNoiseIsTheSpreadOfInfluences(int step) {
        var neurons = drawn(7, 1, 0.8, new SplittableRandom(6));
        double[] p = {0.1, 0.2, 0.05, 0.15, 0.25, 0.15, 0.1};
        var start = new NeuronMeasure(neurons.nodes(), p);
        double variance = 0;
        double epsilon = 1e-5;
        for (int k = 0; k < p.length; k++) {
            int node = k;
            double[] plus = IntStream.range(0, 7)
                    .mapToDouble(i -> (1 - epsilon) * p[i] + (i == node ? epsilon : 0)).toArray();
            double[] minus = IntStream.range(0, 7)
                    .mapToDouble(i -> (1 + epsilon) * p[i] - (i == node ? epsilon : 0)).toArray();
            double influence = (lossAt(new NeuronMeasure(neurons.nodes(), plus), step)
                    - lossAt(new NeuronMeasure(neurons.nodes(), minus), step)) / (2 * epsilon);
            variance += p[k] * influence * influence;
        }
        double sigma = MeanFieldLimit.of(Activation.TANH, start, X, Y, 0.4, 30).fluctuation(step);
        assertEquals(Math.sqrt(variance), sigma, 1e-6 * sigma);
    }

    private static double lossAt(NeuronMeasure start, int step) {
        return MeanFieldLimit.of(Activation.TANH, start, X, Y, 0.4, 30).losses()[step];
    }

    /** The notebook's laws with normal neurons, another activation, other data. */
    @Test
    void predictsMeanAndNoiseOfRandomNetworks() {
        int n = 200;
        int networks = 300;
        int step = 10;
        var limit = MeanFieldLimit.of(Activation.TANH, NeuronMeasure.normal(2, 1, 0.7, 12), X, Y, 0.4, 10);
        var random = new SplittableRandom(8);
        double[][] losses = IntStream.range(0, networks)
                .mapToObj(_ -> networkLosses(drawn(n, 1, 0.7, random), Activation.TANH, 0.4, step))
                .toArray(double[][]::new);
        for (int t : new int[]{0, 3, step}) {
            double sigma = limit.fluctuation(t) / Math.sqrt(n);
            double mean = Arrays.stream(losses).mapToDouble(l -> l[t]).average().orElseThrow();
            double variance = Arrays.stream(losses).mapToDouble(l -> Math.pow(l[t] - mean, 2)).sum()
                    / (networks - 1);
            // The mean is off by c/n with c of the order of c₀.
            assertEquals(limit.losses()[t], mean,
                    3 * sigma / Math.sqrt(networks) + limit.neuronVariance() / n);
            assertEquals(sigma, Math.sqrt(variance), 3 * sigma / Math.sqrt(2 * networks));
        }
        double start = Arrays.stream(losses).mapToDouble(l -> l[0]).average().orElseThrow();
        assertEquals(limit.losses()[0] + limit.neuronVariance() / (2 * n), start,
                3 * limit.fluctuation(0) / Math.sqrt(n * (double) networks));
    }

    @Test
    void moreNodesChangeNothing() {
        double[] coarse = MeanFieldLimit.of(Activation.ERF, NeuronMeasure.circle(64, 1), X, Y, 0.5, 20)
                .losses();
        double[] fine = MeanFieldLimit.of(Activation.ERF, NeuronMeasure.circle(150, 1), X, Y, 0.5, 20)
                .losses();
        assertArrayEquals(fine, coarse, 1e-6);
    }

    @Test
    void startsWithOutputZeroWhereReadoutsHaveNoSign() {
        var limit = MeanFieldLimit.of(Activation.GELU, NeuronMeasure.circle(16, 1), X, Y, 0.5, 3);
        assertArrayEquals(new double[X.length], limit.outputs(0), 1e-14);
        assertEquals(3, limit.steps());
    }

    @Test
    void refusesWhatDoesNotFit() {
        var start = NeuronMeasure.circle(8, 1);
        assertThrows(IllegalArgumentException.class,
                () -> MeanFieldLimit.of(Activation.ERF, start, X, new double[]{1}, 0.5, 3));
        assertThrows(IllegalArgumentException.class,
                () -> MeanFieldLimit.of(Activation.ERF, start, new double[][]{{1, 2, 3}}, new double[]{1},
                        0.5, 3));
        assertThrows(IllegalArgumentException.class,
                () -> MeanFieldLimit.of(Activation.ERF, start, X, Y, 0, 3));
        assertThrows(IllegalArgumentException.class,
                () -> MeanFieldLimit.of(Activation.ERF, start, X, Y, 0.5, -1));
        var limit = MeanFieldLimit.of(Activation.ERF, start, X, Y, 0.5, 3);
        assertThrows(IllegalArgumentException.class, () -> limit.fluctuation(4));
        assertThrows(IllegalArgumentException.class, () -> limit.outputs(-1));
    }

    /** All draws of n neurons, each with its probability: the mean loss is above the limit's by the variance / (2n). */
    @ParameterizedTest
    @CsvSource({"1, 11", "2, 12", "3, 13"})
    void fewNeuronsStartAboveTheLimitByTheirVariance(int n, long seed) {
        double[][] nodes = drawn(4, 1, 0.8, new SplittableRandom(seed)).nodes();
        for (double[] node : nodes) node[0] += 0.5; // a mean output other than 0
        double[] p = {0.1, 0.2, 0.3, 0.4};
        var limit = MeanFieldLimit.of(Activation.TANH, new NeuronMeasure(nodes, p), X, Y, 0.4, 0);
        double mean = 0;
        for (int draw = 0; draw < Math.pow(4, n); draw++) {
            double probability = 1;
            var drawn = new double[n][];
            for (int i = 0, rest = draw; i < n; i++, rest /= 4) {
                drawn[i] = nodes[rest % 4];
                probability *= p[rest % 4];
            }
            var weights = new double[n];
            Arrays.fill(weights, 1.0 / n);
            mean += probability
                    * MeanFieldLimit.of(Activation.TANH, new NeuronMeasure(drawn, weights), X, Y, 0.4, 0)
                            .losses()[0];
        }
        assertEquals(1, limit.losses().length);
        assertEquals(mean, limit.losses()[0] + limit.neuronVariance() / (2 * n), 1e-12);
    }

    @Test
    void outputsAndTargetsGiveTheLosses() {
        var limit = MeanFieldLimit.of(Activation.TANH, drawn(5, 1, 0.8, new SplittableRandom(14)), X, Y, 0.4,
                6);
        for (int t = 0; t <= 6; t++) {
            double[] outputs = limit.outputs(t);
            double sum = 0;
            for (int mu = 0; mu < Y.length; mu++) sum += Math.pow(outputs[mu] - Y[mu], 2);
            assertEquals(sum / (2 * Y.length), limit.losses()[t], 1e-12);
        }
    }

    @Test
    void refusesEmptyDataAndRatesWithoutEnd() {
        var start = NeuronMeasure.circle(8, 1);
        assertThrows(IllegalArgumentException.class,
                () -> MeanFieldLimit.of(Activation.ERF, start, new double[0][], new double[0], 0.5, 3));
        for (double bad : new double[]{Double.NaN, Double.POSITIVE_INFINITY})
            assertThrows(IllegalArgumentException.class,
                    () -> MeanFieldLimit.of(Activation.ERF, start, X, Y, bad, 3));
    }
}
