package mechanics.data;

import static mechanics.data.Damage.assertRefused;
import static mechanics.data.Damage.gzip;
import static mechanics.data.Damage.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {

    private static final List<String> CLASSES = List.of("a", "b", "c");

    @TempDir
    Path folder;

    /** Two images of 2 × 3. */
    private static byte[] images() {
        return idx(0x803, new int[]{2, 2, 3}, 0, 51, 102, 153, 204, 255, 5, 4, 3, 2, 1, 0);
    }

    private static byte[] labels(int... labels) { return idx(0x801, new int[]{labels.length}, labels); }

    private static byte[] idx(int magic, int[] dimensions, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length).putInt(magic);
        for (int dimension : dimensions)
            buffer.putInt(dimension);
        for (int value : values)
            buffer.put((byte) value);
        return buffer.array();
    }

    private Images read(Path images, Path labels) { return Idx.images("test", images, labels, CLASSES, 255); }

    @Test
    void readsPlainAndPackedFilesAlike() {
        Path plain = write(folder, "images", images());
        Path packed = write(folder, "images.gz", gzip(images()));
        Path labels = write(folder, "labels", labels(2, 0));
        for (Path file : List.of(plain, packed)) {
            Images images = read(file, labels);
            assertEquals(new ImageShape(2, 3, 1), images.shape());
            assertArrayEquals(new float[]{0, 0.2f, 0.4f, 0.6f, 0.8f, 1}, images.image(0), 1e-7f);
            assertArrayEquals(new int[]{2, 0}, images.labels());
            assertArrayEquals(new int[]{2, 2, 3}, Idx.read(file).dimensions());
            assertArrayEquals(new int[]{0, 51, 102, 153, 204, 255, 5, 4, 3, 2, 1, 0},
                    Idx.read(file).values());
        }
    }

    @Test
    void readsAnEmptyArray() {
        assertEquals(0, read(write(folder, "i", idx(0x803, new int[]{0, 2, 3})), write(folder, "l", labels()))
                .size());
    }

    @Test
    void refusesAMissingFile() {
        Path missing = folder.resolve("missing.gz");
        assertRefused(missing, () -> Idx.read(missing), "no such file");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x00000803 << 8, 0x00000d03, 0x00010803, 0x00000800, -1})
    void refusesAWrongMagicNumber(int magic) {
        Path file = write(folder, "file", idx(magic, new int[]{2, 2, 3}, new int[12]));
        assertRefused(file, () -> Idx.read(file), "magic number", "expected 0x0000080r");
    }

    @Test
    void refusesATruncatedFileWhereverItEnds() {
        byte[] whole = images();
        for (int length = 0; length < whole.length; length++) {
            Path file = write(folder, "file" + length, Arrays.copyOf(whole, length));
            assertRefused(file, () -> Idx.read(file), "truncated");
        }
    }

    @Test
    void refusesATruncatedPackedFileWhereverItEnds() {
        byte[] whole = gzip(images());
        for (int length = 0; length < whole.length; length++) {
            Path file = write(folder, "file" + length + ".gz", Arrays.copyOf(whole, length));
            assertRefused(file, () -> Idx.read(file));
        }
    }

    @Test
    void refusesADamagedPackedFile() {
        byte[] damaged = gzip(images());
        damaged[damaged.length - 7] ^= 1; // in gzip's own checksum
        Path file = write(folder, "file.gz", damaged);
        assertRefused(file, () -> Idx.read(file), "damaged");
    }

    @Test
    void refusesExtraBytes() {
        byte[] whole = images();
        Path file = write(folder, "file", Arrays.copyOf(whole, whole.length + 3));
        assertRefused(file, () -> Idx.read(file), "3 bytes too many");
    }

    @Test
    void refusesNegativeAndImpossibleDimensions() {
        Path negative = write(folder, "negative", idx(0x803, new int[]{2, -2, 3}));
        assertRefused(negative, () -> Idx.read(negative), "dimension 1 is -2");
        Path huge = write(folder, "huge", idx(0x803, new int[]{1 << 30, 1 << 10, 1 << 10}));
        assertRefused(huge, () -> Idx.read(huge), "expected a smaller array");
        Path large = write(folder, "large", idx(0x803, new int[]{1 << 30, 1, 1}));
        assertRefused(large, () -> Idx.read(large), "truncated");
        Path flat = write(folder, "flat", idx(0x803, new int[]{2, 0, 3}));
        assertRefused(flat, () -> read(flat, flat), "images of 0 × 3 pixels", "at least 1 × 1");
    }

    @Test
    void refusesLabelsThatAreNotClasses() {
        Path images = write(folder, "images", images());
        Path labels = write(folder, "labels", labels(0, 3));
        assertRefused(labels, () -> read(images, labels), "label 1 is 3", "0 to 2");
    }

    @Test
    void refusesImagesAndLabelsThatDoNotBelongTogether() {
        Path images = write(folder, "images", images());
        Path labels = write(folder, "labels", labels(0, 1, 2));
        assertRefused(labels, () -> read(images, labels), "3 labels: expected 2");
        assertRefused(labels, () -> read(labels, labels), "1 dimensions: expected 3");
        assertRefused(images, () -> read(images, images), "3 dimensions: expected 1");
    }

    @Test
    void refusesPixelsAboveWhite() {
        Path images = write(folder, "images", images());
        Path labels = write(folder, "labels", labels(0, 1));
        assertRefused(images, () -> Idx.images("test", images, labels, CLASSES, 16), "pixel 1 is 51",
                "0 to 16");
    }
}
