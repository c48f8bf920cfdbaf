package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept to start kernels fast is used, never keeps one from starting, and never says a word. */
class KernelStartTest {

    @TempDir
    Path folder;
    private Checkout checkout;

    @BeforeEach
    void linkEveryJar() throws IOException {
        checkout = Checkout.builtWithOwnJars(folder);
        checkout.notebook("a.ipynb", "40 + 2");
    }

    @AfterEach
    void removeLinks() throws IOException { checkout.close(); }

    @Test
    void startsWithoutACache() throws IOException { startsSilently(); }

    /** Where the system shows what a process has mapped. */
    @Test
    void startsFromTheCacheThatTheBuildMade() throws IOException {
        Files.write(cache(), made());
        checkout.notebook("a.ipynb", "40 + 2", """
                Path maps = Path.of("/proc/self/maps");
                if (Files.exists(maps) && !Files.readString(maps).contains("kernel.aot"))
                    throw new IllegalStateException("the cache is not used");""");
        startsSilently();
    }

    /** Java itself takes a class from the cache although the jar has another by now. */
    @Test
    void aCacheThatIsOlderThanTheBuildIsNotUsed() throws IOException {
        Files.write(cache(), made());
        Files.setLastModifiedTime(cache(), FileTime.from(Instant.EPOCH));
        checkout.notebook("a.ipynb", "40 + 2", """
                Path maps = Path.of("/proc/self/maps");
                if (Files.exists(maps) && Files.readString(maps).contains("kernel.aot"))
                    throw new IllegalStateException("a stale cache is used");""");
        startsSilently();
    }

    @Test
    void startsWithACacheThatIsEmptyOrForeignOrTruncatedOrDamaged() throws IOException {
        var noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        var damaged = made();
        var truncated = Arrays.copyOf(damaged, damaged.length / 2);
        System.arraycopy(noise, 0, damaged, damaged.length / 2, noise.length);
        for (var content : List.of(new byte[0], noise, truncated, damaged)) {
            Files.write(cache(), content);
            startsSilently();
        }
    }

    private static byte[] made() throws IOException {
        return Files.readAllBytes(Lab.HOME.resolve("kernel-config/target/lib/kernel.aot"));
    }

    @Test
    void aCacheThatCannotBeMadeIsNotTriedAgainBeforeTheNextBuild() throws IOException {
        var lab = checkout.lab("MECHANICS_BUILD", "");
        Files.delete(checkout.home().resolve("kernel-config/tools/gallery/skeleton.ipynb"));
        var first = lab.call("rehearse");
        assertEquals(0, first.exit(), first.output());
        assertTrue(first.output().contains("lab: rehearsing"), first.output());
        assertTrue(Files.notExists(cache()));
        assertEquals("", lab.call("rehearse").output());
        startsSilently();
    }

    private void startsSilently() throws IOException {
        var result = checkout.lab().call("run");
        assertEquals(0, result.exit(), result.output());
        var outputs = Notebook.read(checkout.home().resolve("target/notebooks/a.ipynb")).outputs().toList();
        assertEquals(1, outputs.size(), outputs.toString());
        assertTrue(outputs.toString().contains("42"), outputs.toString());
    }

    private Path cache() { return checkout.home().resolve("kernel-config/target/lib/kernel.aot"); }
}
