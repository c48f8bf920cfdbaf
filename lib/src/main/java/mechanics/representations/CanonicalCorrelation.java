package mechanics.representations;

import java.util.Arrays;

/**
 * The canonical correlations of two representations: the correlations of the pairs of linear readouts, one of each,
 * that correlate most, each pair uncorrelated with those before. They are the cosines of the principal angles between
 * the spaces that the features span over the samples, so they do not change under any invertible linear map of either
 * representation. Where a representation has as many features as samples, all of them are 1 and say nothing.
 *
 * <p>Cost: O(n (d² + d′²)), singular values by LAPACK through Smile. Sources: Hotelling (1936); Raghu et al., "SVCCA"
 * (2017); the summary by the mean is that of Kornblith et al. (2019), table 1.
 *
 * @param correlations falling, as many as the smaller rank, between 0 and 1
 */
public record CanonicalCorrelation(double[] correlations) {

    /**
     * All canonical correlations. Not modified.
     *
     * @param x n × d, rows are samples
     * @param y n × d′, rows are the same samples
     */
    public static CanonicalCorrelation of(Representation x, Representation y) {
        return singularVectors(x, y, 1);
    }

    /**
     * SVCCA: the canonical correlations of the leading principal components of each, as many as hold the given share of
     * its variance; 0.99 in the source. Not modified.
     *
     * @param x n × d, rows are samples
     * @param y n × d′, rows are the same samples
     * @param share the share of the variance that is kept, in (0, 1]
     */
    public static CanonicalCorrelation singularVectors(Representation x, Representation y, double share) {
        Features.requireSame(x, y, 2);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share = " + share + ": expected above 0 and at most 1");
        }
        double[] cosines = Features.of(x).basis(share).crossSingularValues(Features.of(y).basis(share));
        return new CanonicalCorrelation(Arrays.stream(cosines).map(c -> Math.min(c, 1)).toArray());
    }

    /** The mean ρ̄ of the correlations. */
    public double mean() {
        return Arrays.stream(correlations).average().orElseThrow();
    }
}
