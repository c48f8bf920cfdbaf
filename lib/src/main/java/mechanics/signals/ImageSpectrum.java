package mechanics.signals;

import java.util.Arrays;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;

/**
 * The power spectrum of a square grey picture: how much of its variance lies at each spatial frequency. With
 * F(u, v) = Σ x(a, b) e^(−2πi (ua + vb)/N) / N it is |F|², so that its sum is the sum of squares of the picture.
 *
 * <p>The discrete Fourier transform is done as products with the matrices of cosines and sines: O(N³), milliseconds for
 * N = 512.
 *
 * @param power N × N, row u, column v, frequencies 0, 1, …, N − 1 in cycles per picture, where N − u is −u
 */
public record ImageSpectrum(double[][] power) {

    /** The spectrum of a picture less its mean. Not modified. */
    public static ImageSpectrum of(double[][] picture) {
        return new ImageSpectrum(power(centered(picture)));
    }

    /**
     * The spectrum seen through a smooth window, which fades to zero at the edges (a cosine bell in both directions,
     * scaled to mean square 1): the jump from one edge of a photograph to the opposite one would otherwise add a
     * spectrum of its own, ∝ k⁻² along the axes. Not modified.
     */
    public static ImageSpectrum windowed(double[][] picture) {
        int n = picture.length;
        double[] window = new double[n];
        Arrays.setAll(window, i -> Math.pow(Math.sin(Math.PI * (i + 0.5) / n), 2) / Math.sqrt(3 / 8.0));
        double[][] x = centered(picture);
        // The weighted mean goes first, or the window would smear it over the lowest frequencies.
        double mean = 0, weight = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                mean += window[i] * window[j] * x[i][j];
                weight += window[i] * window[j];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) x[i][j] = (x[i][j] - mean / weight) * window[i] * window[j];
        }
        return new ImageSpectrum(power(x));
    }

    /** The power averaged over directions: entry k is the mean over all frequencies of length k ± ½, k = 0 … N/2 − 1. */
    public double[] radial() {
        int n = power.length;
        double[] sum = new double[n / 2], count = new double[n / 2];
        for (int u = 0; u < n; u++) {
            for (int v = 0; v < n; v++) {
                int k = (int) Math.round(Math.hypot(Math.min(u, n - u), Math.min(v, n - v)));
                if (k < sum.length) {
                    sum[k] += power[u][v];
                    count[k]++;
                }
            }
        }
        for (int k = 0; k < sum.length; k++) sum[k] /= count[k];
        return sum;
    }

    /**
     * The exponent s of P ∝ k^(−s): the slope of ln P against ln k by least squares, every octave of frequencies with the
     * same weight.
     *
     * @param from the lowest frequency, in cycles per picture, at least 1
     * @param to the highest, above {@code from}, below N/2
     */
    public double exponent(int from, int to) {
        double[] radial = radial();
        if (from < 1 || to <= from || to >= radial.length) {
            throw new IllegalArgumentException(
                    "frequencies " + from + " to " + to + ": expected 1 ≤ from < to < "
                            + radial.length);
        }
        double weights = 0, x = 0, y = 0, xx = 0, xy = 0;
        for (int k = from; k <= to; k++) {
            double w = 1.0 / k, a = Math.log(k), b = Math.log(radial[k]);
            weights += w;
            x += w * a;
            y += w * b;
            xx += w * a * a;
            xy += w * a * b;
        }
        return -(weights * xy - x * y) / (weights * xx - x * x);
    }

    /** A Gaussian picture with this spectrum: white noise, filtered. Of mean zero. Nothing but the spectrum is kept. */
    public double[][] gaussianPicture(long seed) {
        int n = power.length;
        Array noise = Precision.FLOAT64.array(Math.multiplyExact(n, n));
        noise.fillGaussian(Seed.of(seed).stream("picture"), 1);
        Array[] f = transform(noise, n);
        for (int u = 0; u < n; u++) {
            for (int v = 0; v < n; v++) {
                double filter = Math.sqrt(power[u][v]);
                for (Array part : f) part.set(u * n + v, filter * part.get(u * n + v));
            }
        }
        // The inverse of a real picture's transform, by the transform itself: C re C − S re S, and mixed terms of im.
        Array c = waves(n, false), s = waves(n, true);
        Array x = sandwich(c, f[0], c, n, 1);
        x.add(-1, sandwich(s, f[0], s, n, 1));
        x.add(-1, sandwich(c, f[1], s, n, 1));
        x.add(-1, sandwich(s, f[1], c, n, 1));
        return x.toRows(n);
    }

    private static double[][] power(double[][] x) {
        int n = x.length;
        Array[] f = transform(Precision.FLOAT64.array(x), n);
        var power = new double[n][n];
        for (int i = 0; i < n * n; i++) {
            power[i / n][i % n] = f[0].get(i) * f[0].get(i) + f[1].get(i) * f[1].get(i);
        }
        return power;
    }

    /** Real and imaginary part of (C − iS) x (C − iS). */
    private static Array[] transform(Array x, int n) {
        Array c = waves(n, false), s = waves(n, true);
        Array real = sandwich(c, x, c, n, 1);
        real.add(-1, sandwich(s, x, s, n, 1));
        Array imaginary = sandwich(c, x, s, n, -1);
        imaginary.add(1, sandwich(s, x, c, n, -1));
        return new Array[]{real, imaginary};
    }

    private static Array sandwich(Array a, Array x, Array b, int n, double scale) {
        Array half = x.like(n * n), product = x.like(n * n);
        half.gemm(scale, a, false, x, false, n, n, n, 0);
        product.gemm(1, half, false, b, false, n, n, n, 0);
        return product;
    }

    /** cos or sin of 2π u a / N, over √N. */
    private static Array waves(int n, boolean sine) {
        Array waves = Precision.FLOAT64.array(Math.multiplyExact(n, n));
        for (int u = 0; u < n; u++) {
            for (int a = 0; a < n; a++) {
                double angle = 2 * Math.PI * (int) ((long) u * a % n) / n;
                waves.set(u * n + a, (sine ? Math.sin(angle) : Math.cos(angle)) / Math.sqrt(n));
            }
        }
        return waves;
    }

    private static double[][] centered(double[][] picture) {
        int n = picture.length;
        if (n < 4) throw new IllegalArgumentException("picture of " + n + " rows: expected at least 4");
        double mean = 0;
        for (double[] row : picture) {
            if (row.length != n) {
                throw new IllegalArgumentException(
                        "picture of " + n + " rows with one of " + row.length + ": expected a square");
            }
            for (double value : row) mean += value / ((double) n * n);
        }
        var x = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) x[i][j] = picture[i][j] - mean;
        }
        return x;
    }
}
