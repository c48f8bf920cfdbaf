package mechanics.universality;

/**
 * How alike two representations look that have nothing to do with each other: independent isotropic Gaussian features
 * for the same n samples, of widths d and d′. With m = n − 1 degrees of freedom after centering, XᵀX is a Wishart
 * matrix, E ‖XᵀX‖² = m d (m + d + 1), and E ‖XᵀY‖² = m d d′.
 *
 * <p>Sources: moments of Wishart matrices as in Anderson, "An introduction to multivariate statistical analysis"; for
 * their role in comparing representations Murphy, Zylberberg and Fyshe (2024) and Gröger et al. (2026).
 *
 * @param samples n, at least 3
 * @param width d, positive
 * @param otherWidth d′, positive
 */
public record ChanceSimilarity(int samples, int width, int otherWidth) {

    /** @throws IllegalArgumentException if a number is too small */
    public ChanceSimilarity {
        require("samples", samples, 3);
        require("width", width, 1);
        require("otherWidth", otherWidth, 1);
    }

    /** The biased CKA: √(d d′ / ((m + d + 1)(m + d′ + 1))), a ratio of expectations. */
    public double cka() {
        return ckaWithOutlier(0);
    }

    /**
     * The biased CKA if one sample lies at distance R from the others in both representations. With the share
     * c = 1 − 1/n of R² that centering leaves,
     * <pre>
     *   ‖XᵀY‖² = m d d′ + R² c (d + d′) + R⁴ c²,   ‖XᵀX‖² = m d (m + d + 1) + 2 R² c (m + d + 1) + R⁴ c².
     * </pre>
     * It goes to 1 as R grows past (m d (m + d))^¼: one sample suffices.
     *
     * @param distance R, not negative
     */
    public double ckaWithOutlier(double distance) {
        if (!(distance >= 0) || Double.isInfinite(distance)) {
            throw new IllegalArgumentException("distance = " + distance + ": expected at least 0");
        }
        double m = samples - 1, d = width, e = otherWidth;
        double r = distance * distance * (1 - 1.0 / samples); // R² c
        double cross = m * d * e + r * (d + e) + r * r;
        return cross / Math.sqrt(square(m, d, r) * square(m, e, r));
    }

    private static double square(double m, double d, double r) {
        return (m * d + 2 * r) * (m + d + 1) + r * r;
    }

    /** The mean of the squared canonical correlations, max(d, d′) / m, and 1 where the features outnumber the samples. */
    public double meanSquaredCorrelation() {
        return Math.min(1, Math.max(width, otherWidth) / (samples - 1.0));
    }

    /**
     * The mutual alignment of k nearest neighbors, k / (n − 1).
     *
     * @param k from 1 to n − 1
     */
    public double neighbors(int k) {
        if (k < 1 || k >= samples) {
            throw new IllegalArgumentException("k = " + k + ": expected from 1 to " + (samples - 1));
        }
        return k / (samples - 1.0);
    }

    private static void require(String name, int value, int least) {
        if (value < least)
            throw new IllegalArgumentException(name + " = " + value + ": expected at least " + least);
    }
}
