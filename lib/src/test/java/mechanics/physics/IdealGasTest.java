package mechanics.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdealGasTest {

    @Test
    void aLargeBathIsAnInfiniteOneAndTheWholeGasDoesNotFluctuate() {
        for (int n : new int[]{1, 3, 50}) {
            var part = new EnergyFluctuation(n);
            assertEquals(Math.sqrt(2.0 / 3 / n), part.inBath(), 1e-15);
            assertEquals(1, part.within(10_000_000) / part.inBath(), 1e-4);
            if (n > 1) assertEquals(0, part.within(n), 1e-7);
        }
    }

    @Test
    void oneOfTwoParticlesAtRestHasHalfTheEnergyAlways() {
        assertEquals(0, new EnergyFluctuation(1).within(2), 1e-7);
    }

    @Test
    void collisionsKeepEnergyAndMomentum() {
        var gas = CollidingGas.beams(100, 7);
        gas.collide(20_000);
        assertEquals(50, Arrays.stream(gas.energies()).sum(), 1e-9);
        assertArrayEquals(new double[3], gas.momentum(), 1e-9);
        assertEquals(50, gas.energies(100)[0], 1e-9);
        assertEquals(33, gas.energies(3).length);
    }

    /** Independent groups in 4,000 snapshots: four standard errors of the variance of a nearly normal number. */
    @ParameterizedTest
    @CsvSource({"1, 6, 1", "2, 6, 2", "8, 32, 3", "16, 32, 4", "4, 200, 5"})
    void beamsComeToTheFluctuationsOfTheMicrocanonicalEnsemble(int group, int particles, long seed) {
        var gas = CollidingGas.beams(particles, seed);
        gas.collide(20 * particles);
        int snapshots = 4000;
        double squares = 0, fourths = 0;
        for (int s = 0; s < snapshots; s++) {
            gas.collide(4 * particles);
            double off = gas.energies(group)[0] / (0.5 * group) - 1;
            squares += off * off / snapshots;
            fourths += Math.pow(off, 4) / snapshots;
        }
        double error = Math.sqrt((fourths - squares * squares) / snapshots);
        double expected = Math.pow(new EnergyFluctuation(group).within(particles), 2);
        assertEquals(expected, squares, 4 * error);
    }

    @Test
    void theSameSeedIsTheSameGas() {
        var one = CollidingGas.beams(20, 3);
        var other = CollidingGas.beams(20, 3);
        one.collide(500);
        other.collide(500);
        assertArrayEquals(one.energies(), other.energies());
    }

    @Test
    void mistakesAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> new EnergyFluctuation(0));
        assertThrows(IllegalArgumentException.class, () -> new EnergyFluctuation(5).within(4));
        assertThrows(IllegalArgumentException.class, () -> CollidingGas.beams(3, 1));
        assertEquals("group = 9: expected 1 to 8 particles", assertThrows(IllegalArgumentException.class,
                () -> CollidingGas.beams(8, 1).energies(9)).getMessage());
    }
}
