package mechanics.universality;

/**
 * Zipf's law on a range of ranks: the word of rank r has probability p(r) = r^(−a) / Σ s^(−a), the sum over the ranks
 * from {@code first} to {@code last}.
 *
 * <p>{@link #fit} finds a by maximum likelihood. The log-likelihood of counts c is −a Σ c(r) ln r − N ln Σ s^(−a), so at
 * its maximum the mean of ln r under the law is the mean over the words counted; its curvature is N times the variance
 * of ln r. A line through a logarithmic plot is no substitute: it gives every rank the same weight. Ranks must come from
 * other data than the counts, or the noise of rare words, sorted, looks like law (Piantadosi 2014).
 *
 * <p>Cost: O(ranks) for each of about 60 steps. Sources: Zipf (1949); Clauset, Shalizi and Newman (2009) for the method.
 *
 * @param exponent a
 * @param first the first rank, from 1
 * @param last the last rank, at least {@code first + 1}
 * @param standardError of a, if words were drawn independently; NaN for a law that was not fitted
 */
public record ZipfLaw(double exponent, int first, int last, double standardError) {
    private static final double STEEPEST = 20;

    /** @throws IllegalArgumentException if the exponent is not finite or the range is empty */
    public ZipfLaw {
        if (!Double.isFinite(exponent))
            throw new IllegalArgumentException("exponent = " + exponent + ": expected a finite number");
        if (first < 1 || last <= first) {
            throw new IllegalArgumentException(
                    "ranks " + first + " to " + last + ": expected 1 ≤ first < last");
        }
    }

    /**
     * The law with a given exponent.
     *
     * @param exponent α
     * @param first the first rank, from 1
     * @param last the last rank
     */
    public static ZipfLaw of(double exponent, int first, int last) {
        return new ZipfLaw(exponent, first, last, Double.NaN);
    }

    /**
     * The most likely exponent, between −20 and 20.
     *
     * @param counts how often the words of rank 1, 2, … occur. Not modified.
     * @param first the first rank to use
     * @param last the last rank to use, at most as many as counts
     * @throws IllegalArgumentException if a count is negative or fewer than two ranks have counts
     */
    public static ZipfLaw fit(int[] counts, int first, int last) {
        var range = of(1, first, last);
        if (last > counts.length) {
            throw new IllegalArgumentException(
                    "last = " + last + ": expected at most the " + counts.length + " ranks that there are");
        }
        double total = 0, sum = 0;
        int used = 0;
        for (int r = first; r <= last; r++) {
            int c = counts[r - 1];
            if (c < 0) throw new IllegalArgumentException("count = " + c + ": expected at least 0");
            if (c > 0) used++;
            total += c;
            sum += c * Math.log(r);
        }
        if (used < 2)
            throw new IllegalArgumentException(used + " ranks with counts: expected at least 2");
        double low = -STEEPEST, high = STEEPEST;
        while (high - low > 1e-12) {
            double middle = (low + high) / 2;
            // The mean of ln r falls as the law gets steeper.
            if (of(middle, first, last).logMoments()[0] > sum / total) low = middle;
            else
                high = middle;
            if (middle == low && middle == high) break;
        }
        double a = (low + high) / 2;
        double variance = of(a, range.first, range.last).logMoments()[1];
        return new ZipfLaw(a, first, last, 1 / Math.sqrt(total * variance));
    }

    /**
     * p(r).
     *
     * @param rank from {@code first} to {@code last}
     */
    public double probability(int rank) {
        if (rank < first || rank > last)
            throw new IllegalArgumentException("rank = " + rank + ": expected " + first + " to " + last);
        double sum = 0;
        for (int r = first; r <= last; r++) sum += Math.pow(r, -exponent);
        return Math.pow(rank, -exponent) / sum;
    }

    /** The mean and the variance of ln r. */
    private double[] logMoments() {
        double sum = 0, mean = 0, square = 0;
        // Relative to the first or last rank, whichever is likelier: nothing overflows.
        double reference = Math.log(exponent > 0 ? first : last);
        for (int r = first; r <= last; r++) {
            double log = Math.log(r), p = Math.exp(-exponent * (log - reference));
            sum += p;
            mean += p * log;
            square += p * log * log;
        }
        mean /= sum;
        return new double[]{mean, square / sum - mean * mean};
    }
}
