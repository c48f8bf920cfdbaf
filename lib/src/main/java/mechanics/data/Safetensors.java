package mechanics.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The format safetensors: the length of a header in 8 bytes, the header as JSON with type, shape and place of each
 * tensor, the numbers, little-endian. The places must cover the file without gap or overlap, so that nothing hides in it.
 */
final class Safetensors {

    /** The format's own limit. */
    private static final long LONGEST_HEADER = 100_000_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private record Place(String name, ElementType type, int[] shape, long begin, int bytes) {}

    private Safetensors() {}

    static Map<String, StoredArray> read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) throw new DataFileException(file, size + " bytes: expected .npy, .npz or .safetensors");
        long length = bytes(channel, 0, 8).getLong(0);
        if (length < 2 || length > Math.min(LONGEST_HEADER, size - 8)) {
            throw new DataFileException(file,
                    "neither .npy nor .npz, and no .safetensors, whose header would have "
                            + Long.toUnsignedString(length) + " bytes: expected from 2 to "
                            + Math.min(LONGEST_HEADER, size - 8));
        }
        List<Place> places = places(file, bytes(channel, 8, (int) length).array());
        long end = 0;
        for (Place place : places.stream()
                .sorted(Comparator.comparingLong(Place::begin).thenComparingInt(Place::bytes)).toList()) {
            if (place.begin != end) {
                throw new DataFileException(file,
                        "tensor " + place.name + " begins at byte " + place.begin + ": expected "
                                + end + ", where the one before ends");
            }
            end += place.bytes;
        }
        if (8 + length + end != size) {
            throw new DataFileException(file,
                    size + " bytes: expected " + (8 + length + end) + ", to the end of the last tensor"
                            + (8 + length + end > size ? "; the file is truncated" : ""));
        }
        Map<String, StoredArray> arrays = new LinkedHashMap<>();
        for (Place place : places) {
            arrays.put(place.name, new StoredArray(place.type, place.shape,
                    bytes(channel, 8 + length + place.begin, place.bytes)));
        }
        return arrays;
    }

    private static List<Place> places(Path file, byte[] header) {
        JsonNode root;
        try {
            root = JSON.readTree(new String(header, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new DataFileException(file, "its header is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject())
            throw new DataFileException(file, "its header is " + root.getNodeType() + ": expected an object");
        return root.propertyStream().filter(entry -> !entry.getKey().equals("__metadata__"))
                .map(entry -> place(file, entry.getKey(), entry.getValue())).toList();
    }

    private static Place place(Path file, String name, JsonNode entry) {
        String what = "tensor " + name + ": ";
        ElementType type = ElementType.ofSafetensors(entry.path("dtype").asString("")).orElseThrow(
                () -> new DataFileException(file,
                        what + "dtype " + entry.path("dtype") + ": expected one of BOOL, I8 to I64, "
                                + "U8 to U64, F16, BF16, F32, F64"));
        long[] shape = numbers(file, what + "shape", entry.path("shape"));
        long[] offsets = numbers(file, what + "data_offsets", entry.path("data_offsets"));
        int bytes = StoredArrays.bytes(file, what, type, shape);
        if (offsets.length != 2 || offsets[1] - offsets[0] != bytes) {
            throw new DataFileException(file,
                    what + "data_offsets " + entry.path("data_offsets") + ": expected two, "
                            + bytes + " bytes apart, as type and shape ask for");
        }
        int[] sizes = new int[shape.length];
        for (int i = 0; i < sizes.length; i++) sizes[i] = (int) shape[i];
        return new Place(name, type, sizes, offsets[0], bytes);
    }

    private static long[] numbers(Path file, String what, JsonNode list) {
        boolean whole = list.isArray() && StreamSupport.stream(list.spliterator(), false)
                .allMatch(n -> n.isIntegralNumber() && n.canConvertToLong() && n.asLong() >= 0);
        if (!whole) throw new DataFileException(file, what + " " + list + ": expected a list of counts");
        return list.valueStream().mapToLong(JsonNode::asLong).toArray();
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) throw new EOFException();
        }
        return buffer;
    }
}
