package mechanics.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A figure's marks as series of a chart of XChart, in the units of the data. */
final class PlainChart {

    /** A dashed curve with more points is smoothed by XChart, which then strokes it as one line. */
    private static final int SMOOTH = 100;

    private final List<Mark> layers;
    private final Styles styles;
    private final XYChart chart;
    private final Set<String> names = new HashSet<>();

    private PlainChart(List<Mark> layers, Styles styles, XYChart chart) {
        this.layers = layers;
        this.styles = styles;
        this.chart = chart;
    }

    static XYChart of(String title, Size size, Axis xAxis, Axis yAxis, Frame frame, List<Mark> layers,
            Styles styles) {
        var chart = new XYChart((int) Math.round(size.width()), (int) Math.round(size.height()));
        chart.setTitle(title);
        chart.setXAxisTitle(xAxis.label());
        chart.setYAxisTitle(yAxis.label());
        var styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setXAxisLogarithmic(xAxis.log()).setYAxisLogarithmic(yAxis.log());
        styler.setXAxisMin(frame.x().min()).setXAxisMax(frame.x().max());
        styler.setYAxisMin(frame.y().min()).setYAxisMax(frame.y().max());
        styler.setErrorBarsColorSeriesColor(true);
        var plain = new PlainChart(layers, styles, chart);
        layers.stream().filter(PlainChart::isArea).forEach(mark -> plain.add(mark, frame));
        layers.stream().filter(mark -> !isArea(mark)).forEach(mark -> plain.add(mark, frame));
        return chart;
    }

    private static boolean isArea(Mark mark) {
        return mark instanceof Mark.Heat || mark instanceof Mark.Bars || mark instanceof Mark.Band;
    }

    private void add(Mark mark, Frame frame) {
        Styles.Style style = styles.get(mark.label());
        Color pale = Styles.tint(style.color(), Styles.THIN_TINT);
        switch (mark) {
            case Mark.Theory(String label, double[] x, double[] y) -> line(label, "theory", x, y, style);
            case Mark.Measured(String label, double[] x, double[] y, double[] error, boolean _) -> {
                XYSeries series = series(label, "measured", x, y, error);
                series.setLineColor(error == null ? pale : style.color());
                series.setLineStyle(((Mark.Measured) mark).isLine() ? Styles.THIN : SeriesLines.NONE);
                show(series, style.symbol(), style.color());
            }
            case Mark.Crosses(String label, double[] x, double[] y) ->
                show(series(label, "crosses", x, y, null), new CrossMarker(), style.color().darker());
            case Mark.Trajectory(String label, double[] x, double[] y, double[] _) -> {
                XYSeries series = series(label, "trajectory", x, y, null);
                series.setLineColor(pale);
                series.setLineStyle(Styles.THIN);
            }
            case Mark.Ray(String label, double x, double y) -> {
                double reach = Math.max(Math.abs(frame.x().max()), Math.abs(frame.x().min()))
                        + Math.max(Math.abs(frame.y().max()), Math.abs(frame.y().min()));
                double largest = Math.max(Math.abs(x), Math.abs(y));
                line(label, "ray", new double[]{0, 2 * reach * (x / largest)},
                        new double[]{0, 2 * reach * (y / largest)}, style);
            }
            case Mark.Reference(String text, double at, boolean vertical, String owner) -> {
                double[] along = vertical
                        ? new double[]{frame.y().min(), frame.y().max()}
                        : new double[]{frame.x().min(), frame.x().max()};
                double[] across = {at, at};
                XYSeries series = series(text, "reference", vertical ? across : along,
                        vertical ? along : across, null);
                series.setLineColor(styles.get(owner).color());
                series.setLineStyle(Styles.REFERENCE);
            }
            case Mark.Band(String label, double[] x, double[] low, double[] high) -> band(label, x, low, high,
                    style.color(), frame.y());
            case Mark.Bars(String label, double[] edges, double[] heights) -> bars(label, edges, heights,
                    style.color(), frame.y());
            case Mark.Heat heat -> cells(heat);
            case Mark.Note(String text, double x, double y) ->
                chart.addAnnotation(new AnnotationText(text, x, y, false));
        }
    }

    private void line(String label, String kind, double[] x, double[] y, Styles.Style style) {
        XYSeries series = series(label, kind, x, y, null);
        BasicStroke stroke = style.stroke();
        series.setLineColor(style.color());
        series.setLineStyle(stroke);
        series.setSmooth(stroke.getDashArray() != null && x.length > SMOOTH);
    }

    private static void show(XYSeries series, Marker marker, Color color) {
        series.setMarker(marker);
        series.setMarkerColor(color);
    }

    private void band(String label, double[] x, double[] low, double[] high, Color color, Range axis) {
        double[] shown = low.clone();
        for (int i = 0; axis.log() && i < shown.length; i++) {
            // A logarithmic axis has no zero.
            shown[i] = Math.max(shown[i], axis.min());
        }
        area(label, "band", Points.between(x, shown, high), new Color(color.getRed(), color.getGreen(),
                color.getBlue(), (int) (255 * Styles.AREA_TINT)));
    }

    private void bars(String label, double[] edges, double[] heights, Color color, Range axis) {
        var outline = new Points();
        double base = axis.log() ? axis.min() : 0;
        for (int i = 0; i < heights.length; i++) {
            if (!Double.isNaN(heights[i]) && !(axis.log() && heights[i] <= 0)) {
                outline.addRectangle(edges[i], base, edges[i + 1], heights[i]);
            }
        }
        area(label, "bars", outline, Styles.tint(color, Styles.AREA_TINT));
    }

    private void cells(Mark.Heat heat) {
        ColorScale scale = ColorScale.of(heat.values());
        for (int i = 0; i < heat.values().length; i++) {
            for (int j = 0; j < heat.values()[i].length; j++) {
                if (!Double.isNaN(heat.values()[i][j])) {
                    var cell = new Points();
                    cell.addRectangle(heat.xEdges()[j], heat.yEdges()[i], heat.xEdges()[j + 1],
                            heat.yEdges()[i + 1]);
                    area(heat.label(), "row " + i + ", column " + j, cell, scale.color(heat.values()[i][j]))
                            .setShowInLegend(false);
                }
            }
        }
    }

    private XYSeries area(String label, String kind, Points outlines, Color color) {
        XYSeries series = series(label, kind, outlines.xs(), outlines.ys(), null);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        series.setFillColor(color);
        return series;
    }

    /** An invisible series, named by its label and, where a label has more than one, by what it is. */
    private XYSeries series(String label, String kind, double[] x, double[] y, double[] error) {
        boolean alone = !label.isEmpty()
                && layers.stream().filter(mark -> mark.label().equals(label)).count() <= 1;
        String wanted = label.isEmpty()
                ? kind
                : alone && !kind.startsWith("row")
                        ? label
                        : label + ", " + kind;
        String name = wanted;
        for (int number = 2; !names.add(name); number++) {
            name = wanted + " " + number;
        }
        double[] ys = y.clone();
        for (int i = 0; i < ys.length; i++) {
            // XChart knows gaps by y alone.
            ys[i] = Double.isFinite(x[i]) && Double.isFinite(y[i]) ? y[i] : Double.NaN;
        }
        XYSeries series = chart.addSeries(name, x.clone(), ys, error == null ? null : error.clone());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.NONE);
        series.setShowInLegend(!label.isEmpty() && name.equals(wanted));
        return series;
    }
}
