package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The script's command line and its set-up, on a checkout with nothing built; Maven and Python are played by scripts. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the players are POSIX scripts")
class LabScriptTest {

    /** What the script itself calls, without Maven. */
    private static final List<String> TOOLS = List.of("sh", "dirname", "readlink", "sed", "head", "find",
            "uname", "cat",
            "rm", "mkdir", "mv", "ln", "grep", "id", "tee", "sleep", "touch");

    @TempDir
    Path folder;
    private Checkout checkout;
    private Path tools;

    @BeforeEach
    void copyTheProject() throws IOException {
        checkout = Checkout.unbuilt(folder);
        Files.createDirectories(checkout.home().resolve("lib/src/main"));
        checkout.notebook("a.ipynb", "1");
        tools = Files.createDirectories(folder.resolve("tools"));
        for (var tool : TOOLS) {
            play(tool, "exec '%s' \"$@\"".formatted(which(tool)));
        }
        play("python", "[ \"$1\" = -c ] || echo called: \"$@\"");
    }

    @AfterEach
    void removeLinks() throws IOException { checkout.close(); }

    @Test
    void helpListsTheWords() {
        var result = checkout.lab().call("help");
        assertEquals(0, result.exit());
        for (var word : List.of("lab run", "lab replicate", "lab test", "lab course build",
                "lab course check",
                "lab course grade", "lab site", "lab docs", "lab new", "lab install", "lab help",
                "--scale quick|full")) {
            assertTrue(result.output().contains(word), word);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dance", "run nowhere.ipynb", "replicate nowhere.ipynb", "test --fast",
            "install here", "course", "course teach", "docs here", "new", "new 4.13", "new 4.13 two words",
            "kernel",
            "kernel one two"})
    void aWrongCommandLineGetsOneLineAndChangesNothing(String line) throws IOException {
        playMaven("");
        var result = lab().call(line.split(" ", -1));
        assertEquals(2, result.exit(), result.output());
        assertEquals(1, result.output().lines().count(), result.output());
        assertFalse(Files.exists(calls()));
    }

    private static List<List<String>> empty() {
        return List.of(List.of("run", ""), List.of("run", "a.ipynb", ""), List.of("run", "--out", ""),
                List.of("course", "grade", ""), List.of("course", "build", "--out", ""),
                List.of("site", "--out", ""));
    }

    @ParameterizedTest
    @MethodSource("empty")
    void anEmptyNameIsNotTheWholeCheckout(List<String> words) throws IOException {
        checkout = Checkout.built(folder.resolve("built"));
        checkout.notebook("a.ipynb", "1");
        var result = checkout.lab().call(words.toArray(String[]::new));
        assertEquals(2, result.exit(), result.output());
        assertEquals(1, result.output().lines().count(), result.output());
    }

    @Test
    void theFirstUseBuildsAndTheSecondDoesNot() throws IOException {
        playMaven("");
        var first = lab().call("run", "a.ipynb");
        assertEquals(0, first.exit(), first.output());
        assertTrue(first.output().contains("lab: first use: Maven downloads"), first.output());
        assertTrue(
                first.output()
                        .contains("called: " + checkout.home().resolve("kernel-config/tools") + " run"),
                first.output());
        var second = lab().call("run", "a.ipynb");
        assertEquals(0, second.exit(), second.output());
        assertEquals(1, Files.readAllLines(calls()).size(), second.output());
        assertFalse(second.output().contains("lab:"), second.output());
    }

