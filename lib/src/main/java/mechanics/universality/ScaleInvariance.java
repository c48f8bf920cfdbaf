package mechanics.universality;

/**
 * What a power spectrum P ∝ k^(−s) of pictures in the plane implies. If a scene looks the same at every magnification,
 * every octave of frequencies holds the same variance; the octave around k has ∝ k² frequencies, so P k² is constant:
 * s = 2 (Field 1987; Ruderman and Bialek 1994).
 *
 * @param exponent s
 */
public record ScaleInvariance(double exponent) {

    /** @throws IllegalArgumentException if the exponent is not finite */
    public ScaleInvariance {
        if (!Double.isFinite(exponent))
            throw new IllegalArgumentException("exponent = " + exponent + ": expected a finite number");
    }

    /** s = 2: no scale is special. */
    public static ScaleInvariance exact() { return new ScaleInvariance(2); }

    /** s = 0: every pixel for itself. */
    public static ScaleInvariance whiteNoise() {
        return new ScaleInvariance(0);
    }

    /** The variance of the octave 2k to 4k divided by that of k to 2k: 2^(2 − s). */
    public double octaveRatio() {
        return Math.pow(2, 2 - exponent);
    }

    /**
     * The variance of wavelet coefficients at one level divided by that at the next finer one, for a wavelet of unit
     * norm: 2^s. The coarser wavelet is the finer one at half the frequency and twice the height in Fourier space, so
     * that E c² = ∫ P |ψ̂|² scales like P.
     */
    public double waveletRatio() { return Math.pow(2, exponent); }

    /**
     * The kurtosis of Haar coefficients at a level if the pixels are shuffled: a coefficient is a sum of 4^level
     * independent pixels with signs, and excess kurtosis falls like one over their number,
     * 3 + (κ − 3) / 4^level.
     *
     * @param pixels κ, the kurtosis of the pixels
     * @param level from 1
     */
    public static double shuffledKurtosis(double pixels, int level) {
        if (level < 1) throw new IllegalArgumentException("level = " + level + ": expected at least 1");
        if (!(pixels >= 1))
            throw new IllegalArgumentException("pixels = " + pixels + ": expected a kurtosis, at least 1");
        return 3 + (pixels - 3) / Math.pow(4, level);
    }
}
