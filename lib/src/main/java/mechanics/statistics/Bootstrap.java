package mechanics.statistics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

import mechanics.base.Seed;

/**
 * How far a number that was fitted may be off: the interval that holds the middle 95 % of what is fitted to data made
 * anew. New data are the fitted values times 1 plus the relative residual of a random other point, drawn with
 * replacement, so that both the noise and what the law does not describe go into the interval. Residuals are made larger
 * by √(n/(n − p)), because a fit with p constants takes a part of them away.
 *
 * <p>Source: Efron, "Bootstrap methods: another look at the jackknife" (1979), section 7, for regression; Davison and
 * Hinkley, "Bootstrap methods and their application" (1997), section 6.2, for the factor. Cost: one fit for each draw.
 *
 * @param low the lower end of the interval
 * @param high the upper end
 */
public record Bootstrap(double low, double high) {
    private static final double TAIL = 0.025;

    /**
     * The interval of a number.
     *
     * @param measured y, at least two more than constants. Not modified.
     * @param fitted what the law says at the same points, all positive. Not modified.
     * @param constants p, the number of constants of the law
     * @param draws the number of new data sets, at least 40
     * @param seed for the draws
     * @param refit fits the law to other y at the same points and returns the number; called with a new array each time
     */
    public static Bootstrap of(double[] measured, double[] fitted, int constants, int draws, long seed,
            ToDoubleFunction<double[]> refit) {
        int n = measured.length;
        if (fitted.length != n || constants < 1 || n < constants + 2)
            throw new IllegalArgumentException(
                    "measured, fitted of " + n + ", " + fitted.length + " numbers, "
                            + constants
                            + " constants: expected equally many numbers, at least 2 more than constants");
        if (draws < 40) throw new IllegalArgumentException("draws = " + draws + ": expected at least 40");
        NonNegativeFit.requirePositive("fitted", fitted);
        double grow = Math.sqrt(n / (double) (n - constants));
        RandomGenerator random = Seed.of(seed).stream("bootstrap");
        var numbers = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            var y = new double[n];
            for (int i = 0; i < n; i++) {
                int other = random.nextInt(n);
                y[i] = fitted[i] * (1 + grow * (measured[other] / fitted[other] - 1));
            }
            numbers[draw] = refit.applyAsDouble(y);
        }
        Arrays.sort(numbers);
        int left = (int) Math.floor(TAIL * draws);
        return new Bootstrap(numbers[left], numbers[draws - 1 - left]);
    }

    /** Whether a number is inside. */
    public boolean holds(double value) {
        return low <= value && value <= high;
    }
}
