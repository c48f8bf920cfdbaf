package mechanics.lab.predictions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import mechanics.base.Html;
import mechanics.base.Numerals;
import mechanics.base.Renderable;
import mechanics.base.Rendering;

/**
 * The checks of a "Your turn" cell:
 *
 * <pre>{@code
 * Exercise.of("1.1-a", 2).equal("half-rise time", expected, yours, Tolerance.relative(0.01)).hint("solve u = s/2 for t")
 * }</pre>
 *
 * <p>
 * Every check has an equal share of the points. Immutable: every method returns a new exercise.
 *
 * @param id     unique among the exercises, such as {@code 1.1-a}
 * @param points what the whole is worth
 * @param items  the checks so far
 */
public record Exercise(String id, double points, List<Item> items) implements Renderable {

    /**
     * One check.
     *
     * @param what    what should be true
     * @param passed  whether it is
     * @param remark  what was expected and found; empty if there is nothing to say
     * @param hint    a nudge for who did not pass; may be empty
     */
    public record Item(String what, boolean passed, String remark, String hint) {}

    /** Requires an id and a number of points that is not negative. */
    public Exercise {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id is empty: expected a name such as 1.1-a");
        }
        if (!(points >= 0) || Double.isInfinite(points)) {
            throw new IllegalArgumentException(
                    "points = " + points + ": expected a finite number that is not negative");
        }
        items = List.copyOf(items);
    }

    /** An exercise without checks yet. */
    public static Exercise of(String id, double points) {
        return new Exercise(id, points, List.of());
    }

    /** Checks a condition. */
    public Exercise that(String what, boolean condition) {
        return with(new Item(what, condition, "", ""));
    }

    /** Checks a condition that may throw, as an unfinished answer does: that is then what the learner reads. */
    public Exercise that(String what, BooleanSupplier condition) {
        try {
            return that(what, condition.getAsBoolean());
        } catch (RuntimeException e) {
            return with(new Item(what, false, "it threw " + e, ""));
        }
    }

    /** Checks that a number is near the expected one. */
    public Exercise equal(String what, double expected, double actual, Tolerance.Around tolerance) {
        return equal(what, new double[]{expected}, new double[]{actual}, tolerance);
    }

    /** Checks that numbers are near the expected ones. */
    public Exercise equal(String what, double[] expected, double[] actual, Tolerance.Around tolerance) {
        if (actual.length != expected.length) {
            return with(new Item(what, false,
                    "expected " + expected.length + " numbers, got " + actual.length, ""));
        }
        for (int i = 0; i < expected.length; i++) {
            if (!(tolerance.deviation(expected[i], actual[i], i) <= tolerance.allowed())) {
                return with(new Item(what, false,
                        "expected " + Numerals.brief(expected[i]) + " (" + tolerance.words()
                                + "), got " + Numerals.brief(actual[i])
                                + (expected.length == 1 ? "" : " at index " + i),
                        ""));
            }
        }
        return with(new Item(what, true, "", ""));
    }

    /** Checks that a value is the expected one. */
    public Exercise equal(String what, Object expected, Object actual) {
        boolean same = Objects.equals(expected, actual);
        return with(new Item(what, same, same ? "" : "expected " + expected + ", got " + actual, ""));
    }

    /** A hint for the last check, shown if it does not pass. */
    public Exercise hint(String text) {
        if (items.isEmpty()) {
            throw new IllegalStateException("hint \"" + text + "\" before any check: expected a check first");
        }
        List<Item> changed = new ArrayList<>(items);
        Item last = changed.removeLast();
        changed.add(new Item(last.what, last.passed, last.remark, text));
        return new Exercise(id, points, changed);
    }

    private Exercise with(Item item) {
        List<Item> more = new ArrayList<>(items);
        more.add(item);
        return new Exercise(id, points, more);
    }

    /** Whether there are checks and all pass. */
    public boolean passed() {
        return !items.isEmpty() && items.stream().allMatch(Item::passed);
    }

    /** The share of the points for the checks that pass. */
    public double earned() {
        return items.isEmpty() ? 0 : points * items.stream().filter(Item::passed).count() / items.size();
    }

    /**
     * For graders: nothing if all checks pass.
     *
     * @throws AssertionError naming what does not pass
     */
    public void requirePassed() {
        if (!passed()) {
            throw new AssertionError(text());
        }
    }

    @Override
    public Rendering render() {
        List<List<String>> rows = items.stream()
                .map(item -> List.of(Html.badge(item.passed, item.passed ? "yes" : "not yet"),
                        item.what, remark(item)))
                .toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("points", points);
        json.put("earned", earned());
        json.put("checks", items.stream().map(item -> {
            Map<String, Object> check = new LinkedHashMap<>();
            check.put("what", item.what);
            check.put("passed", item.passed);
            check.put("remark", remark(item));
            return check;
        }).toList());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(Rendering.EXERCISE, json);
        data.put(Rendering.HTML,
                Html.block("<b>" + Html.escape("Exercise " + id) + "</b> · " + Html.escape(summary()), Html
                        .table(List.of("", "check", ""), rows), ""));
        data.put(Rendering.TEXT, text());
        return Rendering.of(data);
    }

    private static String remark(Item item) {
        if (item.passed) {
            return "";
        }
        return item.remark + (item.remark.isEmpty() || item.hint.isEmpty() ? "" : ". ")
                + (item.hint.isEmpty()
                        ? ""
                        : "Hint: "
                                + item.hint);
    }

    private String summary() {
        return Numerals.brief(earned()) + " of " + Numerals.brief(points) + " points" + (passed()
                ? ". Well done."
                : items.isEmpty()
                        ? ": no checks"
                        : ": " + items.stream().filter(Item::passed).count() + " of " + items.size()
                                + " checks pass so far.");
    }

    private String text() {
        var text = new StringBuilder("Exercise " + id + ": " + summary());
        for (Item item : items) {
            text.append('\n').append(item.passed ? "✓ " : "✗ ").append(item.what);
            if (!remark(item).isEmpty()) {
                text.append(": ").append(remark(item));
            }
        }
        return text.toString();
    }
}
