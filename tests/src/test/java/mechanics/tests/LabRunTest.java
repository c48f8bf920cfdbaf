package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** `lab run` on small notebooks of its own, through the real kernel. */
class LabRunTest {

    private static final String ALONE = """
            Prediction.law("9.9", "the exponent is 2").predicts(2).within(Tolerance.relative(0.05), "by hand").check(2.01)""";
    private static final String HOLDS = ALONE.replace(".check", ".rival(\"linear\", 1).check");
    private static final String FAILS = HOLDS.replace("2.01", "3.1");
    private static final String BREAKS = ALONE.replace("2.01", "3.1").replace("law(\"9.9\"",
            "boundary(\"9.9-beyond\"");
    private static final String BOTH = """
            Check.all(%s, %s)""".formatted(HOLDS, BREAKS);

    @TempDir
    Path folder;
    private Checkout checkout;

    @BeforeEach
    void copyTheProject() throws IOException { checkout = Checkout.built(folder); }

    @AfterEach
    void removeLinks() throws IOException { checkout.close(); }

    @ParameterizedTest
    @ValueSource(strings = {"a file", "a file/below", "/proc/nowhere"})
    @EnabledOnOs(OS.LINUX)
    void anOutputThatCannotBeWrittenIsSaidBeforeTheWork(String out) throws IOException {
        checkout.notebook("a.ipynb", "1");
        Files.writeString(folder.resolve("a file"), "");
        for (var words : List.of(List.of("run"), List.of("course", "build"))) {
            var arguments = new java.util.ArrayList<>(words);
            arguments.addAll(List.of("--out", out.startsWith("/") ? out : folder.resolve(out).toString()));
            var result = checkout.lab().call(arguments.toArray(String[]::new));
            assertEquals(3, result.exit(), result.output());
            assertEquals(1, result.output().lines().count(), result.output());
            assertTrue(result.output().contains(" cannot be written: "), result.output());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void filesWithUmlautsAreFoundInAnyLocale() throws IOException {
        try (var umlaut = Checkout.built(Files.createDirectories(folder.resolve("Prüfung")))) {
            umlaut.notebook("ä.ipynb",
                    "Files.writeString(Path.of(\"dätä.csv\"), \"ü\"); Files.size(Path.of(\"dätä.csv\"))");
            for (var locale : List.of("C", "POSIX", "xx_XX.ISO-8859-1", "xx_XX.UTF-8", "")) {
                var result = umlaut.lab("LC_ALL", locale).call("run");
                assertEquals(0, result.exit(), result.output());
                assertTrue(Files.exists(umlaut.home().resolve("notebooks/dätä.csv")));
                Files.delete(umlaut.home().resolve("notebooks/dätä.csv"));
            }
        }
    }

    @Test
    void optionsForJavaReachTheKernel() throws IOException {
        checkout.notebook("a.ipynb",
                "if (!\"b\".equals(System.getProperty(\"a\"))) throw new RuntimeException();");
        assertEquals(1, checkout.lab().call("run").exit());
        var result = checkout.lab("JJAVA_JVM_OPTS", "-Xmx300m  -Da=b").call("run");
        assertEquals(0, result.exit(), result.output());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there no name of a folder has a colon")
    void aFolderWithAColonIsRefusedInOneSentence() throws IOException {
        try (var colon = Checkout.built(Files.createDirectories(folder.resolve("a:b")))) {
            colon.notebook("a.ipynb", "1");
            for (var word : List.of("run", "install")) {
                var result = colon.lab().call(word);
                assertEquals(3, result.exit(), result.output());
                assertTrue(result.output().contains("has a colon in its path"), result.output());
                assertEquals(1, result.output().lines().count(), result.output());
            }
        }
    }

    @Test
    void collectsPredictionsFromAllNotebooksInNaturalOrder() throws IOException {
        checkout.notebook("1-line/1.10.ipynb", BREAKS);
        checkout.notebook("1-line/1.2.ipynb", BOTH);
        checkout.notebook(".ipynb_checkpoints/1.2-checkpoint.ipynb", "no Java");
        var result = checkout.lab().call("run");
        assertEquals(0, result.exit(), result.output());
        assertTrue(result.output().contains("1-line/1.2.ipynb   ok "), result.output());
        assertTrue(result.output().contains(", 2 predictions\n"), result.output());
        var ledger = JsonMapper.shared().readTree(Files.readString(out("ledger.json")));
        assertEquals(List.of("1-line/1.2.ipynb", "1-line/1.2.ipynb", "1-line/1.10.ipynb"),
                ledger.valueStream().map(row -> row.path("notebook").asString()).toList());
        var row = ledger.get(0);
        assertEquals(
                Set.of("notebook", "id", "kind", "claim", "system", "predicted", "measured", "tolerance",
                        "used",
                        "rivals", "verdict", "recomputed", "chosenAfter", "seeds", "held", "seconds"),
                Set.copyOf(row.propertyNames()));
        assertEquals(2.01, row.path("measured").asDouble());
        assertTrue(row.path("recomputed").asBoolean());
        assertTrue(row.path("seconds").asDouble() > 0);
    }

    @Test
    void showsEveryKindWithItsVerdictAndRefusesALawThatStandsAlone() throws IOException {
        checkout.notebook("kinds.ipynb", HOLDS, BREAKS, ALONE,
                """
                        Prediction.identity("9.9-sum", "1 + 1 is 2").predicts(2).within(Tolerance.rounding(53, 1, 2)).check(1.0 + 1)""",
                """
                        Prediction.refuted("9.9-old", "the exponent is 3").predicts(3).within(Tolerance.relative(0.05), "theirs")
                                .claimedBy("somebody").afterFirstLook("nothing").system("Smile").check(2.01)""");
        var result = checkout.lab().call("run");
        assertEquals(1, result.exit(), result.output());
        assertTrue(result.output().contains(
                "2 laws, 1 boundary, 1 identity, 1 refuted claim; 1 law names no rival\n"),
                result.output());
        var ledger = JsonMapper.shared().readTree(Files.readString(out("ledger.json")));
        assertEquals(List.of("holds", "breaks", "holds", "exact", "refuted"),
                ledger.valueStream().map(row -> row.path("verdict").asString()).toList());
        assertEquals("linear", ledger.at("/0/rivals/0/name").asString());
        assertEquals(1, ledger.at("/0/rivals/0/predicted").asDouble());
        assertEquals(10.1, ledger.at("/0/rivals/0/misses").asDouble(), 1e-9);
        assertEquals(0.1, ledger.at("/0/used").asDouble(), 1e-9);
        assertEquals(0, ledger.at("/2/rivals").size());
        assertEquals("somebody", ledger.at("/4/claimedBy").asString());
        assertEquals("nothing", ledger.at("/4/chosenAfter").asString());
        assertEquals("Smile", ledger.at("/4/system").asString());
    }

    @Test
    void endsWithOneForAWrongTheoryAndForAToleranceThatIsTooWide() throws IOException {
        checkout.notebook("wrong.ipynb", HOLDS.replace("predicts(2)", "predicts(3)"));
        checkout.notebook("wide.ipynb", HOLDS.replace("relative(0.05)", "relative(0.8)"));
        checkout.notebook("right.ipynb", HOLDS);
        assertEquals(0, checkout.lab().call("run", "right.ipynb").exit());
        var wrong = checkout.lab().call("run", "wrong.ipynb");
        assertEquals(1, wrong.exit(), wrong.output());
        assertTrue(wrong.output().contains("law 9.9 fails: the exponent is 2"), wrong.output());
        var wide = checkout.lab().call("run", "wide.ipynb");
        assertEquals(1, wide.exit(), wide.output());
        assertTrue(wide.output().contains("law 9.9 is undecided: the exponent is 2")
                && wide.output().contains("rival linear 1 is inside"), wide.output());
    }

    @Test
    void aSeedShiftsEveryStreamAndDoesNotGoIntoTheNotebook() throws IOException {
        checkout.notebook("draw.ipynb", "Seed.of(1).stream().nextLong() + \" \" + Seed.plain(1)");
        var texts = new java.util.HashSet<String>();
        for (var arguments : List.of(List.of("run"), List.of("run", "--seed", "0"),
                List.of("run", "--seed", "1"),
                List.of("run", "--seed", "2"))) {
            assertEquals(0, checkout.lab().call(arguments.toArray(String[]::new)).exit());
            texts.add(Notebook.read(out("draw.ipynb")).outputs().toList().toString());
        }
        assertEquals(3, texts.size(), texts.toString());
        var refused = checkout.lab().call("run", "--seed", "1", "--in-place");
        assertEquals(2, refused.exit(), refused.output());
        assertEquals(2, checkout.lab().call("run", "--seed", "x").exit());
    }

    @Test
    void countsHowOftenPredictionsHoldUnderFreshSeedsAndGoesOnAfterAnEnd() throws IOException {
        var random = "Prediction.law(\"9.9-draw\", \"c\").predicts(0).within(Tolerance.absolute(1e-9), \"r\")"
                + ".check(Seed.of(3).stream().nextDouble())";
        checkout.notebook("1-line/1.2.ipynb", HOLDS, random, BREAKS);
        var result = checkout.lab().call("replicate", "--seeds", "2");
        assertEquals(0, result.exit(), result.output());
        assertTrue(result.output().contains("seed 1/2  1-line/1.2.ipynb  ok "), result.output());
        assertTrue(result.output().contains("law 9.9-draw held under 0 of 2 seeds"), result.output());
        var file = checkout.home().resolve("target/replication.json");
        var counts = JsonMapper.shared().readTree(Files.readString(file));
        assertEquals(List.of("9.9", "9.9-draw", "9.9-beyond"),
                counts.valueStream().map(entry -> entry.path("id").asString()).toList());
        assertEquals(Set.of("id", "kind", "seeds", "held", "worst", "used"),
                Set.copyOf(counts.get(0).propertyNames()));
        assertEquals(List.of(2, 0, 2),
                counts.valueStream().map(entry -> entry.path("held").asInt()).toList());
        assertEquals(2, counts.at("/0/seeds").asInt());
        assertEquals(0.1, counts.at("/0/worst").asDouble(), 1e-9);
        assertEquals("boundary", counts.at("/2/kind").asString());

        var kept = checkout.home().resolve("target/replication/1-line/1.2/seed-2.json");
        assertTrue(Files.exists(kept));
        Files.writeString(kept, "{\"fing");
        var again = checkout.lab().call("replicate", "--seeds", "2");
        assertEquals(1, again.output().lines().filter(line -> line.endsWith("(kept)")).count(),
                again.output());
        assertEquals(counts, JsonMapper.shared().readTree(Files.readString(file)));

        assertEquals(0, checkout.lab().call("run", "--out", checkout.home().resolve("one").toString(),
                "1-line/1.2.ipynb").exit() - 1, "9.9-draw fails in a run");
        var ledger = JsonMapper.shared()
                .readTree(Files.readString(checkout.home().resolve("one/ledger.json")));
        assertEquals(2, ledger.at("/1/seeds").asInt());
        assertEquals(0, ledger.at("/1/held").asInt());

        checkout.notebook("1-line/1.2.ipynb", "1 / 0");
        assertEquals(1, checkout.lab().call("replicate", "--seeds", "1").exit(),
                "a notebook that breaks off");
        assertEquals(2, checkout.lab().call("replicate", "--seeds", "0").exit());
        assertEquals(2, checkout.lab().call("replicate", "nowhere.ipynb").exit());
    }

    @Test
    void namesALawThatFailsWithBothNumbers() throws IOException {
        checkout.notebook("wrong.ipynb", FAILS);
        var result = checkout.lab().call("run", "wrong.ipynb");
        assertEquals(1, result.exit(), result.output());
        assertTrue(result.output()
                .contains("law 9.9 fails: the exponent is 2 (predicted 2, measured 3.1, tolerance "),
                result.output());
    }

    @Test
    void namesTheCellThatFailsKeepsItsErrorAndGoesOnWithTheOtherNotebooks() throws IOException {
        checkout.notebook("a.ipynb", "int x = 0;", "1 / x", "x");
        checkout.notebook("b.ipynb", "40 + 2");
        var result = checkout.lab().call("run");
        assertEquals(1, result.exit(), result.output());
        assertTrue(result.output().contains("cell [2] (1 / x): "), result.output());
        assertTrue(result.output().contains("ArithmeticException"), result.output());
        var failed = Notebook.read(out("a.ipynb"));
        assertEquals(1,
                failed.outputs().filter(o -> o.path("output_type").asString().equals("error")).count());
        assertTrue(failed.cells("code").toList().get(2).path("execution_count").isNull(),
                "stops at the failing cell");
        assertTrue(Files.readString(out("b.ipynb")).contains("42"));
        assertTrue(Files.readString(out("b.html")).contains("42"));
    }

    @Test
    void refusesFilesThatAreNoNotebooksAndRunsTheOthers() throws IOException {
        checkout.notebook("good.ipynb", "1");
        var notebooks = checkout.home().resolve("notebooks");
        Files.writeString(notebooks.resolve("cut.ipynb"), "{\"cells\": [");
        Files.writeString(notebooks.resolve("empty.ipynb"), "");
        Files.writeString(notebooks.resolve("list.ipynb"), "[]");
        Files.writeString(notebooks.resolve("old.ipynb"), "{\"nbformat\": 3, \"worksheets\": []}");
        Files.writeString(notebooks.resolve("cells.ipynb"),
                "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [{\"cell_type\": \"tea\", "
                        + "\"metadata\": {}, \"source\": \"\"}]}");
        Files.write(notebooks.resolve("bytes.ipynb"), new byte[]{(byte) 0xff, (byte) 0xfe, 0});
        var result = checkout.lab().call("run");
        assertEquals(1, result.exit(), result.output());
        assertEquals(6,
                result.output().lines().filter(line -> line.startsWith("    not a notebook: ")).count(),
                result.output());
        assertTrue(result.output().contains("1 of 7 notebooks ok"), result.output());
        assertFalse(result.output().contains("Traceback"), result.output());
    }

    @Test
    void stopsACellAtTheTimeLimit() throws IOException {
        checkout.notebook("endless.ipynb", "while (true) { }");
        var result = checkout.lab().call("run", "--time-limit", "2");
        assertEquals(1, result.exit(), result.output());
        assertTrue(result.output().contains("ran longer than the limit of 2 s"), result.output());
    }

    @Test
    void saysThatTheKernelEnded() throws IOException {
        checkout.notebook("end.ipynb",
                "new ProcessBuilder(\"kill\", \"-9\", \"\" + ProcessHandle.current().pid()).start().waitFor()");
        var result = checkout.lab().call("run");
        assertEquals(1, result.exit(), result.output());
        assertTrue(result.output().contains("the kernel's process ended"), result.output());
    }

    @Test
    void writesTheSameBytesTwice() throws IOException {
        checkout.notebook("same.ipynb",
                "for (int i = 0; i < 200; i++) { System.out.println(i); System.err.println(i); }",
                HOLDS, "new java.util.Random(1).nextDouble()");
        for (var out : List.of("one", "two")) {
            var result = checkout.lab().call("run", "--out", checkout.home().resolve(out).toString());
            assertEquals(0, result.exit(), result.output());
        }
        for (var file : List.of("same.ipynb", "same.html")) {
            assertArrayEquals(Files.readAllBytes(checkout.home().resolve("one").resolve(file)),
                    Files.readAllBytes(checkout.home().resolve("two").resolve(file)), file);
        }
    }

    @Test
    void writesBackInPlaceOnlyWhatSucceeded() throws IOException {
        var good = checkout.notebook("good.ipynb", "40 + 2");
        var bad = checkout.notebook("bad.ipynb", FAILS);
        var before = Files.readString(bad);
        assertEquals(1, checkout.lab().call("run", "--in-place").exit());
        assertEquals(Files.readString(out("good.ipynb")), Files.readString(good));
        assertEquals(before, Files.readString(bad));
    }

    @Test
    void tellsTheNotebookItsScaleAndItsHome() throws IOException {
        checkout.notebook("environment.ipynb", "System.getenv(\"MECHANICS_SCALE\")",
                "System.getenv(\"MECHANICS_HEADLESS\")",
                "System.getenv(\"MECHANICS_HOME\")");
        var result = checkout.lab().call("run", "--scale", "full");
        assertEquals(0, result.exit(), result.output());
        var outputs = Notebook.read(out("environment.ipynb")).outputs().toList().toString();
        assertTrue(outputs.contains("full") && outputs.contains(checkout.home().toString()), outputs);
    }

    @Test
    void worksThroughALinkFromAnyFolder() throws IOException {
        checkout.notebook("linked.ipynb", "1");
        // A relative link, as a reader would put into a folder of the PATH.
        var link = Files.createSymbolicLink(folder.resolve("lab link"),
                folder.relativize(checkout.lab().script()));
        var lab = new Lab(link, checkout.lab().environment());
        assertEquals(0, lab.callIn(Path.of("/"), "run", "notebooks/linked.ipynb").exit());
        assertTrue(Files.exists(out("linked.ipynb")));
    }

    private Path out(String name) { return checkout.home().resolve("target/notebooks").resolve(name); }
}
