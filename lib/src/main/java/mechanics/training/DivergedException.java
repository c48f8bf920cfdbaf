package mechanics.training;

/** A run met NaN or infinite numbers. Its parameters are those at which it did. */
public final class DivergedException extends IllegalStateException {
    private static final long serialVersionUID = 1;
    private final long step;

    DivergedException(long step, String message) {
        super(message);
        this.step = step;
    }

    /** The number of moves before. */
    public long step() { return step; }
}
