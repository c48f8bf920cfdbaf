package mechanics.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jdk.jshell.execution.DirectExecutionControl;

/**
 * Runs the code of cells in this JVM, each snippet on a thread of its own, and stops it.
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
    private volatile Run current;
    private long begun;
    private Object result;
    private StackTraceElement[] leftBehind;

    /** @param timeLimit for each cell; zero: none */
    CellControl(CellClasses classes, Duration timeLimit) {
        super(classes);
        this.classes = classes;
        this.timeLimit = timeLimit;
    }

    private final class Run implements Runnable {
        private final Guard.CellThreads threads = new Guard.CellThreads();
        private final CountDownLatch done = new CountDownLatch(1);
        private final Callable<?> code;
        private Thread thread;
        private Object result;
        private Exception failure;

        Run(Callable<?> code) { this.code = code; }

        void start() {
            thread = new Thread(threads, this, "cell");
            thread.setContextClassLoader(classes.loader());
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void run() {
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

    /** The classes that it runs. */
    CellClasses classes() { return classes; }

    /** Forgets an earlier stop: a new cell begins. */
    void begin() {
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
        Run run = current;
        if (run != null) {
            Guard.stop(run.threads);
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
        Run outer = current;
        current = run;
        try {
            run.start();
            await(run);
        } finally {
            current = outer;
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

    private void await(Run run) throws InterruptedException {
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
                    leftBehind = run.thread.getStackTrace();
                    return;
                }
                Guard.stop(run.threads);
            }
        }
    }
}
