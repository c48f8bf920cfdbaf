package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.statistics.Estimate;

class ModularAdditionTest {

    /** f_c(a, b) for all c, from the weights alone. */
    private static double[] outputs(ModularAddition.Layers layers, int p, int a, int b) {
        var f = new double[p];
        for (int k = 0; k < layers.first().length; k++) {
            double z = layers.first()[k][a] + layers.first()[k][p + b];
            for (int c = 0; c < p; c++) f[c] += layers.second()[c][k] * z * z;
        }
        return f;
    }

    private static double lead(ModularAddition theory, int p, RandomGenerator random, int neurons) {
        int a = random.nextInt(p);
        int b = random.nextInt(p);
        double[] f = outputs(theory.draw(neurons, random), p, a, b);
        int right = (a + b) % p;
        int other = (right + 1 + random.nextInt(p - 1)) % p;
        return f[right] - f[other];
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 23, 59})
    void theLeadOfANeuronHasThisMeanAndVariance(int p) {
        var theory = ModularAddition.of(p);
        assertEquals(p / (2.0 * (p - 1.0)), theory.mean(), 1e-12);
        var random = Seed.of(p).stream("leads");
        var leads = new double[10_000];
        Arrays.setAll(leads, _ -> lead(theory, p, random, 1));
        var estimate = Estimate.of(leads);
        assertEquals(theory.mean(), estimate.mean(), 4.5 * estimate.standardError());
        var squares = Estimate.of(Arrays.stream(leads).map(x -> Math.pow(x - theory.mean(), 2)).toArray());
        assertEquals(theory.variance(), squares.mean(), 4.5 * squares.standardError());
    }

    @ParameterizedTest
    @CsvSource({"5, 10", "13, 10", "23, 20", "23, 40"})
    void aLeadIsNegativeWithThisProbability(int p, int neurons) {
        var theory = ModularAddition.of(p);
        var random = Seed.of(p + neurons).stream("wrong");
        var wrong = new double[15_000];
        Arrays.setAll(wrong, _ -> lead(theory, p, random, neurons) < 0 ? 1 : 0);
        var estimate = Estimate.of(wrong);
        double next = theory.wrongProbability(neurons) / neurons;
        assertEquals(theory.wrongProbability(neurons), estimate.mean(),
                4.5 * estimate.standardError() + next);
    }

    @ParameterizedTest
    @CsvSource({"7, 30", "23, 68", "43, 77", "83, 86"})
    void theSaddlePointIsTheInversionOfTheCharacteristicFunction(int p, int neurons) {
        int points = 32;
        var leads = new double[(p - 1) / 2 * points * points];
        for (int i = 0; i < leads.length; i++) {
            int frequency = 1 + i / (points * points);
            int row = i / points % points;
            int column = i % points;
            double delta = 2 * Math.PI * frequency / p;
            double psi = 2 * Math.PI * column / points;
            double chi = 2 * Math.PI * row / points;
            leads[i] = (1 + Math.cos(chi)) * (1 + Math.cos(psi)) * (Math.cos(psi) - Math.cos(psi + delta));
        }
        // P(S < 0) = 1/2 - (1/π) ∫ Im φ(t)ᴺ / t dt, by the midpoint rule.
        double step = 0.01;
        double integral = 0;
        for (int k = 0; k < 150; k++) {
            double t = (k + 0.5) * step;
            double real = 0;
            double imaginary = 0;
            for (double lead : leads) {
                real += Math.cos(t * lead) / leads.length;
                imaginary += Math.sin(t * lead) / leads.length;
            }
            double size = Math.pow(Math.hypot(real, imaginary), neurons);
            integral += size * Math.sin(neurons * Math.atan2(imaginary, real)) / t * step;
        }
        double wrong = 0.5 - integral / Math.PI;
        assertEquals(wrong, ModularAddition.of(p).wrongProbability(neurons), 0.02 * wrong);
    }

    @Test
    void theErrorFallsAtTheRate() {
        var theory = ModularAddition.of(43);
        double ratio = theory.wrongProbability(4001) / theory.wrongProbability(4000);
        assertEquals(-theory.rate(), Math.log(ratio), 2e-4);
        assertTrue(theory.rate() > theory.mean() * theory.mean() / (2 * theory.variance()));
    }

    @Test
    void countsNeurons() {
        var theory = ModularAddition.of(23);
        int n = theory.neuronsFor(0.99);
        assertTrue(theory.accuracy(n) >= 0.99 && theory.accuracy(n - 1) < 0.99);
        assertEquals(Math.pow(1 - theory.wrongProbability(n), 22), theory.accuracy(n), 1e-12);
        assertEquals(68, n);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 11, 31})
    void manyNeuronsAddWithoutError(int p) {
        var layers = ModularAddition.of(p).draw(3000, Seed.of(1).stream("many"));
        for (int a = 0; a < p; a++)
            for (int b = 0; b < p; b++) {
                double[] f = outputs(layers, p, a, b);
                for (int c = 0; c < p; c++)
                    assertTrue(c == (a + b) % p || f[c] < f[(a + b) % p], a + " + " + b + " = " + c);
            }
    }

    @RepeatedTest(10)
    void findsTheWave(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("wave");
        int p = 29;
        int s = 1 + random.nextInt(14);
        double phase = random.nextDouble(-3.1, 3.1);
        double other = 0.3;
        var weights = new double[p];
        for (int j = 0; j < p; j++)
            weights[j] = 5 + 2 * Math.cos(2 * Math.PI * s * j / p + phase)
                    + 2 * other * Math.cos(2 * Math.PI * (s % 14 + 1) * j / p);
        var wave = ModularAddition.of(p).wave(weights);
        assertEquals(s, wave.frequency());
        assertEquals(phase, wave.phase(), 1e-9);
        assertEquals(1 / (1 + other * other), wave.share(), 1e-9);
    }

    @Test
    void constantWeightsHaveNoWave() {
        assertEquals(0, ModularAddition.of(5).wave(new double[]{2, 2, 2, 2, 2}).share());
    }

    @Test
    void drawnNeuronsAreWavesWhosePhasesAdd() {
        int p = 17;
        var theory = ModularAddition.of(p);
        var layers = theory.draw(20, Seed.of(4).stream("neurons"));
        for (int k = 0; k < 20; k++) {
            int neuron = k;
            var a = theory.wave(Arrays.copyOf(layers.first()[k], p));
            var b = theory.wave(Arrays.copyOfRange(layers.first()[k], p, 2 * p));
            var c = theory.wave(Arrays.stream(layers.second()).mapToDouble(row -> row[neuron]).toArray());
            assertEquals(a.frequency(), b.frequency());
            assertEquals(a.frequency(), c.frequency());
            assertEquals(1, a.share(), 1e-9);
            assertEquals(1, Math.cos(a.phase() + b.phase() - c.phase()), 1e-9);
        }
    }

    @Test
    void badInputsAreRefused() {
        for (int p : new int[]{-3, 0, 2, 9, 15, 49})
            assertTrue(assertThrows(IllegalArgumentException.class, () -> ModularAddition.of(p)).getMessage()
                    .contains("prime"));
        var theory = ModularAddition.of(7);
        assertThrows(IllegalArgumentException.class, () -> theory.accuracy(0));
        assertThrows(IllegalArgumentException.class, () -> theory.neuronsFor(1));
        assertThrows(IllegalArgumentException.class, () -> theory.neuronsFor(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> theory.draw(0, Seed.of(1).stream()));
        assertThrows(IllegalArgumentException.class, () -> theory.wave(new double[6]));
    }
}
