package mechanics.lab.predictions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import mechanics.base.Html;
import mechanics.base.Numerals;
import mechanics.base.Renderable;
import mechanics.base.Rendering;
import mechanics.base.SafeFile;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** All checks of a run of the notebooks: what {@code lab run} writes as {@code ledger.json}. */
public record Ledger(List<Entry> entries) implements Renderable {

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Copies the list. */
    public Ledger {
        entries = List.copyOf(entries);
    }

    /**
     * What became of a rival of a law.
     *
     * @param predicted one number or several
     * @param misses    by how many tolerances; at most 1: inside
     */
    public record RivalResult(String name, List<Double> predicted, double misses) {

        /** Copies the list. */
        public RivalResult {
            predicted = List.copyOf(predicted);
        }

        private Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", name);
            json.put("predicted", plain(predicted));
            json.put("misses", plain(misses));
            return json;
        }
    }

    /**
     * One check.
     *
     * @param notebook    path of the notebook in its folder; empty before a run is collected
     * @param system      which library trained what was measured
     * @param predicted   one number or several
     * @param measured    one number or several
     * @param tolerance   in words
     * @param used        distance ÷ tolerance of the value that decides: the farthest, or for boundaries and published
     *                    claims the nearest; NaN if it is not a number
     * @param rivals      of a law
     * @param provenance  where saved results come from; empty if all was measured in the run
     * @param claimedBy   who published what is refuted; empty for the other kinds
     * @param chosenAfter what was chosen after seeing what; empty if nothing was
     * @param seeds       how many fresh seeds it was repeated under; 0 if it was not
     * @param held        under how many of them it came out as it should
     * @param seconds     what the cell took; NaN if not known
     */
    public record Entry(String notebook, String id, Kind kind, String claim, String system,
            List<Double> predicted, List<Double> measured, String tolerance, double used,
            List<RivalResult> rivals,
            Verdict verdict, String provenance, String claimedBy, String chosenAfter, int seeds, int held,
            double seconds) {

        /** Copies the lists. */
        public Entry {
            predicted = List.copyOf(predicted);
            measured = List.copyOf(measured);
            rivals = List.copyOf(rivals);
        }

        /** Whether all was measured in the run. */
        public boolean recomputed() {
            return provenance.isEmpty();
        }

        /** As a plain structure; a single value is a number, several are a list. What is not known is left out. */
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            if (!notebook.isEmpty()) {
                json.put("notebook", notebook);
            }
            json.put("id", id);
            json.put("kind", kind.word());
            json.put("claim", claim);
            if (!claimedBy.isEmpty()) {
                json.put("claimedBy", claimedBy);
            }
            json.put("system", system);
            json.put("predicted", plain(predicted));
            json.put("measured", plain(measured));
            json.put("tolerance", tolerance);
            json.put("used", Double.isNaN(used) ? null : plain(used));
            json.put("rivals", rivals.stream().map(RivalResult::json).toList());
            json.put("verdict", verdict.word());
            json.put("recomputed", recomputed());
            if (!recomputed()) {
                json.put("provenance", provenance);
            }
            json.put("chosenAfter", chosenAfter.isEmpty() ? null : chosenAfter);
            if (seeds > 0) {
                json.put("seeds", seeds);
                json.put("held", held);
            }
            if (!Double.isNaN(seconds)) {
                json.put("seconds", seconds);
            }
            return json;
        }
    }

    private static Object plain(List<Double> values) {
        List<Object> plain = values.stream().map(Ledger::plain).toList();
        return plain.size() == 1 ? plain.getFirst() : plain;
    }

    /** JSON has no numbers for what is not finite. */
    private static Object plain(double value) {
        return Double.isFinite(value) ? (Object) value : Double.toString(value);
    }

    /** The entries of some checks, in order. */
    public static Ledger of(List<Check> checks) {
        return new Ledger(checks.stream().map(Check::entry).toList());
    }

    /** Those that fail or are undecided. */
    public List<Entry> failures() {
        return entries.stream().filter(entry -> !entry.verdict.passed()).toList();
    }

    /** Laws that name no rival: nothing else was tested beside them. */
    public List<Entry> withoutRival() {
        return entries.stream().filter(entry -> entry.kind == Kind.LAW && entry.rivals.isEmpty()).toList();
    }

    /** Writes a JSON array of objects. */
    public void write(Path file) {
        try {
            SafeFile.write(file, MAPPER.writeValueAsBytes(entries.stream().map(Entry::json).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads what {@link #write} or {@code lab run} wrote.
     *
     * @throws IllegalArgumentException if the file is not a ledger: names the file, the entry and what was expected
     * @throws UncheckedIOException     if there is no such file
     */
    public static Ledger read(Path file) { return new Ledger(LedgerReader.ledger(file)); }

    /**
     * Reads the checks that executed notebooks show, from a folder and the folders below it. Notebooks come in the order
     * of their names.
     *
     * @throws IllegalArgumentException if a file is not a notebook or a check in it is not one: names file and cell
     * @throws UncheckedIOException     if the folder or a file cannot be read
     */
    public static Ledger ofNotebooks(Path folder) { return new Ledger(LedgerReader.notebooks(folder)); }

    /** One row for each check. */
    @Override
    public Rendering render() {
        List<List<String>> rows = entries.stream()
                .map(entry -> List.of(entry.notebook, entry.id, entry.kind.word(), brief(
                        entry.predicted), brief(entry.measured), entry.tolerance,
                        entry.rivals.stream()
                                .map(rival -> rival.name + " misses by " + Numerals.text(rival.misses, 3))
                                .collect(Collectors.joining("; ")),
                        Html.badge(entry.verdict.passed(),
                                entry.verdict.word()) + (entry.recomputed() ? "" : " loaded")))
                .toList();
        Map<String, Object> data = new LinkedHashMap<>();
        String count = entries.size() + (entries.size() == 1 ? " prediction, " : " predictions, ")
                + failures().size()
                + " failed or undecided" + (withoutRival().isEmpty()
                        ? ""
                        : ", " + withoutRival().size() + (withoutRival().size() == 1
                                ? " law names no rival"
                                : " laws name no rival"));
        data.put(Rendering.HTML,
                Html.block(count, Html.table(List.of("notebook", "id", "kind", "predicted", "measured",
                        "tolerance", "rivals", "verdict"), rows), ""));
        data.put(Rendering.TEXT,
                entries.stream().map(entry -> "%-9s %-8s %-10s predicted %s, measured %s, %s".formatted(
                        entry.verdict.word(), entry.kind.word(), entry.id, brief(entry.predicted),
                        brief(entry.measured),
                        entry.tolerance)).collect(Collectors.joining("\n", "", "\n" + count)));
        return Rendering.of(data);
    }

    static String brief(List<Double> values) {
        List<String> texts = values.stream().map(Numerals::brief).toList();
        return texts.size() <= 3
                ? String.join(", ", texts)
                : texts.getFirst() + ", …, " + texts.getLast() + " ("
                        + texts.size() + ")";
    }
}
