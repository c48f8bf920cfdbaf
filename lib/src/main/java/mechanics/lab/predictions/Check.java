package mechanics.lab.predictions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import mechanics.base.Html;
import mechanics.base.Numerals;
import mechanics.base.Renderable;
import mechanics.base.Rendering;
import mechanics.lab.sweeps.Provenance;
import mechanics.lab.sweeps.SavedResults;

/**
 * A prediction beside what was measured, with the verdict. Shown as a table; the ledger reads the JSON beside it.
 *
 * <p>
 * A measurement that is not a finite number is no measurement: a law does not hold by it and a boundary is not seen to
 * break by it.
 *
 * <p>
 * The value that decides is the farthest where all must be within the tolerance, and the nearest where all must miss.
 */
public final class Check implements Renderable {

    /** More values than this are shown as the worst few. */
    private static final int SHOWN = 12;
    private static final int WORST_SHOWN = 5;

    private final Prediction prediction;
    private final double[] measured;
    private final double[] deviations;
    private final int worst;
    private final Verdict verdict;
    /** Null: measured now. */
    private final Provenance loadedFrom;

    Check(Prediction prediction, double... measured) {
        this(prediction, measured.clone(), null);
        int expected = prediction.predicted().size();
        if (measured.length == 0 || (expected > 0 && measured.length != expected)) {
            throw new IllegalArgumentException("check of " + prediction.id() + ": " + measured.length
                    + " measured values: expected "
                    + (expected == 0 ? "at least one" : expected + ", as many as predicted"));
        }
        if (prediction.kind() == Kind.REFUTED && prediction.claimedBy().isEmpty()) {
            throw new IllegalArgumentException("check of " + prediction.id()
                    + ": nobody claims what is to be refuted: expected claimedBy(\"who\") before the check");
        }
    }

    private Check(Prediction prediction, double[] measured, Provenance loadedFrom) {
        this.prediction = prediction;
        this.measured = measured;
        this.loadedFrom = loadedFrom;
        requireRivals();
        List<Double> predicted = prediction.predicted();
        deviations = new double[measured.length];
        for (int i = 0; i < measured.length; i++) {
            deviations[i] = Double.isFinite(measured[i]) && (predicted.isEmpty() || i < predicted.size())
                    ? prediction
                            .tolerance()
                            .deviation(predicted.isEmpty() ? Double.NaN : predicted.get(i), measured[i], i)
                    : Double.NaN;
        }
        // What was not measured is worst of all.
        Comparator<Integer> byDistance = Comparator
                .comparingDouble(i -> mustMiss() ? -deviations[i] : deviations[i]);
        worst = IntStream.range(0, measured.length).boxed()
                .max(Comparator.comparing((Integer i) -> Double.isNaN(deviations[i]))
                        .thenComparing(byDistance))
                .orElse(-1);
        verdict = judge();
    }

    private void requireRivals() {
        for (Rival rival : prediction.rivals()) {
            int count = rival.predicted().size();
            if (count > 1 && count != measured.length) {
                throw new IllegalArgumentException(
                        "check of " + prediction.id() + ": rival " + rival.name() + " has "
                                + count + " values: expected one for all, or " + measured.length
                                + ", as many as measured");
            }
        }
    }

    /** Whether this kind is about values that are not within the tolerance. */
    private boolean mustMiss() {
        return prediction.kind() == Kind.BOUNDARY || prediction.kind() == Kind.REFUTED;
    }

    private Verdict judge() {
        if (Arrays.stream(deviations).anyMatch(Double::isNaN)) return Verdict.FAILS;
        double allowed = prediction.tolerance().allowed();
        boolean within = Arrays.stream(deviations).allMatch(d -> d <= allowed);
        boolean outside = Arrays.stream(deviations).allMatch(d -> d > allowed);
        return switch (prediction.kind()) {
            case LAW -> !within ? Verdict.FAILS : excluded() ? Verdict.HOLDS : Verdict.UNDECIDED;
            case BOUNDARY -> outside ? Verdict.BREAKS : Verdict.FAILS;
            case IDENTITY -> within ? Verdict.EXACT : Verdict.FAILS;
            case REFUTED -> outside ? Verdict.REFUTED : Verdict.FAILS;
        };
    }

    /** Whether every rival misses. */
    private boolean excluded() {
        return prediction.rivals().stream().allMatch(rival -> misses(rival) > 1);
    }

