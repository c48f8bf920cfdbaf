package mechanics.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import mechanics.lab.sweeps.Sweep;
import mechanics.lab.sweeps.SweepException;
import mechanics.network.zoo.Mlp;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

/** One cluster for all tests; the one that kills a worker comes last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class SparkEngineTest {
    record Point(int width, double learningRate) implements Serializable {}

    record Result(double loss, long seed) implements Serializable {}

    private static final List<Point> POINTS = IntStream.range(0, 24)
            .mapToObj(i -> new Point(4 + i, 0.1 / (1 + i % 3))).toList();

    @TempDir
    static Path home;
    private static StandaloneCluster cluster;
    private static JavaSparkContext context;

    @BeforeAll
    static void start() throws IOException {
        cluster = new StandaloneCluster(home, 2);
        context = new JavaSparkContext(cluster.configuration());
    }

    @AfterAll
    static void stop() {
        if (context != null) context.close();
        if (cluster != null) cluster.close();
    }

    private static Result train(Point point, long seed) {
        double[][] x = {{0, 1}, {1, 0}, {1, 1}, {-1, 2}};
        double[][] y = {{1}, {-1}, {0}, {2}};
        var network = Mlp.of(2, point.width, 1).seed(seed).build();
        var run = Run.of(network, SquaredError.HALF_MEAN, x, y, GradientDescent.of(point.learningRate))
                .steps(300)
                .train();
        return new Result(run.series("loss").last()[0], seed);
    }

    @Test
    @Order(1)
    void givesTheResultsOfOneMachine() {
        var here = Sweep.of("sweep", POINTS).seed(3).run(SparkEngineTest::train);
        var there = Sweep.of("sweep", POINTS).seed(3).on(SparkEngine.on(context)).run(SparkEngineTest::train);
        assertEquals(here, there);
    }

    @Test
    @Order(2)
    void namesTheFirstPointThatFailsAndComputesTheOthers() throws IOException {
        Path done = Files.createDirectory(home.resolve("done"));
        String folder = done.toString();
        var failure = assertThrows(SweepException.class,
                () -> Sweep.of("sweep", List.of(1, 2, 3, 4, 5)).on(SparkEngine.on(context)).run((n, _) -> {
                    if (n == 2 || n == 4) throw new IllegalArgumentException("no " + n);
                    Files.createFile(Path.of(folder, "point" + n));
                    return n;
                }));
        assertTrue(failure.getMessage().contains("2"), failure.getMessage());
        assertInstanceOf(IllegalArgumentException.class, failure.getCause());
        try (Stream<Path> files = Files.list(done)) {
            assertEquals(3, files.count());
        }
    }

    @Test
    @Order(3)
    void losesNothingWhenAWorkerIsKilled() throws Exception {
        Path started = Files.createDirectory(home.resolve("started"));
        String folder = started.toString();
        var killer = Thread.ofPlatform().start(() -> {
            try {
                while (processes(started).size() < 2) Thread.sleep(20);
                cluster.kill(1);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Path kept = home.resolve("kept");
        var there = Sweep.of("sweep", POINTS).seed(3).on(SparkEngine.on(context))
                .keptIn(kept, "1", Result.class)
                .run((point, seed) -> {
                    Files.createFile(Path.of(folder, ProcessHandle.current().pid() + "-" + point.width + "-"
                            + System.nanoTime()));
                    Thread.sleep(300);
                    return train(point, seed);
                });
        killer.join();
        assertEquals(Sweep.of("sweep", POINTS).seed(3).run(SparkEngineTest::train), there);
        try (Stream<String> lines = Files.lines(kept.resolve("sweep.jsonl"))) {
            assertEquals(POINTS.size(), lines.count());
        }
        try (Stream<Path> files = Files.list(started)) {
            assertTrue(files.count() > POINTS.size(),
                    "the point that ran on the killed worker has run again");
        }
    }

    /** The processes in which points have started. */
    private static Set<String> processes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            var ids = new HashSet<String>();
            files.forEach(f -> ids.add(f.getFileName().toString().split("-", 2)[0]));
            return ids;
        }
    }
}
