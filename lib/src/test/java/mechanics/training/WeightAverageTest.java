package mechanics.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import mechanics.linalg.Precision;
import mechanics.network.Network;
import mechanics.network.zoo.Mlp;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class WeightAverageTest {
    private static final double[][] X = new double[64][3], Y = new double[64][1];

    static {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 64; i++) {
            for (int j = 0; j < 3; j++) X[i][j] = random.nextGaussian();
            Y[i][0] = X[i][0] - 2 * X[i][1] + 0.5 * random.nextGaussian();
        }
    }

    private static Network network() {
        return Mlp.of(3, 1).bias(false).precision(Precision.FLOAT64).seed(1).build();
    }

    @Test
    void powerZeroIsThePlainMeanOfAllSteps() {
        Network network = network();
        var average = WeightAverage.of(network, 0);
        double[] sum = new double[3];
        Run.of(network, SquaredError.MEAN, X, Y, GradientDescent.of(0.1)).steps(20).train(run -> {
            average.include(run);
            for (int j = 0; j < 3; j++) sum[j] += network.parameters().array().get(j) / 20;
        });
        for (int j = 0; j < 3; j++)
            assertEquals(sum[j], average.network().parameters().array().get(j), 1e-12);
    }

    @Test
    void meanAgeOfWhatIsAveragedIsAFixedShareOfTheWay() {
        // Weights that grow by one each step: the average is short of the last by the mean age.
        for (double power : new double[]{1, 8, 24}) {
            Network network = network();
            var average = WeightAverage.of(network, power);
            Run.of(network, SquaredError.MEAN, X, Y, GradientDescent.of(1e-12)).steps(1000).train(run -> {
                network.parameters().array().fill((double) run.step());
                average.include(run);
            });
            double age = 1000 - average.network().parameters().array().get(0);
            assertEquals(1000 / (power + 2), age, 2);
        }
    }

    @Test
    void averageOfNoisyDescentIsBetterThanItsEnd() {
        Network network = network();
        var average = WeightAverage.of(network, 8);
        var all = Derivatives.of(average.network(), SquaredError.MEAN, X, Y);
        Run run = Run.of(network, SquaredError.MEAN, X, Y, GradientDescent.of(0.1).batch(2)).seed(3)
                .steps(2000)
                .observeNumber("average", MeasurementSchedule.end(), _ -> all.loss()).train(average::include);
        assertTrue(run.series("average").last()[0] < run.derivatives().loss());
    }

    @Test
    void badInputsAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> WeightAverage.of(network(), -1));
        Network network = network();
        var average = WeightAverage.of(network, 1);
        Run run = Run.of(network, SquaredError.MEAN, X, Y, GradientDescent.of(0.1)).steps(2).train();
        assertThrows(IllegalArgumentException.class, () -> average.include(run));
    }
}
