package mechanics.linalg;

import java.util.concurrent.RecursiveAction;

/**
 * Work in parts side by side. A worker is made once and used again, so that running it allocates nothing. How the
 * work is divided depends on the number of parts alone and each part writes to its own place, so the result does not
 * depend on which thread is faster. Matrix products inside a part run on one thread.
 */
public final class Parallel {
    /** One part of the work. */
    public interface Part {
        /** Does part number {@code part} of {@code parts}. */
        void run(int part, int parts);
    }

    private final Part work;
    private Task[] tasks = {};

    /** Work that is ready to be run. */
    public Parallel(Part work) { this.work = work; }

    /**
     * The number of parts to divide work into: as many as {@link Blas#threads()}, one where there is too little.
     *
     * @param operations multiply–adds or the like
     * @param most the largest number of parts that makes sense
     */
    public static int parts(long operations, int most) {
        return operations < 1 << 20 ? 1 : Math.max(1, Math.min(Blas.threads(), most));
    }

    /** The first of {@code n} items that belong to a part; those of part p end where those of p + 1 begin. */
    public static int start(int n, int part, int parts) {
        return (int) ((long) n * part / parts);
    }

    /** Runs all parts and returns when the last is done. */
    public void run(int parts) {
        if (parts == 1) {
            work.run(0, 1);
            return;
        }
        if (tasks.length != parts - 1) {
            tasks = new Task[parts - 1];
            for (int i = 0; i < tasks.length; i++) tasks[i] = new Task(work, i + 1, parts);
        }
        Blas.enterParts();
        try {
            for (Task task : tasks) {
                task.reinitialize();
                task.fork();
            }
            work.run(0, parts);
            for (Task task : tasks) task.join();
        } finally {
            Blas.leaveParts();
        }
    }

    private static final class Task extends RecursiveAction {
        private static final long serialVersionUID = 1;
        private final transient Part work;
        private final int part;
        private final int parts;

        Task(Part work, int part, int parts) {
            this.work = work;
            this.part = part;
            this.parts = parts;
        }

        @Override
        protected void compute() { work.run(part, parts); }
    }
}
