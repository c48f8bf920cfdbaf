package mechanics.laws;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

import mechanics.statistics.GoldenSection;
import mechanics.statistics.NonNegativeFit;

/**
 * How a loss L falls with one resource x (parameters, data, compute), by one of three laws of three constants each:
 *
 * <pre>
 * power law     L = E + A x⁻ᵃ
 * exponential   L = E + A e^(−x/s)
 * logarithm     L = E − A ln(x + s)
 * </pre>
 *
 * In the first two E is what remains when there is plenty of x, and may not be negative; the logarithm has no such rest.
 *
 * <p>{@link #fit} minimizes the sum of squares of (L(x) − y)/y. For a given constant in the exponent or the logarithm
 * the others follow from linear least squares; the one that is left is searched, first on a grid and then by golden
 * section, so that there is no start to choose and no local minimum to fall into. Cost: O(points) for each of about 150
 * values.
 *
 * <p>Sources: Hestness et al. (2017) and Kaplan et al. (2020) for the power law; Golub and Pereyra (1973) for the method.
 */
public sealed interface ScalingLaw {
    /**
     * L(x).
     *
     * @param x a size, positive
     */
    double at(double x);

    /** The laws that can be fitted. */
    enum Family {
        /** {@link Power}. */
        POWER("power law"),
        /** {@link Exponential}. */
        EXPONENTIAL("exponential"),
        /** {@link Logarithm}. */
        LOGARITHM("logarithm");

        private final String title;

        Family(String title) { this.title = title; }

        @Override
        public String toString() { return title; }
    }

    /**
     * L = E + A x⁻ᵃ.
     *
     * @param floor E
     * @param amplitude A
     * @param exponent a
     */
    record Power(double floor, double amplitude, double exponent) implements ScalingLaw {
        @Override
        public double at(double x) { return floor + amplitude * Math.pow(x, -exponent); }

        /**
         * The least-squares fit. See {@link ScalingLaw#fit}.
         *
         * @param x sizes, positive
         * @param y losses, as many
         */
        public static Power fit(double[] x, double[] y) {
            return (Power) ScalingLaw.fit(Family.POWER, x, y);
        }
    }

    /**
     * L = E + A e^(−x/s).
     *
     * @param floor E
     * @param amplitude A
     * @param scale s
     */
    record Exponential(double floor, double amplitude, double scale) implements ScalingLaw {
        @Override
        public double at(double x) { return floor + amplitude * Math.exp(-x / scale); }
    }

    /**
     * L = E − A ln(x + s).
     *
     * @param offset E
     * @param slope A
     * @param shift s
     */
    record Logarithm(double offset, double slope, double shift) implements ScalingLaw {
        @Override
        public double at(double x) { return offset - slope * Math.log(x + shift); }
    }

    /**
     * The law of a family that is nearest to points, by least squares of relative errors, within bounds: the exponent a
     * from 0.001 to 5; the scale s from a tenth of the smallest x to 100 times the largest; the shift s from a thousandth of
     * the smallest x to 10 times the largest. A law at a bound says that the points ask for one beyond it: they fall too
     * little or too steeply for three constants of this family, and the value is that of the bound.
     *
     * @param family which formula is fitted
     * @param x at least three different positive numbers. Not modified.
     * @param y as many positive numbers. Not modified.
     * @throws IllegalArgumentException if a number is not positive, or there are too few
     */
    static ScalingLaw fit(Family family, double[] x, double[] y) {
        NonNegativeFit.requirePositive("x", x);
        NonNegativeFit.requirePositive("y", y);
        double from = Arrays.stream(x).min().orElse(1), to = Arrays.stream(x).max().orElse(1);
        if (x.length != y.length || Arrays.stream(x).distinct().count() < 3)
            throw new IllegalArgumentException("x, y of " + x.length + ", " + y.length
                    + " numbers: expected equally many, with at least 3 different x");
        return switch (family) {
            case POWER -> {
                // Relative to the geometric middle nothing overflows, and the amplitude is of the size of the loss.
                double middle = Math.sqrt(from * to);
                var best = best(x, y, 1e-3, 5, (v, a) -> Math.pow(v / middle, -a));
                yield new Power(best.floor, best.amplitude * Math.pow(middle, best.shape), best.shape);
            }
            case EXPONENTIAL -> {
                var best = best(x, y, from / 10, to * 100, (v, s) -> Math.exp((from - v) / s));
                yield new Exponential(best.floor, best.amplitude * Math.exp(from / best.shape), best.shape);
            }
            case LOGARITHM -> {
                var best = best(x, y, from / 1000, to * 10, (v, s) -> Math.log((to + s) / (v + s)));
                yield new Logarithm(best.floor + best.amplitude * Math.log(to + best.shape), best.amplitude,
                        best.shape);
            }
        };
    }

    /**
     * The two linear constants at the best value of the third.
     *
     * @param floor the one that is added, E but for what the family's scale adds
     * @param amplitude the factor of the shape, A but for the family's scale
     * @param shape the third: the exponent a, the scale or the shift s
     */
    record Best(double floor, double amplitude, double shape) {}

    private static Best best(double[] x, double[] y, double low, double high, DoubleBinaryOperator basis) {
        double log = GoldenSection.minimize(s -> fit(x, y, Math.exp(s), basis).error(), Math.log(low),
                Math.log(high));
        double[] linear = fit(x, y, Math.exp(log), basis).coefficients();
        return new Best(linear[0], linear[1], Math.exp(log));
    }

    private static NonNegativeFit fit(double[] x, double[] y, double shape, DoubleBinaryOperator basis) {
        double[] one = new double[x.length];
        Arrays.fill(one, 1);
        return NonNegativeFit.of(y, one, Arrays.stream(x).map(v -> basis.applyAsDouble(v, shape)).toArray());
    }
}
