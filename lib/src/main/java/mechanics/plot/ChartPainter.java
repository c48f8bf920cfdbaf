package mechanics.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Paints what is inside the axes with XChart. The chart has no axes of its own and reaches from 0 to 1 both ways: every
 * coordinate is first brought to its place along the figure's axis, linear or logarithmic, so that the figure decides on
 * scales and ticks and XChart paints. One mark becomes one or more series; what is added first lies below.
 */
final class ChartPainter {

    private static final BasicStroke GRID = new BasicStroke(0.8f);
    private static final Color GRID_COLOR = new Color(0xE6E6E6);
    private static final BasicStroke BAR_EDGE = new BasicStroke(0.8f, BasicStroke.CAP_SQUARE,
            BasicStroke.JOIN_MITER);
    private static final BasicStroke HALO = new BasicStroke(2 * Styles.LINE_WIDTH, BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND);
    private static final Color NOTHING = new Color(255, 255, 255, 0);
    private static final int SYMBOLS_ON_DENSE = 16;
    /** Lines that leave the frame are followed so many of its widths: far enough that no slope is seen to change. */
    private static final double FAR = 1000;

    private final List<Mark> layers;
    private final Frame frame;
    private final Styles styles;
    private final XYChart chart;
    private int count;

    private ChartPainter(List<Mark> layers, Frame frame, Styles styles) {
        this.layers = layers;
        this.frame = frame;
        this.styles = styles;
        this.chart = bareChart(frame);
    }

    /** Paints with the upper left corner of the frame at the origin. */
    static void paint(Graphics2D graphics, List<Mark> layers, Frame frame, Styles styles, Ticks xTicks,
            Ticks yTicks) {
        var painter = new ChartPainter(layers, frame, styles);
        painter.addAll(xTicks, yTicks);
        painter.chart.paint(graphics, frame.width(), frame.height());
    }

    private static XYChart bareChart(Frame frame) {
        var chart = new XYChart(frame.width(), frame.height());
        XYStyler styler = chart.getStyler();
        styler.setChartPadding(0);
        styler.setChartTitleVisible(false);
        styler.setLegendVisible(false);
        styler.setChartBackgroundColor(NOTHING);
        styler.setPlotBackgroundColor(NOTHING);
        styler.setPlotBorderVisible(false);
        styler.setPlotContentSize(1);
        styler.setPlotMargin(0);
        styler.setPlotGridLinesVisible(false);
        styler.setAxisTicksVisible(false);
        styler.setAxisTitlesVisible(false);
        styler.setErrorBarsColorSeriesColor(true);
        styler.setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        return chart;
    }

    /** Nothing hides what the reader compares: areas, then measured curves, then theory, then symbols. */
    private void addAll(Ticks xTicks, Ticks yTicks) {
        each(Mark.Heat.class, this::addCells);
        if (!isFilled()) {
            addGrid(xTicks, yTicks);
        }
        each(Mark.Bars.class, this::addBars);
        each(Mark.Measured.class, this::addErrors);
        each(Mark.Ray.class, this::addRay);
        each(Mark.Band.class, this::addBand);
        each(Mark.Measured.class, this::addThinCurve);
        each(Mark.Theory.class, this::addTheory);
        each(Mark.Measured.class, this::addSymbols);
        each(Mark.Crosses.class, this::addCrosses);
        each(Mark.Reference.class, this::addReference);
        each(Mark.Trajectory.class, this::addTrajectory);
        each(Mark.Note.class, this::addNote);
    }

    private <M extends Mark> void each(Class<M> kind, Consumer<M> add) {
        layers.stream().filter(kind::isInstance).map(kind::cast).forEach(add);
    }

    private boolean isFilled() { return layers.stream().anyMatch(Mark.Heat.class::isInstance); }

    private void addCells(Mark.Heat heat) {
        ColorScale scale = ColorScale.of(heat.values());
        Map<Color, Points> cells = new LinkedHashMap<>();
        for (int i = 0; i < heat.values().length; i++) {
            for (int j = 0; j < heat.values()[i].length; j++) {
                double value = heat.values()[i][j];
                if (!Double.isNaN(value)) {
                    // On whole half units, so that neighboring cells leave no light seam.
                    cells.computeIfAbsent(scale.color(value), _ -> new Points()).addRectangle(
                            snapped(frame.x().place(heat.xEdges()[j]), frame.width()),
                            snapped(frame.y().place(heat.yEdges()[i]), frame.height()),
                            snapped(frame.x().place(heat.xEdges()[j + 1]), frame.width()),
                            snapped(frame.y().place(heat.yEdges()[i + 1]), frame.height()));
                }
            }
        }
        cells.forEach((color, points) -> fill(points, color));
    }

