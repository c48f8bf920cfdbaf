package mechanics.statistics;

import java.util.Arrays;

import mechanics.linalg.Rounding;

/**
 * The straight line y = c xᵖ through points on logarithmic axes, by least squares of ln y with equal weights.
 *
 * @param exponent p, the slope
 * @param prefactor c
 * @param standardError of the exponent, from the scatter of the points around the line; 0 for two points
 */
public record PowerLawFit(double exponent, double prefactor, double standardError) {

    /**
     * Fits the points.
     *
     * @param x at least two positive numbers that differ by more than rounding
     * @param y as many positive numbers
     */
    public static PowerLawFit of(double[] x, double[] y) {
        int n = x.length;
        if (n < 2 || y.length != n)
            throw new IllegalArgumentException("x, y of " + n + ", " + y.length
                    + " numbers: expected equally many, at least 2");
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < n; i++) {
            if (!(x[i] > 0 && y[i] > 0 && x[i] + y[i] < Double.POSITIVE_INFINITY))
                throw new IllegalArgumentException("x, y [" + i + "] = " + x[i] + ", " + y[i]
                        + ": expected positive finite numbers, which have logarithms");
            meanX += logRatio(x[i], x[0]) / n;
            meanY += Math.log(y[i]) / n;
        }
        double spread = 0;
        double product = 0;
        for (int i = 0; i < n; i++) {
            spread += Math.pow(logRatio(x[i], x[0]) - meanX, 2);
            product += (logRatio(x[i], x[0]) - meanX) * (Math.log(y[i]) - meanY);
        }
        double largest = Arrays.stream(x).max().orElseThrow();
        if (Rounding.isZero(largest - Arrays.stream(x).min().orElseThrow(), largest))
            throw new IllegalArgumentException("x = " + x[0] + " in all points: expected different numbers");
        double exponent = product / spread;
        double offset = meanY - exponent * meanX;
        double squares = 0;
        for (int i = 0; i < n; i++)
            squares += Math.pow(Math.log(y[i]) - offset - exponent * logRatio(x[i], x[0]), 2);
        double error = n == 2 ? 0 : Math.sqrt(squares / (n - 2) / spread);
        return new PowerLawFit(exponent, Math.exp(offset - exponent * Math.log(x[0])), error);
    }

    /** ln(x/x₀), to full precision where they are near. */
    private static double logRatio(double x, double start) {
        double change = (x - start) / start;
        return Math.abs(change) < 0.5 ? Math.log1p(change) : Math.log(x) - Math.log(start);
    }

    /** c xᵖ. */
    public double value(double x) { return prefactor * Math.pow(x, exponent); }
}
