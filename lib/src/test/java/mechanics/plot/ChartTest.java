package mechanics.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;

import mechanics.base.Rendering;

/** XChart paints figures, and figures become charts of XChart. */
class ChartTest {

    private static final double[] X = {1, 2, 3};
    private static final double[] Y = {1, 4, 9};
    private static final Map<String, Picture> PICTURES = Gallery.pictures();

    /** Only what is inside the axes. */
    private static BufferedImage inside(Frame frame, Mark... marks) {
        return inside(frame, 1, marks);
    }

    private static BufferedImage inside(Frame frame, int density, Mark... marks) {
        var image = new BufferedImage(density * frame.width(), density * frame.height(),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(density, density);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, frame.width(), frame.height());
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        var none = new Ticks(List.of(), "");
        ChartPainter.paint(graphics, List.of(marks), frame, Styles.of(List.of(marks), false), none, none);
        graphics.dispose();
        return image;
    }

    private static boolean isInk(BufferedImage image, double x, double y) {
        return (image.getRGB((int) x, (int) y) & 0xFF00) < 0xE000;
    }

    @Test
    void theChartReachesFromEdgeToEdge() {
        var frame = new Frame(new Range(0, 10, false, false), new Range(0, 5, false, false), 200, 100);
        var image = inside(frame,
                new Mark.Theory("a", new double[]{0, 10, 10, 0, 0}, new double[]{0, 0, 5, 5, 0}));
        for (int x = 0; x < 200; x++) {
            assertTrue(isInk(image, x, 0) && isInk(image, x, 99), "column " + x);
        }
        for (int y = 0; y < 100; y++) {
            assertTrue(isInk(image, 0, y) && isInk(image, 199, y), "row " + y);
        }
        assertTrue(!isInk(image, 100, 50));
    }

    @Test
    void errorBarsEndAtTheirValuesOnALogarithmicAxis() {
        var frame = new Frame(new Range(0, 2, false, false), new Range(0.1, 100, true, false), 100, 300);
        var image = inside(frame,
                new Mark.Measured("a", new double[]{1}, new double[]{10}, new double[]{9}, false));
        int top = 0;
        while (!isInk(image, 50, top)) {
            top++;
        }
        int bottom = 299;
        while (!isInk(image, 50, bottom)) {
            bottom--;
        }
        // Half the width of the stroke, and one pixel.
        assertEquals(frame.py(19), top, 1.5);
        assertEquals(frame.py(1), bottom, 1.5);
        // An end below zero is below the axis.
        image = inside(frame,
                new Mark.Measured("a", new double[]{1}, new double[]{10}, new double[]{11}, false));
        assertTrue(isInk(image, 50, 299));
    }

    @Test
    void dashesRunThroughADenseCurve() {
        double[] x = new double[2000];
        double[] y = new double[2000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 1999.0;
            y[i] = 0.5;
        }
        var frame = new Frame(new Range(0, 1, false, false), new Range(0, 1, false, false), 400, 100);
        // The second line alone is dashed: 7 units drawn, 3 left out.
        var image = inside(frame, new Mark.Theory("solid", new double[]{0, 1}, new double[]{0.1, 0.1}),
                new Mark.Theory("dashed", x, y));
        int drawn = 0;
        int starts = 0;
        for (int i = 1; i < 400; i++) {
            drawn += isInk(image, i, 50) ? 1 : 0;
            starts += isInk(image, i, 50) && !isInk(image, i - 1, 50) ? 1 : 0;
        }
        assertEquals(40, starts, 2);
        assertEquals(0.7, drawn / 400.0, 0.11);
    }

    @Test
    void cellsFillTheFrameWithoutSeams() {
        double[][] values = new double[7][11];
        double[] xEdges = new double[12];
        double[] yEdges = new double[8];
        for (int i = 0; i < 12; i++) {
            xEdges[i] = i;
        }
        for (int i = 0; i < 8; i++) {
            yEdges[i] = i;
        }
        var frame = new Frame(new Range(0, 11, false, false), new Range(0, 7, false, false), 311, 97);
        var image = inside(frame, Picture.DENSITY, new Mark.Heat("h", xEdges, yEdges, values));
        Set<Integer> colors = new HashSet<>();
        for (int pixel : image.getRGB(0, 0, 622, 194, null, 0, 622)) {
            colors.add(pixel);
        }
        assertEquals(Set.of(ColorMap.SEQUENTIAL.at(0).getRGB()), colors);
    }

