package mechanics.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Rendering;

class FigureTest {

    private static final double[] X = {1, 2, 3};
    private static final double[] Y = {1, 4, 9};
    private static final double NAN = Double.NaN;

    static Stream<String> gallery() { return Gallery.pictures().keySet().stream(); }

    @ParameterizedTest
    @MethodSource("gallery")
    void everyPictureIsSmallAndHasItsSizeBesideIt(String name) throws IOException {
        Rendering rendering = Gallery.pictures().get(name).render();
        byte[] png = (byte[]) rendering.data().get(Rendering.PNG);
        assertTrue(png.length <= 90_000, name + " has " + png.length + " bytes");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        Map<String, Object> size = rendering.metadata().get(Rendering.PNG);
        assertEquals(image.getWidth() / 2, size.get("width"));
        assertEquals(image.getHeight() / 2, size.get("height"));
    }

    @Test
    void theSamePictureIsTheSameBytes() { assertArrayEquals(Gallery.heat().png(), Gallery.heat().png()); }

    @Test
    void captionStandsUnderTheImageInHtmlAndInPlainText() {
        Rendering rendering = Figure.of("Title").measured("a", X, Y).caption("η < 2 & so on").render();
        String html = (String) rendering.data().get(Rendering.HTML);
        assertTrue(html.contains("<figcaption") && html.contains("η &lt; 2 &amp; so on</figcaption>"), html);
        assertTrue(html.contains("alt=\"Title. η &lt; 2 &amp; so on\""), html);
        assertEquals("Title. η < 2 & so on", rendering.data().get(Rendering.TEXT));
        assertEquals("Title. η < 2 & so on", rendering.metadata().get(Rendering.PNG).get("alt"));
    }

    @Test
    void figuresAndTheirArraysAreLeftAsTheyAre() {
        double[] y = Y.clone();
        Figure one = Figure.of("").measured("a", X, y);
        byte[] before = one.png();
        Figure two = one.theory("b", X, Y).logX().caption("other");
        y[0] = 100;
        assertArrayEquals(before, one.png());
        assertNotEquals(one.layers().size(), two.layers().size());
    }

    @Test
    void theoryAndMeasurementOfOneLabelAreAPair() {
        Figure figure = Figure.of("").theory("s = 2", X, Y).measured("s = 2", X, Y).measured("s = 3", X, Y);
        Styles styles = Styles.of(figure.layers(), false);
        assertEquals(List.of("s = 2", "s = 3"), List.copyOf(styles.all().keySet()));
        Legend legend = Legend.of(figure.layers(), styles, 600);
        Legend.Entry pair = legend.rows().getFirst().getFirst();
        assertTrue(pair.line() && pair.marker());
        List<String> labels = legend.rows().stream().flatMap(List::stream).map(Legend.Entry::label).toList();
        assertEquals(List.of("s = 2", "s = 3", "theory", "measured"), labels);
    }

    @Test
    void seriesDifferInColorAndShapeAndLinesAloneInDashes() {
        Figure figure = Figure.of("");
        for (int i = 0; i < 7; i++) {
            figure = figure.measured("m" + i, X, Y).theory("t" + i, X, Y);
        }
        var all = Styles.of(figure.layers(), false).all();
        assertEquals(7,
                all.keySet().stream().filter(label -> label.startsWith("m")).map(all::get)
                        .map(Styles.Style::symbol)
                        .map(Symbol::shape).distinct().count());
        assertEquals(7,
                all.keySet().stream().filter(label -> label.startsWith("t")).map(all::get)
                        .map(Styles.Style::stroke)
                        .map(stroke -> Arrays.toString(stroke.getDashArray())).distinct().count());
    }

    @Test
    void eightColorsHaveEightShapes() {
        Figure figure = Figure.of("");
        for (int i = 0; i < 8; i++) {
            figure = figure.measured("m" + i, X, Y);
        }
        var all = Styles.of(figure.layers(), false).all().values();
        assertEquals(8, all.stream().map(style -> style.symbol().shape()).distinct().count());
    }

    @Test
    void aMarkerOnTheRimIsWholeAndOneOutsideIsNotSeen() throws IOException {
        int inside = blue(1.5);
        int legend = blue(3);
        assertTrue(inside > legend, "the point in the middle is not seen");
        // The axis is drawn over the marker.
        assertEquals(inside, blue(1), 0.3 * (inside - legend));
        assertEquals(legend, blue(0.99));
    }

