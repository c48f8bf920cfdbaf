package mechanics.signals;

import smile.math.BFGS;
import smile.util.function.DifferentiableMultivariateFunction;

/**
 * A plane wave under a Gaussian: with u along the wave and v across it, both measured from the center,
 * <pre>g = exp(−u²/2σ² − v²/2ρ²) (a cos 2πfu + b sin 2πfu),   u = (x − x₀) cos θ + (y − y₀) sin θ.</pre>
 * Neurons of the visual cortex, wavelets and the first layers of networks look like this.
 *
 * <p>Sources: Gabor (1946); Daugman (1985) for two dimensions; Jones and Palmer (1987) for fits to neurons.
 *
 * @param x x₀, the column of the center, in pixels
 * @param y y₀, its row
 * @param angle θ, from the direction of columns, in radians
 * @param frequency f, cycles a pixel
 * @param along σ, in pixels
 * @param across ρ, in pixels
 * @param cosine a
 * @param sine b
 */
public record Gabor(double x, double y, double angle, double frequency, double along, double across,
        double cosine, double sine) {
    /** Starts of the search: the best few of a coarse grid are polished. */
    private static final int POLISHED = 3;

    /** g at a pixel. */
    public double at(double column, double row) {
        double u = (column - x) * Math.cos(angle) + (row - y) * Math.sin(angle);
        double v = (row - y) * Math.cos(angle) - (column - x) * Math.sin(angle);
        double wave = cosine * Math.cos(2 * Math.PI * frequency * u)
                + sine * Math.sin(2 * Math.PI * frequency * u);
        return Math.exp(-u * u / (2 * along * along) - v * v / (2 * across * across)) * wave;
    }

    /** g on a square of pixels, size × size, rows first. */
    public double[][] picture(int size) {
        var picture = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) picture[i][j] = at(j, i);
        }
        return picture;
    }

    /** R² = 1 − ‖p − g‖² / ‖p‖²: the share of a picture's square sum that g explains. Not modified. */
    public double explained(double[][] picture) {
        double rest = 0, total = 0;
        for (int i = 0; i < picture.length; i++) {
            for (int j = 0; j < picture[i].length; j++) {
                double p = picture[i][j], difference = p - at(j, i);
                rest += difference * difference;
                total += p * p;
            }
        }
        return 1 - rest / total;
    }

    /**
     * The Gabor function nearest to a picture in least squares, with the center within a pixel of the picture, f at most
     * ½ and σ and ρ from ½ pixel to the picture's size. a and b are linear and solved for; the other six are searched by
     * BFGS (Smile) from the best points of a coarse grid. Cost: some thousand evaluations of a picture.
     *
     * @param picture N × N, N at least 4, not all zero. Not modified.
     */
    public static Gabor fit(double[][] picture) {
        int n = picture.length;
        if (n < 4) throw new IllegalArgumentException("picture of " + n + " rows: expected at least 4");
        double energy = 0, centerX = 0, centerY = 0;
        for (int i = 0; i < n; i++) {
            if (picture[i].length != n)
                throw new IllegalArgumentException(
                        "picture of " + n + " rows with one of " + picture[i].length + ": expected a square");
            for (int j = 0; j < n; j++) {
                double square = picture[i][j] * picture[i][j];
                energy += square;
                centerX += j * square;
                centerY += i * square;
            }
        }
        if (!(energy > 0) || Double.isInfinite(energy))
            throw new IllegalArgumentException(
                    "the picture's square sum is " + energy + ": expected above 0");
        var search = new Search(picture, energy);
        var starts = new double[POLISHED][];
        var losses = new double[POLISHED];
        java.util.Arrays.fill(losses, Double.POSITIVE_INFINITY);
        for (int direction = 0; direction < 8; direction++) {
            for (double f : new double[]{0.08, 0.16, 0.24, 0.34, 0.44}) {
                for (double width : new double[]{n / 8.0, n / 3.0}) {
                    double[] start = {centerX / energy, centerY / energy, direction * Math.PI / 8, f, width,
                            1.3 * width};
                    double loss = search.f(start);
                    for (int rank = 0; rank < POLISHED; rank++) {
                        if (loss < losses[rank]) {
                            System.arraycopy(starts, rank, starts, rank + 1, POLISHED - 1 - rank);
                            System.arraycopy(losses, rank, losses, rank + 1, POLISHED - 1 - rank);
                            starts[rank] = start;
                            losses[rank] = loss;
                            break;
                        }
                    }
                }
            }
        }
        double[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double[] start : starts) {
            double loss = BFGS.minimize(search, start, 1e-5, 200);
            if (loss < least) {
                least = loss;
                best = start;
            }
        }
        return search.gabor(best);
    }

    /** 1 − R² of the best a and b, and a penalty outside the bounds. */
    private record Search(double[][] picture, double energy) implements DifferentiableMultivariateFunction {

        @Override
        public double f(double[] p) {
            double n = picture.length, penalty = 0;
            penalty += outside(p[0], -1, n) + outside(p[1], -1, n) + 4 * n * n * outside(p[3], 0, 0.5)
                    + outside(p[4], 0.5, n) + outside(p[5], 0.5, n);
            double[] s = sums(p);
            double determinant = s[0] * s[2] - s[1] * s[1];
            double explained = determinant > 1e-12 * s[0] * s[2]
                    ? (s[3] * s[3] * s[2] - 2 * s[3] * s[4] * s[1] + s[4] * s[4] * s[0]) / determinant
                    : s[0] > 0 ? s[3] * s[3] / s[0] : 0;
            return 1 - explained / energy + penalty;
        }

        Gabor gabor(double[] p) {
            double[] s = sums(p);
            double determinant = s[0] * s[2] - s[1] * s[1];
            boolean both = determinant > 1e-12 * s[0] * s[2];
            double a = both ? (s[3] * s[2] - s[4] * s[1]) / determinant : s[3] / s[0];
            double b = both ? (s[4] * s[0] - s[3] * s[1]) / determinant : 0;
            return new Gabor(p[0], p[1], p[2], p[3], p[4], p[5], a, b);
        }

        /** cos·cos, cos·sin, sin·sin, cos·picture, sin·picture, all under the envelope. */
        private double[] sums(double[] p) {
            double cos = Math.cos(p[2]), sin = Math.sin(p[2]);
            double alongs = -0.5 / (p[4] * p[4]), across = -0.5 / (p[5] * p[5]);
            var s = new double[5];
            for (int i = 0; i < picture.length; i++) {
                for (int j = 0; j < picture.length; j++) {
                    double u = (j - p[0]) * cos + (i - p[1]) * sin, v = (i - p[1]) * cos - (j - p[0]) * sin;
                    double envelope = Math.exp(u * u * alongs + v * v * across);
                    double even = envelope * Math.cos(2 * Math.PI * p[3] * u);
                    double odd = envelope * Math.sin(2 * Math.PI * p[3] * u);
                    s[0] += even * even;
                    s[1] += even * odd;
                    s[2] += odd * odd;
                    s[3] += even * picture[i][j];
                    s[4] += odd * picture[i][j];
                }
            }
            return s;
        }

        private static double outside(double value, double low, double high) {
            double excess = Math.max(0, Math.max(low - value, value - high));
            return excess * excess;
        }
    }
}
