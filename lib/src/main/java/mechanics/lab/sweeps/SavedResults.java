package mechanics.lab.sweeps;

import java.nio.file.Path;
import java.util.List;

import mechanics.lab.predictions.Check;

/**
 * The results of a {@link SavedSweep}, and whether they are of now. {@link Check#from} marks a check by it.
 *
 * @param values     in the order of the points
 * @param loaded     how many of them were loaded
 * @param file       where from
 * @param provenance of what was loaded
 */
public record SavedResults<R>(List<R> values, int loaded, Path file, Provenance provenance) {

    /** Copies the list. */
    public SavedResults {
        values = List.copyOf(values);
        if (loaded < 0 || loaded > values.size()) {
            throw new IllegalArgumentException(
                    "loaded = " + loaded + ": expected 0 to " + values.size() + ", the number of values");
        }
    }

    /** Whether all results were computed now. */
    public boolean recomputed() { return loaded == 0; }

    @Override
    public String toString() {
        return values.size() + " results, " + (recomputed()
                ? "all computed now"
                : loaded + " of them loaded from " + provenance.words()
                        + "; --scale full computes them again");
    }
}
