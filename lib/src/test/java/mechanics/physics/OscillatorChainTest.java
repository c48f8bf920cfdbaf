package mechanics.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OscillatorChainTest {

    @Test
    void oneAndTwoMassesHaveTheFrequenciesOfTheTextbook() {
        assertEquals(Math.sqrt(2 * 3 / 0.5), new OscillatorChain(1, 0.5, 3, 0).frequency(1), 1e-12);
        var two = new OscillatorChain(2, 1, 1, 0);
        assertEquals(1, two.frequency(1), 1e-12);
        assertEquals(Math.sqrt(3), two.frequency(2), 1e-12);
    }

    @Test
    void shapesAreOrthonormalAndDisplacementUndoesAmplitudes() {
        var chain = new OscillatorChain(7, 1, 2, 0);
        double[] x = random(7, 1);
        assertArrayEquals(x, chain.displacement(chain.amplitudes(x)), 1e-12);
        double[] unit = chain.amplitudes(chain.shape(3));
        for (int k = 1; k <= 7; k++) assertEquals(k == 3 ? 1 : 0, unit[k - 1], 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0.1", "8, 1, 1, 0.05", "5, 0.2, 30, 0.01", "12, 3, 0.7, 0.5"})
    void everyModeSwingsAloneAtTheSteppedFrequency(int masses, double mass, double stiffness, double step) {
        var chain = new OscillatorChain(masses, mass, stiffness, 0);
        double[] start = random(masses, 2);
        double[] first = chain.amplitudes(start);
        double[][] path = chain.swing(start, step, 300);
        for (int t = 0; t < path.length; t += 37) {
            double[] now = chain.amplitudes(path[t]);
            for (int k = 1; k <= masses; k++)
                assertEquals(first[k - 1] * Math.cos(chain.steppedFrequency(k, step) * t * step), now[k - 1],
                        1e-10);
        }
    }

    @Test
    void theSteppedFrequencyIsHigherByTheShareOfItsLeadingOrder() {
        var chain = new OscillatorChain(4, 1, 1, 0);
        double omega = chain.frequency(2), step = 0.01;
        double share = chain.steppedFrequency(2, step) / omega - 1;
        assertEquals(1, share / (Math.pow(omega * step, 2) / 24), 1e-3);
    }

    @Test
    void anharmonicSpringsTakeEnergyOutOfAModeAndHarmonicOnesDoNot() {
        var chain = new OscillatorChain(16, 1, 1, 0);
        double[] start = chain.shape(1);
        for (int j = 0; j < 16; j++) start[j] *= 4;
        double harmonic = Math.abs(chain.amplitudes(chain.swing(start, 0.1, 2000)[2000])[1]);
        double largest = 0;
        for (double[] x : chain.anharmonicity(0.25).swing(start, 0.1, 2000))
            largest = Math.max(largest, Math.abs(chain.amplitudes(x)[1]));
        assertEquals(0, harmonic, 1e-10);
        assertTrue(largest > 0.5, "mode 2 reaches " + largest);
    }

    @Test
    void mistakesAreNamed() {
        var chain = new OscillatorChain(3, 1, 1, 0);
        assertMessage("masses = 0: expected at least 1", () -> new OscillatorChain(0, 1, 1, 0));
        assertMessage("mass = -1.0: expected a positive number",
                () -> new OscillatorChain(3, -1, 1, 0));
        assertMessage("mode = 4: expected a mode from 1 to 3", () -> chain.frequency(4));
        assertMessage("2 numbers: expected 3, one for each mass or mode",
                () -> chain.amplitudes(new double[2]));
        assertThrows(IllegalArgumentException.class, () -> chain.steppedFrequency(3, 2));
        assertThrows(IllegalArgumentException.class, () -> chain.swing(new double[3], 0.1, -1));
        assertThrows(IllegalArgumentException.class, () -> chain.anharmonicity(Double.NaN));
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }

    private static double[] random(int n, long seed) {
        return new SplittableRandom(seed).doubles(n, -1, 1).toArray();
    }
}
