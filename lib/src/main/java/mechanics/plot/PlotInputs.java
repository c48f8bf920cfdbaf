package mechanics.plot;

import java.util.List;

/** What figures accept. Messages name the series, the value and what was expected. */
public final class PlotInputs {

    private PlotInputs() {}

    /** At least one point, equal lengths, and some point whose coordinates are both numbers. */
    public static void requireSeries(String label, double[] x, String name, double[] y) {
        if (x.length == 0) {
            throw new IllegalArgumentException(
                    "series \"" + label + "\" is empty: expected at least one point");
        }
        requireLength(label, name, y, x.length);
        for (int i = 0; i < x.length; i++) {
            if (Double.isInfinite(x[i]) || Double.isInfinite(y[i])) {
                boolean inX = Double.isInfinite(x[i]);
                throw new IllegalArgumentException(
                        "series \"" + label + "\": " + (inX ? "x" : name) + "[" + i + "] = "
                                + (inX ? x[i] : y[i]) + ": expected a finite number, or NaN for a gap");
            }
        }
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "series \"" + label + "\": all " + x.length + " points are NaN: expected at"
                        + " least one point with x and " + name);
    }

    public static void requireErrors(String label, double[] x, double[] error) {
        requireLength(label, "error", error, x.length);
        for (int i = 0; i < error.length; i++) {
            if (error[i] < 0 || Double.isInfinite(error[i])) {
                throw new IllegalArgumentException("series \"" + label + "\": error[" + i + "] = " + error[i]
                        + ": expected a finite number that is not negative, or NaN for none");
            }
        }
    }

    private static void requireLength(String label, String name, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException("series \"" + label + "\": " + name + " has " + values.length
                    + " numbers: expected " + length + ", as many as x");
        }
    }

    public static void requireFinite(String what, String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    what + ": " + name + " = " + value + ": expected a finite number");
        }
    }

    /** Increasing or decreasing edges around {@code cells} cells. */
    public static void requireEdges(String label, String name, double[] edges, int cells) {
        if (cells == 0 || edges.length != cells + 1) {
            throw new IllegalArgumentException(
                    "\"" + label + "\": " + name + " has " + edges.length + " numbers for "
                            + cells + " cells: expected one more than cells, and at least one cell");
        }
        for (int i = 0; i < edges.length; i++) {
            requireFinite("\"" + label + "\"", name + "[" + i + "]", edges[i]);
            if (i > 0 && !(Math.signum(edges[i] - edges[i - 1]) * Math.signum(edges[1] - edges[0]) > 0)) {
                throw new IllegalArgumentException("\"" + label + "\": " + name + "[" + i + "] = " + edges[i]
                        + ": expected edges in order");
            }
        }
    }

    /** Heights of bars: finite, or NaN for a missing bar. */
    public static void requireHeights(String label, double[] heights) {
        for (int i = 0; i < heights.length; i++) {
            if (Double.isInfinite(heights[i])) {
                throw new IllegalArgumentException("\"" + label + "\": heights[" + i + "] = " + heights[i]
                        + ": expected a finite number, or NaN for no bar");
            }
        }
    }

    /** Rows of one positive length, with at least one number. */
    public static void requireMatrix(String label, double[][] values) {
        if (values.length == 0 || values[0].length == 0) {
            throw new IllegalArgumentException(
                    "\"" + label + "\" is empty: expected at least one row and one column");
        }
        boolean some = false;
        for (int i = 0; i < values.length; i++) {
            if (values[i].length != values[0].length) {
                throw new IllegalArgumentException("\"" + label + "\": row " + i + " has " + values[i].length
                        + " numbers: expected " + values[0].length + ", as in row 0");
            }
            for (int j = 0; j < values[i].length; j++) {
                if (Double.isInfinite(values[i][j])) {
                    throw new IllegalArgumentException("\"" + label + "\": values[" + i + "][" + j + "] = "
                            + values[i][j] + ": expected a finite number, or NaN for none");
                }
                some |= !Double.isNaN(values[i][j]);
            }
        }
        if (!some) {
            throw new IllegalArgumentException(
                    "\"" + label + "\": all values are NaN: expected at least one number");
        }
    }

    public static double[][] copy(double[][] values) {
        double[][] copy = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            copy[i] = values[i].clone();
        }
        return copy;
    }

    /** That the layers can be drawn on these axes. */
    public static void requireFits(Axis x, Axis y, boolean square, List<Mark> layers) {
        if (square && (x.log() || y.log())) {
            throw new IllegalArgumentException("square() with a logarithmic " + (x.log() ? "x" : "y")
                    + " axis: expected linear axes, because one unit has no length of its own on a logarithmic one");
        }
        requireLimits("x", x);
        requireLimits("y", y);
        for (Mark layer : layers) {
            switch (layer) {
                case Mark.Theory(String label, double[] xs, double[] ys) ->
                    requirePositive(label, x, xs, y, ys);
                case Mark.Measured(String label, double[] xs, double[] ys, double[] _, boolean _) ->
                    requirePositive(label, x, xs, y,
                            ys);
                case Mark.Crosses(String label, double[] xs, double[] ys) ->
                    requirePositive(label, x, xs, y, ys);
                case Mark.Band(String label, double[] xs, double[] _, double[] high) ->
                    requirePositive(label, x, xs, y,
                            high);
                case Mark.Bars(String label, double[] edges, double[] _) ->
                    requirePositive(label, "edges", "x", x,
                            edges);
                case Mark.Heat(String label, double[] xs, double[] ys, double[][] _) -> {
                    requirePositive(label, "xEdges", "x", x, xs);
                    requirePositive(label, "yEdges", "y", y, ys);
                }
                case Mark.Trajectory(String label, double[] xs, double[] ys, double[] _) ->
                    requirePositive(label, x, xs,
                            y, ys);
                case Mark.Reference(String text, double at, boolean vertical, String _) ->
                    requirePositive(text, "at",
                            vertical ? "x" : "y", vertical ? x : y, at);
                case Mark.Note(String text, double at, double height) -> {
                    requirePositive(text, "x", "x", x, at);
                    requirePositive(text, "y", "y", y, height);
                }
                case Mark.Ray(String label, double _, double _) -> {
                    if (x.log() || y.log()) {
                        throw new IllegalArgumentException("ray \"" + label
                                + "\" on a logarithmic axis: expected linear axes, which have an origin");
                    }
                }
            }
        }
    }

    private static void requireLimits(String name, Axis axis) {
        for (double limit : new double[]{axis.min(), axis.max()}) {
            if (Double.isInfinite(limit) || (axis.log() && limit <= 0)) {
                throw new IllegalArgumentException(name + " limit = " + limit + ": expected a finite"
                        + (axis.log()
                                ? " positive"
                                : "")
                        + " number" + (axis.log() ? " on a logarithmic axis" : "")
                        + ", or NaN to take it from the data");
            }
        }
        if (axis.min() == axis.max()) {
            throw new IllegalArgumentException(name + " limits = " + axis.min() + ", " + axis.max()
                    + ": expected two different numbers");
        }
        for (double tick : axis.ticks()) {
            requireFinite(name + " ticks", "tick", tick);
        }
    }

    private static void requirePositive(String label, Axis x, double[] xs, Axis y, double[] ys) {
        requirePositive(label, "x", "x", x, xs);
        requirePositive(label, "y", "y", y, ys);
    }

    private static void requirePositive(String label, String name, String axisName, Axis axis,
            double... values) {
        for (int i = 0; axis.log() && i < values.length; i++) {
            if (values[i] <= 0) {
                throw new IllegalArgumentException("series \"" + label + "\": " + name + "[" + i + "] = "
                        + values[i]
                        + ": expected a positive number, because the " + axisName + " axis is logarithmic");
            }
        }
    }
}
