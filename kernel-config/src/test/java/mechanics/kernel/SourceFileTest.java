package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFileTest {

    @TempDir
    Path folder;

    @Test
    void aPackageIsTakenOutAndTheLinesStay() throws IOException {
        Files.writeString(folder.resolve("A.java"), "// x\npackage a.b;\nclass A {}");
        assertEquals(List.of(new Cell("A.java", "// x\n\nclass A {}")), SourceFile.read(folder.resolve("A")));
    }

    @Test
    void aNotebookIsItsCodeCells() throws IOException {
        Path file = Files.writeString(folder.resolve("n.ipynb"), """
                {"cells": [{"cell_type": "markdown", "source": "m"}, {"cell_type": "code", "source": "a"},
                 {"cell_type": "code", "source": ["b\\n", "c"]}]}
                """);
        assertEquals(List.of(new Cell("n.ipynb cell 1", "a"), new Cell("n.ipynb cell 2", "b\nc")), SourceFile.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"cells\": 3}", "{\"cells\": [{\"cell_type\": \"code\"}]}"})
    void whatIsNoNotebookIsRefusedByName(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.ipynb"), content);
        IOException e = assertThrows(IOException.class, () -> SourceFile.read(file));
        assertTrue(e.getMessage().contains("broken.ipynb is not a notebook"), e.getMessage());
    }

    @Test
    void aMissingFileIsNamed() {
        IOException e = assertThrows(IOException.class, () -> SourceFile.read(folder.resolve("none")));
        assertTrue(e.getMessage().contains("none"), e.getMessage());
    }
}
