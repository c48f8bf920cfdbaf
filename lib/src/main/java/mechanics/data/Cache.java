package mechanics.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * A folder of official files, fetched when first asked for. A file that is already there, put by hand or by
 * an earlier run, is used without a network.
 *
 * <p>
 * A download goes to a file {@code NAME.part} and is moved to its place only when its checksum is right, so
 * a reader never meets half a file. What a broken connection left is kept and continued by the next
 * download (HTTP range requests). One process downloads at a time; others wait for it.
 */
public final class Cache {

    private static final String VARIABLE = "MECHANICS_CACHE";
    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DownloadListener SILENT = (file, received, total) -> {};
    /** File locks are held by the process, so threads need a lock of their own. */
    private static final Object THREADS = new Object();

    private final Path folder;
    private final DownloadListener listener;

    private Cache(Path folder, DownloadListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /**
     * The user's cache: the folder that the environment variable {@code MECHANICS_CACHE} names, else
     * {@code mechanics} in the operating system's folder for caches.
     */
    public static Cache standard() {
        return in(folder(System.getenv(), System.getProperty("os.name"),
                Path.of(System.getProperty("user.home"))));
    }

    /** A cache in this folder, which is made when needed. */
    public static Cache in(Path folder) {
        return new Cache(folder.toAbsolutePath().normalize(), SILENT);
    }

    /** The same cache, with someone to tell how a download goes on. */
    public Cache reporting(DownloadListener newListener) {
        return new Cache(folder, newListener);
    }

    /** Where the files are. */
    public Path folder() { return folder; }

    /** Where a file is, or will be once it is fetched. */
    public Path path(OfficialFile file) {
        return folder.resolve(file.set()).resolve(file.name());
    }

    /**
     * The path of the file, which is fetched if it is not there. Costs a pass over the file for its checksum.
     *
     * @throws DownloadException if it is not there and cannot be fetched
     * @throws DataFileException if it is there with a wrong checksum
     */
    public Path get(OfficialFile file) {
        Path target = path(file);
        if (!Files.exists(target)) {
            synchronized (THREADS) {
                fetchAlone(file, target);
            }
        }
        String md5 = md5(target);
        if (!md5.equals(file.md5())) {
            throw new DataFileException(target,
                    "MD5 is " + md5 + ": expected " + file.md5() + "; delete it to fetch it again");
        }
        return target;
    }

    private void fetchAlone(OfficialFile file, Path target) {
        try {
            Files.createDirectories(target.getParent());
        } catch (IOException e) {
            throw new DownloadException("Cannot make the folder " + target.getParent() + " (" + e
                    + "). Set " + VARIABLE + " to a folder you may write to.", e);
        }
        try (FileChannel channel = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); var _ = channel.lock()) {
            if (!Files.exists(target)) fetch(file, target);
        } catch (IOException e) {
            throw new DownloadException(byHand(file, e.toString()), e);
        }
    }

    private void fetch(OfficialFile file, Path target) throws IOException {
        Path part = target.resolveSibling(file.name() + ".part");
        try (HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(PATIENCE).build()) {
            for (int attempt = 1;; attempt++) {
                try {
                    receive(client, file, part);
                    break;
                } catch (IOException e) {
                    if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) throw e;
                }
            }
        }
        String md5 = md5(part);
        if (!md5.equals(file.md5())) {
            long size = Files.size(part);
            Files.delete(part);
            throw new IOException(
                    "%,d bytes came with MD5 %s, expected %s; they are not kept".formatted(size, md5,
                            file.md5()));
        }
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(part, target);
        }
    }

    /**
     * Gets the rest of the file. {@code part} is appended to, or begun anew where the server sends it all.
     */
    private void receive(HttpClient client, OfficialFile file, Path part) throws IOException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpRequest.Builder request = HttpRequest.newBuilder(file.address()).timeout(PATIENCE);
        if (have > 0) request.header("Range", "bytes=" + have + "-");
        HttpResponse<InputStream> response = send(client, request.build());
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> have = 0;
                case 206 -> requireContinuation(response, have);
                case 416 -> {
                    // Nothing after what is there: it is complete, or it is not a part of this file.
                    if (md5(part).equals(file.md5())) return;
                    Files.delete(part);
                    throw new IOException("the server has nothing after the first " + have + " bytes");
                }
                default -> throw new IOException("the server answered " + response.statusCode());
            }
            append(body, file, part, have);
        }
    }

    private static HttpResponse<InputStream> send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void requireContinuation(HttpResponse<?> response, long have) throws IOException {
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (!range.startsWith("bytes " + have + "-")) {
            throw new IOException("asked for the bytes from " + have + ", the server sent '" + range + "'");
        }
    }

    private void append(InputStream body, OfficialFile file, Path part, long have) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            channel.truncate(have).position(have);
            byte[] piece = new byte[1 << 16];
            long received = have;
            for (int length; (length = body.read(piece)) >= 0;) {
                for (ByteBuffer buffer = ByteBuffer.wrap(piece, 0, length); buffer.hasRemaining();)
                    channel.write(buffer);
                received += length;
                listener.received(file, received, Math.max(received, file.bytes()));
            }
        }
    }

    private String byHand(OfficialFile file, String reason) {
        return """
                Cannot download %s of %s: %s.
                To go on where it stopped, try again. To fetch it by hand, take
                  %s (%,.1f MB)
                and put it at
                  %s
                Its MD5 checksum is %s.""".formatted(file.name(), file.set(), reason, file.address(),
                file.bytes() / 1e6, path(file), file.md5());
    }

    private static String md5(Path file) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 16];
            for (int length; (length = in.read(piece)) >= 0;)
                digest.update(piece, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static Path folder(Map<String, String> environment, String system, Path home) {
        String chosen = environment.getOrDefault(VARIABLE, "");
        if (!chosen.isBlank()) return Path.of(chosen);
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            return (local.isBlank() ? home.resolve("AppData").resolve("Local") : Path.of(local))
                    .resolve("mechanics");
        }
        if (name.startsWith("mac")) return home.resolve("Library").resolve("Caches").resolve("mechanics");
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (xdg.isBlank() ? home.resolve(".cache") : Path.of(xdg)).resolve("mechanics");
    }
}
