package mechanics.statistics;

/**
 * A mean of independent random draws and how far it may be off.
 *
 * @param mean the mean of the draws
 * @param standardError the standard deviation of the mean, √(sample variance / draws); NaN for a single draw
 * @param draws the number of draws
 */
public record Estimate(double mean, double standardError, int draws) {
    /** The mean of the given draws and its standard error. */
    public static Estimate of(double... draws) {
        if (draws.length == 0) throw new IllegalArgumentException("draws = []: expected at least one");
        double mean = 0;
        for (double draw : draws) mean += draw / draws.length;
        double variance = 0;
        for (double draw : draws) variance += (draw - mean) * (draw - mean) / (draws.length - 1);
        return new Estimate(mean, draws.length == 1 ? Double.NaN : Math.sqrt(variance / draws.length),
                draws.length);
    }
}
