package mechanics.universality;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.training.diffusion.Denoiser;

/**
 * The denoiser that makes the training loss least: the posterior mean if there were no images but the training images
 * xₖ, all equally likely,
 *
 * <pre>
 * D(x; σ) = Σₖ wₖ xₖ,   w = softmax(−‖x − xₖ‖² / 2σ²)
 * </pre>
 *
 * Its probability flow ends in one of the training images: a network that came to it would only copy. Cost: two
 * products of m × d with n × d for m images and n training images.
 */
public final class IdealDenoiser implements Denoiser {
    /** Images at a time. */
    private static final int BLOCK = 64;
    private final int count;
    private final int dimension;
    private final Array images;
    private final double[] halfNorms;

    private IdealDenoiser(double[][] images, int dimension) {
        count = images.length;
        this.dimension = dimension;
        this.images = Precision.FLOAT64.array(images);
        halfNorms = new double[count];
        for (int k = 0; k < count; k++) for (double v : images[k]) halfNorms[k] += v * v / 2;
    }

    /**
     * The denoiser of the given training images.
     *
     * @param images n × d, rows are images
     */
    public static IdealDenoiser of(double[][] images) {
        return new IdealDenoiser(images, requireImages(images));
    }

    @Override
    public double[][] denoise(double[][] noisy, double[] levels) {
        Denoiser.requireLevels(noisy, levels);
        var clean = new double[noisy.length][];
        for (int from = 0; from < noisy.length; from += BLOCK) {
            int m = Math.min(BLOCK, noisy.length - from);
            Array x = Precision.FLOAT64.array(m * dimension);
            for (int i = 0; i < m; i++) {
                requireLength(noisy[from + i], dimension);
                x.store(i * dimension, noisy[from + i], dimension);
            }
            Array w = Precision.FLOAT64.array(m * count);
            w.gemm(1, x, false, images, true, m, count, dimension, 0);
            for (int i = 0; i < m; i++) {
                // At level 0 the nearest image has all the weight.
                double square = Math.max(levels[from + i] * levels[from + i], 1e-12);
                for (int k = 0; k < count; k++) {
                    w.set(i * count + k, (w.get(i * count + k) - halfNorms[k]) / square);
                }
            }
            w.softmaxRows(w, count);
            x.gemm(1, w, false, images, false, m, dimension, count, 0);
            for (int i = 0; i < m; i++) {
                clean[from + i] = x.view(i * dimension, dimension).toDoubles();
            }
        }
        return clean;
    }

    /** Checks that there are images, all of one size, and gives their number of pixels. */
    static int requireImages(double[][] images) {
        if (images.length == 0 || images[0].length == 0) {
            throw new IllegalArgumentException(
                    images.length + " images: expected at least one, of at least one pixel");
        }
        for (double[] image : images) requireLength(image, images[0].length);
        return images[0].length;
    }

    static void requireLength(double[] image, int d) {
        if (image.length != d) {
            throw new IllegalArgumentException("image of " + image.length + " pixels: expected " + d);
        }
    }
}
