package mechanics.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** Every random number of the library comes from a seed, so that one switch shifts them all. */
class SeedSourcesTest {

    private static final Pattern OTHER_SOURCE = Pattern.compile(
            "new (?:java\\.util\\.)?(?:Splittable)?Random\\(|setSeed\\((?!Seed\\.)|Math\\.random\\(|ThreadLocalRandom"
                    + "|RandomGenerator\\.(?:of|getDefault)|new Seed\\(");

    @Test
    void noStreamHasANumberOfItsOwn() throws IOException {
        var found = new ArrayList<Path>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
                if (!file.endsWith(Path.of("base", "Seed.java"))
                        && OTHER_SOURCE.matcher(Files.readString(file)).find()) {
                    found.add(file);
                }
            }
        }
        assertEquals(List.of(), found);
    }
}
