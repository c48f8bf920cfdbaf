package mechanics.data;

import mechanics.base.Seed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {

    private static final List<String> CLASSES = List.of("ant", "bee", "cat");

    /** Pixel j of image i is 10 i + j; labels go round. */
    private static Images numbered(int n, ImageShape shape) {
        float[] pixels = new float[n * shape.size()];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < shape.size(); j++)
                pixels[i * shape.size() + j] = 10 * i + j;
        }
        int[] labels = new int[n];
        Arrays.setAll(labels, i -> i % 3);
        return Images.of("numbered", shape, pixels, labels, CLASSES);
    }

    private static Images random(int n, ImageShape shape, long seed) {
        RandomGenerator random = Seed.of(seed).draw("test");
        float[] pixels = new float[n * shape.size()];
        for (int i = 0; i < pixels.length; i++)
            pixels[i] = random.nextFloat();
        return Images.of("random", shape, pixels, new int[n], CLASSES);
    }

    private static final ImageShape PAIR = new ImageShape(1, 2, 1);

    @Test
    void shuffledPixelsMoveTheSameWayInAllImagesAndKeepChannelsTogether() {
        Images images = numbered(5, new ImageShape(4, 3, 2)), moved = images.shuffledPixels(3);
        assertArrayEquals(moved.floats(), images.shuffledPixels(3).floats());
        assertNotEquals(Arrays.toString(images.floats()), Arrays.toString(moved.floats()));
        float[] first = moved.image(0);
        for (int i = 0; i < 5; i++) {
            float[] image = moved.image(i), sorted = image.clone();
            for (int j = 0; j < 24; j++) {
                assertEquals(first[j] + 10 * i, image[j]);
                if (j % 2 == 1) assertEquals(image[j - 1] + 1, image[j]);
            }
            Arrays.sort(sorted);
            assertArrayEquals(images.image(i), sorted);
        }
    }

    @Test
    void givesTheSamePixelsInEveryForm() {
        Images images = numbered(4, new ImageShape(2, 3, 2));
        float[] floats = images.floats();
        double[][] doubles = images.doubles();
        for (int i = 0; i < images.size(); i++) {
            float[] image = images.image(i);
            for (int row = 0; row < 2; row++) {
                for (int column = 0; column < 3; column++) {
                    for (int channel = 0; channel < 2; channel++) {
                        int j = (row * 3 + column) * 2 + channel;
                        assertEquals(floats[i * 12 + j], image[j]);
                        assertEquals(floats[i * 12 + j], doubles[i][j]);
                        assertEquals(floats[i * 12 + j], images.plane(i, channel)[row][column]);
                    }
                }
            }
        }
    }

    @Test
    void doesNotChangeWhenItsArraysDo() {
        float[] pixels = {1, 2};
        int[] labels = {0};
        Images images = Images.of("one", PAIR, pixels, labels, CLASSES);
        pixels[0] = 9;
        labels[0] = 2;
        images.floats()[0] = 9;
        images.image(0)[0] = 9;
        images.labels()[0] = 2;
        images.doubles()[0][0] = 9;
        assertEquals(1, images.image(0)[0]);
        assertEquals(0, images.label(0));
        assertEquals(1, images.doubles()[0][0]);
    }

    @Test
    void takesSubsetsInTheOrderAsked() {
        Images subset = numbered(4, PAIR).subset(3, 0, 3);
        assertArrayEquals(new float[]{30, 31, 0, 1, 30, 31}, subset.floats());
        assertArrayEquals(new int[]{0, 0, 0}, subset.labels());
        assertEquals(0, numbered(4, PAIR).take(0).size());
    }

    @Test
    void splitsWithoutLosingAnImage() {
        Split<Images> split = numbered(5, PAIR).split(2);
        assertArrayEquals(new float[]{0, 1, 10, 11}, split.train().floats());
        assertArrayEquals(new float[]{20, 21, 30, 31, 40, 41}, split.test().floats());
        assertEquals(0, numbered(5, PAIR).split(5).test().size());
    }

    @Test
    void shufflesImagesWithTheirLabelsTheSameWayForASeed() {
        Images images = numbered(100, PAIR);
        Images shuffled = images.shuffled(7);
        assertArrayEquals(shuffled.floats(), images.shuffled(7).floats());
        assertNotEquals(Arrays.toString(shuffled.floats()), Arrays.toString(images.shuffled(8).floats()));
        boolean[] seen = new boolean[100];
        for (int i = 0; i < 100; i++) {
            int original = Math.round(shuffled.image(i)[0] / 10);
            assertEquals(original % 3, shuffled.label(i));
            seen[original] = true;
        }
        for (boolean s : seen)
            assertTrue(s);
    }

    @Test
    void keepsChosenClassesAndRenumbersThem() {
        Images kept = numbered(6, PAIR).onlyClasses(2, 0);
        assertEquals(List.of("cat", "ant"), kept.classNames());
        assertArrayEquals(new int[]{1, 0, 1, 0}, kept.labels());
        assertArrayEquals(new float[]{0, 1, 20, 21, 30, 31, 50, 51}, kept.floats());
        assertArrayEquals(new double[][]{{1}, {-1}, {1}, {-1}}, kept.signs());
    }

    @Test
    void takesTheSameNumberOfEachClass() {
        assertArrayEquals(new int[]{0, 1, 2, 0, 1, 2}, numbered(11, PAIR).takeOfEachClass(2).labels());
        String message = assertThrows(IllegalArgumentException.class,
                () -> numbered(11, PAIR).takeOfEachClass(4))
                .getMessage();
        assertTrue(message.contains("class 2 (cat)"), message);
    }

    @Test
    void encodesLabelsAsOneHotRows() {
        assertArrayEquals(new double[][]{{1, 0, 0}, {0, 1, 0}}, numbered(2, PAIR).oneHot());
        assertArrayEquals(new double[]{2 / 3.0, -1 / 3.0, -1 / 3.0},
                Targets.centeredOneHot(new int[]{0}, 3)[0], 1e-15);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "5, 3, 2, 3", "20, 4, 4, 1"})
    void centersEveryPixelToMeanZero(int n, int height, int width, int channels) {
        double[][] x = random(n, new ImageShape(height, width, channels), n).centered().doubles();
        for (int j = 0; j < x[0].length; j++) {
            int column = j;
            assertEquals(0, Arrays.stream(x).mapToDouble(row -> row[column]).average().orElseThrow(), 1e-7);
        }
    }

    @Test
    void standardizesEveryPixelAndLeavesConstantOnesAtZero() {
        Images images = Images.of("constant", PAIR, new float[]{1, 7, 3, 7}, new int[2], CLASSES)
                .standardized();
        assertArrayEquals(new float[]{-1, 0, 1, 0}, images.floats());
    }

    @ParameterizedTest
    @CsvSource({"1e-3", "1", "784"})
    void scalesToTheMeanSquaredNorm(double norm) {
        Images scaled = random(30, new ImageShape(5, 4, 1), 3).scaledTo(norm);
        assertEquals(norm, scaled.meanSquaredNorm(), 1e-6 * norm);
    }

    @Test
    void aFrameSurroundsEveryImage() {
        Images images = Images.of("two", new ImageShape(1, 2, 1), new float[]{1, 2, 3, 4}, new int[]{0, 1},
                List.of("a", "b")).framed(1, -1);
        assertEquals(new ImageShape(3, 4, 1), images.shape());
        assertArrayEquals(new float[]{-1, -1, -1, -1, -1, 1, 2, -1, -1, -1, -1, -1}, images.image(0));
        assertArrayEquals(new float[]{-1, -1, -1, -1, -1, 3, 4, -1, -1, -1, -1, -1}, images.image(1));
        assertArrayEquals(images.floats(), images.framed(0, 5).floats());
        assertThrows(IllegalArgumentException.class, () -> images.framed(-1, 0));
    }

    @Test
    void coarsensByBlockMeans() {
        Images images = Images.of("block", new ImageShape(2, 4, 1), new float[]{1, 2, 3, 4, 5, 6, 7, 8},
                new int[1], CLASSES);
        assertArrayEquals(new float[]{3.5f, 5.5f}, images.coarsened(2).floats());
        assertEquals(new ImageShape(1, 2, 1), images.coarsened(2).shape());
        assertArrayEquals(images.floats(), images.coarsened(1).floats());
        assertThrows(IllegalArgumentException.class, () -> images.coarsened(4));
    }

    @Test
    void turnsColorToLuma() {
        Images color = Images.of("color", new ImageShape(1, 2, 3), new float[]{1, 0, 0, 0.5f, 0.5f, 0.5f},
                new int[1], CLASSES);
        assertArrayEquals(new float[]{0.299f, 0.5f}, color.grey().floats(), 1e-7f);
        Images grey = color.grey();
        assertSame(grey, grey.grey());
    }

    @Test
    void refusesWhatDoesNotFit() {
        Images images = numbered(3, PAIR);
        assertThrows(IllegalArgumentException.class, () -> images.take(4));
        assertThrows(IllegalArgumentException.class, () -> images.take(-1));
        assertThrows(IllegalArgumentException.class, () -> images.subset(3));
        assertThrows(IllegalArgumentException.class, () -> images.image(-1));
        assertThrows(IllegalArgumentException.class, () -> images.plane(0, 1));
        assertThrows(IllegalArgumentException.class, () -> images.onlyClasses(0, 0));
        assertThrows(IllegalArgumentException.class, () -> images.onlyClasses(3));
        assertThrows(IllegalArgumentException.class, images::signs);
        assertThrows(IllegalArgumentException.class, () -> images.take(0).centered());
        assertThrows(IllegalArgumentException.class, () -> images.take(0).meanSquaredNorm());
        assertThrows(IllegalArgumentException.class, () -> new ImageShape(0, 1, 1));
        assertThrows(IllegalArgumentException.class,
                () -> Images.of("short", PAIR, new float[3], new int[2], CLASSES));
        assertThrows(IllegalArgumentException.class,
                () -> Images.of("label", PAIR, new float[2], new int[]{3}, CLASSES));
        String message = assertThrows(IllegalArgumentException.class,
                () -> Images.of("NaN", PAIR, new float[]{0, Float.NaN}, new int[1], CLASSES)).getMessage();
        assertEquals("pixels[1] = NaN: expected a finite number", message);
    }
}
