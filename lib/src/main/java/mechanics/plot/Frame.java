package mechanics.plot;

/**
 * The inside of the axes: what they show, on how many units.
 *
 * @param width  in units of 1/96 inch
 * @param height in units of 1/96 inch
 */
record Frame(Range x, Range y, int width, int height) {

    /** From the left edge. */
    double px(double value) { return width * x.place(value); }

    /** From the upper edge. */
    double py(double value) { return height * (1 - y.place(value)); }
}
