package mechanics.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A notebook as its file says.
 *
 * @param file    where it lies
 * @param content its JSON
 */
record Notebook(Path file, JsonNode content) {

    /** The folder of the committed notebooks. */
    static final Path FOLDER = Lab.HOME.resolve("notebooks");

    static Notebook read(Path file) throws IOException {
        return new Notebook(file, JsonMapper.shared().readTree(Files.readString(file)));
    }

    /** Every committed notebook. */
    static List<Path> committed() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .filter(file -> !file.toString().contains(".ipynb_checkpoints"))
                    .sorted()
                    .toList();
        }
    }

    Stream<JsonNode> cells(String type) {
        return content.path("cells").valueStream()
                .filter(cell -> cell.path("cell_type").asString().equals(type));
    }

    Stream<JsonNode> outputs() { return cells("code").flatMap(cell -> cell.path("outputs").valueStream()); }

    /** The headings, in order, without their signs and numbers. */
    List<String> headings() {
        return cells("markdown").flatMap(cell -> source(cell).lines())
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+[\\s\\d.]*", "").strip())
                .toList();
    }

    /** A cell's text, which the format keeps as a string or as a list of lines. */
    static String source(JsonNode cell) {
        var source = cell.path("source");
        return source.isArray()
                ? String.join("", source.valueStream().map(JsonNode::asString).toList())
                : source.asString();
    }
}
