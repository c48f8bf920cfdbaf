package mechanics.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.StringJoiner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Architecture;
import mechanics.network.Network;
import mechanics.network.zoo.Cnn;
import mechanics.network.zoo.Mlp;
import mechanics.network.zoo.Transformer;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.CrossEntropy;
import mechanics.training.tasks.SquaredError;

class RunTest {
    private static double[][] gaussian(String name, int rows, int columns) {
        Array array = Precision.FLOAT64.array(rows * columns);
        array.fillGaussian(Seed.of(2).stream(name), 1);
        return array.toRows(columns);
    }

    private static Run small(double learningRate) {
        var network = Mlp.of(3, 6, 2).seed(1).build();
        return Run.of(network, SquaredError.HALF_MEAN, gaussian("x", 8, 3), gaussian("y", 8, 2),
                GradientDescent.of(learningRate));
    }

    /** Saxe, McClelland and Ganguli (2014), equation 14: the strength of a mode of a two-layer linear network. */
    @Test
    void aModeOfALinearNetworkGrowsAlongItsSigmoid() {
        double s = 2;
        double start = 1e-3;
        double rate = 1e-3;
        var network = Mlp.of(1, 1, 1).linear().bias(false).precision(Precision.FLOAT64).build();
        network.parameters().view("layer1.weight").set(new double[]{Math.sqrt(start)});
        network.parameters().view("layer2.weight").set(new double[]{Math.sqrt(start)});
        var run = Run.of(network, SquaredError.HALF_SUM, new double[][]{{1}}, new double[][]{{s}},
                GradientDescent.of(rate))
                .observe("mode", MeasurementSchedule.every(100), net -> net.evaluate(new double[][]{{1}})[0])
                .steps(4000)
                .train();
        var mode = run.series("mode");
        assertEquals(41, mode.size());
        for (int i = 0; i < mode.size(); i++) {
            double growth = Math.exp(2 * s * rate * mode.steps()[i]);
            double expected = s * growth / (growth - 1 + s / start);
            assertEquals(expected, mode.column(0)[i], 0.01 * s);
        }
    }

    @Test
    void gradientDescentOnALineContractsByItsFactor() {
        // L = ½ (w − 3)², so w_t = 3 − 3 (1 − η)^t from w = 0.
        var network = Mlp.of(1, 1).linear().bias(false).precision(Precision.FLOAT64).initialScale(0).build();
        var run = Run.of(network, SquaredError.HALF_SUM, new double[][]{{1}}, new double[][]{{3}},
                GradientDescent.of(0.1)).steps(20).train();
        assertEquals(3 - 3 * Math.pow(0.9, 20), network.parameters().array().get(0), 1e-13);
        assertEquals(0.5 * Math.pow(3 * Math.pow(0.9, 7), 2), run.series("loss").values()[7], 1e-13);
    }

    @Test
    void twoRunsOfOneSeedAreBitIdentical() {
        assertArrayEquals(small(0.1).steps(200).train().network().parameters().array().toDoubles(),
                small(0.1).steps(200).train().network().parameters().array().toDoubles());
    }

    @Test
    void aRunInTwoPartsIsTheRunInOne() {
        var whole = small(0.1).observeNumber("norm", MeasurementSchedule.every(3), RunTest::norm).steps(10)
                .train();
        var parts = small(0.1).observeNumber("norm", MeasurementSchedule.every(3), RunTest::norm).steps(5)
                .train()
                .train();
        assertArrayEquals(whole.network().parameters().array().toDoubles(),
                parts.network().parameters().array().toDoubles());
        assertArrayEquals(whole.series("loss").values(), parts.series("loss").values());
        assertArrayEquals(new long[]{0, 3, 6, 9, 10}, whole.series("norm").steps());
        assertArrayEquals(new long[]{0, 3, 5, 6, 9, 10}, parts.series("norm").steps());
    }

    private static double norm(Network network) { return network.parameters().array().norm(); }

