package mechanics.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java in the guides is the code that the tests of this package compile and run. */
class GuidesTest {
    private static final Path GUIDES = Path.of("../kernel-config/guides");
    private static final Path SOURCES = Path.of("src/test/java/mechanics/guides");
    /** A comment that names class and region, and the block of code below it. */
    private static final Pattern BLOCK = Pattern.compile("(?:<!-- (\\w+): (\\w+) -->\n)?```java\n(.*?)```",
            Pattern.DOTALL);

    static List<Path> guides() throws IOException {
        try (Stream<Path> files = Files.list(GUIDES)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    /** The lines between {@code // guide: name} and {@code // end}, without their common indentation. */
    private static String region(String type, String name) throws IOException {
        String source = Files.readString(SOURCES.resolve(type + ".java"));
        var found = Pattern.compile("// guide: " + name + "\n(.*?)\n *// end", Pattern.DOTALL)
                .matcher(source);
        assertTrue(found.find(), "no region " + name + " in " + type);
        return found.group(1).stripIndent() + "\n";
    }

    @ParameterizedTest
    @MethodSource("guides")
    void codeEqualsItsRegion(Path guide) throws IOException {
        var blocks = BLOCK.matcher(Files.readString(guide));
        int count = 0;
        while (blocks.find()) {
            assertTrue(blocks.group(1) != null, guide + " has Java that no test runs:\n" + blocks.group(3));
            assertEquals(region(blocks.group(1), blocks.group(2)), blocks.group(3),
                    guide + ": paste the region " + blocks.group(2) + " of " + blocks.group(1));
            count++;
        }
        assertFalse(count == 0, guide + " shows no code");
    }

    @Test
    void everyRegionIsShown() throws IOException {
        var shown = new StringBuilder();
        for (Path guide : guides()) shown.append(Files.readString(guide));
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(f -> !f.endsWith("GuidesTest.java")).toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                var regions = Pattern.compile("// guide: (\\w+)").matcher(Files.readString(file));
                while (regions.find()) {
                    String mark = "<!-- " + type + ": " + regions.group(1) + " -->";
                    assertTrue(shown.indexOf(mark) >= 0, "no guide shows " + mark);
                }
            }
        }
    }
}
