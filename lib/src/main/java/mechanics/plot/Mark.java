package mechanics.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One thing drawn inside the axes of a figure. Arrays are the layer's own: they are copied when it is made. */
sealed interface Mark {

    /** The legend's text; layers with one label share a color and an entry. Empty: not in the legend. */
    String label();

    /** The points that the axes must show, as pairs x, y; not a number where a coordinate does not matter. */
    List<double[]> extent();

    /** The numbers, as {@code kind, x, y, error}. */
    List<DataTable.Row> rows();

    /** The same layer under another label; a reference line keeps its words and follows its series. */
    default Mark relabeled(UnaryOperator<String> name) {
        return switch (this) {
            case Theory(var label, var x, var y) -> new Theory(name.apply(label), x, y);
            case Measured(var label, var x, var y, var error, var joined) ->
                new Measured(name.apply(label), x, y, error, joined);
            case Crosses(var label, var x, var y) -> new Crosses(name.apply(label), x, y);
            case Band(var label, var x, var low, var high) -> new Band(name.apply(label), x, low, high);
            case Bars(var label, var edges, var heights) -> new Bars(name.apply(label), edges, heights);
            case Trajectory(var label, var x, var y, var value) ->
                new Trajectory(name.apply(label), x, y, value);
            case Ray(var label, var x, var y) -> new Ray(name.apply(label), x, y);
            case Reference(var text, var at, var vertical, var series) ->
                new Reference(text, at, vertical, name.apply(series));
            case Heat heat -> heat;
            case Note note -> note;
        };
    }

    /** What theory says: a line through the points; NaN leaves a gap. */
    record Theory(String label, double[] x, double[] y) implements Mark {

        @Override
        public List<double[]> extent() { return points(x, y); }

        @Override
        public List<DataTable.Row> rows() { return DataTable.rows(label, "theory", x, y, null); }
    }

    /**
     * What was measured: markers, with error bars if {@code error} is not null, and a thin line between them if they are
     * {@code joined}; NaN leaves a gap.
     */
    record Measured(String label, double[] x, double[] y, double[] error, boolean joined) implements Mark {

        /** A measured curve with more points is drawn as a thin line with some of its symbols. */
        static final int DENSE = 60;

        /** Whether the points are so many, and ordered in x, that they are a curve rather than a cloud. */
        boolean isDenseCurve() {
            return x.length > DENSE && error == null && !isScattered();
        }

        /** Whether x goes to and fro, as it does for points in a plane. */
        boolean isScattered() {
            boolean rises = false;
            boolean falls = false;
            for (int i = 1; i < x.length; i++) {
                rises |= x[i] > x[i - 1];
                falls |= x[i] < x[i - 1];
            }
            return rises && falls;
        }

        /** Whether a thin line goes through the points. */
        boolean isLine() {
            return joined || isDenseCurve();
        }

        Measured joinedUp() { return new Measured(label, x, y, error, true); }

        @Override
        public List<double[]> extent() {
            List<double[]> extent = points(x, y);
            if (error != null) {
                for (int i = 0; i < x.length; i++) {
                    extent.add(new double[]{x[i], y[i] - error[i]});
                    extent.add(new double[]{x[i], y[i] + error[i]});
                }
            }
            return extent;
        }

        @Override
        public List<DataTable.Row> rows() { return DataTable.rows(label, "measured", x, y, error); }
    }

    /** A second measurement of the same thing by other means: crosses in a darker shade; NaN leaves one out. */
    record Crosses(String label, double[] x, double[] y) implements Mark {

        @Override
        public List<double[]> extent() { return points(x, y); }

        @Override
        public List<DataTable.Row> rows() { return DataTable.rows(label, "crosses", x, y, null); }
    }

    /** A shaded region between two curves. */
    record Band(String label, double[] x, double[] low, double[] high) implements Mark {

        @Override
        public List<double[]> extent() {
            List<double[]> extent = points(x, low);
            extent.addAll(points(x, high));
            return extent;
        }

