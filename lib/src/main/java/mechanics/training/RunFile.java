package mechanics.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A saved run: a description in JSON, and beside it the file of numbers that the description names. */
final class RunFile {
    private static final String FORMAT = "mechanics run";
    private static final int VERSION = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path file;

    RunFile(Path file) { this.file = file.toAbsolutePath(); }

    /** Where a run is, and which numbers belong to it. */
    private record State(long step, long goal, List<Measured> series, Numbers numbers) {
        State {
            require(step >= 0 && goal >= step, "step " + step + " of " + goal);
            require(numbers != null, "numbers");
            series = List.copyOf(series);
        }
    }

    /** The columns of a series. */
    private record Measured(String name, List<String> columns, int width) {
        Measured {
            require(name != null && width >= 0, "series " + name + " of width " + width);
            columns = List.copyOf(columns);
        }
    }

    /** The file of numbers, in the same folder. */
    private record Numbers(String file, long bytes, String checksum) {
        Numbers {
            require(isPlain(file), "file of numbers " + file);
        }

        static boolean isPlain(String name) {
            return name != null && name.endsWith(".bin") && !name.contains("/") && !name.contains("\\");
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) throw new IllegalArgumentException(what + ": expected as it was saved");
    }

    void write(Run run) {
        var measured = run.seriesNames().stream().map(run::series).toList();
        byte[] numbers = NumbersFile.write(numbers(run, measured));
        String checksum = hex(NumbersFile.checksum(numbers, numbers.length));
        // Named by its content: the file that the old description names stays until the new one is in place.
        String name = file.getFileName().toString().replaceFirst("\\.json$", "") + "." + checksum + ".bin";
        var description = new LinkedHashMap<String, Object>();
        description.put("format", FORMAT);
        description.put("version", VERSION);
        description.putAll(Description.of(run));
        description.put("state", new State(run.step(), run.goal(),
                measured.stream().map(s -> new Measured(s.name(), s.columns(), s.width())).toList(),
                new Numbers(name, numbers.length, checksum)));
        try {
            String before = numbersNamedNow();
            replace(file.resolveSibling(name), numbers);
            replace(file, MAPPER.writeValueAsBytes(description));
            if (before != null && !before.equals(name)) Files.deleteIfExists(file.resolveSibling(before));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": expected a folder to write to", e);
        }
    }

    private static Map<String, Array> numbers(Run run, List<Series> measured) {
        var arrays = new LinkedHashMap<String, Array>();
        arrays.put("parameters", run.network().parameters().array());
        run.state().forEach((name, array) -> arrays.put("rule/" + name, array));
        for (var s : measured) {
            var steps = Precision.FLOAT64.array(s.size());
            var rows = Precision.FLOAT64.array(s.size() * s.width());
            long[] at = s.steps();
            for (int i = 0; i < s.size(); i++) {
                steps.set(i, (double) at[i]);
                rows.view(i * s.width(), s.width()).store(0, s.row(i), s.width());
            }
            arrays.put("steps/" + s.name(), steps);
            arrays.put("series/" + s.name(), rows);
        }
        return arrays;
    }

    /** The file of numbers of the description that is about to be replaced, or null. */
    private String numbersNamedNow() throws IOException {
        if (!Files.exists(file)) return null;
        try {
            JsonNode name = MAPPER.readTree(Files.readAllBytes(file)).at("/state/numbers/file");
            String text = name.asString("");
            return Numbers.isPlain(text) ? text : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    void read(Run run) {
        JsonNode description = description();
        require("format", "\"" + FORMAT + "\"", description.path("format"));
        require("version", String.valueOf(VERSION), description.path("version"));
        compare("system", MAPPER.valueToTree(Description.system(run)), description.path("system"));
        State state = state(description);
        var arrays = NumbersFile.read(state.numbers.file, bytes(state.numbers));
        Array parameters = array(arrays, "parameters", run.network().parameters().count());
        var carried = new LinkedHashMap<String, Array>();
        run.state().forEach(
                (name, array) -> carried.put(name, array(arrays, "rule/" + name, array.length())));
        var measured = new ArrayList<Series>();
        for (var m : state.series) measured.add(series(run, m, arrays));
        run.restore(state.step, state.goal, parameters, carried, measured);
    }

    private JsonNode description() {
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is not JSON: expected a run that was saved", e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + " is missing: expected a run that was saved", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": expected a run that was saved", e);
        }
    }

    private State state(JsonNode description) {
        try {
            return MAPPER.treeToValue(description.required("state"), State.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    file + " has no whole state: expected that of a run that was saved: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private byte[] bytes(Numbers numbers) {
        Path path = file.resolveSibling(numbers.file);
        byte[] content;
        try {
            content = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(path + " is missing: expected the numbers of " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": expected the numbers of " + file, e);
        }
        if (content.length != numbers.bytes) {
            throw new IllegalArgumentException(path + " has " + content.length + " bytes: expected "
                    + numbers.bytes + " as " + file + " says");
        }
        String checksum = hex(NumbersFile.checksum(content, content.length));
        if (!checksum.equals(numbers.checksum)) {
            throw new IllegalArgumentException(path + " has checksum " + checksum + ": expected "
                    + numbers.checksum + " as " + file + " says");
        }
        return content;
    }

    private Array array(Map<String, Array> arrays, String name, int length) {
        Array array = arrays.get(name);
        if (array == null || array.length() != length) {
            throw new IllegalArgumentException(file + " has " + (array == null ? "no" : array.length())
                    + " numbers for " + name + ": expected " + length);
        }
        return array;
    }

    private Series series(Run run, Measured m, Map<String, Array> arrays) {
        if (run.seriesNames().contains(m.name) && !run.series(m.name).columns().equals(m.columns)) {
            throw new IllegalArgumentException(
                    file + " has the series " + m.name + " with columns " + m.columns
                            + ": expected " + run.series(m.name).columns());
        }
        Array steps = arrays.get("steps/" + m.name);
        Array rows = array(arrays, "series/" + m.name, (steps == null ? 0 : steps.length()) * m.width);
        var series = new Series(m.name, m.columns);
        for (int i = 0; steps != null && i < steps.length(); i++) {
            series.add((long) steps.get(i), rows.view(i * m.width, m.width).toDoubles());
        }
        return series;
    }

    /** Refuses the first difference of two descriptions. */
    private void compare(String path, JsonNode expected, JsonNode found) {
        if (expected.isObject() && found.isObject()) {
            for (String name : expected.propertyNames()) {
                compare(path + "." + name, expected.get(name), found.path(name));
            }
        } else {
            require(path, expected.toString(), found);
        }
    }

    private void require(String path, String expected, JsonNode found) {
        if (!expected.equals(found.toString())) {
            throw new IllegalArgumentException(file + " has " + path + " = "
                    + (found.isMissingNode() ? "nothing" : found.toString()) + ": expected " + expected);
        }
    }

    private static String hex(int checksum) { return String.format("%08x", checksum); }

    /** Writes to a temporary file in the same folder, then moves it. */
    private static void replace(Path target, byte[] content) throws IOException {
        Files.createDirectories(target.getParent());
        Path temporary = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
        try {
            Files.write(temporary, content);
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
