package mechanics.lab.predictions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Renderable;
import mechanics.base.Rendering;
import mechanics.statistics.Estimate;

class PredictionTest {

    private static Prediction law(Tolerance tolerance, double... predicted) {
        return Prediction.law("1.1", "a claim").predicts(predicted).within(tolerance, "a reason");
    }

    private static Prediction boundary(double predicted) {
        return Prediction.boundary("1.1-large", "a claim").predicts(predicted).within(Tolerance.relative(0.1),
                "a reason");
    }

    /** The half-rise time (τ/2s) ln(s/u₀ − 1) at s = 2, u₀ = 0.01, τ = 1, and the same with a wrong exponent in s. */
    private static final double RIGHT = Math.log(2 / 0.01 - 1) / 4;
    private static final double WRONG = Math.log(2 / 0.01 - 1) / 8;

    static Stream<Tolerance> tolerances() {
        return Stream.of(Tolerance.absolute(0.02), Tolerance.relative(0.02),
                Tolerance.standardErrors(3, 0.005), Tolerance
                        .atMost(RIGHT + 0.02),
                Tolerance.nextOrder(0.02, "O(η)"),
                Tolerance.standardErrors(3, 0.005).plus(Tolerance.nextOrder(0.005, "O(η)")),
                Tolerance.atLeast(RIGHT - 0.02), Tolerance.between(RIGHT - 0.02, RIGHT + 0.02));
    }

    @ParameterizedTest
    @MethodSource("tolerances")
    void everyToleranceHoldsForTheTheoryAndFailsForAWrongOne(Tolerance tolerance) {
        double measured = RIGHT + 0.001;
        assertEquals(Verdict.HOLDS, law(tolerance, RIGHT).check(measured).verdict());
        // A bound fails when the system obeys the wrong theory; a distance also when the prediction is wrong.
        double elsewhere = tolerance instanceof Bounds.AtMost ? 2 * RIGHT : WRONG;
        assertEquals(Verdict.FAILS, law(tolerance, RIGHT).check(elsewhere).verdict());
        if (tolerance instanceof Tolerance.Around) {
            assertEquals(Verdict.FAILS, law(tolerance, WRONG).check(measured).verdict());
        }
    }

