package mechanics.plot;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Grey images in rows and columns, such as the samples of several models from the same noise:
 *
 * <pre>{@code
 * ImageGrid.of("Same noise, nearly the same image").columns("seed 1", "seed 2").row("U-Net", a1, a2).row("transformer", b1, b2)
 * }</pre>
 *
 * <p>
 * All images share one scale of grey, from the least to the greatest value unless {@link #range} says otherwise.
 * Immutable: every method returns a new grid. Arrays are copied.
 */
public final class ImageGrid extends Picture {

    private static final double GAP = 4;
    private static final double DEFAULT_CELL = 64;

    private final String title;
    private final String caption;
    private final List<String> columnLabels;
    private final List<Row> imageRows;
    private final double low;
    private final double high;
    private final double cell;

    /** A labeled row of images, each height × width. */
    private record Row(String label, List<double[][]> images) {}

    private ImageGrid(String title, String caption, List<String> columnLabels, List<Row> imageRows,
            double low,
            double high, double cell) {
        this.title = title;
        this.caption = caption;
        this.columnLabels = List.copyOf(columnLabels);
        this.imageRows = List.copyOf(imageRows);
        this.low = low;
        this.high = high;
        this.cell = cell;
    }

    /** An empty grid. */
    public static ImageGrid of(String title) {
        return new ImageGrid(title, "", List.of(), List.of(), Double.NaN, Double.NaN, DEFAULT_CELL);
    }

    /**
     * A row of images below the others. Rows may have different lengths.
     *
     * @param images each height × width, all of one size
     */
    public ImageGrid row(String label, double[][]... images) {
        if (images.length == 0) {
            throw new IllegalArgumentException("row \"" + label + "\" is empty: expected at least one image");
        }
        List<double[][]> copies = new ArrayList<>();
        double[][] first = imageRows.isEmpty() ? images[0] : imageRows.getFirst().images.getFirst();
        for (int i = 0; i < images.length; i++) {
            String name = label + "[" + i + "]";
            PlotInputs.requireMatrix(name, images[i]);
            if (images[i].length != first.length || images[i][0].length != first[0].length) {
                throw new IllegalArgumentException("image \"" + name + "\" is " + images[i].length + " × "
                        + images[i][0].length + ": expected " + first.length + " × " + first[0].length
                        + ", as the first image");
            }
            copies.add(PlotInputs.copy(images[i]));
        }
        List<Row> rows = new ArrayList<>(imageRows);
        rows.add(new Row(label, List.copyOf(copies)));
        return new ImageGrid(title, caption, columnLabels, rows, low, high, cell);
    }

    /** Names of the columns, above them. */
    public ImageGrid columns(String... labels) {
        return new ImageGrid(title, caption, List.of(labels), imageRows, low, high, cell);
    }

    /** The values that are black and white. */
    public ImageGrid range(double black, double white) {
        PlotInputs.requireFinite("range", "black", black);
        PlotInputs.requireFinite("range", "white", white);
        if (black == white) {
            throw new IllegalArgumentException(
                    "range: black = white = " + black + ": expected two different values");
        }
        return new ImageGrid(title, caption, columnLabels, imageRows, black, white, cell);
    }

    /** Width of one image in units of 1/96 inch; 64 if not said. */
    public ImageGrid cell(double width) {
        if (!(width >= 8 && width <= 1000)) {
            throw new IllegalArgumentException("cell = " + width + ": expected at least 8 and at most 1000");
        }
        return new ImageGrid(title, caption, columnLabels, imageRows, low, high, width);
    }

    /** What stands under the grid. */
    public ImageGrid caption(String text) {
        return new ImageGrid(title, text, columnLabels, imageRows, low, high, cell);
    }

    @Override
    public String title() { return title; }

    @Override
    public String caption() { return caption; }

    @Override
    boolean isOrdered() { return false; }

    @Override
    List<Mark> layers() { return List.of(); }

    @Override
    List<DataTable.Row> rows() {
        List<DataTable.Row> rows = new ArrayList<>();
        for (Row row : imageRows) {
            for (int k = 0; k < row.images.size(); k++) {
                String column = k < columnLabels.size() ? columnLabels.get(k) : Integer.toString(k);
                double[][] image = row.images.get(k);
                for (int i = 0; i < image.length; i++) {
                    for (int j = 0; j < image[i].length; j++) {
                        rows.add(new DataTable.Row("", row.label + " / " + column, "pixel", j, i, Double.NaN,
                                image[i][j]));
                    }
                }
            }
        }
        return rows;
    }

    @Override
    Size panelSize() {
        double titleWidth = Lettering.width(title, Lettering.TITLE) + 12;
        return new Size(
                Math.max(Math.max(160, Math.min(titleWidth, 620)),
                        labelWidth() + columnCount() * (cell + GAP) + 8),
                titleHeight(620) + headHeight() + imageRows.size() * (cellHeight() + GAP) + 6);
    }

    @Override
    Margins margins(Size size) { return Margins.NONE; }

    @Override
    void paintPanel(Graphics2D graphics, Rectangle2D area, Margins margins, Styles styles, String letter) {
        Axes.paintTitle(graphics, letter, title, area, area.getX());
        Size natural = panelSize();
        double share = Math.min(1, area.getWidth() / natural.width());
        double left = area.getX() + share * labelWidth();
        double top = area.getY() + titleHeight(area.getWidth()) + headHeight();
        for (int k = 0; k < Math.min(columnLabels.size(), columnCount()); k++) {
            Lettering.draw(graphics, columnLabels.get(k), Lettering.SMALL, Lettering.INK,
                    left + share * (k * (cell + GAP)
                            + cell / 2),
                    top - 5, 0.5);
        }
        var smooth = graphics.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
                RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        for (int i = 0; i < imageRows.size(); i++) {
            Row row = imageRows.get(i);
            double y = top + share * i * (cellHeight() + GAP);
            Lettering.draw(graphics, row.label, Lettering.LEGEND, Lettering.INK, left - 8,
                    y + share * cellHeight() / 2 + 4,
                    1);
            for (int k = 0; k < row.images.size(); k++) {
                graphics.drawImage(grey(row.images.get(k)), (int) Math.round(left + share * k * (cell + GAP)),
                        (int) Math
                                .round(y),
                        (int) Math.round(share * cell), (int) Math.round(share * cellHeight()), null);
            }
        }
        if (smooth != null) {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, smooth);
        }
    }

    private BufferedImage grey(double[][] image) {
        double black = Double.isNaN(low) ? extreme(false) : low;
        double white = Double.isNaN(high) ? extreme(true) : high;
        var grey = new BufferedImage(image[0].length, image.length, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.length; i++) {
            for (int j = 0; j < image[i].length; j++) {
                double place = white == black ? 0.5 : (image[i][j] - black) / (white - black);
                grey.setRGB(j, i, Double.isNaN(place) ? 0xFFFFFF : ColorMap.GREY.at(place).getRGB());
            }
        }
        return grey;
    }

    private double extreme(boolean greatest) {
        double best = greatest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (Row row : imageRows) {
            for (double[][] image : row.images) {
                for (double[] line : image) {
                    for (double value : line) {
                        if (!Double.isNaN(value)) {
                            best = greatest ? Math.max(best, value) : Math.min(best, value);
                        }
                    }
                }
            }
        }
        return best;
    }

    private int columnCount() {
        return imageRows.stream().mapToInt(row -> row.images.size()).max().orElse(0);
    }

    private double labelWidth() {
        return 6 + imageRows.stream().mapToDouble(row -> Lettering.width(row.label, Lettering.LEGEND)).max()
                .orElse(0)
                + (imageRows.stream().allMatch(row -> row.label.isEmpty()) ? 0 : 8);
    }

    private double cellHeight() {
        if (imageRows.isEmpty()) {
            return cell;
        }
        double[][] image = imageRows.getFirst().images.getFirst();
        return cell * image.length / image[0].length;
    }

    private double titleHeight(double width) {
        return title.isEmpty() ? 6 : 8 + 17 * Axes.titleLines(title, width - 60).size();
    }

    private double headHeight() { return columnLabels.isEmpty() ? 2 : 18; }
}
