package mechanics.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendulumTest {
    private static final double[] UNITS = {0, 0.5, 1, 3, 7, 20};

    @Test
    void smallSwingsAreADampedOscillator() {
        double gamma = 0.3, angle = 1e-4;
        var pendulum = Pendulum.ofDamping(gamma, 2, 3, 9.81);
        double omega = Math.sqrt(1 - gamma * gamma / 4);
        double[] angles = pendulum.swing(angle, times(pendulum), 1e-14);
        for (int i = 0; i < UNITS.length; i++) {
            double t = UNITS[i];
            double expected = Math.exp(-gamma * t / 2)
                    * (Math.cos(omega * t) + gamma / 2 / omega * Math.sin(omega * t));
            assertEquals(expected, angles[i] / angle, 1e-7);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 2, 3})
    void withoutFrictionItIsBackAfterThePeriod(double angle) {
        var pendulum = new Pendulum(1, 0.7, 3.7, 0);
        double period = pendulum.period(angle);
        assertArrayEquals(new double[]{0, -angle, angle},
                pendulum.swing(angle, new double[]{period / 4, period / 2, period}, 1e-12), 1e-8);
    }

    @Test
    void thePeriodIsTheTabulatedOne() {
        // Complete elliptic integral K(k = sin 45°) = 1.8540746773; T = 4 K √(ℓ/g).
        assertEquals(4 * 1.8540746773013719, new Pendulum(1, 1, 1, 0).period(Math.PI / 2), 1e-12);
        assertEquals(2 * Math.PI, new Pendulum(5, 1, 1, 0).period(1e-5), 1e-9);
    }

    @Test
    void pendulumsOfOneDampingMoveAlikeInTheirOwnUnits() {
        var one = Pendulum.ofDamping(0.2, 0.1, 0.25, 9.81);
        var other = Pendulum.ofDamping(0.2, 2000, 40, 1.62);
        assertEquals(0.2, other.damping(), 1e-12);
        assertArrayEquals(one.swing(2.5, times(one), 1e-10), other.swing(2.5, times(other), 1e-10), 1e-10);
        var sameFriction = new Pendulum(0.1, 0.5, 9.81, one.friction());
        double apart = one.swing(2.5, times(one), 1e-10)[5]
                - sameFriction.swing(2.5, times(sameFriction), 1e-10)[5];
        assertEquals(true, Math.abs(apart) > 0.1, "apart by " + apart);
    }

    @Test
    void mistakesAreNamed() {
        var pendulum = new Pendulum(1, 1, 1, 0);
        assertThrows(IllegalArgumentException.class, () -> new Pendulum(0, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Pendulum(1, 1, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> pendulum.period(4));
        assertEquals("times[1] = 1.0: expected at least 2.0", assertThrows(IllegalArgumentException.class,
                () -> pendulum.swing(1, new double[]{2, 1}, 1e-8)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> pendulum.swing(1, UNITS, 0));
    }

    private static double[] times(Pendulum pendulum) {
        return DoubleStream.of(UNITS).map(t -> t * pendulum.unitOfTime()).toArray();
    }
}
