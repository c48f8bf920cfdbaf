package mechanics.measure;

import static mechanics.network.layers.Layers.dense;
import static mechanics.network.layers.Layers.relu;
import static mechanics.network.layers.Layers.residual;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.layers.Attention;
import mechanics.network.layers.Flatten;
import mechanics.network.layers.LayerNorm;
import mechanics.network.zoo.Mlp;
import mechanics.training.Derivatives;
import mechanics.training.Task;
import mechanics.training.tasks.CrossEntropy;
import mechanics.training.tasks.SquaredError;

class ConservedChargeTest {
    private static final int SAMPLES = 7;

    record Case(String name, ConservedCharge charge, Network network, Task task) {
        @Override
        public String toString() { return name; }
    }

    static Stream<Case> symmetries() {
        var linear = Mlp.of(5, 4, 6, 3).linear().precision(Precision.FLOAT64).seed(1);
        var relu = Mlp.of(5, 7, 6, 3).activation(Activation.RELU).precision(Precision.FLOAT64).seed(2)
                .parameterization(Parameterization.standard().biasScale(0.3));
        var tangent = relu.parameterization(Parameterization.neuralTangent());
        var normalized = Network.of(Shape.of(5), dense(6), new LayerNorm(1e-13), relu(), dense(3))
                .precision(Precision.FLOAT64).seed(3);
        var attention = Network.of(Shape.of(4, 6), residual(Attention.of(2)), new Flatten(), dense(3))
                .parameterization(Parameterization.standard().biasScale(0.3))
                .precision(Precision.FLOAT64).seed(4);
        var first = List.of("layer1.weight", "layer1.bias");
        return Stream.of(
                new Case("linear layers", new ConservedCharge.LayerBalance(first, "layer2.weight"),
                        linear.build(), SquaredError.HALF_MEAN),
                new Case("linear layers without bias",
                        new ConservedCharge.LayerBalance(List.of("layer2.weight"), "layer3.weight"),
                        linear.bias(false).build(), CrossEntropy.MEAN),
                new Case("neurons", new ConservedCharge.NeuronBalance(first, "layer2.weight"), relu.build(),
                        CrossEntropy.MEAN),
                new Case("later neurons",
                        new ConservedCharge.NeuronBalance(List.of("layer2.weight", "layer2.bias"),
                                "layer3.weight"),
                        relu.build(), SquaredError.HALF_SUM),
                new Case("neurons with multipliers",
                        new ConservedCharge.NeuronBalance(first, "layer2.weight"),
                        tangent.build(), SquaredError.HALF_MEAN),
                new Case("norm before a normalization", new ConservedCharge.SquaredNorm(first),
                        normalized.build(), CrossEntropy.MEAN),
                new Case("classes", new ConservedCharge.ClassSum(List.of("layer3.weight", "layer3.bias")),
                        relu.build(), CrossEntropy.MEAN),
                new Case("first head",
                        new ConservedCharge.HeadBalance(attentionName(attention.build()), 2, 0),
                        attention.build(), CrossEntropy.MEAN),
                new Case("second head",
                        new ConservedCharge.HeadBalance(attentionName(attention.build()), 2, 1),
                        attention.build(), SquaredError.HALF_MEAN));
    }

    private static String attentionName(Network network) {
        return network.parameters().views().stream().map(v -> v.name()).filter(n -> n.endsWith(".qkv.weight"))
                .findFirst().orElseThrow().replace(".qkv.weight", "");
    }

