package mechanics.plot;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever numbers come out of an experiment, a figure has a few readable ticks and its points are at their places. */
class ExtremesTest {

    private static final double NAN = Double.NaN;
    private static final double MAX = Double.MAX_VALUE;

    private static final Map<String, Supplier<Figure>> FIGURES = Map.ofEntries(
            figure("a diverging run",
                    () -> Figure.of("").logY().theory("a", new double[]{1, 2, 3},
                            new double[]{1e-10, 1, 1e297})),
            figure("all numbers, logarithmic",
                    () -> Figure.of("").logX().logY().theory("a", new double[]{4.9e-324, MAX},
                            new double[]{4.9e-324, MAX})),
            figure("all numbers, linear", () -> cloud(-MAX, MAX)),
            figure("1e308 both ways", () -> cloud(-1e308, 1e308)),
            figure("one point", () -> cloud(3)), figure("one point at zero", () -> cloud(0)),
            figure("one large point", () -> cloud(MAX)), figure("one tiny point", () -> cloud(4.9e-324)),
            figure("all equal", () -> cloud(7, 7, 7)),
            figure("equal but for rounding", () -> cloud(0.1 + 0.2, 0.3)),
            figure("tiny numbers", () -> cloud(0, 4.9e-324)),
            figure("given limits without room for a tick",
                    () -> cloud(1).yLimits(1, Math.nextUp(1.0)).xLimits(0, 4.9e-324)),
            figure("given logarithmic limits", () -> cloud(1).logY().yLimits(4.9e-324, MAX)),
            figure("a curve through a pole", () -> Figure.of("").theory("1/x", x -> 1 / x, -1, 1)),
            figure("errors past all numbers",
                    () -> Figure.of("").measured("a", new double[]{1}, new double[]{MAX}, new double[]{MAX})),
            figure("far outside the limits", () -> cloud(-MAX, 0, MAX).yLimits(-1, 1)),
            figure("bars", () -> Figure.of("").bars("b", new double[]{-MAX, 0, MAX},
                    new double[]{MAX, -MAX})),
            figure("tiny bars", () -> Figure.of("").bars("b", new double[]{0, 1e-200, 2e-200},
                    new double[]{1e-300, 1e-310})),
            figure("a histogram", () -> Figure.of("").histogram("h", new double[]{-MAX, 0, MAX}, 5)),
            figure("a histogram of equal samples",
                    () -> Figure.of("").histogram("h", new double[]{1e300, 1e300, Math.nextUp(1e300)}, 5)),
            figure("a heat map", () -> Figure.of("").heat("h", new double[][]{{-MAX, 0, MAX}})),
            figure("a heat map of one value", () -> Figure.of("").heat("h", new double[][]{{MAX}})),
            figure("a band", () -> Figure.of("").band("b", new double[]{1, 2}, new double[]{-MAX, -1},
                    new double[]{MAX, 1})),
            figure("a plane", () -> cloud(-1e308, 1e308).square().ray("r", 1e308, 1e308)));

    private static Map.Entry<String, Supplier<Figure>> figure(String name, Supplier<Figure> figure) {
        return Map.entry(name, figure);
    }

    private static Figure cloud(double... values) {
        return Figure.of("").measured("a", values, values).theory("a", values, values)
                .trajectory("path", values, values, values).note("here", values[0], values[0])
                .reference("level", values[0]);
    }

    static Stream<String> names() { return FIGURES.keySet().stream().sorted(); }

    @ParameterizedTest
    @MethodSource("names")
    void everyFigureIsDrawn(String name) { assertDoesNotThrow(() -> FIGURES.get(name).get().image()); }

    @Test
    void aFewReadableTicksOnAnyRange() {
        var random = new Random(4);
        for (int trial = 0; trial < 20_000; trial++) {
            boolean log = random.nextBoolean();
            double first = number(random, log);
            double second = switch (random.nextInt(4)) {
                case 0 -> first;
                case 1 -> first * (1 + 1e-14 * random.nextInt(100));
                case 2 -> first * (1 + random.nextDouble());
                default -> number(random, log);
            };
            boolean given = random.nextInt(3) == 0 && first != second && Double.isFinite(second);
            Range range = Range.of(new double[]{first, second}, log, given ? first : NAN,
                    given ? second : NAN);
            int count = random.nextInt(12);
            requireReadable(range, Ticks.of(range, new double[0], count), given ? 0 : 1);
        }
    }

    private static double number(Random random, boolean log) {
        double size = Math.pow(10,
                random.nextInt(4) == 0 ? random.nextDouble(-324, 308.2) : random.nextInt(-6, 7));
        return log ? Math.max(size, Double.MIN_VALUE) : random.nextBoolean() ? size : -size;
    }

    private static void requireReadable(Range range, Ticks ticks, int least) {
        String what = range + ": " + ticks;
        assertTrue(Double.isFinite(range.min()) && Double.isFinite(range.max()) && range.min() < range.max(),
                what);
        List<Ticks.Tick> labeled = ticks.labeled();
        assertTrue(labeled.size() >= least && labeled.size() <= 30, what);
        assertTrue(ticks.ticks().size() <= 400, what);
        for (Ticks.Tick tick : ticks.ticks()) {
            assertFalse(tick.label().matches(".*(NaN|Inf).*"), what);
            double place = range.place(tick.value());
            assertTrue(place > -1e-3 && place < 1 + 1e-3, what);
        }
        assertFalse(ticks.factor().contains("2147483648"), what);
    }

    @Test
    void zeroIsNeverAloneOnALinearAxis() {
        for (int count = 2; count <= 4; count++) {
            Ticks ticks = Ticks.of(new Range(-4.3, 4.3, false, false), new double[0], count);
            assertTrue(ticks.labeled().size() >= 2, ticks.toString());
            assertEquals("", ticks.factor());
        }
        assertEquals(List.of("−4", "−2", "0", "2", "4"),
                Ticks.of(new Range(-4.3, 4.3, false, false), new double[0], 2).ticks().stream()
                        .map(Ticks.Tick::label).toList());
    }

    @Test
    void placesAreSharesOfTheAxis() {
        assertEquals(0.5, new Range(-MAX, MAX, false, false).place(0), 1e-12);
        assertEquals(0.75, new Range(-1e308, 1e308, false, false).place(0.5e308), 1e-12);
        assertEquals(0.5, new Range(1e-300, 1e300, true, false).place(1), 1e-12);
        assertEquals(0.25, new Range(1e-300, 1e300, true, true).place(1e150), 1e-12);
        assertEquals(0.5, new Range(0, 4e-320, false, false).place(2e-320), 1e-3);
        for (double none : new double[]{NAN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertEquals(NAN, new Range(0, 1, false, false).place(none));
        }
        assertEquals(NAN, new Range(1, 2, true, false).place(0));
    }

    @Test
    void whatIsShownLiesInTheRange() {
        var random = new Random(8);
        for (int trial = 0; trial < 10_000; trial++) {
            boolean log = random.nextBoolean();
            double[] values = new double[1 + random.nextInt(4)];
            Arrays.setAll(values, _ -> number(random, log));
            Range range = Range.of(values, log, NAN, NAN);
            for (double value : values) {
                double place = range.place(Math.max(value, log ? Double.MIN_NORMAL : value));
                assertTrue(place >= -1e-9 && place <= 1 + 1e-9, value + " in " + range);
            }
        }
    }
}