    private static double snapped(double place, int length) {
        return Math.rint(2 * length * near(place)) / (2.0 * length);
    }

    private void addGrid(Ticks xTicks, Ticks yTicks) {
        var lines = new Points();
        for (Ticks.Tick tick : xTicks.labeled()) {
            double at = frame.x().place(tick.value());
            lines.add(at, 0).add(at, 1).addGap();
        }
        for (Ticks.Tick tick : yTicks.labeled()) {
            double at = frame.y().place(tick.value());
            lines.add(0, at).add(1, at).addGap();
        }
        segments(lines, GRID_COLOR, GRID);
    }

    private void addBars(Mark.Bars bars) {
        Range y = frame.y();
        double base = y.log() ? 0 : y.place(Math.clamp(0.0, y.min(), y.max()));
        var areas = new Points();
        for (int i = 0; i < bars.heights().length; i++) {
            double value = bars.heights()[i];
            if (y.log() ? value > 0 : value != 0 && !Double.isNaN(value)) {
                areas.addRectangle(near(frame.x().place(bars.edges()[i])), base,
                        near(frame.x().place(bars.edges()[i + 1])), near(y.place(value)));
            }
        }
        Color color = styles.get(bars.label()).color();
        fill(areas, Styles.tint(color, Styles.AREA_TINT));
        segments(areas, Styles.tint(color, Styles.THIN_TINT), BAR_EDGE);
    }

    /** Bars around the middle of their ends, which is not the point itself on a logarithmic axis. */
    private void addErrors(Mark.Measured measured) {
        if (measured.error() == null) {
            return;
        }
        int n = measured.x().length;
        double[] x = new double[n];
        double[] middle = new double[n];
        double[] half = new double[n];
        for (int i = 0; i < n; i++) {
            double lowest = measured.y()[i] - measured.error()[i];
            // What reaches below zero on a logarithmic axis goes on below the frame.
            double low = near(placeOrBelow(lowest));
            double high = near(frame.y().place(measured.y()[i] + measured.error()[i]));
            x[i] = near(frame.x().place(measured.x()[i]));
            middle[i] = Double.isNaN(x[i]) ? Double.NaN : (low + high) / 2;
            half[i] = (high - low) / 2;
        }
        XYSeries series = finish(chart.addSeries(nextName(), x, middle, half));
        series.setLineColor(styles.get(measured.label()).color());
    }

    private void addRay(Mark.Ray ray) {
        double largest = Math.max(Math.abs(ray.x()), Math.abs(ray.y()));
        double x0 = frame.x().place(0);
        double y0 = frame.y().place(0);
        double across = ray.x() / largest * frame.x().slope();
        double up = ray.y() / largest * frame.y().slope();
        // Past the frame, wherever the origin is.
        double reach = 2 * (1 + Math.abs(x0) + Math.abs(y0)) / Math.hypot(across, up);
        Styles.Style style = styles.get(ray.label());
        segments(new Points().add(x0, y0).add(x0 + reach * across, y0 + reach * up), style.color(),
                style.stroke());
    }

