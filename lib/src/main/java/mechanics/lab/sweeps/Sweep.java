package mechanics.lab.sweeps;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import mechanics.base.Seed;
import mechanics.lab.Progress;
import mechanics.linalg.Blas;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One experiment at many points, side by side:
 *
 * <pre>{@code
 * record Point(int width, double learningRate) {}
 * List<Double> losses = Sweep.of("transfer", points).run((point, seed) -> finalLoss(point, seed));
 * }</pre>
 *
 * <p>
 * Results come in the order of the points. Each point gets its own seed, made from the sweep's seed and the point's
 * content, so that neither the schedule nor the other points change its numbers; equal points get equal seeds, so
 * repetitions need a field that tells them apart. Points that are not equal must differ in their JSON: all that a record
 * holds is in it, of other classes what has a getter. With {@link #keptIn} finished points stay on disk and an interrupted
 * sweep resumes. Immutable.
 *
 * @param <P> a point: a record, a map, a number, a string: anything that Jackson writes as JSON
 */
public final class Sweep<P> {

    /** The experiment at one point. Serializable, so that an engine may carry it elsewhere. */
    @FunctionalInterface
    public interface Trial<P, R> extends Serializable {

        /**
         * Runs the experiment.
         *
         * @param seed for all randomness in it
         */
        R run(P point, long seed) throws Exception;
    }

    /**
     * One point to compute.
     *
     * @param index its place among all points of the sweep
     * @param seed  for its trial
     */
    public record Job<P>(int index, P point, long seed) {}

    /** Takes results as they come, in any order. */
    @FunctionalInterface
    public interface Results<R> {

        /** The result of the job of that index. Never called twice at the same time. */
        void finished(int index, R result);
    }

    /** Where points are computed: on this machine's cores, or wherever an implementation takes them. */
    public interface Engine {

        /**
         * Computes every job and returns when no work is left running, whether it succeeds or not.
         *
         * @throws JobFailure           if a trial throws: of the failed jobs, the first in the order of points
         * @throws InterruptedException if the calling thread is interrupted
         */
        <P, R> void compute(List<Job<P>> jobs, Trial<P, R> trial, Results<R> results) throws JobFailure,
                InterruptedException;
    }

    /** A trial threw; the cause is what it threw. */
    public static final class JobFailure extends Exception {

        private static final long serialVersionUID = 1;
        private final int index;

        /** A failure of the job with that index. */
        public JobFailure(int index, Throwable cause) {
            super(cause);
            this.index = index;
        }

        /** The job's index. */
        public int index() { return index; }
    }

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // A class without getters would be {} whatever it holds.
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build();

    private final String name;
    private final List<P> points;
    private final long seed;
    private final Engine engine;

    private Sweep(String name, List<P> points, long seed, Engine engine) {
        this.name = name;
        this.points = points;
        this.seed = seed;
        this.engine = engine;
    }

    /** A sweep over points, with seed 0, on as many threads as {@link Blas#cores()}. */
    public static <P> Sweep<P> of(String name, List<P> points) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of the sweep is empty: expected one");
        }
        return new Sweep<>(name, List.copyOf(points), 0, new LocalEngine(Blas.cores()));
    }

    /** The seed from which every point's is made. */
    public Sweep<P> seed(long value) {
        return new Sweep<>(name, points, value, engine);
    }

    /** At most that many points at a time. */
    public Sweep<P> threads(int count) {
        return on(new LocalEngine(count));
    }

    /** Computes elsewhere. */
    public Sweep<P> on(Engine place) {
        return new Sweep<>(name, points, seed, place);
    }

    /**
     * Keeps the result of every finished point in a file of this folder, and takes from it what is there already.
     *
     * @param version  of the code that computes; results of another version are not taken
     * @param type     of a result: a record, a number: anything that Jackson writes and reads
     */
    public <R> Kept<P, R> keptIn(Path folder, String version, Class<R> type) {
        return new Kept<>(this, folder, version, type);
    }

    /** A sweep whose finished points stay on disk. Made by {@link Sweep#keptIn}. */
    public static final class Kept<P, R> {

        private final Sweep<P> sweep;
        private final Path folder;
        private final String version;
        private final Class<R> type;

        private Kept(Sweep<P> sweep, Path folder, String version, Class<R> type) {
            this.sweep = sweep;
            this.folder = folder;
            this.version = version;
            this.type = type;
        }

        /**
         * As {@link Sweep#run}, for the points that are not kept yet.
         *
         * @throws IllegalArgumentException if the file is corrupt: names file, line and what was expected
         */
        public List<R> run(Trial<P, R> trial) {
            return sweep.run(trial, new SweepCache<>(folder.resolve(sweep.fileName() + ".jsonl"), type),
                    version);
        }
    }

    /**
     * Loads results that come with the project, for a sweep that takes too long to run each time: see
     * {@link SavedSweep}.
     *
     * @param settings what decides the results beside the points: a record or a map. Results of other settings are not
     *                 taken, so it may hold a number that is raised when the code that computes changes
     * @param type     of a result: a record, a number: anything that Jackson writes and reads
     */
    public <R> SavedSweep<P, R> saved(Object settings, Class<R> type) {
        return new SavedSweep<>(this, settings, type);
    }

    /**
     * Runs the trial at every point.
     *
     * @return the results in the order of the points
     * @throws IllegalArgumentException if JSON cannot tell points apart that are not equal
     * @throws SweepException        if a trial throws: names the first such point; points that run then still finish
     * @throws CancellationException if the calling thread is interrupted: all work has ended when this is thrown
     */
    public <R> List<R> run(Trial<P, R> trial) { return run(trial, null, ""); }

    /**
     * Runs the trial where no result is known yet.
     *
     * @param cache   what is known, and where new results are put; null if nothing is
     * @param version a part of each point's key
     */
    <R> List<R> run(Trial<P, R> trial, KnownResults<R> cache, String version) {
        List<R> results = new ArrayList<>(Collections.nCopies(points.size(), null));
        List<String> keys = new ArrayList<>();
        List<Job<P>> jobs = new ArrayList<>();
        Map<String, Integer> first = new HashMap<>();
        String base = Long.toString(Seed.plain(seed));
        for (int i = 0; i < points.size(); i++) {
            String content = json(i);
            requireSame(first.getOrDefault(content, i), i, content);
            first.putIfAbsent(content, i);
            String key = HexFormat.of().formatHex(hash(name, version, base, content));
            keys.add(key);
            if (cache != null && cache.contains(key, content)) {
                results.set(i, cache.get(key, content));
            } else {
                long pointSeed = ByteBuffer.wrap(hash(base, content)).getLong();
                jobs.add(new Job<>(i, points.get(i), pointSeed));
            }
        }
        try (Progress progress = Progress.of(name, points.size())) {
            progress.skip(points.size() - jobs.size());
            engine.compute(jobs, trial, (int index, R result) -> {
                results.set(index, result);
                if (cache != null) {
                    cache.put(keys.get(index), json(index), result);
                }
                progress.step();
            });
        } catch (JobFailure failure) {
            throw new SweepException(name, failure.index(), points.get(failure.index()), failure.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var cancelled = new CancellationException("sweep \"" + name + "\" was interrupted"
                    + (cache == null
                            ? ""
                            : "; finished points are kept in " + cache.place()));
            cancelled.initCause(e);
            throw cancelled;
        }
        return results;
    }

    /** The sweep's name as the name of a file without its ending. */
    String fileName() {
        return name.replaceAll("[^\\p{L}\\p{N}._-]+", "-");
    }

    String name() { return name; }

    long seed() { return seed; }

    int size() { return points.size(); }

    /** A point as JSON, the same for equal points. */
    String json(int index) {
        try {
            return MAPPER.writeValueAsString(points.get(index));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "point " + index + " of sweep \"" + name + "\""
                            + ": expected something that can be written as JSON, such as a record or a map",
                    e);
        }
    }

    /**
     * Refuses points that differ in what their JSON does not show: they would share key, seed and result. Not those whose
     * JSON holds lists, which may be of Java arrays: these are equal to themselves only.
     */
    private void requireSame(int i, int j, String content) {
        if (!content.contains("[") && !points.get(i).equals(points.get(j))) {
            throw new IllegalArgumentException("points " + i + " and " + j + " of sweep \"" + name
                    + "\" are not equal and have the same JSON " + content
                    + ": expected JSON that tells them apart, as that of a record");
        }
    }

    static byte[] hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return Arrays.copyOf(digest.digest(), 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
