package mechanics.training.diffusion;

import java.util.Arrays;

/**
 * A denoiser D(x; σ): what an image was before normal noise of standard deviation σ was added to it. The best one in
 * mean square is the posterior mean E[clean | x], and by it a distribution is known at every noise level: the
 * gradient of its log density there is (D(x; σ) − x) / σ² (Robbins 1956; Miyasawa 1961; Vincent 2011).
 */
@FunctionalInterface
public interface Denoiser {
    /**
     * The clean images.
     *
     * @param noisy n × d, rows are images
     * @param levels the n noise levels σ
     * @return n × d in new arrays
     */
    double[][] denoise(double[][] noisy, double[] levels);

    /**
     * The clean images, where all have the same noise level.
     *
     * @param noisy n × d, rows are samples
     * @param level σ, the standard deviation of the noise
     * @return n × d in new arrays
     */
    default double[][] denoise(double[][] noisy, double level) {
        var levels = new double[noisy.length];
        Arrays.fill(levels, level);
        return denoise(noisy, levels);
    }

    /**
     * Checks that there is one level for each image, none of them negative.
     *
     * @param noisy n × d, rows are samples
     * @param levels σ of each sample, length n
     * @throws IllegalArgumentException with the expectation, where that is not so
     */
    static void requireLevels(double[][] noisy, double[] levels) {
        if (levels.length != noisy.length) {
            throw new IllegalArgumentException(levels.length + " noise levels: expected one for each of "
                    + noisy.length + " images");
        }
        for (double level : levels) {
            if (!(level >= 0) || Double.isInfinite(level)) {
                throw new IllegalArgumentException(
                        "noise level = " + level + ": expected a finite number of at least 0");
            }
        }
    }
}
