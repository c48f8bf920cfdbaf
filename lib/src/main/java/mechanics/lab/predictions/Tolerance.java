package mechanics.lab.predictions;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import mechanics.base.Numerals;
import mechanics.base.Require;
import mechanics.statistics.Estimate;

/**
 * How far a measurement may be from theory. It comes from theory or from the spread between seeds, and it is stated,
 * with its reason, before the run:
 *
 * <pre>{@code
 * Tolerance.standardErrors(3, estimate).plus(Tolerance.nextOrder(1.0 / n, "corrections O(1/n) of the limit"))
 * }</pre>
 */
public sealed interface Tolerance {

    /** A tolerance around a predicted value. */
    sealed interface Around extends Tolerance permits Absolute, Relative, Computed {

        /** The greatest distance |measured − predicted| that is within the tolerance, for value {@code index}. */
        double size(double predicted, int index);

        @Override
        default double used(double predicted, double measured, int index) {
            double deviation = deviation(predicted, measured, index);
            return deviation == 0 ? 0 : deviation / allowed();
        }

        @Override
        default double misses(double predicted, double measured, double rival, int index) {
            double distance = Math.abs(measured - rival);
            return distance == 0 ? 0 : distance / size(predicted, index);
        }
    }

    /** A tolerance that was computed, and knows its reason. */
    sealed interface Computed extends Around permits StandardErrors, Term, Sum {

        /** Where it comes from. */
        String reason();

        /** This much and that much beside: the sizes are added. */
        default Computed plus(Computed other) {
            return new Sum(Stream.of(this, other)
                    .flatMap(part -> part instanceof Sum(List<Computed> parts)
                            ? parts.stream()
                            : Stream.of(part))
                    .toList());
        }

        /** For how many values it has sizes: 1 is for any number. */
        default int values() { return 1; }

        /** Whether standard errors are to come with the measurement. */
        default boolean pending() {
            return false;
        }

        /** The same with the standard errors that were to come. */
        default Computed given(double[] errors) {
            return this;
        }
    }

    /** A bound on the measured value, which needs no predicted value beside it. */
    sealed interface Bound extends Tolerance permits Bounds.AtMost, Bounds.AtLeast, Bounds.Interval {

        /** The numbers of the bound, which are the prediction if no other is given. */
        double[] limits();

        @Override
        default double misses(double predicted, double measured, double rival, int index) {
            return used(predicted, rival, index);
        }

        @Override
        default double allowed() { return 0; }

        @Override
        default String words(double deviation) { return beyond(deviation); }
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
    static Computed standardErrors(double k, double... errors) { return new StandardErrors(k, errors, 0); }

    /**
     * |measured − predicted| ≤ {@code k} standard errors of means over independent draws, such as seeds.
     *
     * @param first of the first value, or of all
     * @param more  of the further values
     * @throws IllegalArgumentException if one is of a single draw, whose standard error nobody knows
     */
    static Computed standardErrors(double k, Estimate first, Estimate... more) {
        return standardErrors(k, Stream.concat(Stream.of(first), Arrays.stream(more)).toList());
    }

    /** The same for estimates in a list: one for each value, or one for all. */
    static Computed standardErrors(double k, List<Estimate> estimates) {
        if (estimates.isEmpty()) {
            throw new IllegalArgumentException("estimates = []: expected one, or one for each value");
        }
        return new StandardErrors(k, estimates.stream().mapToDouble(Estimate::standardError).toArray(),
                estimates.stream().mapToInt(Estimate::draws).min().orElseThrow());
    }

    /**
     * |measured − predicted| ≤ {@code size}, the size of what theory leaves out.
     *
     * @param size   of the next order, computed; positive
     * @param reason which order that is, such as {@code O(1/n) of the wide limit}
     */
    static Computed nextOrder(double size, String reason) { return nextOrder(new double[]{size}, reason); }

    /** The same with a size for each value. */
    static Computed nextOrder(double[] sizes, String reason) {
        return new Term(sizes, "next order: " + reason);
    }

    /**
     * |measured − predicted| ≤ {@code operations} · 2^−{@code bits} · {@code scale}: what rounding does to a sum, for
     * identities.
     *
     * @param bits       24 for {@code float}, 53 for {@code double}
     * @param operations how many roundings may add up
     * @param scale      of the numbers that are rounded
     */
    static Computed rounding(int bits, double operations, double scale) {
        return new Term(new double[]{operations * Math.scalb(scale, -bits)},
                "rounding: %s operations of %d bits on numbers of size %s".formatted(
                        Numerals.brief(operations),
                        bits, Numerals.brief(scale)));
    }

