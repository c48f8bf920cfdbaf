package mechanics.statistics;

/**
 * Whether one set of numbers is larger than another, by ranks alone: the test of Mann and Whitney (1947). U counts the
 * pairs in which the first set's number is larger, ties as half. If both sets come from one distribution, U has mean nm/2
 * and, without ties, variance nm(n + m + 1)/12, and is nearly normal from about eight numbers on.
 *
 * @param pairs U
 * @param size n, of the first set
 * @param otherSize m
 */
public record RankSum(double pairs, int size, int otherSize) {

    /** Compares two sets. Cost: n m. Not modified. */
    public static RankSum of(double[] numbers, double[] others) {
        if (numbers.length == 0 || others.length == 0)
            throw new IllegalArgumentException(
                    numbers.length + " and " + others.length + " numbers: expected at least one in both");
        double pairs = 0;
        for (double x : numbers) {
            for (double y : others) {
                if (Double.isNaN(x) || Double.isNaN(y))
                    throw new IllegalArgumentException(
                            "NaN among the numbers: expected numbers with an order");
                pairs += x > y ? 1 : x == y ? 0.5 : 0;
            }
        }
        return new RankSum(pairs, numbers.length, others.length);
    }

    /** The share of pairs in which the first set's number is larger: ½ for sets that are alike. */
    public double share() {
        return pairs / ((double) size * otherSize);
    }

    /** How many standard deviations U is above its mean for sets that are alike. */
    public double score() {
        double n = size, m = otherSize;
        return (pairs - n * m / 2) / Math.sqrt(n * m * (n + m + 1) / 12);
    }
}
