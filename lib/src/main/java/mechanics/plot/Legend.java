package mechanics.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One entry for each label, in rows below the picture, where it can cover nothing. */
record Legend(List<List<Entry>> rows, double width) {

    private static final double SWATCH = 26;
    private static final double GAP = 6;
    private static final double BETWEEN = 18;
    private static final double ROW = 19;
    private static final String SECOND = "measured otherwise";

    /** A label with everything that is drawn under it. */
    record Entry(String label, Styles.Style style, boolean line, boolean marker, boolean thin, boolean area,
            boolean cross) {

        /** Whether one color means both theory and measurement. */
        boolean isPair() { return line && marker; }

        /** Whether crosses are a second measurement beside markers, and not what the label alone means. */
        boolean isMeasuredTwice() {
            return marker && cross;
        }

        double width() { return SWATCH + GAP + Lettering.width(label, Lettering.LEGEND); }
    }

    static Legend of(List<Mark> layers, Styles styles, double width) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, Styles.Style> label : styles.all().entrySet()) {
            if (!label.getKey().isEmpty()) {
                entries.put(label.getKey(), entry(label.getKey(), label.getValue(), layers));
            }
        }
        boolean pair = entries.values().stream().anyMatch(Entry::isPair);
        boolean twice = entries.values().stream().anyMatch(Entry::isMeasuredTwice);
        // One color is shared by theory and measurements: say which is which.
        var grey = new Styles.Style(Lettering.GREY, Symbol.of(0), styles.get("").stroke());
        if (pair) entries.putIfAbsent("theory", new Entry("theory", grey, true, false, false, false, false));
        if (pair || twice) {
            entries.putIfAbsent("measured", new Entry("measured", grey, false, true, false, false, false));
        }
        if (twice) entries.putIfAbsent(SECOND, new Entry(SECOND, grey, false, false, false, false, true));
        return new Legend(rows(entries.values(), width), width);
    }

    /** In rows as wide as the picture; the last row has company. */
    private static List<List<Entry>> rows(Collection<Entry> entries, double width) {
        List<List<Entry>> rows = new ArrayList<>();
        double used = Double.POSITIVE_INFINITY;
        for (Entry entry : entries) {
            if (used + BETWEEN + entry.width() > width) {
                rows.add(new ArrayList<>());
                used = -BETWEEN;
            }
            rows.getLast().add(entry);
            used += BETWEEN + entry.width();
        }
        if (rows.size() > 1 && rows.getLast().size() == 1) {
            List<Entry> before = rows.get(rows.size() - 2);
            boolean fits = before.getLast().width() + BETWEEN + used <= width;
            if (before.size() > 2 && fits) rows.getLast().addFirst(before.removeLast());
        }
        return rows;
    }

    private static Entry entry(String label, Styles.Style style, List<Mark> layers) {
        boolean line = false;
        boolean marker = false;
        boolean thin = false;
        boolean area = false;
        boolean cross = false;
        for (Mark layer : layers) {
            if (layer.label().equals(label)) {
                switch (layer) {
                    case Mark.Theory _,Mark.Ray _ -> line = true;
                    case Mark.Measured measured -> {
                        marker = true;
                        thin |= measured.isLine();
                    }
                    case Mark.Trajectory _ -> {
                        marker = true;
                        thin = true;
                    }
                    case Mark.Band _,Mark.Bars _ -> area = true;
                    case Mark.Crosses _ -> cross = true;
                    case Mark.Heat _,Mark.Reference _,Mark.Note _ -> {
                        // These carry their own words, or the caption says them.
                    }
                }
            }
        }
        return new Entry(label, style, line, marker, thin, area, cross);
    }

    double height() { return rows.isEmpty() ? 0 : rows.size() * ROW + 8; }

    void paint(Graphics2D graphics) {
        for (int i = 0; i < rows.size(); i++) {
            List<Entry> row = rows.get(i);
            double total = -BETWEEN;
            for (Entry entry : row) {
                total += BETWEEN + entry.width();
            }
            double x = (width - total) / 2;
            double y = 4 + (i + 0.5) * ROW;
            for (Entry entry : row) {
                paint(graphics, entry, x, y);
                Lettering.draw(graphics, entry.label, Lettering.LEGEND, Lettering.INK, x + SWATCH + GAP,
                        y + 4.3, 0);
                x += entry.width() + BETWEEN;
            }
        }
    }

    private static void paint(Graphics2D graphics, Entry entry, double x, double y) {
        Color color = entry.style.color();
        if (entry.area) {
            graphics.setColor(Styles.tint(color, Styles.AREA_TINT));
            graphics.fill(new Rectangle2D.Double(x, y - 6, SWATCH, 12));
        }
        if (entry.thin) {
            graphics.setColor(Styles.tint(color, Styles.THIN_TINT));
            graphics.setStroke(Styles.THIN);
            graphics.draw(new Line2D.Double(x, y, x + SWATCH, y));
        }
        if (entry.line) {
            graphics.setColor(color);
            graphics.setStroke(entry.style.stroke());
            graphics.draw(new Line2D.Double(x, y, x + SWATCH, y));
        }
        if (entry.marker) {
            graphics.setColor(color);
            entry.style.symbol().paint(graphics, x + SWATCH / 2, y, 0);
        }
        if (entry.cross && !entry.marker) {
            graphics.setColor(color.darker());
            new CrossMarker().paint(graphics, x + SWATCH / 2, y, 0);
        }
    }
}
