package mechanics.lab.predictions;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.junit.jupiter.api.Test;

import mechanics.base.Rendering;

class ExerciseTest {

    private static final Tolerance.Around NEAR = Tolerance.relative(0.01);

    @Test
    void allChecksGiveAllPoints() {
        Exercise exercise = Exercise.of("1.1-a", 2).that("positive", true).equal("time", 2, 2.01, NEAR)
                .equal("name", "a",
                        "a");
        assertTrue(exercise.passed());
        assertEquals(2, exercise.earned());
        assertDoesNotThrow(exercise::requirePassed);
    }

    @Test
    void aPartGivesAPartAndSaysWhatWasExpected() {
        Exercise exercise = Exercise.of("1.1-a", 2).that("positive", true).equal("half-rise time", 2, 3, NEAR)
                .hint(
                        "solve u = s/2 for t");
        assertEquals(1, exercise.earned());
        assertFalse(exercise.passed());
        String text = exercise.render().data().get(Rendering.TEXT).toString();
        assertTrue(
                text.contains("✗ half-rise time: expected 2 (within 1 %), got 3. Hint: solve u = s/2 for t"),
                text);
        String message = assertThrows(AssertionError.class, exercise::requirePassed).getMessage();
        assertTrue(message.contains("Exercise 1.1-a") && message.contains("half-rise time"), message);
    }

    @Test
    void nothingThatIsNotANumberPasses() {
        assertFalse(Exercise.of("x", 1).equal("t", 2, Double.NaN, NEAR).passed());
        assertFalse(Exercise.of("x", 1).equal("t", new double[]{1, 2}, new double[]{1}, NEAR).passed());
    }

    @Test
    void anUnfinishedAnswerIsNotACrash() {
        Exercise exercise = Exercise.of("x", 1).that("done", () -> {
            throw new UnsupportedOperationException("your code here");
        });
        assertEquals(0, exercise.earned());
        assertTrue(exercise.render().data().get(Rendering.TEXT).toString().contains("your code here"));
    }

    @Test
    void withoutChecksNothingIsPassed() {
        assertFalse(Exercise.of("x", 1).passed());
        assertEquals(0, Exercise.of("x", 1).earned());
    }

    @Test
    void graderReadsItsFields() {
        Map<?, ?> json = (Map<?, ?>) Exercise.of("1.1-a", 2).that("a", true).that("b", false).render().data()
                .get(
                        Rendering.EXERCISE);
        assertEquals(
                "{id=1.1-a, points=2.0, earned=1.0, checks=[{what=a, passed=true, remark=}, {what=b, passed=false,"
                        + " remark=}]}",
                json.toString());
    }

    @Test
    void mistakesAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> Exercise.of(" ", 1));
        assertThrows(IllegalArgumentException.class, () -> Exercise.of("x", -1));
        assertThrows(IllegalStateException.class, () -> Exercise.of("x", 1).hint("h"));
    }
}
