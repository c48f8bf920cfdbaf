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

import mechanics.base.Rendering;

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
                Tolerance.atLeast(RIGHT - 0.02), Tolerance.between(RIGHT - 0.02, RIGHT + 0.02));
    }

    @ParameterizedTest
    @MethodSource("tolerances")
    void everyToleranceHoldsForTheTheoryAndFailsForAWrongOne(Tolerance tolerance) {
        double measured = RIGHT + 0.001;
        assertEquals(Verdict.HOLDS, law(tolerance, RIGHT).check(measured).verdict());
        // A bound fails when the system obeys the wrong theory; a distance also when the prediction is wrong.
        double elsewhere = tolerance instanceof Tolerance.AtMost ? 2 * RIGHT : WRONG;
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
                "{id=1.1, kind=law, claim=a claim, predicted=1.25, measured=1.26, tolerance=within 2 %, verdict=holds,"
                        + " recomputed=true, reason=a reason}",
                json.toString());
        Map<?, ?> loaded = (Map<?, ?>) boundary(1).check(Double.NaN).loaded().render().data()
                .get(Rendering.CHECK);
        assertEquals(false, loaded.get("recomputed"));
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
        assertTrue(ledger.render().data().get(Rendering.TEXT).toString().endsWith("2 predictions, 2 failed"));
    }

    @Test
    void aLedgerOfARunHasNotebookAndSeconds(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ledger.json");
        Files.writeString(file,
                """
                        [{"notebook": "1-solvable/1.1.ipynb", "id": "1.1", "kind": "boundary", "claim": "c", "predicted": [1, 2],
                          "measured": 3, "tolerance": "within 2 %", "verdict": "breaks", "recomputed": false, "seconds": 0.25}]""");
        Ledger.Entry entry = Ledger.read(file).entries().getFirst();
        assertEquals(new Ledger.Entry("1-solvable/1.1.ipynb", "1.1", Kind.BOUNDARY, "c", List.of(1.0, 2.0),
                List.of(3.0),
                "within 2 %", Verdict.BREAKS, false, 0.25), entry);
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
