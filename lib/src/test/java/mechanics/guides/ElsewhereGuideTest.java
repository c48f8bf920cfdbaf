package mechanics.guides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import mechanics.base.Permutation;
import mechanics.base.Seed;
import mechanics.data.StoredArray;
import mechanics.data.StoredArrays;
import mechanics.representations.Cka;
import mechanics.representations.ParticipationRatio;
import mechanics.representations.Representation;

/** The code of the guide to networks that were trained elsewhere. */
class ElsewhereGuideTest {

    @Test
    void twoNetworksThatWereTrainedElsewhere() {
        Path folder = Path.of("../datasets/elsewhere");
        // guide: read
        Map<String, StoredArray> file = StoredArrays.read(folder.resolve("activations.npz"));
        Representation first = Representation.of(file.get("first.hidden2").rows()); // n × d, rows are samples
        Representation second = Representation.of(file.get("second.hidden2").rows());
        double alignment = Cka.debiased(first, second);
        double dimension = ParticipationRatio.corrected(first);
        // end
        assertEquals(200, first.samples());
        assertEquals(64, first.width());

        // guide: null
        int[] order = Permutation.of(first.samples(), Seed.of(1).stream("order"));
        double chance = Cka.debiased(first, second.part(order));
        // end
        assertTrue(alignment > 0.5 && Math.abs(chance) < 0.1, alignment + " against " + chance);
        assertTrue(dimension > 1 && dimension < 64, "dimension " + dimension);

        Map<String, StoredArray> weights = StoredArrays.read(folder.resolve("first.safetensors"));
        assertArrayEquals(new int[]{64, 784}, weights.get("layer1.weight").shape());
    }
}
