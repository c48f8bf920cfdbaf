package mechanics.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.text.AttributedString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in pictures, drawn as outlines: the same shapes on a screen, in SVG and in PDF, and no font needed where the
 * picture is read. Widths do not depend on what is drawn on. Beside Unicode (η², λ₁), {@code σ_w} and
 * {@code w_{out}} are subscripts, {@code e^t} and {@code d^{k-1}} superscripts.
 */
final class Lettering {

    static final Color INK = new Color(0x222222);
    static final Color GREY = new Color(0x666666);
    /** Has the Greek letters, operators, super- and subscripts of the notebooks; the JDK substitutes where missing. */
    private static final String FAMILY = "DejaVu Sans";
    static final Font TITLE = new Font(FAMILY, Font.BOLD, 13);
    static final Font AXIS = new Font(FAMILY, Font.PLAIN, 13);
    static final Font SMALL = new Font(FAMILY, Font.PLAIN, 11);
    static final Font LEGEND = new Font(FAMILY, Font.PLAIN, 12);

    /** {@code _x}, {@code _{text}}, {@code ^x} or {@code ^{text}}; a single character only where its word ends. */
    private static final Pattern SHIFTED = Pattern.compile("([_^])(?:\\{([^}]+)}|(\\w)(?!\\w))");
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private Lettering() {}

    static double width(String text, Font font) {
        return text.isEmpty() ? 0 : layout(text, font).getAdvance();
    }

    /**
     * Draws one line of text.
     *
     * @param anchor where {@code x} lies in the text: 0 at its left end, 0.5 in its middle, 1 at its right end
     * @param y      the base line
     */
    static void draw(Graphics2D graphics, String text, Font font, Color color, double x, double y,
            double anchor) {
        if (!text.isEmpty()) {
            graphics.setColor(color);
            graphics.fill(outline(text, font,
                    AffineTransform.getTranslateInstance(x - anchor * width(text, font), y)));
        }
    }

    /** As {@link #draw}, on a white rim that keeps the text readable over lines. */
    static void drawOver(Graphics2D graphics, String text, Font font, Color color, double x, double y,
            double anchor) {
        if (!text.isEmpty()) {
            Shape shape = outline(text, font,
                    AffineTransform.getTranslateInstance(x - anchor * width(text, font), y));
            graphics.setColor(Color.WHITE);
            graphics.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(shape);
            graphics.setColor(color);
            graphics.fill(shape);
        }
    }

    /** Draws text that reads upwards, its middle at {@code y}. */
    static void drawUpwards(Graphics2D graphics, String text, Font font, Color color, double x, double y) {
        if (!text.isEmpty()) {
            var place = AffineTransform.getTranslateInstance(x, y);
            place.rotate(-Math.PI / 2);
            place.translate(-width(text, font) / 2, 0);
            graphics.setColor(color);
            graphics.fill(outline(text, font, place));
        }
    }

    /** Breaks text between words into lines no wider than {@code width}; a longer single word keeps its own line. */
    static List<String> wrap(String text, Font font, double width) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && width(line + " " + word, font) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static Shape outline(String text, Font font, AffineTransform place) {
        return layout(text, font).getOutline(place);
    }

    private static TextLayout layout(String text, Font font) {
        var plain = new StringBuilder();
        record Shifted(int from, int to, Integer shift) {}
        List<Shifted> shifted = new ArrayList<>();
        Matcher matcher = SHIFTED.matcher(text);
        while (matcher.find()) {
            matcher.appendReplacement(plain, "");
            int from = plain.length();
            plain.append(matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            shifted.add(new Shifted(from, plain.length(), matcher.group(1).equals("_")
                    ? TextAttribute.SUPERSCRIPT_SUB
                    : TextAttribute.SUPERSCRIPT_SUPER));
        }
        matcher.appendTail(plain);
        var attributed = new AttributedString(plain.toString());
        attributed.addAttribute(TextAttribute.FONT, font);
        for (Shifted part : shifted) {
            attributed.addAttribute(TextAttribute.FONT,
                    font.deriveFont(Map.of(TextAttribute.SUPERSCRIPT, part.shift)),
                    part.from, part.to);
        }
        return new TextLayout(attributed.getIterator(), CONTEXT);
    }
}
