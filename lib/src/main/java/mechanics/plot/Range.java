package mechanics.plot;

/**
 * What an axis shows: an interval on a linear or logarithmic scale.
 *
 * @param flipped whether the axis starts with {@code max}
 */
record Range(double min, double max, boolean log, boolean flipped) {

    /** Share of the axis kept free at each end where limits are not given. */
    private static final double PADDING = 0.04;

    /** The place of {@code value} along the axis, 0 at its start and 1 at its end. */
    double place(double value) {
        double place = log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
        return flipped ? 1 - place : place;
    }

    boolean contains(double value) { return value >= min && value <= max; }

    /**
     * The range that shows all finite values, a little wider unless a limit is given.
     *
     * @param values what to show; what is not finite, and on a logarithmic scale not positive, is left out
     * @param from   start of the axis, or NaN to take it from the values
     * @param to     end of the axis, or NaN to take it from the values; below {@code from} on an axis that is flipped
     */
    static Range of(double[] values, boolean log, double from, double to) {
        if (from > to) {
            return new Range(to, from, log, true);
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value) && (!log || value > 0)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        if (min > max) {
            min = Double.isNaN(from)
                    ? (Double.isNaN(to) ? (log ? 0.1 : 0) : (log ? to / 100 : to - 1))
                    : from;
            max = Double.isNaN(to) ? (log ? 100 * min : min + 1) : to;
        }
        if (min == max) {
            double half = log ? 0 : min == 0 ? 1 : Math.abs(min) / 10;
            min = log ? min / 2 : min - half;
            max = log ? max * 2 : max + half;
        }
        double low = Double.isNaN(from)
                ? log ? min * Math.pow(max / min, -PADDING) : min - PADDING * (max - min)
                : from;
        double high = Double.isNaN(to)
                ? log ? max * Math.pow(max / min, PADDING) : max + PADDING * (max - min)
                : to;
        if (!(low < high)) {
            // One limit is given and lies beyond all values.
            low = Double.isNaN(from) ? log ? high / 10 : high - 1 : low;
            high = Double.isNaN(to) ? log ? low * 10 : low + 1 : high;
        }
        return new Range(low, high, log, false);
    }
}
