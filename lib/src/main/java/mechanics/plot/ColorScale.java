package mechanics.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Numbers as colors, with the bar that explains them. Values of both signs get a diverging map with white at zero.
 *
 * @param label what the colors mean
 */
record ColorScale(String label, double min, double max, ColorMap map) {

    private static final double BAR = 12;
    private static final double GAP = 12;
    private static final int STEPS = 127;

    /** The scale of the values that a figure shows by color; null if it shows none. */
    static ColorScale of(List<Mark> layers) {
        ColorScale scale = null;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        String label = "";
        for (Mark layer : layers) {
            double[][] values = switch (layer) {
                case Mark.Heat heat -> heat.values();
                case Mark.Trajectory trajectory when trajectory.value() != null ->
                    new double[][]{trajectory.value()};
                default -> null;
            };
            if (values != null) {
                scale = of(values);
                min = Math.min(min, scale.min);
                max = Math.max(max, scale.max);
                label = layer.label();
            }
        }
        return scale == null ? null : of(label, min, max);
    }

    static ColorScale of(double[][] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double[] row : values) {
            for (double value : row) {
                if (!Double.isNaN(value)) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
        }
        return of("", min, max);
    }

    private static ColorScale of(String label, double min, double max) {
        if (min < 0 && max > 0) {
            double reach = Math.max(-min, max);
            return new ColorScale(label, -reach, reach, ColorMap.DIVERGING);
        }
        // A single value has the color of the lower end.
        double end = max > min ? max : min + Math.max(1, Math.abs(min) / 10);
        return Double.isFinite(end)
                ? new ColorScale(label, min, end, ColorMap.SEQUENTIAL)
                : new ColorScale(label, min / 2, max, ColorMap.SEQUENTIAL);
    }

    Color color(double value) { return map.at(range().place(value)); }

    /** The color to the nearest of 128 steps, so that neighboring values of a smooth curve share one. */
    Color shade(double value) {
        return map.at(Math.rint(STEPS * range().place(value)) / STEPS);
    }

    private Range range() { return new Range(min, max, false, false); }

    private Ticks ticks(double height) { return Ticks.of(range(), new double[0], (int) (height / 45)); }

    /** Room that the bar needs beside a plot of that height. */
    double width(double height) {
        double widest = 0;
        for (Ticks.Tick tick : ticks(height).ticks()) {
            widest = Math.max(widest, Lettering.width(tick.label(), Lettering.SMALL));
        }
        return GAP + BAR + 5 + widest + (label.isEmpty() ? 4 : 22);
    }

    /** Paints the bar to the right of {@code x}. */
    void paint(Graphics2D graphics, double x, double y, double height) {
        int steps = (int) (2 * height);
        for (int i = 0; i < steps; i++) {
            graphics.setColor(map.at(1 - (i + 0.5) / steps));
            graphics.fill(new Rectangle2D.Double(x + GAP, y + i * height / steps, BAR, height / steps + 0.5));
        }
        double widest = 0;
        Ticks ticks = ticks(height);
        for (Ticks.Tick tick : ticks.ticks()) {
            double at = y + height * (1 - range().place(tick.value()));
            graphics.setColor(Lettering.INK);
            graphics.setStroke(new BasicStroke(1));
            graphics.draw(new Line2D.Double(x + GAP + BAR, at, x + GAP + BAR + 3, at));
            Lettering.draw(graphics, tick.label(), Lettering.SMALL, Lettering.INK, x + GAP + BAR + 5, at + 4,
                    0);
            widest = Math.max(widest, Lettering.width(tick.label(), Lettering.SMALL));
        }
        String text = ticks.factor().isEmpty() ? label : label + " (" + ticks.factor() + ")";
        Lettering.drawUpwards(graphics, text, Lettering.SMALL, Lettering.INK, x + GAP + BAR + 5 + widest + 15,
                y + height
                        / 2);
    }
}
