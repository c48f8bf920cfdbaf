package mechanics.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

class CacheTest {

    private static final byte[] CONTENT = new byte[300_000];
    static {
        new Random(1).nextBytes(CONTENT);
    }

    @TempDir
    Path folder;

    private HttpServer server;
    private OfficialFile file;
    private Cache cache;
    private final List<String> ranges = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        file = new OfficialFile("set", "file.bin",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file.bin"), CONTENT.length,
                md5(CONTENT));
        cache = Cache.in(folder.resolve("cache"));
    }

    @AfterEach
    void stopServer() { server.stop(0); }

    private static String md5(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    }

    private void serve(HttpHandler handler) {
        server.createContext("/file.bin", exchange -> {
            ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    /** Answers a request for a range with that range. */
    private static void sendRange(HttpExchange exchange, byte[] content) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        if (from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (range != null) {
            exchange.getResponseHeaders().set("Content-Range",
                    "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
        exchange.getResponseBody().write(content, from, content.length - from);
    }

    /** Promises all that is left but closes after {@code length} bytes. */
    private static void sendAndBreakOff(HttpExchange exchange, int from, int length) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders().set("Content-Range",
                    "bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
        }
        exchange.sendResponseHeaders(from == 0 ? 200 : 206, CONTENT.length - from);
        OutputStream body = exchange.getResponseBody();
        body.write(CONTENT, from, length);
        body.flush();
    }

    private Path part() { return cache.path(file).resolveSibling("file.bin.part"); }

    private void leavePart(byte[] content) throws IOException {
        Files.createDirectories(part().getParent());
        Files.write(part(), content);
    }

    private String assertFails() {
        String message = assertThrows(DownloadException.class, () -> cache.get(file)).getMessage();
        assertFalse(Files.exists(cache.path(file)));
        for (String needed : List.of("file.bin of set", file.address().toString(),
                cache.path(file).toString(),
                file.md5(), "0.3 MB")) {
            assertTrue(message.contains(needed), () -> message + "\nshould say " + needed);
        }
        return message;
    }

    @Test
    void fetchesAFileOnceAndThenUsesItWithoutAServer() throws Exception {
        serve(exchange -> sendRange(exchange, CONTENT));
        List<Long> progress = new ArrayList<>();
        Path path = cache.reporting((_, received, total) -> {
            assertEquals(CONTENT.length, total);
            progress.add(received);
        }).get(file);
        assertArrayEquals(CONTENT, Files.readAllBytes(path));
        assertEquals(cache.path(file), path);
        assertFalse(Files.exists(part()));
        assertEquals(progress.stream().sorted().toList(), progress);
        assertEquals(CONTENT.length, progress.getLast());
        server.stop(0);
        assertEquals(path, cache.get(file));
        assertEquals(List.of("null"), ranges);
    }

    @Test
    void usesAFileThatWasPutThereByHand() throws Exception {
        Files.createDirectories(cache.path(file).getParent());
        Files.write(cache.path(file), CONTENT);
        server.stop(0);
        assertArrayEquals(CONTENT, Files.readAllBytes(cache.get(file)));
    }

    @Test
    void refusesButKeepsAFileOfTheUserWithAWrongChecksum() throws Exception {
        Files.createDirectories(cache.path(file).getParent());
        Files.write(cache.path(file), new byte[3]);
        Damage.assertRefused(cache.path(file), () -> cache.get(file), "expected " + file.md5());
        assertTrue(Files.exists(cache.path(file)));
    }

    @Test
    void continuesWhatAnEarlierDownloadLeft() throws Exception {
        leavePart(Arrays.copyOf(CONTENT, 100_000));
        serve(exchange -> sendRange(exchange, CONTENT));
        List<Long> progress = new ArrayList<>();
        Path path = cache.reporting((_, received, _) -> progress.add(received)).get(file);
        assertArrayEquals(CONTENT, Files.readAllBytes(path));
        assertEquals(List.of("bytes=100000-"), ranges);
        assertTrue(progress.getFirst() > 100_000);
    }

    @Test
    void continuesByItselfWhenTheServerClosesEarly() throws Exception {
        serve(exchange -> {
            switch (ranges.size()) {
                case 1 -> sendAndBreakOff(exchange, 0, 50_000);
                case 2 -> sendAndBreakOff(exchange, 50_000, 50_000);
                default -> sendRange(exchange, CONTENT);
            }
        });
        assertArrayEquals(CONTENT, Files.readAllBytes(cache.get(file)));
        assertEquals(List.of("null", "bytes=50000-", "bytes=100000-"), ranges);
    }

    @Test
    void keepsThePartWhenTheServerClosesEarlyEveryTime() throws Exception {
        serve(exchange -> sendAndBreakOff(exchange, (ranges.size() - 1) * 1000, 1000));
        assertFails();
        assertArrayEquals(Arrays.copyOf(CONTENT, 3000), Files.readAllBytes(part()));
    }

    @Test
    void startsAnewWhereTheServerKnowsNoRanges() throws Exception {
        leavePart(new byte[100_000]);
        serve(exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        });
        assertArrayEquals(CONTENT, Files.readAllBytes(cache.get(file)));
        assertEquals(List.of("bytes=100000-"), ranges);
    }

    @Test
    void refusesARangeThatWasNotAskedFor() throws Exception {
        leavePart(Arrays.copyOf(CONTENT, 100));
        serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/10");
            exchange.sendResponseHeaders(206, 10);
            exchange.getResponseBody().write(CONTENT, 0, 10);
        });
        assertTrue(assertFails().contains("asked for the bytes from 100"));
        assertEquals(100, Files.size(part()));
    }

    @Test
    void finishesAPartThatIsAlreadyComplete() throws Exception {
        leavePart(CONTENT);
        serve(exchange -> sendRange(exchange, CONTENT));
        assertArrayEquals(CONTENT, Files.readAllBytes(cache.get(file)));
    }

    @Test
    void startsAnewAfterAPartThatIsTooLong() throws Exception {
        leavePart(new byte[CONTENT.length + 10]);
        serve(exchange -> sendRange(exchange, CONTENT));
        assertArrayEquals(CONTENT, Files.readAllBytes(cache.get(file)));
        assertEquals(List.of("bytes=300010-", "null"), ranges);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 300_000, 300_001})
    void refusesAndDoesNotKeepWhatHasAWrongChecksum(int length) {
        serve(exchange -> sendRange(exchange, Arrays.copyOf(new byte[]{7}, Math.max(1, length))));
        assertTrue(assertFails().contains("expected " + file.md5()));
        assertFalse(Files.exists(part()));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500})
    void saysWhatTheServerAnswered(int status) {
        serve(exchange -> exchange.sendResponseHeaders(status, -1));
        assertTrue(assertFails().contains("the server answered " + status));
        assertFalse(Files.exists(part()));
    }

    @Test
    void followsRedirects() throws Exception {
        server.createContext("/elsewhere", exchange -> {
            try (exchange) {
                sendRange(exchange, CONTENT);
            }
        });
        serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });
        assertArrayEquals(CONTENT, Files.readAllBytes(cache.get(file)));
    }

    @Test
    void withoutANetworkItSaysWhatToFetchByHand() {
        server.stop(0);
        assertFails();
    }

    @Test
    void manyThreadsFetchAFileOnce() {
        serve(exchange -> sendRange(exchange, CONTENT));
        assertEquals(1, IntStream.range(0, 8).parallel().mapToObj(_ -> cache.get(file)).distinct().count());
        assertEquals(1, ranges.size());
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path occupied = Files.writeString(folder.resolve("occupied"), "");
        String message = assertThrows(DownloadException.class, () -> Cache.in(occupied).get(file))
                .getMessage();
        assertTrue(message.contains(occupied.toString()) && message.contains("MECHANICS_CACHE"), message);
    }

    @Test
    void theFolderIsTheOneChosenElseTheSystems() {
        Path home = Path.of("home");
        assertEquals(Path.of("chosen"), Cache.folder(Map.of("MECHANICS_CACHE", "chosen"), "Linux", home));
        assertEquals(Path.of("xdg/mechanics"), Cache.folder(Map.of("XDG_CACHE_HOME", "xdg"), "Linux", home));
        assertEquals(Path.of("home/.cache/mechanics"),
                Cache.folder(Map.of("MECHANICS_CACHE", " "), "Linux", home));
        assertEquals(Path.of("home/Library/Caches/mechanics"), Cache.folder(Map.of(), "Mac OS X", home));
        assertEquals(Path.of("local/mechanics"),
                Cache.folder(Map.of("LOCALAPPDATA", "local"), "Windows 11", home));
        assertEquals(Path.of("home/AppData/Local/mechanics"), Cache.folder(Map.of(), "Windows 11", home));
    }

    @Test
    void officialChecksumsAreChecksums() {
        assertThrows(IllegalArgumentException.class,
                () -> new OfficialFile("set", "name", URI.create("http://127.0.0.1/"), 1, "abc"));
    }
}
