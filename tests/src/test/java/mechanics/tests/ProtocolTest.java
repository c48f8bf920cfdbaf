package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Jupyter's own client sees of the kernel: tests in Python, as that client is. */
class ProtocolTest {

    @Test
    void everyMessageIsAnsweredAndNothingIsLost() throws Exception { assertPasses("test_protocol.py", ""); }

    /** {@code -Dkernel.fuzz=20000} tries more inputs. */
    @Test
    void brokenJavaNeitherHangsNorEndsTheKernel() throws Exception {
        assertPasses("test_fuzz.py", System.getProperty("kernel.fuzz", "1000"));
    }

    private static void assertPasses(String tests, String inputs) throws Exception {
        var builder = new ProcessBuilder(KernelBridge.python(), "-B", "-W", "ignore", tests)
                .directory(Path.of("src/test/python").toFile()).redirectErrorStream(true);
        // Set for the JVM of the tests; Python should not load these libraries.
        builder.environment().keySet().removeAll(List.of("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"));
        builder.environment().put("JUPYTER_PATH", Lab.HOME.resolve("kernel-config").toString());
        builder.environment().put("MECHANICS_FUZZ", inputs);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
