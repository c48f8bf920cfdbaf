package mechanics.tests;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kernels, started and spoken to as Jupyter does it: by Jupyter's own client, in a Python process of its own. */
final class KernelBridge implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process python;
    private final BufferedWriter requests;
    private final BufferedReader replies;

    /** To kernels of the project under test. */
    KernelBridge() throws IOException {
        this(Lab.HOME.resolve("kernel-config"));
    }

    /** To kernels whose specification is in another folder of Jupyter's. */
    KernelBridge(Path jupyter) throws IOException {
        var builder = new ProcessBuilder(python(), "-B", "src/test/python/kernel_bridge.py")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Set for the JVM of the tests; Python should not load these libraries.
        builder.environment().keySet().removeAll(List.of("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"));
        builder.environment().put("JUPYTER_PATH", jupyter.toString());
        this.python = builder.start();
        this.requests = python.outputWriter();
        this.replies = python.inputReader();
    }

    /** The Python whose Jupyter the tests use. */
    static String python() {
        var named = System.getenv("MECHANICS_PYTHON");
        if (named != null) {
            return named;
        }
        return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    }

    /** What a cell published and how it ended. */
    record Cell(JsonNode outputs, JsonNode reply) {

        String status() { return reply.path("status").asString(); }

        /** The text of a standard stream, empty if the cell wrote none. */
        String stream(String name) {
            return outputs.valueStream()
                    .filter(output -> output.path("name").asString("").equals(name))
                    .map(output -> output.path("text").asString())
                    .collect(Collectors.joining());
        }

        /** The data of the value shown, by MIME type. */
        JsonNode value() {
            return output("execute_result").path("data");
        }

        /** The value as text, null if none is shown. */
        String text() {
            return value().path("text/plain").asString(null);
        }

        /** The first output of a type. */
        JsonNode output(String type) {
            return outputs.valueStream()
                    .filter(output -> output.path("type").asString().equals(type))
                    .findFirst()
                    .orElse(JSON.nullNode());
        }

        /** The report of the error, without colors. */
        String error() {
            return output("error").path("traceback")
                    .valueStream()
                    .map(line -> line.asString().replaceAll("\u001b\\[[0-9;]*m", ""))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** Starts a kernel under a name of our own. */
    JsonNode start(String kernel, Map<String, String> environment) {
        return ask(Map.of("do", "start", "kernel", kernel, "env", environment));
    }

    /** Runs a cell to its end. */
    Cell run(String kernel, String code) { return run(kernel, code, Map.of()); }

    /** Runs a cell to its end, with more fields in the request to the bridge. */
    Cell run(String kernel, String code, Map<String, Object> more) {
        Map<String, Object> request = new LinkedHashMap<>(
                Map.of("do", "execute", "kernel", kernel, "code", code));
        request.putAll(more);
        return cell(ask(request));
    }

    /** Sends several cells at once, as "run all" does. */
    List<Cell> runAll(String kernel, List<String> codes) {
        return ask(Map.of("do", "execute_all", "kernel", kernel, "codes", codes)).path("cells")
                .valueStream()
                .map(KernelBridge::cell)
                .toList();
    }

    /** Asks for help at the end of the code: {@code complete}, {@code inspect} or {@code is_complete}. */
    JsonNode help(String what, String kernel, String code) {
        var cursor = code.codePointCount(0, code.length());
        return ask(Map.of("do", what, "kernel", kernel, "code", code, "cursor", cursor)).path("reply");
    }

    /** Sends one request to the bridge. */
    synchronized JsonNode ask(Map<String, Object> request) {
        try {
            requests.write(JSON.writeValueAsString(request));
            requests.newLine();
            requests.flush();
            var line = replies.readLine();
            var reply = line == null ? JSON.nullNode() : JSON.readTree(line);
            if (!reply.path("ok").asBoolean(false)) {
                throw new AssertionError(
                        request + ": " + reply.path("error").asString("the bridge has ended"));
            }
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cell cell(JsonNode reply) { return new Cell(reply.path("outputs"), reply.path("reply")); }

    /** Ends the kernels that still run, and Python. */
    @Override
    public void close() throws IOException {
        requests.close();
        try {
            python.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Lab.end(python);
        }
    }
}
