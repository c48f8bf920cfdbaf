package mechanics.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizationTest {

    private static double mean(double[][] x, ToDoubleFunction<double[]> f) {
        return Arrays.stream(x).mapToDouble(f).average().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void standardizesEveryColumn(long seed) {
        double[][] x = GaussianInputs.withSpectrum(0.01, 1, 100).rotated(seed).sample(50, seed);
        double[][] y = Normalization.standardizing(x).apply(x);
        for (int j = 0; j < 3; j++) {
            int column = j;
            assertEquals(0, mean(y, row -> row[column]), 1e-13);
            assertEquals(1, mean(y, row -> row[column] * row[column]), 1e-12);
        }
    }

    @Test
    void treatsTheTestSetAsTheTrainingSet() {
        double[][] train = {{0, 10}, {2, 30}};
        double[][] test = {{5, 5}};
        assertArrayEquals(new double[]{4, -15}, Normalization.centering(train).apply(test)[0]);
        assertArrayEquals(new double[]{4, -1.5}, Normalization.standardizing(train).apply(test)[0]);
        assertArrayEquals(new double[]{5, 5}, test[0]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 1e8, -3e-9})
    void onlyCentersConstantColumns(double constant) {
        double[][] train = {{constant, 1}, {constant, 2}, {constant, 4}};
        double[][] y = Normalization.standardizing(train).apply(train);
        for (double[] row : y)
            assertEquals(0, row[0], 1e-15 * Math.abs(constant));
        assertEquals(0.5, Normalization.standardizing(train).apply(new double[][]{{constant + 0.5, 0}})[0][0],
                1e-8);
    }

    @Test
    void onlyCentersPixelsBelowTheSmallestDeviation() {
        Images train = Images.of("rare", new ImageShape(1, 2, 1), new float[]{0, 0, 0.01f, 1}, new int[2],
                List.of("a"));
        assertArrayEquals(new float[]{-1, -1, 1, 1}, Normalization.standardizing(train).apply(train).floats(),
                1e-6f);
        assertArrayEquals(new float[]{-0.005f, -1, 0.005f, 1},
                Normalization.standardizing(train, 0.1).apply(train).floats(), 1e-6f);
    }

    @Test
    void standardizesChannelsOverAllPixels() {
        Images train = Images.of("color", new ImageShape(1, 2, 2), new float[]{1, 7, 2, 7, 3, 7, 4, 7},
                new int[2],
                List.of("a"));
        float sd = (float) Math.sqrt(1.25);
        assertArrayEquals(new float[]{-1.5f / sd, 0, -0.5f / sd, 0, 0.5f / sd, 0, 1.5f / sd, 0},
                Normalization.standardizingChannels(train).apply(train).floats(), 1e-6f);
    }

    @Test
    void givesCenteredDataTheMeanSquaredNorm() {
        double[][] x = GaussianInputs.powerLaw(5, 1).sample(40, 4);
        double[][] y = Normalization.centering(x).scaledTo(1, x).apply(x);
        assertEquals(1, mean(y, row -> Arrays.stream(row).map(v -> v * v).sum()), 1e-12);
        for (int j = 0; j < 5; j++) {
            int column = j;
            assertEquals(0, mean(y, row -> row[column]), 1e-14);
        }
    }

    @Test
    void refusesWhatCannotBeNormalized() {
        double[][] zero = {{0, 0}};
        assertThrows(IllegalArgumentException.class, () -> Normalization.identity(2).scaledTo(1, zero));
        assertThrows(IllegalArgumentException.class, () -> Normalization.identity(2).scaledTo(0, zero));
        assertThrows(IllegalArgumentException.class, () -> Normalization.identity(3).scaledTo(1, zero));
        assertThrows(IllegalArgumentException.class, () -> Normalization.centering(new double[0][]));
        assertThrows(IllegalArgumentException.class, () -> Normalization.centering(new double[][]{{1}, {}}));
        String message = assertThrows(IllegalArgumentException.class,
                () -> Normalization.centering(zero).apply(new double[][]{{1}})).getMessage();
        assertTrue(message.startsWith("dimension = 1: expected 2"), message);
    }
}
