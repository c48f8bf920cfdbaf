package mechanics.kernel;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;

/**
 * "Run all" sends all cells at once; after one that fails, those that were already waiting must not run. Waiting means:
 * sent before the failure, and read from the queue right after it.
 */
final class AbortAfterError {

    /** The protocol layer looks for the next message every 50 ms. */
    private static final Duration NEXT = Duration.ofMillis(200);

    private Instant failed = Instant.MIN;
    private Instant last = Instant.MIN;

    /** A cell has failed, now. */
    void begin() {
        failed = Instant.now();
        last = failed;
    }

    /** Whether a request was waiting when the last cell failed. */
    boolean covers(Header<?> request) {
        Instant now = Instant.now();
        if (failed.equals(Instant.MIN) || now.isAfter(last.plus(NEXT)) || !sent(request).isBefore(failed)) {
            failed = Instant.MIN;
            return false;
        }
        last = now;
        return true;
    }

    private static Instant sent(Header<?> request) {
        try {
            return OffsetDateTime.parse(request.getTimestamp().getDateString()).toInstant();
        } catch (DateTimeException | NullPointerException e) {
            return Instant.MAX;
        }
    }

    /** The reply to a request that is not carried out. */
    Message<ErrorReply> reply(MessageContext request) {
        MessageType<ErrorReply> type = ExecuteReply.MESSAGE_TYPE.error();
        return new Message<>(request, type, new Aborted());
    }

    private static final class Aborted extends ErrorReply {
        Aborted() { super("Aborted", "a cell before this one failed", java.util.List.of()); }
    }
}
