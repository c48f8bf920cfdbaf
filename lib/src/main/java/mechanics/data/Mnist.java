package mechanics.data;

import java.net.URI;

/**
 * MNIST (LeCun, Cortes and Burges 1998): hand-written digits, 28 × 28, 60,000 to train and 10,000 to test.
 * Not shipped; fetched when first asked for, 12 MB in all.
 */
public final class Mnist {

    private static final OfficialFile TRAIN_IMAGES = file("train-images-idx3-ubyte.gz", 9_912_422,
            "f68b3c2dcbeaaa9fbdd348bbdeb94873");
    private static final OfficialFile TRAIN_LABELS = file("train-labels-idx1-ubyte.gz", 28_881,
            "d53e105ee54ea40749a09fcbcd1e9432");
    private static final OfficialFile TEST_IMAGES = file("t10k-images-idx3-ubyte.gz", 1_648_877,
            "9fb629c4189551a2d022fa330f9573f3");
    private static final OfficialFile TEST_LABELS = file("t10k-labels-idx1-ubyte.gz", 4_542,
            "ec29112dd5afa0611ce80d1b7f02629c");

    private Mnist() {}

    /** The training images, from the {@linkplain Cache#standard() user's cache} or the network. */
    public static Images train() {
        return train(Cache.standard());
    }

    /** The training images. */
    public static Images train(Cache cache) {
        return Idx.images("MNIST train", cache.get(TRAIN_IMAGES), cache.get(TRAIN_LABELS), Digits.CLASSES,
                255);
    }

    /** The test images, from the {@linkplain Cache#standard() user's cache} or the network. */
    public static Images test() {
        return test(Cache.standard());
    }

    /** The test images. */
    public static Images test(Cache cache) {
        return Idx.images("MNIST test", cache.get(TEST_IMAGES), cache.get(TEST_LABELS), Digits.CLASSES, 255);
    }

    private static OfficialFile file(String name, long bytes, String md5) {
        return new OfficialFile("mnist", name,
                URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/" + name),
                bytes, md5);
    }
}
