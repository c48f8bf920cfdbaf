package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellOrderTest {

    private static List<String> order(String... sources) {
        List<Piece> pieces = new ArrayList<>();
        int offset = 0;
        for (String source : sources) {
            pieces.add(source.startsWith("%")
                    ? new Piece.LineMagic(offset, source.substring(1), List.of())
                    : new Piece.Code(offset, source, false));
            offset += source.length() + 1;
        }
        return CellOrder.of(pieces, known -> false).stream().map(piece -> switch (piece) {
            case Piece.Code code -> code.source();
            case Piece.Provisional code -> "provisional " + code.source().strip();
            case Piece.LineMagic magic -> "%" + magic.name();
            case Piece.CellMagic magic -> "%%" + magic.name();
        }).toList();
    }

    @Test
    void whatMentionsNoTypeOfTheCellStays() {
        List<String> cell = List.of("int a = 1;", "class B {}", "B b = new B();", "a + 1");
        assertEquals(cell, order(cell.toArray(String[]::new)));
    }

    @Test
    void aTypeComesBeforeWhatMentionsIt() {
        assertEquals(List.of("class B {}", "@Deprecated class A extends B {}", "A f() { return null; }", "1"),
                order("A f() { return null; }", "@Deprecated class A extends B {}", "class B {}", "1"));
        assertEquals(List.of("int f() { return x.B + \"B\".length(); } // B", "class B {}"),
                order("int f() { return x.B + \"B\".length(); } // B", "class B {}"),
                "no mention of the type");
    }

    @Test
    void nothingMovesAcrossAnImportOrAMagicOrBetweenTwoOfOneName() {
        for (List<String> cell : List.of(List.of("B f() { return null; }", "import x.B;", "class B {}"),
                List.of("B f() { return null; }", "%load", "class B {}"),
                List.of("class B {}", "new B()", "class B { int x; }"))) {
            assertEquals(cell, order(cell.toArray(String[]::new)));
        }
    }

    @Test
    void aSealedTypePermitsThoseOfTheCellAndComesAfterThem() {
        List<String> expected = List.of("provisional interface S { int v(); }",
                "record A(int v) implements S {}",
                "record B(int v) implements Comparable<B>, S {}",
                "sealed interface S permits A, B { int v(); }");
        assertEquals(expected, order("sealed interface S { int v(); }", "record A(int v) implements S {}",
                "record B(int v) implements Comparable<B>, S {}"));
        assertEquals(List.of("provisional interface S { int v(); }", "record B(int v) implements S {}",
                "record A(int v) implements S {}", "sealed interface S permits B, A { int v(); }"),
                order("record B(int v) implements S {}", "record A(int v) implements S {}",
                        "sealed interface S permits B, A { int v(); }"));
    }

    @Test
    void aNonSealedTypeComesAfterItsSealedOne() {
        List<String> cell = List.of("sealed class S permits A {}", "non-sealed class A extends S {}");
        assertEquals(cell, order(cell.toArray(String[]::new)));
    }

    @Test
    void theHeaderOfATypeIsReadWhateverStandsInIt() {
        TypeHeader header = TypeHeader
                .of("""
                        /* class X */ @A(b = "class Y", c = {1}) public sealed abstract class Z<T extends Comparable<T>>
                            extends p.Q<R> implements I, J permits K { int class1; }""")
                .orElseThrow();
        assertEquals(List.of("class", "Z", true, true), List.of(header.kind(), header.name(), header.sealed(),
                header.permitting()));
        for (String none : List.of("", "int record = 3;", "record(3);", "class", "record.f();", "enum = 3",
                "final int x = 3;", "void f() { class A {} }", "@", "sealed")) {
            assertEquals(true, TypeHeader.of(none).isEmpty(), none);
        }
    }
}
