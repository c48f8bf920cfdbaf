package mechanics.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** A whole picture: its panel and, below, the legend that all its parts share. */
record Sheet(Picture picture, Size panel, Styles styles, Legend legend) {

    static Sheet of(Picture picture) {
        Styles styles = Styles.of(picture.layers(), picture.isOrdered());
        Size panel = picture.panelSize();
        return new Sheet(picture, panel, styles, Legend.of(picture.layers(), styles, panel.width()));
    }

    double width() { return panel.width(); }

    double height() { return panel.height() + legend.height(); }

    void paint(Graphics2D graphics) {
        var area = new Rectangle2D.Double(0, 0, panel.width(), panel.height());
        picture.paintPanel(graphics, area, picture.margins(panel), styles, "");
        graphics.translate(0, panel.height());
        legend.paint(graphics);
        graphics.translate(0, -panel.height());
    }
}
