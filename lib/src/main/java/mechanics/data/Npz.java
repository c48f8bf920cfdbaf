package mechanics.data;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** NumPy's format of several arrays: a ZIP archive of {@link Npy} files, packed or not. */
final class Npz {

    private static final String ENDING = ".npy";

    private Npz() {}

    static Map<String, StoredArray> read(Path file) throws IOException {
        Map<String, StoredArray> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            long size = entries.stream().mapToLong(ZipEntry::getSize).sum();
            if (size > Runtime.getRuntime().maxMemory() / 2) {
                throw new DataFileException(file,
                        "unpacks to " + size + " bytes: expected at most half of Java's memory");
            }
            for (ZipEntry entry : entries) {
                String name = entry.getName();
                if (!name.endsWith(ENDING)) {
                    throw new DataFileException(file, "has an entry " + name + ": expected arrays, NAME.npy");
                }
                try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
                    String array = name.substring(0, name.length() - ENDING.length());
                    if (arrays.put(array, Npy.read(file, name + ": ", Channels.newChannel(in))) != null) {
                        throw new DataFileException(file, "has two arrays named " + array + ": expected one");
                    }
                    if (in.getChecksum().getValue() != entry.getCrc()) {
                        throw new DataFileException(file, "damaged: the checksum of " + name + " is wrong");
                    }
                }
            }
        } catch (ZipException e) {
            throw new DataFileException(file, "damaged: it does not unpack (" + e.getMessage() + ")", e);
        }
        return arrays;
    }
}
