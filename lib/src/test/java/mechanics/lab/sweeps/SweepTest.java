package mechanics.lab.sweeps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.linalg.Blas;

class SweepTest {

    record Point(int width, double rate) {}

    record Result(double loss, long seed) {}

    private static final List<Point> POINTS = IntStream.range(0, 20)
            .mapToObj(i -> new Point(i, 0.1 / (i + 1))).toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50})
    void resultsComeInTheOrderOfPointsWhateverTheSchedule(int threads) {
        List<Result> expected = Sweep.of("sweep", POINTS).threads(1)
                .run((point, seed) -> new Result(point.rate, seed));
        List<Result> found = Sweep.of("sweep", POINTS).threads(threads).run((point, seed) -> {
            Thread.sleep(point.width % 3);
            return new Result(point.rate, seed);
        });
        assertEquals(expected, found);
    }

    @Test
    void neverMorePointsAtATimeThanThreads() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        Sweep.of("sweep", POINTS).threads(3).run((point, seed) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.sleep(2);
            return running.decrementAndGet();
        });
        assertTrue(most.get() <= 3 && most.get() >= 1);
    }

    @Test
    void eachPointHasOneBlasThreadAndTheOldNumberReturns() {
        int before = Blas.threads();
        assertEquals(List.of(1), Sweep.of("sweep", List.of(0)).run((point, seed) -> Blas.threads()));
        assertThrows(SweepException.class,
                () -> Sweep.of("sweep", List.of(0)).run((point, seed) -> 1 / point));
        assertEquals(before, Blas.threads());
    }

    @Test
    void aSeedDependsOnThePointAndTheSweepsSeedOnly() {
        List<Long> all = seeds(POINTS, 0);
        assertEquals(20, Set.copyOf(all).size());
        assertEquals(all.subList(5, 8), seeds(POINTS.subList(5, 8), 0));
        assertTrue(Collections.disjoint(all, seeds(POINTS, 1)));
    }

    private static List<Long> seeds(List<Point> points, long seed) {
        return Sweep.of("sweep", points).seed(seed).run((point, pointSeed) -> pointSeed);
    }

    @Test
    void mapsAreThePointsTheyListInAnyOrder() {
        Map<String, Integer> one = Collections
                .synchronizedMap(new java.util.TreeMap<>(Map.of("a", 1, "b", 2)));
        Map<String, Integer> same = new java.util.LinkedHashMap<>();
        same.put("b", 2);
        same.put("a", 1);
        List<Long> seeds = Sweep.of("maps", List.of(one, same)).run((point, seed) -> seed);
        assertEquals(seeds.get(0), seeds.get(1));
    }

    @Test
    void aFailureNamesTheFirstPointThatFails() {
        Sweep<Point> sweep = Sweep.of("transfer", POINTS).threads(4);
        for (int repeat = 0; repeat < 5; repeat++) {
            SweepException failure = assertThrows(SweepException.class, () -> sweep.run((point, seed) -> {
                if (point.width == 5) {
                    Thread.sleep(5);
                }
                if (point.width >= 5) {
                    throw new ArithmeticException("loss = NaN");
                }
                return 0;
            }));
            assertEquals(5, failure.index());
            assertTrue(
                    failure.getMessage().startsWith("sweep \"transfer\" failed at point 5 = Point[width=5"),
                    failure
                            .getMessage());
            assertInstanceOf(ArithmeticException.class, failure.getCause());
        }
    }

    @Test
    void anInterruptEndsAllThreads() throws InterruptedException {
        var begun = new CountDownLatch(2);
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        var thrown = new AtomicReference<Throwable>();
        var flag = new AtomicReference<Boolean>();
        var caller = new Thread(() -> {
            try {
                Sweep.of("endless", POINTS).threads(2).run((point, seed) -> {
                    workers.add(Thread.currentThread());
                    begun.countDown();
                    Thread.sleep(1_000_000);
                    return 0;
                });
            } catch (CancellationException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join();
        assertInstanceOf(CancellationException.class, thrown.get());
        assertEquals(true, flag.get());
        assertEquals(2, workers.size());
        for (Thread worker : workers) {
            worker.join();
            assertFalse(worker.isAlive());
        }
    }

    @Test
    void finishedPointsAreNotComputedAgain(@TempDir Path folder) {
        var computed = new AtomicInteger();
        Sweep.Trial<Point, Result> failing = (point, seed) -> {
            if (point.width == 12) {
                throw new IllegalStateException("power cut");
            }
            computed.incrementAndGet();
            return new Result(point.rate / 3, seed);
        };
        Sweep<Point> sweep = Sweep.of("learning rates", POINTS).threads(2);
        assertThrows(SweepException.class, () -> sweep.keptIn(folder, "1", Result.class).run(failing));
        int before = computed.get();
        assertTrue(before >= 12);
        Sweep.Trial<Point, Result> working = (point, seed) -> {
            computed.incrementAndGet();
            return new Result(point.rate / 3, seed);
        };
        List<Result> resumed = sweep.keptIn(folder, "1", Result.class).run(working);
        assertEquals(20, computed.get());
        assertEquals(sweep.run(working), resumed);
        assertTrue(Files.exists(folder.resolve("learning-rates.jsonl")));
        sweep.keptIn(folder, "1", Result.class).run(failing);
        assertEquals(40, computed.get());
    }

    @Test
    void anotherVersionSeedOrPointIsComputedAgain(@TempDir Path folder) {
        Sweep<Point> sweep = Sweep.of("sweep", POINTS);
        List<Long> first = sweep.keptIn(folder, "1", Long.class).run((point, seed) -> seed);
        assertEquals(Collections.nCopies(20, -1L),
                sweep.keptIn(folder, "2", Long.class).run((point, seed) -> -1L));
        assertEquals(Collections.nCopies(20, -1L),
                sweep.seed(5).keptIn(folder, "1", Long.class).run((point, seed) -> -1L));
        assertEquals(List.of(-1L),
                Sweep.of("sweep", List.of(new Point(99, 1))).keptIn(folder, "1", Long.class).run((point,
                        seed) -> -1L));
        assertEquals(first, sweep.keptIn(folder, "1", Long.class).run((point, seed) -> -1L));
    }

    @Test
    void resultsThatAreNotFiniteAreKept(@TempDir Path folder) {
        Sweep<Integer> sweep = Sweep.of("sweep", List.of(1, 2));
        sweep.keptIn(folder, "1", Double.class)
                .run((point, seed) -> point == 1 ? Double.NaN : Double.POSITIVE_INFINITY);
        assertEquals(List.of(Double.NaN, Double.POSITIVE_INFINITY),
                sweep.keptIn(folder, "1", Double.class).run((point,
                        seed) -> 0.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"key\":\"a\",\"poi", "[]", "{\"key\":\"a\"}", "\n"})
    void aCorruptFileIsRefusedByName(String content, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("sweep.jsonl"), content);
        var kept = Sweep.of("sweep", POINTS).keptIn(folder, "1", Result.class);
        String message = assertThrows(IllegalArgumentException.class,
                () -> kept.run((point, seed) -> new Result(0, 0)))
                .getMessage();
        assertTrue(message.contains("sweep.jsonl: line 1") && message.contains("expected {\"key\""), message);
    }

    @Test
    void aKeptResultOfAnotherTypeIsRefusedByName(@TempDir Path folder) {
        Sweep<Point> sweep = Sweep.of("sweep", POINTS);
        sweep.keptIn(folder, "1", String.class).run((point, seed) -> "text");
        String message = assertThrows(IllegalArgumentException.class,
                () -> sweep.keptIn(folder, "1", Result.class).run((
                        point, seed) -> new Result(0, 0)))
                .getMessage();
        assertTrue(message.contains("sweep.jsonl") && message.contains("of type Result"), message);
    }

    @Test
    void anotherEngineComputesTheSame() {
        Sweep.Engine backwards = new Sweep.Engine() {

            @Override
            public <P, R> void compute(List<Sweep.Job<P>> jobs, Sweep.Trial<P, R> trial,
                    Sweep.Results<R> results)
                    throws Sweep.JobFailure {
                for (Sweep.Job<P> job : jobs.reversed()) {
                    try {
                        results.finished(job.index(), trial.run(job.point(), job.seed()));
                    } catch (Exception e) {
                        throw new Sweep.JobFailure(job.index(), e);
                    }
                }
            }
        };
        assertEquals(seeds(POINTS, 0), Sweep.of("sweep", POINTS).on(backwards).run((point, seed) -> seed));
    }

    @Test
    void noPointsGiveNoResults() {
        assertEquals(List.of(), Sweep.of("empty", List.<Point>of()).run((point, seed) -> 1));
    }

    @Test
    void mistakesAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> Sweep.of("", POINTS));
        assertThrows(IllegalArgumentException.class, () -> Sweep.of("s", POINTS).threads(0));
        var loop = new ArrayList<Object>();
        loop.add(loop);
        var endless = Sweep.of("s", List.of(Map.of("self", loop)));
        String message = assertThrows(IllegalArgumentException.class, () -> endless.run((point, seed) -> 1))
                .getMessage();
        assertTrue(message.startsWith("point 0 of sweep \"s\"") && message.contains("JSON"), message);
    }

    /** A class whose JSON shows nothing. */
    private static final class Hidden {
        @SuppressWarnings("unused")
        private final int width;

        Hidden(int width) { this.width = width; }
    }

    /** A class whose JSON shows a part. */
    public static final class Partly {
        private final int width;
        private final int depth;

        Partly(int width, int depth) {
            this.width = width;
            this.depth = depth;
        }

        public int getWidth() { return width; }

        int depth() { return depth; }
    }

    record Holder(Object inside) {}

    @Test
    void pointsThatJsonCannotTellApartAreRefused(@TempDir Path folder) {
        for (List<Object> points : List.<List<Object>>of(List.of(new Hidden(64)),
                List.of(new Hidden(64), new Hidden(256)),
                List.of(new Holder(new Hidden(3))), List.of(Map.of("a", new Hidden(3))),
                List.of(new Partly(3, 1), new Partly(3, 2)), List.of(1, 1L))) {
            var ran = new AtomicInteger();
            for (int kept = 0; kept < 2; kept++) {
                boolean keep = kept == 1;
                var e = assertThrows(IllegalArgumentException.class, () -> {
                    var sweep = Sweep.of("hidden", points);
                    if (keep) {
                        sweep.keptIn(folder, "1", Integer.class).run((_, _) -> ran.incrementAndGet());
                    } else {
                        sweep.run((_, _) -> ran.incrementAndGet());
                    }
                });
                assertTrue(e.getMessage().contains("expected"), e.getMessage());
            }
            assertEquals(0, ran.get());
        }
        assertEquals(List.of(1, 1),
                Sweep.of("equal", List.of(new Point(1, 2), new Point(1, 2))).run((_, _) -> 1));
        assertEquals(List.of(1, 1),
                Sweep.of("arrays", List.of(new double[]{1}, new double[]{1})).run((_, _) -> 1));
    }

    @Test
    void sweepsOfOneNameAndFolderAtOnceKeepAllFinishedPoints(@TempDir Path folder) throws Exception {
        var failure = new AtomicReference<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int part = 0; part < 4; part++) {
            List<Point> some = POINTS.subList(5 * part, 5 * part + 5);
            threads.add(Thread.ofPlatform().uncaughtExceptionHandler((_, e) -> failure.set(e))
                    .start(() -> Sweep.of("one", some).threads(1).keptIn(folder, "1", Integer.class)
                            .run((point, _) -> {
                                Thread.sleep(point.width() % 3);
                                return point.width();
                            })));
        }
        for (Thread thread : threads) thread.join();
        assertEquals(null, failure.get());
        List<Integer> found = Sweep.of("one", POINTS).keptIn(folder, "1", Integer.class).run((point, _) -> {
            throw new AssertionError(point + " was not kept");
        });
        assertEquals(POINTS.stream().map(Point::width).toList(), found);
    }
}
