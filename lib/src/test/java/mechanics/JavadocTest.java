package mechanics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public documentation, as the JDK's javadoc tool reads it. */
class JavadocTest {
    private static final Pattern NO_PARAMETER = Pattern
            .compile("mechanics[/\\\\](\\w+)[/\\\\].*warning: no @param for");
    private static final List<String> DESCRIBED = List.of("network", "training", "measure", "kernels",
            "representations", "solvable", "limits", "laws", "hyperparameters", "universality", "physics");

    @TempDir
    Path folder;

    /** The messages of the tool, without that on the Vector API, which is used on purpose. */
    private List<String> messages(String checks) {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        ToolProvider.findFirst("javadoc").orElseThrow().run(out, out, "-d", folder.toString(), "-quiet",
                "-encoding", "UTF-8", "-Xmaxwarns", "100000", "-Xmaxerrs", "1000", checks, "--add-modules",
                "jdk.incubator.vector", "-classpath", System.getProperty("java.class.path"), "-sourcepath",
                "src/main/java", "-subpackages", "mechanics");
        return text.toString().lines().filter(line -> line.contains("error:") || line.contains("warning:"))
                .filter(line -> !line.contains("[incubating]")).toList();
    }

    @Test
    void theDocumentationBuildsWithoutAMessage() {
        assertEquals(List.of(), messages("-Xdoclint:all,-missing"));
    }

    @Test
    void parametersOfNetworksRunsObservablesAndTheoriesAreDescribed() {
        var missing = new TreeMap<String, Integer>();
        var lines = new ArrayList<String>();
        for (String line : messages("-Xdoclint:missing")) {
            var found = NO_PARAMETER.matcher(line);
            if (found.find() && DESCRIBED.contains(found.group(1))) {
                missing.merge(found.group(1), 1, Integer::sum);
                lines.add(line);
            }
        }
        assertEquals(0, lines.size(), () -> missing + "\n" + String.join("\n", lines));
    }
}
