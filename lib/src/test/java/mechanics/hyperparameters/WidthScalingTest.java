package mechanics.hyperparameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.hyperparameters.WidthScaling.Rule;
import mechanics.network.Parameterization;

class WidthScalingTest {
    private static final WidthScaling STANDARD = WidthScaling.of(Parameterization.standard(), Rule.DESCENT);
    private static final WidthScaling TANGENT = WidthScaling.of(Parameterization.neuralTangent(),
            Rule.DESCENT);
    private static final WidthScaling MAXIMAL = WidthScaling.of(Parameterization.maximalUpdate(64),
            Rule.DESCENT);

    /** Yang and Hu (2021), section 3: c and r of the three parameterizations, for two or more hidden layers. */
    @Test
    void gradientDescentHasThePublishedExponents() {
        assertEquals(1, STANDARD.stableRate(), 1e-12);
        assertEquals(0.5, STANDARD.movement(1), 1e-12);
        assertEquals(0, TANGENT.stableRate(), 1e-12);
        assertEquals(0.5, TANGENT.movement(0), 1e-12);
        assertEquals(0, MAXIMAL.stableRate(), 1e-12);
        assertEquals(0, MAXIMAL.movement(0), 1e-12);
    }

    /** Yang et al. (2022), table 3, and Everett et al. (2024), table 1, full alignment. */
    @Test
    void adamHasThePublishedExponents() {
        assertEquals(1.5, WidthScaling.of(Parameterization.standard(), Rule.ADAM).stableRate(), 1e-12);
        assertEquals(0, WidthScaling.of(Parameterization.maximalUpdate(64), Rule.ADAM).stableRate(), 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void onlyMaximalUpdateIsRich(Rule rule) {
        assertTrue(WidthScaling.of(Parameterization.maximalUpdate(8), rule).isRich());
        assertFalse(WidthScaling.of(Parameterization.standard(), rule).isRich());
        assertFalse(WidthScaling.of(Parameterization.neuralTangent(), rule).isRich());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 1024})
    void theBaseWidthDoesNotMatter(int width) {
        for (Rule rule : Rule.values()) {
            WidthScaling scaling = WidthScaling.of(Parameterization.maximalUpdate(width), rule);
            assertEquals(0, scaling.stableRate(), 1e-12);
            assertEquals(0, scaling.firstMovement(1, 0), 1e-12);
            assertEquals(0, scaling.firstMovement(2, 0), 1e-12);
        }
    }

    /** The powers that the coordinate check of the measured networks finds. */
    @Test
    void firstStepsMoveCoordinatesAsMeasured() {
        assertEquals(0.5, STANDARD.firstMovement(1, 0), 1e-12);
        assertEquals(-0.5, STANDARD.firstMovement(2, 0), 1e-12);
        assertEquals(0.5, TANGENT.firstMovement(1, 0), 1e-12);
        assertEquals(0.5, TANGENT.firstMovement(2, 0), 1e-12);
    }

    /** Any stable-at-start exponents, SGD: c is the smallest that Yang and Hu's three conditions allow. */
    @Test
    void theStableRateIsTheSmallestThatFulfillsTheConditions() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 1000; i++) {
            var scaling = new WidthScaling(i % 2 == 0 ? Rule.DESCENT : Rule.ADAM, 0.5 + random.nextDouble(),
                    4 * random.nextDouble() - 2, 4 * random.nextDouble() - 2, 4 * random.nextDouble() - 2);
            double c = scaling.stableRate();
            assertTrue(isStable(scaling, c + 1e-9), scaling::toString);
            assertFalse(isStable(scaling, c - 1e-6), scaling::toString);
        }
    }

    private static boolean isStable(WidthScaling scaling, double c) {
        double r = scaling.movement(c);
        return r >= 0 && scaling.readout() + c >= 0 && scaling.readoutSize() + r >= 1;
    }

    @Test
    void driftCountsDoublings() {
        assertEquals(5, STANDARD.drift(32, 1024), 1e-12);
        assertEquals(-3, STANDARD.drift(64, 8), 1e-12);
        assertEquals(0, MAXIMAL.drift(32, 1024), 1e-12);
    }

    @Test
    void aReadoutThatStartsAtZeroIsAllowed() {
        var zero = WidthScaling.of(Parameterization.standard().readoutScale(0), Rule.DESCENT);
        assertEquals(1, zero.stableRate(), 1e-12);
        assertTrue(WidthScaling.of(Parameterization.maximalUpdate(4).readoutScale(0), Rule.DESCENT).isRich());
    }

    @Test
    void mistakesAreNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> STANDARD.drift(0, 8)).getMessage()
                .contains("width = 0"));
        assertThrows(IllegalArgumentException.class, () -> STANDARD.drift(8, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> STANDARD.firstMovement(0, 0));
        assertThrows(IllegalArgumentException.class,
                () -> new WidthScaling(Rule.ADAM, Double.NaN, 0, 0, 0));
        assertThrows(IllegalArgumentException.class,
                () -> new WidthScaling(Rule.ADAM, 1, Double.POSITIVE_INFINITY, 0, 0));
    }

    /** η ∝ n^(−c) shrinks every step by n^(−c), and δ comes back ∝ n^(−s) for gradient descent only. */
    @Test
    void aSmallerRateMovesFirstStepsLess() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 100; i++) {
            double s = random.nextDouble(), input = random.nextDouble() - 0.5, hidden = random.nextDouble();
            double c = 2 * random.nextDouble() - 1;
            var descent = new WidthScaling(Rule.DESCENT, s, input, hidden, 0);
            var adam = new WidthScaling(Rule.ADAM, s, input, hidden, 0);
            assertEquals(input + c + s, descent.firstMovement(1, c), 1e-12);
            assertEquals(hidden + c + s, descent.firstMovement(3, c), 1e-12);
            assertEquals(input + c, adam.firstMovement(1, c), 1e-12);
            assertEquals(hidden + c, adam.firstMovement(2, c), 1e-12);
        }
    }

    /** assertEquals tells −0.0 from 0.0, as records and printed text do. */
    @Test
    void noExponentIsMinusZero() {
        assertEquals(new WidthScaling(Rule.DESCENT, 0.5, 0.0, -1, -1), STANDARD);
        assertEquals(new WidthScaling(Rule.ADAM, 1, 0.0, 0.0, 0.0),
                WidthScaling.of(Parameterization.maximalUpdate(64), Rule.ADAM));
        assertFalse(TANGENT.toString().contains("-0.0"), TANGENT::toString);
    }

    @ParameterizedTest
    @EnumSource
    void weightsOfZeroAreRefused(Parameterization.Kind kind) {
        var zero = new Parameterization(kind, 0, 0, 0, 8, 0);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> WidthScaling.of(zero, Rule.DESCENT))
                .getMessage().startsWith("weights of size n^NaN at the input"));
    }
}
