package mechanics.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Times the works of {@link Works} by JMH on one thread and on all cores, PyTorch's twin of each right after it, and
 * prints a table. The numbers go to {@code target/bench.json}. Ratios compare either side at its better number of
 * threads.
 */
public final class Bench {
    private Bench() {}

    /**
     * Runs the works.
     *
     * @param arguments names of works; all if there are none
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, RunnerException {
        Path home = Path.of(System.getenv().getOrDefault("MECHANICS_HOME", "."));
        for (String name : arguments) {
            if (!Works.GIGAFLOP.containsKey(name)) {
                System.err.println("lab bench: no work " + name + "; there are "
                        + String.join(", ", Works.GIGAFLOP.keySet()));
                System.exit(2);
            }
        }
        var works = arguments.length > 0 ? List.of(arguments) : List.copyOf(Works.GIGAFLOP.keySet());
        var peer = Peer.find(System.getenv().getOrDefault("MECHANICS_PYTHON", "python3"),
                home.resolve("tests/bench/peer.py"));
        System.out.println(peer == null
                ? "PyTorch not found: timing the library alone (on Debian: apt install --no-install-recommends python3-torch python3-scipy)"
                : "beside " + peer.name());
        int cores = Runtime.getRuntime().availableProcessors();
        var threads = cores == 1 ? List.of(1) : List.of(1, cores);
        Map<Integer, Double> peak = new TreeMap<>();
        for (int t : threads) {
            // The product has 2 n³ operations.
            peak.put(t, 2 * Math.pow(Works.PEAK_SIZE, 3) / 1e6 / time("peak", t));
            System.out.printf("matrix product of %d, single precision, %d thread%s: %.0f GFLOP/s%n",
                    Works.PEAK_SIZE, t,
                    t == 1 ? "" : "s", peak.get(t));
        }
        var rows = new ArrayList<Row>();
        System.out.printf("%n%-18s %8s %10s %10s %7s %10s%n", "work", "threads", "ours ms", "peer ms",
                "ratio", "bound ms");
        for (String work : works) {
            for (int t : threads) {
                double ours = time(work, t);
                var theirs = peer == null || !Works.hasPeer(work) ? null : boxed(peer.milliseconds(work, t));
                double gigaflop = Works.GIGAFLOP.get(work);
                var row = new Row(work, t, ours, theirs == null ? null : peer.name(), theirs,
                        theirs == null ? null : ours / theirs,
                        gigaflop == 0 ? null : gigaflop / peak.get(t) * 1e3);
                rows.add(row);
                print(row);
            }
        }
        write(rows, home.resolve("target/bench.json"));
        summarize(works, rows);
    }

    private static Double boxed(java.util.OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** The median over the samples of one forked JVM, in ms. */
    private static double time(String work, int threads) throws RunnerException {
        var options = new OptionsBuilder().include(Works.class.getName() + "." + Works.method(work) + "$")
                .param("threads", Integer.toString(threads)).forks(1).warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(4).measurementTime(TimeValue.seconds(1)).verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true).build();
        return new Runner(options).run().iterator().next().getPrimaryResult().getStatistics()
                .getPercentile(50);
    }

    private static void print(Row row) {
        System.out.printf("%-18s %8d %10s %10s %7s %10s%n", row.work(), row.threads(), number(row.oursMs()),
                number(row.peerMs()),
                number(row.ratio()), number(row.boundMs()));
    }

    private static void summarize(List<String> works, List<Row> rows) {
        System.out.printf(
                "%nEither side at its better number of threads:%n%n| work | ours, ms | PyTorch, ms | ours ÷ PyTorch | products alone, ms |%n|---|---|---|---|---|%n");
        for (String work : works) {
            var own = rows.stream().filter(r -> r.work().equals(work)).toList();
            var best = own.stream().min(Comparator.comparingDouble(Row::oursMs)).orElseThrow();
            var peer = own.stream().filter(r -> r.peerMs() != null)
                    .min(Comparator.comparingDouble(Row::peerMs)).map(Row::peerMs)
                    .orElse(null);
            System.out.printf("| %s | %s | %s | %s | %s |%n", Works.description(work), number(best.oursMs()),
                    number(peer),
                    number(peer == null ? null : best.oursMs() / peer), number(best.boundMs()));
        }
    }

    private static String number(Double value) {
        if (value == null) return "–";
        return value < 1
                ? "%.3f".formatted(value)
                : value < 100 ? "%.2f".formatted(value) : "%.0f".formatted(value);
    }

    private static void write(List<Row> rows, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path temporary = Files.createTempFile(file.getParent(), "bench", ".json");
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(temporary, rows);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        System.out.println();
        System.out.println("written to " + file);
    }
}
