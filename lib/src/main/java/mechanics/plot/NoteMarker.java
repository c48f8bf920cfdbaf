package mechanics.plot;

import java.awt.Graphics2D;

import org.knowm.xchart.style.markers.Marker;

/** A few words to the upper right of a point, moved so that they stay inside the frame. */
final class NoteMarker extends Marker {

    private final String text;
    private final Frame frame;

    NoteMarker(String text, Frame frame) {
        this.text = text;
        this.frame = frame;
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
        double textWidth = Lettering.width(text, Lettering.SMALL);
        double left = Math.clamp(x + 5, 3, Math.max(3, frame.width() - textWidth - 3));
        double base = Math.clamp(y - 5, 12, frame.height() - 4.0);
        Lettering.drawOver(graphics, text, Lettering.SMALL, Lettering.INK, left, base, 0);
    }
}
