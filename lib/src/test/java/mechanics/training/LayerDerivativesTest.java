package mechanics.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Blas;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Architecture;
import mechanics.network.Layer;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.layers.Attention;
import mechanics.network.layers.BatchNorm;
import mechanics.network.layers.ConcatenatingSkip;
import mechanics.network.layers.Convolution;
import mechanics.network.layers.Dense;
import mechanics.network.layers.Embedding;
import mechanics.network.layers.FeedForward;
import mechanics.network.layers.Flatten;
import mechanics.network.layers.GlobalAveragePool;
import mechanics.network.layers.LayerNorm;
import mechanics.network.layers.Layers;
import mechanics.network.layers.MaxPool;
import mechanics.network.layers.MeanPool;
import mechanics.network.layers.PositionEmbedding;
import mechanics.network.layers.Reshape;
import mechanics.network.layers.TransformerBlock;
import mechanics.network.layers.TransposedConvolution;
import mechanics.network.layers.Upsample;
import mechanics.network.zoo.Cnn;
import mechanics.network.zoo.DiagonalLinear;
import mechanics.network.zoo.ResidualMlp;
import mechanics.network.zoo.Transformer;
import mechanics.network.zoo.UNet;
import mechanics.network.zoo.VisionTransformer;
import mechanics.training.tasks.SquaredError;

/** Every derivative through the layers for images, sequences and normalization, against central differences. */
class LayerDerivativesTest {
    /** Of the differences, which are of fourth order: normalization has large third derivatives. */
    private static final double STEP = 2e-5;

    static List<Architecture<?>> continuous() {
        var all = new ArrayList<Architecture<?>>();
        var tanh = Layers.tanh();
        var statistics = new BatchNorm.Statistics(List.of(0.2, -0.1, 0.5), List.of(1.0, 0.4, 2.0));
        // On data, and behind other layers.
        for (Layer layer : List.of(Convolution.of(3, 3), Convolution.of(2, 2), Convolution.of(3, 1),
                Convolution.of(2, 3).stride(2), Convolution.of(4, 4).stride(3).padding(3).withoutBias(),
                MeanPool.of(2), new MeanPool(3, 1), new MeanPool(2, 3), MaxPool.of(2), new MaxPool(3, 1),
                new Upsample(2), new Upsample(3), TransposedConvolution.of(2, 2),
                TransposedConvolution.of(3, 3).stride(2).padding(1),
                TransposedConvolution.of(2, 3).stride(1).padding(2).withoutBias(), new Flatten(),
                new GlobalAveragePool(),
                new LayerNorm(0.01),
                ConcatenatingSkip.of(Convolution.of(2, 3), tanh, Convolution.of(1, 3)))) {
            all.add(Network.of(Shape.of(5, 4, 2), layer, tanh, Dense.of(2)));
            all.add(Network.of(Shape.of(4, 5, 1), Convolution.of(3, 3), tanh, layer, tanh, Dense.of(1)));
        }
        all.add(Network.of(Shape.of(3), BatchNorm.of().fixed(statistics), Dense.of(3), tanh,
                BatchNorm.of().fixed(statistics), Dense.of(2)));
        for (var attention : List.of(Attention.of(1), Attention.of(2), Attention.of(2).causally(),
                Attention.of(4).causally().scaleExponent(1))) {
            all.add(Network.of(Shape.of(3, 4), attention, Dense.of(2)));
            all.add(Network.of(Shape.of(5, 3), Dense.of(4), new PositionEmbedding(), attention, tanh,
                    Dense.of(1)));
        }
        all.add(Network.of(Shape.of(3, 4), TransformerBlock.of(2), new GlobalAveragePool(), Dense.of(2)));
        all.add(Network.of(Shape.of(4), new FeedForward(2, Activation.TANH), Dense.of(2)));
        all.add(Network.of(Shape.of(6), new Reshape(Shape.of(2, 3, 1)), Convolution.of(2, 2), new Flatten(),
                Dense.of(2)));
        all.add(VisionTransformer.of(Shape.of(4, 6, 2), 2, 4, 2, 1, 3).scaleExponent(1)
                .parameterization(Parameterization.maximalUpdate(2)));
        all.add(VisionTransformer.imageToImage(Shape.of(4, 4, 1), 2, 4, 2, 1));
        all.add(UNet.of(Shape.of(4, 4, 2), 2, 2).activation(Activation.TANH));
        all.add(UNet.of(Shape.of(4, 2, 1), 2, 1).activation(Activation.GELU));
        all.add(ResidualMlp.of(3, 5, 2, 2).activation(Activation.TANH)
                .parameterization(Parameterization.maximalUpdate(2).depthExponent(0.5)));
        all.add(ResidualMlp.of(3, 4, 1, 1).bias(false).parameterization(Parameterization.neuralTangent()));
        all.add(Cnn.of(Shape.of(4, 4, 1), 3, 2, 3).parameterization(Parameterization.maximalUpdate(2)));
        all.add(Cnn.of(Shape.of(4, 4, 2), 3, 2).activation(Activation.GELU).pool(MaxPool.of(2))
                .parameterization(Parameterization.neuralTangent()));
        all.add(DiagonalLinear.of(4).alpha(0.5));
        return all;
    }

