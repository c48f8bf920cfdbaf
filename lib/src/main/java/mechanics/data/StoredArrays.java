package mechanics.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads arrays that other programs wrote: NumPy's {@code .npy} and {@code .npz}, and {@code .safetensors}, which
 * PyTorch, JAX and others write. What a file is, its first bytes say. Nothing in a file is executed: what needs Python's
 * pickle is refused, and a header that announces more than there is costs no memory.
 *
 * <p>
 * Sources: the NumPy Enhancement Proposal 1 and the documentation of {@code numpy.lib.format}; the safetensors
 * format description of Hugging Face.
 */
public final class StoredArrays {

    private StoredArrays() {}

    /**
     * All arrays of a file, by name, in the order of the file.
     *
     * @param file an {@code .npy} file has one array, which is called {@code array}
     * @throws DataFileException if the file is missing, truncated, too long, damaged, none of the three formats, or has
     *         something other than plain numbers
     */
    public static Map<String, StoredArray> read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer start = ByteBuffer.allocate(Npy.MAGIC.length);
            boolean more = true;
            while (start.hasRemaining() && more) more = channel.read(start, start.position()) >= 0;
            byte[] bytes = start.array();
            if (start.position() == 0) throw new DataFileException(file, "is empty: expected arrays");
            if (Arrays.equals(bytes, Npy.MAGIC)) {
                return Map.of("array", Npy.read(file, "", channel));
            }
            if (bytes[0] == 'P' && bytes[1] == 'K') return Npz.read(file);
            return Safetensors.read(file, channel);
        } catch (NoSuchFileException e) {
            throw new DataFileException(file, "no such file", e);
        } catch (EOFException e) {
            throw new DataFileException(file, "ends too early: the file is truncated", e);
        } catch (IOException e) {
            throw new DataFileException(file, "cannot be read (" + e + ")", e);
        }
    }

    /**
     * The number of bytes of an array.
     *
     * @param what begins a message, such as {@code "tensor w: "}
     * @throws DataFileException if it is more than an array of Java can have
     */
    static int bytes(Path file, String what, ElementType type, long... shape) {
        long bytes = type.bytes();
        for (long size : shape) {
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw new DataFileException(file,
                        what + "a dimension is " + size + ": expected from 0 to " + Integer.MAX_VALUE);
            }
        }
        for (long size : shape) if (size == 0) return 0;
        for (long size : shape) {
            bytes *= size; // below 2³¹ · 2³¹
            if (bytes > Integer.MAX_VALUE - 8) {
                throw new DataFileException(file,
                        what + "more than 2 GB announced: expected a smaller array");
            }
        }
        return (int) bytes;
    }
}
