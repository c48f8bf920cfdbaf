package mechanics.kernel;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@link CellCode} weaves into the code of cells. Woven code can only reach static methods, hence the static state:
 * it says which code has to stop.
 */
public final class Guard {

    /** Thrown into the code of an interrupted cell. An Error, so that {@code catch (Exception e)} does not swallow it. */
    private static final class Interruption extends Error {
        private static final long serialVersionUID = 1;

        Interruption() { super("interrupted", null, false, false); }
    }

    /** Thrown where a cell asks the JVM to exit. */
    private static final class SystemExit extends Error {
        private static final long serialVersionUID = 1;

        SystemExit(int status) {
            super("System.exit(" + status
                    + ") would end the kernel and lose all variables, so it was not done. "
                    + "To leave a method use return, to stop a cell throw an exception, "
                    + "to end the kernel use the Kernel menu.");
        }
    }

    private static final Set<ThreadGroup> STOPPED = ConcurrentHashMap.newKeySet();
    private static volatile boolean stopping;
    private static volatile boolean alert;

    private Guard() {}

    /** Called at the start of every method of a cell and before every backward jump: returns, or stops the code. */
    public static void check() {
        if (alert) {
            // A pool's thread belongs to no cell: it stops while its cell is being stopped.
            Thread thread = Thread.currentThread();
            boolean ofCell = thread.getThreadGroup() instanceof CellThreads;
            if (ofCell ? isStopped((CellThreads) thread.getThreadGroup(), thread) : stopping) {
                throw new Interruption();
            }
        }
    }

    private static boolean isStopped(CellThreads threads, Thread thread) {
        return STOPPED.contains(threads) && !threads.earlier.contains(thread);
    }

    /** Called in place of {@code System.exit(status)}. */
    @SuppressWarnings("DoNotCallSuggester") // only woven code calls it
    public static void exit(int status) { throw new SystemExit(status); }

    /** Called in place of {@code runtime.exit(status)} and {@code runtime.halt(status)}. */
    @SuppressWarnings("DoNotCallSuggester") // only woven code calls it
    public static void exit(Runtime runtime, int status) { throw new SystemExit(status); }

    /** The thread that runs cells, and the threads that cells start. */
    static final class CellThreads extends ThreadGroup {

        /** What earlier cells have left running in the background: a stop is not for them. */
        private volatile Set<Thread> earlier = Set.of();

        CellThreads() { super("cell"); }

        /** A cell begins: whatever runs now, other than {@code runner}, is not part of it. */
        void begin(Thread runner) {
            Set<Thread> running = running();
            running.remove(runner);
            earlier = Set.copyOf(running);
        }

        private Set<Thread> running() {
            Thread[] found = new Thread[2 * activeCount() + 8];
            int count = enumerate(found, true);
            return new HashSet<>(Arrays.asList(found).subList(0, count));
        }

        /** A thread that the user started and that failed: told on the standard error of the cell. */
        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            if (!(thrown instanceof Interruption)) {
                super.uncaughtException(thread, thrown);
            }
        }
    }

    /** Makes the code of these threads stop at its next check, and wakes those that wait. */
    static void stop(CellThreads threads) {
        STOPPED.add(threads);
        stopping = true;
        alert = true;
        Set<Thread> running = threads.running();
        running.removeAll(threads.earlier);
        running.forEach(Thread::interrupt);
    }

    /** Ends the state of stopping; threads that still run stay condemned. */
    static void stopped() {
        stopping = false;
        STOPPED.removeIf(threads -> threads.activeCount() == 0);
        alert = !STOPPED.isEmpty();
    }
}
