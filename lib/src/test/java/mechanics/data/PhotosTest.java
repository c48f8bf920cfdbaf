package mechanics.data;

import static mechanics.data.Damage.assertRefused;
import static mechanics.data.Damage.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotosTest {

    @TempDir
    Path folder;

    private Path png(BufferedImage image) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return write(folder, "picture.png", out.toByteArray());
    }

    @Test
    void allPhotographsAreSquaresThatSpanManyGreys() {
        Photos photos = Photos.all();
        assertEquals(22, photos.names().size());
        for (String name : photos.names()) {
            double[][] picture = photos.picture(name);
            assertTrue(picture.length >= 300 && picture.length <= 512, name);
            for (double[] row : picture)
                assertEquals(picture.length, row.length);
            double smallest = Arrays.stream(picture).flatMapToDouble(Arrays::stream).min().orElseThrow();
            double largest = Arrays.stream(picture).flatMapToDouble(Arrays::stream).max().orElseThrow();
            assertTrue(smallest >= 0 && largest <= 1 && largest - smallest > 0.5, name);
        }
    }

    @Test
    void readsGreyAsStored() throws Exception {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 51);
        image.getRaster().setSample(1, 0, 0, 255);
        assertArrayEquals(new double[][]{{0.2, 1}}, Photos.read(png(image)));
    }

    @Test
    void mappedPicturesTakeTheirPhotographsPlaces() {
        Photos photos = Photos.named("grass", "camera"), small = photos
                .mapped(picture -> new double[][]{{picture[0][0], 2}, {3, 4}});
        assertEquals(photos.names(), small.names());
        assertEquals(photos.picture("camera")[0][0], small.picture("camera")[0][0]);
        assertEquals(2, small.picture("grass").length);
        assertThrows(IllegalArgumentException.class, () -> photos.mapped(_ -> new double[0][]));
    }

    @Test
    void patchesArePartsOfTheirPhotographs() {
        Photos photos = Photos.named("camera", "chelsea");
        Images patches = photos.patches(20, 50, 3);
        assertEquals(new ImageShape(20, 20, 1), patches.shape());
        assertEquals(List.of("camera", "chelsea"), patches.classNames());
        for (int i = 0; i < patches.size(); i++) {
            assertTrue(contains(photos.picture(photos.names().get(patches.label(i))), patches.plane(i, 0)));
        }
        assertArrayEquals(patches.floats(), photos.patches(20, 50, 3).floats());
        assertEquals(0, photos.patches(20, 0, 3).size());
        assertEquals(300, Photos.named("chelsea").patches(300, 1, 1).shape().height());
    }

    private static boolean contains(double[][] picture, double[][] patch) {
        for (int top = 0; top + patch.length <= picture.length; top++) {
            for (int left = 0; left + patch.length <= picture.length; left++) {
                if (equalAt(picture, patch, top, left)) return true;
            }
        }
        return false;
    }

    private static boolean equalAt(double[][] picture, double[][] patch, int top, int left) {
        for (int i = 0; i < patch.length; i++) {
            for (int j = 0; j < patch.length; j++) {
                if ((float) picture[top + i][left + j] != (float) patch[i][j]) return false;
            }
        }
        return true;
    }

    @Test
    void refusesWhatIsNotAWholeGreyPicture() throws Exception {
        byte[] whole = Files.readAllBytes(ProjectFolder.dataset("photos/chelsea.png"));
        for (int length : new int[]{0, 10, 100, whole.length / 2}) {
            Path cut = write(folder, "cut.png", Arrays.copyOf(whole, length));
            assertRefused(cut, () -> Photos.read(cut), "damaged");
        }
        Path text = write(folder, "text.png", "not a picture".getBytes(StandardCharsets.UTF_8));
        assertRefused(text, () -> Photos.read(text), "expected a PNG picture");
        Path color = png(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB));
        assertRefused(color, () -> Photos.read(color), "3 channels: expected 1");
        Path missing = folder.resolve("missing.png");
        assertRefused(missing, () -> Photos.read(missing), "missing");
    }

    @Test
    void refusesNamesAndSizesThatAreNotThere() {
        assertThrows(IllegalArgumentException.class, () -> Photos.named("mona-lisa"));
        assertThrows(IllegalArgumentException.class, () -> Photos.named("camera").picture("chelsea"));
        assertThrows(IllegalArgumentException.class, () -> Photos.named("chelsea").patches(301, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Photos.named("chelsea").patches(0, 1, 1));
    }
}
