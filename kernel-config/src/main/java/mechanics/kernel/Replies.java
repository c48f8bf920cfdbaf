package mechanics.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.KernelTimestamp;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;

/**
 * The answers to one request: what it publishes goes through the {@link Outbox}, its reply and the status idle come last.
 * <p>
 * Deferring belongs to the thread that handles the request. Other threads publish on the same object at any time, and what
 * they publish must neither wait for the end nor, in place of the reply, make the reply go early.
 */
final class Replies extends ShellReplyEnvironment {

    private static final Gson GSON = new Gson();

    private final Outbox outbox;
    private final Thread handler = Thread.currentThread();
    private final Deque<Runnable> deferred = new ArrayDeque<>();
    private boolean deferring;
    private boolean busy;
    private boolean replied;

    Replies(ShellChannel shell, StdinChannel stdin, JupyterSocket iopub, MessageContext request,
            Outbox outbox) {
        super(shell, stdin, iopub, request);
        this.outbox = outbox;
    }

    /** Whether a reply was sent or waits for the end. */
    boolean replied() { return replied; }

    /** Replies with these fields. */
    void answer(Map<String, ?> content) { answer(GSON.toJsonTree(content)); }

    /** Replies with this content. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the content of every type is an object of JSON in the end
    void answer(JsonElement content) {
        MessageType type = Wire.replyType(getContext().getHeader().getType());
        reply(new Message(getContext(), type, content));
    }

    @Override
    public ShellReplyEnvironment defer() {
        deferring = true;
        return this;
    }

    @Override
    public void defer(Runnable action) { deferred.push(action); }

    /** Whether this message is the one to defer. */
    private boolean isDeferred() {
        if (Thread.currentThread() != handler || !deferring) {
            return false;
        }
        deferring = false;
        return true;
    }

    @Override
    public void publish(Message<?> message) {
        if (isDeferred()) {
            deferred.push(() -> publish(message));
        } else {
            outbox.send(() -> getIopub().sendMessage(stamped(message, message.getContent())));
        }
    }

    @Override
    public void reply(Message<?> message) {
        replied = true;
        if (isDeferred()) {
            deferred.push(() -> reply(message));
        } else {
            getShell().sendMessage(stamped(message, withStatus(message.getContent())));
        }
    }

    /** Every reply has a status. */
    private static Object withStatus(Object content) {
        JsonElement json = content instanceof ErrorReply ? null : GSON.toJsonTree(content);
        if (!(json instanceof JsonObject object)) {
            return content;
        }
        if (!object.has("status")) {
            object.addProperty("status", "ok");
        }
        return object;
    }

    /** The date as ISO 8601 asks for it; the protocol layer's own lacks the seconds, and clients then do not read it. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the content stands for one of the header's type
    private static Message<?> stamped(Message<?> message, Object content) {
        Header<?> header = message.getHeader();
        var date = new KernelTimestamp(Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
        Header<?> dated = new Header<>(header.getId(), header.getUsername(), header.getSessionId(), date,
                header.getType(), header.getVersion());
        return new Message(message.getIdentities(), dated, message.getParentHeader(), message.getMetadata(),
                content, message.getBlobs());
    }

    /** The first call counts: the connection makes it for every request, its handler often again. */
    @Override
    public void setBusyDeferIdle() {
        if (!busy) {
            busy = true;
            super.setBusyDeferIdle();
        }
    }

    /** The reply and the status idle come after everything that the cell printed. */
    @Override
    public void resolveDeferrals() {
        outbox.flush();
        while (!deferred.isEmpty()) {
            deferred.pop().run();
        }
    }
}
