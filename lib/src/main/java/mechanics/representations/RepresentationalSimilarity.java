package mechanics.representations;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.linalg.Rounding;

import smile.math.MathEx;

/**
 * Representational similarity analysis: how unlike two samples are, for all pairs, in one representation and in the
 * other, and the rank correlation of the two lists. Unlike means 1 − r with the correlation r of the two samples'
 * features. The rank correlation (Spearman's) makes it blind to any monotonic change of the dissimilarities.
 *
 * <p>Cost: n² (d + d′) multiply–adds and O(n² log n); the rank correlation is Smile's. Source: Kriegeskorte, Mur and
 * Bandettini (2008).
 */
public final class RepresentationalSimilarity {
    private RepresentationalSimilarity() {}

    /**
     * The rank correlation of the dissimilarities, between −1 and 1. Not modified.
     *
     * @param x n × d, rows are samples
     * @param y n × d′, rows are the same samples
     * @throws IllegalArgumentException for fewer than 3 samples, or a sample whose features are all equal
     */
    public static double of(Representation x, Representation y) {
        Features.requireSame(x, y, 3);
        return MathEx.spearman(dissimilarities(x), dissimilarities(y));
    }

    /**
     * 1 − r for the pairs (1, 0), (2, 0), (2, 1), …: n(n − 1)/2 numbers. Not modified.
     *
     * @param z n × d, rows are samples
     */
    public static double[] dissimilarities(Representation z) {
        int n = z.samples(), d = z.width();
        Array values = Precision.FLOAT64.array(z.values().length());
        values.copy(z.values());
        for (int i = 0; i < n; i++) {
            // Less the mean over features: the cosine of what is left is the correlation.
            Array row = values.view(i * d, d);
            double size = row.largest(), first = row.get(0), mean = 0;
            for (int j = 0; j < d; j++) mean += (row.get(j) - first) / d;
            for (int j = 0; j < d; j++) row.set(j, row.get(j) - first - mean);
            if (Rounding.isZero(row.largest(), size, z.values().precision())) {
                throw new IllegalArgumentException("sample " + i + " has features that are all equal, "
                        + z.values().get(i * d)
                        + ": expected different ones, as it has no correlation otherwise");
            }
        }
        var all = new int[n];
        for (int i = 0; i < n; i++) all[i] = i;
        Array cosines = MutualNeighbors.cosines(new Representation(values, n), all);
        var list = new double[n * (n - 1) / 2];
        int next = 0;
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < i; j++) list[next++] = 1 - rounded(cosines.get(i * n + j));
        }
        return list;
    }

    /** Ties are ties whatever the order of summation: to 12 digits after the point. */
    private static double rounded(double cosine) {
        return Math.rint(cosine * 1e12) / 1e12;
    }
}
