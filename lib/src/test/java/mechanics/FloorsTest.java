package mechanics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** A package uses only packages on the floors below its own. */
class FloorsTest {
    private static final Path SOURCES = Path.of("src/main/java/mechanics");
    private static final Map<String, Integer> FLOORS = Map.ofEntries(Map.entry("linalg", 0),
            Map.entry("network", 1), Map.entry("data", 1), Map.entry("training", 2), Map.entry("measure", 3),
            Map.entry("solvable", 4), Map.entry("limits", 4), Map.entry("laws", 4),
            Map.entry("hyperparameters", 4), Map.entry("universality", 4), Map.entry("physics", 4),
            Map.entry("lab", 5));
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?mechanics\\.([a-z]+)\\.");

    @Test
    void everyPackageHasAFloor() throws IOException {
        var packages = new TreeSet<String>();
        try (var folders = Files.list(SOURCES)) {
            folders.forEach(folder -> packages.add(folder.getFileName().toString()));
        }
        assertEquals(new TreeSet<>(FLOORS.keySet()), packages);
    }

    @Test
    void noPackageImportsFromItsOwnFloorOrAbove() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
                String own = SOURCES.relativize(file).getName(0).toString();
                var imports = IMPORT.matcher(Files.readString(file));
                while (imports.find()) {
                    String other = imports.group(1);
                    assertTrue(other.equals(own) || FLOORS.get(other) < FLOORS.get(own),
                            file + " imports from mechanics." + other);
                }
            }
        }
    }
}
