package mechanics.data;

import java.net.URI;
import java.util.List;

/**
 * Fashion-MNIST (Xiao, Rasul and Vollgraf 2017): grey pictures of clothes, 28 × 28, 10 classes.
 *
 * <p>
 * The project ships a balanced part: the first 1,000 images of each class of the training set and the first
 * 500 of each class of the test set, in their original order. The whole set, 60,000 and 10,000, is fetched
 * when first asked for, 31 MB in all.
 */
public final class FashionMnist {

    /** What the labels 0 to 9 stand for. */
    public static final List<String> CLASSES = List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
            "Sandal",
            "Shirt", "Sneaker", "Bag", "Ankle boot");

    private static final OfficialFile TRAIN_IMAGES = file("train-images-idx3-ubyte.gz", 26_421_880,
            "8d4fb7e6c68d591d4c3dfef9ec88bf0d");
    private static final OfficialFile TRAIN_LABELS = file("train-labels-idx1-ubyte.gz", 29_515,
            "25c81989df183df01b3e8a0aad5dffbe");
    private static final OfficialFile TEST_IMAGES = file("t10k-images-idx3-ubyte.gz", 4_422_102,
            "bef4ecab320f06d8554ea6380940ec79");
    private static final OfficialFile TEST_LABELS = file("t10k-labels-idx1-ubyte.gz", 5_148,
            "bb300cfdad3c16e7a12a480ee83cd310");

    private FashionMnist() {}

    /** 10,000 training images, 1,000 of each class, shipped with the project. */
    public static Images train() {
        return shipped("Fashion-MNIST train (10k)", "train10k");
    }

    /** 5,000 test images, 500 of each class, shipped with the project. */
    public static Images test() {
        return shipped("Fashion-MNIST test (5k)", "test5k");
    }

    /** All 60,000 training images, from the {@linkplain Cache#standard() user's cache} or the network. */
    public static Images fullTrain() {
        return fullTrain(Cache.standard());
    }

    /** All 60,000 training images. */
    public static Images fullTrain(Cache cache) {
        return Idx.images("Fashion-MNIST train", cache.get(TRAIN_IMAGES), cache.get(TRAIN_LABELS), CLASSES,
                255);
    }

    /** All 10,000 test images, from the {@linkplain Cache#standard() user's cache} or the network. */
    public static Images fullTest() {
        return fullTest(Cache.standard());
    }

    /** All 10,000 test images. */
    public static Images fullTest(Cache cache) {
        return Idx.images("Fashion-MNIST test", cache.get(TEST_IMAGES), cache.get(TEST_LABELS), CLASSES, 255);
    }

    private static Images shipped(String name, String part) {
        return Idx.images(name, ProjectFolder.dataset("fashion-mnist/" + part + "-images-idx3-ubyte.gz"),
                ProjectFolder.dataset("fashion-mnist/" + part + "-labels-idx1-ubyte.gz"), CLASSES, 255);
    }

    private static OfficialFile file(String name, long bytes, String md5) {
        return new OfficialFile("fashion-mnist", name,
                URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/" + name), bytes, md5);
    }
}
