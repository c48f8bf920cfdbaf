package mechanics.lab.sweeps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import mechanics.lab.Scale;
import mechanics.network.Network;
import mechanics.network.zoo.Mlp;
import mechanics.training.Weights;

/** Weights of trained networks as results of a saved sweep: whole, or refused by name. */
class SavedWeightsTest {
    @TempDir
    Path folder;

    private static Network network(long seed) { return Mlp.of(3, 5, 2).seed(seed).build(); }

    private SavedResults<Weights> at(Scale scale) {
        return Sweep.of("weights", List.of(7L)).saved(Map.of("width", 5), Weights.class).in(folder).at(scale)
                .run((seed, _) -> Weights.of(network(seed)));
    }

    private Path file() { return folder.resolve("weights.json"); }

    @Test
    void whatIsLoadedIsWhatWasSaved() {
        Weights saved = at(Scale.FULL).values().getFirst();
        var results = at(Scale.QUICK);
        assertEquals(1, results.loaded());
        assertEquals(saved, results.values().getFirst());
        double[] theta = network(7).parameters().array().toDoubles();
        Network loaded = results.values().getFirst().into(network(8));
        double[] found = loaded.parameters().array().toDoubles();
        for (int i = 0; i < theta.length; i++) {
            assertEquals(theta[i], found[i], Math.abs(theta[i]) / 2048 + 1e-7);
        }
        // Rounded once, rounded for good.
        assertEquals(saved, Weights.of(loaded));
        double[][] x = {{1, 2, 3}};
        assertArrayEquals(network(7).evaluate(x)[0], loaded.evaluate(x)[0], 0.01);
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        Weights weights = Weights.of(network(7));
        for (var other : List.of(Mlp.of(3, 6, 2), Mlp.of(5, 3, 2), Mlp.of(3, 5, 2).bias(false),
                Mlp.of(3, 5, 2).linear())) {
            String message = assertThrows(IllegalArgumentException.class, () -> weights.into(other.build()))
                    .getMessage();
            assertTrue(message.startsWith("weights of 32 parameters of (3)"), message);
            assertTrue(message.contains("expected those of"), message);
        }
    }

    @Test
    void aFileThatIsCutShortIsRefusedByName() throws IOException {
        at(Scale.FULL);
        String text = Files.readString(file());
        for (int length : new int[]{0, 1, text.length() / 2, text.length() - 4}) {
            Files.writeString(file(), text.substring(0, length));
            assertRefused();
        }
    }

    @Test
    void aFileInWhichANumberWasChangedIsRefusedByName() throws IOException {
        at(Scale.FULL);
        String text = Files.readString(file());
        int at = text.indexOf("\"numbers\":\"") + 20;
        char changed = text.charAt(at) == 'A' ? 'B' : 'A';
        Files.writeString(file(), text.substring(0, at) + changed + text.substring(at + 1));
        assertRefused();
        // Four characters less are three bytes less.
        Files.writeString(file(), text.substring(0, at) + text.substring(at + 4));
        assertRefused();
        Files.writeString(file(), text.replace("\"count\":32", "\"count\":31"));
        assertRefused();
        Files.writeString(file(), text.replace("\"numbers\"", "\"letters\""));
        assertRefused();
    }

    private void assertRefused() {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> at(Scale.QUICK));
        var all = new StringBuilder();
        for (Throwable t = refused; t != null; t = t.getCause()) all.append(t.getMessage()).append('\n');
        assertTrue(all.toString().contains("weights.json") && all.toString().contains("--scale full"),
                all.toString());
    }

    @Test
    void numbersTooLargeForSixteenBitsAreRefused() {
        Network network = network(1);
        network.parameters().array().set(4, 1e6);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Weights.of(network)).getMessage()
                .startsWith("parameter 4 = "));
    }
}
