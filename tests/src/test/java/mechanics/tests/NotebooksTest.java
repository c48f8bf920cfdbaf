package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every committed notebook: it runs, its predictions hold, and it reads as all of them do. */
class NotebooksTest {

    /** What the headings of a row of the catalogue say, in this order. */
    private static final List<String> ANATOMY = List.of("system", "theory", "prediction", "run", "figure",
            "check",
            "breaks", "your turn", "sources");

    /** From a law to its tolerance, if that is made of numbers alone. */
    private static final Pattern BARE_TOLERANCE = Pattern.compile(
            "\\blaw\\((?:(?!\\b(?:law|boundary|identity|refuted)\\().)*?\\.within\\(\\s*Tolerance\\s*\\.(?:"
                    + "(?:absolute|relative|atMost|atLeast|between)\\([-+*/0-9.eE_, ]*\\)"
                    + "|standardErrors\\([0-9.]+,[-+*/0-9.eE_, ]+\\)|nextOrder\\([-+*/0-9.eE_ ]+,)",
            Pattern.DOTALL);
    /** A generator with a number of its own. */
    private static final Pattern OWN_STREAM = Pattern.compile(
            "new (?:java\\.util\\.)?(?:Splittable)?Random\\((?!Seed\\.)|setSeed\\((?!Seed\\.)|Math\\.random\\(|ThreadLocalRandom");
    /** The split of the verses belongs to saved models, and so do the scrambled worlds. */
    private static final Set<String> FIXED = Stream.of("settings", "data", "worlds-data")
            .map("5-universality/5.9-two-languages-one-geometry.ipynb "::concat).collect(Collectors.toSet());
    /** How many of them there are. Only to be lowered. */
    private static final int BARE_TOLERANCES = 23;

    @Test
    void thereAreNotebooks() throws IOException { assertFalse(Notebook.committed().isEmpty()); }

    /** All at once, as a reader runs them, on all cores. */
    @TestFactory
    Stream<DynamicTest> runsThroughTheKernelWithItsPredictions(@TempDir Path out) throws IOException {
        var result = Lab.ofProject().callWithin(Duration.ofHours(1), "run", "--out", out.toString());
        var ledger = JsonMapper.shared().readTree(Files.readString(out.resolve("ledger.json")));
        var each = Notebook.committed().stream().map(file -> DynamicTest.dynamicTest(name(file), () -> {
            var lines = result.output().lines().dropWhile(line -> !line.startsWith(name(file) + " "))
                    .toList();
            assertTrue(
                    !lines.isEmpty()
                            && lines.getFirst().substring(name(file).length()).strip().startsWith("ok "),
                    () -> String.join("\n", lines.stream().limit(10).toList()));
            assertTrue(Files.exists(out.resolve(name(file))), "the executed notebook is written");
            assertTrue(Files.exists(out.resolve(name(file).replace(".ipynb", ".html"))),
                    "the page is written");
            if (isRow(file)) {
                var rows = ledger.valueStream()
                        .filter(row -> row.path("notebook").asString().equals(name(file)))
                        .toList();
                var kinds = rows.stream().map(row -> row.path("kind").asString()).collect(Collectors.toSet());
                assertTrue(kinds.containsAll(List.of("law", "boundary")),
                        "has a law and a boundary: " + rows);
            }
        }));
        return Stream.concat(each, Stream.of(DynamicTest.dynamicTest("all",
                () -> assertEquals(0, result.exit(), result.output()))));
    }

    @TestFactory
    Stream<DynamicTest> isCommittedExecutedWithoutErrors() throws IOException {
        return Notebook.committed().stream().map(file -> DynamicTest.dynamicTest(name(file), () -> {
            var notebook = Notebook.read(file);
            assertTrue(notebook.outputs().findAny().isPresent(), "has outputs");
            assertEquals(List.of(), notebook.cells("code")
                    .filter(cell -> !Notebook.source(cell).isBlank() && cell.path("execution_count").isNull())
                    .map(Notebook::source)
                    .toList(), "cells that were not executed");
            assertEquals(List.of(), notebook.outputs()
                    .filter(output -> output.path("output_type").asString().equals("error"))
                    .toList(), "outputs that are errors");
            assertFalse(notebook.content().toString().contains("data:image/png"),
                    "pictures that are kept twice");
        }));
    }

    @TestFactory
    Stream<DynamicTest> tellsItsStoryInTheCommonOrder() throws IOException {
        return Notebook.committed().stream().filter(NotebooksTest::isRow)
                .map(file -> DynamicTest.dynamicTest(name(file),
                        () -> {
                            var headings = Notebook.read(file).headings().stream()
                                    .map(h -> h.toLowerCase(Locale.ROOT)).toList();
                            var next = 0;
                            for (var word : ANATOMY) {
                                var rest = headings.subList(next, headings.size());
                                var found = rest.stream().filter(heading -> heading.contains(word))
                                        .findFirst();
                                assertTrue(found.isPresent(),
                                        "a heading with '" + word + "' is missing in " + rest);
                                next += rest.indexOf(found.orElseThrow()) + 1;
                            }
                        }));
    }

    /** Else a run under another seed would repeat the same numbers. Cells that test exercises are not part of it. */
    @Test
    void everyRandomStreamFollowsTheSeedOfTheRun() throws IOException {
        var found = new ArrayList<String>();
        for (var file : Notebook.committed()) {
            Notebook.read(file).cells("code").filter(cell -> !Notebook.source(cell).contains("Exercise.of("))
                    .filter(cell -> OWN_STREAM.matcher(Notebook.source(cell)).find())
                    .map(cell -> name(file) + " " + cell.path("id").asString())
                    .filter(place -> !FIXED.contains(place)).forEach(found::add);
        }
        assertEquals(List.of(), found, "expected Seed.of, or Seed.plain for other libraries");
    }

    /** A tolerance that is typed in is no tolerance of theory or of seeds. Falls to 0, where it is the rule. */
    @Test
    void noLawGetsAToleranceThatIsABareNumberBesideThoseThatAreKnown() throws IOException {
        var bare = 0;
        for (var file : Notebook.committed()) {
            bare += (int) Notebook.read(file).cells("code")
                    .flatMap(cell -> BARE_TOLERANCE.matcher(Notebook.source(cell)).results()).count();
        }
        assertTrue(bare <= BARE_TOLERANCES,
                bare + " laws with a tolerance that is a bare number: expected at most "
                        + BARE_TOLERANCES + "; see Tolerance.standardErrors and nextOrder");
    }

    @TestFactory
    Stream<DynamicTest> namesOnlyTheJavaKernel() throws IOException {
        return Notebook.committed().stream().map(file -> DynamicTest.dynamicTest(name(file), () -> {
            JsonNode kernel = Notebook.read(file).content().path("metadata").path("kernelspec");
            assertEquals("java", kernel.path("name").asString());
        }));
    }

    private static String name(Path file) {
        return Notebook.FOLDER.relativize(file).toString().replace('\\', '/');
    }

    /** Whether a notebook belongs to one of the five lines of evidence. */
    private static boolean isRow(Path file) {
        return name(file).matches("[1-5]-.*/.*");
    }
}