    @Test
    void measuringDoesNotChangeTheRun() {
        var plain = small(0.1).steps(50).train();
        var watched = small(0.1).observe("curvature", MeasurementSchedule.every(1), new Observable() {
            @Override
            public List<String> columns() { return List.of("gᵀHg", "kernel"); }

            @Override
            public double[] measure(Snapshot snapshot) {
                var d = snapshot.derivatives();
                Array gradient = d.gradient().copy();
                Array product = gradient.copy();
                d.hessianVectorProduct(gradient, product);
                Array jacobian = d.jacobian();
                return new double[]{gradient.dot(product), jacobian.dot(jacobian)};
            }
        }).steps(50).train();
        assertArrayEquals(plain.series("loss").values(), watched.series("loss").values());
        assertEquals(51, watched.series("curvature").column("gᵀHg").length);
    }

    @Test
    void batchesAreTheirRowsOfTheData() {
        var network = Mlp.of(3, 4, 2).precision(Precision.FLOAT64).build();
        double[][] x = gaussian("x", 6, 3);
        double[][] y = gaussian("y", 6, 2);
        var all = Derivatives.of(network, SquaredError.SUM, x, y);
        double whole = all.loss();
        var batch = all.separate();
        double sum = 0;
        for (int[] indices : new int[][]{{5, 0}, {1}, {2, 4, 3}}) {
            batch.select(indices);
            sum += batch.loss();
        }
        assertEquals(whole, sum, 1e-12);
        assertEquals(whole, all.loss());
        batch.selectAll();
        assertEquals(whole, batch.loss());
    }

    @Test
    void derivativesFollowTheParameters() {
        var network = Mlp.of(3, 4, 2).precision(Precision.FLOAT64).build();
        var d = Derivatives.of(network, SquaredError.SUM, gaussian("x", 6, 3), gaussian("y", 6, 2));
        double before = d.loss();
        network.parameters().view("layer2.weight").array().fill(0);
        network.parameters().changed();
        assertTrue(before != d.loss());
    }

