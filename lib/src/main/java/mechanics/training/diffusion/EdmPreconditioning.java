package mechanics.training.diffusion;

import mechanics.linalg.Array;

/**
 * How a network F is made a denoiser of images with variance 1 at the noise level σ (Karras et al. 2022, table 1 with
 * σ_data = 1):
 *
 * <pre>
 * D(x; σ) = skip x + out F(in x, told),   skip = 1/(1 + σ²),   out = σ/√(1 + σ²),   in = 1/√(1 + σ²),   told = ¼ ln σ
 * </pre>
 *
 * What F sees and what it has to say then have variance 1 at every level. Where σ is small F says what the noise was,
 * where it is large what the image was, and at σ = 0 D(x; 0) = x whatever F says.
 *
 * @param sigma σ, the standard deviation of the noise where that of the images is 1; at least 0
 */
public record EdmPreconditioning(double sigma) {
    /** Checks the level. */
    public EdmPreconditioning {
        if (!(sigma >= 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException(
                    "noise level = " + sigma + ": expected a finite number of at least 0");
        }
    }

    /** The factor of x itself. */
    public double skip() { return 1 / (1 + sigma * sigma); }

    /** The factor of what F says. */
    public double out() { return sigma * in(); }

    /** The factor of x as F sees it. */
    public double in() { return 1 / Math.sqrt(1 + sigma * sigma); }

    /** What F is told of the level, ¼ ln σ; below σ = 10⁻⁸ as there. */
    public double told() {
        return Math.log(Math.max(sigma, 1e-8)) / 4;
    }

    /**
     * What F should have said at x for D(x; σ) to be the given number; 0 at level 0, where nothing is asked.
     *
     * @param x a number of the noisy image
     * @param denoised D(x; σ), the same number of the denoised one
     * @return the number of F, (denoised − skip x) / out
     */
    public double asked(double x, double denoised) {
        return sigma == 0 ? 0 : (denoised - skip() * x) / out();
    }

    /**
     * Writes what F sees: a channel of the image and a channel that is {@link #told} everywhere. Modified: inputs.
     *
     * @param inputs n × 2d, rows are images; the two numbers of a pixel stand together
     * @param row the number of the image, from 0
     * @param noisy x, d numbers
     */
    void show(Array inputs, int row, double[] noisy) {
        double factor = in();
        double told = told();
        int at = 2 * row * noisy.length;
        for (double x : noisy) {
            inputs.set(at++, factor * x);
            inputs.set(at++, told);
        }
    }
}
