package mechanics.data;

import java.util.List;

/** Hand-written digits in two small sizes. */
public final class Digits {

    /** What the labels 0 to 9 stand for. */
    public static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private Digits() {}

    /** 1,797 digits, 8 × 8, 17 grey levels (Alpaydin and Kaynak 1998). */
    public static Images small() {
        return Idx.images("Digits 8 × 8", ProjectFolder.dataset("digits-8x8/digits-images-idx3-ubyte.gz"),
                ProjectFolder.dataset("digits-8x8/digits-labels-idx1-ubyte.gz"), CLASSES, 16);
    }

    /** 5,000 digits, 20 × 20, 500 of each class, in random order; MNIST digits made smaller. */
    public static Images medium() {
        return Idx.images("Digits 20 × 20",
                ProjectFolder.dataset("digits-20x20/digits20-images-idx3-ubyte.gz"),
                ProjectFolder.dataset("digits-20x20/digits20-labels-idx1-ubyte.gz"), CLASSES, 255);
    }
}
