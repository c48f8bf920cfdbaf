package mechanics.training;

import java.util.Arrays;
import java.util.stream.LongStream;

/** The steps at which something is measured. Step t is the state after t moves; 0 is the start. */
@FunctionalInterface
public interface MeasurementSchedule {
    /**
     * Whether to measure at step t.
     *
     * @param step the number of moves so far
     */
    boolean at(long step);

    /**
     * Steps 0, k, 2k, …
     *
     * @param k the steps between measurements, at least 1
     */
    static MeasurementSchedule every(long k) {
        if (k <= 0) throw new IllegalArgumentException("every " + k + " steps: expected at least 1");
        return step -> step % k == 0;
    }

    /**
     * The given steps.
     *
     * @param steps the steps at which it is measured, from 0
     */
    static MeasurementSchedule steps(long... steps) {
        var sorted = LongStream.of(steps).sorted().toArray();
        return step -> Arrays.binarySearch(sorted, step) >= 0;
    }

    /**
     * Step 0 and then about {@code perDecade} steps, equally spaced in ln t, between each power of ten and the next.
     *
     * @param perDecade how many from each power of ten to the next, at least 1
     */
    static MeasurementSchedule logarithmic(int perDecade) {
        if (perDecade <= 0)
            throw new IllegalArgumentException("perDecade = " + perDecade + ": expected at least 1");
        return step -> step <= 1 || interval(step, perDecade) > interval(step - 1, perDecade);
    }

    private static double interval(long step, int perDecade) {
        return Math.floor(perDecade * Math.log10((double) step));
    }

    /** Only at the end of {@link Run#train}, where every observable is measured. */
    static MeasurementSchedule end() {
        return _ -> false;
    }

    /**
     * The steps of either schedule.
     *
     * @param other what measures besides
     */
    default MeasurementSchedule or(MeasurementSchedule other) {
        return step -> at(step) || other.at(step);
    }
}
