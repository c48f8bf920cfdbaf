package mechanics.universality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.training.diffusion.Denoiser;
import mechanics.training.diffusion.ProbabilityFlow;

/** The Gaussian, the ideal and the local denoiser against their definitions. */
class AnalyticDenoisersTest {
    private static double[][] normal(int n, int d, long seed) {
        var random = new SplittableRandom(seed);
        var x = new double[n][d];
        for (double[] row : x) Arrays.setAll(row, _ -> random.nextGaussian());
        return x;
    }

    /** Images with a mean and correlated pixels. */
    private static double[][] images(int n, int d, long seed) {
        double[][] x = normal(n, d, seed);
        for (double[] row : x)
            for (int j = 1; j < d; j++) row[j] = 0.5 * j / d + 0.8 * row[j - 1] + 0.6 * row[j];
        return x;
    }

    @Test
    void theGaussianDenoiserIsTheBestLinearOne() {
        int d = 5;
        double[][] data = images(200, d, 1);
        double sigma = 0.7;
        var denoiser = GaussianDenoiser.of(data);
        // Steepest descent on E‖A(y + σε) + b − y‖² would stop here: the expected gradient with respect to A is
        // A(C + σ²) − C, so that D(x) − μ = A(x − μ) must satisfy it with the sample covariance C.
        double[] mu = denoiser.mean();
        double[][] c = new double[d][d];
        for (double[] row : data) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) c[i][j] += (row[i] - mu[i]) * (row[j] - mu[j]) / 200;
            }
        }
        double[][] shifted = new double[d][];
        for (int k = 0; k < d; k++) {
            shifted[k] = mu.clone();
            for (int j = 0; j < d; j++) shifted[k][j] += c[k][j] + (k == j ? sigma * sigma : 0);
        }
        // The columns of C + σ² are sent to those of C.
        double[][] clean = denoiser.denoise(shifted, sigma);
        for (int k = 0; k < d; k++) {
            for (int j = 0; j < d; j++) assertEquals(mu[j] + c[k][j], clean[k][j], 1e-10);
        }
    }

    @Test
    void theGaussianFlowIsThatOfItsDenoiser() {
        var denoiser = GaussianDenoiser.of(images(50, 6, 2));
        double[][] noise = normal(3, 6, 3);
        double[][] end = ProbabilityFlow.of(denoiser, 200, 1e-3, 50).sample(noise);
        double[][] start = new double[3][6];
        for (int i = 0; i < 3; i++) for (int j = 0; j < 6; j++) start[i][j] = 50 * noise[i][j];
        double[][] exact = denoiser.flow(start, 50);
        for (int i = 0; i < 3; i++) assertArrayEquals(exact[i], end[i], 2e-3);
    }

    @Test
    void directionsInWhichNothingVariesAreLeftAtTheMean() {
        double[][] data = {{1, 2, 3}, {1, 4, 3}};
        double[][] x = {{7, 5, -1}};
        for (double sigma : new double[]{0, 1e-9, 1}) {
            double[] clean = GaussianDenoiser.of(data).denoise(x, sigma)[0];
            assertEquals(1, clean[0], 1e-9);
            assertEquals(3 + 2 / (1 + sigma * sigma), clean[1], 1e-9);
            assertEquals(3, clean[2], 1e-9);
        }
    }

    /** The posterior mean at one place over some values at some squared distances. */
    private static double posterior(List<Double> values, List<Double> squares, double sigma) {
        double least = squares.stream().mapToDouble(v -> v).min().orElseThrow();
        double sum = 0, weights = 0;
        for (int k = 0; k < values.size(); k++) {
            double w = Math.exp((least - squares.get(k)) / (2 * sigma * sigma));
            sum += w * values.get(k);
            weights += w;
        }
        return sum / weights;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 2, 30})
    void theIdealDenoiserIsThePosteriorMeanOverTheTrainingImages(double sigma) {
        double[][] data = images(70, 6, 4);
        double[][] x = normal(130, 6, 5);
        double[][] clean = IdealDenoiser.of(data).denoise(x, sigma);
        for (int i : new int[]{0, 63, 64, 129}) {
            var squares = new ArrayList<Double>();
            for (double[] y : data) {
                double square = 0;
                for (int j = 0; j < 6; j++) square += Math.pow(x[i][j] - y[j], 2);
                squares.add(square);
            }
            for (int j = 0; j < 6; j++) {
                int column = j;
                assertEquals(posterior(Arrays.stream(data).map(y -> y[column]).toList(), squares, sigma),
                        clean[i][j], 1e-9);
            }
        }
    }

    @Test
    void theFlowOfTheIdealDenoiserEndsInTrainingImages() {
        double[][] data = images(6, 10, 6);
        double[][] ends = ProbabilityFlow.of(IdealDenoiser.of(data), 40, 0.01, 30).sample(normal(20, 10, 7));
        for (double[] end : ends) {
            double nearest = Arrays.stream(data).mapToDouble(y -> {
                double square = 0;
                for (int j = 0; j < 10; j++) square += Math.pow(y[j] - end[j], 2);
                return square;
            }).min().orElseThrow();
            assertEquals(0, nearest, 1e-10);
        }
    }

    /** Patch by patch, straight from the definition; zeros outside are only compared with zeros outside. */
    private static double local(double[][] data, double[] x, int h, int w, int size, int place,
            double sigma) {
        int r = size / 2;
        var values = new ArrayList<Double>();
        var squares = new ArrayList<Double>();
        for (double[] y : data) {
            next : for (int other = 0; other < h * w; other++) {
                double square = 0;
                for (int di = -r; di <= r; di++) {
                    for (int dj = -r; dj <= r; dj++) {
                        int i = place / w + di, j = place % w + dj, k = other / w + di, l = other % w + dj;
                        boolean inside = i >= 0 && i < h && j >= 0 && j < w;
                        if (inside != (k >= 0 && k < h && l >= 0 && l < w)) continue next;
                        if (inside) square += Math.pow(x[i * w + j] - y[k * w + l], 2);
                    }
                }
                values.add(y[other]);
                squares.add(square);
            }
        }
        return posterior(values, squares, sigma);
    }

    @ParameterizedTest
    @CsvSource({"5,7,3,0.3", "5,7,3,2", "6,4,5,0.7", "6,4,1,1", "3,3,5,0.5"})
    void theLocalDenoiserIsThePosteriorMeanOverPatches(int h, int w, int size, double sigma) {
        double[][] data = images(4, h * w, 8);
        double[][] x = normal(3, h * w, 9);
        double[][] clean = LocalDenoiser.of(data, h, w, size).denoise(x,
                new double[]{sigma, 2 * sigma, sigma});
        for (int i = 0; i < 3; i++) {
            for (int place = 0; place < h * w; place++) {
                assertEquals(local(data, x[i], h, w, size, place, i == 1 ? 2 * sigma : sigma),
                        clean[i][place],
                        1e-4);
            }
        }
    }

    @Test
    void aPatchThatCoversTheImageMakesTheLocalDenoiserIdeal() {
        double[][] data = images(20, 12, 10);
        double[][] x = normal(5, 12, 11);
        double[][] ideal = IdealDenoiser.of(data).denoise(x, 0.8);
        double[][] local = LocalDenoiser.of(data, 3, 4, 7).denoise(x, 0.8);
        for (int i = 0; i < 5; i++) assertArrayEquals(ideal[i], local[i], 1e-4);
    }

    @Test
    void noPixelOutsideThePatchMatters() {
        var denoiser = LocalDenoiser.of(images(10, 64, 12), 8, 8, 3);
        double[][] x = normal(2, 64, 13);
        x[1] = x[0].clone();
        x[1][3 * 8 + 5] += 1; // two columns right of (3, 3)
        double[][] clean = denoiser.denoise(x, 1);
        assertEquals(clean[0][3 * 8 + 3], clean[1][3 * 8 + 3], 1e-6);
        assertTrue(Math.abs(clean[0][3 * 8 + 4] - clean[1][3 * 8 + 4]) > 1e-4);
    }

    @Test
    void withoutNoiseTheNearestPatchIsTaken() {
        double[][] data = images(3, 16, 14);
        for (Denoiser denoiser : List.of(IdealDenoiser.of(data), LocalDenoiser.of(data, 4, 4, 3))) {
            assertArrayEquals(data[1], denoiser.denoise(new double[][]{data[1]}, 0)[0], 1e-5);
        }
    }

    @Test
    void badInputsAreRefused() {
        double[][] data = images(3, 16, 15);
        assertMessage("size = 4", () -> LocalDenoiser.of(data, 4, 4, 4));
        assertMessage("images of 16 pixels: expected 4 × 5", () -> LocalDenoiser.of(data, 4, 5, 3));
        assertMessage("0 images", () -> GaussianDenoiser.of(new double[0][3]));
        assertMessage("0 images", () -> IdealDenoiser.of(new double[0][3]));
        assertMessage("image of 2 pixels: expected 3",
                () -> IdealDenoiser.of(new double[][]{{1, 2, 3}, {1, 2}}));
        for (Denoiser denoiser : List.of(IdealDenoiser.of(data), GaussianDenoiser.of(data),
                LocalDenoiser.of(data, 4, 4, 3))) {
            assertMessage("image of 9 pixels: expected 16", () -> denoiser.denoise(new double[1][9], 1));
            assertMessage("noise level = -1.0", () -> denoiser.denoise(data, -1));
            assertEquals(0, denoiser.denoise(new double[0][16], 1).length);
        }
    }

    private static void assertMessage(String part, Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(message.contains(part), message);
    }
}
