package mechanics.kernel;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;

import jdk.jshell.spi.ExecutionControl.ResolutionException;
import jdk.jshell.spi.ExecutionControl.RunException;
import jdk.jshell.spi.ExecutionControl.UserException;
import jdk.jshell.spi.SPIResolutionException;

/**
 * An exception of a cell as JShell hands it on. Exceptions are classes of the user: a message may itself throw, and
 * causes may run in a circle.
 */
final class Thrown {

    /** More causes than any report shows. */
    private static final int MOST_CAUSES = 20;

    private Thrown() {}

    static RunException byUser(Throwable thrown) {
        return convert(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static RunException convert(Throwable thrown, Set<Throwable> seen) {
        seen.add(thrown);
        if (thrown instanceof SPIResolutionException unresolved) {
            return new ResolutionException(unresolved.id(), unresolved.getStackTrace());
        }
        String name = thrown.getClass().getName();
        UserException converted = new UserException(
                ask(thrown::getMessage, "(getMessage of the exception fails)"), name,
                ask(thrown::getStackTrace, new StackTraceElement[0]));
        Throwable cause = ask(thrown::getCause, null);
        // Where a circle closes, or a chain gets endless, the rest is left out.
        converted.initCause(cause == null || seen.contains(cause) || seen.size() > MOST_CAUSES
                ? null
                : convert(cause, seen));
        return converted;
    }

    private static <T> T ask(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
            return otherwise;
        }
    }
}
