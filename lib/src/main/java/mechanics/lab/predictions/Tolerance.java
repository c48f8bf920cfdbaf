package mechanics.lab.predictions;

import java.util.Arrays;

import mechanics.base.Numerals;
import mechanics.base.Require;

/**
 * How far a measurement may be from theory. It comes from theory or from the spread between seeds, and it is stated,
 * with its reason, before the run.
 */
public sealed interface Tolerance {

    /** A tolerance around a predicted value. */
    sealed interface Around extends Tolerance permits Absolute, Relative, StandardErrors {}

    /** A bound on the measured value, which needs no predicted value beside it. */
    sealed interface Bound extends Tolerance permits AtMost, AtLeast, Interval {

        /** The numbers of the bound, which are the prediction if no other is given. */
        double[] limits();
    }

    /** |measured − predicted| ≤ {@code size}. */
    static Around absolute(double size) {
        return new Absolute(size);
    }

    /** |measured − predicted| ≤ {@code share} · |predicted|; {@code relative(0.02)} is two percent. */
    static Around relative(double share) {
        return new Relative(share);
    }

    /**
     * |measured − predicted| ≤ {@code k} standard errors.
     *
     * @param errors the standard error of each value, or one for all; none if they will only be known with the
     *               measurement, see {@link Prediction#check(double[], double[])}
     */
    static Around standardErrors(double k, double... errors) { return new StandardErrors(k, errors); }

    /** measured ≤ {@code limit}. */
    static Bound atMost(double limit) { return new AtMost(limit); }

    /** measured ≥ {@code limit}. */
    static Bound atLeast(double limit) { return new AtLeast(limit); }

    /** {@code low} ≤ measured ≤ {@code high}. */
    static Bound between(double low, double high) {
        return new Interval(low, high);
    }

    /**
     * How far value {@code index} is off, in the tolerance's own unit; it is within the tolerance if this is at most
     * {@link #allowed()}. NaN for a measurement that is not a number.
     */
    double deviation(double predicted, double measured, int index);

    /** The greatest deviation that is within the tolerance. */
    double allowed();

    /** A deviation in words, such as {@code 1.3 %}. */
    String words(double deviation);

    /** The tolerance in words, such as {@code within 2 %}. */
    String words();

    /** |measured − predicted| ≤ size. */
    record Absolute(double size) implements Around {

        /** Requires a finite size that is not negative. */
        public Absolute {
            Require.notNegative("absolute tolerance", size);
        }

        @Override
        public double deviation(double predicted, double measured, int index) {
            return Math.abs(measured - predicted);
        }

        @Override
        public double allowed() { return size; }

        @Override
        public String words(double deviation) { return Numerals.text(deviation, 3); }

        @Override
        public String words() { return "within " + Numerals.brief(size); }
    }

    /** |measured − predicted| ≤ share · |predicted|. */
    record Relative(double share) implements Around {

        /** Requires a finite share that is not negative. */
        public Relative {
            Require.notNegative("relative tolerance", share);
        }

        @Override
        public double deviation(double predicted, double measured, int index) {
            return Math.abs(measured - predicted) / Math.abs(predicted);
        }

        @Override
        public double allowed() { return share; }

        @Override
        public String words(double deviation) { return Numerals.percent(deviation); }

        @Override
        public String words() { return "within " + Numerals.percent(share); }
    }

    /** |measured − predicted| ≤ k standard errors. */
    record StandardErrors(double k, double[] errors) implements Around {

        /** Requires positive numbers; copies the array. */
        public StandardErrors {
            Require.notNegative("k", k);
            errors = errors.clone();
            for (int i = 0; i < errors.length; i++) {
                if (!(errors[i] > 0) || Double.isInfinite(errors[i])) {
                    throw new IllegalArgumentException("standard error [" + i + "] = " + errors[i]
                            + ": expected a positive number");
                }
            }
        }

        @Override
        public double deviation(double predicted, double measured, int index) {
            return Math.abs(measured - predicted) / errors[errors.length == 1 ? 0 : index];
        }

        @Override
        public double allowed() { return k; }

        @Override
        public String words(double deviation) { return Numerals.text(deviation, 3) + " standard errors"; }

        @Override
        public String words() { return "within " + Numerals.brief(k) + " standard errors" + size(); }

        /** How large the errors are; as one number where the smallest and the largest read the same. */
        private String size() {
            if (errors.length == 0) return "";
            if (errors.length == 1) return " of " + Numerals.text(errors[0], 3);
            String least = Numerals.text(Arrays.stream(errors).min().orElseThrow(), 2);
            String most = Numerals.text(Arrays.stream(errors).max().orElseThrow(), 2);
            return " of " + (least.equals(most) ? least : least + " to " + most);
        }
    }

    /** measured ≤ limit. */
    record AtMost(double limit) implements Bound {

        /** Requires a finite limit. */
        public AtMost {
            Require.finite("limit", limit);
        }

        @Override
        public double[] limits() { return new double[]{limit}; }

        @Override
        public double deviation(double predicted, double measured, int index) { return measured - limit; }

        @Override
        public double allowed() { return 0; }

        @Override
        public String words(double deviation) { return beyond(deviation); }

        @Override
        public String words() { return "at most " + Numerals.brief(limit); }
    }

    /** measured ≥ limit. */
    record AtLeast(double limit) implements Bound {

        /** Requires a finite limit. */
        public AtLeast {
            Require.finite("limit", limit);
        }

        @Override
        public double[] limits() { return new double[]{limit}; }

        @Override
        public double deviation(double predicted, double measured, int index) { return limit - measured; }

        @Override
        public double allowed() { return 0; }

        @Override
        public String words(double deviation) { return beyond(deviation); }

        @Override
        public String words() { return "at least " + Numerals.brief(limit); }
    }

    /** low ≤ measured ≤ high. */
    record Interval(double low, double high) implements Bound {

        /** Requires finite limits in order. */
        public Interval {
            Require.finite("limit", low);
            Require.finite("limit", high);
            if (low > high) {
                throw new IllegalArgumentException("between " + low + " and " + high
                        + ": expected the lower limit first");
            }
        }

        @Override
        public double[] limits() { return new double[]{low, high}; }

        @Override
        public double deviation(double predicted, double measured, int index) {
            return Math.max(low - measured, measured - high);
        }

        @Override
        public double allowed() { return 0; }

        @Override
        public String words(double deviation) { return beyond(deviation); }

        @Override
        public String words() { return "between " + Numerals.brief(low) + " and " + Numerals.brief(high); }
    }

    private static String beyond(double deviation) {
        return deviation <= 0
                ? Numerals.text(-deviation, 3) + " inside"
                : Numerals.text(deviation, 3) + " beyond";
    }

}
