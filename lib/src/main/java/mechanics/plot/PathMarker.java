package mechanics.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

import org.knowm.xchart.style.markers.Marker;

/**
 * Strokes all points of a series as one path: dashes run through, joints are round, and a vector file stays small.
 * XChart itself strokes each segment alone. It shows the marker the points one by one; the last one completes the path.
 */
final class PathMarker extends Marker {

    private final BasicStroke stroke;
    private final int points;
    private final Path2D path = new Path2D.Double();
    private int seen;

    /** @param points how many points the series has, none of them a gap */
    PathMarker(BasicStroke stroke, int points) {
        this.stroke = stroke;
        this.points = points;
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
        if (seen == 0) {
            path.moveTo(x, y);
        } else {
            path.lineTo(x, y);
        }
        seen++;
        if (seen == points) {
            graphics.setStroke(stroke);
            graphics.draw(path);
            path.reset();
            seen = 0;
        }
    }
}
