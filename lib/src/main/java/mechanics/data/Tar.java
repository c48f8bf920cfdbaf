package mechanics.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the regular files of a tar archive one after another. Of the format it knows what a data set's
 * archive uses: 512-byte headers with name, size in octal and checksum (POSIX ustar); names over 100 bytes
 * are cut.
 */
final class Tar {

    private static final int BLOCK = 512;

    /** Takes one file of the archive. */
    @FunctionalInterface
    interface Visitor {
        void visit(String name, byte[] content) throws IOException;
    }

    private Tar() {}

    /** Shows every regular file whose name has the suffix to the visitor. */
    static void read(Path archive, InputStream in, String suffix, Visitor visitor) throws IOException {
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK) throw new EOFException();
            if (allZero(header)) { // the archive's end; what follows is padding
                in.transferTo(OutputStream.nullOutputStream());
                return;
            }
            requireChecksum(archive, header);
            String name = text(header, 0, 100);
            long size = octal(archive, header, 124, 12);
            long padding = (BLOCK - size % BLOCK) % BLOCK;
            boolean regular = header[156] == '0' || header[156] == 0;
            if (regular && name.endsWith(suffix)) {
                if (size > Integer.MAX_VALUE - 8) {
                    throw new DataFileException(archive,
                            name + " has " + size + " bytes: expected less than 2³¹");
                }
                byte[] content = in.readNBytes((int) size);
                if (content.length < size) throw new EOFException();
                visitor.visit(name, content);
                in.skipNBytes(padding);
            } else {
                in.skipNBytes(size + padding);
            }
        }
    }

    private static boolean allZero(byte[] block) {
        for (byte value : block) {
            if (value != 0) return false;
        }
        return true;
    }

    /** The header's bytes must add up to the sum it holds, which itself counts as spaces. */
    private static void requireChecksum(Path archive, byte[] header) {
        byte[] blanked = header.clone();
        Arrays.fill(blanked, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte value : blanked)
            sum += value & 0xff;
        long expected = octal(archive, header, 148, 8);
        if (sum != expected) {
            throw new DataFileException(archive,
                    "damaged: a tar header adds up to " + sum + ", expected " + expected);
        }
    }

    private static long octal(Path archive, byte[] header, int from, int length) {
        String digits = text(header, from, length).strip();
        if (!digits.matches("[0-7]{1,12}")) {
            throw new DataFileException(archive,
                    "damaged: '" + digits + "' in a tar header: expected octal digits");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, int from, int length) {
        String field = new String(header, from, length, StandardCharsets.UTF_8);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }
}
