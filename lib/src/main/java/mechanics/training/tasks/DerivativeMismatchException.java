package mechanics.training.tasks;

/** A derivative that is not the one that finite differences show; the message names the entry and both numbers. */
public final class DerivativeMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DerivativeMismatchException(String message) { super(message); }
}
