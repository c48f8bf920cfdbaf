package mechanics.universality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomDirectionTest {

    private static double[] direction(int k, SplittableRandom random) {
        double[] w = new double[k];
        double square = 0;
        for (int j = 0; j < k; j++) {
            w[j] = random.nextGaussian();
            square += w[j] * w[j];
        }
        for (int j = 0; j < k; j++) w[j] /= Math.sqrt(square);
        return w;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 20})
    void meanOverDirectionsDependsOnLengthsOnly(int k) {
        var random = new SplittableRandom(k);
        // one sample whose length is √K: its fourth moment along w is |z|⁴ (w·u)⁴
        double[] z = direction(k, random);
        int draws = 100_000;
        double mean = 0;
        for (int draw = 0; draw < draws; draw++) {
            double[] w = direction(k, random);
            double dot = 0;
            for (int j = 0; j < k; j++) dot += w[j] * z[j];
            mean += Math.pow(dot, 4) * k * k / draws;
        }
        var theory = new RandomDirection(k);
        assertEquals(theory.kurtosisOfEqualLengths(), mean, 5 * Math.sqrt(96.0 / draws));
    }

    @Test
    void mixtureOfGaussiansIsGaussianAndOfTwoSourcesIsKnown() {
        assertEquals(3, new RandomDirection(7).kurtosisOfMixture(3), 1e-12);
        // two sources ±1, κ = 1: (cos⁴ + sin⁴) + 6 cos² sin² averages to 3/4 + 3/4
        assertEquals(1.5, new RandomDirection(2).kurtosisOfMixture(1), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 60})
    void largestOverlapIsThatOfDrawnDirections(int k) {
        var random = new SplittableRandom(3L * k);
        int draws = 20_000;
        double mean = 0;
        for (int draw = 0; draw < draws; draw++) {
            double largest = 0;
            for (double value : direction(k, random)) largest = Math.max(largest, Math.abs(value));
            mean += largest / draws;
        }
        assertEquals(new RandomDirection(k).largestOverlap(), mean, 5 * 0.2 / Math.sqrt(draws));
    }

    @Test
    void inThePlaneTheLargestOverlapIsElementary() {
        // the mean of cos φ for φ from 0 to π/4
        assertEquals(4 / Math.PI * Math.sin(Math.PI / 4), new RandomDirection(2).largestOverlap(), 1e-6);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new RandomDirection(1));
        assertThrows(IllegalArgumentException.class, () -> new RandomDirection(5).kurtosis(24));
        assertThrows(IllegalArgumentException.class, () -> new RandomDirection(5).kurtosisOfMixture(0.5));
    }
}
