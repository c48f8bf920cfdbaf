package mechanics.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * The least value of a function of one number: a grid first, so that it need not have a single minimum, then golden
 * sections.
 */
public final class GoldenSection {
    private static final int GRID = 60;
    private static final double RATIO = (Math.sqrt(5) - 1) / 2;

    private GoldenSection() {}

    /** Where the function is least between two numbers, to about 10⁻⁹ of their distance. */
    public static double minimize(DoubleUnaryOperator function, double low, double high) {
        double step = (high - low) / GRID, best = low, least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= GRID; i++) {
            double value = function.applyAsDouble(low + i * step);
            if (value < least) {
                least = value;
                best = low + i * step;
            }
        }
        double a = Math.max(low, best - step), b = Math.min(high, best + step);
        double c = b - RATIO * (b - a), d = a + RATIO * (b - a);
        double atC = function.applyAsDouble(c), atD = function.applyAsDouble(d);
        while (b - a > 1e-9 * (high - low)) {
            if (atC < atD) {
                b = d;
                d = c;
                atD = atC;
                c = b - RATIO * (b - a);
                atC = function.applyAsDouble(c);
            } else {
                a = c;
                c = d;
                atC = atD;
                d = a + RATIO * (b - a);
                atD = function.applyAsDouble(d);
            }
        }
        return (a + b) / 2;
    }
}
