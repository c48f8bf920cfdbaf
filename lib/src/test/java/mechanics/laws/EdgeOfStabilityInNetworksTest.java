package mechanics.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import mechanics.data.FashionMnist;
import mechanics.data.Images;
import mechanics.measure.curvature.Sharpness;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.training.LearningRule;
import mechanics.training.MeasurementSchedule;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

/** The laws of notebooks 3.3 and 3.4 in settings that the notebooks do not use: smaller, with other seeds. */
class EdgeOfStabilityInNetworksTest {
    private static final Images IMAGES = FashionMnist.train().takeOfEachClass(10).coarsened(4).standardized();

    private static Run train(LearningRule rule, int width, long seed, int steps) {
        var network = Mlp.of(49, width, width, 10)
                .parameterization(Parameterization.standard().weightScale(1 / Math.sqrt(3))).seed(seed)
                .build();
        return Run
                .of(network, SquaredError.HALF_MEAN, IMAGES.doubles(), IMAGES.oneHot(), rule)
                .observe("sharpness", MeasurementSchedule.every(10), Sharpness.observable()).steps(steps)
                .train();
    }

    private static EdgeOfStability law(double edge, Run run) {
        return EdgeOfStability.of(edge, run.series("sharpness").steps(), run.series("sharpness").values());
    }

    @ParameterizedTest
    @CsvSource({"64, 1, 8", "64, 2, 10", "40, 3, 9"})
    void gradientDescentSettlesAtTwoOverEta(int width, long seed, double edge) {
        var rule = GradientDescent.of(2 / edge);
        assertEquals(edge, LinearStability.gradientDescent(rule.learningRate()).edge(), 1e-12);
        var run = train(rule, width, seed, 1000);
        var law = law(edge, run);
        assertTrue(law.isReached());
        assertTrue(law.plateau() > 0.95 && law.plateau() < 1.10, "plateau " + law.plateau());
        assertTrue(law.fallingWindows(run.series("loss").values(), 50) > 0.5);
    }

    @ParameterizedTest
    @CsvSource({"64, 1, 12", "48, 2, 14"})
    void momentumSettlesAtItsOwnEdge(int width, long seed, double edge) {
        double beta = 0.5;
        var rule = GradientDescent.of((2 + 2 * beta) / edge).momentum(beta);
        var law = law(LinearStability.momentum(rule.learningRate(), beta).edge(),
                train(rule, width, seed, 1000));
        assertTrue(law.isReached());
        assertEquals(1, law.plateau(), 0.07);
    }
}
