package mechanics.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

import mechanics.base.Numerals;

/**
 * Theory and measurement in one pair of axes, built as a sentence:
 *
 * <pre>{@code
 * Figure.of("Modes are learned one by one").x("time t/τ").y("strength u")
 *         .theory("s = 3.2", t, u).measured("s = 3.2", steps, strengths)
 *         .caption("Lines: closed form. Markers: gradient descent.")
 * }</pre>
 *
 * <p>
 * Theory is a line and measurement is markers, always. Layers with the same label are a pair: one color, one entry in
 * the legend. A measured curve of more than 60 points in order of x is a thin pale line through all of them with some
 * of its markers; more than 60 points in no order are a cloud of small markers, and so are fewer beside such a cloud.
 * Not-a-number inside a series is a gap. Figures are immutable: every method returns a new one and leaves this one as
 * it is. Arrays are copied.
 */
public final class Figure extends Picture {

    private static final double DEFAULT_WIDTH = 620;
    private static final double DEFAULT_HEIGHT = 370;

    private final String title;
    private final String caption;
    private final Axis xAxis;
    private final Axis yAxis;
    private final Size size;
    private final boolean ordered;
    private final boolean square;
    private final List<Mark> layers;

    private Figure(String title, String caption, Axis xAxis, Axis yAxis, Size size, boolean ordered,
            boolean square,
            List<Mark> layers) {
        this.title = title;
        this.caption = caption;
        this.xAxis = xAxis;
        this.yAxis = yAxis;
        this.size = size;
        this.ordered = ordered;
        this.square = square;
        this.layers = List.copyOf(layers);
        PlotInputs.requireFits(xAxis, yAxis, square, layers);
    }

    /** An empty figure. The title says what is seen; it may be empty. */
    public static Figure of(String title) {
        return new Figure(title, "", Axis.PLAIN, Axis.PLAIN, new Size(DEFAULT_WIDTH, DEFAULT_HEIGHT), false,
                false, List
                        .of());
    }

    /** A chart of XChart as it is, for kinds of charts that are not theory and measurement in one pair of axes. */
    public static ChartFigure of(Chart<?, ?> chart) {
        return new ChartFigure(chart, "");
    }

    /** Several pictures side by side, row by row, with letters and one legend. */
    public static FigureGrid grid(int columns, Picture... panels) {
        return FigureGrid.of(columns, List.of(panels));
    }

    /** Several pictures side by side, row by row, with letters and one legend. */
    public static FigureGrid grid(int columns, List<? extends Picture> panels) {
        return FigureGrid.of(columns, panels);
    }

    /** Names the horizontal axis, with symbol and unit. */
    public Figure x(String label) {
        return with(xAxis.labeled(label), yAxis);
    }

    /** Names the vertical axis, with symbol and unit. */
    public Figure y(String label) {
        return with(xAxis, yAxis.labeled(label));
    }

    /** A logarithmic horizontal axis: all x must be positive. */
    public Figure logX() {
        return with(xAxis.logarithmic(), yAxis);
    }

    /** A logarithmic vertical axis: all y must be positive; the lower ends of error bars and bands need not be. */
    public Figure logY() {
        return with(xAxis, yAxis.logarithmic());
    }

    /** Limits of the horizontal axis; NaN leaves that end to the data; {@code from > to} turns the axis around. */
    public Figure xLimits(double from, double to) {
        return with(xAxis.limited(from, to), yAxis);
    }

    /** Limits of the vertical axis; NaN leaves that end to the data; {@code from > to} turns the axis around. */
    public Figure yLimits(double from, double to) {
        return with(xAxis, yAxis.limited(from, to));
    }

    /** Ticks at these places only, such as the widths that were run. Powers of two below 1 are written as 2⁻⁸. */
    public Figure xTicks(double... places) {
        return with(xAxis.ticked(places), yAxis);
    }

    /** Ticks at these places only. */
    public Figure yTicks(double... places) {
        return with(xAxis, yAxis.ticked(places));
    }

    /** A theory's curve. */
    public Figure theory(String label, double[] x, double[] y) {
        PlotInputs.requireSeries(label, x, "y", y);
        return with(new Mark.Theory(label, x.clone(), y.clone()));
    }

    /** A theory's formula between two points, on 400 points evenly spaced on the axis: say {@code logX()} before. */
    public Figure theory(String label, DoubleUnaryOperator formula, double from, double to) {
        double[] x = spaced(label, from, to);
        return with(new Mark.Theory(label, x, Arrays.stream(x).map(formula).toArray()));
    }

    /** Measured points. */
    public Figure measured(String label, double[] x, double[] y) {
        PlotInputs.requireSeries(label, x, "y", y);
        return with(new Mark.Measured(label, x.clone(), y.clone(), null, false));
    }

