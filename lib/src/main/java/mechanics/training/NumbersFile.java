package mechanics.training;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;

/**
 * Named arrays of numbers as bytes, all little-endian:
 *
 * <pre>
 * 8 bytes  "MECHANIC"
 * int      version, 1
 * int      number of arrays
 * each:    int length of the name, the name in UTF-8, int bytes per number (4 or 8), long count, the numbers
 * int      CRC-32 of all bytes before
 * </pre>
 */
final class NumbersFile {
    private static final byte[] MAGIC = "MECHANIC".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    private NumbersFile() {}

    /** The bytes of some arrays. */
    static byte[] write(Map<String, Array> arrays) {
        long size = MAGIC.length + 3L * Integer.BYTES;
        for (var entry : arrays.entrySet()) {
            size += name(entry.getKey()).length + 2 * Integer.BYTES + Long.BYTES
                    + (long) entry.getValue().length() * entry.getValue().precision().bytes();
        }
        var bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(VERSION).putInt(arrays.size());
        arrays.forEach((name, array) -> {
            bytes.putInt(name(name).length).put(name(name)).putInt(array.precision().bytes())
                    .putLong(array.length());
            for (int i = 0; i < array.length(); i++) {
                switch (array.precision()) {
                    case FLOAT32 -> bytes.putFloat((float) array.get(i));
                    case FLOAT64 -> bytes.putDouble(array.get(i));
                }
            }
        });
        bytes.putInt(checksum(bytes.array(), bytes.position()));
        return bytes.array();
    }

    /**
     * The arrays in some bytes.
     *
     * @param file what to call them in messages
     * @throws IllegalArgumentException where the bytes are not as {@link #write} made them
     */
    static Map<String, Array> read(String file, byte[] content) {
        int header = MAGIC.length + 2 * Integer.BYTES;
        var bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        var magic = new byte[Math.min(MAGIC.length, content.length)];
        bytes.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IllegalArgumentException(
                    file + " is no file of numbers: expected it to begin with MECHANIC");
        }
        if (content.length < header + Integer.BYTES) {
            throw new IllegalArgumentException(
                    file + " has " + content.length + " bytes: expected more, it was cut short");
        }
        int version = bytes.getInt();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    file + " has version " + version + ": expected version " + VERSION);
        }
        int end = content.length - Integer.BYTES;
        if (bytes.getInt(end) != checksum(content, end)) {
            throw new IllegalArgumentException(file
                    + " does not have the checksum that it ends with: expected all bytes as they were written");
        }
        try {
            return arrays(bytes.limit(end));
        } catch (BufferUnderflowException | ArithmeticException | NegativeArraySizeException e) {
            throw new IllegalArgumentException(file + " ends inside an array: expected whole arrays", e);
        }
    }

    private static Map<String, Array> arrays(ByteBuffer bytes) {
        var arrays = new LinkedHashMap<String, Array>();
        for (int left = bytes.getInt(); left > 0; left--) {
            var name = new byte[bytes.getInt()];
            bytes.get(name);
            var precision = bytes.getInt() == Float.BYTES ? Precision.FLOAT32 : Precision.FLOAT64;
            long count = bytes.getLong();
            // Before memory is taken for it.
            if (count > bytes.remaining() / precision.bytes()) throw new BufferUnderflowException();
            Array array = precision.array(Math.toIntExact(count));
            for (int i = 0; i < array.length(); i++) {
                array.set(i, precision == Precision.FLOAT32 ? bytes.getFloat() : bytes.getDouble());
            }
            arrays.put(new String(name, StandardCharsets.UTF_8), array);
        }
        return arrays;
    }

    /** CRC-32 of the first {@code length} bytes. */
    static int checksum(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static byte[] name(String text) { return text.getBytes(StandardCharsets.UTF_8); }
}
