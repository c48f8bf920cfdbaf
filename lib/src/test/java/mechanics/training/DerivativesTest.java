package mechanics.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Architecture;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.layers.Layers;
import mechanics.network.zoo.Mlp;
import mechanics.training.tasks.CrossEntropy;
import mechanics.training.tasks.SquaredError;

/** Every derivative against central differences and against the others, for architectures × tasks. */
class DerivativesTest {
    private static final double STEP = 1e-5;

    static List<Arguments> systems() {
        var systems = new ArrayList<Arguments>();
        var tasks = new ArrayList<Task>(List.of(SquaredError.values()));
        tasks.addAll(List.of(CrossEntropy.values()));
        for (var architecture : architectures()) {
            for (Task task : tasks) systems.add(Arguments.of(architecture, task));
        }
        return systems;
    }

    private static List<Architecture<?>> architectures() {
        var all = new ArrayList<Architecture<?>>();
        for (var phi : List.of(Activation.IDENTITY, Activation.RELU, Activation.leakyRelu(0.1),
                Activation.TANH,
                Activation.ERF, Activation.erf(0.7), Activation.GELU, Activation.SIGMOID, Activation.SOFTPLUS,
                Activation.SILU, Activation.QUADRATIC, Activation.SIN, Activation.COS)) {
            all.add(Mlp.of(3, 5, 4, 2).activation(phi));
        }
        all.add(Mlp.of(3, 5, 2).activation(Activation.EXP));
        all.add(Mlp.of(4, 3));
        all.add(Mlp.of(2, 6, 3).bias(false).parameterization(Parameterization.neuralTangent()));
        all.add(Mlp.of(2, 6, 3).parameterization(Parameterization.maximalUpdate(3)).outputMultiplier(2.5));
        all.add(Network.of(Shape.of(3), Layers.dense(4), Layers.residual(Layers.tanh(), Layers.dense(4)),
                Layers.residual(Layers.gelu(), Layers.dense(4)).multiplier(0.5), Layers.dense(2))
                .parameterization(Parameterization.standard().depthExponent(0.5)));
        // A residual branch on the data itself, and rows inside a sample.
        all.add(Network.of(Shape.of(3, 2), Layers.residual(Layers.dense(2), Layers.tanh()), Layers.dense(4),
                Layers.tanh(), Layers.scale(0.7), Layers.dense(3)));
        return all;
    }

    /** A network with its data, everywhere in general position. */
    private record Learner(Network network, Derivatives derivatives, RandomGenerator random) {
        static Learner of(Architecture<?> architecture, Task task, Precision precision) {
            var seed = Seed.of(7).derive(architecture.toString());
            var random = seed.stream();
            var network = architecture.precision(precision).seed(seed).build();
            Array theta = network.parameters().array();
            for (int i = 0; i < theta.length(); i++) theta.set(i, theta.get(i) + 0.3 * random.nextGaussian());
            network.parameters().changed();
            int n = 1 + random.nextInt(6);
            Array inputs = gaussian(precision, n * network.input().count(), random);
            Array targets = gaussian(precision, n * network.output().count(), random);
            if (task instanceof CrossEntropy) targets.softmaxRows(targets, network.output().columns());
            return new Learner(network, Derivatives.of(network, task, inputs, targets), random);
        }

        Array direction() { return gaussian(network.precision(), network.parameters().count(), random); }

        Array outputDirection() {
            return gaussian(network.precision(), derivatives.outputs().length(), random);
        }

        void move(double step, Array v) {
            network.parameters().array().add(step, v);
            network.parameters().changed();
        }

        /** (g(θ + h v) − g(θ − h v)) / 2h. */
        Array difference(Array v, Supplier<Array> g) {
            move(STEP, v);
            Array ahead = g.get().copy();
            move(-2 * STEP, v);
            Array behind = g.get().copy();
            move(STEP, v);
            ahead.add(-1, behind);
            ahead.scale(0.5 / STEP);
            return ahead;
        }
    }

    private static Array gaussian(Precision precision, int length, RandomGenerator random) {
        Array array = precision.array(length);
        for (int i = 0; i < length; i++) array.set(i, random.nextGaussian());
        return array;
    }

