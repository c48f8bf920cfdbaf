package mechanics.lab;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.LongSupplier;

import mechanics.base.Numerals;
import mechanics.training.Run;

/**
 * How far a long piece of work is, in one line that vanishes when the work is done:
 *
 * <pre>{@code
 * try (var progress = Progress.of("training", 10_000)) {
 *     for (int i = 0; i < 10_000; i++) {
 *         …
 *         progress.step();
 *     }
 * }
 * }</pre>
 *
 * <p>
 * Work of less than two seconds shows nothing. May be stepped from several threads.
 */
public final class Progress implements AutoCloseable {

    /** Where lines are shown. The kernel sets one that updates a single display. */
    public interface Sink {

        /** Shows the line in place of the one before. */
        void show(String line);

        /** Removes the line: the work is done. */
        void clear();

        /** The least time between two lines. */
        default Duration interval() { return Duration.ofMillis(250); }

        /** A line every ten seconds, each below the last, as a log needs it. */
        static Sink log(PrintStream out) {
            return new Sink() {

                @Override
                public void show(String line) { out.println(line); }

                @Override
                public void clear() {
                    // A log keeps its lines.
                }

                @Override
                public Duration interval() { return Duration.ofSeconds(10); }
            };
        }
    }

    private static final long PATIENCE = Duration.ofSeconds(2).toNanos();
    private static final int BAR = 20;

    /**
     * The one place to show progress in this process. A notebook's output must not have it, so until a kernel sets
     * another, it is the error stream of the process itself, whatever {@code System.err} has become.
     */
    private static volatile Sink sink = Sink
            .log(new PrintStream(new FileOutputStream(FileDescriptor.err), true,
                    StandardCharsets.UTF_8));

    private final String name;
    private final long total;
    private final Sink shownOn;
    private final LongSupplier nanos;
    private final long start;
    private long done;
    private long first;
    private long lastShown;
    private boolean shown;

    Progress(String name, long total, Sink shownOn, LongSupplier nanos) {
        if (total < -1) {
            throw new IllegalArgumentException("total = " + total + ": expected the number of steps");
        }
        this.name = name;
        this.total = total;
        this.shownOn = shownOn;
        this.nanos = nanos;
        start = nanos.getAsLong();
        lastShown = start + PATIENCE - shownOn.interval().toNanos();
    }

    /** Progress of work with a known number of steps. */
    public static Progress of(String name, long total) {
        if (total < 0) {
            throw new IllegalArgumentException(
                    "total = " + total + ": expected a number of steps that is not negative");
        }
        return new Progress(name, total, sink, System::nanoTime);
    }

    /** The same elements, with progress shown while they are gone through, up to the end of the loop. */
    public static <T> Iterable<T> over(String name, Iterable<T> elements) {
        return () -> new Iterator<>() {

            private final Iterator<T> iterator = elements.iterator();
            private final Progress progress = new Progress(name,
                    elements instanceof Collection<?> all ? all.size() : -1,
                    sink, System::nanoTime);
            private boolean begun;

            @Override
            public boolean hasNext() {
                boolean more = iterator.hasNext();
                if (!more) {
                    progress.close();
                }
                return more;
            }

            @Override
            public T next() {
                if (begun) {
                    progress.step();
                }
                begun = true;
                return iterator.next();
            }
        };
    }

    /** The same elements, with progress shown while they are gone through. */
    public static <T> Iterable<T> over(Iterable<T> elements) {
        return over("progress", elements);
    }

    /**
     * {@linkplain Run#train() Trains} with progress shown.
     *
     * @return the run
     */
    public static Run train(Run run) {
        try (var progress = of("training", run.remaining())) {
            return run.train(_ -> progress.step());
        }
    }

    /** Says where all later progress is shown. For the kernel, at its start. */
    public static void sink(Sink place) {
        sink = place;
    }

    /** One step more is done. */
    public void step() { step(1); }

    /** That many steps more are done. */
    public synchronized void step(long steps) {
        done += steps;
        long now = nanos.getAsLong();
        if (now - lastShown >= shownOn.interval().toNanos()) {
            lastShown = now;
            shown = true;
            shownOn.show(line((now - start) / 1e9));
        }
    }

    /** That many steps were done before, and do not count for the rate. */
    public synchronized void skip(long steps) {
        done += steps;
        first += steps;
    }

    private String line(double seconds) {
        double rate = (done - first) / seconds;
        String speed = rate >= 1 ? Numerals.text(rate, 3) + "/s" : Numerals.seconds(1 / rate) + " each";
        if (total <= 0) {
            return name + "  " + done + " · " + speed;
        }
        double share = Math.min(1, (double) done / total);
        int full = (int) (BAR * share);
        return name + "  " + "█".repeat(full) + "░".repeat(BAR - full) + "  " + (int) (100 * share) + " %  "
                + done + " of "
                + total + " · " + speed + " · " + Numerals.seconds(Math.max(0, total - done) / rate)
                + " left";
    }

    /** The work is done, or given up: the line vanishes. */
    @Override
    public synchronized void close() {
        if (shown) {
            shown = false;
            shownOn.clear();
        }
    }
}
