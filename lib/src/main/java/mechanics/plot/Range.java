package mechanics.plot;

/**
 * What an axis shows: an interval on a linear or logarithmic scale. Any finite limits will do: nothing overflows between
 * −1.8·10³⁰⁸ and 1.8·10³⁰⁸.
 *
 * @param flipped whether the axis starts with {@code max}
 */
record Range(double min, double max, boolean log, boolean flipped) {

    /** Share of the axis kept free at each end where limits are not given. */
    private static final double PADDING = 0.04;
    /** Values that differ by less, relative to their size, count as equal: rounding is not a shape. */
    private static final double EQUAL = 1e-12;
    /** Closer to zero than that, a linear axis shows zero. */
    private static final double TINY = 1e-290;

    /**
     * The place of {@code value} along the axis, 0 at its start and 1 at its end. NaN for what has none: NaN, infinities,
     * and what is not positive on a logarithmic axis.
     */
    double place(double value) {
        if (!Double.isFinite(value) || (log && value <= 0)) {
            return Double.NaN;
        }
        double place = log ? decades(min, value) / decades(min, max) : share(value);
        return flipped ? 1 - place : place;
    }

    private double share(double value) {
        double length = max - min;
        // Halves where the length itself is no number.
        return Double.isFinite(length) && Double.isFinite(value - min)
                ? (value - min) / length
                : (value / 2 - min / 2) / (max / 2 - min / 2);
    }

    /** How much of the axis one unit is, negative on a flipped one; for a linear axis. */
    double slope() {
        double slope = Double.isFinite(max - min) ? 1 / (max - min) : 0.5 / (max / 2 - min / 2);
        return flipped ? -slope : slope;
    }

    boolean contains(double value) { return value >= min && value <= max; }

    /** The same middle with {@code half} on both sides, for a linear axis. */
    Range around(double half) {
        double middle = min / 2 + max / 2;
        return new Range(finite(middle - half), finite(middle + half), false, flipped);
    }

    /**
     * The range that shows all finite values, a little wider unless a limit is given.
     *
     * @param values what to show; what is not finite, and on a logarithmic scale not positive, is left out
     * @param from   start of the axis, or NaN to take it from the values
     * @param to     end of the axis, or NaN to take it from the values; below {@code from} on an axis that is flipped
     */
    static Range of(double[] values, boolean log, double from, double to) {
        if (from > to) {
            return bounded(to, from, log, true);
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value) && (!log || value > 0)) {
                // Below the normal numbers there are no decades with digits.
                double shown = log ? Math.max(value, Double.MIN_NORMAL) : value;
                min = Math.min(min, shown);
                max = Math.max(max, shown);
            }
        }
        if (min > max) {
            min = Double.isNaN(from)
                    ? (Double.isNaN(to) ? (log ? 0.1 : 0) : (log ? to / 100 : to - 1))
                    : from;
            max = Double.isNaN(to) ? (log ? 100 * min : min + 1) : to;
        }
        double size = Math.max(Math.abs(min), Math.abs(max));
        if (max / 2 - min / 2 <= Math.max(EQUAL * size, log ? 0 : TINY) / 2) {
            double half = size <= TINY ? 1 : size / 10;
            min = log ? min / 2 : min - half;
            max = log ? max * 2 : max + half;
        }
        double low = Double.isNaN(from) ? padded(min, max, log) : from;
        double high = Double.isNaN(to) ? padded(max, min, log) : to;
        if (!(low < high)) {
            // One limit is given and lies beyond all values.
            low = Double.isNaN(from) ? (log ? high / 10 : high - Math.max(1, Math.abs(high) / 10)) : low;
            high = Double.isNaN(to) ? (log ? low * 10 : low + Math.max(1, Math.abs(low) / 10)) : high;
        }
        return bounded(low, high, log, false);
    }

    /** {@code end}, moved away from the {@code other} end by the padding. */
    private static double padded(double end, double other, boolean log) {
        if (!log) {
            return Double.isFinite(end - other)
                    ? end + PADDING * (end - other)
                    : end + PADDING * end - PADDING * other;
        }
        double ratio = end / other;
        return Double.isFinite(ratio) && ratio >= Double.MIN_NORMAL
                ? end * Math.pow(ratio, PADDING)
                : end * Math.exp(PADDING * (Math.log(end) - Math.log(other)));
    }

    private static double decades(double from, double to) {
        double ratio = to / from;
        return Double.isFinite(ratio) && ratio >= Double.MIN_NORMAL
                ? Math.log(ratio)
                : Math.log(to) - Math.log(from);
    }

    /** Within the numbers that have digits: below the normal ones a logarithmic axis has no ticks. */
    private static Range bounded(double low, double high, boolean log, boolean flipped) {
        return log
                ? new Range(Math.max(low, Double.MIN_NORMAL), Math.max(finite(high), 10 * Double.MIN_NORMAL),
                        true,
                        flipped)
                : new Range(finite(low), finite(high), false, flipped);
    }

    private static double finite(double value) {
        return Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE);
    }
}
