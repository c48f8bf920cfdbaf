package mechanics.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jdk.jshell.execution.DirectExecutionControl;

/**
 * Runs the code of cells in this JVM, on a thread of its own, and stops it.
 * <p>
 * Code of cells stops at the next check that {@link CellCode} wove into it. Library code stops if it reacts to
 * {@link Thread#interrupt()}. Library code that does not is left behind: the cell ends, its thread goes on until it comes
 * back to code of a cell. (A JVM since 20 has no way to stop a thread from outside.)
 */
final class CellControl extends DirectExecutionControl {

    /** How a cell was stopped. */
    enum Stop {
        /** By the user. */
        INTERRUPT,
        /** It ran longer than it may. */
        TIME_LIMIT
    }

    /** How long stopped code gets to come back before its thread is left behind. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    /** Code that swallows an interrupt gets another one. */
    private static final Duration REMINDER = Duration.ofMillis(100);

    private final CellClasses classes;
    private final Duration timeLimit;
    private volatile Stop stop;
    private volatile Runner current;
    private Runner runner;
    private long begun;
    private Object result;
    private StackTraceElement[] leftBehind;

    /** @param timeLimit for each cell; zero: none */
    CellControl(CellClasses classes, Duration timeLimit) {
        super(classes);
        this.classes = classes;
        this.timeLimit = timeLimit;
        this.runner = new Runner();
    }

    /** Code that runs, has run, or waits for its thread. */
    private static final class Run {
        private final CountDownLatch done = new CountDownLatch(1);
        private final Callable<?> code;
        private Object result;
        private Exception failure;

        Run(Callable<?> code) { this.code = code; }

        void run() {
            try {
                result = code.call();
            } catch (InvocationTargetException e) {
                // Here, on the cell's own thread: what the exception says of itself is code of the user too.
                failure = Thrown.byUser(e.getCause());
            } catch (Exception e) {
                failure = e;
            } catch (Throwable e) {
                failure = new InvocationTargetException(e);
            } finally {
                done.countDown();
            }
        }

        boolean await(Duration time) throws InterruptedException {
            return done.await(time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * A thread that runs one snippet after another, so that what belongs to a thread is the same in all of them: a random
     * generator that one line seeds is the one that the next line draws from.
     */
    private final class Runner {
        private final Guard.CellThreads threads = new Guard.CellThreads();
        private final BlockingQueue<Run> runs = new LinkedBlockingQueue<>();
        private final Thread thread = new Thread(threads, this::serve, "cell");
        private volatile boolean retired;

        Runner() {
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!retired) {
                try {
                    Run run = runs.take();
                    thread.setContextClassLoader(classes.loader());
                    run.run();
                } catch (InterruptedException e) {
                    // A late reminder of a stop, or a cell that interrupts itself: neither is for the next one.
                }
            }
        }

        /** Ends the thread when what it runs has come back. */
        void retire() {
            retired = true;
            runs.add(new Run(() -> null));
        }
    }

    /** The classes that it runs. */
    CellClasses classes() { return classes; }

    /** Forgets an earlier stop: a new cell begins. */
    void begin() {
        runner.threads.begin(runner.thread);
        stop = null;
        begun = 0;
        leftBehind = null;
        result = null;
    }

    /** What to tell of a stop: also where library code was that did not react to it. Empty if there was none. */
    Optional<CellFailure> failure() {
        return Optional.ofNullable(stop)
                .map(reason -> StopReport.of(reason, Optional.ofNullable(leftBehind)));
    }

    /** What the last snippet returned, as it is. */
    Object result() { return result; }

    /** Asks the running cell to stop; returns at once. */
    @Override
    public void stop() { stop(Stop.INTERRUPT); }

    private void stop(Stop reason) {
        stop = reason;
        Runner running = current;
        if (running != null) {
            Guard.stop(running.threads);
        }
    }

    /** Runs a snippet. JShell gets no text of the result: the kernel shows the value itself. */
    @Override
    protected String invoke(Method method) throws Exception {
        result = call(() -> method.invoke(null));
        return "";
    }

    /**
     * Runs what may take long or for ever on a thread that {@link #stop()} stops, as it does a snippet: also what is
     * not in a cell's own lines but comes back to its classes, such as the text of a value.
     *
     * @throws StoppedException if it was stopped
     */
    <T> T call(Callable<T> code) throws Exception {
        if (stop != null) {
            throw new StoppedException();
        }
        if (begun == 0) {
            begun = System.nanoTime();
        }
        Run run = new Run(code);
        Runner outer = current;
        // Code that comes back to the kernel, as a magic does that is called as a method, keeps its thread.
        Runner chosen = outer == null ? runner : new Runner();
        current = chosen;
        try {
            chosen.runs.add(run);
            await(run, chosen);
        } finally {
            current = outer;
            if (outer != null) {
                chosen.retire();
            } else if (stop != null) {
                chosen.retire();
                runner = new Runner();
            }
            Guard.stopped();
        }
        if (stop != null) {
            throw new StoppedException();
        }
        if (run.failure != null) {
            throw run.failure;
        }
        @SuppressWarnings("unchecked") // what the code returned
        T value = (T) run.result;
        return value;
    }

    /** Ends the thread. */
    @Override
    public void close() {
        runner.retire();
        super.close();
    }

    private void await(Run run, Runner chosen) throws InterruptedException {
        long waitingSince = 0;
        while (!run.await(REMINDER)) {
            long now = System.nanoTime();
            if (stop == null && timeLimit.isPositive() && now - begun > timeLimit.toNanos()) {
                stop(Stop.TIME_LIMIT);
            }
            if (stop != null) {
                if (waitingSince == 0) {
                    waitingSince = now;
                }
                if (now - waitingSince > PATIENCE.toNanos()) {
                    leftBehind = chosen.thread.getStackTrace();
                    return;
                }
                Guard.stop(chosen.threads);
            }
        }
    }
}
