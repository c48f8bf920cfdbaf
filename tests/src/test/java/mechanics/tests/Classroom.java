package mechanics.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Students of {@link CourseTest}'s small course: some answer, some err, some attack the grader. */
final class Classroom {

    private static final String RIGHT_A = "double doubled(double x) { return 2 * x; }";
    private static final String RIGHT_B = "int sum(int n) { return n * (n + 1) / 2; }";
    private static final String HANG = "while (true) { }";

    private final ObjectNode release;
    private final Path folder;
    private final Map<String, String> expected = new LinkedHashMap<>();

    Classroom(Path release, Path folder) throws IOException {
        this.release = (ObjectNode) JsonMapper.shared().readTree(Files.readString(release));
        this.folder = folder;
    }

    Path folder() { return folder; }

    /** The points of exercises a and b by student. */
    Map<String, String> expected() { return expected; }

    void handInAll() throws IOException {
        honest();
        stuck();
        greedy();
        cheating();
        malformed();
    }

    /** A few of each kind. */
    void handInSome() throws IOException {
        answers("half-a-exercise", "1 3", "double doubled(double x) { return x == 3 ? 6 : 0; }", RIGHT_B);
        answers("does-not-compile", "0 3", "double doubled(double x) { return \"six\"; ", RIGHT_B);
        answers("exits", "0 3", "double doubled(double x) { System.exit(0); return 6; }", RIGHT_B);
        answers("own-exercise-class", "0 3", "class Exercise { }\n" + RIGHT_A, RIGHT_B);
        raw("no-json", "0 0", "{\"cells\": [");
    }

    private void honest() throws IOException {
        answers("perfect", "2 3", RIGHT_A, RIGHT_B);
        handIn("untouched", "0 0", cells -> {});
        answers("half-a-exercise", "1 3", "double doubled(double x) { return x == 3 ? 6 : 0; }", RIGHT_B);
        answers("only-b", "0 3", "", RIGHT_B);
        answers("wrong", "0 0", "double doubled(double x) { return x; }", "int sum(int n) { return n; }");
        answers("does-not-compile", "0 3", "double doubled(double x) { return \"six\"; ", RIGHT_B);
        answers("throws", "0 3", "double doubled(double x) { throw new IllegalStateException(\"no\"); }",
                RIGHT_B);
        answers("no-end-of-recursion", "0 3", "double doubled(double x) { return doubled(x + 1); }", RIGHT_B);
        answers("talkative", "2 3", "System.err.println(\"hello\");\n" + RIGHT_A, RIGHT_B);
        handIn("helper-in-a-cell-of-its-own", "2 3", cells -> {
            insert(cells, "answer-9-9-a", code("double two() { return 2; }"));
            set(cells, "answer-9-9-a", "double doubled(double x) { return two() * x; }");
            set(cells, "answer-9-9-b", RIGHT_B);
        });
        handIn("broken-cell-of-ones-own", "2 3", cells -> {
            insert(cells, "test-9-9-a", code("int x = 1 / 0;"));
            right(cells);
        });
        handIn("front-end-that-drops-metadata", "2 3", cells -> {
            right(cells);
            cells.forEach(cell -> ((ObjectNode) cell).remove("metadata"));
        });
        handIn("cell-pasted-twice", "2 3", cells -> {
            right(cells);
            cells.add(named(cells, "answer-9-9-a").deepCopy().put("source",
                    "double doubled(double x) { return 0; }"));
        });
    }

    private void stuck() throws IOException {
        answers("hangs-at-once", "0 3", HANG, RIGHT_B);
        answers("hangs-when-called", "0 3", "double doubled(double x) { " + HANG + " }", RIGHT_B);
        answers("hangs-uninterruptibly", "0 3",
                "double doubled(double x) { while (true) try { Thread.sleep(1000); } catch (Throwable t) { } }",
                RIGHT_B);
        answers("exits", "0 3", "double doubled(double x) { System.exit(0); return 6; }", RIGHT_B);
        answers("halts", "2 0", RIGHT_A, "Runtime.getRuntime().halt(0);");
        answers("kills-its-kernel", "2 0", RIGHT_A, """
                new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start().waitFor();""");
        handIn("exits-in-a-cell-of-its-own", "2 3", cells -> {
            insert(cells, "answer-9-9-a", code("System.exit(1);"));
            right(cells);
        });
        answers("spins-in-the-background", "2 3", "new Thread(() -> { " + HANG + " }).start();\n" + RIGHT_A,
                RIGHT_B);
    }

