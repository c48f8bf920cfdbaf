package mechanics.training;

import static mechanics.training.Quadratic.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.zoo.Mlp;
import mechanics.training.rules.Adam;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RunFileTest {
    private static final double[][] X = normal(20, 3, 1);
    private static final double[][] Y = normal(20, 2, 2);

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void name() { file = folder.resolve("deep").resolve("run.json"); }

    private static Run run(LearningRule rule, Precision precision) {
        var network = Mlp.of(3, 5, 4, 2).seed(3).precision(precision).build();
        return Run.of(network, SquaredError.HALF_MEAN, X, Y, rule).seed(8).steps(40).observe("norm",
                MeasurementSchedule.every(7),
                net -> new double[]{net.parameters().array().norm(), Double.NaN});
    }

    private static Run run() { return run(Adam.of(0.01).batch(8), Precision.FLOAT32); }

    static List<LearningRule> rules() { return RunControlTest.rules(); }

    @ParameterizedTest
    @MethodSource("rules")
    void loadedRunGoesOnToTheLastBit(LearningRule rule) {
        for (var precision : Precision.values()) {
            run(rule, precision).train(r -> {
                if (r.step() == 13) r.save(file);
            });
            var loaded = run(rule, precision).load(file);
            assertEquals(13, loaded.step());
            assertEquals(27, loaded.remaining());
            loaded.train();
            var whole = run(rule, precision).train();
            assertEquals(40, loaded.step());
            assertArrayEquals(whole.network().parameters().array().toDoubles(),
                    loaded.network().parameters().array().toDoubles());
            assertArrayEquals(whole.series("loss").values(), loaded.series("loss").values());
            assertArrayEquals(whole.series("norm").steps(), loaded.series("norm").steps());
            assertArrayEquals(whole.series("norm").column(0), loaded.series("norm").column(0));
            assertTrue(Double.isNaN(loaded.series("norm").column(1)[0]));
        }
    }

    @Test
    void seriesComeBackWithoutTheirObservables() {
        run().train().save(file);
        var network = Mlp.of(3, 5, 4, 2).seed(3).build();
        var run = Run.of(network, SquaredError.HALF_MEAN, X, Y, Adam.of(0.01).batch(8)).seed(8).load(file);
        assertEquals(List.of("loss", "norm"), run.seriesNames());
        assertEquals(7, run.series("norm").size());
        run.observe("norm", MeasurementSchedule.every(7), net -> new double[]{1, 2}).steps(2).train();
        assertArrayEquals(new long[]{0, 7, 14, 21, 28, 35, 40, 42}, run.series("norm").steps());
    }

    @Test
    void savingAgainLeavesTwoFiles() throws IOException {
        var run = run();
        for (int i = 0; i < 3; i++) run.train().save(file);
        try (var files = Files.list(file.getParent())) {
            assertEquals(2, files.filter(f -> !f.getFileName().toString().startsWith(".")).count());
        }
        assertEquals(120, run().load(file).step());
    }

    @Test
    void descriptionSaysWhatWasRunOnWhatWithWhich() {
        run().train().save(file);
        JsonNode json = JsonMapper.shared().readTree(file.toFile());
        assertEquals("mechanics run", json.at("/format").asString());
        assertEquals("Sequential", json.at("/system/layers/kind").asString());
        assertEquals(5, json.at("/system/layers/layers/0/width").asInt());
        assertEquals("tanh", json.at("/system/layers/layers/1/activation").asString());
        assertEquals("STANDARD", json.at("/system/options/parameterization/kind").asString().substring(5));
        assertEquals("SquaredError.HALF_MEAN", json.at("/system/task").asString());
        assertEquals("Adam", json.at("/system/rule/kind").asString());
        assertEquals(8, json.at("/system/rule/options/batches/size").asInt());
        assertEquals(8, json.at("/system/seed").asInt());
        assertEquals(20, json.at("/system/data/samples").asInt());
        assertEquals(64, json.at("/system/data/inputs").asString().length());
        assertEquals(40, json.at("/state/step").asInt());
        assertTrue(json.at("/software/java").asString().contains("25"));
        assertFalse(json.at("/software/libraries").isEmpty());
    }

    @Test
    void anotherSystemIsRefusedByName() {
        run().train().save(file);
        var other = normal(20, 3, 9);
        var network = Mlp.of(3, 5, 4, 2).seed(3).build();
        var rule = Adam.of(0.01).batch(8);
        var task = SquaredError.HALF_MEAN;
        assertRefused("system.rule.learningRate = 0.01: expected 0.02",
                run(Adam.of(0.02).batch(8), Precision.FLOAT32));
        assertRefused("system.rule.kind", run(GradientDescent.of(0.01).batch(8), Precision.FLOAT32));
        assertRefused("system.options.precision", run(rule, Precision.FLOAT64));
        assertRefused("system.seed = 8: expected 7", run().seed(7));
        assertRefused("system.data.inputs", Run.of(network, task, other, Y, rule).seed(8));
        assertRefused("system.task", Run.of(network, SquaredError.SUM, X, Y, rule).seed(8));
        assertRefused("system.layers", Run.of(Mlp.of(3, 6, 4, 2).seed(3).build(), task, X, Y, rule).seed(8));
    }

    private void assertRefused(String part, Run run) {
        double[] before = run.network().parameters().array().toDoubles();
        var e = assertThrows(IllegalArgumentException.class, () -> run.load(file));
        assertTrue(e.getMessage().contains(part) && e.getMessage().contains("expected")
                && e.getMessage().contains("run"), e.getMessage());
        assertArrayEquals(before, run.network().parameters().array().toDoubles());
        assertEquals(0, run.step());
    }

    private Path numbers() throws IOException { return numbers(file); }

    private static Path numbers(Path file) throws IOException {
        try (var files = Files.list(file.getParent())) {
            return files.filter(f -> f.toString().endsWith(".bin")).findFirst().orElseThrow();
        }
    }

    @Test
    void damagedNumbersAreRefused() throws IOException {
        run().train().save(file);
        Path numbers = numbers();
        byte[] good = Files.readAllBytes(numbers);
        for (int length = 0; length < good.length; length += 1 + good.length / 40) {
            Files.write(numbers, Arrays.copyOf(good, length));
            assertRefused(" bytes: expected", run());
        }
        for (int at = 0; at < good.length; at += 1 + good.length / 40) {
            byte[] bad = good.clone();
            bad[at] ^= 4;
            Files.write(numbers, bad);
            assertRefused("checksum", run());
        }
        Files.delete(numbers);
        assertRefused("missing", run());
    }

    @Test
    void numbersOfAnotherRunAreRefused() throws IOException {
        run().train().save(file);
        Path other = folder.resolve("other").resolve("run.json");
        run().train().train().save(other);
        Files.write(numbers(), Files.readAllBytes(numbers(other)));
        assertRefused("bytes", run());
        // Of equal length and whole in itself.
        run().train().save(file);
        var network = Mlp.of(3, 5, 4, 2).seed(4).build();
        Run.of(network, SquaredError.HALF_MEAN, X, Y, Adam.of(0.01).batch(8)).seed(8).steps(40)
                .observe("norm", MeasurementSchedule.every(7), net -> new double[]{1, 2}).train().save(other);
        assertEquals(Files.size(numbers()), Files.size(numbers(other)));
        Files.write(numbers(), Files.readAllBytes(numbers(other)));
        assertRefused("checksum", run());
    }

    @Test
    void runsOfTheFirstVersionLoad() throws IOException {
        var saved = run().train();
        saved.save(file);
        byte[] numbers = Files.readAllBytes(numbers());
        String crc = String.format("%08x", NumbersFile.checksum(numbers, numbers.length));
        Files.move(numbers(), file.resolveSibling("run." + crc + ".bin"));
        var description = (ObjectNode) JsonMapper.shared().readTree(file.toFile());
        description.put("version", 1);
        ((ObjectNode) description.at("/state/numbers")).put("checksum", crc).put("file",
                "run." + crc + ".bin");
        JsonMapper.shared().writeValue(file.toFile(), description);
        var loaded = run().load(file);
        assertArrayEquals(saved.network().parameters().array().toDoubles(),
                loaded.network().parameters().array().toDoubles());
        loaded.save(file);
        assertEquals(40, run().load(file).step());
        assertFalse(Files.exists(file.resolveSibling("run." + crc + ".bin")));
    }

    @Test
    void stateThatWasEditedIsRefused() throws IOException {
        run().train().save(file);
        String good = Files.readString(file);
        for (String[] change : new String[][]{{"\"step\" : 40", "\"step\" : 39"},
                {"\"goal\" : 40", "\"goal\" : 41"}}) {
            assertTrue(good.contains(change[0]), change[0]);
            Files.writeString(file, good.replace(change[0], change[1]));
            assertRefused("checksum", run());
        }
        Files.writeString(file, good.replace(" : ", ":").replace("\n", ""));
        assertEquals(40, run().load(file).step());
    }

    @Test
    void loadingWhileAnotherThreadSavesFindsAState() throws Exception {
        run().save(file);
        var stop = new AtomicBoolean();
        var saver = Thread.ofPlatform().start(() -> {
            var run = run().steps(1);
            while (!stop.get()) {
                run.train().save(file);
                run.steps(1);
            }
        });
        try {
            long before = 0;
            for (int i = 0; i < 300; i++) {
                var loaded = run().load(file);
                assertTrue(loaded.step() >= before, loaded.step() + " after " + before);
                before = loaded.step();
            }
            assertTrue(before > 0);
        } finally {
            stop.set(true);
            saver.join();
        }
    }

    @Test
    void twoSaversOfOneFileLeaveOneWholeState() throws Exception {
        var savers = new ArrayList<Thread>();
        var failure = new AtomicReference<Throwable>();
        for (int t = 0; t < 2; t++) {
            savers.add(Thread.ofPlatform().uncaughtExceptionHandler((_, e) -> failure.set(e)).start(
                    () -> run().train(r -> r.save(file))));
        }
        for (Thread saver : savers) saver.join();
        assertNull(failure.get());
        run().load(file);
        try (var files = Files.list(file.getParent())) {
            assertEquals(2, files.filter(f -> !f.getFileName().toString().startsWith(".")).count());
        }
    }

    @Test
    void damagedDescriptionsAreRefused() throws IOException {
        assertRefused("missing", run());
        run().train().save(file);
        String good = Files.readString(file);
        for (int length = 0; length < good.length() - 2; length += 1 + good.length() / 20) {
            Files.writeString(file, good.substring(0, length));
            assertRefused("", run());
        }
        for (String[] change : new String[][]{{"mechanics run", "other"},
                {"\"version\" : 2", "\"version\" : 3"},
                {"\"step\" : 40", "\"step\" : -1"}, {"\"step\" : 40", "\"step\" : 41"},
                {"\"state\"", "\"estate\""}, {"\"numbers\"", "\"letters\""},
                {"\"width\" : 2", "\"width\" : 3"},
                {"\"name\" : \"norm\"", "\"name\" : \"other\""}, {"\"file\" : \"", "\"file\" : \"../"}}) {
            assertTrue(good.contains(change[0]), change[0]);
            Files.writeString(file, good.replace(change[0], change[1]));
            assertRefused("", run());
        }
        Files.write(file, new byte[]{0, 1, 2, (byte) 0xff});
        assertRefused("", run());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void numbersComeBackAsTheyWere(Precision precision) {
        var arrays = new LinkedHashMap<String, Array>();
        arrays.put("θ",
                precision.array(new double[]{0, -0.0, 1e-40, Double.NaN, Double.POSITIVE_INFINITY, 1 / 3.0}));
        arrays.put("", precision.array(0));
        var read = NumbersFile.read("file", NumbersFile.write(arrays));
        assertEquals(List.of("θ", ""), List.copyOf(read.keySet()));
        for (String name : arrays.keySet()) {
            assertEquals(precision, read.get(name).precision());
            assertArrayEquals(arrays.get(name).toDoubles(), read.get(name).toDoubles());
        }
    }

    @Test
    void everyDamageToNumbersIsNoticed() {
        var arrays = new LinkedHashMap<String, Array>();
        arrays.put("a", Precision.FLOAT32.array(new double[]{1, 2, 3}));
        byte[] good = NumbersFile.write(arrays);
        for (int i = 0; i < good.length; i++) {
            byte[] cut = Arrays.copyOf(good, i);
            assertThrows(IllegalArgumentException.class, () -> NumbersFile.read("file", cut));
            byte[] bad = good.clone();
            bad[i] ^= 1;
            assertThrows(IllegalArgumentException.class, () -> NumbersFile.read("file", bad));
        }
    }
}
