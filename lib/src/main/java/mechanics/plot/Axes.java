package mechanics.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pair of axes with a title above, names and ticks beside, and marks between: what they show, how much room they need
 * and how they are painted.
 *
 * @param square whether one unit has the same length on both axes
 */
record Axes(String title, Axis xAxis, Axis yAxis, boolean square, List<Mark> layers) {

    private static final double TITLE_LINE = 17;
    private static final double TICK_LENGTH = 4;

    /** Room for all that stands around the plot. */
    Margins margins(Size panel) {
        Range y = range(yAxis, 1);
        double top = 8
                + (title.isEmpty() ? 0 : TITLE_LINE * titleLines(title, panel.width() - 60).size() + 2);
        double bottom = TICK_LENGTH + 16 + (xAxis.label().isEmpty() ? 4 : 20);
        if (layers.stream().anyMatch(layer -> layer instanceof Mark.Reference line && line.vertical())) {
            top += 14;
        }
        double height = panel.height() - top - bottom;
        Ticks ticks = yTicks(y, height);
        double widest = 0;
        for (Ticks.Tick tick : ticks.ticks()) {
            widest = Math.max(widest, Lettering.width(tick.label(), Lettering.SMALL));
        }
        double left = TICK_LENGTH + 4 + widest + (yAxis.label().isEmpty() ? 6 : 24);
        double right = 14 + referenceWidth();
        ColorScale colors = ColorScale.of(layers);
        if (colors != null) {
            right += colors.width(height);
        }
        if (!ticks.factor().isEmpty()) {
            top += 12;
        }
        return new Margins(top, left, bottom, right);
    }

    /** Room for the names of horizontal reference lines. */
    private double referenceWidth() {
        double widest = 0;
        for (Mark layer : layers) {
            if (layer instanceof Mark.Reference line && !line.vertical()) {
                widest = Math.max(widest, Lettering.width(line.text(), Lettering.SMALL));
            }
        }
        return widest;
    }

    /** Title, plot, ticks and names in an area; the letter is what a grid gives. */
    void paint(Graphics2D graphics, Rectangle2D area, Margins margins, Styles styles, String letter) {
        int left = (int) Math.round(area.getX() + margins.left());
        int top = (int) Math.round(area.getY() + margins.top());
        int width = (int) Math.round(area.getMaxX() - margins.right()) - left;
        int height = (int) Math.round(area.getMaxY() - margins.bottom()) - top;
        paintTitle(graphics, letter, title, area, left);
        Frame frame = frame(width, height);
        Ticks xTicks = xTicks(frame.x(), width);
        Ticks yTicks = yTicks(frame.y(), height);
        AffineTransform place = graphics.getTransform();
        graphics.translate(left, top);
        ChartPainter.paint(graphics, layers, frame, styles, xTicks, yTicks);
        paintAxes(graphics, frame, xTicks, yTicks);
        paintReferenceNames(graphics, frame, styles);
        graphics.setTransform(place);
        Lettering.draw(graphics, xAxis.label(), Lettering.AXIS, Lettering.INK, left + width / 2.0,
                area.getMaxY() - 6,
                0.5);
        Lettering.drawUpwards(graphics, yAxis.label(), Lettering.AXIS, Lettering.INK, area.getX() + 14,
                top + height
                        / 2.0);
        ColorScale colors = ColorScale.of(layers);
        if (colors != null) {
            colors.paint(graphics, left + width + referenceWidth(), top, height);
        }
    }

    /** The title over the plot, or over the whole width if it is long, after the letter that a grid gives. */
    static void paintTitle(Graphics2D graphics, String letter, String title, Rectangle2D area,
            double plotLeft) {
        double y = area.getY() + 16;
        double x = area.getX() + 6;
        Lettering.draw(graphics, letter, Lettering.TITLE, Lettering.INK, x, y, 0);
        double start = Math.max(letter.isEmpty() ? x : x + 20, Math.min(plotLeft, area.getX() + 54));
        for (String line : titleLines(title, area.getWidth() - 60)) {
            Lettering.draw(graphics, line, Lettering.TITLE, Lettering.INK, start, y, 0);
            y += TITLE_LINE;
        }
    }

    static List<String> titleLines(String title, double width) {
        return Lettering.wrap(title, Lettering.TITLE, width);
    }

    /** What the axes show on so many units. */
    Frame frame(int width, int height) {
        Range x = range(xAxis, 0);
        Range y = range(yAxis, 1);
        if (square) {
            // In halves: a whole length may be no number.
            double half = Math.max((x.max() / 2 - x.min() / 2) / width, (y.max() / 2 - y.min() / 2) / height);
            x = x.around(half * width);
            y = y.around(half * height);
        }
        return new Frame(x, y, width, height);
    }

