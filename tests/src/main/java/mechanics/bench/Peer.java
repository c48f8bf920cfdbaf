package mechanics.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.json.JsonMapper;

/**
 * PyTorch, in a process of its own that runs {@code tests/bench/peer.py}.
 *
 * @param python the interpreter
 * @param script the path of peer.py
 * @param name what it calls itself, as in {@code PyTorch 1.13.0}
 */
record Peer(String python, Path script, String name) {
    private static final long LIMIT_MINUTES = 10;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The peer that {@code python} can import; null where there is none. */
    static Peer find(String python, Path script) throws IOException, InterruptedException {
        var process = new ProcessBuilder(python, "-c", "import torch; print(torch.__version__)")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String version = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return process.waitFor() == 0 ? new Peer(python, script, "PyTorch " + version) : null;
    }

    /** The median time of a work in ms; empty where the script does not know it or fails. */
    OptionalDouble milliseconds(String work, int threads) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(python, script.toString(), Integer.toString(threads), work);
        builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        // It computes with the libraries it was built with, not with ours.
        builder.environment().remove("LD_LIBRARY_PATH");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        var process = builder.start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return OptionalDouble.empty();
        }
        String line = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.exitValue() != 0 || line.isEmpty()) return OptionalDouble.empty();
        return OptionalDouble.of(JSON.readTree(line).get("ms").asDouble());
    }
}
