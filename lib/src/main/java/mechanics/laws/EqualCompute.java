package mechanics.laws;

import java.util.Arrays;

import mechanics.statistics.NonNegativeFit;

/**
 * Networks of several sizes that were given the same compute: the loss against ln N has a minimum between networks that
 * are too small to learn more and networks that saw too little. A parabola through the points around the lowest one finds
 * it between the sizes that were trained.
 *
 * <p>Source: Hoffmann et al. (2022), section 3.2, "IsoFLOP profiles".
 *
 * @param size N at the minimum
 * @param loss L at the minimum
 * @param curvature d²L/d(ln N)² there, positive: how much a wrong size costs
 */
public record EqualCompute(double size, double loss, double curvature) {

    /**
     * Whether there are three points and the lowest is neither the first nor the last, so that it can be bettered.
     *
     * @param sizes N of each run, rising
     * @param losses L of each run, as many
     */
    public static boolean brackets(double[] sizes, double[] losses) {
        if (sizes.length < 3 && sizes.length == losses.length) return false;
        int least = least(sizes, losses);
        return least > 0 && least < sizes.length - 1;
    }

    /**
     * The parabola through the lowest point and its two neighbors.
     *
     * @param sizes N, ascending, at least three. Not modified.
     * @param losses as many. Not modified.
     * @throws IllegalArgumentException if the lowest point is the first or the last
     */
    public static EqualCompute of(double[] sizes, double[] losses) {
        if (!brackets(sizes, losses))
            throw new IllegalArgumentException("losses " + Arrays.toString(losses)
                    + ": expected the lowest between two others");
        int i = least(sizes, losses);
        double x0 = Math.log(sizes[i]);
        double left = Math.log(sizes[i - 1]) - x0, right = Math.log(sizes[i + 1]) - x0;
        double riseLeft = (losses[i - 1] - losses[i]) / left, riseRight = (losses[i + 1] - losses[i]) / right;
        double half = (riseRight - riseLeft) / (right - left);
        double slope = riseLeft - half * left;
        double x = -slope / (2 * half);
        return new EqualCompute(Math.exp(x0 + x), losses[i] - slope * slope / (4 * half), 2 * half);
    }

    private static int least(double[] sizes, double[] losses) {
        NonNegativeFit.requirePositive("sizes", sizes);
        if (sizes.length != losses.length || sizes.length < 3)
            throw new IllegalArgumentException("sizes, losses of " + sizes.length + ", " + losses.length
                    + " numbers: expected equally many, at least 3");
        int least = 0;
        for (int i = 1; i < losses.length; i++) {
            if (sizes[i] <= sizes[i - 1])
                throw new IllegalArgumentException(
                        "sizes " + Arrays.toString(sizes) + ": expected to ascend");
            if (losses[i] < losses[least]) least = i;
        }
        return least;
    }
}
