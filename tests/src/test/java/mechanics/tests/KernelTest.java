package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The kernel, through Jupyter's protocol. One kernel serves most of the tests: none of them may break it. */
class KernelTest {

    private static final String MAIN = "main";

    private static KernelBridge bridge;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException {
        bridge = new KernelBridge();
        bridge.start(MAIN, logged("main", localRepository()));
    }

    @AfterAll
    static void end() throws IOException { bridge.close(); }

    private static Map<String, String> logged(String name, Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put("KERNEL_LOG", folder.resolve(name + ".log").toString());
        return environment;
    }

    /** The kernel looks where this build has put its libraries, also if that is not the usual place. */
    private static Map<String, String> localRepository() {
        var named = System.getProperty("localRepository");
        return named == null ? Map.of() : Map.of("JDK_JAVA_OPTIONS", "\"-Dmaven.repo.local=" + named + "\"");
    }

    private static KernelBridge.Cell run(String code) { return bridge.run(MAIN, code); }

    private static KernelBridge.Cell interrupted(String code) {
        return bridge.run(MAIN, code, Map.of("interrupt_after", List.of(1.0)));
    }

    private static String text(String code) {
        var cell = run(code);
        assertEquals("ok", cell.status(), cell::error);
        return cell.text();
    }

    // ------------------------------------------------------------------ values

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "1 + 1 | 2", "int a = 5; a * 2 | 10", "Math.max(2, 3); | 3", "List.of(1, 2) | [1, 2]",
            "new String[][] {{\"a\"}} | [[a]]", "List.of(new char[] {'x'}) | [[x]]",
            "Thread.State.values() | [NEW, RUNNABLE, BLOCKED, WAITING, TIMED_WAITING, TERMINATED]",
            "new double[] {1, 0.5} | [1.0, 0.5]", "new int[][] {{1}, {2, 3}} | [[1], [2, 3]]",
            "sqrt(16) | 4.0"})
    void theValueOfTheLastExpressionIsShown(String code, String value) { assertEquals(value, text(code)); }

    @ParameterizedTest
    @ValueSource(strings = {
            "int b = 5;", "int c; c = 3;", "import java.util.List;", "System.out.print(1)", "// nothing", " ",
            "record Nothing() {}", "Object none = null; none"})
    void whatHasNoValueShowsNone(String code) { assertNull(text(code)); }

    @Test
    void textInAnyScriptPassesBothWays() {
        var cell = run("var α = \"∇L ≤ 0 😀 ü\"; System.out.println(α); α.length()");
        assertEquals("∇L ≤ 0 😀 ü\n", cell.stream("stdout"));
        assertEquals("11", cell.text());
    }

    @Test
    void displaysAreShownAndUpdatedInPlaceAndTheirIdIsNoValue() {
        var cell = run("String id = display(\"first\"); updateDisplay(id, \"second\"); display(3)");
        var first = cell.output("display_data");
        var second = cell.output("update_display_data");
        assertEquals("first", first.path("data").path("text/plain").asString());
        assertEquals("second", second.path("data").path("text/plain").asString());
        assertEquals(first.path("transient").path("display_id"), second.path("transient").path("display_id"));
        assertNull(cell.text());
    }

    @Test
    void aCellThatEndsInPrintfShowsWhatItPrintsAndNoStream() {
        var cell = run("System.out.printf(\"%.1f%n\", 1.5);");
        assertEquals("1.5", cell.stream("stdout").strip());
        assertNull(cell.text());
    }

    @Test
    void aRenderableIsShownWithItsMetadata() {
        var cell = run(
                """
                        new mechanics.base.Renderable() {
                            public mechanics.base.Rendering render() {
                                return new mechanics.base.Rendering(
                                    Map.of("image/png", new byte[] {1, 2, 3}, "text/plain", "a figure", "text/html", "<b>x</b>",
                                        "application/vnd.mechanics.check+json", Map.of("id", "1.1", "measured", Double.NaN)),
                                    Map.of("image/png", Map.of("width", 320, "height", 240)));
                            }
                        }
                        """);
        assertEquals("AQID", cell.value().path("image/png").asString());
        assertEquals("a figure", cell.text());
        assertEquals("<b>x</b>", cell.value().path("text/html").asString());
        assertEquals("NaN",
                cell.value().path("application/vnd.mechanics.check+json").path("measured").asString());
        var size = cell.output("execute_result").path("metadata").path("image/png");
        assertEquals(320, size.path("width").asInt());
        assertEquals(240, size.path("height").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "org.knowm.xchart.QuickChart.getChart(\"t\", \"x\", \"y\", \"s\", new double[] {1, 2}, new double[] {1, 4})",
            """
                    var bars = new org.knowm.xchart.CategoryChartBuilder().title("t").build();
                    bars.addSeries("s", List.of("a", "b"), List.of(1, 2));
                    bars""",
            """
                    var map = new org.knowm.xchart.HeatMapChartBuilder().title("t").build();
                    map.addSeries("s", new int[] {0, 1}, new int[] {0, 1}, new int[][] {{1, 2}, {3, 4}});
                    map"""})
    void aBareChartOfXChartIsShownWithSizeAndAlternativeText(String code) {
        var cell = run(code);
        assertTrue(cell.value().path("image/png").asString().startsWith("iVBORw0KGgo"));
        var shown = cell.output("execute_result").path("metadata").path("image/png");
        assertTrue(shown.path("width").asInt() > 0 && shown.path("height").asInt() > 0, shown::toString);
        assertTrue(shown.path("alt").asString().contains("t"), shown::toString);
    }

    @Test
    void anImageIsShownAsPngAndItsTextIsTheSameInEveryRun() {
        var cell = run("new java.awt.image.BufferedImage(4, 3, java.awt.image.BufferedImage.TYPE_INT_RGB)");
        assertTrue(cell.value().path("image/png").asString().startsWith("iVBORw0KGgo"));
        assertEquals("image, 4 × 3", cell.text());
    }

    @Test
    void anAddressOfTheWebIsALink() throws IOException {
        var value = run("java.net.URI.create(\"http://127.0.0.1/a?b=1&c=2\").toURL()").value();
        assertEquals("<a href=\"http://127.0.0.1/a?b=1&amp;c=2\">http://127.0.0.1/a?b=1&amp;c=2</a>",
                value.path("text/html").asString());
        assertEquals("http://127.0.0.1/a?b=1&c=2", value.path("text/plain").asString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "new BigDecimal(1).add(BigDecimal.TEN) | 11", "LocalDate.of(2026, 1, 2) | 2026-01-02",
            "Pattern.matches(\"a*\", \"aa\") | true", "Path.of(\"a\", \"b\").getNameCount() | 2",
            "new File(\"x\") | x",
            "Executors.newFixedThreadPool(1).close(); 3 | 3", "kernel() == getKernelInstance() | true",
            "lineMagic(\"time\", List.of(\"1 + 4\")) | 5",
            "cellMagic(\"time\", List.of(), \"int w = 2; w\") | 2",
            "eval(\"1 + 5\") | 6", "double kernel(double a) { return a; } kernel(2) | 2.0",
            "String display(Object o) { return \"mine\"; } display(1) | mine", "%time 1 + 6 | 7"})
    void whatOthersOfTheFamilyHaveWithoutAnImportIsThere(String code, String value) {
        assertEquals(value, text(code));
    }

    // ------------------------------------------------------------------ errors

    @Test
    void causesInACircleAreToldOnce() {
        var error = run(
                "var first = new RuntimeException(\"one\"); var second = new RuntimeException(\"two\", first);"
                        + " first.initCause(second); throw first;")
                .error();
        assertTrue(
                error.startsWith("RuntimeException: one")
                        && error.contains("Caused by RuntimeException: two"),
                error);
        assertEquals(1, error.split("Caused by", -1).length - 1, error);
    }

    @Test
    void codeThatTheCompilerFailsOnIsAnErrorOfItsCell() {
        var cell = run(
                "trywhile (true)  { a /= 0; } catch (ArithmeticException | Error e) { a = 1; } finally { a++; }");
        assertEquals("CompileError", cell.reply().path("ename").asString(), cell::error);
        assertEquals("2", text("1 + 1"));
    }

    @Test
    void outOfMemorySaysWhereMoreIsGiven() {
        assertTrue(run("new long[1 << 30][1 << 10].length").error().contains("JJAVA_JVM_OPTS=-Xmx"));
    }

    @Test
    void aSyntaxErrorShowsItsLineAndNothingOfTheCellRuns() {
        var cell = run("System.out.println(\"ran\");\nint broken = 0x;\n");
        assertEquals("error", cell.status());
        assertEquals("CompileError", cell.reply().path("ename").asString());
        assertTrue(cell.error().contains("line 2"), cell.error());
        assertTrue(cell.error().contains("   2 | int broken = 0x;\n" + " ".repeat(20) + "^"), cell.error());
        assertEquals("", cell.stream("stdout"));
    }

    @Test
    void anUnfinishedCellSaysWhatIsMissing() {
        assertTrue(run("if (true) {\n    int d = 1;").error().contains("the cell ends before its code does"));
    }

    @Test
    void aCompileErrorPointsAtItsPlaceBehindOtherStatements() {
        var error = run("int e = 1; // é 😀\n\n  int f = \"text\";").error();
        assertTrue(error.contains("   3 |   int f = \"text\";\n" + " ".repeat(17) + "^^^^^^"), error);
        assertTrue(error.contains("String cannot be converted to int"), error);
    }

    @Test
    void aConstructorThatHasToBePublicIsToldSo() {
        var error = run("record Rate(double value) { Rate { if (value < 0) throw new RuntimeException(); } }")
                .error();
        assertTrue(error.contains("write public before it"), error);
        assertEquals("Rate[value=1.0]", text("record Rate(double value) { public Rate {} }\nnew Rate(1)"));
    }

    @Test
    void anUncaughtExceptionShowsItsNameItsMessageAndTheLinesOfTheCell() {
        var cell = run("""
                int inverse(int n) {
                    return 10 / n;
                }
                for (int i = 1; i >= 0; i--) {
                    inverse(i);
                }
                """);
        assertEquals("ArithmeticException", cell.reply().path("ename").asString());
        assertEquals("/ by zero", cell.reply().path("evalue").asString());
        var error = cell.error();
        assertTrue(error.matches(
                "(?s)ArithmeticException: / by zero\n    at cell In\\[\\d+] line 2, in inverse  \\| return 10 / n;\n"
                        + "    at cell In\\[\\d+] line 5  \\| inverse\\(i\\);"),
                error);
    }

    @Test
    void anExceptionOfTheUserKeepsItsNameAndItsCause() {
        var cell = run(
                """
                        class Diverged extends RuntimeException { Diverged(Throwable cause) { super("loss = NaN", cause); } }
                        throw new Diverged(new IllegalStateException("inner"));
                        """);
        assertEquals("Diverged", cell.reply().path("ename").asString());
        assertTrue(cell.error().contains("Diverged: loss = NaN"), cell.error());
        assertTrue(cell.error().contains("Caused by IllegalStateException: inner"), cell.error());
        assertFalse(cell.error().contains("REPL"), cell.error());
    }

    @Test
    void endlessRecursionIsToldInAFewLines() {
        var error = run("int down(int n) { return down(n + 1) + 1; }\ndown(0)").error();
        assertTrue(error.startsWith("StackOverflowError"), error);
        assertTrue(error.lines().count() < 20, error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"System.exit(3);", "Runtime.getRuntime().exit(3);",
            "Runtime.getRuntime().halt(3);", "IntConsumer c = System::exit; c.accept(3);",
            "IntConsumer c = Runtime.getRuntime()::halt; c.accept(3);",
            "ObjIntConsumer<Runtime> c = Runtime::exit; c.accept(Runtime.getRuntime(), 3);",
            "IntStream.of(3).forEach(System::exit);"})
    void exitIsRefusedAndTheKernelGoesOn(String exit) {
        run("int before = 7;");
        var cell = run("if (before == 7) { " + exit + " }");
        assertEquals("SystemExit", cell.reply().path("ename").asString());
        assertTrue(cell.error().contains("would end the kernel"), cell.error());
        assertEquals("7", text("before"));
    }

    @Test
    void assertionsAreOn() {
        assertTrue(run("assert 1 > 2 : \"one is less\";").error().startsWith("AssertionError: one is less"));
    }

    @Test
    void cellsThatWaitBehindAFailureDoNotRun() {
        var cells = bridge.runAll(MAIN,
                List.of("int g = 1;", "throw new RuntimeException()", "g = 2;", "System.out.println(g)"));
        assertEquals(List.of("ok", "error", "error", "error"),
                cells.stream().map(KernelBridge.Cell::status).toList());
        assertEquals("Aborted", cells.get(3).reply().path("ename").asString());
        assertEquals("1", text("g"));
    }

    // ------------------------------------------------------------------ interrupt

    @ParameterizedTest
    @ValueSource(strings = {
            "while (true) {}", "while (true) System.out.print(\"x\");", "Thread.sleep(1_000_000);",
            "while (true) try { Thread.sleep(10); } catch (Exception e) {}", "for (;;) { Math.sin(0); }",
            "IntStream.range(0, 8).parallel().forEach(i -> { while (true) {} });",
            "var t = new Thread(() -> { while (true) {} }); t.start(); t.join();"})
    void anInterruptStopsACellAndKeepsTheState(String endless) {
        run("int kept = 1;");
        var cell = interrupted("kept = 2;\n" + endless);
        assertEquals("Interrupted", cell.reply().path("ename").asString(), cell::error);
        assertEquals("2", text("kept"));
        assertEquals("4", text("int after = 0; for (int i = 0; i < 4; i++) after++; after"));
    }

    @Test
    void whatBelongsToAThreadIsTheSameInAllLinesAndCells() {
        run("var own = new ThreadLocal<Integer>(); own.set(1);\nown.set(own.get() + 1);");
        assertEquals("2", text("own.get()"));
        run("smile.math.MathEx.setSeed(5);");
        var first = text("smile.math.MathEx.random()");
        assertEquals(first, text("smile.math.MathEx.setSeed(5);\nsmile.math.MathEx.random()"));
    }

    @Test
    void anInterruptIsForTheRunningCellNotForWhatEarlierOnesLeftRunning() {
        run("var beats = new java.util.concurrent.atomic.AtomicLong(); var beating = new java.util.concurrent.atomic.AtomicBoolean(true);"
                + " new Thread(() -> { while (beating.get()) { beats.incrementAndGet(); Thread.onSpinWait(); } }).start();");
        assertEquals("Interrupted", interrupted("while (true) {}").reply().path("ename").asString());
        assertEquals("true", text("long before = beats.get(); Thread.sleep(300); beats.get() > before"));
        assertEquals("Interrupted", interrupted("while (true) {}").reply().path("ename").asString());
        assertEquals("true", text("before = beats.get(); Thread.sleep(300); beats.get() > before"));
        run("beating.set(false);");
    }

    @Test
    void anInterruptEndsAQuestionAndTheNextOneIsAnswered() {
        assertEquals("Interrupted",
                interrupted("new Scanner(System.in).nextLine()").reply().path("ename").asString());
        assertEquals("yes", bridge
                .run(MAIN, "new Scanner(System.in).nextLine()", Map.of("answers", List.of("yes"))).text());
    }

    @Test
    void anInterruptSaysSoWhenALibraryDoesNotReact() {
        var cell = interrupted("new java.util.concurrent.CompletableFuture<>().join();");
        assertTrue(cell.error().contains("library code does not react to the interrupt"), cell.error());
        assertTrue(cell.error().contains("CompletableFuture.join"), cell.error());
        assertEquals("3", text("1 + 2"));
    }

    // ------------------------------------------------------------------ streams

    @Test
    void aMillionLinesAllArrive() {
        var cell = bridge.run(MAIN, "for (int i = 0; i < 1_000_000; i++) System.out.println(i);",
                Map.of("timeout", 300));
        assertEquals("ok", cell.status());
        var lines = cell.stream("stdout").lines().toList();
        assertEquals(1_000_000, lines.size());
        assertEquals("999999", lines.getLast());
        assertEquals("2", text("1 + 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"System.setOut(new PrintStream(OutputStream.nullOutputStream()));",
            "System.setErr(null);", "System.setIn(InputStream.nullInputStream());", "System.out.close();",
            "System.err.close(); System.in.close();", "try (var out = System.out) { out.print(1); }",
            "System.setOut(null); throw new RuntimeException();"})
    void whatACellDoesToTheStandardStreamsEndsWithIt(String code) {
        run(code);
        var cell = bridge.run(MAIN,
                "System.out.print(1); System.err.print(2); new Scanner(System.in).nextLine()",
                Map.of("answers", List.of("typed")));
        assertEquals("1", cell.stream("stdout"));
        assertEquals("2", cell.stream("stderr"));
        assertEquals("typed", cell.text());
    }

    @Test
    void streamsThatAlternateKeepTheirOrder() {
        var cell = run("for (int i = 0; i < 500; i++) { System.out.print(i); System.err.print(i); }");
        var streams = cell.outputs().valueStream()
                .filter(output -> output.path("type").asString().equals("stream"))
                .map(output -> output.path("text").asString()).toList();
        assertEquals(IntStream.range(0, 500).boxed().flatMap(i -> Stream.of("" + i, "" + i)).toList(),
                streams);
    }

    @Test
    void outputsKeepTheirOrder() {
        var cell = run("System.out.print(1); System.err.print(2); display(3); System.out.print(4);");
        assertEquals(List.of("execute_input", "stream", "stream", "display_data", "stream"),
                cell.outputs().valueStream().map(output -> output.path("type").asString()).toList());
    }

    @Test
    void progressIsOneLineThatVanishes() {
        var cell = run("try (var progress = mechanics.lab.Progress.of(\"work\", 30)) {"
                + " for (int i = 0; i < 30; i++) { Thread.sleep(100); progress.step(); } }");
        assertEquals("ok", cell.status(), cell::error);
        var shown = cell.outputs()
                .valueStream()
                .filter(output -> output.path("type").asString().endsWith("display_data"))
                .toList();
        assertTrue(shown.getFirst().path("data").path("text/plain").asString().startsWith("work"),
                cell.outputs()::toString);
        assertEquals("", shown.getLast().path("data").path("text/plain").asString());
        assertEquals(1,
                shown.stream().map(output -> output.path("transient").path("display_id")).distinct().count());
        assertEquals("", cell.stream("stderr") + cell.stream("stdout"));
    }

    @Test
    void standardErrorStaysEmptyInNormalWork() {
        var cell = run("""
                java.util.logging.Logger.getLogger("x").warning("a log line is no output of the cell");
                org.slf4j.LoggerFactory.getLogger("y").warn("nor is this");
                new smile.stat.distribution.GaussianDistribution(0, 1).quantile(0.5);
                new mechanics.kernel.MechanicsExtension();
                """);
        assertEquals("ok", cell.status(), cell::error);
        assertEquals("", cell.stream("stderr"));
    }

    @Test
    void aCellCanAskForInput() {
        var cell = bridge.run(MAIN, "new Scanner(System.in).nextLine()", Map.of("answers", List.of("grüße")));
        assertEquals("grüße", cell.text());
    }

    // ------------------------------------------------------------------ declarations

    @Test
    void aRecordCanBeRedefinedAndWhatUsedItIsTold() {
        run("record Point(int x) {}\nvar p = new Point(1);");
        assertEquals("Point[x=1]", text("record Point(int x) {}\np"),
                "the same declaration again changes nothing");
        var cell = run("record Point(int x, int y) {}");
        assertTrue(cell.stream("stdout").contains("variable p was made with the earlier record Point"),
                cell.stream("stdout"));
        assertEquals("Point[x=1, y=2]", text("var p = new Point(1, 2); p"));
    }

    @Test
    void aMethodMayComeBeforeWhatItCalls() {
        var early = run("double twice(double v) { return half(v) * 4; }");
        assertEquals("method twice(double) can be used once you have declared method half(double)\n",
                early.stream("stdout"));
        assertTrue(run("twice(1)").error()
                .startsWith("NotDeclaredYet: method twice(double) cannot be used until you declare"));
        assertEquals("2.0", text("double half(double v) { return v / 2; }\ntwice(1)"));
    }

    @Test
    void typesOfOneCellMayReferToEachOtherForward() { assertEquals("3.0", text("""
            sealed interface Form permits Square {}
            record Square(double side) implements Form {}
            double side(Form form) { return switch (form) { case Square square -> square.side(); }; }
            side(new Square(3))
            """)); }

    // ------------------------------------------------------------------ help while typing

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Math.sq | sqrt( | 5", "'\"😀\".len' | length() | 4", "%mav | %maven | 0",
            "%%load | %%loadFromPOM | 0",
            "'record Q(int width) {} var q = new Q(3); q.wi' | width() | 43",
            "'%jars x\nMath.cbr' | cbrt( | 13"})
    void completionOffersWhatFits(String code, String match, int start) {
        var reply = bridge.help("complete", MAIN, code);
        assertTrue(reply.path("matches").valueStream().anyMatch(text -> text.asString().equals(match)),
                reply::toString);
        assertEquals(start, reply.path("cursor_start").asInt());
    }

    @Test
    void inspectionShowsSignatureAndDocumentation() {
        var text = inspection("Math.sqrt");
        assertTrue(text.contains("double Math.sqrt(double a)"), text);
        assertTrue(text.contains("square root"), text);
        assertFalse(text.contains("{@code"), text);
        assertFalse(bridge.help("inspect", MAIN, "no.such.Thing").path("found").asBoolean());
    }

    @Test
    void inspectionKnowsTheLibrary() {
        var text = inspection("mechanics.lab.Progress.over");
        assertTrue(text.contains("The same elements, with progress shown"), text);
        assertTrue(inspection("mechanics.base.Rendering").contains("A value as MIME types."));
    }

    private static String inspection(String code) {
        return bridge.help("inspect", MAIN, code).path("data").path("text/plain").asString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "int h = 1; | complete", "h | complete", "%maven a:b:c | complete", "for (;;) { | incomplete",
            "f( | incomplete",
            "int i = 0x; | invalid"})
    void codeIsJudgedCompleteOrNot(String code, String status) {
        assertEquals(status, bridge.help("is_complete", MAIN, code).path("status").asString());
    }

    // ------------------------------------------------------------------ magics

    @Test
    void mavenAddsALibraryAndWhatItNeedsFromTheLocalRepository() {
        var version = Test.class.getPackage().getImplementationVersion();
        var cell = run("%maven org.junit.jupiter:junit-jupiter-params:" + version);
        assertEquals("ok", cell.status(), cell::error);
        assertEquals("Test", text("org.junit.jupiter.api.Test.class.getSimpleName()"),
                "a dependency of the dependency");
    }

    @Test
    void aLibraryThatTheLaboratoryHasInAnotherVersionIsNamed() throws IOException {
        var jar = folder.resolve("gson-1.0.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("com/google/gson/Gson.class"));
        }
        assertTrue(run("%jars \"" + jar + "\"").stream("stdout").startsWith("gson 1.0 is hidden by "));
    }

    @Test
    void aPomCanStandInACell() {
        var cell = run("""
                %%loadFromPOM
                <dependency>
                  <groupId>org.junit.platform</groupId>
                  <artifactId>junit-platform-commons</artifactId>
                  <version>VERSION</version>
                </dependency>
                """.replace("VERSION", Test.class.getPackage().getImplementationVersion()));
        assertEquals("ok", cell.status(), cell::error);
        assertEquals("true", text("org.junit.platform.commons.util.StringUtils.isBlank(\"\")"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "%maven nonsense | expected group:artifact:version",
            "%maven | expected %maven group:artifact:version",
            "%nosuch 1 | %nosuch is not known; known are", "%load no/such/file | does not exist",
            "%classpath no/such.jar | no/such.jar", "%loadFromPOM no/such/pom.xml | no/such/pom.xml"})
    void aMagicThatFailsSaysWhyInOneLine(String magic, String reason) {
        var error = run(magic).error();
        assertTrue(error.contains(reason), error);
        assertEquals(1, error.lines().count(), error);
    }

    @Test
    void percentSignsInCodeAreNoMagics() {
        assertEquals("%d items\n2",
                text("var text = \"\"\"\n%d items\n\"\"\";\nvar rest = 17\n    %5;\ntext + rest"));
    }

    @Test
    void scriptsClassesAndNotebooksCanBeLoaded() throws IOException {
        Files.writeString(folder.resolve("script.jsh"),
                "int one = 1;\nint fail() {\n    throw new RuntimeException();\n}\n");
        Files.writeString(folder.resolve("Two.java"),
                "package some.where;\n\npublic class Two { static int two() { return 2; } }");
        Files.writeString(folder.resolve("three.ipynb"),
                "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": \"x\"}, {\"cell_type\": \"code\", \"source\": [\"int three\", \" = 3;\"]}]}");
        var load = "%load \"" + folder;
        assertEquals("6", text(load + "/script.jsh\"\n" + load + "/Two\"\n" + load
                + "/three.ipynb\"\none + Two.two() + three"));
        assertTrue(run("fail()").error().contains("at script.jsh line 3, in fail"));
    }

    // ------------------------------------------------------------------ several kernels, start and end

    @Test
    void twoKernelsRunAtOnceAndKnowNothingOfEachOther() {
        bridge.start("second", logged("second", Map.of()));
        bridge.run("second", "int mine = 2;");
        assertEquals("error", run("mine").status());
        assertEquals("2", bridge.run("second", "mine").text());
        assertEquals(0, stop("second").path("exit").asInt());
    }

    @Test
    void aKernelEndsCleanlyInTheMiddleOfAnEndlessLoop() {
        bridge.start("endless", logged("endless", Map.of()));
        bridge.ask(Map.of("do", "begin", "kernel", "endless", "code", "while (true) {}", "seconds", 3));
        assertEquals(0, stop("endless").path("exit").asInt());
    }

    @Test
    void aRestartBeginsAnew() {
        bridge.start("again", logged("again", Map.of()));
        bridge.run("again", "int old = 1;");
        bridge.ask(Map.of("do", "restart", "kernel", "again"));
        var cell = bridge.run("again", "old");
        assertEquals("error", cell.status());
        assertEquals(1, cell.reply().path("execution_count").asInt());
        stop("again");
    }

    private static JsonNode stop(String kernel) { return bridge.ask(Map.of("do", "stop", "kernel", kernel)); }

    @Test
    void theVariablesOfIJavaAndJJavaAreHonored() throws IOException {
        Files.writeString(folder.resolve("loaded.java"), "int fromFile = 1;");
        Files.writeString(folder.resolve("start.jsh"), "%load \"" + folder.resolve("loaded.java") + "\"");
        Files.createDirectories(folder.resolve("classes"));
        Files.writeString(folder.resolve("classes/note.txt"), "found");
        bridge.start("set", logged("set", Map.of(
                "IJAVA_STARTUP_SCRIPTS_PATH", folder.resolve("st*.jsh").toString(),
                "IJAVA_STARTUP_SCRIPT", "int fromVariable = 2;",
                "JJAVA_CLASSPATH", folder.resolve("classes").toString(),
                "IJAVA_CLASSPATH", "not/this",
                "IJAVA_COMPILER_OPTS", "-Xlint:none -parameters",
                "IJAVA_TIMEOUT", "2 SECONDS")));
        assertAll(
                () -> assertEquals("3", bridge.run("set", "fromFile + fromVariable").text()),
                () -> assertEquals("found", bridge.run("set",
                        "new String(Thread.currentThread().getContextClassLoader().getResourceAsStream(\"note.txt\").readAllBytes())")
                        .text()),
                () -> assertEquals("value", bridge.run("set",
                        "class Named { void f(int value) {} } Named.class.getDeclaredMethods()[0].getParameters()[0].getName()")
                        .text()),
                () -> assertTrue(bridge.run("set", "while (true) {}").error().startsWith("TimeLimit")));
        stop("set");
    }

    @Test
    void theKernelSaysWhatItSpeaks() {
        var info = bridge.ask(Map.of("do", "info", "kernel", MAIN)).path("reply").path("language_info");
        assertEquals("java", info.path("name").asString());
        assertEquals(".java", info.path("file_extension").asString());
        assertEquals("text/x-java", info.path("codemirror_mode").asString());
        assertTrue(info.path("version").asString().startsWith(String.valueOf(Runtime.version().feature())));
    }
}
