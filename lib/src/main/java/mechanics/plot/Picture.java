package mechanics.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import mechanics.base.Html;
import mechanics.base.Renderable;
import mechanics.base.Rendering;

/**
 * What can be shown and saved as a picture: a {@link Figure}, a {@link FigureGrid}, an {@link ImageGrid} or a
 * {@link ChartFigure}.
 *
 * <p>
 * A picture is drawn in units of 1/96 inch. {@link #image()} has twice that density, so that it is sharp on fine
 * screens, and {@link #render()} tells the notebook to show it at its nominal size. The same picture always gives the
 * same bytes.
 */
public abstract sealed class Picture implements Renderable
        permits Figure, FigureGrid, ImageGrid, ChartFigure {

    /** Pixels per unit in {@link #image()}. */
    static final int DENSITY = 2;

    /** What is written above the picture. */
    public abstract String title();

    /** What stands under the picture; empty if there is none. */
    public abstract String caption();

    /** Width and height without legend, in units of 1/96 inch. */
    abstract Size panelSize();

    /** Room that axes need around the plot inside a panel of the given size. */
    abstract Margins margins(Size size);

    /** Draws the panel inside {@code area}. The title's left end is given: a grid puts a letter before it. */
    abstract void paintPanel(Graphics2D graphics, Rectangle2D area, Margins margins, Styles styles,
            String letter);

    /** Everything drawn, for the legend and for CSV. */
    abstract List<Mark> layers();

    /** Whether the labels are an ordered family, such as widths. */
    abstract boolean isOrdered();

    /** Columns before {@code series} in CSV: a grid names its panels. */
    abstract List<DataTable.Row> rows();

    /** The picture with twice the nominal number of pixels in each direction, on white. */
    public final BufferedImage image() {
        return image(Sheet.of(this));
    }

    /** The image as a file, in which the colors of series are exactly those of the legend. */
    final byte[] png() {
        Sheet sheet = Sheet.of(this);
        return Png.encode(image(sheet), sheet.styles().colors());
    }

    private static BufferedImage image(Sheet sheet) {
        var image = new BufferedImage((int) Math.ceil(DENSITY * sheet.width()),
                (int) Math.ceil(DENSITY * sheet
                        .height()),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(DENSITY, DENSITY);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            sheet.paint(graphics);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /**
     * Saves by the ending of the name: {@code .png} (twice the nominal size), {@code .svg} and {@code .pdf} (text as
     * outlines, so that no font is needed), {@code .csv} (the numbers, one row for each point:
     * {@code series,kind,x,y,error}).
     *
     * @throws IllegalArgumentException if the name has another ending
     * @throws UncheckedIOException     if the file cannot be written; an existing file is then left as it was
     */
    public final void save(Path file) { Export.save(this, file); }

    /** PNG, HTML with the caption under the image, and the title and caption as plain text. */
    @Override
    public final Rendering render() {
        Sheet sheet = Sheet.of(this);
        BufferedImage image = image(sheet);
        byte[] png = Png.encode(image, sheet.styles().colors());
        int width = image.getWidth() / DENSITY;
        int height = image.getHeight() / DENSITY;
        String description = description();
        String html = "<figure style=\"margin:0.5em 0;max-width:%dpx\">".formatted(width)
                + "<img width=\"%d\" height=\"%d\" style=\"max-width:100%%;height:auto\" alt=\"%s\" src=\"data:image/png;base64,%s\">"
                        .formatted(width, height, Html.escape(description), Base64.getEncoder()
                                .encodeToString(png))
                + (caption().isEmpty()
                        ? ""
                        : "<figcaption style=\"font-size:90%%;line-height:1.4\">%s</figcaption>"
                                .formatted(Html.escape(caption())))
                + "</figure>";
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(Rendering.PNG, png);
        data.put(Rendering.HTML, html);
        data.put(Rendering.TEXT, description);
        return new Rendering(data,
                Map.of(Rendering.PNG, Map.of("width", width, "height", height, "alt", description)));
    }

    /** Title and caption in one line: what a reader who does not see the picture gets. */
    String description() {
        if (caption().isEmpty()) {
            return title();
        }
        return title() + (title().matches(".*[.?!]") ? " " : ". ") + caption();
    }
}
