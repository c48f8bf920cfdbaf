package mechanics.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How each label looks, in the order of first use: one color and one marker for all layers of a label, so that theory and
 * measurement of the same thing are seen as a pair. The colors are those of Okabe and Ito (2008), with a brown for the
 * yellow that white paper swallows; an ordered family (widths, sample sizes) goes from dark to light instead.
 */
final class Styles {

    /** Look of one label. */
    record Style(Color color, Symbol symbol, BasicStroke stroke) {}

    private static final int[] COLORS = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x000000,
            0x56B4E9, 0x8C564B};
    private static final float[][] DASHES = {null, {7, 3}, {2, 2.5f}, {8, 3, 2, 3}, {12, 4}, {4, 2}, {9, 3,
            2, 3, 2, 3}};
    static final float LINE_WIDTH = 2;
    /** A measured curve: thin and pale, under its symbols. */
    static final BasicStroke THIN = new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    static final double THIN_TINT = 0.6;
    /** Bands and bars. */
    static final double AREA_TINT = 0.28;
    static final BasicStroke REFERENCE = new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND,
            10, new float[]{5, 3.5f}, 0);

    private final Map<String, Style> styles = new LinkedHashMap<>();

    private Styles() {}

    static Styles of(List<Mark> layers, boolean ordered) {
        List<String> labels = new ArrayList<>();
        for (Mark layer : layers) {
            if (isSeries(layer) && !labels.contains(layer.label())) {
                labels.add(layer.label());
            }
        }
        var styles = new Styles();
        int linesAlone = 0;
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            // The lightest fifth of the map is too pale for lines on white.
            Color color = ordered
                    ? ColorMap.SEQUENTIAL.at(labels.size() == 1 ? 0 : 0.82 * i / (labels.size() - 1))
                    : new Color(COLORS[i % COLORS.length]);
            boolean alone = layers.stream().filter(layer -> layer.label().equals(label)).noneMatch(
                    Mark.Measured.class::isInstance)
                    && layers.stream().anyMatch(layer -> layer.label().equals(label)
                            && (layer instanceof Mark.Theory || layer instanceof Mark.Ray));
            // A pair is told apart by its markers; lines alone by their dashes.
            int dash = alone && !ordered ? linesAlone++ : i / COLORS.length;
            styles.styles.put(label, new Style(color, Symbol.of(i), stroke(dash)));
        }
        return styles;
    }

    /** Whether a layer has a color of its own. */
    static boolean isSeries(Mark layer) {
        return switch (layer) {
            case Mark.Reference _,Mark.Note _,Mark.Heat _ -> false;
            case Mark.Trajectory trajectory -> trajectory.value() == null;
            case Mark.Theory _,Mark.Measured _,Mark.Crosses _,Mark.Band _,Mark.Bars _,Mark.Ray _ ->
                true;
        };
    }

    private static BasicStroke stroke(int dash) {
        return new BasicStroke(LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10,
                DASHES[dash % DASHES.length],
                0);
    }

    /** The style of a label; grey for one that is not drawn as a series. */
    Style get(String label) {
        return styles.getOrDefault(label, new Style(Lettering.GREY, Symbol.of(0), stroke(0)));
    }

    /** All labels with their styles, in the order of first use. */
    Map<String, Style> all() {
        return Collections.unmodifiableMap(styles);
    }

    /** All colors that mean a series: as they are, and pale for thin curves and areas. */
    List<Color> colors() {
        List<Color> colors = new ArrayList<>(List.of(Color.WHITE, Lettering.INK, Lettering.GREY));
        for (Style style : styles.values()) {
            colors.add(style.color);
            colors.add(tint(style.color, THIN_TINT));
            colors.add(tint(style.color, AREA_TINT));
        }
        return colors;
    }

    /** A lighter version of a color: {@code share} of it on white. */
    static Color tint(Color color, double share) {
        return new Color(mix(color.getRed(), share), mix(color.getGreen(), share),
                mix(color.getBlue(), share));
    }

    private static int mix(int channel, double share) {
        return (int) Math.round(255 - share * (255 - channel));
    }
}
