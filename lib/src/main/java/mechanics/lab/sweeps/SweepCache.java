package mechanics.lab.sweeps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import mechanics.base.SafeFile;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finished points of a sweep in a file of JSON lines, {@code {"key":…,"point":…,"result":…}}. The file is replaced as a
 * whole after each point, so that it is never seen half written, and read again before, so that it keeps the points that
 * other sweeps finished in the meantime.
 */
final class SweepCache<R> implements KnownResults<R> {

    private static final JsonMapper MAPPER = Sweep.MAPPER;

    private final Path file;
    private final Class<R> type;
    private final Map<String, String> lines = new LinkedHashMap<>();
    /** Lines of points that were computed now. */
    private final Map<String, String> computed = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, R> results = new LinkedHashMap<>();

    SweepCache(Path file, Class<R> type) {
        this.file = file;
        this.type = type;
        lines.putAll(read());
    }

    @Override
    public Path place() { return file; }

    @Override
    public boolean contains(String key, String point) {
        asked.add(key);
        return lines.containsKey(key);
    }

    @Override
    public R get(String key, String point) { return results.computeIfAbsent(key, this::parse); }

    @Override
    public void put(String key, String point, R result) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("key", key);
        line.set("point", MAPPER.readTree(point));
        line.set("result", MAPPER.valueToTree(result));
        computed.put(key, MAPPER.writeValueAsString(line));
        lines.put(key, computed.get(key));
        try {
            SafeFile.alone(file, () -> {
                Map<String, String> all = read();
                all.putAll(computed);
                write(all);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep finished points in " + file + ": " + e.getMessage(),
                    e);
        }
    }

    /** Removes the points that were asked for, and the file where it holds no others. */
    void forget() {
        try {
            SafeFile.alone(file, () -> {
                Map<String, String> others = read();
                others.keySet().removeAll(asked);
                if (others.isEmpty()) {
                    Files.deleteIfExists(file);
                } else {
                    write(others);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }

    private void write(Map<String, String> all) throws IOException {
        SafeFile.write(file, (String.join("\n", all.values()) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The lines of the file by their keys; none if it is missing. */
    private Map<String, String> read() {
        var found = new LinkedHashMap<String, String>();
        List<String> read;
        try {
            read = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) {
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read finished points from " + file + ": " + e.getMessage(),
                    e);
        }
        for (int i = 0; i < read.size(); i++) {
            try {
                JsonNode line = MAPPER.readTree(read.get(i));
                if (!line.path("key").isString() || !line.has("point") || !line.has("result")) {
                    throw corrupt("line " + (i + 1), null);
                }
                found.put(line.path("key").asString(), read.get(i));
            } catch (JacksonException e) {
                throw corrupt("line " + (i + 1), e);
            }
        }
        return found;
    }

    /** Only what is asked for: results of other versions of the code may be of another type. */
    private R parse(String key) {
        try {
            return MAPPER.treeToValue(MAPPER.readTree(lines.get(key)).get("result"), type);
        } catch (JacksonException e) {
            throw corrupt("the result of point " + key, e);
        }
    }

    private IllegalArgumentException corrupt(String place, Exception cause) {
        return new IllegalArgumentException(file + ": " + place + " is not a finished point: expected"
                + " {\"key\":…,\"point\":…,\"result\":…} with a result of type " + type.getSimpleName()
                + "; remove the file to compute all points again", cause);
    }
}
