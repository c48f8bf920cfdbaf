package mechanics.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** Files that are there whole or not at all, also where the process is killed at any instant. */
public final class SafeFile {
    private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

    private SafeFile() {}

    /** Something done with files. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws IOException;
    }

    /**
     * Reads and replaces {@code file} while no other thread or process does so by this method. Leaves an empty hidden
     * file {@code .<name>.lock} beside it: to remove it would let two in at once. Where the file system has no locks,
     * only the threads of this process wait for one another. Makes missing folders.
     */
    public static void alone(Path file, Action action) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // One thread at a time: to close a second channel would give up the lock that the process has by the first.
        THIS_PROCESS.lock();
        try (FileChannel channel = FileChannel.open(folder.resolve("." + file.getFileName() + ".lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock _ = lock(channel)) {
            removeLeft(folder,
                    "\\." + Pattern.quote(file.getFileName().toString()) + "\\.\\d+\\.\\d+\\.part");
            action.run();
        } finally {
            THIS_PROCESS.unlock();
        }
    }

    private static FileLock lock(FileChannel channel) {
        try {
            FileLock lock;
            // Not FileChannel.lock(), which fails in an interrupted thread: what it finished would be lost.
            while ((lock = channel.tryLock()) == null) LockSupport.parkNanos(1_000_000);
            return lock;
        } catch (IOException _) {
            return null;
        }
    }

    /** Removes the files of a folder whose whole name matches: what a killed process left. */
    public static void removeLeft(Path folder, String pattern) throws IOException {
        var names = Pattern.compile(pattern);
        List<Path> left;
        try (var files = Files.list(folder)) {
            left = files.filter(f -> names.matcher(f.getFileName().toString()).matches()).toList();
        }
        for (Path each : left) Files.deleteIfExists(each);
    }

    /** Writes to a temporary file beside {@code file}, then moves it there. Makes missing folders. */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path temporary = folder
                .resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + "." + Thread
                        .currentThread().threadId() + ".part");
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
