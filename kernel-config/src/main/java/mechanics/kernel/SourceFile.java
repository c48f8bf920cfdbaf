package mechanics.kernel;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.annotations.SerializedName;

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
        Path file = ENDINGS.stream().map(ending -> Path.of(path + ending))
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

    private record Notebook(List<NotebookCell> cells) {
    }

    private record NotebookCell(@SerializedName("cell_type") String type, JsonElement source) {
    }

    private static List<Cell> notebook(Path file) throws IOException {
        String name = file.getFileName().toString();
        try (Reader in = Files.newBufferedReader(file)) {
            Notebook notebook = new Gson().fromJson(in, Notebook.class);
            if (notebook == null || notebook.cells() == null) {
                throw new JsonParseException("it has no cells");
            }
            List<Cell> cells = new ArrayList<>();
            for (NotebookCell cell : notebook.cells()) {
                if ("code".equals(cell.type())) {
                    cells.add(new Cell(name + " cell " + (cells.size() + 1), source(cell.source())));
                }
            }
            return cells;
        } catch (JsonParseException e) {
            throw new IOException(file + " is not a notebook: " + e.getMessage(), e);
        }
    }

    /** A string, or a list of lines. */
    private static String source(JsonElement source) {
        return switch (source) {
            case JsonArray lines -> lines.asList().stream().map(SourceFile::source).collect(Collectors.joining());
            case JsonPrimitive text -> text.getAsString();
            case null, default -> throw new JsonParseException("a cell has no source");
        };
    }
}
