package mechanics.universality;

import java.util.ArrayList;
import java.util.List;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.training.diffusion.Denoiser;

/**
 * The analytic local denoiser (Kamb and Ganguli 2025, "equivariant local score machine"): the best denoiser among those
 * that look, for each pixel, at nothing but the square patch around it, and treat all places alike. It is the posterior
 * mean of the patch's central pixel over all patches p of all training images, wherever they are,
 *
 * <pre>
 * D(x; σ) at pixel i = Σ_p w_p (center of p),   w = softmax(−‖patch of x around i − p‖² / 2σ²)
 * </pre>
 *
 * A convolutional network pads images with zeros, and a pixel whose patch reaches over the border sees zeros without
 * noise there. So it knows how far it is from the border, and its patch is compared only with training patches that
 * reach over in the same way; they stand at the same distance from it. A patch that covers the whole image from
 * everywhere leaves only the same place of every image: this is the {@link IdealDenoiser}.
 *
 * <p>Cost per image: about h w × n h w × s² multiply-adds for n training images and patches of s × s, as one product of
 * matrices for each kind of place, and as many exponentials as there are pairs of patches.
 */
public final class LocalDenoiser implements Denoiser {
    /** Pairs of patches at a time: their weights stay in the cache. */
    private static final int PAIRS = 1 << 20;
    private final int height;
    private final int width;
    private final int size;
    private final List<Kind> kinds;

    /**
     * The places whose patches reach over the border in the same way, and the training patches there.
     *
     * @param places pixel numbers
     * @param patches m × s², from all training images at all places
     * @param centers their central pixels
     * @param halfNorms ½‖p‖²
     */
    private record Kind(List<Integer> places, Array patches, Array centers, Array halfNorms) {}

    private LocalDenoiser(int height, int width, int size, List<Kind> kinds) {
        this.height = height;
        this.width = width;
        this.size = size;
        this.kinds = kinds;
    }

    /**
     * The denoiser of the given training images.
     *
     * @param images n × height · width, rows are grey images row by row
     * @param height in pixels
     * @param width in pixels
     * @param size s, odd: the rows and columns of a patch, as large as a network's receptive field
     */
    public static LocalDenoiser of(double[][] images, int height, int width, int size) {
        if (size < 1 || size % 2 == 0) {
            throw new IllegalArgumentException("size = " + size + ": expected an odd number of at least 1");
        }
        int d = IdealDenoiser.requireImages(images);
        if (height < 1 || d != height * width) {
            throw new IllegalArgumentException(
                    "images of " + d + " pixels: expected " + height + " × " + width);
        }
        var kinds = new ArrayList<Kind>();
        for (List<Integer> rows : alike(height, size / 2)) {
            for (List<Integer> columns : alike(width, size / 2)) {
                var places = new ArrayList<Integer>();
                for (int i : rows) for (int j : columns) places.add(i * width + j);
                kinds.add(kind(images, height, width, size, places));
            }
        }
        return new LocalDenoiser(height, width, size, List.copyOf(kinds));
    }

    /** The coordinates in groups from which equally many steps, up to the radius, lead to either border. */
    private static List<List<Integer>> alike(int length, int radius) {
        var groups = new ArrayList<List<Integer>>();
        var inside = new ArrayList<Integer>();
        for (int i = 0; i < length; i++) {
            if (i >= radius && length - 1 - i >= radius) inside.add(i);
            else
                groups.add(List.of(i));
        }
        if (!inside.isEmpty()) groups.add(inside);
        return groups;
    }

    private static Kind kind(double[][] images, int height, int width, int size, List<Integer> places) {
        int entries = size * size;
        int m = images.length * places.size();
        Array patches = Precision.FLOAT32.array(Math.multiplyExact(m, entries));
        Array centers = Precision.FLOAT32.array(m);
        Array halfNorms = Precision.FLOAT32.array(m);
        var patch = new double[entries];
        int k = 0;
        for (double[] image : images) {
            for (int place : places) {
                cut(image, height, width, size, place, patch);
                double norm = 0;
                for (double v : patch) norm += v * v;
                patches.store(k * entries, patch, entries);
                centers.set(k, image[place]);
                halfNorms.set(k++, norm / 2);
            }
        }
        return new Kind(places, patches, centers, halfNorms);
    }

    /** The patch around a pixel, zeros outside the image. Modified: patch. */
    private static void cut(double[] image, int height, int width, int size, int place, double[] patch) {
        int top = place / width - size / 2;
        int left = place % width - size / 2;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                int row = top + i;
                int column = left + j;
                boolean inside = row >= 0 && row < height && column >= 0 && column < width;
                patch[i * size + j] = inside ? image[row * width + column] : 0;
            }
        }
    }

    @Override
    public double[][] denoise(double[][] noisy, double[] levels) {
        Denoiser.requireLevels(noisy, levels);
        for (double[] image : noisy) IdealDenoiser.requireLength(image, height * width);
        var clean = new double[noisy.length][height * width];
        for (Kind kind : kinds) denoise(kind, noisy, levels, clean);
        return clean;
    }

    /** The pixels of one kind. Modified: clean. */
    private void denoise(Kind kind, double[][] noisy, double[] levels, double[][] clean) {
        int m = kind.centers.length();
        int entries = size * size;
        int all = noisy.length * kind.places.size();
        int block = Math.max(1, Math.min(PAIRS / m, all));
        var patch = new double[entries];
        for (int from = 0; from < all; from += block) {
            int n = Math.min(block, all - from);
            Array x = Precision.FLOAT32.array(n * entries);
            Array w = Precision.FLOAT32.array(n * m);
            var square = new double[n];
            for (int i = 0; i < n; i++) {
                int image = (from + i) / kind.places.size();
                cut(noisy[image], height, width, size, kind.places.get((from + i) % kind.places.size()),
                        patch);
                // At level 0 the nearest patch has all the weight.
                square[i] = Math.max(levels[image] * levels[image], 1e-8);
                for (int j = 0; j < entries; j++) patch[j] /= square[i];
                x.store(i * entries, patch, entries);
            }
            w.gemm(1, x, false, kind.patches, true, n, m, entries, 0);
            for (int i = 0; i < n; i++) w.view(i * m, m).add(-1 / square[i], kind.halfNorms);
            w.softmaxRows(w, m);
            Array means = Precision.FLOAT32.array(n);
            means.gemm(1, w, false, kind.centers, false, n, 1, m, 0);
            for (int i = 0; i < n; i++) {
                clean[(from + i) / kind.places.size()][kind.places
                        .get((from + i) % kind.places.size())] = means.get(i);
            }
        }
    }

    @Override
    public String toString() {
        int patches = kinds.stream().mapToInt(kind -> kind.centers.length()).sum();
        return "local denoiser, patches of " + size + " × " + size + ", " + patches + " of them in "
                + kinds.size() + " kinds of place";
    }
}
