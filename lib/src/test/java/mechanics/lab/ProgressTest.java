package mechanics.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import mechanics.network.zoo.Mlp;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class ProgressTest {

    private static final class Lines implements Progress.Sink {

        private final List<String> shown = new ArrayList<>();

        @Override
        public void show(String line) { shown.add(line); }

        @Override
        public void clear() { shown.add("cleared"); }
    }

    private final Lines lines = new Lines();
    private long now;

    private Progress progress(long total) { return new Progress("training", total, lines, () -> now); }

    private void pass(double seconds) { now += (long) (seconds * 1e9); }

    @Test
    void shortWorkShowsNothing() {
        try (Progress progress = progress(100)) {
            for (int i = 0; i < 100; i++) {
                pass(0.019);
                progress.step();
            }
        }
        assertEquals(List.of(), lines.shown);
    }

    @Test
    void longWorkShowsRateAndRemainingTimeAndVanishes() {
        try (Progress progress = progress(10_000)) {
            pass(10);
            progress.step(4_000);
        }
        assertEquals(
                List.of("training  ████████░░░░░░░░░░░░  40 %  4000 of 10000 · 400/s · 15 s left", "cleared"),
                lines.shown);
    }

    @Test
    void linesComeNoFasterThanTheSinkWants() {
        try (Progress progress = progress(1000)) {
            for (int i = 0; i < 1000; i++) {
                pass(0.01);
                progress.step();
            }
        }
        // Ten seconds, the first two silent, four lines a second, and the end.
        assertEquals(33, lines.shown.size(), 1);
    }

    @Test
    void slowStepsAreToldByTheirDuration() {
        try (Progress progress = progress(4)) {
            pass(200);
            progress.step();
        }
        assertTrue(lines.shown.getFirst().endsWith("25 %  1 of 4 · 3 min 20 s each · 10 min left"),
                lines.shown.getFirst());
    }

    @Test
    void whatWasDoneBeforeDoesNotCountForTheRate() {
        try (Progress progress = progress(100)) {
            progress.skip(50);
            pass(10);
            progress.step(10);
        }
        assertTrue(lines.shown.getFirst().endsWith("60 %  60 of 100 · 1/s · 40 s left"),
                lines.shown.getFirst());
    }

    @Test
    void anUnknownTotalHasNoBar() {
        try (Progress progress = progress(-1)) {
            pass(4);
            progress.step(12);
        }
        assertEquals("training  12 · 3/s", lines.shown.getFirst());
    }

    @Test
    void aLogKeepsALineEveryTenSeconds() {
        var bytes = new ByteArrayOutputStream();
        Progress.Sink log = Progress.Sink.log(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertEquals(Duration.ofSeconds(10), log.interval());
        try (var progress = new Progress("training", 60, log, () -> now)) {
            for (int i = 0; i < 60; i++) {
                pass(1);
                progress.step();
            }
        }
        long count = bytes.toString(StandardCharsets.UTF_8).lines().count();
        assertTrue(count >= 5 && count <= 7, "lines: " + count);
    }

    @Test
    void elementsComeThroughUnchanged() {
        List<Integer> seen = new ArrayList<>();
        for (int each : Progress.over(List.of(3, 1, 2))) {
            seen.add(each);
        }
        assertEquals(List.of(3, 1, 2), seen);
    }

    @Test
    void aNegativeTotalIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Progress.of("x", -1));
    }

    @Test
    void trainingWithProgressIsTraining() {
        var network = Mlp.of(1, 1).build();
        var run = Run.of(network, SquaredError.MEAN, new double[][]{{1}}, new double[][]{{2}},
                GradientDescent.of(0.1)).steps(30);
        assertEquals(30, Progress.train(run).step());
    }
}
