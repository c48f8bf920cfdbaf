package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions without Jupyter, each with its own variables and types. */
class SessionTest {

    private static final Session.Magics NONE = new Session.Magics() {
        @Override
        public Object line(String name, List<String> arguments) { throw new AssertionError(name); }

        @Override
        public Object cell(String name, List<String> arguments, String body) {
            throw new AssertionError(name);
        }
    };

    private final List<String> notes = new ArrayList<>();

    private Session open(String classpath) {
        return new Session(new CellControl(new CellClasses(), Duration.ZERO), Environment.of(Map.of()),
                classpath, NONE,
                notes::add);
    }

    private static Object run(Session session, String source) {
        try {
            return session.evaluate(new Cell("cell", source));
        } catch (CellFailure failure) {
            throw new AssertionError(source + "\n" + String.join("\n", failure.report()), failure);
        }
    }

    private static String failure(Session session, String source) {
        return assertThrows(CellFailure.class, () -> session.evaluate(new Cell("cell", source)), source)
                .getMessage();
    }

    // ------------------------------------------------------------------ the class path

    /** Each start is a race of two threads of the compiler: {@code -Dkernel.sessions=500} runs more of them. */
    @Test
    void everySessionSeesTheClassPathThatItBeginsWith(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Found.java"),
                "package here; public class Found { public static final String WORD = \"found\"; }");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(),
                source.toString()));
        int sessions = Integer.getInteger("kernel.sessions", 60);
        int seen = 0;
        for (int i = 0; i < sessions; i++) {
            try (Session session = open(classes.toString())) {
                seen += "found".equals(run(session, "here.Found.WORD")) ? 1 : 0;
            }
        }
        assertEquals(sessions, seen);
        try (Session session = open("")) {
            session.addToClasspath(classes.toString());
            assertEquals("found", run(session, "import here.*; Found.WORD"), "and what is added later");
        }
    }

    // ------------------------------------------------------------------ names that are imported and declared

    private static final List<String> SINGLE = List.of("java.util.Observable", "java.awt.Point",
            "java.util.List");

    private static String declaration(String name, int kind) {
        return switch (kind) {
            case 0 -> "class " + name + " { int own = 1; }";
            case 1 -> "record " + name + "(int own) {}";
            case 2 -> "enum " + name + " { ONE }";
            case 3 -> "interface " + name + " {}";
            default -> "@interface " + name + " {}";
        };
    }

    @Test
    void importsAndDeclarationsOfOneNameInAnyOrderNeverBrickASession() {
        Random dice = new Random(8);
        try (Session session = open("")) {
            for (int i = 0; i < 25; i++) {
                String full = SINGLE.get(dice.nextInt(SINGLE.size()));
                String name = full.substring(full.lastIndexOf('.') + 1);
                boolean declares = dice.nextBoolean();
                run(session, declares ? declaration(name, dice.nextInt(5)) : "import " + full + ";");
                assertEquals(2, run(session, "1 + 1"));
                String binary = (String) run(session, name + ".class.getName()");
                assertEquals(!declares, binary.equals(full), "the later one counts: " + binary);
            }
        }
        assertTrue(notes.stream().anyMatch(note -> note.startsWith("the import of ")), notes::toString);
        assertTrue(notes.stream().anyMatch(note -> note.contains(" replaces the import of ")),
                notes::toString);
    }

    @Test
    void aStaticImportGivesWayToAMethodOrVariableOfItsName() {
        try (Session session = open("")) {
            assertEquals(7, run(session,
                    "import static java.lang.Math.abs;\nint abs(int x) { return 7; }\nabs(-3)"));
            assertEquals(3.0, run(session, "import static java.lang.Math.PI;\ndouble PI = 3;\nPI"));
            assertEquals(Math.PI, run(session, "import static java.lang.Math.PI;\nPI"));
            assertEquals(2, run(session,
                    "import static java.lang.Math.max;\nint max(int a) { return a; }\nmax(1, 2)"),
                    "another overload");
        }
    }

    // ------------------------------------------------------------------ types of a cell before those of libraries

    @ParameterizedTest
    @ValueSource(strings = {
            "double f(Timer t) { return t.x; }\nclass Timer { double x = 5; }\nf(new Timer())",
            "var t = new Timer(5);\nrecord Timer(double x) {}\nt.x()",
            "double f() { return new Base64().x; }\nclass Base64 extends Formatter {}\nclass Formatter { double x = 5; }\nf()",
            "Timer f() { return new Timer(); }\nclass Timer { Scanner s = null; double x = 5; }\nclass Scanner { Timer t; }\nf().x",
            """
                    sealed interface Timer { double x(); }
                    record Scanner(double x) implements Timer {}
                    record Random() implements Timer { @Override public double x() { return 5; } }
                    double f(Timer t) { return switch (t) { case Scanner(double x) -> x; case Random r -> r.x(); }; }
                    f(new Random())""",
            """
                    double f(Timer t) { return t instanceof Scanner s ? s.x() : 0; }
                    record Scanner(double x) implements Timer {}
                    sealed interface Timer permits Scanner {}
                    f(new Scanner(5))""",
            """
                    sealed abstract class Own { double x = y(); abstract double y(); }
                    final class A extends Own { double y() { return 5; } }
                    Own own = new A();
                    own.x""",
            "sealed interface Own { record In(double x) implements Own {} }\nOwn own = new Own.In(5);\n((Own.In) own).x()",
            "sealed class Own permits A {}\nnon-sealed class A extends Own { double x = 5; }\nnew A().x"})
    void aCellsOwnTypesComeFirst(String cell) {
        try (Session session = open("")) {
            session.importAll("import java.util.*;");
            assertEquals(5.0, run(session, cell));
            assertEquals(5.0, run(session, cell), "and a second time");
        }
    }

    @Test
    void aPermittedRecordMayChangeAndTheRealReasonIsTold() {
        try (Session session = open("")) {
            run(session,
                    "sealed interface S {}\nrecord A(int x) implements S {}\nrecord B() implements S {}\n"
                            + "int f(S s) { return switch (s) { case A(int x) -> x; case B b -> 0; }; }");
            assertEquals(3, run(session, "record A(int x, int y) implements S {}\nnew A(3, 4).x()"));
            String reason = failure(session, "f(new B())");
            assertTrue(reason.contains("f(S) cannot be used as it stands: ")
                    && reason.contains("nested patterns"), reason);
            assertEquals(3, run(session,
                    "int f(S s) { return switch (s) { case A a -> a.x(); case B b -> 0; }; }\nf(new A(3, 4))"));
        }
    }

    @Test
    void anErrorBehindInsertedTextPointsAtItsPlace() {
        try (Session session = open("")) {
            String report = String.join("\n",
                    assertThrows(CellFailure.class, () -> session.evaluate(new Cell("cell",
                            "sealed interface S { int f(; }\nrecord A() implements S {}"))).report());
            assertTrue(report.contains("sealed interface S { int f(; }"), report);
        }
    }

    // ------------------------------------------------------------------ imports at the start

    private static final String START = """
            import static java.lang.Math.*;
            import java.util.*;
            import java.util.stream.*;
            import java.awt.List;
            """;

    @Test
    void importsOfTheStartAreThereTogetherAndSingleOnesCount() {
        try (Session session = open("")) {
            session.importAll(START);
            assertEquals(2.0, run(session, "sqrt(Stream.of(1, 3).mapToInt(i -> i).sum())"));
            assertEquals("java.awt.List", run(session, "List.class.getName()"));
        }
    }

    @Test
    void anImportThatDoesNotResolveIsLeftOutAndTheOthersStay() {
        try (Session session = open("")) {
            session.importAll("import no.such.place.*;\n" + START + "import no.such.Thing;");
            assertEquals(2.0, run(session, "sqrt(Stream.of(1, 3).mapToInt(i -> i).sum())"));
            assertEquals("java.awt.List", run(session, "List.class.getName()"));
        }
    }

    @Test
    void aCellThatImportsAgainTakesNothingAway() {
        try (Session session = open("")) {
            session.importAll(START);
            run(session, "import java.util.*;\nimport java.util.stream.*;");
            assertEquals(2.0, run(session, "sqrt(Stream.of(1, 3).mapToInt(i -> i).sum())"));
            assertEquals(0, run(session, "new ArrayList<Integer>().size()"));
        }
    }

    // ------------------------------------------------------------------ what cannot run

    @ParameterizedTest
    @ValueSource(strings = {"Nowhere n = new Nowhere();", "new Nowhere()", "new Nowhere().go()",
            "var n = Nowhere.of();",
            "List<Nowhere> n = List.of();", "(Nowhere) null", "for (var x : new Nowhere()) {}"})
    void whatNeedsATypeThatIsNotThereIsAnError(String cell) {
        try (Session session = open("")) {
            session.importAll("import java.util.*;");
            failure(session, cell);
            assertEquals(2, run(session, "1 + 1"));
        }
    }

    @Test
    void anExpressionWhoseTypeLacksAClassIsAnError(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Has.java"),
                "package here; public class Has extends Lost { public Has me() { return this; } } ");
        Path lost = Files.writeString(folder.resolve("Lost.java"), "package here; public class Lost {}");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(),
                source.toString(), lost.toString()));
        Files.delete(classes.resolve("here/Lost.class"));
        try (Session session = open(classes.toString())) {
            for (String cell : List.of("new here.Has()", "new here.Has().me()",
                    "here.Has h = new here.Has();",
                    "var v = new here.Has().me();")) {
                failure(session, cell);
            }
        }
    }

    @Test
    void aHeaderWithoutABodyIsAnErrorAtOnce() {
        try (Session session = open("")) {
            for (String header : List.of("for (int i = 0; i < 3; i++)", "while (true)", "if (1 > 0)",
                    "label:",
                    "if (true) {} else", "for (;;) for (;;)", "if (true) while (true)", "else", "do")) {
                for (String before : List.of("", "int a = 1;\n", "// c\n")) {
                    for (String after : List.of("", "\n", " // c", "  \n\n")) {
                        failure(session, before + header + after);
                    }
                }
            }
            assertEquals(2, run(session, "1 + 1"));
        }
    }

    @Test
    void everyPrefixOfJavaIsReadToItsEnd() {
        String source = """
                label: for (int i = 0; i < 3; i++) if (i > 1) { continue label; } else while (true) break;
                sealed interface S<T> permits A {} record A(int x) implements S<String> { A { assert x > 0; } }
                int f(Object o) { return switch (o) { case A(int x) when x > 1 -> x; default -> { yield 0; } }; }
                String t = \"""
                    text "quoted\"""; char c = '\\''; /* é 😀 */ do f(t); while (c == 3); try (x) {} finally {}
                """;
        try (Session session = open("")) {
            Stream.iterate(0, end -> end <= source.length(), end -> end + 1).forEach(end -> {
                String prefix = source.substring(0, end);
                int at = 0;
                for (Piece piece : session.reader().read(prefix)) {
                    assertTrue(piece.offset() >= at, prefix);
                    at = piece.offset();
                }
                session.reader().state(prefix);
            });
        }
    }
}
