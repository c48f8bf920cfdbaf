package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the script's Python that need no kernel: its own unit tests. */
class PythonTest {

    @ParameterizedTest
    @ValueSource(strings = {"test_course.py", "test_run.py", "test_doors.py"})
    void theUnitTestsPass(String name) throws Exception {
        var process = new ProcessBuilder(KernelBridge.python(), "-B",
                Path.of("src/test/python", name).toString()).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