    /** Measured points with error bars of half length {@code error} (one standard error, say so in the caption). */
    public Figure measured(String label, double[] x, double[] y, double[] error) {
        PlotInputs.requireSeries(label, x, "y", y);
        PlotInputs.requireErrors(label, x, error);
        return with(new Mark.Measured(label, x.clone(), y.clone(), error.clone(), false));
    }

    /**
     * A second measurement of the same thing by other means, such as trained networks beside kernel regression: crosses
     * in a darker shade of the label's color. Say in the caption what they are.
     */
    public Figure crosses(String label, double[] x, double[] y) {
        PlotInputs.requireSeries(label, x, "y", y);
        return with(new Mark.Crosses(label, x.clone(), y.clone()));
    }

    /** A shaded region between two curves. */
    public Figure band(String label, double[] x, double[] low, double[] high) {
        PlotInputs.requireSeries(label, x, "low", low);
        PlotInputs.requireSeries(label, x, "high", high);
        return with(new Mark.Band(label, x.clone(), low.clone(), high.clone()));
    }

    /** A dashed horizontal line at {@code y}, named at its right end. */
    public Figure reference(String text, double y) {
        return reference(text, y, "");
    }

    /** A dashed horizontal line in the color of the series with that label. */
    public Figure reference(String text, double y, String series) {
        PlotInputs.requireFinite("reference \"" + text + "\"", "y", y);
        return with(new Mark.Reference(text, y, false, series));
    }

    /** A dashed vertical line at {@code x}, named at its upper end. */
    public Figure referenceX(String text, double x) {
        return referenceX(text, x, "");
    }

    /** A dashed vertical line in the color of the series with that label. */
    public Figure referenceX(String text, double x, String series) {
        PlotInputs.requireFinite("reference \"" + text + "\"", "x", x);
        return with(new Mark.Reference(text, x, true, series));
    }

    /** Bars of the given heights between neighboring edges. */
    public Figure bars(String label, double[] edges, double[] heights) {
        PlotInputs.requireEdges(label, "edges", edges, heights.length);
        PlotInputs.requireHeights(label, heights);
        return with(new Mark.Bars(label, edges.clone(), heights.clone()));
    }

    /** The density of samples in {@code bins} equal bins: bars of total area one, to compare with a density. */
    public Figure histogram(String label, double[] samples, int bins) {
        double[] edges = Histogram.edges(label, samples, bins);
        return bars(label, edges, Histogram.density(samples, edges));
    }

    /**
     * Colored cells.
     *
     * @param label  what the color means
     * @param xEdges edges of the columns, one more than there are columns
     * @param yEdges edges of the rows, one more than there are rows
     * @param values rows × columns; NaN leaves a cell white
     */
    public Figure heat(String label, double[] xEdges, double[] yEdges, double[][] values) {
        PlotInputs.requireMatrix(label, values);
        PlotInputs.requireEdges(label, "xEdges", xEdges, values[0].length);
        PlotInputs.requireEdges(label, "yEdges", yEdges, values.length);
        return with(new Mark.Heat(label, xEdges.clone(), yEdges.clone(), PlotInputs.copy(values)));
    }

    /** Colored cells of a matrix, as it is written: row 0 on top, cells one unit wide around whole numbers. */
    public Figure heat(String label, double[][] values) {
        PlotInputs.requireMatrix(label, values);
        double[] xEdges = new double[values[0].length + 1];
        double[] yEdges = new double[values.length + 1];
        Arrays.setAll(xEdges, j -> j - 0.5);
        Arrays.setAll(yEdges, i -> i - 0.5);
        Figure figure = heat(label, xEdges, yEdges, values);
        return figure.xLimits(xEdges[0], xEdges[xEdges.length - 1]).yLimits(yEdges[yEdges.length - 1],
                yEdges[0]);
    }

    /** A measured path in the plane, a dot at its end. Paths with one label share a color. */
    public Figure trajectory(String label, double[] x, double[] y) {
        PlotInputs.requireSeries(label, x, "y", y);
        return with(new Mark.Trajectory(label, x.clone(), y.clone(), null));
    }

    /** A measured path in the plane, colored along its way; {@code label} says what the color means. */
    public Figure trajectory(String label, double[] x, double[] y, double[] value) {
        PlotInputs.requireSeries(label, x, "y", y);
        PlotInputs.requireSeries(label, x, "value", value);
        return with(new Mark.Trajectory(label, x.clone(), y.clone(), value.clone()));
    }

    /** A half line from the origin in a direction, such as a teacher's. */
    public Figure ray(String label, double x, double y) {
        PlotInputs.requireFinite("ray \"" + label + "\"", "x", x);
        PlotInputs.requireFinite("ray \"" + label + "\"", "y", y);
        if (x == 0 && y == 0) {
            throw new IllegalArgumentException("ray \"" + label + "\": x = y = 0: expected a direction");
        }
        return with(new Mark.Ray(label, x, y));
    }

