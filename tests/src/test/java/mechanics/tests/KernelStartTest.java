package mechanics.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is kept to start kernels fast never keeps one from starting, and never says a word. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the checkout is made of links")
class KernelStartTest {

    @TempDir
    Path folder;
    private Checkout checkout;

    @BeforeEach
    void linkEveryJar() throws IOException {
        checkout = Checkout.builtWithOwnJars(folder);
        checkout.notebook("a.ipynb", "System.err.flush();", "40 + 2");
    }

    @AfterEach
    void removeLinks() throws IOException { checkout.close(); }

    @Test
    void startsWithoutACache() throws IOException { startsSilently(); }

    @Test
    void startsWithAnEmptyOrTruncatedOrForeignOrDamagedCache() throws IOException {
        var good = Lab.HOME.resolve("kernel-config/target/lib/kernel.aot");
        Files.write(cache(), new byte[0]);
        startsSilently();
        var noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        Files.write(cache(), noise);
        startsSilently();
        if (!Files.exists(good)) return; // no rehearsal: nothing to truncate
        var bytes = Files.readAllBytes(good);
        Files.write(cache(), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        startsSilently();
        System.arraycopy(noise, 0, bytes, bytes.length / 2, noise.length);
        Files.write(cache(), bytes);
        startsSilently();
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
