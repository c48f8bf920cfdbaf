package mechanics.lab.sweeps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.lab.Scale;
import mechanics.lab.predictions.Check;
import mechanics.lab.predictions.Prediction;
import mechanics.lab.predictions.Tolerance;

class SavedSweepTest {

    record Point(int width, double rate) {}

    record Settings(int steps, int batch) {}

    private static final Settings SETTINGS = new Settings(200, 8);
    private static final List<Point> POINTS = IntStream.range(0, 6)
            .mapToObj(i -> new Point(i, Math.pow(2, -i)))
            .toList();

    private final AtomicInteger computed = new AtomicInteger();

    private SavedResults<Double> run(Path folder, Scale scale, List<Point> points, Object settings,
            long seed) {
        return Sweep.of("4.7 losses", points).seed(seed).threads(2).saved(settings, Double.class).in(folder)
                .at(scale).run((point, _) -> {
                    computed.incrementAndGet();
                    return point.width == 3 ? Double.NaN : point.rate / 3;
                });
    }

    private SavedResults<Double> run(Path folder, Scale scale) {
        return run(folder, scale, POINTS, SETTINGS, 0);
    }

    @Test
    void whatFullScaleComputesQuickScaleLoads(@TempDir Path folder) {
        SavedResults<Double> full = run(folder, Scale.FULL);
        assertTrue(full.recomputed());
        assertEquals(6, computed.get());
        SavedResults<Double> quick = run(folder, Scale.QUICK);
        assertEquals(6, computed.get());
        assertEquals(full.values(), quick.values());
        assertEquals(6, quick.loaded());
        assertFalse(quick.recomputed());
        run(folder, Scale.FULL);
        assertEquals(12, computed.get());
    }

    @Test
    void withoutAFileQuickScaleComputesAndSavesNothing(@TempDir Path folder) throws IOException {
        assertTrue(run(folder, Scale.QUICK).recomputed());
        assertEquals(6, computed.get());
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void pointsThatAreNotSavedAreComputedBesideThoseThatAre(@TempDir Path folder) {
        run(folder, Scale.FULL, POINTS.subList(0, 4), SETTINGS, 0);
        SavedResults<Double> more = run(folder, Scale.QUICK);
        assertEquals(4, more.loaded());
        assertEquals(6, computed.get());
        assertEquals(POINTS.getLast().rate / 3, more.values().getLast());
    }

    @Test
    void otherPointsOfTheFileSurviveAFullRun(@TempDir Path folder) {
        run(folder, Scale.FULL, POINTS.subList(0, 4), SETTINGS, 0);
        run(folder, Scale.FULL, POINTS.subList(3, 6), SETTINGS, 0);
        assertEquals(6, run(folder, Scale.QUICK).loaded());
    }

    @Test
    void resultsOfOtherSettingsOrAnotherSeedAreNotTaken(@TempDir Path folder) {
        run(folder, Scale.FULL);
        assertTrue(run(folder, Scale.QUICK, POINTS, new Settings(400, 8), 0).recomputed());
        assertTrue(run(folder, Scale.QUICK, POINTS, SETTINGS, 1).recomputed());
        assertEquals(6, run(folder, Scale.QUICK, POINTS, Map.of("batch", 8, "steps", 200L), 0).loaded(),
                "the same settings, written otherwise");
    }

    @Test
    void theFileTellsWhereItsResultsComeFrom(@TempDir Path folder) throws IOException {
        run(folder, Scale.FULL);
        String text = Files.readString(folder.resolve("4.7-losses.json"));
        assertEquals(6, text.lines().filter(line -> line.startsWith("{\"point\":")).count(), text);
        var root = Sweep.MAPPER.readTree(text);
        assertEquals("4.7 losses", root.at("/origin/sweep").asString());
        assertEquals(200, root.at("/origin/settings/steps").asInt());
        assertTrue(root.at("/provenance/libraries/Java").asString().contains("25"), text);
        assertTrue(root.at("/provenance/libraries/Smile").asString().startsWith("smile-"), text);
        assertTrue(root.at("/provenance/date").asString().matches("\\d{4}-\\d\\d-\\d\\d"), text);
        assertTrue(root.at("/provenance/settings").asString().matches("[0-9a-f]{32}"), text);
        assertTrue(root.at("/provenance/commit").asString().matches("[0-9a-f]{40}|"), text);
        assertEquals("lib/src/main/java/mechanics/lab/sweeps/SavedSweepTest.java",
                root.at("/provenance/code").asString());
    }

    @Test
    void anInterruptedFullRunGoesOnWhereItWas(@TempDir Path folder) throws IOException {
        var sweep = Sweep.of("s", POINTS).threads(1).saved(SETTINGS, Double.class).in(folder).at(Scale.FULL);
        assertThrows(SweepException.class, () -> sweep.run((point, _) -> {
            if (point.width == 4) throw new IllegalStateException("power cut");
            return point.rate;
        }));
        assertFalse(Files.exists(folder.resolve("s.json")));
        SavedResults<Double> whole = sweep.run((point, _) -> {
            computed.incrementAndGet();
            return point.rate;
        });
        assertEquals(2, computed.get());
        assertEquals(POINTS.stream().map(Point::rate).toList(), whole.values());
        try (var files = Files.list(folder)) {
            assertEquals(List.of("s.json"), files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".")).toList());
        }
    }

    @Test
    void fullRunsAtOnceInOneFolderSaveAllPoints(@TempDir Path folder) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int part = 0; part < 3; part++) {
            List<Point> some = POINTS.subList(2 * part, 2 * part + 2);
            threads.add(Thread.ofPlatform().start(() -> run(folder, Scale.FULL, some, SETTINGS, 0)));
        }
        for (Thread thread : threads) thread.join();
        assertEquals(6, run(folder, Scale.QUICK).loaded());
        assertFalse(Files.exists(folder.resolve("4.7-losses.json.part")));
    }

    @Test
    void aCheckSaysWhetherItsMeasurementWasLoaded(@TempDir Path folder) {
        Prediction prediction = Prediction.law("4.7", "loss").predicts(1.0 / 3)
                .within(Tolerance.absolute(1e-9), "exact");
        SavedResults<Double> fresh = run(folder, Scale.FULL);
        assertTrue(prediction.check(fresh.values().getFirst()).from(fresh).entry().recomputed());
        SavedResults<Double> loaded = run(folder, Scale.QUICK);
        Check check = prediction.check(loaded.values().getFirst()).from(loaded);
        assertFalse(check.entry().recomputed());
        assertTrue(check.passed());
        assertTrue(check.toString().contains("(loaded)"), check.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"origin\":", "[]", "{\"origin\":{}}"})
    void aCorruptFileIsRefusedByName(String content, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("4.7-losses.json"), content);
        String message = assertThrows(IllegalArgumentException.class, () -> run(folder, Scale.QUICK))
                .getMessage();
        assertTrue(message.contains("4.7-losses.json") && message.contains("expected {\"origin\""), message);
    }

    @Test
    void settingsMustBeWritable(@TempDir Path folder) {
        var loop = new ArrayList<Object>();
        loop.add(loop);
        String message = assertThrows(IllegalArgumentException.class,
                () -> run(folder, Scale.QUICK, POINTS, loop, 0)).getMessage();
        assertTrue(message.contains("settings of sweep \"4.7 losses\""), message);
    }

    @Test
    void countsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new SavedResults<>(List.of(1), 2, Path.of("f"),
                Provenance.UNKNOWN));
    }
}
