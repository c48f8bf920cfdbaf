package mechanics.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** A filled shape with a white rim, so that it stays visible on a line of its own color. */
final class Symbol extends PlaceMarker {

    static final double SIZE = 8;

    /** Of about equal area, each within a square of side 2 around the origin. */
    private static final Shape[] SHAPES = {new Ellipse2D.Double(-1, -1, 2, 2),
            new Rectangle2D.Double(-0.88, -0.88, 1.76,
                    1.76),
            polygon(0, -1.2, 1.15, 0.85, -1.15, 0.85), polygon(0, -1.25, 1.15, 0, 0, 1.25, -1.15, 0),
            polygon(0,
                    1.2, 1.15, -0.85, -1.15, -0.85),
            cross(), star(), polygon(-1.2, -1.05, 1.2, 1.05, 1.2, -1.05, -1.2, 1.05),
            polygon(1.2, 0, -0.85, 1.15, -0.85, -1.15)};

    private static final BasicStroke RIM = new BasicStroke(1.2f);

    private final Shape shape;
    private final double size;

    private Symbol(Shape shape, double size) {
        super(0.75 * size + RIM.getLineWidth());
        this.shape = shape;
        this.size = size;
    }

    /** The shape for the series of that number, from 0; they repeat after nine, out of step with the eight colors. */
    static Symbol of(int series) {
        return new Symbol(SHAPES[series % SHAPES.length], SIZE);
    }

    /** The same shape, about {@code units} wide. */
    Symbol sized(double units) {
        return new Symbol(shape, units);
    }

    Shape shape() { return shape; }

    /** Draws in the current color, with a rim unless it is small. */
    @Override
    void draw(Graphics2D graphics, double x, double y) {
        var place = AffineTransform.getTranslateInstance(x, y);
        place.scale(size / 2, size / 2);
        Shape placed = place.createTransformedShape(shape);
        if (size > 4) {
            Color color = graphics.getColor();
            graphics.setColor(Color.WHITE);
            graphics.setStroke(RIM);
            graphics.draw(placed);
            graphics.setColor(color);
        }
        graphics.fill(placed);
    }

    private static Shape polygon(double... corners) {
        var path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }

    private static Shape cross() {
        double a = 1.2;
        double b = 0.42;
        return polygon(-a, -b, -b, -b, -b, -a, b, -a, b, -b, a, -b, a, b, b, b, b, a, -b, a, -b, b, -a, b);
    }

    private static Shape star() {
        double[] corners = new double[20];
        for (int i = 0; i < 10; i++) {
            double radius = i % 2 == 0 ? 1.4 : 0.62;
            corners[2 * i] = radius * Math.sin(Math.PI * i / 5);
            corners[2 * i + 1] = -radius * Math.cos(Math.PI * i / 5);
        }
        return polygon(corners);
    }
}
