package mechanics.data;

import static mechanics.data.Damage.assertRefused;
import static mechanics.data.Damage.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    private static final String PETS = """
            "kind","weight","sex"
            "cat",4.5,"f"
            "dog",12,NA
            "cat",,"m"
            "ant, red",1e-5,"f"
            """;

    @TempDir
    Path folder;

    private Path file(String content) {
        return write(folder, "file.csv", content.getBytes(StandardCharsets.UTF_8));
    }

    private Table pets() { return Table.read(file(PETS), "Pets", "kind"); }

    @Test
    void readsNumbersNamesAndUnknownValues() {
        Table pets = pets();
        assertEquals("Pets: 4 rows, 3 columns, target kind", pets.toString());
        assertEquals(new Column.Categorical("kind", List.of("ant, red", "cat", "dog"), List.of(1, 2, 1, 0)),
                pets.column("kind"));
        assertEquals(new Column.Categorical("sex", List.of("f", "m"), List.of(0, -1, 1, 0)),
                pets.column("sex"));
        assertEquals(new Column.Numeric("weight", List.of(4.5, 12.0, Double.NaN, 1e-5)),
                pets.column("weight"));
    }

    @Test
    void turnsNamesIntoOneColumnALevel() {
        Table complete = pets().complete();
        assertEquals(List.of("weight", "sex=f", "sex=m"), complete.inputNames());
        assertArrayEquals(new double[][]{{4.5, 1, 0}, {1e-5, 1, 0}}, complete.inputs());
        assertArrayEquals(new int[]{1, 0}, complete.labels());
        assertEquals(List.of("ant, red", "cat", "dog"), complete.classNames());
        assertArrayEquals(new double[]{4.5, 1e-5}, complete.withTarget("weight").targets());
        assertEquals(List.of("weight"), complete.without("sex").inputNames());
    }

    @Test
    void refusesToGuessUnknownValues() {
        String message = assertThrows(IllegalArgumentException.class, () -> pets().inputs()).getMessage();
        assertTrue(message.contains("row 2, column weight"), message);
        assertThrows(IllegalArgumentException.class, () -> pets().toSmile());
    }

    @Test
    void splitsAndShufflesWholeRows() {
        Table iris = Tables.iris();
        Split<Table> split = iris.shuffled(3).split(100);
        assertEquals(100, split.train().size());
        assertEquals(50, split.test().size());
        assertEquals(iris.classNames(), split.test().classNames());
        assertArrayEquals(iris.shuffled(3).inputs(), iris.shuffled(3).inputs());
        double[][] sorted = iris.shuffled(3).inputs();
        double[][] original = iris.inputs();
        Arrays.sort(sorted, Arrays::compare);
        Arrays.sort(original, Arrays::compare);
        assertArrayEquals(original, sorted);
        assertThrows(IllegalArgumentException.class, () -> iris.split(151));
    }

    @Test
    void theShippedTablesHaveTheirShapes() {
        assertEquals(4, Tables.iris().inputs()[0].length);
        assertEquals(List.of("setosa", "versicolor", "virginica"), Tables.iris().classNames());
        assertEquals(344, Tables.penguins().size());
        assertEquals(333, Tables.penguins().complete().size());
        assertEquals(List.of("Adelie", "Chinstrap", "Gentoo"), Tables.penguins().classNames());
        assertEquals(13, Tables.wine().inputNames().size());
        assertEquals(178, Tables.wine().labels().length);
        assertEquals(30, Tables.breastCancer().inputNames().size());
        assertEquals(212, Arrays.stream(Tables.breastCancer().labels()).filter(label -> label == 0).count());
        assertEquals(List.of("malignant", "benign"), Tables.breastCancer().classNames());
        assertEquals(1030, Tables.concrete().targets().length);
        assertEquals(79.99, Tables.concrete().targets()[0]);
    }

    @Test
    void asksForTheRightKindOfTarget() {
        assertThrows(IllegalArgumentException.class, () -> Tables.concrete().labels());
        assertThrows(IllegalArgumentException.class, () -> Tables.iris().targets());
        assertThrows(IllegalArgumentException.class, () -> Tables.iris().withTarget("petals"));
        assertThrows(IllegalArgumentException.class, () -> Tables.iris().column("petals"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b\n1,2\n", "kind,b\n1\n", "kind,b\n1,2,3\n", "kind,kind\n1,2\n",
            "kind,b\n\"open,2\n"})
    void refusesDamagedFiles(String content) {
        Path file = file(content);
        assertRefused(file, () -> Table.read(file, "test", "kind"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2,2,a,b\n1,2,0\n1,2,1\n", "2,1,a,b\n1,0\n", "2,1,a,b\n1,0\n1,2\n",
            "2,1,a,b\n1,0\n1\n",
            "2,1,a,b\n1,0\nx,1\n", "2,1,a,b\n1,0\n1,0.5\n", "2,1,a,b\n1,0\n1,1\n1,1\n"})
    void refusesDamagedFilesWithCounts(String content) {
        Path file = file(content);
        assertRefused(file, () -> Tables.withCounts(file, "test", List.of("x"), "class", 2));
    }

    @Test
    void refusesColumnsThatDoNotFit() {
        Column one = new Column.Numeric("x", List.of(1.0));
        Column two = new Column.Numeric("y", List.of(1.0, 2.0));
        assertThrows(IllegalArgumentException.class, () -> new Table("t", List.of(one, two), "x"));
        assertThrows(IllegalArgumentException.class, () -> new Table("t", List.of(one, one), "x"));
        assertThrows(IllegalArgumentException.class,
                () -> new Column.Categorical("c", List.of("a"), List.of(1)));
    }

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"3d", "3D", "1f", "2.5F", "0x10", "0x1p3",
            "Infinity",
            "-Infinity", "inf", "nan", "1e", "e5", ".", "-", "1_000", "1,5", "1 2", "٣", "1.2.3", "--1",
            "1e5.0", "∞"})
    void whatIsNoNumberIsAName(String text) {
        assertEquals(java.util.OptionalDouble.empty(), mechanics.base.Numerals.number(text));
        assertTrue(Table.column("a", List.of("1", text)) instanceof Column.Categorical);
    }

    @Test
    void numbersFollowTheGrammar() {
        String[] texts = {"0", "-0.5", ".5", "1.", "+3e-4", "1E5", " 7 ", "1e-400", "1.7976931348623157e308",
                "007"};
        double[] values = {0, -0.5, 0.5, 1, 3e-4, 1e5, 7, 0, Double.MAX_VALUE, 7};
        for (int i = 0; i < texts.length; i++) {
            assertEquals(values[i], mechanics.base.Numerals.number(texts[i]).getAsDouble());
        }
        var random = new java.util.Random(1);
        for (int i = 0; i < 1000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertEquals(value, mechanics.base.Numerals.number(Double.toString(value)).getAsDouble());
            }
        }
        for (String large : List.of("1e400", "-1e309", "9".repeat(400))) {
            assertThrows(IllegalArgumentException.class, () -> mechanics.base.Numerals.number(large));
        }
    }

    @Test
    void marksLineEndsAndQuotesMakeNoDifference(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
            throws java.io.IOException {
        var file = folder.resolve("t.csv");
        for (String mark : List.of("", "\uFEFF")) {
            for (String end : List.of("\n", "\r\n", "\r")) {
                for (String quote : List.of("", "\"")) {
                    java.nio.file.Files.writeString(file,
                            mark + quote + "a" + quote + ",b" + end + quote + "1.5" + quote
                                    + ",x" + end + "NaN,\"y, \"\"z\"\"\"" + end);
                    var table = Table.read(file, "t", "b");
                    assertEquals("a", table.columns().getFirst().name());
                    assertEquals(1.5, ((Column.Numeric) table.column("a")).toArray()[0]);
                    assertTrue(table.column("a").isMissing(1));
                    assertEquals(List.of("x", "y, \"z\""), ((Column.Categorical) table.column("b")).levels());
                }
            }
        }
        for (String bad : List.of("a,b\n1\n", "a,b\n1,2,3\n", "a,b\n1e400,2\n", "a,a\n1,2\n")) {
            java.nio.file.Files.writeString(file, bad);
            var e = assertThrows(DataFileException.class, () -> Table.read(file, "t", "b"));
            assertTrue(e.getMessage().contains("expected"), e.getMessage());
        }
    }
}
