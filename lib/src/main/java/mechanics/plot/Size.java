package mechanics.plot;

/** Width and height in units of 1/96 inch. */
record Size(double width, double height) {}
