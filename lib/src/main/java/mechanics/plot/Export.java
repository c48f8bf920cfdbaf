package mechanics.plot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

import de.erichseifert.vectorgraphics2d.Processor;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.pdf.PDFProcessor;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;

import mechanics.base.SafeFile;

/** Pictures as files. */
final class Export {

    private Export() {}

    static void save(Picture picture, Path file) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        try {
            SafeFile.write(file, switch (ending) {
                case "png" -> picture.png();
                case "svg" -> vector(picture, new SVGProcessor());
                case "pdf" -> vector(picture, new PDFProcessor(true));
                case "csv" -> DataTable.csv(picture.rows()).getBytes(StandardCharsets.UTF_8);
                default -> throw new IllegalArgumentException("file = \"" + file
                        + "\": expected a name that ends in .png, .svg, .pdf or .csv");
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save " + file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] vector(Picture picture, Processor processor) throws IOException {
        Sheet sheet = Sheet.of(picture);
        // Pages are measured in millimeters; the pixels of SVG are 1/96 inch already.
        double unit = processor instanceof PDFProcessor ? 25.4 / 96 : 1;
        var graphics = new VectorGraphics2D();
        graphics.scale(unit, unit);
        sheet.paint(graphics);
        var bytes = new ByteArrayOutputStream();
        processor.getDocument(graphics.getCommands(),
                new PageSize(unit * sheet.width(), unit * sheet.height())).writeTo(
                        bytes);
        return bytes.toByteArray();
    }
}
