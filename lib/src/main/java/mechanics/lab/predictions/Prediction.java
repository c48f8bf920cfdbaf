package mechanics.lab.predictions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import mechanics.base.Html;
import mechanics.base.Numerals;
import mechanics.base.Renderable;
import mechanics.base.Rendering;
import mechanics.plot.PlotInputs;
import mechanics.statistics.Estimate;

/**
 * A number that theory gives before the run, and how far the measurement may be from it:
 *
 * <pre>{@code
 * var halfRise = Prediction.law("1.1", "A mode reaches half its strength at t = (τ/2s) ln(s/u₀ − 1)")
 *         .predicts(times).within(Tolerance.relative(0.02), "Euler steps: error O(η)")
 * }</pre>
 *
 * <p>
 * The cell that says this shows the number, not yet measured; after the run, {@code halfRise.check(measured)} shows
 * both and the verdict. Several values are compared one by one. What comes out depends on the kind:
 * <ul>
 * <li>A {@link #law} holds if all values are within the tolerance and every {@link #rival} misses. Together with a rival
 * it is undecided.
 * <li>A {@link #boundary} is the law outside its regime and breaks if every value misses.
 * <li>An {@link #identity} is exact if all values are within rounding. It is no evidence.
 * <li>A claim that others published is {@link #refuted} if every value misses.
 * </ul>
 *
 * @param id          the row of the catalogue, such as {@code 1.1}; several predictions of a row have endings, such as
 *                    {@code 1.1-order}
 * @param kind        what it is for
 * @param claim       one sentence
 * @param predicted   the values that theory gives; empty if the tolerance is a bound that says it all
 * @param names       names of the values, such as {@code mode 1}; empty, or as many as values
 * @param tolerance   how far off a measurement may be
 * @param reason      where the tolerance comes from
 * @param rivals      what other hypotheses say about the same values
 * @param system      which library trained what is measured
 * @param claimedBy   who published a claim that is to be refuted; empty for the other kinds
 * @param chosenAfter what was chosen after seeing what; empty if nothing was
 */
