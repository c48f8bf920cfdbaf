package mechanics.data;

import static mechanics.data.Damage.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files below {@code numpy} were written by NumPy itself, see its {@code make.py}. */
class StoredArraysTest {

    private static final Path NUMPY = Path.of("src/test/resources/mechanics/data/numpy");

    @TempDir
    Path folder;

    private static StoredArray numpy(String name) {
        return StoredArrays.read(NUMPY.resolve(name + ".npy")).get("array");
    }

    private String refused(Path file) {
        String message = assertThrows(DataFileException.class, () -> StoredArrays.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        return message;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bool", "i1", "u1", "little-i2", "big-u2", "little-i4", "big-u4", "little-i8",
            "little-u8",
            "little-f2", "little-f4", "big-f4", "little-f8", "big-f8"})
    void readsWhatNumpyWroteBitForBit(String name) throws IOException {
        StoredArray array = numpy(name);
        assertArrayEquals(new int[]{2, 3, 4}, array.shape());
        double[] expected = Stream.of(Files.readString(NUMPY.resolve(name + ".txt")).strip().split(" "))
                .mapToDouble(Double::parseDouble).toArray();
        assertArrayEquals(expected, array.doubles());
        assertArrayEquals(Arrays.copyOfRange(expected, 12, 24), array.rows()[1]);
        if (array.type().isWhole()) {
            assertArrayEquals(Arrays.stream(expected).mapToLong(v -> (long) v).toArray(), array.longs());
        } else {
            assertThrows(IllegalStateException.class, array::longs);
        }
    }

    @Test
    void readsShapesOrdersAndVersions() {
        double[] counting = new double[24];
        Arrays.setAll(counting, i -> i);
        assertArrayEquals(counting, numpy("fortran").doubles());
        assertArrayEquals(new int[0], numpy("scalar").shape());
        assertArrayEquals(new double[]{2.5}, numpy("scalar").doubles());
        assertThrows(IllegalStateException.class, () -> numpy("scalar").rows());
        assertArrayEquals(new int[]{0, 3}, numpy("none").shape());
        assertEquals(0, numpy("none").rows().length);
        assertArrayEquals(new double[]{0, 1, 2}, numpy("version-2").doubles());
        assertArrayEquals(new double[][]{{0}, {1}, {2}}, numpy("version-2").rows());
        double[] special = numpy("special").doubles();
        assertArrayEquals(new double[]{Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0,
                Double.MIN_VALUE}, special);
        assertEquals("FLOAT64 (2 × 3 × 4)", numpy("fortran").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"several", "packed"})
    void readsSeveralArraysOfOneFile(String name) {
        Map<String, StoredArray> arrays = StoredArrays.read(NUMPY.resolve(name + ".npz"));
        assertEquals(List.of("hidden", "labels"), List.copyOf(arrays.keySet()));
        assertArrayEquals(new double[][]{{0, 1, 2}, {3, 4, 5}}, arrays.get("hidden").rows());
        assertArrayEquals(new long[]{1, 0}, arrays.get("labels").longs());
    }