    private void addBand(Mark.Band band) {
        int n = band.x().length;
        double[] x = new double[n];
        double[] low = new double[n];
        double[] high = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = near(frame.x().place(band.x()[i]));
            low[i] = near(placeOrBelow(band.low()[i]));
            high[i] = near(frame.y().place(band.high()[i]));
        }
        Color color = styles.get(band.label()).color();
        fill(Points.between(x, low, high), new Color(color.getRed(), color.getGreen(), color.getBlue(),
                (int) (255 * Styles.AREA_TINT)));
    }

    /** On a logarithmic axis the lower edge of a band may reach below zero: it is then cut below the frame. */
    private double placeOrBelow(double value) {
        Range y = frame.y();
        return y.log() && value <= 0 ? (y.flipped() ? 2 : -1) : y.place(value);
    }

    private void addThinCurve(Mark.Measured measured) {
        if (measured.isLine()) {
            Color color = styles.get(measured.label()).color();
            path(points(measured.x(), measured.y()), Styles.tint(color, Styles.THIN_TINT), Styles.THIN);
        }
    }

    private void addTheory(Mark.Theory theory) {
        Points points = points(theory.x(), theory.y());
        if (isFilled()) {
            path(points, Color.WHITE, HALO);
        }
        Styles.Style style = styles.get(theory.label());
        path(points, style.color(), style.stroke());
    }

    private void addSymbols(Mark.Measured measured) {
        boolean dense = measured.isDenseCurve();
        var points = new Points();
        double last = Double.POSITIVE_INFINITY;
        for (int i = 0; i < measured.x().length; i++) {
            double x = near(frame.x().place(measured.x()[i]));
            double y = near(frame.y().place(measured.y()[i]));
            if (!Double.isNaN(x + y) && (!dense || Math.abs(x - last) >= 1.0 / SYMBOLS_ON_DENSE)) {
                points.add(x, y);
                last = x;
            }
        }
        Styles.Style style = styles.get(measured.label());
        markers(points, style.color(), style.symbol().sized(symbolSize(measured, layers)));
    }

    /** Symbols get smaller as points become many; points scattered in one plane all have the size of the most numerous. */
    static double symbolSize(Mark.Measured measured, List<Mark> layers) {
        if (measured.isDenseCurve()) {
            return Symbol.SIZE;
        }
        int most = measured.x().length;
        for (Mark layer : layers) {
            if (measured.isScattered() && layer instanceof Mark.Measured other && other.isScattered()) {
                most = Math.max(most, other.x().length);
            }
        }
        return most <= Mark.Measured.DENSE ? Symbol.SIZE : most <= 250 ? 5 : most <= 2500 ? 3.2 : 2;
    }

    private void addCrosses(Mark.Crosses crosses) {
        markers(points(crosses.x(), crosses.y()), styles.get(crosses.label()).color().darker(),
                new CrossMarker());
    }

    private void addReference(Mark.Reference reference) {
        Range range = reference.vertical() ? frame.x() : frame.y();
        double at = near(range.place(reference.at()));
        var line = new Points();
        if (reference.vertical()) {
            // From above, as one reads: the dashes begin at the name.
            line.add(at, 1).add(at, 0);
        } else {
            line.add(0, at).add(1, at);
        }
        segments(line, styles.get(reference.series()).color(), Styles.REFERENCE);
    }

    private void addTrajectory(Mark.Trajectory trajectory) {
        Color color = styles.get(trajectory.label()).color();
        Points points = points(trajectory.x(), trajectory.y());
        if (trajectory.value() == null) {
            path(points, Styles.tint(color, Styles.THIN_TINT), Styles.THIN);
        } else {
            color = addColoredPath(points, trajectory.value());
        }
        Points last = points.last();
        markers(last, color, styles.get(trajectory.label()).symbol().sized(5));
    }

    /** One path for each stretch of one shade. Returns the last color. */
    private Color addColoredPath(Points points, double[] values) {
        ColorScale scale = ColorScale.of(layers);
        Color last = null;
        var stretch = new Points();
        for (int i = 0; i < values.length; i++) {
            Color color = Double.isNaN(values[i]) ? last : scale.shade(values[i]);
            if (i > 0 && !color(last).equals(color)) {
                path(stretch, color(last), Styles.THIN);
                stretch = new Points().add(points.x(i - 1), points.y(i - 1));
            }
            stretch.add(points.x(i), points.y(i));
            last = color;
        }
        path(stretch, color(last), Styles.THIN);
        return color(last);
    }

    private static Color color(Color known) { return known == null ? Lettering.GREY : known; }

    private void addNote(Mark.Note note) {
        markers(new Points().add(frame.x().place(note.x()), frame.y().place(note.y())), Lettering.INK,
                new NoteMarker(note.text(), frame));
    }

    // ---- what XChart paints

    /** Straight segments between neighbors, each for itself. */
    private void segments(Points points, Color color, BasicStroke stroke) {
        if (points.size() > 0) {
            XYSeries series = series(points);
            series.setLineColor(color);
            series.setLineStyle(stroke);
        }
    }

    /** A line through the points as one stroke, broken at gaps. */
    private void path(Points points, Color color, BasicStroke stroke) {
        for (Points run : points.runs()) {
            markers(run, color, new PathMarker(stroke, run.size()));
        }
    }

    /** Polygons with gaps between them. */
    private void fill(Points points, Color color) {
        if (points.size() > 0) {
            XYSeries series = series(points);
            series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
            series.setFillColor(color);
        }
    }

    private void markers(Points points, Color color, Marker marker) {
        if (points.size() > 0) {
            XYSeries series = series(points);
            series.setMarker(marker);
            series.setMarkerColor(color);
        }
    }

    private XYSeries series(Points points) {
        return finish(chart.addSeries(nextName(), points.xs(), points.ys()));
    }

    private static XYSeries finish(XYSeries series) {
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }

    private String nextName() { return Integer.toString(count++); }

    private Points points(double[] x, double[] y) {
        var points = new Points();
        for (int i = 0; i < x.length; i++) {
            points.add(near(frame.x().place(x[i])), near(frame.y().place(y[i])));
        }
        return points;
    }

    /** Java2D loses coordinates that do not fit its numbers: what lies far outside is kept within reach. */
    private static double near(double place) {
        return Math.clamp(place, -FAR, 1 + FAR);
    }
}
