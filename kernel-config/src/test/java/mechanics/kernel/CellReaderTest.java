package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import jdk.jshell.JShell;
import mechanics.kernel.Piece.CellMagic;
import mechanics.kernel.Piece.Code;
import mechanics.kernel.Piece.LineMagic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellReaderTest {

    private static JShell shell;
    private static CellReader reader;

    @BeforeAll
    static void open() {
        shell = JShell.builder().executionEngine("local").build();
        reader = new CellReader(shell.sourceCodeAnalysis());
    }

    @AfterAll
    static void close() { shell.close(); }

    @Test
    void snippetsKnowWhereTheyBegin() {
        assertEquals(
                List.of(new Code(2, "int a = 1;", false), new Code(14, "a + 1", false)),
                reader.read("\n\nint a = 1;\n\na + 1"));
    }

    @Test
    void magicsStandBetweenSnippets() {
        assertEquals(
                List.of(
                        new LineMagic(0, "maven", List.of("a:b:1", "c d")), new Code(21, "int a = 1;", false),
                        new LineMagic(32, "load", List.of("x.jsh"))),
                reader.read("%maven a:b:1 \"c d\"\n\n\nint a = 1;\n%load x.jsh"));
    }

    @Test
    void aCellMagicTakesTheRestOfTheCell() {
        assertEquals(List.of(new CellMagic(2, "loadFromPOM", List.of("x"), "<a>\n%b")),
                reader.read("%%loadFromPOM x\n<a>\n%b"));
        assertEquals(List.of(new CellMagic(2, "loadFromPOM", List.of(), "")), reader.read("%%loadFromPOM"));
    }

    @ParameterizedTest
    @CsvSource({
            "'String s = \"\"\"\n%load x\n\"\"\";'", "'int r = 17\n%b;'", "'/*\n%load x\n*/ int a = 1;'",
            "'f(1,\n%load x);'"})
    void aPercentSignInsideCodeIsNoMagic(String source) {
        assertEquals(true, reader.read(source).stream().allMatch(Code.class::isInstance));
    }

    @Test
    void whatCannotBeParsedIsOneUnsoundPiece() {
        assertEquals(
                List.of(new Code(0, "int a = 1;", false), new Code(11, "if (true) {\n  a = 2;", true)),
                reader.read("int a = 1;\nif (true) {\n  a = 2;"));
    }

    @Test
    void nothingIsNothing() {
        assertEquals(List.of(), reader.read(""));
        assertEquals(List.of(), reader.read(" \n\t"));
        assertEquals(List.of(), reader.read("// a comment\n/* and another */"));
        assertEquals(List.of(), reader.read(";;"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "'' | COMPLETE", "1 + 1 | COMPLETE", "1 + | INCOMPLETE", "void f() { | INCOMPLETE",
            "int i = 0x; | WRONG", "int 3x = 4; | WRONG", "while (true) | INCOMPLETE",
            "if (a) {} else | INCOMPLETE",
            "int a = 1; for (;;) | INCOMPLETE", "label: | INCOMPLETE", "1 +* 2 | WRONG",
            "unknown.name() | COMPLETE",
            "%load x | COMPLETE", "if (a) b(); | COMPLETE"})
    void aStateIsFound(String source, CellReader.State state) { assertEquals(state, reader.state(source)); }
}
