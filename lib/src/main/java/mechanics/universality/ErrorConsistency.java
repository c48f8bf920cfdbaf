package mechanics.universality;

/**
 * How many of n samples two learners both get wrong if one's errors say nothing about the other's. Given how many errors
 * each makes, E and E′, every set of E′ samples is equally likely, so the number of common errors is hypergeometric:
 * <pre>mean E E′ / n,    variance E E′ (n − E)(n − E′) / (n² (n − 1)).</pre>
 *
 * <p>Source: for errors of classifiers Geirhos, Meding and Wichmann, "Beyond accuracy: quantifying trial-by-trial
 * behaviour of CNNs and humans by measuring error consistency" (2020).
 *
 * @param samples n, at least 2
 * @param errors E, from 1 to n − 1
 * @param otherErrors E′, from 1 to n − 1
 */
public record ErrorConsistency(int samples, int errors, int otherErrors) {

    /** @throws IllegalArgumentException if a learner is always right or always wrong: nothing can be said then */
    public ErrorConsistency {
        if (samples < 2) throw new IllegalArgumentException("samples = " + samples + ": expected at least 2");
        require("errors", errors, samples);
        require("otherErrors", otherErrors, samples);
    }

    /** The mean number of common errors, E E′ / n. */
    public double mean() {
        return (double) errors * otherErrors / samples;
    }

    /** The standard deviation of the number of common errors. */
    public double deviation() {
        double n = samples;
        return Math.sqrt(mean() * (1 - errors / n) * (n - otherErrors) / (n - 1));
    }

    /**
     * How many standard deviations a number of common errors lies above its mean.
     *
     * @param common the number of samples that both get wrong
     * @return negative below the mean
     */
    public double score(double common) { return (common - mean()) / deviation(); }

    /**
     * The error consistency of Geirhos et al., Cohen's κ of being right: (c − c₀) / (1 − c₀), where c is the share of samples
     * that both get right or both wrong, and c₀ that share if the errors are independent. 0 for independent errors, 1 for
     * the same ones.
     *
     * @param common the number of samples that both get wrong
     * @return at most 1
     */
    public double consistency(double common) {
        double n = samples;
        double both = (n - errors - otherErrors + 2 * common) / n;
        double chance = (n - errors - otherErrors + 2 * mean()) / n;
        return (both - chance) / (1 - chance);
    }

    private static void require(String name, int value, int samples) {
        if (value < 1 || value >= samples)
            throw new IllegalArgumentException(
                    name + " = " + value + ": expected from 1 to " + (samples - 1));
    }
}
