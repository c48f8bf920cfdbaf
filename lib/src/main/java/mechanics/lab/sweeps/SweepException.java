package mechanics.lab.sweeps;

/** A trial of a sweep threw: says at which point; the cause is what it threw. */
public final class SweepException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final int index;

    SweepException(String sweep, int index, Object point, Throwable cause) {
        super("sweep \"" + sweep + "\" failed at point " + index + " = " + point + ": " + cause, cause);
        this.index = index;
    }

    /** The index of the point. */
    public int index() { return index; }
}
