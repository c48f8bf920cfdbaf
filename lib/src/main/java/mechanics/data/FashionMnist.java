package mechanics.data;

import java.util.List;

/**
 * Fashion-MNIST (Xiao, Rasul and Vollgraf 2017): grey pictures of clothes, 28 × 28, 10 classes.
 *
 * <p>
 * The project ships a balanced part: the first 1,000 images of each class of the training set and the first 500
 * of each class of the test set, in their original order.
 */
public final class FashionMnist {

    /** What the labels 0 to 9 stand for. */
    public static final List<String> CLASSES = List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
            "Sandal",
            "Shirt", "Sneaker", "Bag", "Ankle boot");

    private FashionMnist() {}

    /** 10,000 training images, 1,000 of each class. */
    public static Images train() {
        return shipped("Fashion-MNIST train (10k)", "train10k");
    }

    /** 5,000 test images, 500 of each class. */
    public static Images test() {
        return shipped("Fashion-MNIST test (5k)", "test5k");
    }

    private static Images shipped(String name, String part) {
        return Idx.images(name, ProjectFolder.dataset("fashion-mnist/" + part + "-images-idx3-ubyte.gz"),
                ProjectFolder.dataset("fashion-mnist/" + part + "-labels-idx1-ubyte.gz"), CLASSES, 255);
    }
}
