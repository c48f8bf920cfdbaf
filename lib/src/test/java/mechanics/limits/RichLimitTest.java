package mechanics.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.data.Samples;
import mechanics.data.Sphere;
import mechanics.data.Teacher;
import mechanics.linalg.Precision;
import mechanics.measure.Movement;
import mechanics.measure.ReluNeurons;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.training.MeasurementSchedule;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class RichLimitTest {

    @Test
    void fallsWithTheRootOfAlpha() {
        var limit = new RichLimit(3, 0.5);
        assertEquals(Math.sqrt(6), limit.growth(1), 1e-12);
        assertEquals(10 * limit.growth(1), limit.growth(0.01), 1e-12);
    }

    /** The notebook's law with other teachers, widths and seeds. */
    @ParameterizedTest
    @CsvSource({"0.1, 100, 21", "0.03, 60, 22"})
    void boundsTheMovementOfANetworkWithASmallOutput(double alpha, int neurons, long seed) {
        var teacher = new ReluNeurons(new double[][]{{0.8, 0.6}, {-1.2, 1.6}}, new double[]{1.5, -1});
        Samples data = Teacher.of(new Sphere(2, Math.sqrt(2)), teacher::value).sample(30, seed);
        Network network = Mlp.of(2, neurons, 1).activation(Activation.RELU).bias(false)
                .parameterization(Parameterization.meanField()).outputMultiplier(alpha).antisymmetric()
                .precision(Precision.FLOAT64).seed(seed).build();
        ReluNeurons.of(network).balanced().copyTo(network);
        var limit = new RichLimit(teacher.mass(), ReluNeurons.of(network).mass() / neurons);
        Run run = Run.of(network, SquaredError.HALF_MEAN, data.inputs(), data.targets(),
                GradientDescent.of(0.2 / alpha))
                .observe("movement", MeasurementSchedule.every(3000), Movement.ofWeights(network)).steps(3000)
                .train();
        assertEquals(limit.growth(alpha), run.series("movement").last()[0], 1);
        double mass = alpha / neurons * ReluNeurons.of(network).mass();
        assertEquals(teacher.mass(), mass, alpha * limit.startMass());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesNumbersThatAreNotPositive(double bad) {
        assertThrows(IllegalArgumentException.class, () -> new RichLimit(bad, 1));
        assertThrows(IllegalArgumentException.class, () -> new RichLimit(1, bad));
        assertThrows(IllegalArgumentException.class, () -> new RichLimit(1, 1).growth(bad));
    }
}
