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
import mechanics.lab.sweeps.SavedResults;

/**
 * A prediction beside what was measured, with the verdict. Shown as a table; the ledger reads the JSON beside it.
 *
 * <p>
 * A measurement that is not a finite number is no measurement: a law does not hold by it and a boundary is not seen to
 * break by it.
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
    private final boolean recomputed;

    Check(Prediction prediction, double... measured) {
        this(prediction, measured.clone(), true);
        int expected = prediction.predicted().size();
        if (measured.length == 0 || (expected > 0 && measured.length != expected)) {
            throw new IllegalArgumentException("check of " + prediction.id() + ": " + measured.length
                    + " measured values: expected "
                    + (expected == 0 ? "at least one" : expected + ", as many as predicted"));
        }
    }

    private Check(Prediction prediction, double[] measured, boolean recomputed) {
        this.prediction = prediction;
        this.measured = measured;
        this.recomputed = recomputed;
        List<Double> predicted = prediction.predicted();
        deviations = new double[measured.length];
        for (int i = 0; i < measured.length; i++) {
            deviations[i] = Double.isFinite(measured[i]) && (predicted.isEmpty() || i < predicted.size())
                    ? prediction
                            .tolerance()
                            .deviation(predicted.isEmpty() ? Double.NaN : predicted.get(i), measured[i], i)
                    : Double.NaN;
        }
        // What was not measured is worst of all: NaN sorts last.
        worst = IntStream.range(0, measured.length).boxed()
                .max(Comparator.comparingDouble(i -> deviations[i])).orElse(-1);
        verdict = judge();
    }

    private Verdict judge() {
        boolean numbers = Arrays.stream(deviations).noneMatch(Double::isNaN);
        boolean within = numbers
                && Arrays.stream(deviations).allMatch(d -> d <= prediction.tolerance().allowed());
        return switch (prediction.kind()) {
            case LAW -> within ? Verdict.HOLDS : Verdict.FAILS;
            case BOUNDARY -> numbers && !within ? Verdict.BREAKS : Verdict.FAILS;
        };
    }

    /** The same check, marked as made from saved results instead of a run. */
    public Check loaded() {
        return new Check(prediction, measured, false);
    }

    /** The same check, marked as made from saved results if any of these were loaded. */
    public Check from(SavedResults<?> results) {
        return results.recomputed() ? this : loaded();
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

    /** Whether a law held or a boundary was seen to break. */
    public boolean passed() {
        return verdict != Verdict.FAILS;
    }

    /** Index of the value that is farthest from its prediction. */
    public int worst() { return worst; }

    /** How far that value is off, in the tolerance's unit; NaN if it is not a number. */
    public double deviation() {
        return deviations[worst];
    }

    /** Whether the measurement was made now, not loaded. */
    public boolean recomputed() { return recomputed; }

    /** The row of the ledger. */
    public Ledger.Entry entry() {
        List<Double> values = Arrays.stream(measured).boxed().toList();
        List<Double> predicted = !prediction.predicted().isEmpty()
                ? prediction.predicted()
                : prediction.tolerance() instanceof Tolerance.Bound bound
                        ? Arrays.stream(bound.limits()).boxed().toList()
                        : List.of();
        return new Ledger.Entry("", prediction.id(), prediction.kind(), prediction.claim(), predicted, values,
                prediction
                        .tolerance().words(),
                verdict, recomputed, Double.NaN);
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
                                        "measured", "off by", ""), rows()),
                                prediction.footing() + (recomputed
                                        ? ""
                                        : ". Measured earlier: loaded from saved results.")));
        data.put(Rendering.TEXT, text());
        return Rendering.of(data);
    }

    /** What the ledger keeps, and the reason for the tolerance. */
    Map<String, Object> json() {
        Map<String, Object> json = entry().json();
        json.put("reason", prediction.reason());
        return json;
    }

    String badge() { return Html.badge(passed(), outcome()); }

    /** The verdict in words, and for a failed check the worst value. */
    private String outcome() {
        return switch (verdict) {
            case HOLDS -> "holds";
            case BREAKS -> "breaks, as it should" + beyondWhat();
            case FAILS -> "fails" + (Double.isNaN(deviation())
                    ? ": no finite number" + at()
                    : prediction
                            .kind() == Kind.BOUNDARY ? ": the law still holds here" : beyondWhat());
        };
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
            shown = shown.stream().sorted(Comparator.comparingDouble((Integer i) -> deviations[i]).reversed())
                    .limit(
                            WORST_SHOWN)
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
            rows.add(List.of("… and " + (measured.length - shown.size()) + " values that are closer", "", "",
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
        text.append("tolerance ").append(prediction.tolerance().words()).append(" (")
                .append(prediction.reason()).append(
                        ")\n");
        return text.append(passed() ? "✓ " : "✗ ").append(outcome()).append(recomputed ? "" : " (loaded)")
                .toString();
    }

    @Override
    public String toString() { return text(); }
}
