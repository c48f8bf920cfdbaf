package mechanics.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class DatasetsFolderTest {

    private final Path datasets = ProjectFolder.find().resolve("datasets");

    @Test
    void everyFileHasItsChecksum() throws Exception {
        Map<String, String> listed = new TreeMap<>();
        for (String line : Files.readAllLines(datasets.resolve("SHA256SUMS"))) {
            listed.put(line.substring(66), line.substring(0, 64));
        }
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(datasets).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                String name = datasets.relativize(file).toString().replace('\\', '/');
                // Results are computed by the notebooks themselves, and anew at full scale.
                if (name.endsWith(".md") || name.equals("SHA256SUMS") || name.startsWith("results/"))
                    continue;
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                found.put(name, HexFormat.of().formatHex(digest));
            }
        }
        assertEquals(listed, found);
    }

    @Test
    void theReadmeNamesEveryPhotographAndTable() throws Exception {
        String readme = Files.readString(datasets.resolve("README.md"));
        for (String photo : Photos.NAMES)
            assertTrue(readme.contains("`" + photo + ".png`"), photo);
        try (Stream<Path> tables = Files.list(datasets.resolve("tabular"))) {
            assertTrue(tables.allMatch(table -> readme.contains(table.getFileName().toString())));
        }
    }
}
