package mechanics.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import mechanics.base.SafeFile;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A saved run: a description in JSON, and beside it the file of numbers that the description names. The checksum in the
 * description is the SHA-256 of both, the description without the entry of its numbers and the numbers, and the file of
 * numbers has its beginning in its name: so each names the other, and neither fits another run's.
 *
 * <p>Numbers of a new state never replace those of the old: they come beside them, then the description moves over the
 * old one, then the old numbers go. Whenever the process is killed, the description that is there has its numbers.
 */
final class RunFile {
    private static final String FORMAT = "mechanics run";
    private static final int VERSION = 2;
    /** Its checksum is a CRC-32 of the numbers with their own at the end, which is the same for all runs. */
    private static final int OLD_VERSION = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Digits of the checksum in the name of the file of numbers. */
    private static final int NAMED = 32;

    private final Path file;

    RunFile(Path file) { this.file = file.toAbsolutePath(); }

    /** Where a run is, and which numbers belong to it; null before they are named. */
    private record State(long step, long goal, List<Measured> series, Numbers numbers) {
        State {
            require(step >= 0 && goal >= step, "step " + step + " of " + goal);
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
        var whole = new LinkedHashMap<String, Object>();
        whole.put("format", FORMAT);
        whole.put("version", VERSION);
        whole.putAll(Description.of(run));
        whole.put("state", new State(run.step(), run.goal(),
                measured.stream().map(s -> new Measured(s.name(), s.columns(), s.width())).toList(), null));
        // By way of text, so that it equals what is read.
        JsonNode description = MAPPER.readTree(MAPPER.writeValueAsBytes(whole));
        String checksum = checksum(description, numbers);
        String name = file.getFileName() + "." + checksum.substring(0, NAMED) + ".bin";
        ((ObjectNode) description.get("state")).set("numbers",
                MAPPER.valueToTree(new Numbers(name, numbers.length, checksum)));
        byte[] text = MAPPER.writeValueAsBytes(description);
        try {
            SafeFile.alone(file, () -> replace(name, numbers, text));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": expected a folder to write to", e);
        }
    }

    private void replace(String name, byte[] numbers, byte[] description) throws IOException {
        String before = numbersNamedNow();
        SafeFile.write(file.resolveSibling(name), numbers);
        SafeFile.write(file, description);
        if (before != null && !before.equals(name)) Files.deleteIfExists(file.resolveSibling(before));
        // What earlier saves left when they were killed.
        SafeFile.removeLeft(file.getParent(), "(?!" + Pattern.quote(name) + "$)\\.?"
                + Pattern.quote(file.getFileName().toString()) + "\\.[0-9a-f]{" + NAMED
                + "}\\.bin(\\.\\d+\\.\\d+\\.part)?");
    }

    /** SHA-256 of a description without the entry of its numbers, and of the numbers. */
    private static String checksum(JsonNode description, byte[] numbers) {
        JsonNode rest = description.deepCopy();
        ((ObjectNode) rest.get("state")).remove("numbers");
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(MAPPER.writeValueAsBytes(rest));
            return HexFormat.of().formatHex(digest.digest(numbers));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
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
        while (true) {
            check(description, run);
            State state = state(description);
            Path numbers = file.resolveSibling(state.numbers.file);
            try {
                read(run, description, state, Files.readAllBytes(numbers));
                return;
            } catch (NoSuchFileException e) {
                // Another thread or process may have saved a newer state since the description was read.
                JsonNode newer = description();
                if (newer.equals(description)) {
                    throw new IllegalArgumentException(
                            numbers + " is missing: expected the numbers of " + file, e);
                }
                description = newer;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + numbers + ": expected the numbers of " + file,
                        e);
            }
        }
    }

    private void check(JsonNode description, Run run) {
        require("format", "\"" + FORMAT + "\"", description.path("format"));
        JsonNode version = description.path("version");
        if (!version.equals(MAPPER.valueToTree(OLD_VERSION))) {
            require("version", String.valueOf(VERSION), version);
        }
        compare("system", MAPPER.valueToTree(Description.system(run)), description.path("system"));
    }

    private void read(Run run, JsonNode description, State state, byte[] content) {
        checkNumbers(description, state.numbers, content);
        var arrays = NumbersFile.read(state.numbers.file, content);
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
            State state = MAPPER.treeToValue(description.required("state"), State.class);
            if (state.numbers == null) {
                throw new IllegalArgumentException(
                        file + " names no numbers: expected those of a run that was saved");
            }
            return state;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    file + " has no whole state: expected that of a run that was saved: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private void checkNumbers(JsonNode description, Numbers numbers, byte[] content) {
        Path path = file.resolveSibling(numbers.file);
        if (content.length != numbers.bytes) {
            throw new IllegalArgumentException(path + " has " + content.length + " bytes: expected "
                    + numbers.bytes + " as " + file + " says");
        }
        String checksum = description.get("version").asInt() == OLD_VERSION
                ? String.format("%08x", NumbersFile.checksum(content, content.length))
                : checksum(description, content);
        if (!checksum.equals(numbers.checksum)) {
            throw new IllegalArgumentException(file + " and " + path + " have checksum " + checksum
                    + ": expected " + numbers.checksum + ", both as they were saved");
        }
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
}
