package mechanics.base;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as people read and write them. */
public final class Numerals {

    private static final Pattern DECIMAL = Pattern
            .compile("[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?");

    private Numerals() {}

    /**
     * The number that a text is, such as {@code 12}, {@code -0.5}, {@code .5}, {@code 1.}, {@code +3e-4}; empty if it is
     * none. The grammar, between spaces:
     *
     * <pre>number = [+|-] (digits [. [digits]] | . digits) [(e|E) [+|-] digits]</pre>
     *
     * Only the digits 0 to 9; no suffixes as in {@code 3d}, no hexadecimal, no {@code NaN} or {@code Infinity}, no
     * separators of thousands. What is nearer to 0 than the smallest double is 0.
     *
     * @throws IllegalArgumentException for a number beyond the largest double, 1.8e308
     */
    public static OptionalDouble number(String text) {
        String digits = text.strip();
        if (!DECIMAL.matcher(digits).matches()) return OptionalDouble.empty();
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "'" + digits + "': expected a number of at most 1.8e308, the largest double");
        }
        return OptionalDouble.of(value);
    }

    /** Up to four significant digits, without trailing zeros: {@code 0.02}, {@code 1234}, {@code 1.5×10⁻⁶}. */
    public static String brief(double value) {
        return text(value, 4);
    }

    /** Up to {@code digits} significant digits, without trailing zeros. */
    public static String text(double value, int digits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        if (value == 0) {
            return "0";
        }
        var rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        String text;
        if (exponent >= Math.max(digits, 6) || exponent < -4) {
            text = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "×10"
                    + superscript(exponent);
        } else {
            text = rounded.toPlainString();
        }
        return text.replace('-', '−');
    }

    /** A share as a percentage: {@code 0.0123} as {@code 1.23 %}. */
    public static String percent(double share) {
        return text(100 * share, 3) + " %";
    }

    /** A duration: {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    public static String seconds(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
        }
        return whole / 3600 + " h" + (whole % 3600 / 60 == 0 ? "" : " " + whole % 3600 / 60 + " min");
    }

    /** A whole number as an exponent: {@code ⁻³}. */
    public static String superscript(int number) {
        var text = new StringBuilder();
        for (char c : Integer.toString(number).toCharArray()) {
            text.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        }
        return text.toString();
    }

    /**
     * The smallest and the largest of some numbers, such as {@code 0.12 to 0.5}; one number where both read the same.
     *
     * @param numbers at least one
     * @param digits significant digits if there is one number; of several, two are written
     */
    public static String range(double[] numbers, int digits) {
        if (numbers.length == 1) return text(numbers[0], digits);
        String least = text(Arrays.stream(numbers).min().orElseThrow(), 2);
        String most = text(Arrays.stream(numbers).max().orElseThrow(), 2);
        return least.equals(most) ? least : least + " to " + most;
    }
}
