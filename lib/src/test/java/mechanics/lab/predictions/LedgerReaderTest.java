package mechanics.lab.predictions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks and counts as files have them. */
class LedgerReaderTest {

    private static final String CHECK = """
            {"id": "%s", "kind": "law", "claim": "c", "predicted": 1, "measured": 1.5, "tolerance": "t", "used": 0.5,
             "rivals": [{"name": "r", "predicted": 9, "misses": 7.5}], "verdict": "holds"}""";
    private static final String CELL = """
            {"cell_type": "code", "id": "check", "outputs": [
              {"output_type": "stream", "name": "stdout", "text": "1"},
              {"output_type": "execute_result", "data": {"application/vnd.mechanics.check+json": %s}}]}""";

    @TempDir
    Path folder;

    private void notebook(String name, String... cells) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"nbformat\": 4, \"cells\": [" + String.join(",", cells) + "]}");
    }

    @Test
    void allChecksOfAFolderOfNotebooksAreFound() throws IOException {
        notebook("2-b/2.1.ipynb",
                CELL.formatted("[" + CHECK.formatted("2.1-a") + "," + CHECK.formatted("2.1-b") + "]"));
        notebook("1-a/1.1.ipynb", CELL.formatted(CHECK.formatted("1.1-a")), "{\"cell_type\": \"markdown\"}");
        notebook("1-a/.ipynb_checkpoints/1.1.ipynb", CELL.formatted(CHECK.formatted("1.1-old")));
        Files.writeString(folder.resolve("notes.txt"), "[");
        var entries = Ledger.ofNotebooks(folder).entries();
        assertEquals(List.of("1.1-a", "2.1-a", "2.1-b"), entries.stream().map(Ledger.Entry::id).toList());
        assertEquals(List.of("1-a/1.1.ipynb", "2-b/2.1.ipynb", "2-b/2.1.ipynb"),
                entries.stream().map(Ledger.Entry::notebook).toList());
        assertEquals(7.5, entries.getFirst().rivals().getFirst().misses());
    }

    @Test
    void aFileThatIsNoNotebookIsNamed() throws IOException {
        for (var content : List.of("", "{", "[]", "{\"cells\": 3}")) {
            Files.writeString(folder.resolve("broken.ipynb"), content);
            var message = assertThrows(IllegalArgumentException.class, () -> Ledger.ofNotebooks(folder))
                    .getMessage();
            assertTrue(message.contains("broken.ipynb") && message.contains("expected"), message);
        }
        notebook("broken.ipynb", CELL.formatted("{\"id\": \"1.1\"}"));
        var message = assertThrows(IllegalArgumentException.class, () -> Ledger.ofNotebooks(folder))
                .getMessage();
        assertTrue(message.contains("broken.ipynb: cell check has no \"kind\""), message);
        assertThrows(UncheckedIOException.class, () -> Ledger.ofNotebooks(folder.resolve("missing")));
    }

    @Test
    void countsOfReplicationsAreReadFromBothPlaces() throws IOException {
        var counts = """
                [{"id": "1.1", "kind": "law", "seeds": 3, "held": 2, "worst": 1.5, "used": [0.5, 1.5, null]},
                 {"id": "1.2", "kind": "boundary", "seeds": 1, "held": 1, "worst": "Infinity", "used": ["Infinity"]}]""";
        var file = folder.resolve("replication.json");
        Files.writeString(file, counts);
        var found = Replication.read(file);
        assertEquals(List.of(new Replication("1.1", Kind.LAW, 3, 2, List.of(0.5, 1.5, Double.NaN)),
                new Replication("1.2", Kind.BOUNDARY, 1, 1, List.of(Double.POSITIVE_INFINITY))), found);
        Files.writeString(file, "{\"predictions\": " + counts + "}");
        assertEquals(found, Replication.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]",
            "[{\"id\": \"1.1\", \"kind\": \"law\", \"seeds\": 2, \"held\": 1}]",
            "[{\"id\": \"1.1\", \"kind\": \"law\", \"seeds\": 2, \"held\": 3, \"used\": []}]",
            "[{\"id\": \"1.1\", \"kind\": \"law\", \"seeds\": \"many\", \"held\": 3, \"used\": []}]"})
    void countsThatAreNoneAreRefused(String content) throws IOException {
        var file = folder.resolve("replication.json");
        Files.writeString(file, content);
        var message = assertThrows(IllegalArgumentException.class, () -> Replication.read(file)).getMessage();
        assertTrue(message.contains("expected"), message);
    }
}
