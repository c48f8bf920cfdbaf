package mechanics.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.universality.ScaleInvariance;

import smile.wavelet.DaubechiesWavelet;
import smile.wavelet.HaarWavelet;

class ImageStatisticsTest {

    private static double[][] noise(int n, long seed) {
        var random = new SplittableRandom(seed);
        double[][] x = new double[n][n];
        for (double[] row : x) for (int j = 0; j < n; j++) row[j] = random.nextGaussian();
        return x;
    }

    @Test
    void powerIsTheFourierSum() {
        double[][] x = noise(6, 1);
        double mean = 0;
        for (double[] row : x) for (double v : row) mean += v / 36;
        var spectrum = ImageSpectrum.of(x);
        for (int u = 0; u < 6; u++) {
            for (int v = 0; v < 6; v++) {
                double re = 0, im = 0;
                for (int a = 0; a < 6; a++) {
                    for (int b = 0; b < 6; b++) {
                        double angle = -2 * Math.PI * (u * a + v * b) / 6;
                        re += (x[a][b] - mean) * Math.cos(angle) / 6;
                        im += (x[a][b] - mean) * Math.sin(angle) / 6;
                    }
                }
                assertEquals(re * re + im * im, spectrum.power()[u][v], 1e-12);
            }
        }
    }

    @Test
    void aWaveHasPowerAtItsFrequencyOnly() {
        double[][] x = new double[16][16];
        for (int a = 0; a < 16; a++)
            for (int b = 0; b < 16; b++) x[a][b] = 5 + Math.cos(2 * Math.PI * 3 * b / 16);
        double[] radial = ImageSpectrum.of(x).radial();
        for (int k = 0; k < 8; k++) if (k != 3) assertEquals(0, radial[k], 1e-12);
        assertEquals(64, ImageSpectrum.of(x).power()[0][3], 1e-9); // half of 256 / 2
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2, 3})
    void exponentOfAPowerLawPictureIsFoundAndKeptByTheWindow(double s) {
        int n = 128;
        double[][] power = new double[n][n];
        for (int u = 0; u < n; u++)
            for (int v = 0; v < n; v++)
                if (u + v > 0) power[u][v] = Math.pow(Math.hypot(Math.min(u, n - u), Math.min(v, n - v)), -s);
        assertEquals(s, new ImageSpectrum(power).exponent(3, 60), 0.06);
        double plain = 0, windowed = 0, ratio = 0, kurtosis = 0;
        for (int seed = 0; seed < 12; seed++) {
            double[][] picture = new ImageSpectrum(power).gaussianPicture(seed);
            plain += ImageSpectrum.of(picture).exponent(3, 60) / 12;
            windowed += ImageSpectrum.windowed(picture).exponent(3, 60) / 12;
            var bands = WaveletBand.of(picture, new HaarWavelet(), 4);
            ratio += bands.get(3).variance() / bands.get(2).variance() / 12;
            kurtosis += bands.get(0).kurtosis() / 12;
        }
        assertEquals(s, plain, 0.1);
        assertEquals(s, windowed, 0.15);
        double expected = new ScaleInvariance(s).waveletRatio();
        assertEquals(expected, ratio, 0.25 * expected);
        assertEquals(3, kurtosis, 0.1);
    }

    @Test
    void aGaussianPictureKeepsTheSpectrumOnAverage() {
        var spectrum = ImageSpectrum.of(noise(8, 2));
        double[][] mean = new double[8][8];
        for (int seed = 0; seed < 4000; seed++) {
            double[][] power = ImageSpectrum.of(spectrum.gaussianPicture(seed)).power();
            for (int u = 0; u < 8; u++) for (int v = 0; v < 8; v++) mean[u][v] += power[u][v] / 4000;
        }
        for (int u = 0; u < 8; u++)
            for (int v = 0; v < 8; v++)
                assertEquals(spectrum.power()[u][v], mean[u][v], 0.12 * spectrum.power()[u][v] + 1e-12);
    }

    @Test
    void haarBandsAreDifferencesOfBlocks() {
        double[][] x = noise(8, 3);
        var bands = WaveletBand.of(x, new HaarWavelet(), 2);
        double fine = (x[0][0] - x[0][1] - x[1][0] + x[1][1]) / 2;
        assertEquals(Math.abs(fine), Math.abs(bands.get(0).coefficients()[0]), 1e-12);
        double coarse = 0;
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) coarse += (i < 2 == j < 2 ? 1 : -1) * x[i][4 + j] / 4;
        assertEquals(Math.abs(coarse), Math.abs(bands.get(1).coefficients()[1]), 1e-12);
    }

    @Test
    void waveletCoefficientsOfWhiteNoiseAreWhite() {
        for (var wavelet : new smile.wavelet.Wavelet[]{new HaarWavelet(), new DaubechiesWavelet(8)}) {
            for (var band : WaveletBand.of(noise(256, 4), wavelet, 3)) {
                assertEquals(1, band.variance(), 5 * Math.sqrt(2.0 / band.coefficients().length));
                assertEquals(3, band.kurtosis(), 5 * Math.sqrt(24.0 / band.coefficients().length));
            }
        }
    }

    @Test
    void shuffledPixelsHaveTheKurtosisOfASum() {
        // pixels: 1 with probability 0.05, else 0
        var random = new SplittableRandom(5);
        double[][] x = new double[512][512];
        for (double[] row : x) for (int j = 0; j < 512; j++) row[j] = random.nextDouble() < 0.05 ? 1 : 0;
        double kurtosis = (1 - 3 * 0.05 * 0.95) / (0.05 * 0.95); // of a coin
        for (var band : WaveletBand.of(x, new HaarWavelet(), 3)) {
            double expected = ScaleInvariance.shuffledKurtosis(kurtosis, band.level());
            assertEquals(expected, band.kurtosis(), 0.05 * expected);
        }
        assertEquals(1, ScaleInvariance.exact().octaveRatio());
        assertEquals(4, ScaleInvariance.whiteNoise().octaveRatio());
    }

    @Test
    void badPicturesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ImageSpectrum.of(new double[3][3]));
        assertThrows(IllegalArgumentException.class, () -> ImageSpectrum.of(new double[8][7]));
        assertThrows(IllegalArgumentException.class, () -> ImageSpectrum.of(noise(8, 1)).exponent(0, 3));
        assertThrows(IllegalArgumentException.class, () -> ImageSpectrum.of(noise(8, 1)).exponent(1, 4));
        assertThrows(IllegalArgumentException.class,
                () -> WaveletBand.of(new double[6][6], new HaarWavelet(), 1));
        assertThrows(IllegalArgumentException.class,
                () -> WaveletBand.of(new double[8][7], new HaarWavelet(), 1));
        assertThrows(IllegalArgumentException.class, () -> WaveletBand.of(noise(8, 1), new HaarWavelet(), 4));
        assertThrows(IllegalArgumentException.class, () -> ScaleInvariance.shuffledKurtosis(0.5, 1));
        assertThrows(IllegalArgumentException.class, () -> ScaleInvariance.shuffledKurtosis(3, 0));
        assertThrows(IllegalArgumentException.class, () -> new ScaleInvariance(Double.NaN));
    }
}
