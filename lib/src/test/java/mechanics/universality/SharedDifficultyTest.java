package mechanics.universality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.statistics.ErrorTable;

class SharedDifficultyTest {

    private static SharedDifficulty random(int learners, long seed) {
        var random = new SplittableRandom(seed);
        return new SharedDifficulty(random.doubles(learners, 0.03, 0.4).toArray(),
                random.doubles(learners, 0.2, 0.97).toArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void withoutLoadingsTheCountIsPoissonBinomial(long seed) {
        double[] p = random(7, seed).errorRates();
        double[] brute = new double[8];
        for (int set = 0; set < 1 << 7; set++) {
            double probability = 1;
            for (int a = 0; a < 7; a++) probability *= (set >> a & 1) == 1 ? p[a] : 1 - p[a];
            brute[Integer.bitCount(set)] += probability;
        }
        var none = SharedDifficulty.none(p);
        assertArrayEquals(brute, none.missed(), 1e-12);
        assertEquals(p[0] * p[1], none.both(0, 1), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void countHasTheMeanAndTheVarianceOfItsPairs(long seed) {
        var theory = random(9, seed);
        double[] p = theory.errorRates(), missed = theory.missed();
        double mean = 0, pairs = 0, total = 0;
        for (int m = 0; m < missed.length; m++) {
            total += missed[m];
            mean += m * missed[m];
            pairs += m * (m - 1) * missed[m];
        }
        double expected = 0;
        for (int a = 0; a < 9; a++) {
            for (int b = 0; b < 9; b++) if (a != b) expected += theory.both(a, b);
        }
        assertEquals(1, total, 1e-12);
        assertEquals(Arrays.stream(p).sum(), mean, 1e-11);
        assertEquals(expected, pairs, 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.3", "0.5, -0.8", "0.5, 0.95"})
    void bothAtTheMedianIsSheppardsFormula(double p, double r) {
        // Sheppard 1899: ¼ + arcsin r / 2π
        double root = Math.sqrt(Math.abs(r));
        var theory = new SharedDifficulty(new double[]{p, p}, new double[]{root, Math.signum(r) * root});
        assertEquals(0.25 + Math.asin(r) / (2 * Math.PI), theory.both(0, 1), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.3, 0.6", "0.05, 0.2, 0.9", "0.2, 0.25, 0", "0.3, 0.3, -0.5", "0.05, 0.9, 0.8"})
    void correlationIsTheOneThatMadeThePair(double p, double q, double r) {
        double root = Math.sqrt(Math.abs(r));
        var theory = new SharedDifficulty(new double[]{p, q}, new double[]{root, Math.signum(r) * root});
        assertEquals(r, SharedDifficulty.correlation(p, q, theory.both(0, 1)), 1e-6);
    }

    @Test
    void correlationStaysFiniteAtTheEnds() {
        assertEquals(0.9999, SharedDifficulty.correlation(0.2, 0.2, 0.2), 1e-12);
        assertEquals(-0.9999, SharedDifficulty.correlation(0.2, 0.2, 0), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void fitFindsTheLoadingsFromThePairs(long seed) {
        var theory = random(8, seed);
        double[][] both = new double[8][8];
        for (int a = 0; a < 8; a++) {
            for (int b = 0; b < 8; b++) both[a][b] = theory.both(a, b);
        }
        assertArrayEquals(theory.loadings(), SharedDifficulty.fit(theory.errorRates(), both).loadings(),
                1e-5);
    }

    @Test
    void drawnErrorsHaveTheDistributionAndGiveTheLoadingsBack() {
        var theory = random(6, 9);
        int n = 40_000;
        var drawn = ErrorTable.of(theory.draw(n, 3));
        double[] expected = theory.missed(), counted = drawn.histogram();
        for (int m = 0; m < expected.length; m++) {
            assertEquals(n * expected[m], counted[m], 4.5 * Math.sqrt(n * expected[m]) + 1);
        }
        assertArrayEquals(theory.loadings(),
                SharedDifficulty.fit(drawn.errorRates(), drawn.both()).loadings(), 0.05);
    }

    @Test
    void refusesWhatIsNoProbabilityOrLoading() {
        double[] p = {0.1, 0.2, 0.3};
        assertThrows(IllegalArgumentException.class, () -> SharedDifficulty.none());
        assertThrows(IllegalArgumentException.class, () -> SharedDifficulty.none(0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SharedDifficulty(p, new double[2]));
        assertThrows(IllegalArgumentException.class,
                () -> new SharedDifficulty(p, new double[]{0.1, 1, 0.2}));
        assertThrows(IllegalArgumentException.class, () -> SharedDifficulty.correlation(0.1, 0.2, 0.15));
        assertThrows(IllegalArgumentException.class, () -> SharedDifficulty.fit(p, new double[2][2]));
        assertThrows(IllegalArgumentException.class, () -> SharedDifficulty.none(p).draw(0, 1));
    }
}