public record Prediction(String id, Kind kind, String claim, List<Double> predicted, List<String> names,
        Tolerance tolerance, String reason, List<Rival> rivals, String system, String claimedBy,
        String chosenAfter) implements Renderable {

    /** The system of a prediction that names no other. */
    public static final String OURS = "this library";

    /** Above this share of the prediction a tolerance is not one of rounding. */
    private static final double ROUNDING = 1e-3;

    private static final Pattern ID = Pattern.compile("[0-9]\\.[0-9]{1,2}(-[A-Za-z0-9]+)*");

    /** Requires what the components say. */
    public Prediction {
        if (reason.isBlank()) {
            throw new IllegalArgumentException(
                    "the reason for the tolerance of " + id + " is empty: expected where it"
                            + " comes from, such as \"Euler steps: error O(η)\"");
        }
        predicted = List.copyOf(predicted);
        names = List.copyOf(names);
        if (tolerance instanceof Tolerance.Relative && predicted.contains(0.0)) {
            throw new IllegalArgumentException(
                    "prediction " + id + ": predicted = 0 with a relative tolerance: expected"
                            + " numbers that are not zero, or Tolerance.absolute");
        }
        if (tolerance instanceof Tolerance.Computed computed && computed.values() > 1
                && computed.values() != predicted.size()) {
            throw new IllegalArgumentException("prediction " + id + ": a tolerance for " + computed.values()
                    + " values: expected one for all, or one for each of " + predicted.size() + " values");
        }
        if (kind == Kind.IDENTITY) requireRounding(id, predicted, tolerance);
        rivals = List.copyOf(rivals);
        if (kind != Kind.LAW && !rivals.isEmpty()) {
            throw new IllegalArgumentException(
                    "prediction " + id + " is of kind " + kind.word() + " and has a rival, "
                            + rivals.getFirst().name() + ": expected rivals of laws only");
        }
        for (Rival rival : rivals) {
            int count = rival.predicted().size();
            if (count > 1 && !predicted.isEmpty() && count != predicted.size()) {
                throw new IllegalArgumentException("prediction " + id + ": rival " + rival.name() + " has "
                        + count
                        + " values: expected one for all, or " + predicted.size() + ", as many as predicted");
            }
        }
        if (system.isBlank()) {
            throw new IllegalArgumentException(
                    "the system of " + id + " is empty: expected one such as \"Tribuo LinearSGD\"");
        }
        if (kind != Kind.REFUTED && !claimedBy.isEmpty()) {
            throw new IllegalArgumentException(
                    "prediction " + id + " is of kind " + kind.word() + ", claimed by "
                            + claimedBy + ": expected claimedBy on what is to be refuted");
        }
    }

    private static void requireRounding(String id, List<Double> predicted, Tolerance tolerance) {
        if (!(tolerance instanceof Tolerance.Around around)) return;
        for (int i = 0; i < predicted.size(); i++) {
            double value = Math.abs(predicted.get(i));
            if (value > 0 && around.size(value, i) > ROUNDING * value) {
                throw new IllegalArgumentException("identity " + id + " is checked " + tolerance.words()
                        + ": expected a tolerance of rounding, at most " + ROUNDING + " of the value "
                        + value);
            }
        }
    }

    /** A law, which must hold. */
    public static Claim law(String id, String claim) {
        return new Claim(id, Kind.LAW, claim);
    }

    /** The same law outside its regime, by its own formula and tolerance: every value must be seen to break. */
    public static Claim boundary(String id, String claim) {
        return new Claim(id, Kind.BOUNDARY, claim);
    }

    /** An exact statement, checked to rounding; never counted as evidence. See {@link Tolerance#rounding}. */
    public static Claim identity(String id, String claim) {
        return new Claim(id, Kind.IDENTITY, claim);
    }

    /** A published claim that the measurement is to contradict in every value. Needs {@link #claimedBy(String)}. */
    public static Claim refuted(String id, String claim) {
        return new Claim(id, Kind.REFUTED, claim);
    }

    /**
     * The same beside another hypothesis' number for what is measured; any number of rivals.
     *
     * @param name   of the hypothesis: a competing theory, a baseline that is untrained, shuffled, linear or constant
     * @param values its number for every value, or one for all
     */
    public Prediction rival(String name, double... values) {
        var more = new ArrayList<>(rivals);
        more.add(Rival.of(name, values));
        return with(more, system, claimedBy, chosenAfter);
    }

    /** The same about what another library trained, such as {@code Tribuo LinearSGD}. */
    public Prediction system(String name) {
        return with(rivals, name, claimedBy, chosenAfter);
    }

    /** Who published the claim that is to be refuted, and where. */
    public Prediction claimedBy(String who) {
        return with(rivals, system, requireText("who claimed it", who), chosenAfter);
    }

    /** Says what was chosen after seeing what: a window, a sample, a width, a tolerance. It stays with the prediction. */
    public Prediction afterFirstLook(String what) {
        return with(rivals, system, claimedBy, requireText("what was chosen after the first look", what));
    }

    private String requireText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "prediction " + id + ": " + what + " is empty: expected a few words");
        }
        return text;
    }

    private Prediction with(List<Rival> others, String library, String who, String after) {
        return new Prediction(id, kind, claim, predicted, names, tolerance, reason, others, library, who,
                after);
    }

    /** A sentence that still lacks its numbers. */
    public record Claim(String id, Kind kind, String sentence) {

        /** Requires an id of the catalogue and a sentence. */
        public Claim {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("id = \"" + id
                        + "\": expected a row of the catalogue such as 1.1, or with an ending such as 1.1-order");
            }
            if (sentence.isBlank()) {
                throw new IllegalArgumentException("the claim of " + id + " is empty: expected one sentence");
            }
        }

        /** The value or values that theory gives. */
        public Numbers predicts(double... values) {
            if (values.length == 0) {
                throw new IllegalArgumentException(
                        "prediction " + id + " has no values: expected at least one");
            }
            List<Double> list = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                PlotInputs.requireFinite("prediction " + id, "predicted[" + i + "]", values[i]);
                list.add(values[i]);
            }
            return new Numbers(this, list, List.of());
        }

        /** A bound that theory gives for whatever is measured. */
        public Prediction within(Tolerance.Bound bound, String reason) {
            return new Prediction(id, kind, sentence, List.of(), List.of(), bound, reason, List.of(), OURS,
                    "", "");
        }
    }

    /** A claim with its numbers, which still lacks the tolerance. */
    public record Numbers(Claim claim, List<Double> values, List<String> names) {

        /** Names the values, so that the check can say which is worst. */
        public Numbers named(String... labels) {
            if (labels.length != values.size()) {
                throw new IllegalArgumentException("prediction " + claim.id + ": " + labels.length
                        + " names: expected " + values.size() + ", as many as values");
            }
            return new Numbers(claim, values, List.of(labels));
        }

        /** How far the measurement may be off, and why that far. */
        public Prediction within(Tolerance tolerance, String reason) {
            return new Prediction(claim.id, claim.kind, claim.sentence, values, names, tolerance, reason,
                    List.of(),
                    OURS, "", "");
        }

        /** How far the measurement may be off, computed; the tolerance says why. */
        public Prediction within(Tolerance.Computed tolerance) {
            return within(tolerance, tolerance.reason());
        }
    }

    /**
     * Compares with what was measured.
     *
     * @throws IllegalArgumentException if there are not as many values as were predicted, or if the tolerance is in
     *                                  standard errors that are not known yet
     */
    public Check check(double... measured) {
        if (tolerance instanceof Tolerance.Computed computed && computed.pending()) {
            throw new IllegalArgumentException(
                    "prediction " + id + " is in standard errors that were not given:"
                            + " expected check(measured, standardErrors)");
        }
        return new Check(this, measured);
    }

    /**
     * Compares with what was measured, with standard errors that came with the measurement.
     *
     * @throws IllegalArgumentException if the tolerance is not in standard errors, or has its own
     */
    public Check check(double[] measured, double[] standardErrors) {
        if (!(tolerance instanceof Tolerance.Computed computed) || !computed.pending()) {
            throw new IllegalArgumentException("prediction " + id + " is " + tolerance.words()
                    + ": expected a tolerance in standard errors without the errors themselves");
        }
        if (standardErrors.length == 0) {
            throw new IllegalArgumentException(
                    "prediction " + id + ": no standard errors: expected one for each value");
        }
        return new Prediction(id, kind, claim, predicted, names, computed.given(standardErrors), reason,
                rivals, system,
                claimedBy, chosenAfter).check(measured);
    }

    /** Compares with means over independent draws, whose standard errors the tolerance waits for. */
    public Check check(Estimate first, Estimate... more) {
        var all = Stream.concat(Stream.of(first), Arrays.stream(more)).toList();
        return check(all.stream().mapToDouble(Estimate::mean).toArray(),
                all.stream().mapToDouble(Estimate::standardError).toArray());
    }

    /** The name of value {@code index} of {@code count}; empty if there is one without a name. */
    String name(int index, int count) {
        if (!names.isEmpty()) {
            return names.get(index);
        }
        return count == 1 ? "" : "value " + (index + 1) + " of " + count;
    }

    /** The table before the run: what theory says, not yet measured. */
    @Override
    public Rendering render() {
        String numbers = predicted.isEmpty()
                ? tolerance.words()
                : String.join(", ", predicted.stream().map(
                        Numerals::brief).toList());
        int count = predicted.size();
        List<List<String>> rows = new ArrayList<>();
        if (count == 0) {
            rows.add(List.of("", tolerance.words(), "not yet measured"));
        }
        for (int i = 0; i < count; i++) {
            rows.add(List.of(name(i, count), Numerals.brief(predicted.get(i)), "not yet measured"));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(Rendering.HTML,
                Html.block(heading(), Html.table(List.of("", "predicted", "measured"), rows), footing()));
        data.put(Rendering.TEXT, id + " " + kind.word() + ": " + claim + "\npredicted " + numbers
                + ", not yet measured. " + remarks());
        return Rendering.of(data);
    }

    String heading() {
        return "<b>%s</b> <span style=\"opacity:0.7\">%s</span> · %s".formatted(Html.escape(id), kind.word(),
                Html.escape(claim + (claimedBy.isEmpty() ? "" : " (claimed by " + claimedBy + ")")));
    }

    String footing() { return Html.escape(remarks()); }

    /** What stands below the table: tolerance, rivals before the run, what must happen, what was chosen after a look. */
    String remarks() {
        var sentences = new ArrayList<String>();
        sentences.add("Tolerance: " + tolerance.words() + " — " + reason);
        if (!rivals.isEmpty())
            sentences.add("Rivals: " + rivals.stream().map(Prediction::brief)
                    .collect(Collectors.joining("; ")));
        switch (kind) {
            case LAW -> {
            }
            case BOUNDARY -> sentences.add("A boundary: the law must be seen to break here, in every value");
            case IDENTITY -> sentences.add("An identity: exact, no evidence");
            case REFUTED ->
                sentences.add("A published claim: the measurement must contradict it, in every value");
        }
        if (!system.equals(OURS)) sentences.add("System: " + system);
        if (!chosenAfter.isEmpty()) sentences.add("Chosen after a first look: " + chosenAfter);
        return String.join(". ", sentences);
    }

    private static String brief(Rival rival) {
        List<String> values = rival.predicted().stream().map(Numerals::brief).toList();
        return rival.name() + " " + (values.size() <= 3
                ? String.join(", ", values)
                : values.getFirst() + ", …, " + values.getLast());
    }
}
