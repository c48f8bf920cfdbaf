package mechanics.linalg;

import java.util.Arrays;

/**
 * What of a number is left beyond rounding. A difference of equal numbers, or an eigenvalue that is zero, comes out as
 * some units in the last place of what it was computed from, not as 0: so whether something is zero is asked relative
 * to a size, never against 0 and never against a number of its own. u is the unit roundoff: 2⁻⁵³ in double
 * precision, 2⁻²⁴ in single.
 */
public final class Rounding {
    private static final double UNIT = Precision.FLOAT64.unitRoundoff();
    /** Some times more than rounding in one step explains. */
    private static final double MARGIN = 4;

    private Rounding() {}

    /**
     * Whether a difference, or what is left of numbers less their mean, is no more than rounding: 4 u size. NaN is not
     * zero.
     *
     * @param difference of either sign
     * @param size the largest absolute value of what was subtracted, times the number of roundings where there are many
     */
    public static boolean isZero(double difference, double size) {
        return Math.abs(difference) <= MARGIN * UNIT * size;
    }

    /** The same for numbers that were computed in another precision. */
    public static boolean isZero(double difference, double size, Precision precision) {
        return Math.abs(difference) <= MARGIN * precision.unitRoundoff() * size;
    }

    /**
     * The rank of a matrix: how many of its singular values are more than rounding of the largest,
     * s > 4 max(rows, columns) u s₁.
     *
     * @param singularValues falling. Not modified.
     */
    public static int rank(double[] singularValues, int rows, int columns) {
        if (singularValues.length == 0 || !(singularValues[0] > 0)) return 0;
        double least = MARGIN * Math.max(rows, columns) * UNIT * singularValues[0];
        return (int) Arrays.stream(singularValues).takeWhile(s -> s > least).count();
    }

    /**
     * The exponent e of the power of two that is nearest to a size: numbers of that size times 2⁻ᵉ have squares and
     * products that neither overflow nor vanish, and not a bit of them changes. 0 for 0.
     */
    public static int exponent(double size) { return size > 0 ? Math.getExponent(size) : 0; }
}