    /**
     * By how many tolerances a rival misses, where it misses most; at most 1 if it is inside with all values. NaN if a
     * measurement is not a number.
     */
    private double misses(Rival rival) {
        double most = 0;
        for (int i = 0; i < measured.length; i++) {
            most = Math.max(most, Double.isNaN(deviations[i])
                    ? Double.NaN
                    : prediction.tolerance().misses(predicted(i), measured[i], rival.value(i), i));
        }
        return most;
    }

    private double predicted(int index) {
        return prediction.predicted().isEmpty() ? Double.NaN : prediction.predicted().get(index);
    }

    /** The same check, marked as made from saved results instead of a run. */
    public Check loaded() {
        return new Check(prediction, measured, Provenance.UNKNOWN);
    }

    /** The same check, marked as made from saved results if any of these were loaded. */
    public Check from(SavedResults<?> results) {
        return results.recomputed() ? this : new Check(prediction, measured, results.provenance());
    }

    /** Several checks in one table. */
    public static Checks all(Check... checks) {
        return new Checks(List.of(checks));
    }

    /** What theory said. */
    public Prediction prediction() { return prediction; }

    /** What was measured; a copy. */
    public double[] measured() { return measured.clone(); }

    /** What came out. */
    public Verdict verdict() { return verdict; }

    /** Whether it came out as it should: nothing failed, and a law is not undecided. */
    public boolean passed() {
        return verdict.passed();
    }

    /** Index of the value that decides. */
    public int worst() { return worst; }

    /** How far that value is off, in the tolerance's unit; NaN if it is not a number. */
    public double deviation() {
        return deviations[worst];
    }

    /** Which share of the tolerance that value uses, above 1 outside; NaN if it is not a number. */
    public double used() {
        return Double.isNaN(deviation())
                ? Double.NaN
                : prediction.tolerance().used(predicted(worst), measured[worst], worst);
    }

    /** Whether the measurement was made now, not loaded. */
    public boolean recomputed() {
        return loadedFrom == null;
    }

    /** The row of the ledger. */
    public Ledger.Entry entry() {
        List<Double> values = Arrays.stream(measured).boxed().toList();
        List<Double> predicted = !prediction.predicted().isEmpty()
                ? prediction.predicted()
                : prediction.tolerance() instanceof Tolerance.Bound bound
                        ? Arrays.stream(bound.limits()).boxed().toList()
                        : List.of();
        List<Ledger.RivalResult> rivals = prediction.rivals().stream()
                .map(rival -> new Ledger.RivalResult(rival.name(), rival.predicted(), misses(rival)))
                .toList();
        return new Ledger.Entry("", prediction.id(), prediction.kind(), prediction.claim(),
                prediction.system(),
                predicted, values, prediction.tolerance().words(), used(), rivals, verdict,
                recomputed() ? "" : loadedFrom.words(), prediction.claimedBy(), prediction.chosenAfter(), 0,
                0,
                Double.NaN);
    }

