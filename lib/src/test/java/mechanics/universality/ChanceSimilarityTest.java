package mechanics.universality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import mechanics.data.GaussianInputs;
import mechanics.representations.CanonicalCorrelation;
import mechanics.representations.Cka;
import mechanics.representations.MutualNeighbors;
import mechanics.representations.Representation;

class ChanceSimilarityTest {

    private static double mean(int n, int d, int e, double outlier,
            ToDoubleBiFunction<Representation, Representation> measure) {
        double sum = 0;
        for (int draw = 0; draw < 60; draw++) {
            double[][] x = GaussianInputs.isotropic(d).sample(n, 2L * draw);
            double[][] y = GaussianInputs.isotropic(e).sample(n, 2L * draw + 1);
            x[3][0] += outlier;
            y[3][0] += outlier;
            sum += measure.applyAsDouble(Representation.of(x), Representation.of(y)) / 60;
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"50, 20, 20, 0", "100, 10, 200, 0", "60, 30, 30, 8", "100, 40, 10, 15", "100, 50, 50, 60"})
    void ckaIsThatOfIndependentGaussians(int n, int d, int e, double outlier) {
        double expected = new ChanceSimilarity(n, d, e).ckaWithOutlier(outlier);
        assertEquals(expected, mean(n, d, e, outlier, Cka::biased), 0.02 * expected + 0.002);
    }

    @ParameterizedTest
    @CsvSource({"100, 10, 30", "60, 20, 20"})
    void correlationsAndNeighborsAreThoseOfIndependentGaussians(int n, int d, int e) {
        var chance = new ChanceSimilarity(n, d, e);
        assertEquals(chance.meanSquaredCorrelation(), mean(n, d, e, 0, (x, y) -> Arrays
                .stream(CanonicalCorrelation.of(x, y).correlations()).map(r -> r * r).average()
                .orElseThrow()), 0.01);
        assertEquals(chance.neighbors(5), mean(n, d, e, 0, new MutualNeighbors(5)::alignment), 0.006);
    }

    @Test
    void manyFeaturesCorrelatePerfectly() {
        assertEquals(1, new ChanceSimilarity(20, 30, 5).meanSquaredCorrelation());
        assertEquals(1, new ChanceSimilarity(50, 10, 10).ckaWithOutlier(1e4), 1e-3);
    }

    @Test
    void badNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ChanceSimilarity(2, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ChanceSimilarity(10, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ChanceSimilarity(10, 1, 0));
        var chance = new ChanceSimilarity(10, 2, 2);
        assertThrows(IllegalArgumentException.class, () -> chance.ckaWithOutlier(-1));
        assertThrows(IllegalArgumentException.class, () -> chance.neighbors(10));
    }
}
