package mechanics.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's format of one array: a magic word, a version, the length of a header, the header (a literal of Python's with
 * type, order and shape), the numbers.
 */
final class Npy {

    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** Far more than any shape needs. */
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int CHUNK = 1 << 20;
    private static final Pattern HEADER = Pattern
            .compile("\\{\\s*(?:'descr'\\s*:\\s*(?<descr>'[^']*'|\\[[^\\]]*\\])\\s*,?\\s*"
                    + "|'fortran_order'\\s*:\\s*(?<fortran>True|False)\\s*,?\\s*"
                    + "|'shape'\\s*:\\s*\\((?<shape>\\s*(?:[0-9]+L?\\s*,\\s*)*(?:[0-9]+L?)?\\s*)\\)\\s*,?\\s*){3}\\}\\s*");

    private Npy() {}

    /**
     * Reads one array, to the end of what the channel has.
     *
     * @param what begins each message: empty, or the name of an array inside of the file
     */
    static StoredArray read(Path file, String what, ReadableByteChannel channel) throws IOException {
        byte[] start = bytes(channel, 8);
        if (!Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
            throw new DataFileException(file, what + "no NumPy array: expected the magic word \\x93NUMPY");
        }
        int version = start[6];
        if (version < 1 || version > 3) {
            throw new DataFileException(file, what + "NumPy format " + version + ": expected 1, 2 or 3");
        }
        ByteBuffer length = ByteBuffer.wrap(bytes(channel, version == 1 ? 2 : 4))
                .order(ByteOrder.LITTLE_ENDIAN);
        long size = version == 1 ? length.getShort() & 0xffff : length.getInt() & 0xffff_ffffL;
        if (size > LONGEST_HEADER) {
            throw new DataFileException(file,
                    what + "a header of " + size + " bytes: expected at most " + LONGEST_HEADER);
        }
        String header = new String(bytes(channel, (int) size),
                version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        Matcher found = HEADER.matcher(header);
        if (!found.matches() || found.group("descr") == null || found.group("fortran") == null
                || found.group("shape") == null) {
            throw new DataFileException(file,
                    what + "header " + shortened(header) + ": expected descr, fortran_order and shape");
        }
        ElementType type = type(file, what, found.group("descr"));
        ByteOrder order = found.group("descr").charAt(1) == '>'
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        long[] sizes = Arrays.stream(found.group("shape").split(",")).map(s -> s.strip().replace("L", ""))
                .filter(s -> !s.isEmpty())
                .mapToLong(s -> s.length() > 18 ? Long.MAX_VALUE : Long.parseLong(s)).toArray();
        byte[] data = bytes(channel, StoredArrays.bytes(file, what, type, sizes));
        int extra = channel.read(ByteBuffer.allocate(1));
        if (extra > 0) throw new DataFileException(file, what + "goes on after the array: expected its end");
        int[] shape = Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
        if (found.group("fortran").equals("True")) data = lastFastest(data, shape, type.bytes());
        return new StoredArray(type, shape, ByteBuffer.wrap(data).order(order));
    }

    private static ElementType type(Path file, String what, String descr) {
        String code = descr.replace("'", "");
        boolean plain = code.matches("[<>|=][a-z][0-9]+") && (code.charAt(0) != '|' || code.endsWith("1"));
        return (plain ? ElementType.ofNumpy(code.substring(1)) : Optional.<ElementType>empty())
                .orElseThrow(() -> new DataFileException(file, what + "numbers of type " + shortened(descr)
                        + ": expected boolean, whole or real numbers; objects, records and complex numbers are not read"));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** Reads what is there, at most {@code count}: a damaged header cannot make it allocate gigabytes. */
    private static byte[] bytes(ReadableByteChannel channel, int count) throws IOException {
        byte[] bytes = new byte[Math.min(count, CHUNK)];
        int filled = 0;
        while (filled < count) {
            if (filled == bytes.length)
                bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * bytes.length));
            int read = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled));
            if (read < 0) {
                throw new EOFException();
            }
            filled += read;
        }
        return bytes;
    }

    /** From Fortran's order, first dimension fastest, to C's. */
    private static byte[] lastFastest(byte[] data, int[] shape, int width) {
        byte[] out = new byte[data.length];
        int[] index = new int[shape.length];
        int[] strides = new int[shape.length];
        int stride = width;
        for (int axis = 0; axis < shape.length; axis++) {
            strides[axis] = stride;
            stride *= Math.max(1, shape[axis]);
        }
        for (int to = 0; to < out.length; to += width) {
            int from = 0;
            for (int axis = 0; axis < shape.length; axis++) from += index[axis] * strides[axis];
            System.arraycopy(data, from, out, to, width);
            for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                index[axis] = 0;
        }
        return out;
    }
}
