package mechanics.lab.sweeps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that run one sweep in one folder are killed, again and again. {@code -Dkills=200} for more. */
class KilledSweepTest {

    private static final int POINTS = 600;

    @TempDir
    private Path folder;

    /** Long enough that a kill often hits the middle of a line. */
    record Result(int point, long seed, String text) {
        static Result of(int point, long seed) { return new Result(point, seed, (point + ", ").repeat(500)); }
    }

    private static Sweep.Kept<Integer, Result> sweep(Path folder) {
        return Sweep.of("killed", IntStream.range(0, POINTS).boxed().toList()).threads(1).keptIn(folder, "1",
                Result.class);
    }

    /** The process: when it begins a point, those before it are kept. */
    static final class Sweeper {
        public static void main(String[] folder) {
            sweep(Path.of(folder[0])).run((point, seed) -> {
                System.out.println(point);
                System.out.flush();
                return Result.of(point, seed);
            });
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "-Xmx200m", "-cp", System.getProperty("java.class.path"),
                "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                Sweeper.class.getName(), folder.toString()).redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void everyPointThatWasFinishedIsThereAndIsItsOwn() throws Exception {
        int kills = Integer.getInteger("kills", 16);
        var random = new Random(6);
        int kept = 0; // points 0, …, kept − 1 were finished by some process
        for (int kill = 0; kill < kills; kill += 2) {
            List<Process> both = List.of(start(), start());
            List<Integer> begun = new ArrayList<>();
            for (Process process : both) {
                try (var said = process.inputReader()) {
                    // Counted in points first: on a slow machine 12 ms may end before the first point does.
                    String line = said.readLine();
                    for (int more = random.nextInt(6); line != null && more > 0; more--) {
                        begun.add(Integer.parseInt(line));
                        line = said.readLine();
                    }
                    Thread.sleep(random.nextInt(12), random.nextInt(1_000_000));
                    process.toHandle().destroyForcibly();
                    // The last line may be cut; it then is a smaller number.
                    for (; line != null && !line.isEmpty(); line = said.readLine()) {
                        begun.add(Integer.parseInt(line));
                    }
                }
                process.waitFor();
            }
            kept = Math.max(kept, begun.stream().mapToInt(i -> i).max().orElse(kept));
        }
        assertTrue(kept > 0, "expected processes that finish points");
        Set<Integer> computed = ConcurrentHashMap.newKeySet();
        List<Result> results = sweep(folder).run((point, seed) -> {
            computed.add(point);
            return Result.of(point, seed);
        });
        List<Long> seeds = Sweep.of("killed", IntStream.range(0, POINTS).boxed().toList())
                .run((_, seed) -> seed);
        for (int point = 0; point < POINTS; point++) {
            assertEquals(Result.of(point, seeds.get(point)), results.get(point));
            if (point < kept)
                assertTrue(!computed.contains(point), "point " + point + " of " + kept + " is lost");
        }
        List<Result> again = sweep(folder).run((point, seed) -> {
            throw new IllegalStateException("point " + point + " is not kept");
        });
        assertEquals(results, again);
    }
}
