package mechanics.universality;

/**
 * Random features of unit vectors and the kernel that they converge to. The kernel of n features is an average over
 * independent features, K̂(x, y) = (1/n) Σ f(x; wᵢ) f(y; wᵢ), so it has mean K and variance V/n, where V is the variance
 * of a single product. Both are known in closed form, as functions of the cosine c = x · y.
 *
 * <p>Over a set of inputs the relative error in the Frobenius norm is therefore
 * <pre>√(E ‖K̂ − K‖² / ‖K‖²) = √(Σ V / Σ K²) / √n,</pre>
 * exactly, for every n.
 *
 * <p>Sources: Rahimi and Recht, "Random features for large-scale kernel machines" (2007); Cho and Saul (2009) for the
 * Gaussian moments of rectified units.
 */
public enum RandomFeature {
    /**
     * f(x; w) = √2 max(w · x, 0), w standard normal. With c = cos θ,
     * K = (sin θ + (π − θ) cos θ)/π and E[f² f′²] = (2/π)(3 sin θ cos θ + (π − θ)(1 + 2 cos² θ)).
     */
    RELU {
        @Override
        public double kernel(double cosine) {
            double c = check(cosine), theta = Math.acos(c);
            return (Math.sin(theta) + (Math.PI - theta) * c) / Math.PI;
        }

        @Override
        double square(double c) {
            double theta = Math.acos(c);
            return 2 / Math.PI * (3 * Math.sin(theta) * c + (Math.PI - theta) * (1 + 2 * c * c));
        }
    },
    /**
     * The pair f(x; w) = (cos w · x, sin w · x), w standard normal, so that a product of features is cos w · (x − y).
     * K = e^(−|x − y|²/2) = e^(c − 1), and E cos² w · (x − y) = (1 + K⁴)/2.
     */
    FOURIER {
        @Override
        public double kernel(double cosine) { return Math.exp(check(cosine) - 1); }

        @Override
        double square(double c) { return (1 + Math.exp(4 * (c - 1))) / 2; }
    };

    /**
     * K.
     *
     * @param cosine c, from −1 to 1
     */
    public abstract double kernel(double cosine);

    /**
     * V = E[(f · f′)²] − K².
     *
     * @param cosine c, from −1 to 1
     */
    public double variance(double cosine) {
        double k = kernel(cosine);
        return Math.max(0, square(check(cosine)) - k * k);
    }

    /**
     * The root of the mean squared relative error of the kernel of n features, √(Σ V / Σ K²) / √n.
     *
     * @param cosines of all pairs of inputs, with those of each input and itself
     * @param features n, positive
     */
    public double relativeError(double[][] cosines, double features) {
        if (!(features > 0))
            throw new IllegalArgumentException("features = " + features + ": expected above 0");
        double variance = 0, square = 0;
        for (double[] row : cosines) {
            for (double c : row) {
                variance += variance(c);
                square += kernel(c) * kernel(c);
            }
        }
        return Math.sqrt(variance / square / features);
    }

    /** E[(f · f′)²]. */
    abstract double square(double cosine);

    /**
     * The rate at which an average of n independent terms converges if their tail is so heavy that the variance is
     * infinite: the error falls like n^(−rate) with rate 1 − 1/α for a tail index 1 &lt; α ≤ 2 (Gnedenko and Kolmogorov
     * 1954), and like n^(−½) above. Products of features whose weights are Student's t with ν degrees of freedom have
     * α = ν/2.
     *
     * @param tail α, above 1
     */
    public static double rate(double tail) {
        if (!(tail > 1))
            throw new IllegalArgumentException(
                    "tail = " + tail + ": expected above 1, as there is no mean below");
        return Math.min(0.5, 1 - 1 / tail);
    }

    private static double check(double cosine) {
        if (!(Math.abs(cosine) <= 1 + 1e-6))
            throw new IllegalArgumentException("cosine = " + cosine + ": expected from -1 to 1");
        return Math.clamp(cosine, -1.0, 1.0);
    }
}
