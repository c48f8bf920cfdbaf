package mechanics.lab.predictions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * How a prediction fared under fresh seeds: what {@code lab replicate} writes.
 *
 * @param seeds how many seeds
 * @param held  under how many of them it came out as it should
 * @param used  distance ÷ tolerance under each seed; NaN where nothing was measured
 */
public record Replication(String id, Kind kind, int seeds, int held, List<Double> used) {

    /** Copies the list. */
    public Replication {
        if (seeds < 1 || held < 0 || held > seeds) {
            throw new IllegalArgumentException(
                    "held = " + held + ", seeds = " + seeds
                            + ": expected 0 ≤ held ≤ seeds, and at least one seed");
        }
        used = List.copyOf(used);
    }

    /**
     * Reads {@code target/replication.json}, or what {@code --save} keeps in {@code datasets/results}.
     *
     * @throws IllegalArgumentException     if the file is something else: names the file, the entry and what was expected
     * @throws java.io.UncheckedIOException if there is no such file
     */
    public static List<Replication> read(Path file) {
        JsonNode root = LedgerReader.tree(file, "count of replications", "what lab replicate writes");
        JsonNode entries = root.isArray() ? root : root.path("predictions");
        if (!entries.isArray()) {
            throw new IllegalArgumentException(
                    file + " is not a count of replications: expected a JSON array, or an object with predictions");
        }
        List<Replication> found = new ArrayList<>();
        for (JsonNode node : entries) {
            String place = file + ": entry " + found.size();
            List<Double> used = new ArrayList<>();
            for (JsonNode share : LedgerReader.required(place, node, "used")) {
                used.add(share.isNull() ? Double.NaN : LedgerReader.number(place, "used", share));
            }
            found.add(new Replication(LedgerReader.text(place, node, "id"),
                    LedgerReader.choice(place, node, "kind", Kind.class),
                    (int) LedgerReader.number(place, "seeds", LedgerReader.required(place, node, "seeds")),
                    (int) LedgerReader.number(place, "held", LedgerReader.required(place, node, "held")),
                    used));
        }
        return found;
    }
}
