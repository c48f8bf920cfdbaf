package mechanics.plot;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;

import org.knowm.xchart.style.markers.Marker;

/** A marker at one place: seen whole where the place is in the frame or on its rim, and not at all where it is outside. */
abstract class PlaceMarker extends Marker {

    /** What rounding may move a place that lies on the rim. */
    private static final double HAIR = 0.5;

    private final double reach;

    /** @param reach half the side of a square around the place that the marker does not leave */
    PlaceMarker(double reach) {
        this.reach = reach;
    }

    /** XChart's clip is the frame; the size is the marker's own, not the chart's. */
    @Override
    public final void paint(Graphics2D graphics, double x, double y, int chartSize) {
        var square = new Rectangle2D.Double(x - reach, y - reach, 2 * reach, 2 * reach);
        Shape frame = graphics.getClip();
        if (frame == null || frame.contains(square)) {
            draw(graphics, x, y);
        } else if (frame.intersects(x - HAIR, y - HAIR, 2 * HAIR, 2 * HAIR)) {
            graphics.setClip(square);
            draw(graphics, x, y);
            graphics.setClip(frame);
        }
    }

    /** Draws around x and y in the current color. */
    abstract void draw(Graphics2D graphics, double x, double y);
}
