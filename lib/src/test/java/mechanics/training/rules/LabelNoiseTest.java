package mechanics.training.rules;

import static mechanics.training.Quadratic.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import mechanics.base.Seed;
import mechanics.base.StepRandom;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.zoo.Mlp;
import mechanics.training.Derivatives;
import mechanics.training.MeasurementSchedule;
import mechanics.training.Run;
import mechanics.training.Task;
import mechanics.training.tasks.CrossEntropy;
import mechanics.training.tasks.Hinge;
import mechanics.training.tasks.Logistic;
import mechanics.training.tasks.SquaredError;

class LabelNoiseTest {
    private static final int N = 20_000;

    private static Array noisy(LabelNoise noise, Task task, int outputs, double[][] targets) {
        var network = Mlp.of(1, outputs).precision(Precision.FLOAT64).build();
        var batch = Derivatives.of(network, task, normal(targets.length, 1, 1), targets);
        var random = new StepRandom(Seed.of(2));
        noise.apply(batch, random);
        return batch.targets();
    }

    private static double[][] constant(double... row) {
        var rows = new double[N][];
        for (int i = 0; i < N; i++) rows[i] = row.clone();
        return rows;
    }

    @Test
    void gaussianNoiseHasItsDeviation() {
        Array found = noisy(LabelNoise.gaussian(0.5), SquaredError.MEAN, 1, constant(3));
        assertEquals(3, found.sum() / N, 5 * 0.5 / Math.sqrt(N));
        assertEquals(0.25, found.dot(found) / N - 9, 0.06);
    }

    @Test
    void flipsChangeTheGivenShareOfSigns() {
        for (var task : new Task[]{SquaredError.MEAN, Logistic.MEAN, Hinge.SUM}) {
            Array found = noisy(LabelNoise.flips(0.2), task, 1, constant(1));
            assertEquals(1 - 2 * 0.2, found.sum() / N, 0.03);
        }
        assertEquals(0.8, noisy(LabelNoise.flips(0.2), Logistic.ZERO_ONE_MEAN, 1, constant(1)).sum() / N,
                0.015);
        assertEquals(0.2, noisy(LabelNoise.flips(0.2), Logistic.ZERO_ONE_MEAN, 1, constant(0)).sum() / N,
                0.015);
    }

    @Test
    void flippedClassesAreAllOthersEquallyOften() {
        Array numbers = noisy(LabelNoise.flips(0.3), CrossEntropy.MEAN, 4, constant(2));
        Array rows = noisy(LabelNoise.flips(0.3), CrossEntropy.MEAN, 4, constant(0, 0, 1, 0));
        var counts = new double[4];
        for (int i = 0; i < N; i++) {
            counts[(int) numbers.get(i)]++;
            assertEquals(numbers.get(i), rows.largestAt(4 * i, 4));
            assertEquals(1, rows.view(4 * i, 4).sum());
        }
        for (int k = 0; k < 4; k++) assertEquals(k == 2 ? 0.7 : 0.1, counts[k] / N, 0.015);
    }

    @Test
    void noiseIsFreshAtEveryStepAndLeavesTheDataAlone() {
        // A network without inputs' influence: the gradient shows the mean of the noise.
        var network = Mlp.of(1, 1).bias(false).precision(Precision.FLOAT64).build();
        network.parameters().array().fill(0);
        Array x = Precision.FLOAT64.array(new double[]{1, 1});
        Array y = Precision.FLOAT64.array(new double[]{5, -5});
        var run = Run.of(network, SquaredError.HALF_MEAN, x, y,
                GradientDescent.of(1).labelNoise(LabelNoise.gaussian(1))).steps(4000)
                .observeNumber("w", MeasurementSchedule.every(1), net -> net.parameters().array().get(0))
                .train();
        assertArrayEquals(new double[]{5, -5}, y.toDoubles());
        // With η = 1 each step jumps to the mean of two fresh noises, variance ½, without memory.
        double[] w = run.series("w").values();
        double variance = 0;
        double correlation = 0;
        for (int t = 2; t < w.length; t++) {
            variance += w[t] * w[t] / w.length;
            correlation += w[t] * w[t - 1] / w.length;
        }
        assertEquals(0.5, variance, 0.06);
        assertEquals(0, correlation, 0.04);
    }

    @Test
    void gaussianNoiseOnClassNumbersIsRefused() {
        var network = Mlp.of(1, 3).build();
        assertThrows(IllegalArgumentException.class,
                () -> Run.of(network, CrossEntropy.MEAN, new double[][]{{1}, {2}}, new double[][]{{0}, {2}},
                        GradientDescent.of(1).labelNoise(LabelNoise.gaussian(1))));
    }
}
