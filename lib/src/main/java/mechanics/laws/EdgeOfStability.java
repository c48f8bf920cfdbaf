package mechanics.laws;

import java.util.Arrays;

/**
 * The empirical law of the edge of stability, read off a measured curve of sharpness: before the crossing the sharpness
 * rises towards the edge (2/η for gradient descent, see {@link LinearStability#edge}), after it it stays at or just
 * above the edge while the loss, averaged over some steps, keeps falling.
 *
 * <p>Source: Cohen, Kaur, Li, Kolter and Talwalkar, "Gradient descent on neural networks typically occurs at the edge
 * of stability" (2021), section 3.
 */
public final class EdgeOfStability {

    private final double edge;
    private final long[] steps;
    private final double[] sharpness;

    private EdgeOfStability(double edge, long[] steps, double[] sharpness) {
        this.edge = edge;
        this.steps = steps;
        this.sharpness = sharpness;
    }

    /**
     * A run at its edge.
     *
     * @param edge      the sharpness above which the rule is not stable, positive
     * @param steps     when was measured, rising
     * @param sharpness what was measured; NaN where there was nothing to measure yet
     */
    public static EdgeOfStability of(double edge, long[] steps, double[] sharpness) {
        if (!(edge > 0 && Double.isFinite(edge)))
            throw new IllegalArgumentException("edge = " + edge + ": expected a positive finite number");
        if (steps.length != sharpness.length)
            throw new IllegalArgumentException(
                    "sharpness has " + sharpness.length + " values: expected " + steps.length
                            + ", one for each step");
        if (steps.length == 0) throw new IllegalArgumentException("steps = []: expected at least one");
        for (int i = 1; i < steps.length; i++) {
            if (steps[i] <= steps[i - 1])
                throw new IllegalArgumentException(
                        "step " + steps[i] + " after " + steps[i - 1] + ": expected rising steps");
        }
        return new EdgeOfStability(edge, steps.clone(), sharpness.clone());
    }

    /** The edge. */
    public double edge() { return edge; }

    /** Whether the first number measured is above the edge: then the run begins with a catapult. */
    public boolean startsAbove() {
        return Arrays.stream(sharpness).filter(Double::isFinite).limit(1).anyMatch(s -> s > edge);
    }

    /** Whether the sharpness comes from below the edge to the edge. */
    public boolean isReached() {
        return crossingIndex() >= 0;
    }

    /**
     * The step at which the sharpness first comes from below to the edge, between two measurements by a straight line.
     *
     * @throws IllegalStateException if it never does
     */
    public double crossing() {
        int i = crossingIndex();
        if (i < 0)
            throw new IllegalStateException(
                    "the edge " + edge + " is not reached in " + steps[steps.length - 1]
                            + " steps: ask isReached first");
        double share = (edge - sharpness[i - 1]) / (sharpness[i] - sharpness[i - 1]);
        return steps[i - 1] + share * (steps[i] - steps[i - 1]);
    }

    /**
     * Where the sharpness stays: its median over the last third of the steps after the crossing, in units of the edge;
     * over the last third of all steps if the edge is not reached.
     */
    public double plateau() {
        double end = steps[steps.length - 1];
        double start = isReached() ? crossing() : steps[0];
        double from = end - (end - start) / 3;
        double[] late = new double[steps.length];
        int count = 0;
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] >= from && Double.isFinite(sharpness[i])) late[count++] = sharpness[i];
        }
        if (count == 0)
            throw new IllegalStateException(
                    "no sharpness after step " + from + ": expected some in the last third");
        Arrays.sort(late, 0, count);
        return (late[(count - 1) / 2] + late[count / 2]) / 2 / edge;
    }

    /**
     * The share of windows after the crossing whose mean loss is below that of the window before.
     *
     * @param losses the loss at every step from 0 on
     * @param window the length of a window in steps, positive
     * @throws IllegalStateException if the edge is not reached, or not two windows before the end
     */
    public double fallingWindows(double[] losses, int window) {
        if (window <= 0) throw new IllegalArgumentException("window = " + window + ": expected at least 1");
        int from = (int) Math.ceil(crossing());
        int count = (losses.length - from) / window;
        if (count < 2)
            throw new IllegalStateException(
                    losses.length - from + " losses after the crossing: expected at least "
                            + 2 * window);
        double before = mean(losses, from, window);
        int falling = 0;
        for (int w = 1; w < count; w++) {
            double now = mean(losses, from + w * window, window);
            if (now < before) falling++;
            before = now;
        }
        return falling / (count - 1.0);
    }

    private static double mean(double[] values, int from, int count) {
        return Arrays.stream(values, from, from + count).average().orElseThrow();
    }

    /** The first measurement at or above the edge whose predecessor is below it; −1 if there is none. */
    private int crossingIndex() {
        for (int i = 1; i < steps.length; i++) {
            if (sharpness[i - 1] < edge && sharpness[i] >= edge) return i;
        }
        return -1;
    }
}
