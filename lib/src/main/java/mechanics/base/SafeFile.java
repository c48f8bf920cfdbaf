package mechanics.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all. */
public final class SafeFile {

    private SafeFile() {}

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
