package mechanics.lab.predictions;

import mechanics.base.Numerals;
import mechanics.base.Require;

/** The bounds on a measured value: on one side, or on both. */
final class Bounds {

    private Bounds() {}

    /** measured ≤ limit. */
    record AtMost(double limit) implements Tolerance.Bound {

        /** Requires a finite limit. */
        public AtMost {
            Require.finite("limit", limit);
        }

        @Override
        public double[] limits() { return new double[]{limit}; }

        @Override
        public double deviation(double predicted, double measured, int index) { return measured - limit; }

        @Override
        public double used(double predicted, double measured, int index) {
            return usedOf(limit, measured, measured - limit);
        }

        @Override
        public String words() { return "at most " + Numerals.brief(limit); }
    }

    /** measured ≥ limit. */
    record AtLeast(double limit) implements Tolerance.Bound {

        /** Requires a finite limit. */
        public AtLeast {
            Require.finite("limit", limit);
        }

        @Override
        public double[] limits() { return new double[]{limit}; }

        @Override
        public double deviation(double predicted, double measured, int index) { return limit - measured; }

        @Override
        public double used(double predicted, double measured, int index) {
            return usedOf(limit, measured, limit - measured);
        }

        @Override
        public String words() { return "at least " + Numerals.brief(limit); }
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

    /** For a bound on one side. */
    private static double usedOf(double limit, double measured, double beyond) {
        double unit = limit == 0 ? Math.abs(measured) : Math.abs(limit);
        return unit == 0 ? 1 : Math.max(0, 1 + beyond / unit);
    }
}
