package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The library in a stock JJava, with the settings that `lab install` prints. */
class StockKernelTest {

    /** Seeded in one snippet, drawn from in the next, computed by OpenBLAS. */
    private static final String NUMBERS = """
            smile.math.MathEx.setSeed(7);
            var network = new smile.classification.MLP(smile.model.mlp.Layer.input(4),
                smile.model.mlp.Layer.rectifier(8), smile.model.mlp.Layer.mle(2, smile.model.mlp.OutputFunction.SOFTMAX));
            var random = new SplittableRandom(1);
            double[][] x = IntStream.range(0, 64).mapToObj(i -> random.doubles(4).toArray()).toArray(double[][]::new);
            int[] y = IntStream.range(0, 64).map(i -> x[i][0] > 0.5 ? 1 : 0).toArray();
            for (int i = 0; i < 20; i++) network.update(x, y);
            double[] posterior = new double[2];
            network.predict(x[0], posterior);
            Arrays.toString(posterior)""";

    private static final List<String> PICTURES = List.of(
            "Figure.of(\"a figure\").x(\"x\").y(\"y\").measured(\"m\", new double[] {1, 2}, new double[] {1, 2})",
            "org.knowm.xchart.QuickChart.getChart(\"t\", \"x\", \"y\", \"s\", new double[] {1, 2}, new double[] {1, 4})",
            """
                    var bars = new org.knowm.xchart.CategoryChartBuilder().title("runs").build();
                    bars.addSeries("s", List.of("a", "b"), List.of(1, 2));
                    bars""",
            """
                    var map = new org.knowm.xchart.HeatMapChartBuilder().build();
                    map.addSeries("s", new int[] {0, 1}, new int[] {0, 1}, new int[][] {{1, 2}, {3, 4}});
                    map""");

    @Test
    void aStockKernelShowsTheSameValuesAndComputesTheSameNumbers(@TempDir Path folder) throws IOException {
        var jar = System.getenv("MECHANICS_JJAVA");
        assumeTrue(jar != null, "MECHANICS_JJAVA does not name the jar of a stock JJava: it is not compared");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var specification = Files.createDirectories(folder.resolve("kernels/java")).resolve("kernel.json");
        Files.writeString(specification, JsonMapper.shared().writeValueAsString(Map.of("argv",
                List.of(java, "--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED", "-jar", jar,
                        "{connection_file}"),
                "display_name", "Java", "language", "java", "interrupt_mode", "message")));
        try (var stock = new KernelBridge(folder); var own = new KernelBridge()) {
            stock.start("stock", settings());
            own.start("own", Map.of());
            for (var code : List.of("new double[] {1, 2}", "new String[][] {{\"a\"}}",
                    "List.of(new int[] {1})",
                    "1 + 1", "Tolerance.relative(0.05)", NUMBERS)) {
                var expected = own.run("own", code);
                assertEquals("ok", expected.status(), expected::error);
                assertEquals(expected.text(), stock.run("stock", code).text(), code);
            }
            for (var code : PICTURES) {
                var picture = stock.run("stock", code).value();
                assertTrue(picture.path("image/png").asString().startsWith("iVBORw0KGgo"), picture::toString);
            }
        }
    }

    private static Map<String, String> settings() {
        var config = Lab.HOME.resolve("kernel-config");
        return Map.of("JJAVA_CLASSPATH", config.resolve("target/lib") + "/*", "JJAVA_STARTUP_SCRIPTS_PATH",
                config.resolve("startup.jsh").toString(), "LD_LIBRARY_PATH",
                Lab.HOME.resolve("lib/target/natives").toString(),
                "JDK_JAVA_OPTIONS", "\"@" + config.resolve("jvm.options") + "\"", "MECHANICS_HOME",
                Lab.HOME.toString(),
                "OPENBLAS_NUM_THREADS", "1");
    }
}
