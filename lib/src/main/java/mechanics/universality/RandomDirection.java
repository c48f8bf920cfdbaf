package mechanics.universality;

import org.hipparchus.special.Erf;
import org.hipparchus.special.Gamma;

/**
 * What a direction shows that knows nothing: uniformly random in K dimensions, for data z that are white, with zero mean
 * and variance one in every direction. Of a unit vector w, E wₐ² w_b² is 1/(K(K + 2)), three times that for a = b. So the
 * kurtosis of w · z, averaged over all w, is exactly
 * <pre>E_w E_z (w · z)⁴ = 3 E|z|⁴ / (K(K + 2)).</pre>
 * Only the lengths of the samples enter, not their directions.
 *
 * @param dimension K, at least 2
 */
public record RandomDirection(int dimension) {

    /** @throws IllegalArgumentException if there are fewer than two dimensions */
    public RandomDirection {
        if (dimension < 2)
            throw new IllegalArgumentException("dimension = " + dimension + ": expected at least 2");
    }

    /**
     * The mean kurtosis, 3 E|z|⁴ / (K(K + 2)).
     *
     * @param fourthMoment E|z|⁴, at least K²
     */
    public double kurtosis(double fourthMoment) {
        double k = dimension;
        if (!(fourthMoment >= k * k * (1 - 1e-9)))
            throw new IllegalArgumentException(
                    "fourthMoment = " + fourthMoment + ": expected at least " + k * k
                            + ", as E|z|² is the dimension");
        return 3 * fourthMoment / (k * (k + 2));
    }

    /** The mean kurtosis if all samples have the same length: 3K / (K + 2), near that of a Gaussian. */
    public double kurtosisOfEqualLengths() {
        return kurtosis((double) dimension * dimension);
    }

    /**
     * The mean kurtosis if the coordinates of z, in some rotation, are independent: 3 + 3 (κ − 3) / (K + 2). A mixture of
     * many independent things is nearly Gaussian.
     *
     * @param kurtosis κ, the mean kurtosis of these coordinates, at least 1
     */
    public double kurtosisOfMixture(double kurtosis) {
        if (!(kurtosis >= 1))
            throw new IllegalArgumentException("kurtosis = " + kurtosis + ": expected at least 1");
        double k = dimension;
        return kurtosis(k * (k + 2) + k * (kurtosis - 3));
    }

    /**
     * The mean of the largest |cosine| of a random direction with the K axes of any rotation: E max|g| / E|g| for K
     * independent normal numbers g, as the length of g is independent of its direction. About √(2 ln K / K).
     */
    public double largestOverlap() {
        double k = dimension;
        // E max|g| = ∫ (1 − erf(t/√2)^K) dt: the trapezoidal rule, from 0 to where nothing is left
        double step = 1e-3, sum = 0.5;
        for (double t = step; t < 12; t += step) sum += 1 - Math.pow(Erf.erf(t / Math.sqrt(2)), k);
        double length = Math.sqrt(2) * Math.exp(Gamma.logGamma((k + 1) / 2) - Gamma.logGamma(k / 2));
        return step * sum / length;
    }
}
