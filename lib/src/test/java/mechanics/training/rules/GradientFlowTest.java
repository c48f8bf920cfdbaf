package mechanics.training.rules;

import static mechanics.training.Quadratic.CURVATURES;
import static mechanics.training.Quadratic.START;
import static mechanics.training.Quadratic.after;
import static mechanics.training.Quadratic.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.training.LearningRule;
import mechanics.training.Run;
import mechanics.training.tasks.SquaredError;

class GradientFlowTest {
    private static double[] exact(double time) {
        var theta = START.clone();
        for (int i = 0; i < theta.length; i++) theta[i] *= Math.exp(-CURVATURES[i] * time);
        return theta;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 3})
    void linearRegressionDecaysExponentially(double interval) {
        assertArrayEquals(exact(4 * interval), after(4, GradientFlow.of(interval).tolerance(1e-11)), 1e-9);
    }

    @Test
    void toleranceBoundsTheError() {
        double loose = distance(after(2, GradientFlow.of(1).tolerance(1e-4)), exact(2));
        double tight = distance(after(2, GradientFlow.of(1).tolerance(1e-10)), exact(2));
        assertTrue(loose < 1e-3 && tight < 1e-9, loose + " " + tight);
    }

    @Test
    void smallStepsConvergeAtFirstOrder() {
        double coarse = distance(after(1, GradientFlow.of(1).euler(1000)), exact(1));
        double fine = distance(after(1, GradientFlow.of(1).euler(2000)), exact(1));
        assertEquals(2, coarse / fine, 0.01);
    }

    @Test
    void gradientDescentApproachesTheFlowOfANetworkInProportionToTheRate() {
        double[] flow = network(GradientFlow.of(0.5).tolerance(1e-11), 4);
        double coarse = distance(flow, network(GradientDescent.of(0.01), 200));
        double fine = distance(flow, network(GradientDescent.of(0.005), 400));
        assertEquals(1, Math.log(coarse / fine) / Math.log(2), 0.05);
        assertEquals(0, distance(network(GradientDescent.of(0.01), 200),
                network(GradientFlow.of(0.5).euler(50), 4)), 1e-12);
    }

    private static double[] network(LearningRule rule, long steps) {
        var network = Mlp.of(3, 6, 2).parameterization(Parameterization.maximalUpdate(3))
                .precision(Precision.FLOAT64).seed(4).build();
        return Run.of(network, SquaredError.HALF_MEAN, normal(8, 3, 1), normal(8, 2, 2), rule).steps(steps)
                .train().network().parameters().array().toDoubles();
    }

    private static double distance(double[] a, double[] b) {
        Array difference = Precision.FLOAT64.array(a);
        difference.add(-1, Precision.FLOAT64.array(b));
        return difference.norm();
    }

    @Test
    void adaptiveFlowInSinglePrecisionIsRefused() {
        var network = Mlp.of(1, 1).build();
        assertThrows(IllegalArgumentException.class, () -> Run.of(network, SquaredError.MEAN,
                new double[][]{{1}}, new double[][]{{1}}, GradientFlow.of(1)));
    }
}