    private void paintAxes(Graphics2D graphics, Frame plot, Ticks xTicks, Ticks yTicks) {
        int width = plot.width();
        int height = plot.height();
        graphics.setColor(Lettering.INK);
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(new Line2D.Double(0, height, width, height));
        graphics.draw(new Line2D.Double(0, 0, 0, height));
        for (Ticks.Tick tick : xTicks.ticks()) {
            double at = plot.px(tick.value());
            double length = tick.label().isEmpty() ? TICK_LENGTH / 2 : TICK_LENGTH;
            graphics.setColor(Lettering.INK);
            graphics.draw(new Line2D.Double(at, height, at, height + length));
            Lettering.draw(graphics, tick.label(), Lettering.SMALL, Lettering.INK, at,
                    height + TICK_LENGTH + 12, 0.5);
        }
        for (Ticks.Tick tick : yTicks.ticks()) {
            double at = plot.py(tick.value());
            double length = tick.label().isEmpty() ? TICK_LENGTH / 2 : TICK_LENGTH;
            graphics.setColor(Lettering.INK);
            graphics.draw(new Line2D.Double(-length, at, 0, at));
            Lettering.draw(graphics, tick.label(), Lettering.SMALL, Lettering.INK, -TICK_LENGTH - 4, at + 4,
                    1);
        }
        Lettering.draw(graphics, xTicks.factor(), Lettering.SMALL, Lettering.INK, width,
                height + TICK_LENGTH + 28, 1);
        Lettering.draw(graphics, yTicks.factor(), Lettering.SMALL, Lettering.INK, -TICK_LENGTH, -7, 0.5);
    }

    /** Names of reference lines stand outside the plot, pushed apart where they would overlap. */
    private void paintReferenceNames(Graphics2D graphics, Frame plot, Styles styles) {
        int width = plot.width();
        int height = plot.height();
        List<Mark.Reference> levels = new ArrayList<>();
        List<Mark.Reference> places = new ArrayList<>();
        for (Mark layer : layers) {
            if (layer instanceof Mark.Reference line
                    && (line.vertical() ? plot.x() : plot.y()).contains(line.at())) {
                (line.vertical() ? places : levels).add(line);
            }
        }
        double[] at = levels.stream().mapToDouble(line -> plot.py(line.at()) + 4).toArray();
        double[] room = new double[at.length];
        Arrays.fill(room, 13);
        Spacing.spread(at, room, 10, height + 4.0);
        for (int i = 0; i < at.length; i++) {
            Mark.Reference line = levels.get(i);
            Lettering.draw(graphics, line.text(), Lettering.SMALL, styles.get(line.series()).color(),
                    width + 5.0, at[i],
                    0);
        }
        at = places.stream().mapToDouble(line -> plot.px(line.at())).toArray();
        room = places.stream().mapToDouble(line -> Lettering.width(line.text(), Lettering.SMALL) + 8)
                .toArray();
        Spacing.spread(at, room, 0, width);
        for (int i = 0; i < at.length; i++) {
            Mark.Reference line = places.get(i);
            Lettering.draw(graphics, line.text(), Lettering.SMALL, styles.get(line.series()).color(), at[i],
                    -5, 0.5);
        }
    }

    private Ticks xTicks(Range range, double width) {
        return Ticks.of(range, xAxis.ticks(), (int) (width / (range.log() ? 46 : 62)));
    }

    private Ticks yTicks(Range range, double height) {
        return Ticks.of(range, yAxis.ticks(), (int) (height / 34));
    }

    private Range range(Axis axis, int coordinate) {
        double[] values = layers.stream().flatMap(layer -> layer.extent().stream()).mapToDouble(
                point -> point[coordinate]).toArray();
        Range range = Range.of(values, axis.log(), axis.min(), axis.max());
        if (layers.stream().anyMatch(Mark.Heat.class::isInstance) && Double.isNaN(axis.min() + axis.max())) {
            // Cells fill the plot to its edges.
            double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
            double low = Double.isNaN(axis.min()) ? Arrays.stream(finite).min().orElseThrow() : axis.min();
            double high = Double.isNaN(axis.max()) ? Arrays.stream(finite).max().orElseThrow() : axis.max();
            return Range.of(values, axis.log(), low, high);
        }
        boolean bars = layers.stream().anyMatch(Mark.Bars.class::isInstance);
        if (coordinate == 1 && bars && !axis.log() && Double.isNaN(axis.min())
                && Arrays.stream(values).allMatch(
                        value -> !(value < 0))) {
            // Bars stand on the axis.
            return new Range(0, range.max(), false, false);
        }
        return range;
    }
}