    @Test
    void aChangedSourceIsBuiltAgainOffline() throws IOException {
        playMaven("");
        lab().call("run");
        var source = Files.writeString(checkout.home().resolve("lib/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        lab().call("run");
        var calls = Files.readAllLines(calls());
        assertEquals(2, calls.size());
        assertTrue(calls.get(1).contains("--offline"), calls.get(1));
    }

    @Test
    void twoAtOnceBuildOnce() throws IOException {
        playMaven("sleep 2");
        var other = CompletableFuture.supplyAsync(() -> lab().call("run"));
        var one = lab().call("run");
        assertEquals(0, one.exit(), one.output());
        assertEquals(0, other.join().exit(), other.join().output());
        assertEquals(1, Files.readAllLines(calls()).size());
    }

    @Test
    void aLockWhoseProcessIsGoneIsBroken() throws IOException {
        playMaven("");
        Files.createDirectories(checkout.home().resolve("target"));
        var lock = checkout.home().resolve("target/lab.lock");
        Files.createSymbolicLink(lock, Path.of("process-" + Integer.MAX_VALUE));
        var result = lab().call("run");
        assertEquals(0, result.exit(), result.output());
        assertFalse(Files.isSymbolicLink(lock));
    }

    @Test
    void aBuildThatFailsIsShownAndTriedAgain() throws IOException {
        playMaven("echo '[ERROR] New.java: not a statement'; exit 1");
        for (var attempt = 1; attempt <= 2; attempt++) {
            var result = lab().call("run");
            assertEquals(3, result.exit(), result.output());
            assertTrue(result.output().contains("not a statement"), result.output());
            assertTrue(result.output().contains("build.log"), result.output());
            assertEquals(attempt, Files.readAllLines(calls()).size());
        }
    }

    @Test
    void withoutMavenItSaysWhatToInstall() {
        var result = lab().call("run");
        assertEquals(3, result.exit(), result.output());
        assertTrue(result.output().contains("Maven (mvn) is not on the PATH"), result.output());
    }

    @Test
    void aPythonWithoutJupyterIsRefused() throws IOException {
        playMaven("");
        play("python", "exit 1");
        var result = lab().call("run");
        assertEquals(3, result.exit(), result.output());
        assertTrue(result.output().contains("expected a Python with nbclient"), result.output());
    }

    @Test
    void installRegistersTheAbsolutePathAndExplainsStockKernels() throws IOException {
        checkout = Checkout.built(folder.resolve("built"));
        var data = folder.resolve("jupyter data");
        var result = checkout.lab("JUPYTER_DATA_DIR", data.toString()).call("install");
        assertEquals(0, result.exit(), result.output());
        var script = checkout.lab().script().toRealPath().toString();
        assertEquals(script, argument(data.resolve("kernels/java/kernel.json")));
        for (var variable : List.of("IJAVA_CLASSPATH", "JJAVA_CLASSPATH", "LD_LIBRARY_PATH",
                "JDK_JAVA_OPTIONS")) {
            assertTrue(result.output().contains(variable), variable);
        }
        assertEquals(0, checkout.lab("JUPYTER_DATA_DIR", data.toString()).call("install").exit(),
                "a second time");
    }

    @Test
    void installLeavesAnotherKernelNamedJavaAlone() throws IOException {
        checkout = Checkout.built(folder.resolve("built"));
        var data = folder.resolve("data");
        var other = Files.createDirectories(data.resolve("kernels/java")).resolve("kernel.json");
        var python = tools.resolve("sh").toString();
        Files.writeString(other, JsonMapper.shared().writeValueAsString(Map.of("argv",
                List.of(python, "{connection_file}"), "display_name", "Other", "language", "java")));
        var result = checkout.lab("JUPYTER_DATA_DIR", data.toString()).call("install");
        assertEquals(0, result.exit(), result.output());
        assertEquals(python, argument(other));
        assertEquals(checkout.lab().script().toRealPath().toString(),
                argument(data.resolve("kernels/learning-mechanics/kernel.json")));
    }

    private static String argument(Path kernel) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(kernel)).path("argv").path(0).asString();
    }

    private Lab lab() {
        var environment = new HashMap<>(checkout.lab().environment());
        environment.put("PATH", tools.toString());
        environment.put("MECHANICS_PYTHON", tools.resolve("python").toString());
        environment.put("MECHANICS_BUILD", "");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return new Lab(checkout.lab().script(), environment);
    }

    private Path calls() { return folder.resolve("calls"); }

    /** A Maven that notes each call and leaves what the script expects of a build. */
    private void playMaven(String body) throws IOException { play("mvn", """
            echo "$@" >> '%s'
            %s
            mkdir -p kernel-config/target/lib lib/target/natives
            touch kernel-config/target/lib/built""".formatted(calls(), body)); }

    private void play(String name, String body) throws IOException {
        var script = tools.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path which(String tool) {
        for (var place : System.getenv("PATH").split(":", -1)) {
            var file = Path.of(place, tool);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new IllegalStateException(tool + " is not on the PATH");
    }
}
