package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** `lab course` on a small course of its own, through the real kernel; and the committed course. */
class CourseTest {

    private static final String BASE = """
            double base = 2;
            List<Integer> data = new ArrayList<>(List.of(3, 4));
            double twice(double x) { return base * x; }""";
    private static final String ANSWER_A = """
            double doubled(double x) {
                double answer = Double.NaN;
                // BEGIN SOLUTION
                answer = twice(x);
                // END SOLUTION
                return answer;
            }""";
    private static final String TEST_A = """
            Exercise.of("9.9-a", 2)
                    .that("of 3", doubled(3) == 6)
                    // BEGIN HIDDEN TESTS
                    .that("of the base", doubled(base) == twice(base))
                    // END HIDDEN TESTS
                    .hint("times two")""";
    private static final String BETWEEN = "int size = data.get(1);";
    private static final String ANSWER_B = """
            int sum(int n) {
                int answer = -1;
                // BEGIN SOLUTION
                answer = n * (n + 1) / 2;
                // END SOLUTION
                return answer;
            }""";
    private static final String TEST_B = """
            Exercise.of("9.9-b", 3).equal("sum to 4", 10, sum(size))""";
    private static final String MANIFEST = """
            {"title": "Small", "assignments": [{"id": "one", "title": "One", "minutes": 5,
              "notebooks": [{"notebook": "line/9.9-small.ipynb", "exercises": ["9.9-a", "9.9-b"], "omit": []}],
              "open": {"exercise": "9.9-b", "question": "Why?", "rubric": [{"points": 4, "for": "a reason"}]}}]}""";

    @TempDir
    Path folder;
    private Checkout checkout;

    @BeforeEach
    void copyTheProject() throws IOException {
        checkout = Checkout.built(folder);
        checkout.notebook("line/9.9-small.ipynb", BASE, ANSWER_A, TEST_A, BETWEEN, ANSWER_B, TEST_B);
        Files.writeString(checkout.home().resolve("notebooks/course.json"), MANIFEST);
    }

    @AfterEach
    void removeLinks() throws IOException { checkout.close(); }

    @Test
    void buildsTreesThatNbgraderReads() throws IOException {
        var result = checkout.lab().call("course", "build");
        assertEquals(0, result.exit(), result.output());
        var source = Notebook.read(tree("source"));
        var release = Notebook.read(tree("release"));
        assertTrue(source.content().toString().contains("answer = twice(x)"));
        assertTrue(source.content().toString().contains("of the base"));
        assertFalse(release.content().toString().contains("answer = twice(x)"), "solutions are removed");
        assertFalse(release.content().toString().contains("of the base"), "hidden tests are removed");
        assertFalse(release.content().toString().contains("a reason"), "the rubric is removed");
        var answer = cell(release, "answer-9-9-a");
        assertEquals(ANSWER_A.replaceAll("(?s)// BEGIN.*END SOLUTION", "// YOUR CODE HERE"),
                Notebook.source(answer));
        var settings = cell(release, "test-9-9-a").path("metadata").path("nbgrader");
        assertEquals(3, settings.path("schema_version").asInt());
        assertEquals(2, settings.path("points").asDouble());
        assertTrue(settings.path("grade").asBoolean() && settings.path("locked").asBoolean());
        assertFalse(settings.path("solution").asBoolean());
        assertTrue(Notebook.source(cell(release, "test-9-9-a")).endsWith("graded_9_9_a.earned()"),
                "the value of a test cell is a number");
    }

    /** The digest of source, kind, the three flags in Python's spelling, id and points, put together by hand. */
    @Test
    void writesTheChecksumsOfNbgrader() throws Exception {
        assertEquals(0, checkout.lab().call("course", "build").exit());
        var test = cell(Notebook.read(tree("release")), "test-9-9-a");
        assertEquals(md5(Notebook.source(test) + "codeTrueFalseTruetest-9-9-a2.0"), checksum(test));
        var answer = cell(Notebook.read(tree("release")), "answer-9-9-a");
        assertEquals(md5(Notebook.source(answer) + "codeFalseTrueFalseanswer-9-9-a"), checksum(answer));
        var own = cell(Notebook.read(tree("source")), "cell-cell-1");
        assertEquals(md5(Notebook.source(own) + "codeFalseFalseTruecell-cell-1"), checksum(own));
    }

    @Test
    void checkFindsSolutionsThatFailAndStubsThatPass() throws IOException {
        assertEquals(0, checkout.lab().call("course", "check", "--jobs", "2").exit());
        checkout.notebook("line/9.9-small.ipynb", BASE, ANSWER_A.replace("twice(x)", "x"), TEST_A, BETWEEN,
                ANSWER_B.replace("-1", "10"), TEST_B);
        var result = checkout.lab().call("course", "check", "one", "--jobs", "2");
        assertEquals(1, result.exit(), result.output());
        assertTrue(result.output().contains("9.9-a: the solution gets 0 of 2"), result.output());
        assertTrue(result.output().contains("9.9-b: the stub gets 3 of 3: it passes sum to 4"),
                result.output());
    }

