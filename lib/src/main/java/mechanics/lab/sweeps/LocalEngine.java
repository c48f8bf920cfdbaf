package mechanics.lab.sweeps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import mechanics.linalg.Blas;

/**
 * Points on a few threads of this machine, handed out in order. After a failure no new point begins, and those that run
 * finish: so the first point that fails is always the same, and what was nearly done is not lost.
 */
final class LocalEngine implements Sweep.Engine {

    private final int threads;

    LocalEngine(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads = " + threads + ": expected a positive number");
        }
        this.threads = threads;
    }

    @Override
    public <P, R> void compute(List<Sweep.Job<P>> jobs, Sweep.Trial<P, R> trial, Sweep.Results<R> results)
            throws Sweep.JobFailure, InterruptedException {
        if (jobs.isEmpty()) {
            return;
        }
        var next = new AtomicInteger();
        var failures = new ConcurrentSkipListMap<Integer, Throwable>();
        var oneAtATime = new Object();
        Runnable worker = () -> {
            while (failures.isEmpty() && !Thread.currentThread().isInterrupted()) {
                int i = next.getAndIncrement();
                if (i >= jobs.size()) {
                    return;
                }
                Sweep.Job<P> job = jobs.get(i);
                try {
                    R result = trial.run(job.point(), job.seed());
                    synchronized (oneAtATime) {
                        results.finished(job.index(), result);
                    }
                } catch (Throwable e) {
                    failures.put(job.index(), e);
                }
            }
        };
        // Points side by side are faster with one BLAS thread each than one after the other with all of them. Closing
        // the pool waits for the end of all threads, also after an interrupt.
        try (Blas.Scope _ = Blas.scope(1);
                ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, jobs.size()))) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(threads, jobs.size()); i++) {
                workers.add(pool.submit(worker));
            }
            try {
                for (Future<?> each : workers) {
                    each.get();
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                throw e;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a worker catches all that trials throw", e);
            }
        }
        if (!failures.isEmpty()) {
            Map.Entry<Integer, Throwable> first = failures.firstEntry();
            throw new Sweep.JobFailure(first.getKey(), first.getValue());
        }
    }
}
