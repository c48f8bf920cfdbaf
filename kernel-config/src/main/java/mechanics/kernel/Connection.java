package mechanics.kernel;

import java.io.PrintStream;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;

/**
 * Jupyter's sockets. Every message that can be read is answered, with its busy and idle, whatever becomes of its handler;
 * what cannot be read is noted and forgotten.
 */
final class Connection extends JupyterConnection {

    private static final int POLL_MILLIS = 200;

    private final KernelConnectionProperties properties;
    private final Wire wire;
    private final Outbox outbox;
    private final PrintStream log;
    private final List<Thread> servers = new ArrayList<>();
    private volatile boolean closing;

    /**
     * Nothing is bound before {@link #connect()}.
     *
     * @param outbox what requests publish leaves through it
     * @param log    takes a line on what cannot be read
     */
    Connection(KernelConnectionProperties properties, Outbox outbox, PrintStream log)
            throws NoSuchAlgorithmException, InvalidKeyException {
        super(properties);
        this.properties = properties;
        this.wire = new Wire(properties);
        this.outbox = outbox;
        this.log = log;
        // By default the queue drops what a slow front end has not read yet: a cell's last words, or its end.
        iopub.setSndHWM(0);
        setHandler(Wire.type("connect_request"), (replies, message) -> ((Replies) replies).answer(Map.of(
                "shell_port", properties.getShellPort(), "iopub_port", properties.getIopubPort(),
                "stdin_port",
                properties.getStdinPort(), "hb_port", properties.getHbPort(), "control_port",
                properties.getControlPort())));
        setHandler(Wire.type("debug_request"), (replies, message) -> ((Replies) replies)
                .answer(noDebugger((JsonObject) (Object) message.getContent())));
    }

    /** In the debugger's own protocol, which travels inside of Jupyter's. */
    private static Map<String, Object> noDebugger(JsonObject request) {
        JsonElement number = request.get("seq");
        JsonElement command = request.get("command");
        return Map.of("type", "response", "seq", 0, "request_seq",
                number == null ? new com.google.gson.JsonPrimitive(0) : number, "command",
                command == null ? new com.google.gson.JsonPrimitive("") : command, "success", false,
                "message",
                "this kernel has no debugger");
    }

    @Override
    public void connect() {
        heartbeat.bind(properties);
        stdin.bind(properties);
        iopub.bind(properties);
        serve("shell", shell, properties.getShellPort());
        serve("control", control, properties.getControlPort());
        outbox.send(() -> iopub
                .sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING)));
    }

    private void serve(String name, ShellChannel channel, int port) {
        // Not the channel's own loop: an exception ends it for good, and it sleeps between messages.
        channel.bind(properties.getTransport() + "://" + properties.getIp() + ":" + port);
        channel.setReceiveTimeOut(POLL_MILLIS);
        Thread server = new Thread(() -> {
            while (!closing) {
                List<byte[]> frames = receive(channel);
                if (!frames.isEmpty()) {
                    answer(channel, frames);
                }
            }
        }, name);
        servers.add(server);
        server.start();
    }

    /** The frames of one message, none if none came for a while. */
    private static List<byte[]> receive(ShellChannel channel) {
        List<byte[]> frames = new ArrayList<>();
        byte[] frame = channel.recv();
        while (frame != null) {
            frames.add(frame);
            frame = channel.hasReceiveMore() ? channel.recv() : null;
        }
        return frames;
    }

    private void answer(ShellChannel channel, List<byte[]> frames) {
        switch (wire.read(frames)) {
            case Wire.Received.Noise noise -> log.println("a message was ignored: " + noise.reason());
            case Wire.Received.Malformed malformed -> {
                Replies replies = new Replies(channel, stdin, iopub, malformed.message(), outbox);
                replies.setBusyDeferIdle();
                refuse(replies, malformed.message(), "MalformedRequest", malformed.reason());
                replies.resolveDeferrals();
            }
            case Wire.Received.Whole whole -> handle(channel, whole.message());
        }
    }

    private <T> void handle(ShellChannel channel, Message<T> message) {
        Replies replies = new Replies(channel, stdin, iopub, message, outbox);
        MessageType<T> type = message.getHeader().getType();
        replies.setBusyDeferIdle();
        ShellHandler<T> handler = getHandler(type);
        try {
            if (handler == null) {
                refuse(replies, message, "UnknownRequest", "this kernel does not know " + type.getName());
            } else {
                handler.handle(replies, message);
            }
        } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
            log.println(type.getName() + " failed: " + e);
            refuse(replies, message, "KernelError", "the kernel itself failed: " + e);
        } finally {
            replies.resolveDeferrals();
        }
        closing |= replies.isMarkedForShutdown();
    }

    private static void refuse(Replies replies, Message<?> message, String name, String reason) {
        MessageType<?> type = message.getHeader().getType();
        if (type.getName().endsWith("_request") && !replies.replied()) {
            replies.replyError(Wire.replyType(type).error(), new ErrorReply(name, reason, List.of(reason)));
        }
    }

    @Override
    public void waitUntilClose() {
        for (Thread server : servers) {
            try {
                server.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
