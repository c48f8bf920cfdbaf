package mechanics.network.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Blas;
import mechanics.linalg.Precision;
import mechanics.network.Layer;
import mechanics.network.Multiplier;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.Pass;
import mechanics.network.Role;
import mechanics.network.Workspace;
import mechanics.network.zoo.Cnn;
import mechanics.network.zoo.UNet;
import mechanics.network.zoo.VisionTransformer;

/** Layers on images: values against plain loops, and what they refuse. */
class ImageLayersTest {
    private static Array gaussian(Precision precision, int length, int seed) {
        Array array = precision.array(length);
        array.fillGaussian(Seed.of(seed).stream("data"), 1);
        return array;
    }

    @RepeatedTest(20)
    void convolutionIsTheSumOverThePatch(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream();
        int size = 1 + random.nextInt(4);
        int stride = 1 + random.nextInt(3);
        int padding = random.nextInt(size);
        int height = size + random.nextInt(5);
        int width = size + random.nextInt(5);
        int channels = 1 + random.nextInt(3);
        int outputs = 1 + random.nextInt(4);
        var layer = new Convolution(outputs, size, stride, padding, true, Role.WEIGHT);
        var network = Network.of(Shape.of(height, width, channels), layer)
                .parameterization(Parameterization.neuralTangent()).precision(Precision.FLOAT64).build();
        int n = 1 + random.nextInt(3);
        Array x = gaussian(Precision.FLOAT64, n * height * width * channels, 5);
        double[] y = network.evaluate(x).toDoubles();
        var weight = network.parameters().view("layer1.weight");
        var bias = network.parameters().view("layer1.bias");
        int down = (height + 2 * padding - size) / stride + 1;
        int across = (width + 2 * padding - size) / stride + 1;
        assertEquals(Shape.of(down, across, outputs), network.output());
        var expected = new double[n * down * across * outputs];
        int to = 0;
        for (int i = 0; i < n; i++) {
            for (int r = 0; r < down; r++) {
                for (int c = 0; c < across; c++) {
                    for (int o = 0; o < outputs; o++) {
                        double sum = bias.multiplier() * bias.array().get(o);
                        for (int dr = 0; dr < size; dr++) {
                            for (int dc = 0; dc < size; dc++) {
                                int row = r * stride - padding + dr;
                                int column = c * stride - padding + dc;
                                if (row < 0 || row >= height || column < 0 || column >= width) continue;
                                for (int k = 0; k < channels; k++) {
                                    sum += weight.multiplier()
                                            * weight.get()[o][(dr * size + dc) * channels + k]
                                            * x.get(((i * height + row) * width + column) * channels + k);
                                }
                            }
                        }
                        expected[to++] = sum;
                    }
                }
            }
        }
        assertArrayEquals(expected, y, 1e-12);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void convolutionDividedOverThreadsGivesTheSameOutputs(Precision precision) {
        var network = Network.of(Shape.of(20, 20, 3), Convolution.of(8, 3)).precision(precision).build();
        Array x = gaussian(precision, 37 * 20 * 20 * 3, 1);
        double[] one;
        try (var _ = Blas.scope(1)) {
            one = network.evaluate(x).toDoubles();
        }
        try (var _ = Blas.scope(4)) {
            assertArrayEquals(one, network.evaluate(x).toDoubles(), 100 * precision.unitRoundoff());
        }
    }

    @RepeatedTest(10)
    void transposedConvolutionIsTheAdjointOfTheConvolution(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream();
        int size = 1 + random.nextInt(4);
        int stride = 1 + random.nextInt(size);
        int padding = random.nextInt((size + 1) / 2);
        var small = Shape.of(2 + random.nextInt(3), 2 + random.nextInt(3), 2);
        var back = Network.of(small, new TransposedConvolution(3, size, stride, padding, false, Role.HIDDEN))
                .precision(Precision.FLOAT64).build();
        var there = Network.of(back.output(), new Convolution(2, size, stride, padding, false, Role.HIDDEN))
                .precision(Precision.FLOAT64).build();
        assertEquals(small, there.output());
        there.parameters().set(back.parameters().array());
        Array x = gaussian(Precision.FLOAT64, there.input().count(), 1);
        Array y = gaussian(Precision.FLOAT64, small.count(), 2);
        assertEquals(y.dot(there.evaluate(x)), x.dot(back.evaluate(y)), 1e-12);
    }

    private static double[] apply(Layer layer, Shape shape, double... x) {
        return Network.of(shape, layer).build().evaluate(new double[][]{x})[0];
    }

    @Test
    void meanPoolingAveragesSquaresAndLeavesOutTheRest() {
        assertArrayEquals(new double[]{3.5}, apply(MeanPool.of(2), Shape.of(2, 3, 1), 1, 3, 9, 4, 6, 9), 0);
        assertArrayEquals(new double[]{2.5, 25},
                apply(MeanPool.of(2), Shape.of(2, 2, 2), 1, 10, 2, 20, 3, 30, 4, 40), 0);
    }

    @Test
    void maxPoolingTakesTheLargestOfEachChannel() {
        assertArrayEquals(new double[]{4, -1},
                apply(MaxPool.of(2), Shape.of(2, 2, 2), 1, -1, 2, -2, 3, -3, 4, -4), 0);
    }

    @Test
    void derivativeOfMaxPoolingGoesToTheFirstOfEqualEntries() {
        var network = Network.of(Shape.of(2, 2, 1), MaxPool.of(2)).build();
        var workspace = new Workspace(network, true);
        workspace.inputs(Precision.FLOAT32.array(1, 7, 7, 7));
        workspace.forward(Pass.VALUE);
        workspace.startBackward(Pass.VALUE);
        workspace.output().adjoint().markWritten(Pass.VALUE);
        workspace.output().adjoint().value().fill(2);
        workspace.backward(Pass.VALUE);
        assertArrayEquals(new double[]{0, 2, 0, 0}, workspace.input().adjoint().value().toDoubles());
    }

    @Test
    void upsamplingRepeatsPixels() {
        assertArrayEquals(new double[]{1, 1, 2, 2, 1, 1, 2, 2},
                apply(new Upsample(2), Shape.of(1, 2, 1), 1, 2), 0);
    }

    @Test
    void skipPutsTheChannelsOfTheInnerLayersBehind() {
        assertArrayEquals(new double[]{1, 2, 10, 20, 3, 4, 30, 40},
                apply(ConcatenatingSkip.of(new Multiplier(10)), Shape.of(2, 1, 2), 1, 2, 3, 4), 0);
    }

    @Test
    void tokenMeanAveragesRows() {
        assertArrayEquals(new double[]{2, 3}, apply(new GlobalAveragePool(), Shape.of(2, 2), 1, 2, 3, 4), 0);
    }

    @Test
    void networksOnImagesHaveTheShapesTheySay() {
        assertEquals(Shape.of(10), Cnn.of(Shape.of(28, 28, 1), 10, 16, 32).build().output());
        assertEquals(Shape.of(16, 8, 3), UNet.of(Shape.of(16, 8, 3), 4, 2).build().output());
        assertEquals(Shape.of(7), VisionTransformer.of(Shape.of(8, 12, 3), 4, 6, 2, 1, 7).build().output());
        assertEquals(Shape.of(8, 12, 3),
                VisionTransformer.imageToImage(Shape.of(8, 12, 3), 4, 6, 2, 1).build().output());
    }

    @Test
    void rolesFollowTheFlowFromImageToReadout() {
        var views = Cnn.of(Shape.of(8, 8, 1), 10, 4, 6).build().parameters();
        assertEquals(Role.INPUT, views.view("layer1.weight").spec().role());
        assertEquals(Role.HIDDEN, views.view("layer2.weight").spec().role());
        assertEquals(9 * 4, views.view("layer2.weight").spec().fanIn());
        assertEquals(Role.READOUT, views.view("layer3.weight").spec().role());
        assertEquals(Role.READOUT_BIAS, views.view("layer3.bias").spec().role());
    }

    @Test
    void wrongSizesAreRefusedWithASentence() {
        refuse("padding = 3", () -> Convolution.of(2, 3).padding(3));
        refuse("channels = 0", () -> Convolution.of(0, 3));
        refuse("size = -1", () -> Convolution.of(1, -1));
        refuse("stride = 0", () -> new MeanPool(2, 0));
        refuse("expected (height, width, channels)",
                () -> Convolution.of(2, 3).outputShape(Shape.of(28, 28)));
        refuse("expected a patch that fits",
                () -> Convolution.of(2, 5).padding(0).outputShape(Shape.of(4, 4, 1)));
        refuse("expected a patch that fits", () -> MaxPool.of(3).outputShape(Shape.of(2, 9, 1)));
        refuse("expected 8 entries", () -> new Reshape(Shape.of(9)).outputShape(Shape.of(2, 4)));
        refuse("factor = 0", () -> new Upsample(0));
        refuse("expected the sizes of its input",
                () -> ConcatenatingSkip.of(MeanPool.of(2)).outputShape(Shape.of(4, 4, 1)));
        refuse("divisible", () -> UNet.of(Shape.of(6, 6, 1), 2, 2));
        refuse("divisor", () -> VisionTransformer.of(Shape.of(6, 6, 1), 4, 4, 2, 1, 3));
        refuse("at least one convolution", () -> Cnn.of(Shape.of(6, 6, 1), 3));
    }

    private static void refuse(String part, Executable action) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.contains(part), message);
    }
}