    /** measured ≤ {@code limit}. */
    static Bound atMost(double limit) { return new Bounds.AtMost(limit); }

    /** measured ≥ {@code limit}. */
    static Bound atLeast(double limit) { return new Bounds.AtLeast(limit); }

    /** {@code low} ≤ measured ≤ {@code high}. */
    static Bound between(double low, double high) {
        return new Bounds.Interval(low, high);
    }

    /**
     * How far value {@code index} is off, in the tolerance's own unit; it is within the tolerance if this is at most
     * {@link #allowed()}. NaN for a measurement that is not a number.
     */
    double deviation(double predicted, double measured, int index);

    /** The greatest deviation that is within the tolerance. */
    double allowed();

    /**
     * Which share of the tolerance value {@code index} uses: the distance from the prediction divided by the tolerance,
     * above 1 outside. For a bound on one side the tolerance is the size of the limit, for the limit 0 that of the
     * measurement, and the share is 1 at the limit and less inside, not below 0.
     */
    double used(double predicted, double measured, int index);

    /** By how many tolerances a rival's number misses value {@code index}; above 1 it is outside. */
    double misses(double predicted, double measured, double rival, int index);

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
        public double size(double predicted, int index) { return size; }

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
        public double size(double predicted, int index) { return share * Math.abs(predicted); }

        @Override
        public String words(double deviation) { return Numerals.percent(deviation); }

        @Override
        public String words() { return "within " + Numerals.percent(share); }
    }

    /**
     * |measured − predicted| ≤ size.
     *
     * @param sizes for each value, or one for all
     */
    record Term(double[] sizes, String reason) implements Computed {

        /** Requires positive sizes and a reason; copies the array. */
        public Term {
            sizes = sizes.clone();
            if (sizes.length == 0) {
                throw new IllegalArgumentException("sizes = []: expected one, or one for each value");
            }
            for (int i = 0; i < sizes.length; i++) {
                if (!(sizes[i] > 0) || Double.isInfinite(sizes[i])) {
                    throw new IllegalArgumentException(
                            "size [" + i + "] = " + sizes[i] + ": expected a positive number");
                }
            }
            if (reason.isBlank()) {
                throw new IllegalArgumentException("the reason of a tolerance is empty: expected one");
            }
        }

        @Override
        public double size(double predicted, int index) { return sizes[sizes.length == 1 ? 0 : index]; }

        @Override
        public int values() { return sizes.length; }

        @Override
        public double deviation(double predicted, double measured, int index) {
            return Math.abs(measured - predicted) / size(predicted, index);
        }

        @Override
        public double allowed() { return 1; }

        @Override
        public String words(double deviation) { return tolerances(deviation); }

        @Override
        public String words() { return "within " + Numerals.range(sizes, 3); }
    }

    /** |measured − predicted| ≤ the sum of the parts' sizes. */
    record Sum(List<Computed> parts) implements Computed {

        /** Requires parts for the same number of values; copies the list. */
        public Sum {
            parts = List.copyOf(parts);
            long counts = parts.stream().mapToInt(Computed::values).filter(count -> count > 1).distinct()
                    .count();
            if (counts > 1) {
                throw new IllegalArgumentException("a sum of tolerances for "
                        + parts.stream().map(part -> "" + part.values()).collect(Collectors.joining(" and "))
                        + " values: expected the same number, or one for all");
            }
        }

        @Override
        public double size(double predicted, int index) {
            return parts.stream().mapToDouble(part -> part.size(predicted, index)).sum();
        }

        @Override
        public int values() { return parts.stream().mapToInt(Computed::values).max().orElse(1); }

        @Override
        public boolean pending() { return parts.stream().anyMatch(Computed::pending); }

        @Override
        public Computed given(double[] errors) {
            return new Sum(parts.stream().map(part -> part.given(errors)).toList());
        }

        @Override
        public double deviation(double predicted, double measured, int index) {
            return Math.abs(measured - predicted) / size(predicted, index);
        }

        @Override
        public double allowed() { return 1; }

        @Override
        public String words(double deviation) { return tolerances(deviation); }

        @Override
        public String words() {
            return "within " + parts.stream().map(part -> part.words().substring("within ".length()))
                    .collect(Collectors.joining(" plus "));
        }

        @Override
        public String reason() {
            return parts.stream().map(Computed::reason).collect(Collectors.joining("; "));
        }
    }

    private static String tolerances(double count) { return Numerals.text(count, 3) + " tolerances"; }

    private static String beyond(double deviation) {
        return deviation <= 0
                ? Numerals.text(-deviation, 3) + " inside"
                : Numerals.text(deviation, 3) + " beyond";
    }
}
