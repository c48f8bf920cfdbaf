package mechanics.signals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteningTest {

    /** Correlated columns of different spread, with a mean. */
    private static double[][] samples(int n, int d, long seed) {
        Random random = new Random(seed);
        double[][] mixing = Stream.generate(() -> random.doubles(d, -1, 1).toArray()).limit(d)
                .toArray(double[][]::new);
        double[][] rows = new double[n][d];
        for (double[] row : rows) {
            for (int k = 0; k < d; k++) {
                double source = random.nextGaussian() * (k + 1);
                for (int j = 0; j < d; j++) row[j] += source * mixing[k][j];
            }
            for (int j = 0; j < d; j++) row[j] += 3;
        }
        return rows;
    }

    private static double[][] scaled(double[][] rows, double factor) {
        return Stream.of(rows).map(row -> java.util.Arrays.stream(row).map(v -> factor * v).toArray())
                .toArray(double[][]::new);
    }

    private static void assertWhite(double[][] white) {
        int n = white.length, d = white[0].length;
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double product = 0, mean = 0;
                for (double[] row : white) {
                    product += row[a] * row[b] / n;
                    mean += row[a] / n;
                }
                assertEquals(a == b ? 1 : 0, product, 1e-9, a + ", " + b);
                assertEquals(0, mean, 1e-9);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whiteCoordinatesAreUncorrelatedWithVarianceOne(long seed) {
        Random random = new Random(seed);
        int d = 1 + random.nextInt(8), n = d + 2 + random.nextInt(40);
        double[][] rows = samples(n, d, seed);
        assertWhite(Whitening.of(rows, d).apply(rows));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-150, 1e-30, 1e30, 1e150})
    void doesNotKnowTheScale(double scale) {
        double[][] rows = samples(30, 5, 1), large = scaled(rows, scale);
        Whitening whitening = Whitening.of(large, 5);
        assertWhite(whitening.apply(large));
        double[] expected = Whitening.of(rows, 5).variances();
        for (int k = 0; k < 5; k++)
            assertEquals(1, whitening.variances()[k] / scale / scale / expected[k], 1e-9);
    }

    /** An offset costs digits of the differences, and no more: they are as good as offset · u over their spread. */
    @Test
    void doesNotKnowTheOffset() {
        double[][] rows = samples(30, 4, 2);
        double[][] far = Stream.of(rows).map(row -> java.util.Arrays.stream(row).map(v -> v + 1e6).toArray())
                .toArray(double[][]::new);
        assertArrayEquals(Whitening.of(rows, 4).variances(), Whitening.of(far, 4).variances(), 1e-7);
    }

    @Test
    void keepsNoDirectionWithoutVariance() {
        double[][] rows = samples(30, 4, 3);
        double[][] copied = Stream.of(rows).map(r -> new double[]{r[0], r[1], r[0], 7, r[2]})
                .toArray(double[][]::new);
        assertWhite(Whitening.of(copied, 3).apply(copied));
        String message = assertThrows(IllegalArgumentException.class, () -> Whitening.of(copied, 4))
                .getMessage();
        assertTrue(message.contains("expected at most 3"), message);
        double[][] constant = Stream.generate(() -> new double[]{0.1, 1e150}).limit(9)
                .toArray(double[][]::new);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Whitening.of(constant, 1)).getMessage()
                .contains("expected at most 0"));
    }

    /** n samples lie on a plane of n − 1 dimensions. */
    @Test
    void keepsFewerDirectionsThanSamples() {
        double[][] rows = samples(4, 9, 4);
        assertWhite(Whitening.of(rows, 3).apply(rows));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Whitening.of(rows, 4)).getMessage()
                .contains("expected at most 3"));
    }

    @Test
    void unfoldingKeepsWhatWasKept() {
        double[][] rows = samples(50, 4, 5);
        Whitening whitening = Whitening.of(rows, 4);
        assertWhite(whitening.unfold(whitening.apply(rows)));
    }
}
