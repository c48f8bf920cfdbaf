package mechanics.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a data file, packed by gzip or plain, and turns what goes wrong into a message that names the file.
 */
final class DataFile {

    /** What a format makes of the file's unpacked bytes. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    private DataFile() {}

    /** Opens the file, lets the reader read it, and sees to it that nothing is left over. */
    static <T> T read(Path file, Reader<T> reader) {
        try (InputStream in = open(file)) {
            T value = reader.read(in);
            // Reading to the end also makes gzip check its own checksum.
            long extra = in.transferTo(OutputStream.nullOutputStream());
            if (extra > 0) throw new DataFileException(file, extra + " bytes too many: expected its end");
            return value;
        } catch (NoSuchFileException e) {
            throw new DataFileException(file, "no such file", e);
        } catch (EOFException e) {
            throw new DataFileException(file, "ends too early: the file is truncated", e);
        } catch (ZipException e) {
            throw new DataFileException(file, "damaged: its gzip data do not unpack (" + e.getMessage() + ")",
                    e);
        } catch (IOException e) {
            throw new DataFileException(file, "cannot be read (" + e + ")", e);
        }
    }

    /** The whole file as text, UTF-8. */
    static String text(Path file) {
        byte[] bytes = read(file, InputStream::readAllBytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new DataFileException(file, "damaged: expected UTF-8 text", e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }
}
