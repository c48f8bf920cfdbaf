package mechanics.lab.predictions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import mechanics.base.Html;
import mechanics.base.Numerals;
import mechanics.base.Renderable;
import mechanics.base.Rendering;
import mechanics.plot.PlotInputs;

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
 * both and the verdict. Several values are compared one by one: the law holds if all are within the tolerance.
 *
 * @param id        the row of the catalogue, such as {@code 1.1}; several predictions of a row have endings, such as
 *                  {@code 1.1-order}
 * @param kind      a law, which must hold, or a boundary, which must be seen to break
 * @param claim     one sentence
 * @param predicted the values that theory gives; empty if the tolerance is a bound that says it all
 * @param names     names of the values, such as {@code mode 1}; empty, or as many as values
 * @param tolerance how far off a measurement may be
 * @param reason    where the tolerance comes from
 */
public record Prediction(String id, Kind kind, String claim, List<Double> predicted, List<String> names,
        Tolerance tolerance, String reason) implements Renderable {

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
        if (tolerance instanceof Tolerance.StandardErrors(double _, double[] errors) && errors.length > 1
                && errors.length != predicted.size()) {
            throw new IllegalArgumentException("prediction " + id + ": " + errors.length
                    + " standard errors: expected one, or one for each of " + predicted.size() + " values");
        }
    }

    /** A law, which must hold. */
    public static Claim law(String id, String claim) {
        return new Claim(id, Kind.LAW, claim);
    }

    /** The same law outside its regime: must be seen to break. */
    public static Claim boundary(String id, String claim) {
        return new Claim(id, Kind.BOUNDARY, claim);
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
            return new Prediction(id, kind, sentence, List.of(), List.of(), bound, reason);
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
            return new Prediction(claim.id, claim.kind, claim.sentence, values, names, tolerance, reason);
        }
    }

    /**
     * Compares with what was measured.
     *
     * @throws IllegalArgumentException if there are not as many values as were predicted, or if the tolerance is in
     *                                  standard errors that are not known yet
     */
    public Check check(double... measured) {
        if (tolerance instanceof Tolerance.StandardErrors(double _, double[] errors) && errors.length == 0) {
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
        if (!(tolerance instanceof Tolerance.StandardErrors(double k, double[] errors))
                || errors.length > 0) {
            throw new IllegalArgumentException("prediction " + id + " is " + tolerance.words()
                    + ": expected a tolerance in standard errors without the errors themselves");
        }
        if (standardErrors.length == 0) {
            throw new IllegalArgumentException(
                    "prediction " + id + ": no standard errors: expected one for each value");
        }
        return new Prediction(id, kind, claim, predicted, names, Tolerance.standardErrors(k, standardErrors),
                reason)
                .check(measured);
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
                + ", not yet measured; tolerance " + tolerance.words() + " (" + reason + ")");
        return Rendering.of(data);
    }

    String heading() {
        return "<b>%s</b> <span style=\"opacity:0.7\">%s</span> · %s".formatted(Html.escape(id), kind.word(),
                Html.escape(
                        claim));
    }

    String footing() {
        return "Tolerance: " + Html.escape(tolerance.words() + " — " + reason) + (kind == Kind.BOUNDARY
                ? ". A boundary: the law must be seen to break here."
                : "");
    }
}
