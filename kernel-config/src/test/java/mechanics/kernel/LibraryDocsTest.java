package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibraryDocsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void sources() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/Curve.java"), """
                package a.b;
                /** A curve. */
                public class Curve<T> {
                    /** From points. */
                    public Curve(double[] x, double[] y) {}
                    /** Its value. */
                    public double at(double x) { return 0; }
                    /** Its value for many. */
                    public <R> double at(java.util.List<R> xs, int n) { return 0; }
                    public void silent() {}
                    /** A point of it. */
                    record Point(int x) {
                        /** Moved. */
                        Point move(int by) { return this; }
                    }
                }
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "a.b.Curve<T> | A curve.", "double Curve<T>.at(double x) | Its value.",
            "double Curve<T extends Object>.<R extends Object>at(List<? super R> xs, int n) | Its value for many.",
            "Curve(double[] x, double[] y) | From points.", "a.b.Curve.Point | A point of it.",
            "Curve.Point Curve.Point.move(int by) | Moved.",
            "a.b.Curve.Point(int x) | A point of it.", "Curve.Point(int x)(int) | A point of it."})
    void aSignatureFindsItsComment(String signature, String comment) {
        assertEquals(Optional.of(comment),
                new LibraryDocs(List.of(folder)).comment(signature).map(String::strip));
    }

    @ParameterizedTest
    @ValueSource(strings = {"void Curve<T>.silent()", "double Curve<T>.at(int n)", "java.lang.String",
            "x:int", "void f(int n)"})
    void whatHasNoCommentHasNone(String signature) {
        assertEquals(Optional.empty(), new LibraryDocs(List.of(folder)).comment(signature));
    }

    @Test
    void generatedSourcesAreReadToo() throws IOException {
        Files.createDirectories(folder.resolve("made/a/b"));
        Files.writeString(folder.resolve("made/a/b/Twin.java"),
                "package a.b; /** A twin. */ public class Twin {}");
        var docs = new LibraryDocs(List.of(folder.resolve("a"), folder.resolve("made")));
        assertEquals(Optional.of("A twin."), docs.comment("a.b.Twin").map(String::strip));
        assertEquals(Optional.of("A curve."), docs.comment("a.b.Curve<T>").map(String::strip));
    }

    @Test
    void sourcesMayBeMissing() {
        assertEquals(Optional.empty(), new LibraryDocs(List.of(folder.resolve("none"))).comment("a.b.Curve"));
    }
}
