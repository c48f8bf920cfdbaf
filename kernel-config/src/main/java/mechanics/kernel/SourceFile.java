package mechanics.kernel;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/** Reads what {@code %load} can evaluate: Java source, JShell scripts, notebooks. */
final class SourceFile {

    private static final List<String> ENDINGS = List.of("", ".jsh", ".jshell", ".java", ".ipynb");

    private SourceFile() {}

    /**
     * The cells of a file; one cell unless it is a notebook. The ending may be left out.
     *
     * @throws IOException if there is no such file or it cannot be read
     */
    static List<Cell> read(Path path) throws IOException {
        Path file = Stream.of(ENDINGS.toArray(String[]::new)).map(ending -> Path.of(path + ending))
                .filter(Files::isRegularFile).findFirst()
                .orElseThrow(
                        () -> new NoSuchFileException(path + " does not exist, nor with one of the endings "
                                + String.join(" ", ENDINGS).strip()));
        String name = file.getFileName().toString();
        if (name.endsWith(".ipynb")) {
            return notebook(file);
        }
        String source = Files.readString(file);
        // JShell has no packages; the line stays, so that numbers of lines do.
        return List.of(new Cell(name, name.endsWith(".java")
                ? source.replaceFirst("(?m)^\\s*package\\s+[\\w.]+\\s*;", "")
                : source));
    }

    private static List<Cell> notebook(Path file) throws IOException {
        String name = file.getFileName().toString();
        try (Reader in = Files.newBufferedReader(file)) {
            List<Cell> cells = new ArrayList<>();
            for (JsonElement element : JsonParser.parseReader(in).getAsJsonObject().getAsJsonArray("cells")) {
                JsonObject cell = element.getAsJsonObject();
                if (cell.get("cell_type").getAsString().equals("code")) {
                    cells.add(new Cell(name + " cell " + (cells.size() + 1), source(cell.get("source"))));
                }
            }
            return cells;
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new IOException(file + " is not a notebook: " + e.getMessage(), e);
        }
    }

    /** A string, or a list of lines. */
    private static String source(JsonElement source) {
        if (source instanceof JsonArray lines) {
            StringBuilder text = new StringBuilder();
            lines.forEach(line -> text.append(line.getAsString()));
            return text.toString();
        }
        return source.getAsString();
    }
}