    @ParameterizedTest
    @MethodSource("tolerances")
    void whatIsNotANumberNeverHoldsAndBreaksNothing(Tolerance tolerance) {
        for (double nothing : new double[]{Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertEquals(Verdict.FAILS, law(tolerance, RIGHT).check(nothing).verdict());
            assertEquals(Verdict.FAILS,
                    Prediction.boundary("1.1", "c").predicts(RIGHT).within(tolerance, "r").check(
                            nothing).verdict());
        }
    }

    @Test
    void aBoundaryMustBeSeenToBreak() {
        assertEquals(Verdict.BREAKS, boundary(1).check(1.5).verdict());
        assertEquals(Verdict.FAILS, boundary(1).check(1.05).verdict());
        assertTrue(boundary(1).check(1.5).toString().contains("breaks, as it should: off by 50 %"));
        assertTrue(boundary(1).check(1.05).toString().contains("the law still holds here"));
    }

    @Test
    void aBoundaryMustBreakInEveryValue() {
        Prediction two = Prediction.boundary("1.1-large", "c").predicts(1, 1).named("small", "large")
                .within(Tolerance.relative(0.1), "r");
        assertEquals(Verdict.BREAKS, two.check(1.5, 0.5).verdict());
        Check half = two.check(1.01, 5);
        assertEquals(Verdict.FAILS, half.verdict());
        assertTrue(half.toString().contains("the law still holds here at small"), half.toString());
        assertEquals(0.1, half.used(), 1e-12, "the nearest value decides");
        assertEquals(1, two.check(1.5, Double.NaN).worst(), "what was not measured decides");
    }

    @Test
    void aLawHoldsIfEveryRivalMissesAndIsUndecidedBesideOneThatDoesNot() {
        Prediction law = law(Tolerance.absolute(0.1), 0.5);
        assertEquals(Verdict.HOLDS, law.rival("Kaplan", 0.73).check(0.48).verdict());
        Check undecided = law.rival("Kaplan", 0.73).rival("constant", 0.55).check(0.48);
        assertEquals(Verdict.UNDECIDED, undecided.verdict());
        assertFalse(undecided.passed());
        assertTrue(undecided.toString().contains("✗ undecided: constant cannot be told from the law"),
                undecided.toString());
        assertEquals(Verdict.FAILS, law.rival("Kaplan", 0.73).check(0.7).verdict());
        assertEquals(List.of(2.5, 0.7), undecided.entry().rivals().stream()
                .map(rival -> Math.round(rival.misses() * 1e9) / 1e9).toList());
    }

    @Test
    void aToleranceThatIsTooWideLetsARivalIn() {
        assertEquals(Verdict.HOLDS,
                law(Tolerance.relative(0.1), RIGHT).rival("s and not 2s", WRONG).check(RIGHT).verdict());
        assertEquals(Verdict.UNDECIDED,
                law(Tolerance.relative(1), RIGHT).rival("s and not 2s", WRONG).check(RIGHT).verdict());
    }

    @Test
    void aRivalOfABoundMissesOutsideOfTheBound() {
        Prediction bound = Prediction.law("5.2", "c").within(Tolerance.atLeast(0.9), "r");
        assertEquals(Verdict.HOLDS, bound.rival("untrained", 0.2).check(0.95).verdict());
        assertEquals(Verdict.UNDECIDED, bound.rival("tf-idf", 0.97).check(0.95).verdict());
        Prediction between = Prediction.law("3.3", "c").within(Tolerance.between(0.9, 1.1), "r");
        assertEquals(Verdict.HOLDS, between.rival("no edge", 0.5).check(1).verdict());
        assertEquals(5, between.rival("no edge", 0.5).check(1).entry().rivals().getFirst().misses(), 1e-9);
        assertEquals(Verdict.UNDECIDED, between.rival("another edge", 1.05).check(1).verdict());
    }

    @Test
    void aRivalOfSeveralValuesMustBeRightAboutAll() {
        Prediction law = law(Tolerance.absolute(0.1), 1, 2, 3);
        assertEquals(Verdict.HOLDS, law.rival("constant", 2).check(1, 2, 3).verdict());
        assertEquals(Verdict.HOLDS, law.rival("bent", 1, 2, 4).check(1, 2, 3).verdict());
        assertEquals(Verdict.UNDECIDED, law.rival("the same", 1.01, 2.01, 3.01).check(1, 2, 3).verdict());
        assertEquals(Verdict.FAILS, law.rival("constant", 2).check(1, 2, Double.NaN).verdict());
    }

    @Test
    void anIdentityIsExactAndNoLaw() {
        Prediction identity = Prediction.identity("3.9", "the charge is conserved").predicts(2)
                .within(Tolerance.rounding(53, 100, 2));
        assertEquals(Verdict.EXACT, identity.check(2 + 1e-15).verdict());
        assertEquals(Verdict.FAILS, identity.check(2 + 1e-9).verdict());
        String message = assertThrows(IllegalArgumentException.class, () -> Prediction.identity("3.9", "c")
                .predicts(2).within(Tolerance.absolute(0.1), "r")).getMessage();
        assertTrue(message.contains("rounding"), message);
    }

    @Test
    void aPublishedClaimIsRefutedIfEveryValueMisses() {
        Prediction claim = Prediction.refuted("3.2", "the exponent is 0.73").predicts(0.73)
                .within(Tolerance.standardErrors(3, 0.01)).claimedBy("Kaplan et al. 2020");
        Check refuted = claim.check(0.5);
        assertEquals(Verdict.REFUTED, refuted.verdict());
        assertTrue(refuted.passed());
        assertFalse(refuted.toString().contains("as it should"), refuted.toString());
        assertTrue(refuted.toString().contains("claimed by Kaplan et al. 2020"), refuted.toString());
        assertEquals("Kaplan et al. 2020", refuted.entry().claimedBy());
        assertEquals(Verdict.FAILS, claim.check(0.72).verdict());
        assertEquals(Verdict.FAILS, Prediction.refuted("3.2", "c").predicts(1, 2)
                .within(Tolerance.absolute(0.1), "r").claimedBy("who").check(1, 3).verdict());
    }

    @Test
    void whatWasChosenAfterALookAndWhoTrainedStayWithThePrediction() {
        Prediction law = law(Tolerance.relative(0.02), 1).rival("none", 2).system("Tribuo LinearSGD")
                .afterFirstLook("the window, after seeing the transient");
        Check check = law.check(1);
        assertEquals("Tribuo LinearSGD", check.entry().system());
        assertEquals("the window, after seeing the transient", check.entry().chosenAfter());
        for (Renderable shown : List.of(law, check)) {
            for (String type : List.of(Rendering.TEXT, Rendering.HTML)) {
                String text = shown.render().data().get(type).toString();
                assertTrue(text.contains("hosen after a first look: the window, after seeing the transient")
                        && text.contains("Tribuo LinearSGD") && text.contains("none"), text);
            }
        }
    }

    @Test
    void toleranceIsComputedFromSeedsAndFromTheNextOrder() {
        Estimate estimate = Estimate.of(1.0, 1.2, 1.1, 0.9);
        Tolerance.Computed errors = Tolerance.standardErrors(3, estimate);
        Tolerance.Computed sum = errors.plus(Tolerance.nextOrder(0.05, "O(1/n)"));
        assertEquals(3 * estimate.standardError(), errors.size(1, 0), 1e-15);
        assertEquals(3 * estimate.standardError() + 0.05, sum.size(1, 0), 1e-15);
        Prediction law = Prediction.law("2.3", "c").predicts(1).within(sum);
        assertEquals("standard errors over 4 independent draws; next order: O(1/n)", law.reason());
        assertEquals("within 3 standard errors of 0.0645 plus 0.05", law.tolerance().words());
        assertEquals(Verdict.HOLDS, law.check(1 + 0.99 * sum.size(1, 0)).verdict());
        assertEquals(Verdict.FAILS, law.check(1 + 1.01 * sum.size(1, 0)).verdict());
        assertEquals(0.99, law.check(1 + 0.99 * sum.size(1, 0)).used(), 1e-9);
    }

    @Test
    void aSumMayWaitForItsStandardErrors() {
        Prediction law = Prediction.law("2.3", "c").predicts(1, 2)
                .within(Tolerance.standardErrors(2)
                        .plus(Tolerance.nextOrder(new double[]{0.1, 0.2}, "O(1/n)")));
        assertThrows(IllegalArgumentException.class, () -> law.check(1, 2));
        assertEquals(Verdict.HOLDS,
                law.check(new Estimate(1.25, 0.1, 5), new Estimate(2.35, 0.1, 5)).verdict());
        assertEquals(Verdict.FAILS,
                law.check(new Estimate(1.35, 0.1, 5), new Estimate(2.35, 0.1, 5)).verdict());
    }

    @ParameterizedTest
    @MethodSource("tolerances")
    void usedIsAtMostOneExactlyWithin(Tolerance tolerance) {
        for (double measured = RIGHT - 0.1; measured < RIGHT + 0.1; measured += 0.0007) {
            Check check = law(tolerance, RIGHT).check(measured);
            assertEquals(check.verdict() == Verdict.HOLDS, check.used() <= 1, tolerance + " at " + measured);
            assertTrue(check.used() >= 0);
        }
    }

    @Test
    void exactlyTheToleranceIsWithin() {
        assertEquals(Verdict.HOLDS, law(Tolerance.absolute(0.5), 1).check(1.5).verdict());
        assertEquals(Verdict.HOLDS, law(Tolerance.absolute(0), 1).check(1).verdict());
        assertEquals(Verdict.HOLDS,
                Prediction.law("1.1", "c").within(Tolerance.atMost(2), "r").check(2).verdict());
    }

    @Test
    void severalValuesHoldTogetherAndTheWorstIsNamed() {
        Prediction three = Prediction.law("1.1", "c").predicts(1, 2, 3).named("mode 1", "mode 2", "mode 3")
                .within(Tolerance
                        .relative(0.1), "r");
        assertEquals(Verdict.HOLDS, three.check(1.05, 2.05, 3.05).verdict());
        Check check = three.check(1.05, 3, 3.3);
        assertEquals(Verdict.FAILS, check.verdict());
        assertEquals(1, check.worst());
        assertEquals(0.5, check.deviation(), 1e-12);
        assertTrue(check.toString().contains("✗ fails: off by 50 % at mode 2"), check.toString());
        assertEquals(2, three.check(1, 5, Double.NaN).worst());
        assertTrue(law(Tolerance.relative(0.1), 1, 2).check(1, 3).toString().contains("at value 2 of 2"));
    }

    @Test
    void standardErrorsMayComeWithTheMeasurement() {
        Prediction prediction = law(Tolerance.standardErrors(3), -1, -2);
        double[] errors = {0.02, 0.1};
        assertEquals(Verdict.HOLDS, prediction.check(new double[]{-1.05, -2.2}, errors).verdict());
        assertEquals(Verdict.FAILS, prediction.check(new double[]{-1.07, -2.2}, errors).verdict());
        assertThrows(IllegalArgumentException.class, () -> prediction.check(-1, -2));
        assertThrows(IllegalArgumentException.class,
                () -> prediction.check(new double[]{-1, -2}, new double[3]));
        assertThrows(IllegalArgumentException.class,
                () -> law(Tolerance.absolute(1), 1).check(new double[]{1},
                        new double[]{1}));
    }

    @Test
    void aBoundIsAPredictionOfItsOwn() {
        Prediction bound = Prediction.law("4.7", "c").within(Tolerance.between(0, 1), "r");
        assertEquals(Verdict.HOLDS, bound.check(0.5, 0.7, 0.1).verdict());
        assertEquals(Verdict.FAILS, bound.check(0.5, 1.7, 0.1).verdict());
        assertEquals(List.of(0.0, 1.0), bound.check(0.5).entry().predicted());
    }

    @Test
    void beforeTheRunTheNumberIsThereAndNothingForTheLedger() {
        Rendering rendering = law(Tolerance.relative(0.02), 1.25).render();
        assertEquals(Set.of(Rendering.HTML, Rendering.TEXT), rendering.data().keySet());
        for (Object text : rendering.data().values()) {
            assertTrue(
                    text.toString().contains("1.25") && text.toString().contains("not yet measured")
                            && text.toString()
                                    .contains("within 2 %")
                            && text.toString().contains("a reason"),
                    text.toString());
        }
    }

    @Test
    void afterTheRunTheLedgerHasItsFields() {
        Rendering rendering = law(Tolerance.relative(0.02), 1.25).check(1.26).render();
        Map<?, ?> json = (Map<?, ?>) rendering.data().get(Rendering.CHECK);
        assertEquals(
                List.of("id", "kind", "claim", "system", "predicted", "measured", "tolerance", "used",
                        "rivals",
                        "verdict", "recomputed", "chosenAfter", "reason"),
                List.copyOf(json.keySet()));
        assertEquals(List.of("this library", "within 2 %", List.of(), "holds", true, "a reason"),
                Stream.of("system", "tolerance", "rivals", "verdict", "recomputed", "reason").map(json::get)
                        .toList());
        assertEquals(0.4, (double) json.get("used"), 1e-9);
        Map<?, ?> loaded = (Map<?, ?>) boundary(1).check(Double.NaN).loaded().render().data()
                .get(Rendering.CHECK);
        assertEquals(false, loaded.get("recomputed"));
        assertEquals("no provenance", loaded.get("provenance"));
        assertEquals("NaN", loaded.get("measured"));
        assertEquals("fails", loaded.get("verdict"));
        assertTrue(rendering.data().get(Rendering.HTML).toString().contains("✓ holds"));
    }

    @Test
    void claimsAreTextNotHtml() {
        String html = Prediction.law("1.1", "u < s & <b>x</b>").predicts(1)
                .within(Tolerance.absolute(1), "\"r\"").check(1)
                .render().data().get(Rendering.HTML).toString();
        assertTrue(html.contains("u &lt; s &amp; &lt;b&gt;x&lt;/b&gt;") && html.contains("&quot;r&quot;"),
                html);
    }

    @Test
    void manyValuesShowTheWorst() {
        double[] predicted = new double[40];
        Arrays.fill(predicted, 1);
        double[] measured = predicted.clone();
        measured[17] = 2;
        String html = law(Tolerance.absolute(0.1), predicted).check(measured).render().data()
                .get(Rendering.HTML).toString();
        assertTrue(html.contains("value 18 of 40") && html.contains("35 values that are closer"), html);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half-rise", "1", "1.1-", "x1.1", "1.1 order", "11.1"})
    void idsAreRowsOfTheCatalogue(String id) {
        String message = assertThrows(IllegalArgumentException.class, () -> Prediction.law(id, "c"))
                .getMessage();
        assertTrue(message.contains('"' + id + '"') && message.contains("1.1-order"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.17", "6.10", "1.1-order", "2.4-lazy-2"})
    void rowsWithAndWithoutEndingsAreIds(String id) { assertEquals(id, Prediction.law(id, "c").id()); }

    static Stream<Arguments> mistakes() {
        return Stream.of(Arguments.of((Runnable) () -> Prediction.law("1.1", " "), "claim"), Arguments.of(
                (Runnable) () -> Prediction.law("1.1", "c").predicts(), "no values"),
                Arguments.of(
                        (Runnable) () -> Prediction.law("1.1", "c").predicts(1, Double.NaN),
                        "predicted[1] = NaN"),
                Arguments
                        .of((Runnable) () -> Prediction.law("1.1", "c").predicts(1)
                                .within(Tolerance.absolute(1), ""),
                                "reason"),
                Arguments.of((Runnable) () -> law(Tolerance.relative(0.1), 1, 0),
                        "predicted = 0 with a relative tolerance"),
                Arguments.of(
                        (Runnable) () -> law(Tolerance.absolute(1), 1, 2).check(1),
                        "1 measured values: expected 2"),
                Arguments.of(
                        (Runnable) () -> law(Tolerance.absolute(1), 1).check(),
                        "0 measured values"),
                Arguments.of(
                        (Runnable) () -> Tolerance.relative(-1),
                        "relative tolerance = -1.0"),
                Arguments.of(
                        (Runnable) () -> Tolerance.absolute(
                                Double.NaN),
                        "absolute tolerance = NaN"),
                Arguments.of((Runnable) () -> Tolerance.standardErrors(3, 0), "standard error [0] = 0.0"),
                Arguments.of(
                        (Runnable) () -> Tolerance.between(2, 1), "expected the lower limit first"),
                Arguments.of(
                        (Runnable) () -> Tolerance.atMost(Double.POSITIVE_INFINITY), "limit = Infinity"),
                Arguments
                        .of((Runnable) () -> Prediction.law("1.1", "c").predicts(1).named("a", "b"),
                                "2 names: expected 1"),
                Arguments.of((Runnable) () -> boundary(1).rival("x", 2), "rivals of laws only"),
                Arguments.of((Runnable) () -> law(Tolerance.absolute(1), 1).rival(" ", 2), "name of a rival"),
                Arguments.of((Runnable) () -> law(Tolerance.absolute(1), 1).rival("x"),
                        "rival x has no values"),
                Arguments.of((Runnable) () -> law(Tolerance.absolute(1), 1).rival("x", Double.NaN),
                        "rival x = NaN"),
                Arguments.of((Runnable) () -> law(Tolerance.absolute(1), 1, 2, 3).rival("x", 2, 3),
                        "rival x has 2 values: expected one for all, or 3"),
                Arguments.of((Runnable) () -> Prediction.law("1.1", "c").within(Tolerance.atMost(1), "r")
                        .rival("x", 2, 3).check(1, 1, 1), "rival x has 2 values: expected one for all, or 3"),
                Arguments.of((Runnable) () -> law(Tolerance.absolute(1), 1).claimedBy("x"),
                        "expected claimedBy on"),
                Arguments.of((Runnable) () -> law(Tolerance.absolute(1), 1).system(" "),
                        "system of 1.1 is empty"),
                Arguments.of((Runnable) () -> law(Tolerance.absolute(1), 1).afterFirstLook(""), "first look"),
                Arguments.of((Runnable) () -> Prediction.refuted("1.1", "c").predicts(1)
                        .within(Tolerance.absolute(1), "r").check(3), "nobody claims"),
                Arguments.of((Runnable) () -> Tolerance.nextOrder(0, "O(1/n)"), "size [0] = 0.0"),
                Arguments.of((Runnable) () -> Tolerance.standardErrors(3, Estimate.of(1)),
                        "standard error [0] = NaN"),
                Arguments.of((Runnable) () -> Tolerance.standardErrors(3, 1, 2)
                        .plus(Tolerance.nextOrder(new double[]{1, 2, 3}, "r")), "2 and 3 values"),
                Arguments.of((Runnable) Check::all, "no checks"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreNamed(Runnable action, String message) {
        String found = assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(found.contains(message), found);
    }

    @Test
    void severalChecksAreOneTableAndAListForTheLedger() {
        Checks checks = Check.all(law(Tolerance.absolute(1), 1).check(1), boundary(1).check(1));
        assertFalse(checks.passed());
        assertEquals(2, ((List<?>) checks.render().data().get(Rendering.CHECK)).size());
    }

    @Test
    void theLedgerIsReadAsItWasWritten(@TempDir Path folder) {
        Ledger ledger = Ledger
                .of(List.of(law(Tolerance.absolute(1), 1, 2).check(1, 9).loaded(), boundary(1).check(
                        Double.POSITIVE_INFINITY)));
        Path file = folder.resolve("ledger.json");
        ledger.write(file);
        assertEquals(ledger, Ledger.read(file));
        assertEquals(2, ledger.failures().size());
        assertTrue(ledger.render().data().get(Rendering.TEXT).toString().endsWith(
                "2 predictions, 2 failed or undecided, 1 law names no rival"));
    }

    @Test
    void theLedgerKeepsRivalsAndWhatElseAPredictionSays(@TempDir Path folder) {
        Ledger ledger = Ledger.of(List.of(
                law(Tolerance.absolute(1), 1, 2).rival("a", 5).rival("b", 1, 3).system("Smile")
                        .afterFirstLook("x")
                        .check(1, 2),
                Prediction.refuted("3.2", "c").predicts(9).within(Tolerance.absolute(0), "r").claimedBy("who")
                        .check(1),
                Prediction.identity("3.9", "c").predicts(1).within(Tolerance.absolute(0), "r").check(1)));
        Path file = folder.resolve("ledger.json");
        ledger.write(file);
        assertEquals(ledger, Ledger.read(file));
        assertEquals(List.of("undecided", "refuted", "exact"),
                ledger.entries().stream().map(entry -> entry.verdict().word()).toList());
        assertTrue(ledger.withoutRival().isEmpty());
    }

    @Test
    void aLedgerOfARunHasNotebookAndSeconds(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ledger.json");
        Files.writeString(file,
                """
                        [{"notebook": "1-solvable/1.1.ipynb", "id": "1.1", "kind": "boundary", "claim": "c", "predicted": [1, 2],
                          "measured": 3, "tolerance": "within 2 %", "verdict": "breaks", "recomputed": false, "seconds": 0.25}]""");
        Ledger.Entry entry = Ledger.read(file).entries().getFirst();
        assertEquals(new Ledger.Entry("1-solvable/1.1.ipynb", "1.1", Kind.BOUNDARY, "c", "this library",
                List.of(1.0, 2.0), List.of(3.0), "within 2 %", Double.NaN, List.of(), Verdict.BREAKS,
                "no provenance",
                "", "", 0, 0, 0.25), entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[1]", "[{\"id\": \"1.1\"}]",
            """
                    [{"id": "1.1", "kind": "rule", "claim": "c", "predicted": 1, "measured": 1, "tolerance": "", "verdict": "holds"}]""",
            """
                    [{"id": "1.1", "kind": "law", "claim": "c", "predicted": "x", "measured": 1, "tolerance": "", "verdict": "holds"}]"""})
    void aCorruptLedgerIsRefusedByName(String content, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("ledger.json");
        Files.writeString(file, content);
        String message = assertThrows(IllegalArgumentException.class, () -> Ledger.read(file)).getMessage();
        assertTrue(message.contains("ledger.json") && message.contains("expected"), message);
        assertThrows(UncheckedIOException.class, () -> Ledger.read(folder.resolve("missing.json")));
    }
}
