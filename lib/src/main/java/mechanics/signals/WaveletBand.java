package mechanics.signals;

import java.util.ArrayList;
import java.util.List;

import smile.wavelet.Wavelet;

/**
 * The wavelet coefficients of a square picture at one scale: what changes over 2^level pixels in both directions (the
 * diagonal band). The transform is Smile's, along all rows and then along all columns.
 *
 * @param level 1 for the finest scale, 2 for twice as coarse, …
 * @param coefficients all of the band
 */
public record WaveletBand(int level, double[] coefficients) {

    /**
     * The bands of a picture, the finest first.
     *
     * @param picture N × N, N a power of two. Not modified.
     * @param wavelet such as {@code new HaarWavelet()}
     * @param levels how many, at most log₂ N
     */
    public static List<WaveletBand> of(double[][] picture, Wavelet wavelet, int levels) {
        int n = picture.length;
        if (n < 2 || Integer.bitCount(n) != 1)
            throw new IllegalArgumentException("picture of " + n + " rows: expected a power of two");
        if (levels < 1 || 1 << levels > n) {
            throw new IllegalArgumentException(
                    "levels = " + levels + ": expected 1 to " + Integer.numberOfTrailingZeros(n));
        }
        var x = new double[n][];
        for (int i = 0; i < n; i++) {
            if (picture[i].length != n) {
                throw new IllegalArgumentException(
                        "picture of " + n + " rows with one of " + picture[i].length + ": expected a square");
            }
            x[i] = picture[i].clone();
            wavelet.transform(x[i]);
        }
        var column = new double[n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) column[i] = x[i][j];
            wavelet.transform(column);
            for (int i = 0; i < n; i++) x[i][j] = column[i];
        }
        var bands = new ArrayList<WaveletBand>();
        for (int level = 1; level <= levels; level++) {
            int size = n >> level; // the band lies at indices size … 2 size − 1
            var band = new double[size * size];
            for (int i = 0; i < size; i++) System.arraycopy(x[size + i], size, band, i * size, size);
            bands.add(new WaveletBand(level, band));
        }
        return bands;
    }

    /** The mean square E c². */
    public double variance() { return moment(2); }

    /** The kurtosis E c⁴ / (E c²)²: 3 for Gaussian coefficients, larger for heavy tails. */
    public double kurtosis() {
        return moment(4) / Math.pow(moment(2), 2);
    }

    private double moment(int order) {
        double sum = 0;
        for (double c : coefficients) sum += Math.pow(c, order);
        return sum / coefficients.length;
    }
}
