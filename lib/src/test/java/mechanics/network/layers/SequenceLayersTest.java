package mechanics.network.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Layer;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.Role;
import mechanics.network.zoo.DiagonalLinear;
import mechanics.network.zoo.ResidualMlp;
import mechanics.network.zoo.Transformer;

/** Attention, embeddings and normalization: values against plain loops, symmetries, and what they refuse. */
class SequenceLayersTest {
    private static double[][] gaussian(int rows, int columns, int seed) {
        Array array = Precision.FLOAT64.array(rows * columns);
        array.fillGaussian(Seed.of(seed).stream("data"), 1);
        return array.toRows(columns);
    }

    private static Network network(Shape input, Layer... layers) {
        var network = Network.of(input, layers).precision(Precision.FLOAT64).seed(Seed.of(4)).build();
        // Biases too.
        Array noise = Precision.FLOAT64.array(network.parameters().count());
        noise.fillGaussian(Seed.of(5).stream("noise"), 0.3);
        network.parameters().array().add(1, noise);
        network.parameters().changed();
        return network;
    }

    @ParameterizedTest
    @CsvSource({"1,3,4,false,0.5", "2,5,6,true,0.5", "3,1,6,true,1", "4,7,8,false,1"})
    void attentionIsTheWeightedMeanOfValues(int heads, int tokens, int width, boolean causal,
            double exponent) {
        var network = network(Shape.of(tokens, width), new Attention(heads, causal, exponent));
        double[][] x = gaussian(2, tokens * width, 1);
        double[][] y = network.evaluate(x);
        double[][] w = network.parameters().view("layer1.qkv.weight").get();
        double[] b = network.parameters().view("layer1.qkv.bias").get()[0];
        double[][] out = network.parameters().view("layer1.out.weight").get();
        double[] outBias = network.parameters().view("layer1.out.bias").get()[0];
        int d = width / heads;
        for (int n = 0; n < 2; n++) {
            var qkv = new double[tokens][3 * width];
            for (int t = 0; t < tokens; t++) {
                for (int j = 0; j < 3 * width; j++) {
                    qkv[t][j] = b[j];
                    for (int k = 0; k < width; k++) qkv[t][j] += w[j][k] * x[n][t * width + k];
                }
            }
            for (int t = 0; t < tokens; t++) {
                var mixed = new double[width];
                for (int h = 0; h < heads; h++) {
                    int seen = causal ? t + 1 : tokens;
                    var weight = new double[seen];
                    double total = 0;
                    for (int s = 0; s < seen; s++) {
                        double score = 0;
                        for (int k = h * d; k < (h + 1) * d; k++) score += qkv[t][k] * qkv[s][width + k];
                        weight[s] = Math.exp(score / Math.pow(d, exponent));
                        total += weight[s];
                    }
                    for (int s = 0; s < seen; s++) {
                        for (int k = h * d; k < (h + 1) * d; k++) {
                            mixed[k] += weight[s] / total * qkv[s][2 * width + k];
                        }
                    }
                }
                for (int j = 0; j < width; j++) {
                    double expected = outBias[j];
                    for (int k = 0; k < width; k++) expected += out[j][k] * mixed[k];
                    assertEquals(expected, y[n][t * width + j], 1e-12);
                }
            }
        }
    }

    @Test
    void causalTransformerDoesNotSeeTheFuture() {
        var network = Transformer.of(7, 6, 8, 2, 2).precision(Precision.FLOAT64).build();
        double[] before = network.evaluate(new double[][]{{1, 2, 3, 4, 5, 6}})[0];
        double[] after = network.evaluate(new double[][]{{1, 2, 3, 0, 0, 0}})[0];
        for (int i = 0; i < 3 * 7; i++) assertEquals(before[i], after[i]);
        assertNotEquals(before[4 * 7], after[4 * 7]);
    }

    @Test
    void fullAttentionWithoutPositionsCommutesWithThePermutationOfTokens() {
        var network = network(Shape.of(3, 4), TransformerBlock.of(2));
        double[] x = gaussian(1, 12, 2)[0];
        var turned = new double[12];
        for (int i = 0; i < 12; i++) turned[(i + 4) % 12] = x[i];
        double[][] y = network.evaluate(new double[][]{x, turned});
        for (int i = 0; i < 12; i++) assertEquals(y[0][i], y[1][(i + 4) % 12], 1e-12);
    }

