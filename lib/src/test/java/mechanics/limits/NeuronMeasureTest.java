package mechanics.limits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;

class NeuronMeasureTest {

    private static double mean(NeuronMeasure rho, ToDoubleFunction<double[]> g) {
        double sum = 0;
        for (int k = 0; k < rho.count(); k++) sum += rho.weights()[k] * g.applyAsDouble(rho.nodes()[k]);
        return sum;
    }

    @Test
    void normalHasTheMomentsOfANormalDistribution() {
        var rho = NeuronMeasure.normal(2, 1.5, 0.5, 6);
        assertEquals(2, rho.dimension());
        assertEquals(1, mean(rho, _ -> 1), 1e-12);
        assertEquals(0, mean(rho, theta -> theta[0] * theta[1]), 1e-12);
        assertEquals(2.25, mean(rho, theta -> theta[0] * theta[0]), 1e-12);
        assertEquals(3 * Math.pow(0.5, 4), mean(rho, theta -> Math.pow(theta[2], 4)), 1e-12);
        // E cos w = e^(−σ²/2)
        assertEquals(Math.exp(-0.125), mean(rho, theta -> Math.cos(theta[1])), 1e-8);
    }

    @Test
    void circleIntegratesHarmonics() {
        var rho = NeuronMeasure.circle(20, 2);
        assertEquals(4, mean(rho, theta -> theta[1] * theta[1] + theta[2] * theta[2]), 1e-12);
        assertEquals(0, mean(rho, theta -> Math.cos(7 * Math.atan2(theta[2], theta[1]))), 1e-12);
        assertEquals(0, mean(rho, theta -> theta[0]), 1e-12);
        assertEquals(1, mean(rho, theta -> theta[0] * theta[0]), 1e-12);
    }

    @Test
    void refusesWhatIsNoDistribution() {
        double[][] nodes = {{1, 2}, {3, 4}};
        assertThrows(IllegalArgumentException.class, () -> new NeuronMeasure(nodes, new double[]{1}));
        assertThrows(IllegalArgumentException.class, () -> new NeuronMeasure(nodes, new double[]{0.5, 0.6}));
        assertThrows(IllegalArgumentException.class, () -> new NeuronMeasure(nodes, new double[]{1.5, -0.5}));
        assertThrows(IllegalArgumentException.class,
                () -> new NeuronMeasure(new double[][]{{1}}, new double[]{1}));
        assertThrows(IllegalArgumentException.class, () -> NeuronMeasure.circle(0, 1));
        assertThrows(IllegalArgumentException.class, () -> NeuronMeasure.circle(5, 0));
        assertThrows(IllegalArgumentException.class, () -> NeuronMeasure.normal(20, 1, 1, 10));
        assertThrows(IllegalArgumentException.class, () -> NeuronMeasure.normal(2, 0, 1, 10));
    }

    @Test
    void theSmallestMeasuresAreAllowed() {
        var point = new NeuronMeasure(new double[][]{{1, 2}, {3, 4}}, new double[]{1, 0});
        assertEquals(2, point.count());
        assertEquals(1, point.dimension());
        var one = NeuronMeasure.circle(1, 2);
        assertEquals(2, one.count());
        assertArrayEquals(new double[]{1, 2, 0}, one.nodes()[0], 1e-12);
        assertArrayEquals(new double[]{-1, 2, 0}, one.nodes()[1], 1e-12);
        var middle = NeuronMeasure.normal(1, 1, 1, 1);
        assertEquals(1, middle.count());
        assertArrayEquals(new double[]{0, 0}, middle.nodes()[0], 1e-12);
        assertEquals(1, middle.weights()[0], 1e-12);
    }

    @Test
    void refusesNodesOfUnequalLengthAndNoNodes() {
        double[] half = {0.5, 0.5};
        assertThrows(IllegalArgumentException.class,
                () -> new NeuronMeasure(new double[][]{{1, 2}, {3, 4, 5}}, half));
        assertThrows(IllegalArgumentException.class, () -> new NeuronMeasure(new double[0][], new double[0]));
        assertThrows(IllegalArgumentException.class,
                () -> new NeuronMeasure(new double[][]{{1, 2}, {3, 4}}, new double[]{Double.NaN, 0.5}));
        assertThrows(IllegalArgumentException.class, () -> NeuronMeasure.normal(0, 1, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> NeuronMeasure.normal(1, 1, 1, 0));
    }

    /** 32⁴ = 2²⁰ nodes are as many as there may be. */
    @Test
    void aGridMayHaveAMillionNodes() {
        assertEquals(1 << 20, NeuronMeasure.normal(3, 1, 1, 32).count());
        assertThrows(IllegalArgumentException.class, () -> NeuronMeasure.normal(3, 1, 1, 33));
    }
}