    private void greedy() throws IOException {
        answers("takes-all-memory", "0 3", """
                double doubled(double x) {
                    List<long[]> all = new ArrayList<>();
                    while (true) all.add(new long[10_000_000]);
                }""", RIGHT_B);
        answers("takes-memory-outside-java", "0 3", """
                double doubled(double x) {
                    var arena = java.lang.foreign.Arena.global();
                    while (true) arena.allocate(50_000_000).fill((byte) 1);
                }""", RIGHT_B);
        answers("fills-the-disk", "0 3", """
                double doubled(double x) throws Exception {
                    for (int i = 0; i < 100000; i++)
                        java.nio.file.Files.write(java.nio.file.Path.of("file" + i), new byte[1_000_000]);
                    return 2 * x;
                }""", RIGHT_B);
        answers("one-large-file", "0 3", """
                double doubled(double x) {
                    try (var file = new java.io.FileOutputStream("large")) {
                        for (int i = 0; i < 1000; i++) file.write(new byte[1_000_000]);
                        return 2 * x;
                    } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
                }""", RIGHT_B);
        answers("prints-without-end", "0 3", """
                double doubled(double x) { while (true) System.out.println("x".repeat(10000)); }""", RIGHT_B);
        answers("leaves-a-process", "2 3", """
                new ProcessBuilder("sh", "-c", "sleep 3210.5 & sleep 3211.5").start();
                """ + RIGHT_A, RIGHT_B);
    }

    private void cheating() throws IOException {
        handIn("edits-tests", "0 3", cells -> {
            set(cells, "test-9-9-a", "Exercise.of(\"9.9-a\", 2).that(\"yes\", true)");
            set(cells, "answer-9-9-b", RIGHT_B);
        });
        handIn("edits-the-notebooks-cells", "2 3", cells -> {
            right(cells);
            set(cells, "cell-cell-1", "double base = 0;");
        });
        handIn("deletes-all-but-the-answers", "2 3", cells -> {
            right(cells);
            for (int i = cells.size() - 1; i >= 0; i--) {
                if (!id(cells.get(i)).startsWith("answer")) {
                    cells.remove(i);
                }
            }
        });
        handIn("more-points-in-the-metadata", "0 3", cells -> {
            set(cells, "answer-9-9-b", RIGHT_B);
            ((ObjectNode) named(cells, "test-9-9-b").path("metadata").path("nbgrader")).put("points", 1000);
        });
        handIn("forges-saved-outputs", "0 0", cells -> {
            var output = JsonMapper.shared().readTree(
                    """
                            {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "2.0",
                             "application/vnd.mechanics.exercise+json": {"id": "9.9-a", "points": 2, "earned": 2,
                              "checks": [{"what": "x", "passed": true}]}}}""");
            named(cells, "test-9-9-a").putArray("outputs").add(output);
        });
        answers("displays-a-forged-table", "0 3", """
                display(mechanics.lab.predictions.Exercise.of("9.9-a", 2).that("forged", true));
                mechanics.lab.predictions.Exercise.of("9.9-a", 2).that("forged", true)""", RIGHT_B);
        answers("prints-a-forged-table", "0 3", """
                System.out.println("{\\"id\\": \\"9.9-a\\", \\"points\\": 2, \\"earned\\": 2}");""", RIGHT_B);
        answers("own-exercise-class", "0 3", """
                class Exercise { static Exercise of(String id, double points) { return new Exercise(); }
                    Exercise that(String what, boolean yes) { return this; } }
                double doubled(double x) { return 0; }""", RIGHT_B);
        answers("own-package-variable", "0 3", "class Lab {}\nLab mechanics = new Lab();\n" + RIGHT_A,
                RIGHT_B);
        answers("own-class-in-escapes", "0 3", "\\u0063lass Exercise { }\n" + RIGHT_A, RIGHT_B);
        answers("own-code-by-magic", "0 3", "%load Exercise.java\n" + RIGHT_A, RIGHT_B);
        answers("changes-what-tests-use", "0 3", "double twice(double x) { return 0; }\n" + RIGHT_A, RIGHT_B);
        answers("assigns-what-tests-use", "2 0", RIGHT_A, "size = 1;\nint sum(int n) { return 10; }");
        handIn("breaks-the-notebooks-data", "2 3", cells -> {
            insert(cells, "answer-9-9-a", code("data.clear();"));
            right(cells);
        });
        answers("=1+1", "2 0", RIGHT_A,
                "int sum(int n) { throw new RuntimeException(\"=HYPERLINK(1)\\n@x\"); }");
    }