    @Test
    void labelsAndOneHotRowsAreTheSameTargets() {
        var network = Mlp.of(3, 4, 3).precision(Precision.FLOAT64).build();
        double[][] x = gaussian("x", 4, 3);
        double[][] oneHot = {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        double[][] labels = {{2}, {0}, {1}, {2}};
        var a = Derivatives.of(network, CrossEntropy.MEAN, x, oneHot);
        var b = Derivatives.of(network, CrossEntropy.MEAN, x, labels);
        assertEquals(a.loss(), b.loss(), 1e-14);
        assertArrayEquals(a.gradient().toDoubles(), b.gradient().toDoubles(), 1e-15);
        double expected = 0;
        double[][] f = network.evaluate(x);
        for (int i = 0; i < 4; i++) {
            double total = 0;
            for (double z : f[i]) total += Math.exp(z);
            expected -= f[i][(int) labels[i][0]] - Math.log(total);
        }
        assertEquals(expected / 4, a.loss(), 1e-14);
    }

    @Test
    void divergenceStopsTheRunAndSaysWhere() {
        var run = small(1e20).steps(100);
        var e = assertThrows(IllegalStateException.class, run::train);
        assertTrue(e.getMessage().contains("at step"), e.getMessage());
    }

    @Test
    void badProblemsAreRefusedWithASentence() {
        var network = Mlp.of(3, 4, 2).build();
        double[][] x = gaussian("x", 4, 3);
        double[][] y = gaussian("y", 4, 2);
        for (double rate : new double[]{0, -0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> GradientDescent.of(rate));
        }
        refuse(network, SquaredError.SUM, x, gaussian("y", 3, 2));
        refuse(network, SquaredError.SUM, x, gaussian("y", 4, 1));
        refuse(network, SquaredError.SUM, gaussian("x", 4, 2), y);
        refuse(network, SquaredError.SUM, new double[0][], new double[0][]);
        refuse(network, CrossEntropy.SUM, x, y);
        refuse(network, CrossEntropy.SUM, x, new double[][]{{0}, {1}, {2}, {0}});
        double[][] bad = gaussian("x", 4, 3);
        bad[1][2] = Double.NaN;
        refuse(network, SquaredError.SUM, bad, y);
        var run = Run.of(network, SquaredError.SUM, x, y, GradientDescent.of(0.1));
        assertThrows(IllegalArgumentException.class, () -> run.steps(-1));
        assertThrows(IllegalArgumentException.class, () -> run.series("sharpness"));
        assertThrows(IllegalArgumentException.class, () -> MeasurementSchedule.every(0));
        assertThrows(IllegalArgumentException.class, () -> Derivatives.of(network, SquaredError.SUM,
                Precision.FLOAT64.array(x), Precision.FLOAT64.array(y)));
    }

    private static void refuse(Network network, Task task, double[][] x, double[][] y) {
        assertThrows(IllegalArgumentException.class, () -> Derivatives.of(network, task, x, y));
    }

    static List<Architecture<?>> small() {
        return List.of(Mlp.of(16, 32, 32, 4), Mlp.of(16, 32, 32, 4).activation(Activation.RELU),
                Mlp.of(16, 32, 32, 4).activation(Activation.GELU), Cnn.of(Shape.of(4, 4, 1), 4, 3, 3),
                Transformer.of(6, 16, 8, 2, 1));
    }

    private static Derivatives regression(Architecture<?> architecture, Precision precision, int n) {
        var network = architecture.precision(precision).build();
        // Zeros are tokens too.
        return Derivatives.of(network, SquaredError.HALF_MEAN, precision.array(n * network.input().count()),
                precision.array(gaussian("y", n, network.output().count())));
    }

    @ParameterizedTest
    @MethodSource("small")
    void aStepInTheSteadyStateAllocatesNothing(Architecture<?> architecture) throws Exception {
        String none = "FLOAT32 0 bytes, FLOAT64 0 bytes";
        assertEquals(none,
                OwnMachine.prints(none, Steps.class, String.valueOf(small().indexOf(architecture))),
                "in 20 steps of " + architecture);
    }

    /** Steps of one of the small architectures, until none of twenty allocates or the compiler must have ended. */
    static final class Steps {
        private Steps() {}

        public static void main(String[] arguments) {
            Architecture<?> architecture = small().get(Integer.parseInt(arguments[0]));
            var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            var found = new StringJoiner(", ");
            for (var precision : Precision.values()) {
                var stepper = GradientDescent.of(1e-3).start(regression(architecture, precision, 4),
                        Seed.of(0));
                // The compiler decides when vectors and foreign calls stop needing objects; then it must be none.
                long allocated = Long.MAX_VALUE;
                for (int round = 0; round < 30_000 && allocated > 0; round++) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int t = 0; t < 20; t++) stepper.step(t);
                    allocated = threads.getCurrentThreadAllocatedBytes() - before;
                }
                found.add(precision + " " + allocated + " bytes");
            }
            System.out.println(found);
        }
    }

    @ParameterizedTest
    @MethodSource("small")
    void aRunTakesAtMostThreeTimesTheMemoryOfParametersAndActivations(Architecture<?> architecture) {
        var loss = regression(architecture, Precision.FLOAT32, 50);
        loss.loss();
        long parameters = 4L * loss.network().parameters().count();
        // The forward pass has made the activations, and the one adjoint where the loss begins.
        long activations = loss.workspace().bytes() - parameters - 4L * 50 * loss.network().output().count();
        GradientDescent.of(1e-3).momentum(0.9).start(loss, Seed.of(0)).step(0);
        long velocity = parameters;
        long all = parameters + velocity + loss.workspace().bytes();
        assertTrue(all <= 3 * (parameters + activations),
                all + " bytes for " + parameters + " of parameters and "
                        + activations + " of activations");
        Array v = loss.gradient().copy();
        loss.hessianVectorProduct(v, v.copy());
        assertTrue(loss.workspace().bytes() <= 4 * (parameters + activations));
    }
}
