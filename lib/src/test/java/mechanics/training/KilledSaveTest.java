package mechanics.training;

import static mechanics.training.Quadratic.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import mechanics.network.zoo.Mlp;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

/** A process that saves after every step is killed, again and again. {@code -Dkills=200} for more. */
class KilledSaveTest {
    private static final double[][] X = normal(4, 3, 1);
    private static final double[][] Y = normal(4, 2, 2);

    @TempDir
    private Path folder;

    private static Run run() {
        var network = Mlp.of(3, 4, 2).seed(3).build();
        return Run.of(network, SquaredError.HALF_MEAN, X, Y, GradientDescent.of(0.01)).steps(10_000_000);
    }

    /** The process: goes on from the file, if there is one, and says each step whose state is saved. */
    static final class Saver {
        public static void main(String[] file) {
            Path path = Path.of(file[0]);
            var run = run();
            if (Files.exists(path)) run.load(path);
            run.train(r -> {
                r.save(path);
                System.out.println(r.step());
                System.out.flush();
            });
        }
    }

    @Test
    void theLastCompleteStateLoadsAfterEveryKill() throws Exception {
        int kills = Integer.getInteger("kills", 25);
        Path file = folder.resolve("run.json");
        var random = new Random(5);
        long saved = 0;
        for (int kill = 0; kill < kills; kill++) {
            var process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"),
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1", "-Xmx200m", "--add-modules", "jdk.incubator.vector",
                    "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                    Saver.class.getName(), file.toString()).redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var said = process.inputReader()) {
                String first = said.readLine();
                assertTrue(first != null, "expected a process that saves");
                Thread.sleep(0, random.nextInt(1_000_000));
                Thread.sleep(random.nextInt(60));
                // By its handle, which leaves what it said readable.
                process.toHandle().destroyForcibly();
                saved = Long.parseLong(first);
                for (String line; (line = said.readLine()) != null && !line.isEmpty();) {
                    // The last line may be cut; it then is a smaller number.
                    saved = Math.max(saved, Long.parseLong(line));
                }
            }
            process.waitFor();
            var loaded = run().load(file);
            long step = loaded.step();
            assertTrue(step == saved || step == saved + 1,
                    "step " + step + ": expected " + saved + " or the next");
            // Not only some state, but that of this step.
            if (kill % 10 == 9 || kill == kills - 1) {
                var again = run().steps(step).train();
                assertArrayEquals(again.network().parameters().array().toDoubles(),
                        loaded.network().parameters().array().toDoubles());
            }
        }
        run().load(file).save(file);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(".run.json.lock", "run.json"), files.map(f -> f.getFileName().toString())
                    .filter(name -> !name.endsWith(".bin")).sorted().toList());
        }
        try (var files = Files.list(folder)) {
            assertEquals(3, files.count());
        }
    }
}
