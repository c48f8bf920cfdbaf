package mechanics.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;

import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

import mechanics.lab.sweeps.Sweep;
import mechanics.linalg.Blas;

import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext$;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * Computes the points of a sweep on a Spark cluster, one task for each:
 *
 * <pre>{@code
 * var context = new JavaSparkContext(new SparkConf().setAppName("transfer").setMaster("spark://host:7077"));
 * List<Result> results = Sweep.of("transfer", points).on(SparkEngine.on(context)).run(Transfer::finalLoss);
 * }</pre>
 *
 * The results are those of a sweep on one machine, in the same order with the same seeds, because a point's seed comes
 * from its content alone. Spark repeats the points of a worker that is lost on the others. Results come in as they are
 * ready, so a sweep that is {@linkplain Sweep#keptIn kept} loses nothing when the driver stops either.
 *
 * <p>Points, results and the trial travel: they must be {@link Serializable}, and the trial's class must be on the
 * workers' class path. A trial defined in a notebook cell is not: put it into a jar. Where a trial throws, the other
 * points are still computed, and the first that failed in their order is reported. The workers need the options
 * {@code --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED} (Spark's
 * {@code spark.executor.extraJavaOptions}) and the native libraries on their library path.
 */
public final class SparkEngine implements Sweep.Engine {
    private final JavaSparkContext context;

    private SparkEngine(JavaSparkContext context) { this.context = context; }

    /** An engine on a cluster that is connected. The context stays open. */
    public static SparkEngine on(JavaSparkContext context) {
        return new SparkEngine(context);
    }

    /** A job on its way to a worker. */
    private record Parcel<P>(int index, P point, long seed) implements Serializable {}

    /** What a worker gives back: a result, or what the trial threw. */
    private record Outcome<R>(int index, R result, Throwable failure) implements Serializable {}

    /** A function that may be sent to a worker. */
    private interface Task<P, R> extends Function1<Iterator<Parcel<P>>, Outcome<R>>, Serializable {}

    @Override
    public <P, R> void compute(List<Sweep.Job<P>> jobs, Sweep.Trial<P, R> trial, Sweep.Results<R> results)
            throws Sweep.JobFailure, InterruptedException {
        if (jobs.isEmpty()) return;
        var parcels = new ArrayList<Parcel<P>>();
        for (var job : jobs) parcels.add(new Parcel<>(job.index(), job.point(), job.seed()));
        JavaRDD<Parcel<P>> distributed = context.parallelize(parcels, parcels.size());
        Task<P, R> task = parcel -> run(parcel.next(), trial);

        var failures = new ConcurrentSkipListMap<Integer, Throwable>();
        // Spark calls this one result at a time.
        Function2<Object, Outcome<R>, BoxedUnit> collect = (_, outcome) -> {
            if (outcome.failure == null) {
                results.finished(outcome.index, outcome.result);
            } else {
                failures.put(outcome.index, outcome.failure);
            }
            return BoxedUnit.UNIT;
        };
        await(context.sc().submitJob(distributed.rdd(), task, partitions(parcels.size()), collect,
                () -> BoxedUnit.UNIT));
        Map.Entry<Integer, Throwable> first = failures.firstEntry();
        if (first != null) throw new Sweep.JobFailure(first.getKey(), first.getValue());
    }

    private static <P, R> Outcome<R> run(Parcel<P> parcel, Sweep.Trial<P, R> trial) {
        // As on one machine: points side by side, each on one thread.
        try (Blas.Scope _ = Blas.scope(1)) {
            return new Outcome<>(parcel.index, trial.run(parcel.point, parcel.seed), null);
        } catch (Throwable e) {
            return new Outcome<>(parcel.index, null, e);
        }
    }

    private static Seq<Object> partitions(int count) {
        var all = new ArrayList<Object>();
        for (int i = 0; i < count; i++) all.add(i);
        return CollectionConverters.asScala(all).toSeq();
    }

    private static void await(SimpleFutureAction<BoxedUnit> job) throws InterruptedException {
        var ended = new CountDownLatch(1);
        job.onComplete(_ -> {
            ended.countDown();
            return BoxedUnit.UNIT;
        }, ExecutionContext$.MODULE$.fromExecutor(Runnable::run));
        try {
            ended.await();
        } catch (InterruptedException e) {
            job.cancel();
            throw e;
        }
        try {
            job.get();
        } catch (SparkException e) {
            throw new IllegalStateException("Spark could not compute the points: " + e.getMessage(), e);
        }
    }
}