    private static void assertNear(Array expected, Array actual, double tolerance) {
        double scale = Math.max(1, expected.largest());
        assertArrayEquals(expected.toDoubles(), actual.toDoubles(), tolerance * scale);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void gradientIsTheSlopeOfTheLoss(Architecture<?> architecture, Task task) {
        var system = Learner.of(architecture, task, Precision.FLOAT64);
        for (int repeat = 0; repeat < 3; repeat++) {
            Array v = system.direction();
            double expected = system.difference(v, () -> Precision.FLOAT64.array(system.derivatives.loss()))
                    .get(0);
            assertEquals(expected, system.derivatives.gradient().dot(v),
                    1e-7 * Math.max(1, Math.abs(expected)));
        }
    }

    @ParameterizedTest
    @MethodSource("systems")
    void hessianVectorProductIsTheChangeOfTheGradient(Architecture<?> architecture, Task task) {
        var system = Learner.of(architecture, task, Precision.FLOAT64);
        Array v = system.direction();
        Array expected = system.difference(v, () -> system.derivatives.gradient());
        Array product = v.like(v.length());
        system.derivatives.hessianVectorProduct(v, product);
        assertNear(expected, product, 1e-7);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void hessianIsSymmetric(Architecture<?> architecture, Task task) {
        var system = Learner.of(architecture, task, Precision.FLOAT64);
        Array u = system.direction();
        Array v = system.direction();
        Array hu = u.like(u.length());
        Array hv = u.like(u.length());
        system.derivatives.hessianVectorProduct(u, hu);
        system.derivatives.hessianVectorProduct(v, hv);
        assertEquals(u.dot(hv), v.dot(hu), 1e-12 * (1 + u.norm() * hv.norm()));
    }

    @ParameterizedTest
    @MethodSource("systems")
    void jacobianProductsAreAdjointAndMatchTheJacobian(Architecture<?> architecture, Task task) {
        var system = Learner.of(architecture, task, Precision.FLOAT64);
        Array v = system.direction();
        Array u = system.outputDirection();
        Array jv = u.like(u.length());
        Array jTu = v.like(v.length());
        system.derivatives.jvp(v, jv);
        system.derivatives.vjp(u, jTu);
        assertEquals(u.dot(jv), jTu.dot(v), 1e-12 * (1 + u.norm() * jv.norm()));
        assertNear(system.difference(v, () -> system.derivatives.outputs()), jv, 1e-7);

        Array jacobian = system.derivatives.jacobian();
        Array product = u.like(u.length());
        product.gemm(1, jacobian, false, v, false, u.length(), 1, v.length(), 0);
        assertNear(jv, product, 1e-12);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void inputGradientIsTheSlopeOfTheLossInTheData(Architecture<?> architecture, Task task) {
        var system = Learner.of(architecture, task, Precision.FLOAT64);
        Array gradient = system.derivatives.inputGradient();
        Array inputs = system.derivatives.inputs();
        Array v = gaussian(Precision.FLOAT64, inputs.length(), system.random);
        inputs.add(STEP, v);
        system.derivatives.invalidate();
        double ahead = system.derivatives.loss();
        inputs.add(-2 * STEP, v);
        system.derivatives.invalidate();
        double behind = system.derivatives.loss();
        double expected = (ahead - behind) / (2 * STEP);
        assertEquals(expected, gradient.dot(v), 1e-7 * Math.max(1, Math.abs(expected)));
    }

    @ParameterizedTest
    @MethodSource("systems")
    void singlePrecisionAgreesWithDouble(Architecture<?> architecture, Task task) {
        var fine = Learner.of(architecture, task, Precision.FLOAT64);
        var coarse = Learner.of(architecture, task, Precision.FLOAT32);
        assertEquals(fine.derivatives.loss(), coarse.derivatives.loss(),
                1e-5 * (1 + fine.derivatives.loss()));
        assertNear(fine.derivatives.gradient(), coarse.derivatives.gradient(), 1e-5);
        Array v = fine.direction();
        Array w = Precision.FLOAT32.array(v.length());
        w.copy(v);
        Array hv = v.like(v.length());
        Array hw = w.like(w.length());
        fine.derivatives.hessianVectorProduct(v, hv);
        coarse.derivatives.hessianVectorProduct(w, hw);
        assertNear(hv, hw, 3e-5);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void tangentKernelOfDenseLayersIsTheGramMatrixOfTheJacobian(Architecture<?> architecture, Task task) {
        var system = Learner.of(architecture, task, Precision.FLOAT64);
        Array u = system.outputDirection();
        system.derivatives.adjoints(u);
        int n = system.derivatives.samples();
        int count = system.network.parameters().count();
        Array kernel = u.like(n * n);
        boolean closed = system.derivatives.workspace().root().addTangentKernel(kernel, u.like(n * n),
                u.like(n * n));
        assertEquals(system.network.input().rank() == 1, closed);
        Array gradients = u.like(n * count);
        system.derivatives.workspace().root().sampleGradients(gradients, count);
        Array expected = u.like(n * n);
        expected.gemm(1, gradients, false, gradients, true, n, n, count, 0);
        if (closed) assertNear(expected, kernel, 1e-12);
    }
}
