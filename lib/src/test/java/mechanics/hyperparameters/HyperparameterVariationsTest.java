package mechanics.hyperparameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.data.FashionMnist;
import mechanics.data.Images;
import mechanics.data.Targets;
import mechanics.hyperparameters.WidthScaling.Rule;
import mechanics.linalg.Lanczos;
import mechanics.linalg.Precision;
import mechanics.measure.curvature.Hessian;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.training.Derivatives;
import mechanics.training.DivergedException;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

/** What the notebooks 4.1 and 4.7 predict, on other data, activations and seeds. */
class HyperparameterVariationsTest {
    private static final int INPUTS = 49;
    private static final int[] WIDTHS = {32, 256};
    private static final int SEEDS = 2;
    private static final WidthScaling STANDARD = WidthScaling.of(Parameterization.standard(), Rule.DESCENT);
    private static final int[] RATES = IntStream.rangeClosed(-7, 1).toArray();

    private static double[][] gaussian(long seed, int rows, int columns, double deviation) {
        var random = new SplittableRandom(seed);
        var matrix = new double[rows][columns];
        for (double[] row : matrix) Arrays.setAll(row, j -> deviation * random.nextGaussian());
        return matrix;
    }

    private static Images pictures(long seed) {
        return FashionMnist.train().shuffled(seed).take(512).coarsened(4).centered().scaledTo(1);
    }

    private static LearningRateSweep scan(Parameterization parameterization, long dataSeed) {
        Images images = pictures(dataSeed);
        double[][] x = images.doubles();
        double[][] y = Targets.centeredOneHot(images.labels(), 10);
        List<Double> losses = new ArrayList<>();
        for (int width : WIDTHS)
            for (int seed = 0; seed < SEEDS; seed++)
                for (int rate : RATES) {
                    var run = Run
                            .of(network(parameterization, Activation.TANH, width, seed), SquaredError.MEAN, x,
                                    y, GradientDescent.of(Math.pow(2, rate)).batch(64))
                            .seed(seed).steps(60);
                    try {
                        losses.add(run.train().derivatives().loss());
                    } catch (DivergedException e) {
                        losses.add(Double.POSITIVE_INFINITY);
                    }
                }
        return LearningRateSweep.of(WIDTHS, RATES, SEEDS, losses);
    }

    /** First weights of deviation 1. */
    private static Network network(Parameterization parameterization, Activation activation, int width,
            long seed) {
        var network = Mlp.of(INPUTS, width, width, 10).activation(activation).bias(false)
                .parameterization(parameterization).seed(seed).build();
        network.parameters().view("layer1.weight").array().scale(Math.sqrt(INPUTS));
        network.parameters().changed();
        return network;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 13})
    void theBestRateFallsAsCounted(long dataSeed) {
        assertEquals(STANDARD.drift(32, 256), scan(Parameterization.standard(), dataSeed).drift(), 1);
        assertEquals(0, scan(Parameterization.maximalUpdate(32), dataSeed).drift(), 1);
    }

    /** With ReLU too, whose best rate is kept away from the edge by neurons that die there. */
    @Test
    void theLargestStableRateAtTheStartFallsAsCounted() {
        for (Activation activation : List.of(Activation.TANH, Activation.RELU)) {
            assertEquals(STANDARD.drift(32, 256), stabilityDrift(Parameterization.standard(), activation), 1);
            assertEquals(0, stabilityDrift(Parameterization.maximalUpdate(32), activation), 1);
        }
    }

    /** log₂ of the ratio of sharpnesses, where layers learn at their own rates: of P^(−½) H P^(−½), P = 1/rates. */
    private static double stabilityDrift(Parameterization parameterization, Activation activation) {
        Images images = pictures(12);
        double[] sharpness = new double[2];
        for (int i = 0; i < 2 * SEEDS; i++) {
            var network = network(parameterization.weightScale(Math.sqrt(2)), activation, WIDTHS[i % 2],
                    i / 2);
            var inverseRates = network.parameters().array().copy();
            for (var view : network.parameters().views())
                view.of(inverseRates).fill(1 / view.scaling().sgdRate());
            var hessian = Hessian.of(Derivatives.of(network, SquaredError.MEAN, images.doubles(),
                    Targets.centeredOneHot(images.labels(), 10)));
            sharpness[i % 2] += Lanczos.of(1).largest(hessian.preconditioned(inverseRates)).largest();
        }
        return Math.log(sharpness[1] / sharpness[0]) / Math.log(2);
    }

    /** Linear regression by SGD: the loss is that of gradient flow for any batch size below the critical one. */
    @Test
    void theLinearScalingRuleHoldsForAnyRegression() {
        double[][] x = gaussian(21, 1024, 5, 1);
        for (double[] row : x) row[0] *= 3;
        double[] y = Arrays.stream(x).mapToDouble(row -> row[0] - row[1] + 0.5 * row[2]).toArray();
        double[][] targets = Arrays.stream(y).mapToObj(v -> new double[]{v}).toArray(double[][]::new);
        var theory = QuadraticDescent.ofLeastSquares(x, y);
        double temperature = 0.5 * theory.largestRate() / 64; // half the critical rate at batch 64
        double noise = temperature / 2 * Arrays.stream(theory.curvatures()).sum();
        for (int batch : new int[]{2, 8, 32, 64}) {
            var network = Mlp.of(5, 1).bias(false).initialScale(0).precision(Precision.FLOAT64).build();
            var run = Run.of(network, SquaredError.HALF_MEAN, x, targets,
                    GradientDescent.of(temperature * batch).batch(batch)).steps(1024 / batch).train();
            double gap = Math.abs(run.derivatives().loss() - theory.flow(1024 * temperature));
            double allowed = theory.lagBound(1024 / batch) + noise * theory.start();
            assertTrue(gap <= allowed, "batch " + batch + ": " + gap + " > " + allowed);
        }
    }
}