    @Test
    void softmaxSurvivesLargeScores() {
        var network = network(Shape.of(3, 2), Attention.of(1));
        network.parameters().view("layer1.qkv.weight").array().scale(1e3);
        network.parameters().changed();
        for (double y : network.evaluate(gaussian(1, 6, 3))[0]) assertTrue(Double.isFinite(y));
    }

    @Test
    void embeddingLooksUpRowsAndPositionsAreAdded() {
        var network = network(Shape.of(3), new Embedding(4, 2), new PositionEmbedding());
        double[][] table = network.parameters().view("layer1.table").get();
        double[][] places = network.parameters().view("layer2.table").get();
        double[] y = network.evaluate(new double[][]{{3, 0, 3}})[0];
        var expected = new double[6];
        int[] tokens = {3, 0, 3};
        for (int t = 0; t < 3; t++) {
            for (int j = 0; j < 2; j++) expected[2 * t + j] = table[tokens[t]][j] + places[t][j];
        }
        assertArrayEquals(expected, y, 1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 4, 0.5, 1e12, Double.NaN})
    void whatIsNoTokenIsRefused(double token) {
        var network = network(Shape.of(2), new Embedding(4, 2));
        refuse("expected a whole number from 0 to 3", () -> network.evaluate(new double[][]{{1, token}}));
    }

    @Test
    void layerNormForgetsShiftAndSizeOfEachRow() {
        var network = network(Shape.of(2, 5), new LayerNorm(1e-12));
        double[] x = gaussian(1, 10, 4)[0];
        var changed = x.clone();
        for (int i = 0; i < 5; i++) changed[i] = 3 * x[i] + 2;
        double[][] y = network.evaluate(new double[][]{x, changed});
        assertArrayEquals(y[0], y[1], 1e-9);
    }

    @Test
    void layerNormAtTheStartHasMeanZeroAndVarianceOne() {
        double[] y = Network.of(Shape.of(50), LayerNorm.of()).build().evaluate(gaussian(1, 50, 5))[0];
        double mean = 0;
        double square = 0;
        for (double v : y) {
            mean += v / 50;
            square += v * v / 50;
        }
        assertEquals(0, mean, 1e-6);
        assertEquals(1, square, 1e-4);
    }

    @Test
    void batchNormForgetsShiftAndSizeOfEachChannel() {
        var network = network(Shape.of(3, 2), new BatchNorm(1e-12, BatchNorm.of().statistics()));
        double[][] x = gaussian(4, 6, 6);
        double[][] before = network.evaluate(x);
        for (double[] row : x) {
            for (int i = 0; i < 6; i += 2) row[i] = 5 * row[i] - 7;
        }
        double[][] after = network.evaluate(x);
        for (int i = 0; i < 4; i++) assertArrayEquals(before[i], after[i], 1e-9);
    }