    @ParameterizedTest
    @CsvSource({"objects,numbers of type", "complex,numbers of type", "record,numbers of type"})
    void refusesWhatIsNoArrayOfNumbers(String name, String words) {
        assertTrue(refused(NUMPY.resolve(name + ".npy")).contains(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i1.npy", "several.npz", "packed.npz", "fortran.npy"})
    void refusesEveryPrefixAndWhatFollowsAfterTheEnd(String name) throws IOException {
        byte[] whole = Files.readAllBytes(NUMPY.resolve(name));
        for (int length = 0; length < whole.length; length += 1 + length / 40) {
            refused(write(folder, "prefix", Arrays.copyOf(whole, length)));
        }
        if (name.endsWith("npy")) {
            assertTrue(refused(write(folder, "longer", Arrays.copyOf(whole, whole.length + 1)))
                    .contains("goes on"));
        }
    }

    /** Whatever is in a file, it is read or refused with its name, and quickly. */
    @Test
    void damagedFilesAreRefusedOrReadAndNothingElse() throws IOException {
        Random random = new Random(4);
        List<byte[]> files = List.of(Files.readAllBytes(NUMPY.resolve("i1.npy")),
                Files.readAllBytes(NUMPY.resolve("packed.npz")), safetensors(GOOD, new byte[16]));
        for (int trial = 0; trial < 1000; trial++) {
            byte[] file = files.get(trial % files.size()).clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            Path path = write(folder, "damaged", file);
            try {
                StoredArrays.read(path);
            } catch (DataFileException e) {
                assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "{'descr': '<f8', 'fortran_order': False, 'shape': (200000000,), }; truncated",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (99999, 99999), }; more than 2 GB",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }; a dimension is",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (1 2,), }; expected descr",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }; expected descr",
            "{'descr': '<f8', 'fortran_order': False}; expected descr",
            "{'descr': '<f8', 'descr': '<f8', 'shape': ()}; expected descr",
            "{'descr': '<f16', 'fortran_order': False, 'shape': ()}; numbers of type",
            "__import__('os').system('false'); expected descr"})
    void refusesHeadersThatPromiseTooMuch(String header, String words) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file = ByteBuffer.allocate(10 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        file.put(Npy.MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length).put(text);
        assertTrue(refused(write(folder, "a.npy", file.array())).contains(words));
    }

    @Test
    void refusesAnArchiveOfSomethingElse() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("data.pkl"));
            zip.write(1);
        }
        assertTrue(refused(write(folder, "model.pt", bytes.toByteArray()))
                .contains("data.pkl: expected arrays"));
    }

    private static final String GOOD = """
            {"__metadata__": {"format": "pt"}, "b": {"dtype": "BF16", "shape": [2], "data_offsets": [12, 16]}, \
            "w": {"dtype": "F32", "shape": [3, 1], "data_offsets": [0, 12]}, \
            "empty": {"dtype": "F32", "shape": [0, 5], "data_offsets": [12, 12]}}  \
            """;

    private static byte[] safetensors(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text).put(data).array();
    }

    @Test
    void readsSafetensors() {
        byte[] data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-0f)
                .putFloat(Float.MIN_VALUE).putShort((short) 0x3f80).putShort((short) 0xc040).array();
        Map<String, StoredArray> arrays = StoredArrays
                .read(write(folder, "a.safetensors", safetensors(GOOD, data)));
        assertEquals(List.of("b", "w", "empty"), List.copyOf(arrays.keySet()));
        assertArrayEquals(new double[][]{{1.5}, {-0.0}, {Float.MIN_VALUE}}, arrays.get("w").rows());
        assertArrayEquals(new float[]{1.5f, -0f, Float.MIN_VALUE}, arrays.get("w").floats());
        assertArrayEquals(new double[]{1, -3}, arrays.get("b").doubles());
        assertEquals(0, arrays.get("empty").size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [4], \"data_offsets\": [0, 12]}}; expected two, 16 bytes apart",
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [4, 16]}}; begins at byte 4: expected 0",
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [0, 12]}}; expected",
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [5], \"data_offsets\": [0, 20]}}; truncated",
            "{\"w\": {\"dtype\": \"C64\", \"shape\": [4], \"data_offsets\": [0, 16]}}; dtype",
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [-4], \"data_offsets\": [0, 16]}}; expected a list of counts",
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [1e300], \"data_offsets\": [0, 16]}}; expected a list of counts",
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [4294967296, 4294967296], \"data_offsets\": [0, 16]}}; a dimension is",
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [4]}}; expected a list of counts",
            "{\"w\": {}, \"w\": {}}; no JSON", "{\"w\": 1} x; no JSON", "[]; expected an object",
            "{x; no JSON"})
    void refusesSafetensorsWhoseHeaderDoesNotFit(String header, String words) {
        String message = refused(write(folder, "a.safetensors", safetensors(header, new byte[16])));
        assertTrue(message.contains(words), message);
    }

    @Test
    void refusesAHeaderThatIsLongerThanTheFile() {
        for (long length : new long[]{-1, 0, 1, 17, 100_000_001, Long.MAX_VALUE}) {
            byte[] file = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
            assertTrue(refused(write(folder, "a.safetensors", file)).contains("header would have"));
        }
        assertTrue(refused(folder.resolve("missing")).contains("no such file"));
    }

    @Test
    void whatDoesNotFitIsRefusedAndNotRounded() {
        byte[] data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong((1L << 53) + 1)
                .putLong(-1).array();
        StoredArray signed = StoredArrays.read(write(folder, "i.safetensors", safetensors(
                "{\"w\": {\"dtype\": \"I64\", \"shape\": [2], \"data_offsets\": [0, 16]}}", data))).get("w");
        assertThrows(IllegalStateException.class, signed::doubles);
        assertThrows(IllegalStateException.class, signed::floats);
        assertArrayEquals(new long[]{(1L << 53) + 1, -1}, signed.longs());
        StoredArray unsigned = StoredArrays.read(write(folder, "u.safetensors", safetensors(
                "{\"w\": {\"dtype\": \"U64\", \"shape\": [2], \"data_offsets\": [0, 16]}}", data))).get("w");
        assertTrue(assertThrows(IllegalStateException.class, unsigned::longs).getMessage()
                .contains("entry 1 is 18446744073709551615"));
        StoredArray wide = StoredArrays.read(write(folder, "d.safetensors", safetensors(
                "{\"w\": {\"dtype\": \"F64\", \"shape\": [2], \"data_offsets\": [0, 16]}}", data))).get("w");
        assertThrows(IllegalStateException.class, wide::floats);
    }
}
