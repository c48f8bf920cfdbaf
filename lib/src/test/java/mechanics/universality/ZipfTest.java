package mechanics.universality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfTest {

    @ParameterizedTest
    @CsvSource({"0.8, 1, 500", "1, 1, 3000", "1.3, 10, 1000", "2, 5, 50"})
    void fitFindsTheExponentWithinItsStandardError(double a, int first, int last) {
        var law = ZipfLaw.of(a, first, last);
        double[] cumulative = new double[last];
        double sum = 0;
        for (int r = first; r <= last; r++) cumulative[r - 1] = sum += law.probability(r);
        assertEquals(1, sum, 1e-12);
        int repeats = 60;
        double mean = 0, square = 0, error = 0;
        var random = new SplittableRandom(last);
        for (int k = 0; k < repeats; k++) {
            int[] counts = new int[last];
            for (int i = 0; i < 3000; i++) {
                int at = Arrays.binarySearch(cumulative, random.nextDouble());
                counts[Math.min(last - 1, at < 0 ? -at - 1 : at)]++;
            }
            var fit = ZipfLaw.fit(counts, first, last);
            mean += fit.exponent() / repeats;
            square += fit.exponent() * fit.exponent() / repeats;
            error = fit.standardError();
        }
        assertEquals(a, mean, 4 * error / Math.sqrt(repeats));
        assertEquals(error, Math.sqrt(square - mean * mean), 0.35 * error);
    }

    @Test
    void fitMaximizesTheLikelihood() {
        int[] counts = {50, 30, 12, 9, 0, 4, 1};
        double best = ZipfLaw.fit(counts, 1, 7).exponent();
        assertTrue(likelihood(counts, best) > likelihood(counts, best + 1e-3));
        assertTrue(likelihood(counts, best) > likelihood(counts, best - 1e-3));
    }

    private static double likelihood(int[] counts, double a) {
        var law = ZipfLaw.of(a, 1, counts.length);
        double sum = 0;
        for (int r = 1; r <= counts.length; r++) sum += counts[r - 1] * Math.log(law.probability(r));
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 26})
    void equalLettersHaveMillersExponent(int m) {
        assertEquals(Math.log(m + 1) / Math.log(m), RandomTyping.equal(m, 1.0 / (m + 1)).exponent(), 1e-12);
        assertEquals(1 - Math.log(0.8) / Math.log(m), RandomTyping.equal(m, 0.2).exponent(), 1e-12);
    }

    @Test
    void likeliestWordsAreThoseOfAnEnumeration() {
        var typing = new RandomTyping(new double[]{0.4, 0.25, 0.1});
        var words = new ArrayList<Double>();
        enumerate(typing.letters(), typing.space() / (1 - typing.space()), 9, words);
        words.sort(Comparator.reverseOrder());
        double[] likeliest = typing.likeliest(60);
        for (int r = 0; r < 60; r++) assertEquals(words.get(r), likeliest[r], 1e-15);
    }

    private static void enumerate(double[] letters, double word, int depth, List<Double> words) {
        if (depth == 0) return;
        for (double p : letters) {
            words.add(word * p);
            enumerate(letters, word * p, depth - 1, words);
        }
    }

    @Test
    void likeliestWordsFollowThePowerLaw() {
        var typing = new RandomTyping(new double[]{0.3, 0.2, 0.17, 0.1, 0.05});
        double[] p = typing.likeliest(200_000);
        double slope = Math.log(p[199] / p[199_999]) / Math.log(200_000 / 200.0);
        assertEquals(typing.exponent(), slope, 0.02);
        assertTrue(typing.exponent() > 1);
    }

    @Test
    void badSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ZipfLaw.of(1, 0, 5));
        assertThrows(IllegalArgumentException.class, () -> ZipfLaw.of(1, 5, 5));
        assertThrows(IllegalArgumentException.class, () -> ZipfLaw.of(Double.NaN, 1, 5));
        assertThrows(IllegalArgumentException.class, () -> ZipfLaw.fit(new int[]{3, 2}, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> ZipfLaw.fit(new int[]{3, 0, 0}, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> ZipfLaw.fit(new int[]{3, -1, 2}, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> ZipfLaw.of(1, 2, 5).probability(1));
        assertThrows(IllegalArgumentException.class, () -> new RandomTyping(new double[]{0.5}));
        assertThrows(IllegalArgumentException.class, () -> new RandomTyping(new double[]{0.5, 0.5}));
        assertThrows(IllegalArgumentException.class, () -> new RandomTyping(new double[]{0.5, 0}));
        assertThrows(IllegalArgumentException.class,
                () -> new RandomTyping(new double[]{0.5, 0.1}).likeliest(0));
    }
}
