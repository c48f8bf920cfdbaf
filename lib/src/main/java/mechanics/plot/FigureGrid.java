package mechanics.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

import mechanics.base.Numerals;

/**
 * Pictures side by side, row by row: panels a, b, c … with one legend below for all of them. A label has the same color
 * in every panel; plots in one column begin and end at the same places. Made by {@link Figure#grid}.
 */
public final class FigureGrid extends Picture {

    private static final double GAP = 14;
    private static final double TITLE = 26;
    private static final double WIDEST = 900;

    private final String title;
    private final String caption;
    private final int columns;
    private final double width;
    private final List<Picture> panels;

    private FigureGrid(String title, String caption, int columns, double width,
            List<? extends Picture> panels) {
        this.title = title;
        this.caption = caption;
        this.columns = columns;
        this.width = width;
        this.panels = List.copyOf(panels);
    }

    static FigureGrid of(int columns, List<? extends Picture> panels) {
        if (columns < 1) {
            throw new IllegalArgumentException("columns = " + columns + ": expected a positive number");
        }
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("no panels: expected at least one");
        }
        return new FigureGrid("", "", Math.min(columns, panels.size()), Double.NaN, panels);
    }

    /** A title over all panels. */
    public FigureGrid title(String text) {
        return new FigureGrid(text, caption, columns, width, panels);
    }

    /** What stands under all panels; it may speak of (a), (b), … */
    public FigureGrid caption(String text) {
        return new FigureGrid(title, text, columns, width, panels);
    }

    /** Width of the whole in units of 1/96 inch; if not said, that of the panels but at most 900. */
    public FigureGrid width(double units) {
        if (!(units >= 160 && units <= 4000)) {
            throw new IllegalArgumentException("width = " + Numerals.brief(units)
                    + ": expected at least 160 and at most 4000");
        }
        return new FigureGrid(title, caption, columns, units, panels);
    }

    /** The grid's title, or else its panels' titles. */
    @Override
    public String title() {
        return title.isEmpty()
                ? String.join("; ", panels.stream().map(Picture::title).filter(each -> !each.isEmpty())
                        .toList())
                : title;
    }

    @Override
    public String caption() { return caption; }

    @Override
    boolean isOrdered() { return panels.stream().anyMatch(Picture::isOrdered); }

    @Override
    List<Mark> layers() { return panels.stream().flatMap(panel -> panel.layers().stream()).toList(); }

    @Override
    List<DataTable.Row> rows() {
        List<DataTable.Row> rows = new ArrayList<>();
        for (int i = 0; i < panels.size(); i++) {
            String letter = letter(i);
            panels.get(i).rows().forEach(row -> rows.add(row.inPanel(letter + row.panel())));
        }
        return rows;
    }

    @Override
    Size panelSize() {
        double height = -GAP;
        for (int row = 0; row < rowCount(); row++) {
            height += GAP + rowHeight(row);
        }
        return new Size(wholeWidth(), height + (title.isEmpty() ? 0 : TITLE));
    }

    @Override
    Margins margins(Size size) { return Margins.NONE; }

    @Override
    void paintPanel(Graphics2D graphics, Rectangle2D area, Margins margins, Styles styles, String letter) {
        double y = area.getY();
        if (!title.isEmpty()) {
            Lettering.draw(graphics, title, Lettering.TITLE, Lettering.INK, area.getCenterX(), y + 16, 0.5);
            y += TITLE;
        }
        for (int row = 0; row < rowCount(); row++) {
            double x = area.getX();
            for (int column = 0; column < columns; column++) {
                int index = row * columns + column;
                if (index < panels.size()) {
                    var cell = new Rectangle2D.Double(x, y, columnWidth(), rowHeight(row));
                    Margins room = columnMargins(column);
                    Margins inRow = rowMargins(row);
                    panels.get(index).paintPanel(graphics, cell,
                            new Margins(inRow.top(), room.left(), inRow.bottom(), room
                                    .right()),
                            styles, letter + letter(index));
                }
                x += columnWidth() + GAP;
            }
            y += rowHeight(row) + GAP;
        }
    }

    private int rowCount() { return (panels.size() + columns - 1) / columns; }

    private double wholeWidth() {
        if (!Double.isNaN(width)) {
            return width;
        }
        double widest = 0;
        for (Picture panel : panels) {
            widest = Math.max(widest, panel.panelSize().width());
        }
        return columns == 1 ? widest : Math.min(WIDEST, columns * (widest + GAP) - GAP);
    }

    private double columnWidth() { return (wholeWidth() - GAP * (columns - 1)) / columns; }

    /** A narrower panel loses less of its height than of its width. */
    private Size cellSize(Picture panel) {
        Size size = panel.panelSize();
        double share = columnWidth() / size.width();
        return new Size(columnWidth(),
                panel instanceof Figure
                        ? size.height() * Math.min(1, (2 * share + 1) / 3 + 0.08)
                        : size.height() * share);
    }

    private double rowHeight(int row) {
        double height = 0;
        for (int i = row * columns; i < Math.min(panels.size(), (row + 1) * columns); i++) {
            height = Math.max(height, cellSize(panels.get(i)).height());
        }
        return height;
    }

    private Margins columnMargins(int column) {
        Margins margins = Margins.NONE;
        for (int i = column; i < panels.size(); i += columns) {
            margins = margins.union(panels.get(i).margins(new Size(columnWidth(), rowHeight(i / columns))));
        }
        return margins;
    }

    private Margins rowMargins(int row) {
        Margins margins = Margins.NONE;
        for (int i = row * columns; i < Math.min(panels.size(), (row + 1) * columns); i++) {
            margins = margins.union(panels.get(i).margins(new Size(columnWidth(), rowHeight(row))));
        }
        return margins;
    }

    private static String letter(int index) {
        return index < 26 ? String.valueOf((char) ('a' + index)) : Integer.toString(index + 1);
    }
}