    @Test
    void checkFindsStubsThatDoNotCompile() throws IOException {
        checkout.notebook("line/9.9-small.ipynb", BASE, ANSWER_A, TEST_A, BETWEEN,
                ANSWER_B.replace("int answer = -1;\n", "").replace("    answer =", "    int answer ="),
                TEST_B);
        var result = checkout.lab().call("course", "check", "one", "--jobs", "2");
        assertEquals(1, result.exit(), result.output());
        assertTrue(result.output().contains("9.9-b: the stub does not compile"), result.output());
    }

    @Test
    void aManifestThatCannotBeUsedGetsOneSentence() throws IOException {
        var file = checkout.home().resolve("notebooks/course.json");
        for (var wrong : Map.of("\"9.9-b\"]", "\"9.9-z\"]", "\"minutes\"", "\"hours\"", "\"points\": 4",
                "\"points\": -4", "\"title\"", "title").entrySet()) {
            Files.writeString(file, MANIFEST.replace(wrong.getKey(), wrong.getValue()));
            var result = checkout.lab().call("course", "build");
            assertEquals(1, result.exit(), result.output());
            assertEquals(1, result.output().lines().count(), result.output());
            assertTrue(result.output().startsWith("lab course: "), result.output());
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "limits are those of POSIX")
    void gradesHostileAndBrokenSubmissions() throws Exception {
        assertEquals(0, checkout.lab().call("course", "build").exit());
        var class_ = new Classroom(tree("release"), folder.resolve("submitted"));
        class_.handInAll();
        var first = grade("first", class_.folder());
        var points = new HashMap<String, String>();
        for (var row : first) {
            var earned = row.path("exercises").valueStream().map(e -> e.path("earned").asDouble())
                    .map(p -> "%.0f".formatted(p)).toList();
            points.put(row.path("student").asString(), String.join(" ", earned));
        }
        var wrong = class_.expected().entrySet().stream()
                .filter(e -> !e.getValue().equals(points.get(e.getKey())))
                .map(e -> e + " but got " + first.valueStream()
                        .filter(row -> row.path("student").asString().equals(e.getKey())).toList())
                .toList();
        assertEquals(List.of(), wrong);
        assertEquals(class_.expected().size(), points.size());
        assertArrayEquals(new boolean[]{false, false}, class_.survivors(),
                "processes of submissions that still run");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "limits are those of POSIX")
    void twoGradingsOfTheSameAgree() throws Exception {
        assertEquals(0, checkout.lab().call("course", "build").exit());
        var class_ = new Classroom(tree("release"), folder.resolve("submitted"));
        class_.handInSome();
        grade("first", class_.folder());
        grade("second", class_.folder());
        for (var name : List.of("grades.csv", "grades.json")) {
            assertEquals(Files.readString(checkout.home().resolve("first").resolve(name)),
                    Files.readString(checkout.home().resolve("second").resolve(name)), name);
        }
    }

    @TestFactory
    Stream<DynamicTest> theCommittedCourseIsRight() throws IOException {
        var course = JsonMapper.shared().readTree(Files.readString(Notebook.FOLDER.resolve("course.json")));
        return course.path("assignments").valueStream().map(assignment -> assignment.path("id").asString())
                .map(id -> DynamicTest.dynamicTest(id, () -> {
                    var result = Lab.ofProject().call("course", "check", id, "--jobs", "2");
                    assertEquals(0, result.exit(), result.output());
                }));
    }

    private JsonNode grade(String out, Path submitted) throws IOException {
        var results = checkout.home().resolve(out);
        var result = checkout.lab().call("course", "grade", submitted.toString(), "--out", results.toString(),
                "--jobs", "2", "--time-limit", "20", "--memory", "1200", "--disk", "40");
        assertEquals(0, result.exit(), result.output());
        assertFalse(result.output().contains("Traceback"), result.output());
        var csv = Files.readString(results.resolve("grades.csv"));
        assertTrue(csv.startsWith("student,assignment,notebook,exercise,points,earned"), csv);
        assertTrue(csv.lines().noneMatch(line -> line.startsWith("=")), csv);
        return JsonMapper.shared().readTree(Files.readString(results.resolve("grades.json")));
    }

    private Path tree(String name) {
        return checkout.home().resolve("target/course").resolve(name).resolve("one/9.9-small.ipynb");
    }

    static JsonNode cell(Notebook notebook, String id) {
        return notebook.content().path("cells").valueStream()
                .filter(cell -> cell.path("metadata").path("nbgrader").path("grade_id").asString("")
                        .equals(id))
                .findFirst().orElseThrow(() -> new AssertionError("no cell " + id));
    }

    private static String checksum(JsonNode cell) {
        return cell.path("metadata").path("nbgrader").path("checksum").asString();
    }

    private static String md5(String text) throws Exception {
        var digest = java.security.MessageDigest.getInstance("MD5")
                .digest(text.getBytes(StandardCharsets.UTF_8));
        return java.util.HexFormat.of().formatHex(digest);
    }
}
