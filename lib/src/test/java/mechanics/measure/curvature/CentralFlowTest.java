package mechanics.measure.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import mechanics.linalg.Lanczos;
import mechanics.linalg.Precision;
import mechanics.measure.TangentKernelTest;
import mechanics.network.Network;
import mechanics.network.zoo.Mlp;
import mechanics.training.Derivatives;
import mechanics.training.LearningRule;
import mechanics.training.MeasurementSchedule;
import mechanics.training.Run;
import mechanics.training.rules.GradientFlow;
import mechanics.training.tasks.SquaredError;

class CentralFlowTest {
    private static final double[][] X = TangentKernelTest.inputs(12, 3, 1);
    private static final double[][] Y = TangentKernelTest.inputs(12, 1, 2);

    private static Network network() {
        return Mlp.of(3, 8, 8, 1).precision(Precision.FLOAT64).seed(3).build();
    }

    private static Run run(Network network, LearningRule rule) {
        return Run.of(network, SquaredError.HALF_MEAN, X, Y, rule)
                .observe("sharpness", MeasurementSchedule.every(1), Sharpness.observable());
    }

    @Test
    void farBelowTheEdgeItIsGradientFlow() {
        double eta = 0.01;
        var central = run(network(), CentralFlow.of(eta)).steps(30).train();
        var flow = run(network(), GradientFlow.of(eta).euler(4)).steps(30).train();
        assertArrayEquals(flow.network().parameters().array().toDoubles(),
                central.network().parameters().array().toDoubles(), 1e-14);
    }

    @Test
    void atTheEdgeItKeepsTheSharpnessThereWhileTheLossFalls() {
        // The flow of this network sharpens: the edge is put where it will come through.
        var free = run(network(), GradientFlow.of(0.2).euler(4)).steps(400).train();
        double[] rising = free.series("sharpness").values();
        double edge = (rising[0] + rising[400]) / 2;
        assertTrue(rising[400] > 1.1 * rising[0], "sharpens from " + rising[0] + " to " + rising[400]);
        double eta = 2 / edge;
        var bound = run(network(), CentralFlow.of(eta)).steps((int) (80 / eta)).train();
        double[] sharpness = bound.series("sharpness").values();
        for (double s : sharpness) assertTrue(s < 1.01 * edge, s + " above the edge " + edge);
        assertEquals(edge, sharpness[sharpness.length - 1], 0.01 * edge);
        double[] loss = bound.series("loss").values();
        for (int t = 1; t < loss.length; t++) assertTrue(loss[t] <= loss[t - 1]);
    }

    @Test
    void theVarianceHoldsTheSharpnessStill() {
        var derivatives = Derivatives.of(network(), SquaredError.HALF_MEAN, X, Y);
        var spectrum = Sharpness.spectrum(derivatives, Lanczos.of(1).withTolerance(1e-9));
        double eta = 2 / spectrum.largest();
        var slope = SharpnessGradient.of(derivatives, spectrum.vector(0));
        double variance = new CentralFlow(eta, 4).variance(spectrum.largest(), derivatives.gradient(), slope);
        double alpha = -derivatives.gradient().dot(slope), beta = slope.dot(slope);
        assertEquals(Math.max(0, 2 * alpha / beta), variance, 1e-9 * Math.abs(alpha / beta));
        assertEquals(0,
                new CentralFlow(eta / 100, 4).variance(spectrum.largest(), derivatives.gradient(), slope));
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThrows(IllegalArgumentException.class, () -> CentralFlow.of(0));
        assertThrows(IllegalArgumentException.class, () -> new CentralFlow(0.1, 1));
        var refusal = assertThrows(IllegalStateException.class,
                () -> run(network(), CentralFlow.of(100)).steps(1).train());
        assertTrue(refusal.getMessage().contains("at most one above 2/η"), refusal.getMessage());
    }
}