    @Test
    void fixedStatisticsOfTheBatchGiveWhatTheBatchGives() {
        double[][] x = gaussian(5, 6, 7);
        var statistics = BatchNorm.Statistics.of(Precision.FLOAT64.array(x), 3);
        double[][] batch = network(Shape.of(2, 3), BatchNorm.of()).evaluate(x);
        var fixed = network(Shape.of(2, 3), BatchNorm.of().fixed(statistics));
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(batch[i], fixed.evaluate(new double[][]{x[i]})[0], 1e-12);
        }
    }

    @Test
    void networkEvaluatedOnSamplesKeepsTheirStatistics() {
        var description = Network.of(Shape.of(4, 4, 2), BatchNorm.of(), Convolution.of(3, 3), BatchNorm.of(),
                Layers.tanh(), Residual.of(BatchNorm.of(), Convolution.of(3, 3)),
                ConcatenatingSkip.of(BatchNorm.of(), Layers.relu()), new Flatten(), Layers.dense(2))
                .precision(Precision.FLOAT64);
        for (var network : List.of(description.build(), description.outputMultiplier(3).build())) {
            Array noise = Precision.FLOAT64.array(gaussian(1, network.parameters().count(), 3));
            network.parameters().array().add(0.3, noise);
            double[][] x = gaussian(6, 32, 4);
            double[][] together = network.evaluate(x);
            var evaluated = network.evaluatedOn(x);
            for (int i = 0; i < x.length; i++) {
                assertArrayEquals(together[i], evaluated.evaluate(new double[][]{x[i]})[0], 1e-12);
            }
            assertEquals(network.parameters().views().toString(), evaluated.parameters().views().toString());
            // The network itself still looks at the batch.
            assertArrayEquals(together[0], network.evaluate(x)[0], 0);
        }
    }

    @Test
    void diagonalLinearNetworkStartsAtZeroAndHasWeightsThatAreDifferencesOfSquares() {
        var network = DiagonalLinear.of(2).alpha(0.1).precision(Precision.FLOAT64).build();
        assertEquals(0.1, network.parameters().view("layer1.u").array().get(1));
        assertEquals(0, network.evaluate(new double[][]{{3, 4}})[0][0]);
        network.parameters().view("layer1.u").set(new double[]{2, 1});
        network.parameters().view("layer1.v").set(new double[]{1, 3});
        assertEquals(3 * 3 - 8 * 4, network.evaluate(new double[][]{{3, 4}})[0][0], 1e-12);
    }

    @Test
    void rolesOfATransformerAreThoseOfMaximalUpdate() {
        var parameters = Transformer.of(11, 4, 8, 2, 1).build().parameters();
        assertEquals(Role.EMBEDDING, parameters.view("layer1.table").spec().role());
        assertEquals(Role.EMBEDDING, parameters.view("layer2.table").spec().role());
        assertEquals(Role.GAIN, parameters.view("layer3.layer1.layer1.gain").spec().role());
        assertEquals(Role.HIDDEN, parameters.view("layer3.layer1.layer2.qkv.weight").spec().role());
        assertEquals(8, parameters.view("layer3.layer1.layer2.qkv.weight").spec().fanOut());
        assertEquals(Role.BIAS, parameters.view("layer3.layer1.layer2.qkv.bias").spec().role());
        assertEquals(Role.HIDDEN, parameters.view("layer3.layer1.layer2.out.weight").spec().role());
        assertEquals(Role.HIDDEN, parameters.view("layer3.layer2.layer2.layer1.weight").spec().role());
        assertTrue(parameters.view("layer3.layer2.layer2.layer1.weight").spec().inBranch());
        assertEquals(Role.READOUT, parameters.view("layer5.weight").spec().role());
        assertEquals(Role.READOUT_BIAS, parameters.view("layer5.bias").spec().role());
        assertEquals(1, parameters.view("layer3.layer1.layer1.gain").array().get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 256, 1024})
    void outputsOfATransformerInMaximalUpdateKeepTheirSizeWithWidth(int width) {
        var network = Transformer.of(11, 8, width, 4, 2).scaleExponent(1)
                .parameterization(Parameterization.maximalUpdate(64)).build();
        double[] y = network.evaluate(new double[][]{{1, 5, 2, 0, 9, 4, 4, 3}})[0];
        double square = 0;
        for (double v : y) square += v * v / y.length;
        // The last normalization gives entries of order 1; the readout has variance 1/n₀ times (n₀/n)² over n terms.
        double expected = 64.0 / width;
        assertTrue(square > expected / 3 && square < 3 * expected, "mean square = " + square);
    }

    @Test
    void wrongSizesAreRefusedWithASentence() {
        refuse("heads = 3", () -> Attention.of(3).outputShape(Shape.of(2, 4)));
        refuse("heads = 0", () -> Attention.of(0));
        refuse("expected (tokens, width)", () -> Attention.of(1).outputShape(Shape.of(4)));
        refuse("scaleExponent = -1.0", () -> Attention.of(1).scaleExponent(-1));
        refuse("expected (tokens)", () -> new Embedding(3, 2).outputShape(Shape.of(2, 2)));
        refuse("vocabulary = 0", () -> new Embedding(0, 2));
        refuse("epsilon = 0.0", () -> new LayerNorm(0));
        refuse("epsilon = NaN", () -> new LayerNorm(Double.NaN));
        refuse("statistics of 1 channels", () -> BatchNorm.of()
                .fixed(new BatchNorm.Statistics(List.of(0.0), List.of(1.0))).outputShape(Shape.of(2)));
        refuse("variance = -1.0", () -> new BatchNorm.Statistics(List.of(0.0), List.of(-1.0)));
        refuse("depth = 0", () -> Transformer.of(5, 4, 4, 2, 0));
        refuse("heads = 3", () -> Transformer.of(5, 4, 4, 3, 1));
        refuse("alpha = 0.0", () -> DiagonalLinear.of(3).alpha(0));
        refuse("expected (inputs)", () -> new SquaredDifference().outputShape(Shape.of(2, 2)));
        refuse("width = 0", () -> ResidualMlp.of(2, 0, 1, 1));
    }

    private static void refuse(String part, Executable action) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.contains(part), message);
    }
}
