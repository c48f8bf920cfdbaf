package mechanics.lab.sweeps;

import java.nio.file.Path;

/** Results of a sweep's points that need not be computed. */
interface KnownResults<R> {

    /**
     * Whether there is a result.
     *
     * @param key   of the point, the sweep and the version of its code
     * @param point as JSON
     */
    boolean contains(String key, String point);

    /** The result; there must be one. */
    R get(String key, String point);

    /** Takes a result that was computed. */
    void put(String key, String point, R result);

    /** Where the results are kept. */
    Path place();
}
