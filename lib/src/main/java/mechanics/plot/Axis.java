package mechanics.plot;

/**
 * One axis as its figure was asked for it.
 *
 * @param min   lower limit, NaN to take it from the data
 * @param max   upper limit, NaN to take it from the data
 * @param ticks where ticks are; empty to choose them
 */
record Axis(String label, boolean log, double min, double max, double[] ticks) {

    static final Axis PLAIN = new Axis("", false, Double.NaN, Double.NaN, new double[0]);

    Axis labeled(String newLabel) { return new Axis(newLabel, log, min, max, ticks); }

    Axis logarithmic() { return new Axis(label, true, min, max, ticks); }

    Axis limited(double from, double to) { return new Axis(label, log, from, to, ticks); }

    Axis ticked(double... places) { return new Axis(label, log, min, max, places.clone()); }
}