    /** A few words beside a point. */
    public Figure note(String text, double x, double y) {
        PlotInputs.requireFinite("note \"" + text + "\"", "x", x);
        PlotInputs.requireFinite("note \"" + text + "\"", "y", y);
        return with(new Mark.Note(text, x, y));
    }

    /** Says that the labels are one ordered family, such as widths: colors go from dark to light in that order. */
    public Figure ordered() {
        return new Figure(title, caption, xAxis, yAxis, size, true, square, layers);
    }

    /** Joins the measured points so far, each series by a thin pale line that guides the eye. */
    public Figure joined() {
        return new Figure(title, caption, xAxis, yAxis, size, ordered, square, layers.stream().map(
                layer -> layer instanceof Mark.Measured measured ? measured.joinedUp() : layer).toList());
    }

    /**
     * The same figure under other labels, so that panels of a grid that show different things can share colors.
     *
     * @param labels one for each label of the figure, in the order of first use; they may repeat
     */
    public Figure relabeled(String... labels) {
        List<String> old = layers.stream().filter(Styles::isSeries).map(Mark::label).distinct().toList();
        if (labels.length != old.size()) {
            throw new IllegalArgumentException(
                    labels.length + " labels: expected " + old.size() + ", one for each of " + old);
        }
        return new Figure(title, caption, xAxis, yAxis, size, ordered, square, layers.stream().map(
                layer -> layer.relabeled(name -> old.contains(name) ? labels[old.indexOf(name)] : name))
                .toList());
    }

    /** One unit has the same length on both axes, as a plane needs; both must be linear. */
    public Figure square() {
        return new Figure(title, caption, xAxis, yAxis, size, ordered, true, layers);
    }

    /** Width and height without legend, in units of 1/96 inch; 620 × 370 if not said. */
    public Figure size(double width, double height) {
        if (!(width >= 160 && height >= 120 && width <= 4000 && height <= 4000)) {
            throw new IllegalArgumentException(
                    "size = " + Numerals.brief(width) + " × " + Numerals.brief(height)
                            + ": expected at least 160 × 120 and at most 4000 × 4000");
        }
        return new Figure(title, caption, xAxis, yAxis, new Size(width, height), ordered, square, layers);
    }

    /** What stands under the figure: it should be understood without the text around. */
    public Figure caption(String text) {
        return new Figure(title, text, xAxis, yAxis, size, ordered, square, layers);
    }

    /**
     * The figure as a plain chart of XChart in the units of the data: its series, colors, labels, titles and the limits
     * of its axes, to go on with XChart's own styling. The chart's legend, ticks and letters are XChart's, axes always
     * run upwards, and an error bar that reaches below zero on a logarithmic axis is left out. A series is named by its
     * label; where a label has several, by label and kind: {@code chart.getSeries("s = 2, theory")}, {@code "s = 2,
     * measured"}.
     */
    public XYChart chart() {
        return PlainChart.of(title, size, xAxis, yAxis, axes().frame((int) size.width(), (int) size.height()),
                layers, Styles.of(layers, ordered));
    }

    @Override
    public String title() { return title; }

    @Override
    public String caption() { return caption; }

    private Figure with(Mark layer) {
        List<Mark> more = new ArrayList<>(layers);
        more.add(layer);
        return new Figure(title, caption, xAxis, yAxis, size, ordered, square, more);
    }

    private Figure with(Axis newX, Axis newY) {
        return new Figure(title, caption, newX, newY, size, ordered, square, layers);
    }

    private double[] spaced(String label, double from, double to) {
        if (!(from < to) || (xAxis.log() && from <= 0)) {
            throw new IllegalArgumentException(
                    "theory \"" + label + "\": from " + from + " to " + to + ": expected "
                            + (xAxis.log() ? "0 < from < to on a logarithmic axis" : "from < to"));
        }
        double[] x = new double[400];
        for (int i = 0; i < x.length; i++) {
            double share = i / (x.length - 1.0);
            x[i] = xAxis.log()
                    ? Double.isFinite(to / from)
                            ? from * Math.pow(to / from, share)
                            : Math.exp((1 - share) * Math.log(from) + share * Math.log(to))
                    : Double.isFinite(to - from)
                            ? from + share * (to - from)
                            : (1 - share) * from + share * to;
        }
        return x;
    }

    @Override
    Size panelSize() { return size; }

    @Override
    boolean isOrdered() { return ordered; }

    @Override
    List<Mark> layers() { return layers; }

    @Override
    List<DataTable.Row> rows() { return layers.stream().flatMap(layer -> layer.rows().stream()).toList(); }

    @Override
    Margins margins(Size panel) { return axes().margins(panel); }

    @Override
    void paintPanel(Graphics2D graphics, Rectangle2D area, Margins margins, Styles styles, String letter) {
        axes().paint(graphics, area, margins, styles, letter);
    }

    private Axes axes() { return new Axes(title, xAxis, yAxis, square, layers); }
}
