package mechanics.tests;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium, driven by its own chromedriver through the W3C WebDriver protocol: JSON over HTTP. */
final class Browser implements AutoCloseable {

    private static final List<String> FLAGS = List.of("--headless", "--no-sandbox", "--disable-gpu",
            "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage", "--window-size=1200,1600");
    private static final String STARTED = "started successfully on port ";

    private final Process driver;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI session; // without a slash at its end

    /**
     * Starts driver and browser.
     *
     * @param profile an empty folder for the browser's own files
     */
    Browser(Path profile) throws IOException {
        try {
            driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new AssertionError(
                    "the page test needs Chromium and its driver: apt install chromium chromium-driver;"
                            + " without a browser: lab test --no-browser",
                    e);
        }
        var base = URI.create("http://127.0.0.1:" + port() + "/");
        var options = Map.of("args",
                java.util.stream.Stream
                        .concat(FLAGS.stream(), Stream.of("--user-data-dir=" + profile))
                        .toList());
        var wanted = Map.of("capabilities", Map.of("alwaysMatch",
                // The longest table takes its time to inspect on a busy machine; the default is 30 s.
                Map.of("goog:chromeOptions", options, "goog:loggingPrefs", Map.of("browser", "ALL"),
                        "timeouts", Map.of("script", 180_000))));
        var id = post(base.resolve("session"), wanted).path("sessionId").asString();
        session = base.resolve("session/" + id);
    }

    private String port() throws IOException {
        var reader = driver.inputReader();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            var at = line.indexOf(STARTED);
            if (at >= 0) {
                return line.substring(at + STARTED.length()).replace(".", "").strip();
            }
        }
        throw new IOException("chromedriver ended before it was ready");
    }

    void open(String address) throws IOException { post(command("url"), Map.of("url", address)); }

    /** The value of a JavaScript expression in the page. */
    JsonNode evaluate(String expression) throws IOException {
        return post(command("execute/sync"),
                Map.of("script", "return " + expression, "args", List.of()));
    }

    /** The value to which the promise of a JavaScript expression comes. */
    JsonNode evaluateLater(String expression) throws IOException {
        var script = "const done = arguments[0]; (" + expression
                + ").then(done, e => done(['failed: ' + e]))";
        return post(command("execute/async"), Map.of("script", script, "args", List.of()));
    }

    /** Runs a script in the page. */
    void run(String script) throws IOException {
        post(command("execute/sync"), Map.of("script", script, "args", List.of()));
    }

    /** What the console has shown since the last call: errors, warnings, resources that are missing. */
    List<String> log() throws IOException {
        return post(command("se/log"), Map.of("type", "browser")).valueStream()
                .map(entry -> entry.path("message").asString()).toList();
    }

    /** Changes the size of the page's window. */
    void resize(int width, int height) throws IOException {
        post(command("goog/cdp/execute"), Map.of("cmd", "Emulation.setDeviceMetricsOverride", "params",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600)));
    }

    /** Waits until a JavaScript expression is true; when it stays false, the picture of the page is kept in a file. */
    void await(String expression, Duration limit, Path picture) throws IOException, InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (!evaluate("Boolean(" + expression + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                Files.write(picture, screenshot());
                throw new AssertionError(
                        "not true within " + limit.toSeconds() + " s: " + expression + "; see " + picture);
            }
            Thread.sleep(250);
        }
    }

    private URI command(String name) { return URI.create(session + "/" + name); }

    private byte[] screenshot() throws IOException {
        var request = HttpRequest.newBuilder(command("screenshot")).build();
        return Base64.getDecoder().decode(send(request).asString());
    }

    private JsonNode post(URI place, Object body) throws IOException {
        var json = JsonMapper.shared().writeValueAsString(body);
        return send(HttpRequest.newBuilder(place).POST(BodyPublishers.ofString(json)).build());
    }

    private JsonNode send(HttpRequest request) throws IOException {
        var response = answer(request);
        var value = JsonMapper.shared().readTree(response.body()).path("value");
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + ": " + value.path("error").asString() + ", "
                    + value.path("message").asString());
        }
        return value;
    }

    private HttpResponse<String> answer(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + request.uri() + " was asked");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            send(HttpRequest.newBuilder(session).DELETE().build());
        } finally {
            Lab.end(driver);
            client.close();
        }
    }
}
