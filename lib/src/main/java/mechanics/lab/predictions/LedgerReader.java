package mechanics.lab.predictions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import mechanics.base.Rendering;
import mechanics.lab.predictions.Ledger.Entry;
import mechanics.lab.predictions.Ledger.RivalResult;
import mechanics.lab.sweeps.Provenance;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads checks from files: a ledger, executed notebooks, counts of replications. Every complaint names the place. */
final class LedgerReader {

    private LedgerReader() {}

    /** The entries of a file that {@code lab run} wrote. */
    static List<Entry> ledger(Path file) {
        JsonNode root = tree(file, "ledger", "what lab run writes");
        if (!root.isArray()) {
            throw new IllegalArgumentException(file + " is not a ledger: expected a JSON array of objects");
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode node : root) {
            entries.add(entry(file + ": entry " + entries.size(), node.path("notebook").asString(""), node));
        }
        return entries;
    }

    /** The checks that the executed notebooks of a folder show. */
    static List<Entry> notebooks(Path folder) {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files(folder)) {
            JsonNode cells = tree(file, "notebook", "a notebook").path("cells");
            if (!cells.isArray()) {
                throw new IllegalArgumentException(
                        file + " is not a notebook: expected an object with cells");
            }
            String name = folder.relativize(file).toString().replace('\\', '/');
            for (JsonNode cell : cells) {
                for (JsonNode output : cell.path("outputs")) {
                    JsonNode checks = output.path("data").path(Rendering.CHECK);
                    for (JsonNode check : checks.isObject() ? List.of(checks) : checks) {
                        entries.add(entry(file + ": cell " + cell.path("id").asString("without id"), name,
                                check));
                    }
                }
            }
        }
        return entries;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".ipynb")
                    && !folder.relativize(file).toString().startsWith(".")
                    && !file.toString().contains(".ipynb_"))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read folder " + folder + ": expected one with notebooks",
                    e);
        }
    }

    static JsonNode tree(Path file, String what, String expected) {
        try {
            return JsonMapper.shared().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + what + " " + file + ": expected " + expected, e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    file + " is not a " + what + ": expected JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Entry entry(String place, String notebook, JsonNode node) {
        return new Entry(notebook, text(place, node, "id"), choice(place, node, "kind", Kind.class),
                text(place, node, "claim"), optional(node, "system", Prediction.OURS),
                numbers(place, node, "predicted"), numbers(place, node, "measured"), tolerance(place, node),
                share(place, node), rivals(place, node), choice(place, node, "verdict", Verdict.class),
                provenance(node), optional(node, "claimedBy", ""), optional(node, "chosenAfter", ""),
                node.path("seeds").asInt(0), node.path("held").asInt(0),
                node.path("seconds").asDouble(Double.NaN));
    }

    private static String optional(JsonNode node, String name, String otherwise) {
        JsonNode value = node.path(name);
        return value.isString() ? value.asString() : otherwise;
    }

    private static String provenance(JsonNode node) {
        return node.path("recomputed").asBoolean(true)
                ? ""
                : optional(node, "provenance", Provenance.UNKNOWN.words());
    }

    private static double share(String place, JsonNode node) {
        return node.hasNonNull("used") ? number(place, "used", node.get("used")) : Double.NaN;
    }

    private static List<RivalResult> rivals(String place, JsonNode node) {
        List<RivalResult> rivals = new ArrayList<>();
        for (JsonNode rival : node.path("rivals")) {
            rivals.add(new RivalResult(text(place, rival, "name"), numbers(place, rival, "predicted"),
                    number(place, "misses", required(place, rival, "misses"))));
        }
        return rivals;
    }

    static JsonNode required(String place, JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(place + " has no \"" + name + "\": expected one");
        }
        return value;
    }

    static String text(String place, JsonNode node, String name) {
        JsonNode value = required(place, node, name);
        if (!value.isString()) {
            throw new IllegalArgumentException(place + ": " + name + " = " + value + ": expected a text");
        }
        return value.asString();
    }

    private static String tolerance(String place, JsonNode node) {
        JsonNode value = required(place, node, "tolerance");
        return value.isString() ? value.asString() : value.toString();
    }

    static <E extends Enum<E>> E choice(String place, JsonNode node, String name, Class<E> type) {
        String word = text(place, node, name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                place + ": " + name + " = \"" + word + "\": expected one of " + List.of(type
                        .getEnumConstants()).toString().toLowerCase(Locale.ROOT));
    }

    private static List<Double> numbers(String place, JsonNode node, String name) {
        JsonNode value = required(place, node, name);
        List<Double> numbers = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(each -> numbers.add(number(place, name, each)));
        } else {
            numbers.add(number(place, name, value));
        }
        return numbers;
    }

    static double number(String place, String name, JsonNode node) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        return switch (node.asString("")) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException(
                    place + ": " + name + " = " + node + ": expected a number");
        };
    }
}
