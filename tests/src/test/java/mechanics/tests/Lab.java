package mechanics.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A script `lab` and the environment in which it is called.
 *
 * @param script      the file
 * @param environment variables added to those of this process
 */
record Lab(Path script, Map<String, String> environment) {

    /** The project under test: Maven runs the tests in the folder of their module. */
    static final Path HOME = Path.of("").toAbsolutePath().getParent();

    private static final Duration LIMIT = Duration.ofMinutes(15);

    /**
     * What a call came to.
     *
     * @param exit   the exit code
     * @param output standard output and standard error, as they came
     */
    record Result(int exit, String output) {}

    /** The script of the project under test. What Maven has just built is what the tests use: the script does not build. */
    static Lab ofProject() {
        return new Lab(script(HOME), Map.of("MECHANICS_BUILD", "no"));
    }

    static Path script(Path home) {
        var windows = System.getProperty("os.name").startsWith("Windows");
        return home.resolve("kernel-config").resolve(windows ? "lab.cmd" : "lab");
    }

    Result call(String... arguments) { return callIn(Path.of("").toAbsolutePath(), arguments); }

    /** Calls the script in a folder and waits for its end. */
    Result callIn(Path folder, String... arguments) {
        return call(folder, LIMIT, arguments);
    }

    /** Calls the script for a long work. */
    Result callWithin(Duration limit, String... arguments) {
        return call(Path.of("").toAbsolutePath(), limit, arguments);
    }

    private Result call(Path folder, Duration limit, String... arguments) {
        Path log = null;
        try {
            log = Files.createTempFile("lab-", ".log");
            var process = builder(arguments).directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError(
                            "lab " + String.join(" ", arguments) + " still runs after " + limit
                                    + ":\n" + Files.readString(log));
                }
            } finally {
                end(process);
            }
            return new Result(process.exitValue(), Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while lab ran", e);
        } finally {
            delete(log);
        }
    }

    ProcessBuilder builder(String... arguments) {
        var command = Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList();
        var builder = new ProcessBuilder(command);
        // Set for the JVM of the tests; neither Python nor a browser should load these libraries.
        builder.environment().keySet().removeAll(List.of("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Ends a process and everything it started, politely first. */
    static void end(Process process) {
        var family = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        process.destroy();
        process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private static void delete(Path log) {
        try {
            if (log != null) {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
