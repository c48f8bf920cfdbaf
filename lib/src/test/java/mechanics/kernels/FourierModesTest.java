package mechanics.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.data.Circle;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class FourierModesTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 9, 32})
    void findsTheAmplitudesThatAFunctionIsMadeOf(int points) {
        var waves = new FourierModes(points);
        var circle = new Circle(points);
        var made = new double[waves.highest() + 1];
        var values = new double[points][1];
        for (int k = 0; k < made.length; k++) {
            made[k] = 1 + k;
            // A phase that the points can see at every frequency: at k = M/2 only the cosine is seen.
            double phase = 2 * k == points || k == 0 ? 0 : 0.7 * k;
            for (int j = 0; j < points; j++) values[j][0] += made[k] * Math.cos(k * circle.angle(j) + phase);
        }
        assertArrayEquals(made, waves.amplitudes(values), 1e-12 * points);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 16})
    void strengthsAreTheEigenvaluesOfAKernelOfTheAngle(int points) {
        var kernel = AnalyticKernel.relu(1).withDeviations(1.3, 0.4).tangent(new Circle(points).all());
        double[] strengths = new FourierModes(points).strengths(kernel);
        // Every frequency but 0 and M/2 has a cosine and a sine.
        double[] all = new double[points];
        for (int i = 0, k = 0; i < points; k++) {
            all[i++] = strengths[k];
            if (k > 0 && 2 * k != points) all[i++] = strengths[k];
        }
        Arrays.sort(all);
        double[] eigenvalues = kernel.eigenvalues();
        for (int i = 0; i < points; i++) assertEquals(eigenvalues[i], all[points - 1 - i], 1e-11);
    }

    /** One hidden layer of ReLU without bias on the circle: Θ = (sin θ + 2(π − θ) cos θ)/π has no odd waves but the first. */
    @Test
    void withoutBiasReluHasNoOddFrequenciesAboveTheFirst() {
        double[] strengths = new FourierModes(64)
                .strengths(AnalyticKernel.relu(1).tangent(new Circle(64).all()));
        for (int k = 0; k <= 32; k++)
            if (k % 2 == 1 && k > 1) assertEquals(0, strengths[k], 1e-12);
            else
            assertTrue(strengths[k] > 1e-3, "frequency " + k + ": " + strengths[k]);
        // λ₀ = M × the mean of Θ, by the midpoint rule.
        double mean = 0;
        for (int j = 0; j < 100_000; j++) {
            double theta = Math.PI * (j + 0.5) / 100_000;
            mean += (Math.sin(theta) + 2 * (Math.PI - theta) * Math.cos(theta)) / Math.PI / 100_000;
        }
        assertEquals(mean, strengths[0] / 64, 1e-3 * mean);
    }

    /** Another activation, number of points and scales than the notebook's. */
    @Test
    void aWideNetworkLearnsEachWaveAtTheRateOfItsEigenvalue() {
        int points = 20;
        var circle = new Circle(points);
        var waves = new FourierModes(points);
        double[][] x = circle.all();
        double[] lambda = waves.strengths(
                new AnalyticKernel(AnalyticKernel.Nonlinearity.ERF, 1, 2, 0.7).tangent(x));
        var y = new double[points][1];
        for (int j = 0; j < points; j++)
            for (int k = 1; k <= 3; k++) y[j][0] += Math.cos(k * circle.angle(j) - k) / 100;
        double rate = 0.3 / lambda[1];
        var start = waves.amplitudes(y);
        var errors = new double[4];
        int seeds = 4;
        for (int seed = 0; seed < seeds; seed++) {
            Network network = Mlp.of(2, 4096, 1).activation(Activation.ERF).antisymmetric().seed(seed)
                    .precision(Precision.FLOAT64)
                    .parameterization(Parameterization.neuralTangent().weightScale(2).biasScale(0.7)).build();
            for (int k = 1; k <= 3; k++) {
                int steps = (int) Math.ceil(Math.log(0.5) / Math.log1p(-rate * lambda[k]));
                network.initialize();
                Run.of(network, SquaredError.HALF_SUM, x, y, GradientDescent.of(rate)).steps(steps).train();
                double[][] rest = network.evaluate(x);
                for (int j = 0; j < points; j++) rest[j][0] = y[j][0] - rest[j][0];
                double expected = start[k] * Math.pow(1 - rate * lambda[k], steps);
                errors[k] += Math.log(waves.amplitudes(rest)[k] / expected) / seeds;
            }
        }
        for (int k = 1; k <= 3; k++) assertEquals(0, errors[k], 0.06, "frequency " + k);
    }

    @Test
    void aKernelThatIsNotOfTheAngleGivesItsDiagonal() {
        var kernel = KernelMatrix.of(new double[][]{{1, 0, 0, 0}, {0, 2, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 4}});
        assertArrayEquals(new double[]{2.5, 2.5, 2.5}, new FourierModes(4).strengths(kernel), 1e-14);
    }

    @Test
    void refusesOtherNumbersOfPoints() {
        refuses("points = 1", () -> new FourierModes(1));
        refuses("values = 3 rows: expected 4", () -> new FourierModes(4).amplitudes(new double[3][1]));
        refuses("kernel = 2 rows", () -> new FourierModes(4).strengths(KernelMatrix.of(new double[2][4])));
        refuses("kernel's columns = 2",
                () -> new FourierModes(4).strengths(KernelMatrix.of(new double[4][2])));
    }

    private static void refuses(String said, Runnable call) {
        var refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }
}