    @ParameterizedTest
    @MethodSource("symmetries")
    void aStepOfGradientDescentAddsTheChargeOfTheGradientTimesTheSquaredRate(Case c) {
        Network network = c.network;
        Array g = derivatives(network, c.task).gradient().copy();
        double[] before = c.charge.of(network);
        double[] ofGradient = c.charge.of(network.parameters(), g);
        double scale = network.parameters().array().norm() * g.norm();
        for (double rate : new double[]{0.01, 0.3, 2}) {
            Array moved = network.parameters().array().copy();
            moved.add(-rate, g);
            double[] expected = new double[before.length];
            Arrays.setAll(expected,
                    i -> before[i] + (c.charge.degree() == 2 ? rate * rate * ofGradient[i] : 0));
            assertArrayEquals(expected, c.charge.of(network.parameters(), moved), 1e-10 * (1 + scale * rate));
            if (c.charge.degree() == 1) {
                assertArrayEquals(new double[before.length], ofGradient, 1e-12 * (1 + g.norm()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("symmetries")
    void isHomogeneousOfItsDegree(Case c) {
        Array twice = c.network.parameters().array().copy();
        twice.scale(2);
        double factor = Math.pow(2, c.charge.degree());
        assertArrayEquals(Arrays.stream(c.charge.of(c.network)).map(q -> factor * q).toArray(),
                c.charge.of(c.network.parameters(), twice), 1e-12);
    }

    @Test
    void tanhNeuronsHaveNoBalance() {
        Network network = Mlp.of(5, 7, 3).precision(Precision.FLOAT64).seed(5).build();
        var charge = new ConservedCharge.NeuronBalance(List.of("layer1.weight", "layer1.bias"),
                "layer2.weight");
        Array g = derivatives(network, SquaredError.HALF_MEAN).gradient().copy();
        Array moved = network.parameters().array().copy();
        moved.add(-1e-3, g);
        double[] before = charge.of(network);
        double[] after = charge.of(network.parameters(), moved);
        double[] ofGradient = charge.of(network.parameters(), g);
        double change = 0;
        for (int i = 0; i < before.length; i++) {
            change = Math.max(change, Math.abs(after[i] - before[i] - 1e-6 * ofGradient[i]));
        }
        assertTrue(change > 1e-6, "changed by " + change);
    }

    @Test
    void agreesWithTheFormulaWrittenOut() {
        Network network = Mlp.of(2, 2, 1).activation(Activation.RELU).precision(Precision.FLOAT64).build();
        network.parameters().view("layer1.weight").set(new double[][]{{1, 2}, {3, 4}});
        network.parameters().view("layer1.bias").set(new double[][]{{5, 6}});
        network.parameters().view("layer2.weight").set(new double[][]{{7, 8}});
        var incoming = List.of("layer1.weight", "layer1.bias");
        assertArrayEquals(new double[]{1 + 4 + 25 - 49, 9 + 16 + 36 - 64},
                new ConservedCharge.NeuronBalance(incoming, "layer2.weight").of(network));
        assertArrayEquals(new double[]{-19, 3 + 8 + 30 - 56, 3 + 8 + 30 - 56, -3},
                new ConservedCharge.LayerBalance(incoming, "layer2.weight").of(network));
        assertArrayEquals(new double[]{1 + 4 + 9 + 16 + 25 + 36},
                new ConservedCharge.SquaredNorm(incoming).of(network));
        assertArrayEquals(new double[]{4, 6, 11}, new ConservedCharge.ClassSum(incoming).of(network));
    }

    @Test
    void saysWhichParameterDoesNotFit() {
        Network network = Mlp.of(5, 7, 6, 3).activation(Activation.RELU).build();
        assertMessage("layer3.weight reads 6 neurons: expected the 7",
                () -> new ConservedCharge.NeuronBalance(List.of("layer1.weight"), "layer3.weight")
                        .of(network));
        assertMessage("layer2.bias has 6 rows: expected 7",
                () -> new ConservedCharge.NeuronBalance(List.of("layer1.weight", "layer2.bias"),
                        "layer2.weight")
                        .of(network));
        assertMessage("parameter = nothing",
                () -> new ConservedCharge.SquaredNorm(List.of("nothing")).of(network));
        assertMessage("names = []", () -> new ConservedCharge.ClassSum(List.of()));
        assertMessage("head = 2: expected 0 to 1", () -> new ConservedCharge.HeadBalance("layer1", 2, 2));
        assertMessage("heads = 0", () -> new ConservedCharge.HeadBalance("layer1", 0, 0));
    }

    private static void assertMessage(String part, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(part), message);
        assertEquals(message.strip(), message);
    }

    private static Derivatives derivatives(Network network, Task task) {
        var random = new SplittableRandom(11);
        double[][] x = new double[SAMPLES][network.input().count()];
        double[][] y = new double[SAMPLES][network.output().count()];
        for (double[] row : x) Arrays.setAll(row, _ -> random.nextGaussian());
        for (double[] row : y) row[random.nextInt(row.length)] = 1;
        return Derivatives.of(network, task, x, y);
    }
}
