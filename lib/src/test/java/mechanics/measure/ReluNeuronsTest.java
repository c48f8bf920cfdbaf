package mechanics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import mechanics.data.Sphere;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.zoo.Mlp;

class ReluNeuronsTest {
    private static Network network(long seed) {
        return Mlp.of(3, 7, 1).activation(Activation.RELU).bias(false).precision(Precision.FLOAT64).seed(seed)
                .build();
    }

    @Test
    void computeWhatTheNetworkComputes() {
        Network network = network(1);
        var neurons = ReluNeurons.of(network);
        for (double[] x : new Sphere(3, 2).sample(5, 2))
            assertEquals(network.evaluate(new double[][]{x})[0][0], neurons.value(x), 1e-12);
    }

    @Test
    void comeBackFromANetworkAsTheyWentIn() {
        var neurons = ReluNeurons.of(network(3));
        Network other = network(4);
        neurons.copyTo(other);
        assertArrayEquals(neurons.outgoing(), ReluNeurons.of(other).outgoing());
        assertArrayEquals(neurons.incoming()[6], ReluNeurons.of(other).incoming()[6]);
    }

    @Test
    void balancedNeuronsHaveEqualLayers() {
        var balanced = new ReluNeurons(new double[][]{{3, 4}, {0, 1}}, new double[]{-0.1, 7}).balanced();
        assertArrayEquals(new double[]{-5, 1}, balanced.outgoing(), 1e-12);
        assertEquals(25, balanced.mass(0), 1e-12);
        assertEquals(26, balanced.mass(), 1e-12);
    }

    @Test
    void anglesAreToTheNearestTeacherOfTheSameSign() {
        var teacher = new ReluNeurons(new double[][]{{1, 0}, {0, 1}, {0, -3}}, new double[]{1, -1, 2});
        var student = new ReluNeurons(new double[][]{{1, 1}, {1, 1}, {0, -2}}, new double[]{3, -1, 0.5});
        assertEquals(45, student.angle(0, teacher), 1e-6);
        assertEquals(45, student.angle(1, teacher), 1e-6);
        assertEquals(0, student.angle(2, teacher), 1e-6);
        double mass = 3 * Math.sqrt(2) + Math.sqrt(2) + 1;
        assertEquals(1 / mass, student.shareWithin(10, teacher), 1e-12);
        assertEquals(1, student.shareWithin(46, teacher), 1e-12);
        assertEquals(45 * 4 * Math.sqrt(2) / mass, student.angle(teacher), 1e-6);
        var positive = new ReluNeurons(new double[][]{{1, 0}}, new double[]{1});
        assertEquals(180, student.angle(1, positive), 1e-12);
    }

    @Test
    void refuseOtherNetworksAndShapes() {
        assertThrows(IllegalArgumentException.class, () -> ReluNeurons.of(Mlp.of(3, 7, 1).build()));
        assertThrows(IllegalArgumentException.class,
                () -> ReluNeurons.of(Mlp.of(3, 7, 2).bias(false).build()));
        assertThrows(IllegalArgumentException.class,
                () -> ReluNeurons.of(Mlp.of(3, 7, 7, 1).bias(false).build()));
        assertThrows(IllegalArgumentException.class,
                () -> new ReluNeurons(new double[][]{{1, 2}}, new double[]{1, 2}));
        assertThrows(IllegalArgumentException.class,
                () -> new ReluNeurons(new double[][]{{1, 2}, {1}}, new double[]{1, 2}));
        var neurons = new ReluNeurons(new double[][]{{1, 2}}, new double[]{1});
        assertThrows(IllegalArgumentException.class, () -> neurons.value(new double[]{1}));
    }
}