    /** Pixels in the first color when there is one point at x and the axis goes from 1 to 2. */
    private static int blue(double x) throws IOException {
        byte[] png = Figure.of("").measured("a", new double[]{x}, new double[]{0.5}).xLimits(1, 2)
                .yLimits(0, 1).png();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        return (int) Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image
                .getWidth())).filter(pixel -> (pixel & 0xFFFFFF) == 0x0072B2).count();
    }

    @Test
    void pointsScatteredInOnePlaneHaveOneSizeAndCurvesKeepTheirs() {
        double[] cloud = scattered(200);
        double[] few = scattered(20);
        double[] backwards = IntStream.range(0, 100).mapToDouble(i -> -i).toArray();
        Figure figure = Figure.of("").measured("cloud", cloud, cloud).measured("few", few, few)
                .measured("curve", backwards, backwards).measured("three", X, Y);
        List<Double> sizes = figure.layers().stream().map(layer -> ChartPainter.symbolSize(
                (Mark.Measured) layer, figure.layers())).toList();
        assertEquals(List.of(5.0, 5.0, Symbol.SIZE, Symbol.SIZE), sizes);
        assertTrue(((Mark.Measured) figure.layers().get(2)).isDenseCurve());
    }

    private static double[] scattered(int n) {
        return IntStream.range(0, n).mapToDouble(i -> Math.sin(7 * i)).toArray();
    }

    @Test
    void aLabelHasOneColorInAllPanels() {
        FigureGrid grid = Figure.grid(2, Figure.of("").measured("a", X, Y),
                Figure.of("").measured("b", X, Y).measured("a",
                        X, Y));
        assertEquals(List.of("a", "b"), List.copyOf(Styles.of(grid.layers(), false).all().keySet()));
    }

    @Test
    void labelsAreReplacedInTheOrderOfTheirFirstUse() {
        Figure figure = Figure.of("").theory("law", X, Y).measured("a", X, Y).measured("b", X, Y)
                .reference("limit", 2, "b").note("law", 1, 1).relabeled("first", "first", "second");
        assertEquals(List.of("first", "second"),
                List.copyOf(Styles.of(figure.layers(), false).all().keySet()));
        assertTrue(figure.layers().contains(new Mark.Reference("limit", 2, false, "second")));
        assertTrue(figure.layers().contains(new Mark.Note("law", 1, 1)));
        var thrown = assertThrows(IllegalArgumentException.class, () -> figure.relabeled("one"));
        assertEquals("1 labels: expected 2, one for each of [first, second]", thrown.getMessage());
    }

    @Test
    void theMeasuredPointIsAtItsPlaceOnBothKindsOfAxes() {
        // The middle of the plot in each case: compare with a figure whose point is there.
        Range linear = Range.of(new double[]{1, 3}, false, NAN, NAN);
        Range log = Range.of(new double[]{1, 100}, true, NAN, NAN);
        assertEquals(0.5, linear.place(2), 1e-12);
        assertEquals(0.5, log.place(10), 1e-12);
        assertEquals(0.25, Range.of(new double[0], false, 4, 0).place(3), 1e-12);
    }

    @Test
    void aMeasurementMayNotBeDrawnAsALineAloneOrTheoryAsMarkers() {
        double[] many = new double[500];
        Arrays.setAll(many, i -> i);
        Figure figure = Figure.of("").measured("dense", many, many).measured("joined", X, Y).joined()
                .theory("law", X, Y);
        Legend legend = Legend.of(figure.layers(), Styles.of(figure.layers(), false), 600);
        for (Legend.Entry entry : legend.rows().getFirst()) {
            assertEquals(!entry.label().equals("law"), entry.marker(), entry.label());
            assertEquals(entry.label().equals("law"), entry.line(), entry.label());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1.234, '0.0,0.2,0.4,0.6,0.8,1.0,1.2'", "0, 20000, '0,5000,10000,15000,20000'",
            "0, 250000, '0.0,0.5,1.0,1.5,2.0,2.5'", "-1, 1, '−1.0,−0.5,0.0,0.5,1.0'",
            "0, 0.0004, '0,1,2,3,4'"})
    void linearTicksAreRound(double min, double max, String labels) {
        Ticks ticks = Ticks.of(new Range(min, max, false, false), new double[0], 8);
        List<String> found = ticks.ticks().stream().map(Ticks.Tick::label).toList();
        if (found.size() != labels.split(",").length) {
            ticks = Ticks.of(new Range(min, max, false, false), new double[0], 5);
            found = ticks.ticks().stream().map(Ticks.Tick::label).toList();
        }
        assertEquals(labels, String.join(",", found));
    }

    @Test
    void largeAndSmallNumbersHaveTheirFactorAtTheAxis() {
        assertEquals("×10⁵", Ticks.of(new Range(0, 250_000, false, false), new double[0], 5).factor());
        assertEquals("×10⁻⁴", Ticks.of(new Range(0, 0.0004, false, false), new double[0], 5).factor());
        assertEquals("×10⁻⁶", Ticks.of(new Range(2e-6, 8e-6, true, false), new double[0], 5).factor());
    }

    @Test
    void aDecadeDoesNotStandAlone() {
        List<String> labels = Ticks.of(new Range(0.02, 0.65, true, false), new double[0], 3).labeled()
                .stream().map(Ticks.Tick::label).toList();
        assertEquals(List.of("0.03", "0.1", "0.3"), labels);
    }

    @Test
    void logarithmicTicksAreDecadesThenDigits() {
        assertEquals(List.of("10⁻⁴", "10⁻²", "10⁰"), labels(new Range(1e-5, 1.5, true, false), 3));
        assertEquals(List.of("1", "10", "100", "1000"), labels(new Range(1, 1000, true, false), 8));
        assertEquals(List.of("1", "2", "5", "10"), labels(new Range(1, 12, true, false), 8));
        assertEquals(List.of("2⁻⁴", "2⁻²"),
                Ticks.of(new Range(0.01, 1, true, false), new double[]{0.0625, 0.25}, 8)
                        .ticks().stream().map(Ticks.Tick::label).toList());
    }

    private static List<String> labels(Range range, int count) {
        return Ticks.of(range, new double[0], count).ticks().stream().map(Ticks.Tick::label)
                .filter(label -> !label
                        .isEmpty())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-7, 0.1, 3, 12345, 1e9, 1e300})
    void anyRangeHasAFewTicksInside(double size) {
        for (boolean log : new boolean[]{false, true}) {
            for (double share : new double[]{0.001, 0.5, 0.999}) {
                Range range = Range.of(new double[]{size * share, size}, log, NAN, NAN);
                List<Ticks.Tick> ticks = Ticks.of(range, new double[0], 6).ticks();
                long labeled = ticks.stream().filter(tick -> !tick.label().isEmpty()).count();
                assertTrue(labeled >= 2 && labeled <= 13, size + ", " + share + ", " + log + ": " + ticks);
                assertTrue(
                        ticks.stream().allMatch(tick -> range.place(tick.value()) > -1e-6 && range.place(tick
                                .value()) < 1 + 1e-6));
            }
        }
    }

    @Test
    void labelsAreSpreadApartWithinTheirBounds() {
        double[] at = {50, 51, 49, 99};
        Spacing.spread(at, new double[]{10, 10, 10, 10}, 0, 100);
        double[] sorted = at.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < 4; i++) {
            assertTrue(sorted[i] - sorted[i - 1] >= 10 - 1e-9);
        }
        assertTrue(at[2] < at[0] && at[0] < at[1]);
        assertTrue(sorted[3] <= 100);
    }

    @Test
    void subscriptsAndSuperscriptsAreNarrowerThanWhatIsWritten() {
        assertTrue(Lettering.width("σ_w", Lettering.AXIS) < Lettering.width("σw", Lettering.AXIS));
        assertTrue(Lettering.width("n^{−1/2}", Lettering.AXIS) < Lettering.width("n−1/2", Lettering.AXIS));
        assertEquals(Lettering.width("snake_case", Lettering.AXIS), Lettering.width("snake", Lettering.AXIS)
                + Lettering.width("_case", Lettering.AXIS), 0.01);
    }

    @Test
    void theFontHasTheSymbolsOfTheNotebooks() {
        String symbols = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΣΦΨΩ∂∇∝∑∏√∞≈≤≥≠±×·…‖⟨⟩ℓ⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉ᵢⱼ′ᵀ½−–→∈";
        assertEquals(-1, Lettering.AXIS.canDisplayUpTo(symbols));
    }

    @Test
    void gapsInsideASeriesAreNoErrors() {
        double[] gap = {1, NAN, 3};
        Figure figure = Figure.of("").theory("t", X, gap).measured("m", gap, Y, new double[]{NAN, 1, 1})
                .band("b", X, gap,
                        Y)
                .trajectory("p", gap, Y);
        assertDoesNotThrow(figure::image);
    }

    @Test
    void crossesAreASecondMeasurementOfTheSameSeries() {
        Figure with = Figure.of("").measured("k = 1", X, Y).crosses("k = 1", X, Y);
        assertDoesNotThrow(with::image);
        assertEquals(2 * X.length, with.rows().size());
        assertThrows(IllegalArgumentException.class, () -> Figure.of("").crosses("k", X, new double[]{1}));
        assertThrows(IllegalArgumentException.class,
                () -> Figure.of("").logY().crosses("k", X, new double[]{-1, -1, -1}));
    }

    private static List<List<Legend.Entry>> legend(Figure figure, double width) {
        return Legend.of(figure.layers(), Styles.of(figure.layers(), false), width).rows();
    }

    /** A label of crosses alone shows its cross; crosses beside markers are named once, as markers are. */
    @Test
    void crossesStandInTheLegend() {
        Legend.Entry alone = legend(Figure.of("").measured("m", X, Y).crosses("c", X, Y), 600).getFirst()
                .get(1);
        assertTrue(alone.cross() && !alone.marker());
        List<Legend.Entry> both = legend(Figure.of("").measured("m", X, Y).crosses("m", X, Y), 600)
                .getFirst();
        assertEquals(List.of("m", "measured", "measured otherwise"),
                both.stream().map(Legend.Entry::label).toList());
        assertTrue(both.getLast().cross());
    }

    @Test
    void noEntryOfTheLegendStandsAloneInTheLastRow() {
        Figure figure = Figure.of("");
        for (int k = 1; k <= 7; k++)
            figure = figure.theory("series " + k, X, Y).measured("series " + k, X, Y);
        for (double width = 250; width < 900; width += 10) {
            List<List<Legend.Entry>> rows = legend(figure, width);
            assertEquals(9, rows.stream().mapToInt(List::size).sum());
            assertTrue(rows.size() == 1 || rows.getLast().size() > 1 || rows.get(rows.size() - 2).size() <= 2,
                    "width " + width);
            for (List<Legend.Entry> row : rows) {
                double used = row.stream().mapToDouble(entry -> entry.width() + 18).sum() - 18;
                assertTrue(used <= width, "width " + width);
            }
        }
    }

    @Test
    void anEmptyFigureIsEmptyAxes() {
        assertDoesNotThrow(() -> Figure.of("").image());
        assertDoesNotThrow(() -> Figure.of("only references").logY().reference("2/η", 40).image());
        assertDoesNotThrow(() -> ImageGrid.of("none").image());
    }

    static Stream<Object[]> mistakes() {
        Figure figure = Figure.of("");
        double[] none = {};
        return Stream
                .of(mistake(() -> figure.theory("law", none, none), "series \"law\" is empty"),
                        mistake(() -> figure
                                .measured("m", X, new double[]{1}),
                                "series \"m\": y has 1 numbers: expected 3"),
                        mistake(() -> figure
                                .measured("m", X, Y, new double[]{1, -2, 1}), "error[1] = -2.0"),
                        mistake(() -> figure.measured(
                                "m", X, new double[]{NAN, NAN, NAN}), "series \"m\": all 3 points are NaN"),
                        mistake(
                                () -> figure.measured("m", X, new double[]{1, Double.POSITIVE_INFINITY, 1}),
                                "y[1] = Infinity"),
                        mistake(() -> figure.logY().measured("m", X, new double[]{1, 0,
                                1}), "series \"m\": y[1] = 0.0: expected a positive number"),
                        mistake(
                                () -> figure.measured("m", new double[]{-1, 2, 3}, Y).logX(),
                                "series \"m\": x[0] = -1.0: expected a positive number"),
                        mistake(
                                () -> figure.logY().reference("zero", 0),
                                "\"zero\": at[0] = 0.0"),
                        mistake(() -> figure.reference(
                                "r", NAN), "expected a finite number"),
                        mistake(
                                () -> figure.xLimits(1, 1),
                                "expected two different numbers"),
                        mistake(() -> figure.logX().xLimits(0, 1), "x limit = 0.0"),
                        mistake(() -> figure.histogram("h", none, 3),
                                "no samples"),
                        mistake(() -> figure.histogram("h", X, 0), "bins = 0"), mistake(() -> figure.heat("h",
                                new double[][]{{1, 2}, {3}}), "row 1 has 1 numbers: expected 2"),
                        mistake(
                                () -> figure.heat("h", new double[]{0, 1}, new double[]{0, 1, 2},
                                        new double[][]{{1}}),
                                "yEdges has 3 numbers"),
                        mistake(() -> figure.bars(
                                "b", new double[]{0, 2, 1}, new double[]{1, 1}),
                                "edges[2] = 1.0: expected edges in order"),
                        mistake(() -> figure.bars("b", new double[]{0, 1, 2},
                                new double[]{1, Double.POSITIVE_INFINITY}),
                                "\"b\": heights[1] = Infinity: expected a finite number"),
                        mistake(() -> figure.logX().square(),
                                "square() with a logarithmic x axis: expected linear axes"),
                        mistake(() -> figure.square().logY(),
                                "square() with a logarithmic y axis: expected linear axes"),
                        mistake(() -> figure.ray(
                                "r", 0, 0), "expected a direction"),
                        mistake(() -> figure
                                .size(10, 10), "size = 10 × 10"),
                        mistake(
                                () -> Figure.grid(0, figure),
                                "columns = 0"),
                        mistake(() -> Figure.grid(2),
                                "no panels"),
                        mistake(
                                () -> figure.theory("f", x -> x,
                                        2, 1),
                                "expected from < to"),
                        mistake(() -> ImageGrid.of("").row("r"), "row \"r\" is empty"),
                        mistake(() -> ImageGrid.of("").row("r",
                                new double[2][3], new double[3][2]),
                                "image \"r[1]\" is 3 × 2: expected 2 × 3"));
    }

    private static Object[] mistake(Executable action, String message) {
        return new Object[]{action, message};
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreNamed(Executable action, String message) {
        String found = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(found.contains(message), found);
    }

    @Test
    void savesByTheEndingOfTheName(@TempDir Path folder) throws IOException {
        Picture picture = Gallery.learningCurves();
        for (String ending : List.of("png", "svg", "pdf", "csv", "PNG")) {
            picture.save(folder.resolve("deep/figure." + ending));
        }
        assertEquals(5, folder.resolve("deep").toFile().list().length);
        assertTrue(Files.readString(folder.resolve("deep/figure.svg")).contains("<svg"));
        assertFalse(Files.readString(folder.resolve("deep/figure.svg")).contains("<text"));
        assertTrue(new String(Files.readAllBytes(folder.resolve("deep/figure.pdf")), 0, 5,
                StandardCharsets.US_ASCII).startsWith("%PDF"));
        assertThrows(IllegalArgumentException.class, () -> picture.save(folder.resolve("figure.gif")));
    }

    @Test
    void csvHasOneRowForEachPoint(@TempDir Path folder) throws IOException {
        Figure figure = Figure.of("").theory("a, \"b\"", X, Y).measured("m", new double[]{1}, new double[]{2},
                new double[]{0.5}).reference("2/η", 40);
        figure.save(folder.resolve("f.csv"));
        assertEquals("""
                series,kind,x,y,error
                "a, ""b""\",theory,1.0,1.0,
                "a, ""b""\",theory,2.0,4.0,
                "a, ""b""\",theory,3.0,9.0,
                m,measured,1.0,2.0,0.5
                2/η,reference,,40.0,
                """, Files.readString(folder.resolve("f.csv")));
        Figure.grid(1, figure, figure).save(folder.resolve("g.csv"));
        List<String> lines = Files.readAllLines(folder.resolve("g.csv"));
        assertEquals("panel,series,kind,x,y,error", lines.getFirst());
        assertTrue(lines.getLast().startsWith("b,2/η"));
    }

    @Test
    void aHistogramIsADensity() {
        double[] samples = {0, 0.1, 0.2, 0.9, 1};
        double[] edges = Histogram.edges("h", samples, 4);
        double[] density = Histogram.density(samples, edges);
        assertArrayEquals(new double[]{2.4, 0, 0, 1.6}, density, 1e-12);
        assertEquals(1, Arrays.stream(density).sum() * 0.25, 1e-12);
    }

    @Test
    void fewColorsAreKeptExactly() throws IOException {
        var image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 200; i++) {
            image.setRGB(i % 20, i / 20, 0xFF000000 | i * 1234);
        }
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(image, List.of())));
        for (int i = 0; i < 200; i++) {
            assertEquals(image.getRGB(i % 20, i / 20), read.getRGB(i % 20, i / 20));
        }
    }
}