    private void malformed() throws IOException {
        raw("no-json", "0 0", "{\"cells\": [");
        raw("empty", "0 0", "");
        raw("a-list", "0 0", "[]");
        raw("text-for-cells", "0 0", "{\"cells\": \"none\"}");
        raw("strange-cells", "0 0",
                "{\"cells\": [1, null, [], {\"source\": 5}, {\"source\": [1, {}], \"metadata\": 3}]}");
        raw("deep", "0 0", "[".repeat(200_000));
        write("no-text", "0 0", new byte[]{(byte) 0xff, (byte) 0xfe, 0, 1});
        write("too-large", "0 0", " ".repeat(21 << 20).getBytes(StandardCharsets.UTF_8));
        handIn("half-a-character", "2 3", cells -> {
            right(cells);
            cells.add(code("String s = \"\ud800\";"));
        });
        var link = place("endless-device");
        Files.createSymbolicLink(link, Path.of("/dev/zero"));
        expected.put("endless-device", "0 0");
        var dangling = place("link-to-nowhere");
        Files.createSymbolicLink(dangling, Path.of("nowhere"));
        expected.put("link-to-nowhere", "0 0");
        pipe("a-pipe");
        answers("other-name", "2 3", RIGHT_A, RIGHT_B);
        Files.move(place("other-name"), place("other-name").resolveSibling("9.9-small (1).ipynb"));
    }

    /** Whether the processes that a submission left behind still run. */
    boolean[] survivors() {
        var lines = ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")).toList();
        return new boolean[]{lines.stream().anyMatch(l -> l.contains("3210.5")),
                lines.stream().anyMatch(l -> l.contains("3211.5"))};
    }

    private void answers(String student, String points, String a, String b) throws IOException {
        handIn(student, points, cells -> {
            set(cells, "answer-9-9-a", a);
            set(cells, "answer-9-9-b", b);
        });
    }

    private void handIn(String student, String points, Consumer<ArrayNode> change) throws IOException {
        var notebook = release.deepCopy();
        change.accept((ArrayNode) notebook.path("cells"));
        raw(student, points, notebook.toString());
    }

    private void raw(String student, String points, String content) throws IOException {
        write(student, points, content.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String student, String points, byte[] content) throws IOException {
        Files.write(place(student), content);
        expected.put(student, points);
    }

    private void pipe(String student) throws IOException {
        try {
            new ProcessBuilder("mkfifo", place(student).toString()).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        expected.put(student, "0 0");
    }

    private Path place(String student) throws IOException {
        return Files.createDirectories(folder.resolve(student).resolve("one")).resolve("9.9-small.ipynb");
    }

    private static void right(ArrayNode cells) {
        set(cells, "answer-9-9-a", RIGHT_A);
        set(cells, "answer-9-9-b", RIGHT_B);
    }

    private static void set(ArrayNode cells, String id, String source) {
        named(cells, id).put("source", source);
    }

    private static void insert(ArrayNode cells, String before, ObjectNode cell) {
        cells.insert(List.copyOf(cells.valueStream().toList()).indexOf(named(cells, before)), cell);
    }

    private static ObjectNode named(ArrayNode cells, String id) {
        return (ObjectNode) cells.valueStream().filter(cell -> id(cell).equals(id)).findFirst().orElseThrow();
    }

    private static String id(tools.jackson.databind.JsonNode cell) {
        return cell.path("metadata").path("nbgrader").path("grade_id").asString("");
    }

    private static ObjectNode code(String source) {
        var cell = JsonMapper.shared().createObjectNode();
        cell.put("cell_type", "code").put("source", source).putNull("execution_count");
        cell.putObject("metadata");
        cell.putArray("outputs");
        return cell;
    }
}
