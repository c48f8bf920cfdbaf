package mechanics.data;

import static mechanics.data.Damage.assertRefused;
import static mechanics.data.Damage.gzip;
import static mechanics.data.Damage.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Cifar10Test {

    private static final int RECORD = 3073;
    private static final int BATCH = 10_000;
    private static final List<String> TWO = List.of("data_batch_1.bin", "data_batch_2.bin");

    @TempDir
    Path folder;

    /** Records whose first red, green and blue bytes tell which they are. */
    private static byte[] records(int n, int offset) {
        byte[] records = new byte[n * RECORD];
        for (int i = 0; i < n; i++) {
            records[i * RECORD] = (byte) ((i + offset) % 10);
            records[i * RECORD + 1] = (byte) (i + offset);
            records[i * RECORD + 1 + 1024] = (byte) ((i + offset) >> 8);
            records[i * RECORD + 1 + 2048] = (byte) 255;
        }
        return records;
    }

    /** A tar archive: names and contents in turn. */
    private static byte[] tar(Object... files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < files.length; i += 2) {
            byte[] content = (byte[]) files[i + 1];
            byte[] header = new byte[512];
            put(header, 0, (String) files[i]);
            put(header, 124, "%011o".formatted(content.length));
            header[156] = '0';
            put(header, 148, "        ");
            int sum = 0;
            for (byte value : header)
                sum += value & 0xff;
            put(header, 148, "%06o\0 ".formatted(sum));
            out.writeBytes(header);
            out.writeBytes(content);
            out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        }
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static Images read(Path archive, int n) { return Cifar10.archived("test", archive, TWO, n); }

    @Test
    void putsTheChannelsOfAPixelSideBySide() {
        byte[] records = new byte[RECORD];
        for (int j = 1; j < RECORD; j++)
            records[j] = (byte) (j % 251);
        records[0] = 9;
        for (byte[] content : List.of(records, gzip(records))) {
            Images images = Cifar10.read("test", write(folder, "batch", content));
            assertEquals(1, images.size());
            assertEquals("truck", images.classNames().get(images.label(0)));
            for (int channel = 0; channel < 3; channel++) {
                for (int i = 0; i < 32; i++) {
                    for (int j = 0; j < 32; j++) {
                        int value = (1 + channel * 1024 + i * 32 + j) % 251;
                        assertEquals(value / 255f, images.plane(0, channel)[i][j]);
                    }
                }
            }
        }
    }

    @Test
    void readsBatchesInTheirOrderWhateverTheArchives() {
        Path archive = write(folder, "archive.tar.gz", gzip(tar("d/data_batch_2.bin", records(BATCH, BATCH),
                "d/readme.html", new byte[700], "d/test_batch.bin", records(1, 0), "d/data_batch_1.bin",
                records(BATCH, 0))));
        assertEquals(0, read(archive, 0).size());
        for (int n : new int[]{3, BATCH + 2}) {
            Images images = read(archive, n);
            assertEquals(n, images.size());
            for (int i = 0; i < n; i++) {
                float[] image = images.image(i);
                assertEquals(i % 10, images.label(i));
                assertArrayEquals(new float[]{(i & 0xff) / 255f, (i >> 8) / 255f, 1},
                        Arrays.copyOf(image, 3));
            }
        }
    }

    @Test
    void refusesRecordsThatAreCutOrNotLabeledByAClass() {
        Path cut = write(folder, "cut", Arrays.copyOf(records(2, 0), 2 * RECORD - 1));
        assertRefused(cut, () -> Cifar10.read("test", cut), "expected a multiple of 3073");
        byte[] wrong = records(2, 0);
        wrong[RECORD] = 10;
        Path labeled = write(folder, "labeled", wrong);
        assertRefused(labeled, () -> Cifar10.read("test", labeled), "label 1 is 10");
        Path missing = folder.resolve("missing");
        assertRefused(missing, () -> Cifar10.read("test", missing), "no such file");
    }

    @Test
    void refusesAnArchiveWithoutItsBatches() {
        Path archive = write(folder, "archive", tar("d/data_batch_1.bin", records(BATCH, 0)));
        assertRefused(archive, () -> read(archive, 1), "expected it to hold data_batch_2.bin");
        Path small = write(folder, "small", tar("d/data_batch_1.bin", records(3, 0)));
        assertRefused(small, () -> read(small, 1), "d/data_batch_1.bin has 9219 bytes", "10000 images");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 512, 5000, 512 + RECORD * BATCH - 1})
    void refusesACutArchive(int length) {
        Path archive = write(folder, "archive",
                Arrays.copyOf(tar("data_batch_1.bin", records(BATCH, 0)), length));
        assertRefused(archive, () -> read(archive, 1), "truncated");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 126, 150})
    void refusesADamagedHeader(int position) {
        byte[] damaged = tar("data_batch_1.bin", new byte[10]);
        damaged[position] = 'x';
        Path archive = write(folder, "archive", damaged);
        assertRefused(archive, () -> read(archive, 1), "tar header");
    }

    @Test
    void refusesMoreImagesThanThereAre() {
        assertThrows(IllegalArgumentException.class, () -> Cifar10.train(50_001, Cache.in(folder)));
        assertThrows(IllegalArgumentException.class, () -> Cifar10.train(-1, Cache.in(folder)));
    }
}
