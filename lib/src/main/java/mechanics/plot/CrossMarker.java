package mechanics.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/** A thin cross with a white rim, larger than a symbol: both are seen where they meet. */
final class CrossMarker extends PlaceMarker {

    /** Half the side of the square around the cross. */
    private static final double REACH = 4.5;
    private static final BasicStroke RIM = new BasicStroke(4);
    private static final BasicStroke LINE = new BasicStroke(1.8f);

    CrossMarker() { super(REACH + RIM.getLineWidth()); }

    @Override
    void draw(Graphics2D graphics, double x, double y) {
        var cross = new Path2D.Double();
        cross.moveTo(x - REACH, y - REACH);
        cross.lineTo(x + REACH, y + REACH);
        cross.moveTo(x - REACH, y + REACH);
        cross.lineTo(x + REACH, y - REACH);
        Color color = graphics.getColor();
        graphics.setColor(Color.WHITE);
        graphics.setStroke(RIM);
        graphics.draw(cross);
        graphics.setColor(color);
        graphics.setStroke(LINE);
        graphics.draw(cross);
    }
}