    static Stream<String> gallery() { return PICTURES.keySet().stream(); }

    @ParameterizedTest
    @MethodSource("gallery")
    void colorsOfSeriesAreTheSameAfterEncoding(String name) throws IOException {
        Picture picture = PICTURES.get(name);
        BufferedImage drawn = picture.image();
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture.png()));
        assertEquals(drawn.getWidth(), read.getWidth());
        assertEquals(drawn.getHeight(), read.getHeight());
        Set<Integer> exact = new HashSet<>();
        Styles.of(picture.layers(), picture.isOrdered()).colors().forEach(color -> exact.add(color.getRGB()));
        int changed = 0;
        int largest = 0;
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                int before = drawn.getRGB(x, y);
                int after = read.getRGB(x, y);
                changed += exact.contains(before) && before != after ? 1 : 0;
                for (int shift = 0; shift < 24; shift += 8) {
                    largest = Math.max(largest, Math.abs((before >> shift & 0xFF) - (after >> shift & 0xFF)));
                }
            }
        }
        assertEquals(0, changed, "pixels in the color of a series");
        assertTrue(largest <= 48, "a shade moved by " + largest + " of 255");
    }

    @Test
    void aFigureIsAPlainChartInTheUnitsOfItsData() {
        Figure figure = Figure.of("Title").x("time t").y("loss").logY().theory("law", X, Y)
                .measured("law", X, Y, new double[]{0.1, 0.2, 0.3}).theory("other", X, Y).ordered()
                .reference("limit", 5).note("here", 2, 4).band("other", X, X, Y);
        XYChart chart = figure.chart();
        assertEquals("Title", chart.getTitle());
        assertEquals("time t", chart.getXAxisTitle());
        assertEquals("loss", chart.getYAxisTitle());
        assertTrue(chart.getStyler().isYAxisLogarithmic() && !chart.getStyler().isXAxisLogarithmic());
        assertArrayEquals(Y, chart.getSeries("law, theory").getYData());
        assertArrayEquals(new double[]{0.1, 0.2, 0.3}, chart.getSeries("law, measured").getExtraValues());
        Styles styles = Styles.of(figure.layers(), true);
        assertEquals(styles.get("law").color(), chart.getSeries("law, theory").getLineColor());
        assertEquals(styles.get("law").color(), chart.getSeries("law, measured").getMarkerColor());
        assertEquals(styles.get("other").color(), chart.getSeries("other, theory").getLineColor());
        chart.getSeries("law, theory").setLineColor(Color.MAGENTA);
        assertEquals(styles.get("law").color(), figure.chart().getSeries("law, theory").getLineColor());
        BufferedImage image = BitmapEncoder.getBufferedImage(chart);
        assertEquals(620, image.getWidth());
        assertEquals(370, image.getHeight());
    }

    @ParameterizedTest
    @MethodSource("gallery")
    void everyFigureOfTheGalleryIsAPlainChart(String name) {
        if (PICTURES.get(name) instanceof Figure figure) {
            assertTrue(BitmapEncoder.getBufferedImage(figure.chart()).getWidth() > 0);
        }
    }

    @Test
    void aBareChartIsDescribedByItsTitleOrItsSeries() {
        var bars = new CategoryChart(300, 200);
        bars.addSeries("runs", List.of("a", "b"), List.of(1, 2));
        Rendering rendering = Figure.of(bars).render();
        assertEquals("CategoryChart: runs", rendering.metadata().get(Rendering.PNG).get("alt"));
        assertEquals(300, rendering.metadata().get(Rendering.PNG).get("width"));
        var map = new HeatMapChartBuilder().width(300).height(200).build();
        map.setTitle("Map");
        map.addSeries("cells", new int[]{1, 2}, new int[]{1, 2}, new int[][]{{1, 2}, {3, 4}});
        assertEquals("Map", Figure.of(map).render().data().get(Rendering.TEXT));
    }
}
