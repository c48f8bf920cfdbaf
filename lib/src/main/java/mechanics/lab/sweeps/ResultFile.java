package mechanics.lab.sweeps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import mechanics.base.SafeFile;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results of a sweep that are kept with the project, with their origin: a JSON object
 * {@code {"origin":…,"provenance":…,"results":[{"point":…,"result":…}, …]}}, one line for each point so that two versions
 * can be compared.
 */
final class ResultFile<R> implements KnownResults<R> {

    private static final JsonMapper MAPPER = Sweep.MAPPER;

    private final Path file;
    private final JsonNode origin;
    private final Class<R> type;
    /** Results as JSON, by points as JSON; those of another origin are left out. */
    private final Map<String, String> results = new LinkedHashMap<>();
    private Provenance provenance = Provenance.UNKNOWN;

    /**
     * Reads the file if it is there.
     *
     * @param origin what must be the same for its results to be taken
     * @throws IllegalArgumentException if it is corrupt
     */
    ResultFile(Path file, JsonNode origin, Class<R> type) {
        this.file = file;
        this.origin = origin;
        this.type = type;
        read();
    }

    @Override
    public boolean contains(String key, String point) { return results.containsKey(point); }

    @Override
    public R get(String key, String point) {
        try {
            return MAPPER.readValue(results.get(point), type);
        } catch (JacksonException e) {
            throw corrupt("the result of point " + point, e);
        }
    }

    /** Leaves the file as it is. */
    @Override
    public void put(String key, String point, R result) {
        // What is computed beside saved results is not saved: see SavedSweep.
    }

    @Override
    public Path place() { return file; }

    /** Where what it holds comes from. */
    Provenance provenance() { return provenance; }

    /** Writes new results, and after them those that the file holds by now for other points. */
    void write(Map<String, R> computed, Provenance from) {
        try {
            SafeFile.alone(file, () -> {
                results.clear();
                read();
                SafeFile.write(file, text(computed, from).getBytes(StandardCharsets.UTF_8));
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save results in " + file + ": " + e.getMessage(), e);
        }
    }

    private String text(Map<String, R> computed, Provenance from) {
        var all = new LinkedHashMap<String, String>();
        computed.forEach((point, result) -> all.put(point, MAPPER.writeValueAsString(result)));
        results.forEach(all::putIfAbsent);
        String lines = all.entrySet().stream()
                .map(entry -> "{\"point\":" + entry.getKey() + ",\"result\":" + entry.getValue() + "}")
                .collect(Collectors.joining(",\n"));
        return "{\"origin\":" + MAPPER.writeValueAsString(origin) + ",\n\"provenance\":"
                + MAPPER.writeValueAsString(from.json()) + ",\n\"results\":[\n" + lines + "\n]}\n";
    }

    private void read() {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read saved results from " + file + ": " + e.getMessage(),
                    e);
        } catch (JacksonException e) {
            throw corrupt("its text", e);
        }
        if (!root.path("origin").isObject() || !root.path("results").isArray()) {
            throw corrupt("its outermost object", null);
        }
        if (!root.get("origin").equals(origin)) {
            return;
        }
        provenance = Provenance.of(file, root);
        for (JsonNode each : root.get("results")) {
            if (!each.has("point") || !each.has("result")) {
                throw corrupt("entry " + results.size(), null);
            }
            results.put(MAPPER.writeValueAsString(each.get("point")),
                    MAPPER.writeValueAsString(each.get("result")));
        }
    }

    private IllegalArgumentException corrupt(String what, Exception cause) {
        return new IllegalArgumentException(file + ": " + what + " is not as saved: expected {\"origin\":…,"
                + "\"provenance\":…,\"results\":[{\"point\":…,\"result\":…}, …]} with results of type "
                + type.getSimpleName() + "; restore the file, or run the notebook with --scale full", cause);
    }
}