    static List<Architecture<?>> batchwise() {
        return List.of(
                Network.of(Shape.of(3), BatchNorm.of(), Dense.of(4), BatchNorm.of(), Layers.tanh(),
                        Dense.of(2)),
                Network.of(Shape.of(3, 3, 2), Convolution.of(3, 3), BatchNorm.of(), Layers.gelu(),
                        new Flatten(),
                        Dense.of(2)));
    }

    static List<Architecture<?>> onTokens() {
        return List.of(Transformer.of(5, 4, 4, 2, 2), Transformer.of(3, 2, 6, 3, 1).scaleExponent(1)
                .parameterization(Parameterization.maximalUpdate(4).depthExponent(0.5)),
                Network.of(Shape.of(3), new Embedding(4, 3), new Flatten(), Dense.of(2))
                        .parameterization(Parameterization.neuralTangent()));
    }

    static List<Architecture<?>> withSampleGradients() {
        var all = new ArrayList<>(continuous());
        all.addAll(onTokens());
        return all;
    }

    static List<Architecture<?>> everything() {
        var all = withSampleGradients();
        all.addAll(batchwise());
        return all;
    }

    /** A network with its data, everywhere in general position. */
    private record Setting(Network network, Derivatives derivatives, RandomGenerator random) {
        static Setting of(Architecture<?> architecture, Precision precision) {
            var seed = Seed.of(3).derive(architecture.toString());
            var random = seed.stream();
            var network = architecture.precision(precision).seed(seed).build();
            Array theta = network.parameters().array();
            for (int i = 0; i < theta.length(); i++) theta.set(i, theta.get(i) + 0.3 * random.nextGaussian());
            network.parameters().changed();
            int n = 3 + random.nextInt(3);
            boolean tokens = architecture.layers().toString().contains("Embedding[vocabulary");
            Array inputs = gaussian(precision, n * network.input().count(), random);
            if (tokens) {
                for (int i = 0; i < inputs.length(); i++) inputs.set(i, random.nextInt(3));
            }
            Array targets = gaussian(precision, n * network.output().count(), random);
            return new Setting(network, Derivatives.of(network, SquaredError.HALF_MEAN, inputs, targets),
                    random);
        }

        Array direction() { return gaussian(network.precision(), network.parameters().count(), random); }

        /** The derivative of g along v in parameter space. */
        Array difference(Array v, Supplier<Array> g) {
            return difference(g, step -> {
                network.parameters().array().add(step, v);
                network.parameters().changed();
            });
        }

