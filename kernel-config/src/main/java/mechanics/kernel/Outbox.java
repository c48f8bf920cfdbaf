package mechanics.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Everything that a cell publishes goes out here, in order and from one thread.
 * <p>
 * One thread, because a cell's own thread is interrupted when the cell is stopped, and a thread that is interrupted while
 * it sends closes the message queue for good. Text is collected and sent ten times a second or every 64 kB, so that a
 * million printed lines are some hundred messages; a cell that prints faster than that waits.
 */
final class Outbox {

    /** Sends text of one stream to the front end. */
    interface Destination {

        /** Publishes standard output. */
        void output(String text);

        /** Publishes standard error. */
        void error(String text);
    }

    private static final int MOST_PENDING = 1 << 16;
    /** What a message costs beside its text: streams that alternate fast are many messages. */
    private static final int MESSAGE = 64;
    private static final long INTERVAL_MILLIS = 100;

    private enum Kind {
        OUTPUT, ERROR
    }

    private record Text(Kind kind, StringBuilder content) {}

    private final Deque<Text> pending = new ArrayDeque<>();
    private final ScheduledExecutorService sender = Executors
            .newSingleThreadScheduledExecutor(this::newThread);
    private final PrintStream out = new Endless(new Stream(Kind.OUTPUT));
    private final PrintStream err = new Endless(new Stream(Kind.ERROR));
    private Destination destination;
    private int pendingSize;
    private volatile Thread thread;

    Outbox() {
        // Runs as long as the kernel.
        var _ = sender.scheduleWithFixedDelay(this::flushNow, INTERVAL_MILLIS, INTERVAL_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private Thread newThread(Runnable task) {
        thread = new Thread(task, "outbox");
        thread.setDaemon(true);
        return thread;
    }

    /** Standard output of cells. */
    PrintStream out() { return out; }

    /** Standard error of cells. */
    PrintStream err() { return err; }

    /** Sends what is pending to where it belongs, and all that follows to a new destination. */
    void attach(Destination next) {
        send(() -> {
            synchronized (pending) {
                destination = next;
            }
        });
    }

    /** Sends what is pending. */
    void flush() { send(() -> {}); }

    /** Runs {@code message} on the sending thread, after the text before it, and waits for it. */
    void send(Runnable message) {
        if (Thread.currentThread() == thread) {
            message.run();
            return;
        }
        Future<?> sent = sender.submit(() -> {
            flushNow();
            message.run();
        });
        boolean interrupted = false;
        while (true) {
            try {
                sent.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a message could not be sent: " + e.getCause().getMessage(),
                        e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends what is pending now; what is printed meanwhile has to wait, or a cell that never rests would never end. */
    private void flushNow() {
        List<Text> texts;
        Destination to;
        synchronized (pending) {
            if (destination == null) {
                return;
            }
            to = destination;
            texts = List.copyOf(pending);
            pending.clear();
            pendingSize = 0;
        }
        for (Text text : texts) {
            switch (text.kind) {
                case OUTPUT -> to.output(text.content.toString());
                case ERROR -> to.error(text.content.toString());
            }
        }
    }

    private boolean append(Kind kind, CharSequence text) {
        synchronized (pending) {
            textFor(kind).content.append(text);
            pendingSize += text.length();
            return pendingSize > MOST_PENDING && destination != null;
        }
    }

    /** The text to append to: the last one, or a new one where the streams alternate. Called with the lock held. */
    private Text textFor(Kind kind) {
        if (pending.isEmpty() || pending.getLast().kind != kind) {
            pending.add(new Text(kind, new StringBuilder()));
            pendingSize += MESSAGE;
        }
        return pending.getLast();
    }

    /** Stays open: a cell that closes it, as a try around it does, would silence all cells after it. */
    private static final class Endless extends PrintStream {

        Endless(OutputStream target) { super(target, false, StandardCharsets.UTF_8); }

        @Override
        public void close() { flush(); }
    }

    /** Bytes in UTF-8 to text; a character whose bytes are not all there waits for the rest. */
    private final class Stream extends OutputStream {

        private final Kind kind;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
        private ByteBuffer rest = ByteBuffer.allocate(0);

        Stream(Kind kind) { this.kind = kind; }

        @Override
        public void write(int b) { write(new byte[]{(byte) b}, 0, 1); }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            boolean full;
            synchronized (this) {
                ByteBuffer in = ByteBuffer.allocate(rest.remaining() + length).put(rest)
                        .put(bytes, offset, length).flip();
                CharBuffer text = CharBuffer.allocate(in.remaining());
                decoder.decode(in, text, false);
                rest = in.slice();
                full = append(kind, text.flip());
            }
            if (full) {
                Outbox.this.flush();
            }
        }
    }
}
