package mechanics.training.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import mechanics.data.Text;
import mechanics.network.Parameterization.Kind;
import mechanics.training.text.TextRuns.Point;
import mechanics.training.text.TextRuns.Setting;

class TextRunsTest {
    private static final Text TEXT = new Text("counting", "English",
            "one two three four five six ".repeat(150));
    private static final Setting SETTING = new Setting(8, 1, 4, 4, 4, 8, 64);
    private static final TextRuns RUNS = TextRuns.of(TEXT, SETTING);

    private static Point point(int width, int log2Steps, int seed) {
        return new Point(Kind.MAXIMAL_UPDATE, width, -6, 8, log2Steps, seed);
    }

    @Test
    void shorterTrainingIsTheBeginningOfALongerOne() {
        var shorter = RUNS.curve(point(8, 6, 0));
        var longer = RUNS.curve(point(8, 7, 0));
        int n = shorter.loss().length;
        assertArrayEquals(shorter.tokens(), Arrays.copyOf(longer.tokens(), n));
        assertArrayEquals(shorter.loss(), Arrays.copyOf(longer.loss(), n));
        assertEquals(RUNS.tokensPerStep() * 128.0, longer.tokens()[longer.tokens().length - 1]);
    }

    @Test
    void trainingLearnsAndSeedsDiffer() {
        var first = RUNS.curve(point(8, 7, 0));
        var second = RUNS.curve(point(8, 7, 1));
        assertTrue(first.least() < 0.8 * Math.log(TEXT.alphabet().size()), first.least() + "");
        assertTrue(first.least() != second.least());
        assertEquals(first.loss()[2], first.at(first.tokens()[2]));
    }

    @Test
    void curvesAreReadBetweenTheirPointsAndAveraged() {
        var curve = new TextRuns.Curve(new double[]{100, 200, 400}, new double[]{4, 2, 1});
        assertEquals(Math.sqrt(8), curve.at(100 * Math.sqrt(2)), 1e-12);
        assertEquals(1, curve.at(400));
        assertEquals(1, curve.least());
        assertThrows(IllegalArgumentException.class, () -> curve.at(401));
        var other = new TextRuns.Curve(new double[]{100, 200, 400}, new double[]{2, 2, 2});
        assertArrayEquals(new double[]{3, 2, 1.5}, TextRuns.Curve.mean(List.of(curve, other)).loss());
        var shorter = new TextRuns.Curve(new double[]{100}, new double[]{2});
        assertThrows(IllegalArgumentException.class, () -> TextRuns.Curve.mean(List.of(curve, shorter)));
        assertThrows(IllegalArgumentException.class, () -> TextRuns.Curve.mean(List.of()));
    }

    @Test
    void windowsAreHeldOut() {
        int all = (TEXT.length() - 1) / 8;
        assertEquals(all - 64, RUNS.windows());
    }

    @Test
    void parametersAreThoseOfTheBlocks() {
        // Of all, without embeddings (V + T) w, readout V w + V, biases and gains: 12 w² a block.
        int w = 8, v = TEXT.alphabet().size();
        int count = RUNS.network(point(w, 1, 0)).parameters().count();
        int others = (v + 8) * w + (v * w + v) + 9 * w + 3 * 2 * w;
        assertEquals(RUNS.parameters(w), count - others);
        assertEquals(6 * RUNS.parameters(w) * 1000, RUNS.compute(w, 1000));
    }

    @Test
    void divergedTrainingEndsItsCurve() {
        var curve = RUNS.curve(new Point(Kind.STANDARD, 8, 200, 8, 7, 0));
        assertTrue(curve.tokens().length < 7);
    }

    @Test
    void badInputsAreNamed() {
        assertThrows(IllegalArgumentException.class,
                () -> TextRuns.of(TEXT, new Setting(8, 1, 4, 4, 4, 8, 100_000)));
        assertThrows(IllegalArgumentException.class, () -> RUNS.curve(point(6, 1, 0)));
        assertThrows(IllegalArgumentException.class,
                () -> RUNS.curve(new Point(Kind.STANDARD, 8, -6, 20, 1, 0)));
        assertThrows(IllegalArgumentException.class, () -> RUNS.curve(point(8, 6, 0)).at(5));
        assertThrows(IllegalArgumentException.class, () -> new Setting(8, 1, 0, 4, 4, 8, 10));
        assertThrows(IllegalArgumentException.class, () -> new Point(Kind.STANDARD, 8, -6, 40, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Point(Kind.STANDARD, 8, -6, 4, -1, 0));
    }
}
