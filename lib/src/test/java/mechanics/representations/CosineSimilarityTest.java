package mechanics.representations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CosineSimilarityTest {
    private static final double[][] A = {{1, 0}, {0, 2}, {-3, 0}};
    private static final double[][] B = {{1, 1}, {0, 1}, {5, 0}};

    @Test
    void cosinesAreThoseOfTheDefinition() {
        var agreement = CosineSimilarity.of(A, B, new double[2]);
        assertArrayEquals(new double[]{Math.sqrt(0.5), 1, -1}, agreement.same(), 1e-12);
        assertEquals(Math.sqrt(0.5) / 3, agreement.sameMean(), 1e-12);
        assertEquals(Math.sqrt(0.5), agreement.sameMedian(), 1e-12);
        double[][] four = {A[0], A[1], A[2], {1, 1}}, others = {B[0], B[1], B[2], {2, 2}};
        assertEquals((Math.sqrt(0.5) + 1) / 2, CosineSimilarity.of(four, others, new double[2]).sameMedian(),
                1e-12);
        // Different beginnings: (0, 1), (1, 0), √½, 0; −√½, 0.
        assertEquals((0 + 1 + Math.sqrt(0.5) + 0 - Math.sqrt(0.5) + 0) / 6, agreement.differentMean(), 1e-12);
        double m = Math.sqrt(0.5) / 3;
        double variance = (Math.pow(Math.sqrt(0.5) - m, 2) + Math.pow(1 - m, 2) + Math.pow(-1 - m, 2)) / 2;
        assertEquals(Math.sqrt(variance / 3), agreement.sameError(), 1e-12);
    }

    @Test
    void whatAllHaveInCommonCountsOnlyFromZero() {
        var random = new SplittableRandom(1);
        double[][] a = new double[200][50], b = new double[200][50];
        for (double[][] rows : new double[][][]{a, b}) {
            for (double[] row : rows) Arrays.setAll(row, j -> (j < 25 ? 3 : -3) + random.nextGaussian());
        }
        double[][] both = Stream.of(a, b).flatMap(Arrays::stream).toArray(double[][]::new);
        assertEquals(0.9, CosineSimilarity.of(a, b, new double[50]).sameMean(), 0.02);
        assertEquals(0, CosineSimilarity.about(both, a, b).sameMean(), 0.04);
        assertEquals(0, CosineSimilarity.about(both, a, b).differentMean(), 0.02);
        assertEquals(1, CosineSimilarity.about(both, a, a).sameMean(), 1e-12);
    }

    @Test
    void aCopyIsItsOwnNearestImage() {
        assertArrayEquals(new double[]{1, Math.sqrt(0.5)},
                CosineSimilarity.nearest(new double[][]{{0, 7}, {-1, 1}},
                        new double[][]{{1, 0}, {0, 2}, {1, 1}},
                        new double[2]),
                1e-12);
    }

    @Test
    void badInputsAreRefused() {
        for (Executable code : List.<Executable>of(
                () -> CosineSimilarity.of(A, new double[][]{{1, 2}}, new double[2]),
                () -> CosineSimilarity.of(A, B, new double[3]), () -> CosineSimilarity.of(A, B, B[1]),
                () -> CosineSimilarity.nearest(A, new double[0][2], new double[2]),
                () -> CosineSimilarity.mean(new double[0][]))) {
            assertTrue(assertThrows(IllegalArgumentException.class, code).getMessage().contains("expected"));
        }
    }
}
