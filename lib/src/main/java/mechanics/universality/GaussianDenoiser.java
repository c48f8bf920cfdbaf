package mechanics.universality;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.training.diffusion.Denoiser;

import smile.linalg.UPLO;
import smile.tensor.DenseMatrix;
import smile.tensor.ScalarType;

/**
 * The best linear denoiser (Wiener 1949): the posterior mean if images were normal with the mean μ and the covariance
 * C = V diag(λ) Vᵀ of the given ones,
 *
 * <pre>
 * D(x; σ) = μ + V diag(λ/(λ + σ²)) Vᵀ (x − μ)
 * </pre>
 *
 * Directions with more variance than the noise are kept, the others are left at the mean. Its probability flow has the
 * closed form of {@link #flow}. Cost: O(n d² + d³) once, then 2 d² per image.
 */
public final class GaussianDenoiser implements Denoiser {
    private final double[] mean;
    private final double[] variances;
    /** V, d × d, columns are directions. */
    private final Array directions;

    private GaussianDenoiser(double[] mean, double[] variances, Array directions) {
        this.mean = mean;
        this.variances = variances;
        this.directions = directions;
    }

    /**
     * The denoiser of images like the given ones.
     *
     * @param images n × d, rows are images
     */
    public static GaussianDenoiser of(double[][] images) {
        int d = IdealDenoiser.requireImages(images);
        var mean = new double[d];
        for (double[] image : images) for (int j = 0; j < d; j++) mean[j] += image[j] / images.length;
        Array centered = Precision.FLOAT64.array(images);
        for (int i = 0; i < images.length; i++) {
            for (int j = 0; j < d; j++) centered.set(i * d + j, images[i][j] - mean[j]);
        }
        Array covariance = Precision.FLOAT64.array(d * d);
        covariance.gemm(1.0 / images.length, centered, true, centered, false, d, d, images.length, 0);
        var matrix = DenseMatrix.zeros(ScalarType.Float64, d, d);
        for (int i = 0; i < d; i++) for (int j = 0; j < d; j++) matrix.set(i, j, covariance.get(i * d + j));
        var eigen = matrix.withUplo(UPLO.LOWER).eigen(false, true);
        double[] variances = eigen.wr().toArray(new double[d]);
        Array directions = Precision.FLOAT64.array(d * d);
        for (int j = 0; j < d; j++) {
            // Rounding may leave a variance of zero a little below.
            variances[j] = Math.max(0, variances[j]);
            for (int i = 0; i < d; i++) directions.set(i * d + j, eigen.Vr().get(i, j));
        }
        return new GaussianDenoiser(mean, variances, directions);
    }

    /** μ. A fresh copy. */
    public double[] mean() { return mean.clone(); }

    /** λ, the variances along the principal directions, in no order. A fresh copy. */
    public double[] variances() {
        return variances.clone();
    }

    @Override
    public double[][] denoise(double[][] noisy, double[] levels) {
        Denoiser.requireLevels(noisy, levels);
        return filter(noisy, (i, lambda) -> lambda == 0 ? 0 : lambda / (lambda + levels[i] * levels[i]));
    }

    /**
     * Where the probability flow takes images from level σ to level 0: each direction is scaled by √(λ/(λ + σ²)), so
     * that its variance λ + σ² becomes λ.
     *
     * @param noisy n × d, rows are images at level σ
     * @param sigma the noise level at which the flow begins
     */
    public double[][] flow(double[][] noisy, double sigma) {
        Denoiser.requireLevels(noisy, new double[noisy.length]);
        return filter(noisy, (_, lambda) -> lambda == 0 ? 0 : Math.sqrt(lambda / (lambda + sigma * sigma)));
    }

    /** What becomes of a direction of variance λ in image i. */
    private interface Gain {
        double of(int image, double variance);
    }

    private double[][] filter(double[][] noisy, Gain gain) {
        int d = mean.length;
        int n = noisy.length;
        Array x = Precision.FLOAT64.array(n * d);
        for (int i = 0; i < n; i++) {
            IdealDenoiser.requireLength(noisy[i], d);
            for (int j = 0; j < d; j++) x.set(i * d + j, noisy[i][j] - mean[j]);
        }
        Array along = Precision.FLOAT64.array(n * d);
        along.gemm(1, x, false, directions, false, n, d, d, 0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                along.set(i * d + j, along.get(i * d + j) * gain.of(i, variances[j]));
            }
        }
        x.gemm(1, along, false, directions, true, n, d, d, 0);
        double[][] clean = x.toRows(d);
        for (double[] image : clean) for (int j = 0; j < d; j++) image[j] += mean[j];
        return clean;
    }
}
