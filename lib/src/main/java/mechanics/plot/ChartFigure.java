package mechanics.plot;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;

/**
 * A chart of XChart as a picture: for box plots, bubbles and other kinds that {@link Figure} does not draw. It has a
 * caption, stands in grids and is saved like any other picture; its ticks, colors and legend are XChart's. Made by
 * {@link Figure#of(Chart)}.
 */
public final class ChartFigure extends Picture {

    private final Chart<?, ?> chart;
    private final String caption;

    ChartFigure(Chart<?, ?> chart, String caption) {
        this.chart = chart;
        this.caption = caption;
    }

    /** What stands under the chart. */
    public ChartFigure caption(String text) {
        return new ChartFigure(chart, text);
    }

    @Override
    public String title() { return Objects.requireNonNullElse(chart.getTitle(), ""); }

    @Override
    public String caption() { return caption; }

    /** A chart without title and caption is described by its kind and its series. */
    @Override
    String description() {
        if (!title().isEmpty() || !caption.isEmpty()) {
            return super.description();
        }
        String series = chart.getSeriesCollection().stream().map(Series::getName)
                .collect(Collectors.joining(", "));
        return chart.getClass().getSimpleName() + (series.isEmpty() ? "" : ": " + series);
    }

    @Override
    Size panelSize() { return new Size(chart.getWidth(), chart.getHeight()); }

    @Override
    Margins margins(Size size) { return Margins.NONE; }

    @Override
    void paintPanel(Graphics2D graphics, Rectangle2D area, Margins margins, Styles styles, String letter) {
        AffineTransform place = graphics.getTransform();
        graphics.translate(area.getX(), area.getY());
        chart.paint(graphics, (int) area.getWidth(), (int) area.getHeight());
        graphics.setTransform(place);
        Lettering.draw(graphics, letter, Lettering.TITLE, Lettering.INK, area.getX() + 6, area.getY() + 16,
                0);
    }

    /** None of ours: the chart has its own legend. */
    @Override
    List<Mark> layers() { return List.of(); }

    @Override
    boolean isOrdered() { return false; }

    @Override
    List<DataTable.Row> rows() {
        throw new IllegalArgumentException(
                "a chart of XChart cannot be saved as CSV: expected .png, .svg or .pdf");
    }
}
