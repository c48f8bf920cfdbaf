package mechanics.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import mechanics.base.Seed;
import mechanics.linalg.Precision;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.representations.Representation;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

/**
 * The coordinate check of Yang et al. (2022): after a few steps, how far each coordinate of a hidden layer has moved, as
 * a power of the width. The powers are those that the table of {@link Parameterization} is built to give: 0 in μP; ½
 * in the standard parameterization, where n readout weights of size n^(−½) push a hidden weight matrix, and −½ in the
 * neural tangent one, where its factor n^(−½) takes the push back twice.
 */
class CoordinateCheckTest {
    private static final int[] WIDTHS = {64, 128, 256, 512, 1024};
    private static final int INPUTS = 16;
    private static final int SEEDS = 4;
    private static final double RATE = 0.1;
    /** The widest standard network takes no larger one without bending the law: its tangent kernel grows with the width. */
    private static final double SMALL_RATE = 1e-4;
    /** Four octaves of width and four seeds: the spread of a fitted power; it also holds the corrections in 1/width. */
    private static final double SPREAD = 0.12;

    @Test
    void hiddenCoordinatesMoveAlikeAtEveryWidthInMaximalUpdate() {
        for (int layer = 0; layer < 2; layer++) {
            assertEquals(0, power(Parameterization.maximalUpdate(64), RATE, layer), SPREAD,
                    "layer " + (layer + 1));
        }
    }

    @Test
    void secondHiddenLayerMovesFasterWithWidthInTheStandardParameterization() {
        assertEquals(0.5, power(Parameterization.standard(), SMALL_RATE, 1), SPREAD);
    }

    @Test
    void hiddenCoordinatesStandStillWithWidthInTheNeuralTangentParameterization() {
        for (int layer = 0; layer < 2; layer++) {
            assertEquals(-0.5, power(Parameterization.neuralTangent().biasScale(0), RATE, layer), SPREAD,

                    "layer " + (layer + 1));
        }
    }

    /** The slope of ln(movement) over ln(width), movement in root mean square over coordinates, samples and seeds. */
    private static double power(Parameterization parameterization, double rate, int layer) {
        double[] x = new double[WIDTHS.length];
        double[] y = new double[WIDTHS.length];
        for (int i = 0; i < WIDTHS.length; i++) {
            double square = 0;
            for (int seed = 0; seed < SEEDS; seed++)
                square += movement(parameterization, rate, WIDTHS[i], layer, seed);
            x[i] = Math.log(WIDTHS[i]);
            y[i] = 0.5 * Math.log(square / SEEDS);
        }
        double mx = Arrays.stream(x).average().orElseThrow();
        double my = Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
        }
        return xy / xx;
    }

    private static double movement(Parameterization parameterization, double rate, int width, int layer,
            long seed) {
        var network = Mlp.of(INPUTS, width, width, 4).parameterization(parameterization)
                .precision(Precision.FLOAT64).seed(seed).build();
        var random = Seed.of(seed).stream("data");
        var inputs = new double[8][INPUTS];
        var targets = new double[8][4];
        for (double[] row : inputs) Arrays.setAll(row, j -> random.nextGaussian());
        for (double[] row : targets) Arrays.setAll(row, j -> random.nextGaussian());
        List<Representation> before = Representation.hidden(network, inputs);
        Run.of(network, SquaredError.HALF_MEAN, inputs, targets, GradientDescent.of(rate)).steps(2).train();
        return meanSquare(network, inputs, before.get(layer), layer);
    }

    private static double meanSquare(Network network, double[][] inputs, Representation before, int layer) {
        var moved = Representation.hidden(network, inputs).get(layer).values().copy();
        moved.add(-1, before.values());
        return moved.dot(moved) / moved.length();
    }
}
