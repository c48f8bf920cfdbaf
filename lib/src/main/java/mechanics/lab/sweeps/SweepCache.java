package mechanics.lab.sweeps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import mechanics.base.SafeFile;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finished points of a sweep in a file of JSON lines, {@code {"key":…,"point":…,"result":…}}. The file is replaced as a
 * whole after each point, so that it is never seen half written.
 */
final class SweepCache<R> implements KnownResults<R> {

    private static final JsonMapper MAPPER = Sweep.MAPPER;

    private final Path file;
    private final Class<R> type;
    private final Map<String, String> lines = new LinkedHashMap<>();
    private final Map<String, R> results = new LinkedHashMap<>();

    SweepCache(Path file, Class<R> type) {
        this.file = file;
        this.type = type;
        if (Files.exists(file)) {
            read();
        }
    }

    @Override
    public Path place() { return file; }

    @Override
    public boolean contains(String key, String point) { return lines.containsKey(key); }

    @Override
    public R get(String key, String point) { return results.computeIfAbsent(key, this::parse); }

    @Override
    public void put(String key, String point, R result) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("key", key);
        line.set("point", MAPPER.readTree(point));
        line.set("result", MAPPER.valueToTree(result));
        lines.put(key, MAPPER.writeValueAsString(line));
        try {
            SafeFile.write(file, (String.join("\n", lines.values()) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep finished points in " + file + ": " + e.getMessage(),
                    e);
        }
    }

    private void read() {
        List<String> read;
        try {
            read = Files.readAllLines(file, StandardCharsets.UTF_8);
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
                lines.put(line.path("key").asString(), read.get(i));
            } catch (JacksonException e) {
                throw corrupt("line " + (i + 1), e);
            }
        }
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
