package mechanics.plot;

/** Room around a plot, in units of 1/96 inch. */
record Margins(double top, double left, double bottom, double right) {

    static final Margins NONE = new Margins(0, 0, 0, 0);

    /** Enough for both. */
    Margins union(Margins other) {
        return new Margins(Math.max(top, other.top), Math.max(left, other.left),
                Math.max(bottom, other.bottom), Math
                        .max(right, other.right));
    }
}