        /** (8 g(h) − 8 g(−h) − g(2h) + g(−2h)) / 12h, where {@code move} goes a step further. */
        Array difference(Supplier<Array> g, DoubleConsumer move) {
            move.accept(-2 * STEP);
            Array slope = g.get().copy();
            move.accept(STEP);
            slope.add(-8, g.get());
            move.accept(2 * STEP);
            slope.add(8, g.get());
            move.accept(STEP);
            slope.add(-1, g.get());
            move.accept(-2 * STEP);
            slope.scale(1 / (12 * STEP));
            return slope;
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
    @MethodSource("everything")
    void gradientIsTheSlopeOfTheLoss(Architecture<?> architecture) {
        var system = Setting.of(architecture, Precision.FLOAT64);
        for (int repeat = 0; repeat < 3; repeat++) {
            Array v = system.direction();
            double expected = system.difference(v, () -> Precision.FLOAT64.array(system.derivatives.loss()))
                    .get(0);
            assertEquals(expected, system.derivatives.gradient().dot(v),
                    1e-7 * Math.max(1, Math.abs(expected)));
        }
    }

    @ParameterizedTest
    @MethodSource("everything")
    void hessianVectorProductIsTheChangeOfTheGradient(Architecture<?> architecture) {
        var system = Setting.of(architecture, Precision.FLOAT64);
        Array v = system.direction();
        Array expected = system.difference(v, system.derivatives::gradient);
        Array product = v.like(v.length());
        system.derivatives.hessianVectorProduct(v, product);
        assertNear(expected, product, 1e-6);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void hessianIsSymmetric(Architecture<?> architecture) {
        var system = Setting.of(architecture, Precision.FLOAT64);
        Array u = system.direction();
        Array v = system.direction();
        Array hu = u.like(u.length());
        Array hv = u.like(u.length());
        system.derivatives.hessianVectorProduct(u, hu);
        system.derivatives.hessianVectorProduct(v, hv);
        assertEquals(u.dot(hv), v.dot(hu), 1e-11 * (1 + u.norm() * hv.norm()));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void jacobianProductsAreAdjoint(Architecture<?> architecture) {
        var system = Setting.of(architecture, Precision.FLOAT64);
        Array v = system.direction();
        Array u = gaussian(Precision.FLOAT64, system.derivatives.outputs().length(), system.random);
        Array jv = u.like(u.length());
        Array jTu = v.like(v.length());
        system.derivatives.jvp(v, jv);
        system.derivatives.vjp(u, jTu);
        assertEquals(u.dot(jv), jTu.dot(v), 1e-11 * (1 + u.norm() * jv.norm()));
        assertNear(system.difference(v, system.derivatives::outputs), jv, 1e-6);
    }

    @ParameterizedTest
    @MethodSource("withSampleGradients")
    void sampleGradientsMakeTheJacobian(Architecture<?> architecture) {
        var system = Setting.of(architecture, Precision.FLOAT64);
        Array v = system.direction();
        Array jv = v.like(system.derivatives.outputs().length());
        system.derivatives.jvp(v, jv);
        Array product = v.like(jv.length());
        product.gemm(1, system.derivatives.jacobian(), false, v, false, jv.length(), 1, v.length(), 0);
        assertNear(jv, product, 1e-11);
    }

    @ParameterizedTest
    @MethodSource("continuous")
    void inputGradientIsTheSlopeOfTheLossInTheData(Architecture<?> architecture) {
        checkInputGradient(architecture);
    }

    @ParameterizedTest
    @MethodSource("batchwise")
    void inputGradientGoesThroughTheStatisticsOfTheBatch(Architecture<?> architecture) {
        checkInputGradient(architecture);
    }

    private static void checkInputGradient(Architecture<?> architecture) {
        var system = Setting.of(architecture, Precision.FLOAT64);
        Array gradient = system.derivatives.inputGradient();
        Array inputs = system.derivatives.inputs();
        Array v = gaussian(Precision.FLOAT64, inputs.length(), system.random);
        double expected = system
                .difference(() -> Precision.FLOAT64.array(system.derivatives.loss()), step -> {
                    inputs.add(step, v);
                    system.derivatives.invalidate();
                }).get(0);
        assertEquals(expected, gradient.dot(v), 1e-7 * Math.max(1, Math.abs(expected)));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void singlePrecisionAgreesWithDouble(Architecture<?> architecture) {
        var fine = Setting.of(architecture, Precision.FLOAT64);
        var coarse = Setting.of(architecture, Precision.FLOAT32);
        assertEquals(fine.derivatives.loss(), coarse.derivatives.loss(),
                1e-4 * (1 + fine.derivatives.loss()));
        assertNear(fine.derivatives.gradient(), coarse.derivatives.gradient(), 1e-4);
        Array v = fine.direction();
        Array w = Precision.FLOAT32.array(v.length());
        w.copy(v);
        Array hv = v.like(v.length());
        Array hw = w.like(w.length());
        fine.derivatives.hessianVectorProduct(v, hv);
        coarse.derivatives.hessianVectorProduct(w, hw);
        assertNear(hv, hw, 3e-4);
    }

    @Test
    void sampleGradientsThroughBatchStatisticsAreRefused() {
        var system = Setting.of(batchwise().getFirst(), Precision.FLOAT64);
        assertThrows(UnsupportedOperationException.class, system.derivatives::jacobian);
    }

    @Test
    void workInPartsGivesTheSameGradientAndTheSameBitsEachTime() {
        for (Architecture<?> architecture : List.of(Cnn.of(Shape.of(28, 28, 1), 10, 8, 8),
                Transformer.of(9, 32, 32, 2, 1))) {
            Array alone;
            try (var _ = Blas.scope(1)) {
                alone = largeGradient(architecture);
            }
            try (var _ = Blas.scope(3)) {
                Array first = largeGradient(architecture);
                assertNear(alone, first, 1e-5);
                assertArrayEquals(first.toDoubles(), largeGradient(architecture).toDoubles());
            }
        }
    }

    private static Array largeGradient(Architecture<?> architecture) {
        var network = architecture.build();
        var random = Seed.of(1).stream();
        int n = 17;
        Array inputs = network.precision().array(n * network.input().count());
        for (int i = 0; i < inputs.length(); i++) inputs.set(i, random.nextInt(3));
        Array targets = gaussian(network.precision(), n * network.output().count(), random);
        return Derivatives.of(network, SquaredError.HALF_MEAN, inputs, targets).gradient().copy();
    }
}
