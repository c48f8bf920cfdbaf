package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerLawTaskTest {

    @ParameterizedTest
    @CsvSource({"1.5,2", "2,3", "1.2,1.5", "3,2.5", "1.7,7"})
    void theClosedFormsAreThoseOfTheEigenframework(double alpha, double beta) {
        var task = new PowerLawTask(alpha, beta);
        int modes = 20_000;
        var theory = Eigenframework.of(task.spectrum(modes), 150);
        assertEquals(1, task.kappa(150) / theory.kappa(), 2e-3);
        assertEquals(1, task.overfitting(150) / theory.overfitting(), 2e-3);
        double error = theory.testError(task.power(modes), task.powerBeyond(modes));
        assertEquals(1, task.error(150) / error, 0.02);
    }

    @Test
    void theErrorFallsWithTheExponent() {
        for (double beta : new double[]{1.5, 3, 9}) {
            var task = new PowerLawTask(1.5, beta);
            assertEquals(Math.min(3, beta - 1), task.exponent());
            assertEquals(task.exponent(), Math.log(task.error(1e6) / task.error(1e7)) / Math.log(10), 1e-5);
            assertEquals(task.exponent() / (1 + task.exponent()), task.noisyExponent(), 1e-15);
        }
    }

    @Test
    void atTheCrossoverTargetAndNoiseCountAlike() {
        var task = new PowerLawTask(1.6, 2.2);
        double n = task.crossover(1e-3);
        assertEquals(task.overfitting(n) * 1e-3, task.error(n), 1e-12);
        assertEquals(1.6e-3, task.noiseFloor(1e-3), 1e-15);
    }

    /** With the best ridge the excess error falls with the noisy exponent. */
    @Test
    void theBestRidgeGivesTheNoisyExponent() {
        var task = new PowerLawTask(1.5, 2);
        int modes = 20_000;
        var spectrum = task.spectrum(modes);
        double[] power = task.power(modes);
        double[] excess = Arrays.stream(new double[]{300, 1200}).map(n -> {
            double best = Double.POSITIVE_INFINITY;
            for (double ridge = 0.1; ridge < 3000; ridge *= 1.1)
                best = Math.min(best,
                        Eigenframework.of(spectrum, n, ridge).testError(power, task.powerBeyond(modes) + 1)
                                - 1);
            return best;
        }).toArray();
        assertEquals(task.noisyExponent(), Math.log(excess[0] / excess[1]) / Math.log(4), 0.05);
    }

    @Test
    void whatIsLeftOutIsSummed() {
        assertEquals(Math.PI * Math.PI / 6, new PowerLawTask(2, 2).powerBeyond(0), 1e-9);
        assertEquals(Math.PI * Math.PI / 6 - 1 - 0.25, new PowerLawTask(2, 2).powerBeyond(2), 1e-9);
        var spectrum = new PowerLawTask(2, 2).spectrum(100);
        assertEquals(Math.PI * Math.PI / 6, spectrum.trace(), 1e-9);
        assertTrue(spectrum.tail() > 0);
    }

    @Test
    void badInputsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PowerLawTask(1, 2));
        assertThrows(IllegalArgumentException.class, () -> new PowerLawTask(2, 1));
        assertThrows(IllegalArgumentException.class, () -> new PowerLawTask(2, 5).error(10), "a logarithm");
        assertThrows(IllegalArgumentException.class, () -> new PowerLawTask(2, 2).error(0));
        assertThrows(IllegalArgumentException.class, () -> new PowerLawTask(2, 2).crossover(0));
    }

    @ParameterizedTest
    @CsvSource({"1.5,3.9999", "1.5,4.0001", "1.7,4.39999999", "1.2,3.3", "2.5,6.1", "1.7,4.4000001",
            "1.5,3.9", "1.5,4.1"})
    void theErrorIsRightBesideThePole(double alpha, double beta) {
        var task = new PowerLawTask(alpha, beta);
        int modes = 20_000;
        double theory = Eigenframework.of(task.spectrum(modes), 100).testError(task.power(modes),
                task.powerBeyond(modes));
        assertEquals(1, task.error(100) / theory, 0.01);
        double n = task.crossover(1e-4);
        assertEquals(task.overfitting(n) * 1e-4, task.error(n), 1e-14);
    }

    @ParameterizedTest
    @CsvSource({"1.7,4.4", "1.5,4", "1.1,3.2", "2.3,5.6", "1.9,4.8"})
    void atThePoleThereIsNoPower(double alpha, double beta) {
        assertThrows(IllegalArgumentException.class, () -> new PowerLawTask(alpha, beta).error(100));
        assertThrows(IllegalArgumentException.class, () -> new PowerLawTask(alpha, beta).crossover(0.1));
    }

    @Test
    void noiseAboveTheWholeTargetIsThereFromTheFirstSample() {
        var task = new PowerLawTask(1.6, 2.2);
        assertEquals(0, task.crossover(100));
        assertThrows(IllegalArgumentException.class, () -> task.crossover(Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> task.kappa(Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> new PowerLawTask(Double.POSITIVE_INFINITY, 2));
    }
}
