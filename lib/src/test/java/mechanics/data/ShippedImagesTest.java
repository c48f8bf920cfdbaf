package mechanics.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedImagesTest {

    @TempDir
    Path folder;

    private static void assertPixelsFillTheUnitInterval(Images images) {
        float smallest = 1;
        float largest = 0;
        for (float pixel : images.floats()) {
            smallest = Math.min(smallest, pixel);
            largest = Math.max(largest, pixel);
        }
        assertEquals(0, smallest);
        assertEquals(1, largest);
    }

    private static void assertBalanced(Images images, int ofEachClass) {
        int[] counts = new int[images.classes()];
        for (int label : images.labels())
            counts[label]++;
        for (int count : counts)
            assertEquals(ofEachClass, count);
    }

    @Test
    void fashionMnistIsBalanced() {
        Images train = FashionMnist.train();
        assertEquals(new ImageShape(28, 28, 1), train.shape());
        assertBalanced(train, 1000);
        assertPixelsFillTheUnitInterval(train);
        assertEquals("Ankle boot", train.classNames().get(train.label(0)));
        assertBalanced(FashionMnist.test(), 500);
    }

    @Test
    void digitsComeInTwoSizes() {
        assertEquals("Digits 8 × 8: 1797 images of 8 × 8 × 1, 10 classes", Digits.small().toString());
        assertPixelsFillTheUnitInterval(Digits.small());
        assertEquals(new ImageShape(20, 20, 1), Digits.medium().shape());
        assertBalanced(Digits.medium(), 500);
        assertPixelsFillTheUnitInterval(Digits.medium());
    }

    @Test
    void theProjectIsFoundFromAnySubfolder() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("notebooks/1/2"));
        Files.createDirectories(folder.resolve("datasets"));
        Files.writeString(folder.resolve("datasets/README.md"), "");
        assertEquals(folder, ProjectFolder.find(null, deep));
        assertEquals(folder, ProjectFolder.find("", deep));
        assertEquals(folder, ProjectFolder.find(folder.toString(), Path.of("/")));
    }

    @Test
    void aProjectThatIsNotFoundSaysWhereItWasLookedFor() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        String walked = assertThrows(DataFileException.class, () -> ProjectFolder.find(null, deep))
                .getMessage();
        for (Path tried = deep; tried != null; tried = tried.getParent())
            assertTrue(walked.contains(tried.toString()), walked);
        assertTrue(walked.contains("MECHANICS_HOME"), walked);
        String set = assertThrows(DataFileException.class, () -> ProjectFolder.find(deep.toString(), deep))
                .getMessage();
        assertTrue(set.contains("MECHANICS_HOME = " + deep), set);
    }
}
