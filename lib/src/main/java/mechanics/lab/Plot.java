package mechanics.lab;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The inside of the axes. XChart draws curves, markers and bands; what it does not have (reference lines, heat maps,
 * histograms with uneven bins, colored trajectories, error bars on logarithmic axes) is drawn beside it on the same
 * scale.
 */
final class Plot {

    static final int MARKER_SIZE = 8;
    static final BasicStroke THIN = new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    static final double THIN_TINT = 0.6;
    static final double AREA_TINT = 0.28;
    private static final BasicStroke DASHED = new BasicStroke(1.2f, BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND, 10,
            new float[]{5, 3.5f}, 0);
    private static final Color CLEAR = new Color(0, true);
    /** A measured curve with more points is drawn as a thin line with some of its markers. */
    private static final int DENSE = 60;
    private static final int MARKERS_ON_DENSE = 16;

    private final List<Layer> layers;
    private final Range x;
    private final Range y;
    private final int width;
    private final int height;
    private final Styles styles;

    Plot(List<Layer> layers, Range x, Range y, int width, int height, Styles styles) {
        this.layers = layers;
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
        this.styles = styles;
    }

    /** Whether the points are so many, and ordered in x, that they are a curve rather than a cloud. */
    static boolean isDenseCurve(Layer.Measured layer) {
        if (layer.x().length <= DENSE || layer.error() != null) {
            return false;
        }
        for (int i = 1; i < layer.x().length; i++) {
            if (layer.x()[i] < layer.x()[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** Whether a thin line goes through the measured points. */
    static boolean isLine(Layer.Measured layer) {
        return layer.joined() || isDenseCurve(layer);
    }

    /** Paints with the upper left corner of the plot at the origin. */
    void paint(Graphics2D graphics, Ticks xTicks, Ticks yTicks) {
        var clipped = (Graphics2D) graphics.create();
        clipped.clip(new Rectangle2D.Double(0, 0, width, height));
        layers.forEach(layer -> paintBelow(clipped, layer));
        boolean filled = layers.stream().anyMatch(Layer.Heat.class::isInstance);
        if (!filled) {
            paintGrid(clipped, xTicks, yTicks);
        }
        layers.forEach(layer -> paintBars(clipped, layer));
        layers.forEach(layer -> paintErrors(clipped, layer));
        paintSeries(clipped, filled);
        layers.forEach(layer -> paintReference(clipped, layer));
        clipped.dispose();
        var above = (Graphics2D) graphics.create();
        above.clip(new Rectangle2D.Double(0, 0, width, height));
        layers.forEach(layer -> paintAbove(above, layer));
        above.dispose();
    }

    double px(double value) { return width * x.place(value); }

    double py(double value) { return height * (1 - y.place(value)); }

    private void paintGrid(Graphics2D graphics, Ticks xTicks, Ticks yTicks) {
        graphics.setStroke(new BasicStroke(0.8f));
        graphics.setColor(new Color(0xE6E6E6));
        for (Ticks.Tick tick : xTicks.ticks()) {
            if (!tick.label().isEmpty()) {
                graphics.draw(new Line2D.Double(px(tick.value()), 0, px(tick.value()), height));
            }
        }
        for (Ticks.Tick tick : yTicks.ticks()) {
            if (!tick.label().isEmpty()) {
                graphics.draw(new Line2D.Double(0, py(tick.value()), width, py(tick.value())));
            }
        }
    }

    private void paintBelow(Graphics2D graphics, Layer layer) {
        if (layer instanceof Layer.Heat heat) {
            ColorScale scale = ColorScale.of(heat.values());
            for (int i = 0; i < heat.values().length; i++) {
                for (int j = 0; j < heat.values()[i].length; j++) {
                    double value = heat.values()[i][j];
                    if (!Double.isNaN(value)) {
                        fillCell(graphics, scale.color(value), heat.xEdges()[j], heat.xEdges()[j + 1],
                                heat.yEdges()[i], heat
                                        .yEdges()[i + 1]);
                    }
                }
            }
        }
    }

    private void fillCell(Graphics2D graphics, Color color, double x0, double x1, double y0, double y1) {
        // On whole half units, so that neighboring cells leave no light seam.
        double left = Math.round(2 * Math.min(px(x0), px(x1))) / 2.0;
        double right = Math.round(2 * Math.max(px(x0), px(x1))) / 2.0;
        double top = Math.round(2 * Math.min(py(y0), py(y1))) / 2.0;
        double bottom = Math.round(2 * Math.max(py(y0), py(y1))) / 2.0;
        graphics.setColor(color);
        graphics.fill(new Rectangle2D.Double(left, top, right - left, bottom - top));
    }

    private void paintBars(Graphics2D graphics, Layer layer) {
        if (layer instanceof Layer.Bars bars) {
            Color color = styles.get(bars.label()).color();
            double base = y.log() ? height : py(Math.clamp(0.0, y.min(), y.max()));
            for (int i = 0; i < bars.heights().length; i++) {
                double value = bars.heights()[i];
                if (!(y.log() ? value > 0 : value != 0 && !Double.isNaN(value))) {
                    continue;
                }
                double left = px(bars.edges()[i]);
                double top = py(value);
                var bar = new Rectangle2D.Double(left, Math.min(top, base), px(bars.edges()[i + 1]) - left,
                        Math.abs(base
                                - top));
                graphics.setColor(Styles.tint(color, AREA_TINT));
                graphics.fill(bar);
                graphics.setColor(Styles.tint(color, THIN_TINT));
                graphics.setStroke(new BasicStroke(0.8f));
                graphics.draw(bar);
            }
        }
    }

    private void paintReference(Graphics2D graphics, Layer layer) {
        if (layer instanceof Layer.Reference reference) {
            graphics.setColor(styles.get(reference.series()).color());
            graphics.setStroke(DASHED);
            double place = reference.vertical() ? px(reference.at()) : py(reference.at());
            graphics.draw(reference.vertical()
                    ? new Line2D.Double(place, 0, place, height)
                    : new Line2D.Double(0, place,
                            width, place));
        }
    }

    private void paintErrors(Graphics2D graphics, Layer layer) {
        if (!(layer instanceof Layer.Measured measured) || measured.error() == null) {
            return;
        }
        graphics.setColor(styles.get(measured.label()).color());
        graphics.setStroke(new BasicStroke(1.2f));
        for (int i = 0; i < measured.x().length; i++) {
            double low = measured.y()[i] - measured.error()[i];
            double high = measured.y()[i] + measured.error()[i];
            if (Double.isNaN(low) || Double.isNaN(measured.x()[i])) {
                continue;
            }
            double at = px(measured.x()[i]);
            boolean cut = y.log() && low <= 0;
            double bottom = cut ? height : py(low);
            double top = py(high);
            graphics.draw(new Line2D.Double(at, top, at, bottom));
            graphics.draw(new Line2D.Double(at - 3, top, at + 3, top));
            if (!cut) {
                graphics.draw(new Line2D.Double(at - 3, bottom, at + 3, bottom));
            }
        }
    }

    /** Bands, then thin measured curves, then theory, then markers: nothing hides what the reader compares. */
    private void paintSeries(Graphics2D graphics, boolean filled) {
        var chart = new XYChart(width, height);
        var styler = chart.getStyler();
        styler.setLegendVisible(false).setChartTitleVisible(false).setChartPadding(0).setPlotContentSize(1)
                .setPlotBorderVisible(false).setPlotBackgroundColor(CLEAR).setChartBackgroundColor(CLEAR)
                .setMarkerSize(
                        MARKER_SIZE);
        styler.setPlotMargin(0).setPlotGridLinesVisible(false).setPlotTicksMarksVisible(false);
        styler.setXAxisTicksVisible(false).setYAxisTicksVisible(false).setXAxisTitleVisible(false)
                .setYAxisTitleVisible(
                        false)
                .setAxisTitlePadding(0).setAxisTickPadding(0).setAxisTickMarkLength(0);
        // XChart gets places in the plot, not values: one scale for all that is drawn.
        styler.setXAxisMin(0.0).setXAxisMax((double) width).setYAxisMin(0.0).setYAxisMax((double) height);
        for (Layer layer : layers) {
            if (layer instanceof Layer.Band band) {
                addBand(chart, band);
            }
        }
        for (Layer layer : layers) {
            if (layer instanceof Layer.Measured measured && isLine(measured)) {
                addLine(chart, measured.x(), measured.y(),
                        Styles.tint(styles.get(measured.label()).color(), THIN_TINT),
                        THIN);
            }
        }
        for (Layer layer : layers) {
            if (layer instanceof Layer.Theory theory) {
                Styles.Style style = styles.get(theory.label());
                if (filled) {
                    addLine(chart, theory.x(), theory.y(), Color.WHITE,
                            new BasicStroke(2 * Styles.LINE_WIDTH));
                }
                addLine(chart, theory.x(), theory.y(), style.color(), style.stroke());
            }
        }
        for (Layer layer : layers) {
            if (layer instanceof Layer.Measured measured) {
                addMarkers(chart, measured);
            }
        }
        if (!chart.getSeriesCollection().isEmpty()) {
            chart.paint(graphics, width, height);
        }
    }

    private void addLine(XYChart chart, double[] xs, double[] ys, Color color, BasicStroke stroke) {
        XYSeries series = add(chart, xs, ys);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(stroke);
        series.setLineWidth(stroke.getLineWidth());
    }

    private void addMarkers(XYChart chart, Layer.Measured measured) {
        double[] xs = measured.x();
        double[] ys = measured.y();
        if (isDenseCurve(measured)) {
            int[] shown = evenlySpaced(measured);
            xs = Arrays.stream(shown).mapToDouble(i -> measured.x()[i]).toArray();
            ys = Arrays.stream(shown).mapToDouble(i -> measured.y()[i]).toArray();
        }
        if (xs.length == 0) {
            return;
        }
        Styles.Style style = styles.get(measured.label());
        XYSeries series = add(chart, xs, ys);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(xs.length <= DENSE ? style.marker() : style.marker().small(xs.length));
        series.setMarkerColor(style.color());
    }

    /** Indices of points at about equal distances along the x axis. */
    private int[] evenlySpaced(Layer.Measured measured) {
        List<Integer> shown = new ArrayList<>();
        double next = Double.NEGATIVE_INFINITY;
        double step = (double) width / MARKERS_ON_DENSE;
        for (int i = 0; i < measured.x().length; i++) {
            double at = px(measured.x()[i]);
            if (at >= next && !Double.isNaN(measured.y()[i])) {
                shown.add(i);
                next = at + step;
            }
        }
        return shown.stream().mapToInt(Integer::intValue).toArray();
    }

    private void addBand(XYChart chart, Layer.Band band) {
        int start = 0;
        int length = band.x().length;
        while (start < length) {
            int end = start;
            while (end < length && !Double.isNaN(band.x()[end] + band.low()[end] + band.high()[end])) {
                end++;
            }
            if (end - start >= 2) {
                int points = end - start;
                double[] xs = new double[2 * points];
                double[] ys = new double[2 * points];
                for (int i = 0; i < points; i++) {
                    xs[i] = band.x()[start + i];
                    xs[2 * points - 1 - i] = xs[i];
                    ys[i] = above(band.low()[start + i]);
                    ys[2 * points - 1 - i] = above(band.high()[start + i]);
                }
                Color color = styles.get(band.label()).color();
                XYSeries series = add(chart, xs, ys);
                series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
                series.setMarker(SeriesMarkers.NONE);
                series.setLineStyle(SeriesLines.NONE);
                series.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) (255
                        * AREA_TINT)));
            }
            start = end + 1;
        }
    }

    /** On a logarithmic axis the edge of a band may reach below zero: it is then cut at the axis. */
    private double above(double value) {
        return y.log() ? Math.max(value, y.min() / 10) : value;
    }

    private XYSeries add(XYChart chart, double[] xs, double[] ys) {
        double[] across = new double[xs.length];
        double[] up = new double[ys.length];
        for (int i = 0; i < xs.length; i++) {
            boolean gap = Double.isNaN(xs[i]) || Double.isInfinite(xs[i]) || Double.isInfinite(ys[i]);
            across[i] = gap ? 0 : px(xs[i]);
            up[i] = gap ? Double.NaN : height - py(ys[i]);
        }
        return chart.addSeries(Integer.toString(chart.getSeriesCollection().size()), across, up);
    }

    private void paintAbove(Graphics2D graphics, Layer layer) {
        switch (layer) {
            case Layer.Trajectory trajectory -> paintTrajectory(graphics, trajectory);
            case Layer.Ray ray -> paintRay(graphics, ray);
            case Layer.Note note -> {
                double textWidth = Lettering.width(note.text(), Lettering.SMALL);
                double left = Math.clamp(px(note.x()) + 5, 3, Math.max(3, width - textWidth - 3));
                double base = Math.clamp(py(note.y()) - 5, 12, height - 4.0);
                Lettering.drawOver(graphics, note.text(), Lettering.SMALL, Lettering.INK, left, base, 0);
            }
            default -> {
                // Drawn before.
            }
        }
    }

    private void paintTrajectory(Graphics2D graphics, Layer.Trajectory trajectory) {
        Color color = styles.get(trajectory.label()).color();
        graphics.setStroke(THIN);
        ColorScale scale = trajectory.value() == null ? null : ColorScale.of(layers);
        Point2D previous = null;
        for (int i = 0; i < trajectory.x().length; i++) {
            if (Double.isNaN(trajectory.x()[i]) || Double.isNaN(trajectory.y()[i])) {
                previous = null;
                continue;
            }
            Point2D point = new Point2D.Double(px(trajectory.x()[i]), py(trajectory.y()[i]));
            if (scale != null) {
                color = scale.color(trajectory.value()[i]);
            }
            if (previous != null) {
                graphics.setColor(scale == null ? Styles.tint(color, THIN_TINT) : color);
                graphics.draw(new Line2D.Double(previous, point));
            }
            previous = point;
        }
        if (previous != null) {
            graphics.setColor(color);
            styles.get(trajectory.label()).marker().paint(graphics, previous.getX(), previous.getY(), 5);
        }
    }

    private void paintRay(Graphics2D graphics, Layer.Ray ray) {
        double reach = 2 * (Math.abs(x.max()) + Math.abs(x.min()) + Math.abs(y.max()) + Math.abs(y.min()))
                / Math.hypot(
                        ray.x(), ray.y());
        var path = new Path2D.Double();
        path.moveTo(px(0), py(0));
        path.lineTo(px(ray.x() * reach), py(ray.y() * reach));
        Styles.Style style = styles.get(ray.label());
        graphics.setColor(style.color());
        graphics.setStroke(style.stroke());
        graphics.draw(path);
    }
}