        @Override
        public List<DataTable.Row> rows() {
            List<DataTable.Row> rows = new ArrayList<>(DataTable.rows(label, "band low", x, low, null));
            rows.addAll(DataTable.rows(label, "band high", x, high, null));
            return rows;
        }
    }

    /** Bars from zero, bar i between edges i and i + 1. */
    record Bars(String label, double[] edges, double[] heights) implements Mark {

        @Override
        public List<double[]> extent() {
            List<double[]> extent = new ArrayList<>();
            for (int i = 0; i < heights.length; i++) {
                extent.add(new double[]{edges[i], 0});
                extent.add(new double[]{edges[i + 1], heights[i]});
            }
            return extent;
        }

        @Override
        public List<DataTable.Row> rows() {
            double[] middles = new double[heights.length];
            for (int i = 0; i < middles.length; i++) {
                middles[i] = (edges[i] + edges[i + 1]) / 2;
            }
            return DataTable.rows(label, "bar", middles, heights, null);
        }
    }

    /** A dashed line across the plot: {@code y = at}, or {@code x = at} if vertical; in the color of {@code series}. */
    record Reference(String text, double at, boolean vertical, String series) implements Mark {

        @Override
        public String label() { return ""; }

        @Override
        public List<double[]> extent() {
            return List.of(vertical ? new double[]{at, Double.NaN} : new double[]{Double.NaN, at});
        }

        @Override
        public List<DataTable.Row> rows() {
            double[] place = {at};
            double[] nowhere = {Double.NaN};
            return DataTable.rows(text, "reference", vertical ? place : nowhere, vertical ? nowhere : place,
                    null);
        }
    }

    /** Colored cells: {@code values[i][j]} between y edges i, i + 1 and x edges j, j + 1. */
    record Heat(String label, double[] xEdges, double[] yEdges, double[][] values) implements Mark {

        @Override
        public List<double[]> extent() {
            return List.of(new double[]{xEdges[0], yEdges[0]}, new double[]{xEdges[xEdges.length - 1],
                    yEdges[yEdges.length - 1]});
        }

        @Override
        public List<DataTable.Row> rows() {
            List<DataTable.Row> rows = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                for (int j = 0; j < values[i].length; j++) {
                    rows.add(new DataTable.Row("", label, "heat", (xEdges[j] + xEdges[j + 1]) / 2,
                            (yEdges[i] + yEdges[i
                                    + 1]) / 2,
                            Double.NaN, values[i][j]));
                }
            }
            return rows;
        }
    }

    /** A path in the plane with a dot at its end, colored by {@code value} along it if that is not null. */
    record Trajectory(String label, double[] x, double[] y, double[] value) implements Mark {

        @Override
        public List<double[]> extent() { return points(x, y); }

        @Override
        public List<DataTable.Row> rows() {
            List<DataTable.Row> rows = new ArrayList<>();
            for (int i = 0; i < x.length; i++) {
                rows.add(new DataTable.Row("", label, "trajectory", x[i], y[i], Double.NaN,
                        value == null
                                ? Double.NaN
                                : value[i]));
            }
            return rows;
        }
    }

    /** A half line from the origin in the direction x, y. */
    record Ray(String label, double x, double y) implements Mark {

        @Override
        public List<double[]> extent() { return List.of(new double[]{0, 0}); }

        @Override
        public List<DataTable.Row> rows() {
            return DataTable.rows(label, "ray", new double[]{x}, new double[]{y}, null);
        }
    }

    /** A few words at a point. */
    record Note(String text, double x, double y) implements Mark {

        @Override
        public String label() { return ""; }

        @Override
        public List<double[]> extent() { return List.of(new double[]{x, y}); }

        @Override
        public List<DataTable.Row> rows() {
            return DataTable.rows(text, "note", new double[]{x}, new double[]{y}, null);
        }
    }

    private static List<double[]> points(double[] x, double[] y) {
        List<double[]> points = new ArrayList<>(x.length);
        for (int i = 0; i < x.length; i++) {
            points.add(new double[]{x[i], y[i]});
        }
        return points;
    }
}
