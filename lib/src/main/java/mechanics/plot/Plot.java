package mechanics.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * The inside of the axes, drawn with Java2D: every curve is one path, so that its dashes run through and a vector file
 * stays small.
 */
final class Plot {

    static final double MARKER_SIZE = 8;
    /** Half the side of the square around a cross. */
    private static final double CROSS = 4.5;
    static final BasicStroke THIN = new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    static final double THIN_TINT = 0.6;
    static final double AREA_TINT = 0.28;
    private static final BasicStroke DASHED = new BasicStroke(1.2f, BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND, 10,
            new float[]{5, 3.5f}, 0);
    /** A measured curve with more points is drawn as a thin line with some of its markers. */
    private static final int DENSE = 60;
    private static final int MARKERS_ON_DENSE = 16;

    private final List<Mark> layers;
    private final Range x;
    private final Range y;
    private final int width;
    private final int height;
    private final Styles styles;

    Plot(List<Mark> layers, Range x, Range y, int width, int height, Styles styles) {
        this.layers = layers;
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
        this.styles = styles;
    }

    /** Whether the points are so many, and ordered in x, that they are a curve rather than a cloud. */
    static boolean isDenseCurve(Mark.Measured layer) {
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
    static boolean isLine(Mark.Measured layer) {
        return layer.joined() || isDenseCurve(layer);
    }

    /** Paints with the upper left corner of the plot at the origin. */
    void paint(Graphics2D graphics, Ticks xTicks, Ticks yTicks) {
        Shape clip = graphics.getClip();
        graphics.clip(new Rectangle2D.Double(0, 0, width, height));
        layers.forEach(layer -> paintBelow(graphics, layer));
        boolean filled = layers.stream().anyMatch(Mark.Heat.class::isInstance);
        if (!filled) {
            paintGrid(graphics, xTicks, yTicks);
        }
        layers.forEach(layer -> paintBars(graphics, layer));
        layers.forEach(layer -> paintErrors(graphics, layer));
        layers.forEach(layer -> paintRay(graphics, layer));
        paintSeries(graphics, filled);
        layers.forEach(layer -> paintReference(graphics, layer));
        layers.forEach(layer -> paintAbove(graphics, layer));
        graphics.setClip(clip);
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

    private void paintBelow(Graphics2D graphics, Mark layer) {
        if (layer instanceof Mark.Heat heat) {
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

    private void paintBars(Graphics2D graphics, Mark layer) {
        if (layer instanceof Mark.Bars bars) {
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

    private void paintReference(Graphics2D graphics, Mark layer) {
        if (layer instanceof Mark.Reference reference) {
            graphics.setColor(styles.get(reference.series()).color());
            graphics.setStroke(DASHED);
            double place = reference.vertical() ? px(reference.at()) : py(reference.at());
            graphics.draw(reference.vertical()
                    ? new Line2D.Double(place, 0, place, height)
                    : new Line2D.Double(0, place,
                            width, place));
        }
    }

    private void paintErrors(Graphics2D graphics, Mark layer) {
        if (!(layer instanceof Mark.Measured measured) || measured.error() == null) {
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
        for (Mark layer : layers) {
            if (layer instanceof Mark.Band band) {
                Color color = styles.get(band.label()).color();
                graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(),
                        (int) (255 * AREA_TINT)));
                graphics.fill(region(band));
            }
        }
        for (Mark layer : layers) {
            if (layer instanceof Mark.Measured measured && isLine(measured)) {
                graphics.setColor(Styles.tint(styles.get(measured.label()).color(), THIN_TINT));
                graphics.setStroke(THIN);
                graphics.draw(curve(measured.x(), measured.y()));
            }
        }
        for (Mark layer : layers) {
            if (layer instanceof Mark.Theory theory) {
                Styles.Style style = styles.get(theory.label());
                Path2D curve = curve(theory.x(), theory.y());
                if (filled) {
                    graphics.setColor(Color.WHITE);
                    graphics.setStroke(new BasicStroke(2 * Styles.LINE_WIDTH));
                    graphics.draw(curve);
                }
                graphics.setColor(style.color());
                graphics.setStroke(style.stroke());
                graphics.draw(curve);
            }
        }
        for (Mark layer : layers) {
            if (layer instanceof Mark.Measured measured) {
                paintMarkers(graphics, measured);
            }
        }
        for (Mark layer : layers) {
            if (layer instanceof Mark.Crosses crosses) {
                paintCrosses(graphics, crosses);
            }
        }
    }

    /** Thin crosses with a white rim, larger than markers: both are seen where they meet. */
    private void paintCrosses(Graphics2D graphics, Mark.Crosses crosses) {
        for (int i = 0; i < crosses.x().length; i++) {
            double across = px(crosses.x()[i]);
            double below = py(crosses.y()[i]);
            if (!Double.isNaN(across + below)) {
                var cross = new Path2D.Double();
                cross.moveTo(across - CROSS, below - CROSS);
                cross.lineTo(across + CROSS, below + CROSS);
                cross.moveTo(across - CROSS, below + CROSS);
                cross.lineTo(across + CROSS, below - CROSS);
                graphics.setColor(Color.WHITE);
                graphics.setStroke(new BasicStroke(4));
                graphics.draw(cross);
                graphics.setColor(styles.get(crosses.label()).color().darker());
                graphics.setStroke(new BasicStroke(1.8f));
                graphics.draw(cross);
            }
        }
    }

    /** A path through the points, broken at NaN. */
    private Path2D curve(double[] xs, double[] ys) {
        var path = new Path2D.Double();
        boolean down = false;
        for (int i = 0; i < xs.length; i++) {
            double across = px(xs[i]);
            double below = py(ys[i]);
            if (Double.isNaN(across + below)) {
                down = false;
            } else if (down) {
                path.lineTo(across, below);
            } else {
                path.moveTo(across, below);
                down = true;
            }
        }
        return path;
    }

    private void paintMarkers(Graphics2D graphics, Mark.Measured measured) {
        Styles.Style style = styles.get(measured.label());
        int points = measured.x().length;
        boolean dense = isDenseCurve(measured);
        double size = dense || points <= DENSE ? MARKER_SIZE : points <= 250 ? 5 : points <= 2500 ? 3.2 : 2;
        double next = Double.NEGATIVE_INFINITY;
        graphics.setColor(style.color());
        for (int i = 0; i < points; i++) {
            double across = px(measured.x()[i]);
            double below = py(measured.y()[i]);
            if (!Double.isNaN(across + below) && (!dense || across >= next)) {
                style.marker().paint(graphics, across, below, size);
                next = across + (double) width / MARKERS_ON_DENSE;
            }
        }
    }

    /** The area between the edges of a band, one piece for each run of points without NaN. */
    private Path2D region(Mark.Band band) {
        var region = new Path2D.Double();
        int start = 0;
        while (start < band.x().length) {
            int end = start;
            while (end < band.x().length
                    && !Double.isNaN(band.x()[end] + band.low()[end] + band.high()[end])) {
                end++;
            }
            if (end > start) {
                region.moveTo(px(band.x()[start]), py(band.high()[start]));
                for (int i = start + 1; i < end; i++) {
                    region.lineTo(px(band.x()[i]), py(band.high()[i]));
                }
                for (int i = end - 1; i >= start; i--) {
                    region.lineTo(px(band.x()[i]), py(above(band.low()[i])));
                }
                region.closePath();
            }
            start = end + 1;
        }
        return region;
    }

    /** On a logarithmic axis the lower edge of a band may reach below zero: it is then cut below the axis. */
    private double above(double value) {
        return y.log() ? Math.max(value, y.min() / 10) : value;
    }

    private void paintAbove(Graphics2D graphics, Mark layer) {
        switch (layer) {
            case Mark.Trajectory trajectory -> paintTrajectory(graphics, trajectory);
            case Mark.Note note -> {
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

    private void paintTrajectory(Graphics2D graphics, Mark.Trajectory trajectory) {
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

    private void paintRay(Graphics2D graphics, Mark layer) {
        if (!(layer instanceof Mark.Ray ray)) {
            return;
        }
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
