package mechanics.lab.predictions;

import mechanics.base.Numerals;
import mechanics.base.Require;

/** The bounds on a measured value: on one side, or on both. */
final class Bounds {

    private Bounds() {}

    /**
     * measured ≤ limit, or measured ≥ limit.
     *
     * @param most which of them
     */
    record OneSided(double limit, boolean most) implements Tolerance.Bound {

        /** Requires a finite limit. */
        public OneSided {
            Require.finite("limit", limit);
        }

        @Override
        public double[] limits() { return new double[]{limit}; }

        @Override
        public double deviation(double predicted, double measured, int index) {
            return most ? measured - limit : limit - measured;
        }

        @Override
        public double used(double predicted, double measured, int index) {
            double unit = limit == 0 ? Math.abs(measured) : Math.abs(limit);
            return unit == 0 ? 1 : Math.max(0, 1 + deviation(predicted, measured, index) / unit);
        }

        @Override
        public String words() { return (most ? "at most " : "at least ") + Numerals.brief(limit); }
    }

    /** low ≤ measured ≤ high. */
    record Interval(double low, double high) implements Tolerance.Bound {

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
        public double used(double predicted, double measured, int index) {
            double distance = Math.abs(measured - (low + high) / 2);
            return distance == 0 ? 0 : distance / ((high - low) / 2);
        }

        @Override
        public String words() { return "between " + Numerals.brief(low) + " and " + Numerals.brief(high); }
    }
}
