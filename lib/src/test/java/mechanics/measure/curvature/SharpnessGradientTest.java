package mechanics.measure.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.Lanczos;
import mechanics.linalg.Precision;
import mechanics.measure.TangentKernelTest;
import mechanics.network.Network;
import mechanics.network.zoo.Mlp;
import mechanics.training.Derivatives;
import mechanics.training.tasks.SquaredError;

class SharpnessGradientTest {
    private static final double[][] X = TangentKernelTest.inputs(12, 3, 1);
    private static final double[][] Y = TangentKernelTest.inputs(12, 2, 2);
    private static final Lanczos FINE = Lanczos.of(1).withTolerance(1e-10);

    private static Derivatives derivatives(long seed) {
        Network network = Mlp.of(3, 6, 5, 2).precision(Precision.FLOAT64).seed(seed).build();
        return Derivatives.of(network, SquaredError.HALF_MEAN, X, Y);
    }

    @Test
    void isTheSlopeOfTheSharpnessInEveryDirection() {
        for (long seed = 0; seed < 3; seed++) {
            var derivatives = derivatives(seed);
            var parameters = derivatives.network().parameters();
            Array gradient = SharpnessGradient.of(derivatives,
                    Sharpness.spectrum(derivatives, FINE).vector(0));
            for (int trial = 0; trial < 5; trial++) {
                Array direction = gradient.like(gradient.length());
                direction.fillGaussian(Seed.of(seed).stream("direction " + trial), 1);
                direction.scale(1 / direction.norm());
                double h = 1e-4;
                parameters.array().add(h, direction);
                parameters.changed();
                double after = Sharpness.spectrum(derivatives, FINE).largest();
                parameters.array().add(-2 * h, direction);
                parameters.changed();
                double before = Sharpness.spectrum(derivatives, FINE).largest();
                parameters.array().add(h, direction);
                parameters.changed();
                assertEquals((after - before) / (2 * h), gradient.dot(direction), 1e-5 * gradient.norm());
            }
        }
    }

    /** L = ½ (abx − y)²: ∂³L/∂a²∂b = 2 b x² and ∂³L/∂a³ = 0. */
    @Test
    void isTheThirdDerivativeOfALossThatCanBeDoneByHand() {
        double a = 0.7, b = -1.3, x = 2, y = 0.4;
        Network network = Mlp.of(1, 1, 1).linear().bias(false).precision(Precision.FLOAT64).build();
        network.parameters().set(Precision.FLOAT64.array(a, b));
        var derivatives = Derivatives.of(network, SquaredError.HALF_SUM, new double[][]{{x}},
                new double[][]{{y}});
        Array alongA = SharpnessGradient.of(derivatives, Precision.FLOAT64.array(1, 0));
        assertArrayEquals(new double[]{0, 2 * b * x * x}, alongA.toDoubles(), 1e-8);
    }

    @Test
    void theErrorIsOfSecondOrderInTheStep() {
        var derivatives = derivatives(4);
        Array u = Sharpness.spectrum(derivatives, FINE).vector(0);
        Array fine = SharpnessGradient.of(derivatives, u, 1e-4);
        Array coarse = SharpnessGradient.of(derivatives, u, 2e-2),
                middle = SharpnessGradient.of(derivatives, u, 1e-2);
        coarse.add(-1, fine);
        middle.add(-1, fine);
        assertEquals(4, coarse.norm() / middle.norm(), 0.1);
    }

    @Test
    void leavesTheParametersAsTheyWere() {
        var derivatives = derivatives(5);
        double[] before = derivatives.network().parameters().array().toDoubles();
        double loss = derivatives.loss();
        SharpnessGradient.of(derivatives, Sharpness.spectrum(derivatives, FINE).vector(0));
        assertArrayEquals(before, derivatives.network().parameters().array().toDoubles(), 0);
        assertEquals(loss, derivatives.loss(), 0);
    }

    @Test
    void refusesWhatDoesNotFit() {
        var derivatives = derivatives(0);
        var u = Precision.FLOAT64.array(3);
        var refusal = assertThrows(IllegalArgumentException.class,
                () -> SharpnessGradient.of(derivatives, u));
        assertTrue(refusal.getMessage().contains("u has 3 numbers"), refusal.getMessage());
        Array whole = derivatives.gradient().copy();
        refusal = assertThrows(IllegalArgumentException.class,
                () -> SharpnessGradient.of(derivatives, whole, 0));
        assertTrue(refusal.getMessage().contains("epsilon = 0.0"), refusal.getMessage());
    }
}