    /** A table with the verdict, and the same as JSON for the ledger. */
    @Override
    public Rendering render() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(Rendering.CHECK, json());
        data.put(
                Rendering.HTML, Html
                        .block(prediction.heading() + " &nbsp; " + badge(),
                                Html.table(List.of("", "predicted",
                                        "measured", "off by", ""), rows()) + rivalTable(),
                                prediction.footing() + Html.escape(earlier())));
        data.put(Rendering.TEXT, text());
        return Rendering.of(data);
    }

    /** What the ledger keeps, and the reason for the tolerance. */
    Map<String, Object> json() {
        Map<String, Object> json = entry().json();
        json.put("reason", prediction.reason());
        if (!recomputed()) json.put("loadedFrom", loadedFrom.json());
        return json;
    }

    private String earlier() {
        return recomputed()
                ? ""
                : ". Measured earlier: loaded from saved results (" + loadedFrom.words() + ")";
    }

    String badge() { return Html.badge(passed(), outcome()); }

    /** The verdict in words, and for a failed check the worst value. */
    private String outcome() {
        return switch (verdict) {
            case HOLDS -> "holds";
            case UNDECIDED -> "undecided: " + String.join(", ", insiders()) + " cannot be told from the law";
            case BREAKS -> "breaks, as it should" + beyondWhat();
            case EXACT -> "exact";
            case REFUTED -> "refuted" + beyondWhat();
            case FAILS -> "fails" + (Double.isNaN(deviation())
                    ? ": no finite number" + at()
                    : switch (prediction.kind()) {
                        case BOUNDARY -> ": the law still holds here" + at();
                        case REFUTED -> ": the claim holds" + at();
                        case LAW, IDENTITY -> beyondWhat();
                    });
        };
    }

    /** The rivals that do not miss. */
    private List<String> insiders() {
        return prediction.rivals().stream().filter(rival -> !(misses(rival) > 1)).map(Rival::name).toList();
    }

    /** Empty without rivals. */
    private String rivalTable() {
        if (prediction.rivals().isEmpty()) return "";
        return Html.table(List.of("rival", "predicted", "misses by", ""), rivalRows());
    }

    private List<List<String>> rivalRows() {
        return prediction
                .rivals().stream().map(rival -> List.of(rival.name(), Ledger.brief(rival.predicted()),
                        misses(rival) > 1 || Double.isNaN(misses(rival))
                                ? tolerances(misses(rival))
                                : "nothing: "
                                        + tolerances(misses(rival)),
                        misses(rival) > 1 ? "outside" : Double.isNaN(misses(rival)) ? "—" : "inside too"))
                .toList();
    }

    private static String tolerances(double count) {
        return Double.isNaN(count) ? "—" : Numerals.text(count, 3) + " tolerances";
    }

    private String beyondWhat() { return ": off by " + prediction.tolerance().words(deviation()) + at(); }

    private String at() {
        String name = name(worst);
        return name.isEmpty() ? "" : " at " + name;
    }

    private String name(int index) {
        return prediction.names().size() > index || !prediction.predicted().isEmpty()
                ? prediction.name(index,
                        measured.length)
                : measured.length == 1 ? "" : "value " + (index + 1) + " of " + measured.length;
    }

    private List<List<String>> rows() {
        List<Integer> shown = IntStream.range(0, measured.length).boxed().toList();
        if (shown.size() > SHOWN) {
            Comparator<Integer> byDistance = Comparator.comparingDouble(i -> deviations[i]);
            shown = shown.stream().sorted(mustMiss() ? byDistance : byDistance.reversed()).limit(WORST_SHOWN)
                    .toList();
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i : shown) {
            boolean within = deviations[i] <= prediction.tolerance().allowed();
            rows.add(List.of(
                    name(i), prediction.predicted().isEmpty()
                            ? prediction.tolerance().words()
                            : Numerals.brief(
                                    prediction.predicted().get(i)),
                    Numerals.brief(measured[i]), Double.isNaN(deviations[i])
                            ? "—"
                            : prediction.tolerance().words(deviations[i]),
                    within ? "within" : "outside"));
        }
        if (shown.size() < measured.length) {
            rows.add(List.of(
                    "… and " + (measured.length - shown.size())
                            + (mustMiss() ? " values that are farther off" : " values that are closer"),
                    "", "",
                    "", ""));
        }
        return rows;
    }

    private String text() {
        var text = new StringBuilder();
        text.append(prediction.id()).append(' ').append(prediction.kind().word()).append(": ")
                .append(prediction.claim())
                .append('\n');
        for (List<String> row : rows()) {
            text.append(row.get(0).isEmpty() ? "" : row.get(0) + ": ");
            text.append(row.get(1).isEmpty()
                    ? ""
                    : "predicted " + row.get(1) + ", measured " + row.get(2) + ", off by "
                            + row.get(3))
                    .append('\n');
        }
        for (List<String> row : rivalRows()) {
            text.append("rival ").append(row.get(0)).append(": predicted ").append(row.get(1))
                    .append(", misses by ")
                    .append(row.get(2)).append('\n');
        }
        text.append("tolerance ").append(prediction.tolerance().words()).append(" (")
                .append(prediction.reason()).append(
                        ")\n");
        if (!prediction.system().equals(Prediction.OURS)) {
            text.append("system: ").append(prediction.system()).append('\n');
        }
        if (!prediction.claimedBy().isEmpty()) {
            text.append("claimed by ").append(prediction.claimedBy()).append('\n');
        }
        if (!prediction.chosenAfter().isEmpty()) {
            text.append("chosen after a first look: ").append(prediction.chosenAfter()).append('\n');
        }
        return text.append(passed() ? "✓ " : "✗ ").append(outcome())
                .append(recomputed() ? "" : " (loaded)")
                .toString();
    }

    @Override
    public String toString() { return text(); }
}
