package mechanics.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearStabilityTest {

    /** Thirty rules with random rates, momenta and places of the gradient. */
    static Stream<LinearStability> rules() {
        var random = new SplittableRandom(2021);
        return IntStream.range(0, 30).mapToObj(_ -> new LinearStability(
                Math.pow(10, random.nextDouble(-4, 1)), random.nextDouble(0, 0.95),
                random.nextDouble(0, 1.5)));
    }

    /** ln of the growth per step of the rule itself, run on ½ λ x² from a random start. */
    private static double simulatedGrowth(LinearStability rule, double curvature) {
        int steps = 4000;
        double x = 0.7, v = -0.3, logarithm = 0;
        for (int t = 0; t < 2 * steps; t++) {
            double gradient = curvature * (x + rule.lookAhead() * v);
            v = rule.beta() * v - rule.learningRate() * gradient;
            x += v;
            double norm = Math.hypot(x, v);
            if (t >= steps) logarithm += Math.log(norm); // the first half forgets the start
            x /= norm;
            v /= norm;
        }
        return logarithm / steps;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void growthIsThatOfTheSimulatedRule(LinearStability rule) {
        for (double share : new double[]{0.1, 0.5, 0.9, 0.99, 1.01, 1.3, 3}) {
            double curvature = share * rule.edge();
            assertEquals(simulatedGrowth(rule, curvature), Math.log(rule.growth(curvature)), 2e-3,
                    "share " + share);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theEdgeSeparatesDecayFromGrowth(LinearStability rule) {
        assertEquals(1, rule.growth(rule.edge()), 1e-12);
        for (int i = 1; i < 100; i++) assertTrue(rule.growth(i / 100.0 * rule.edge()) < 1);
        for (int i = 1; i < 100; i++) assertTrue(rule.growth((1 + i / 20.0) * rule.edge()) > 1);
        assertTrue(rule.growth(-rule.edge() / 50) > 1, "where the loss curves downwards every rule leaves");
        assertEquals(1, rule.growth(0), 1e-12);
    }

    @Test
    void edgesAreThePublishedOnes() {
        assertEquals(2 / 0.05, LinearStability.gradientDescent(0.05).edge(), 1e-12);
        assertEquals((2 + 2 * 0.9) / 0.05, LinearStability.momentum(0.05, 0.9).edge(), 1e-12);
        assertEquals((2 + 2 * 0.9) / (0.05 * (1 + 2 * 0.9)), LinearStability.nesterov(0.05, 0.9).edge(),
                1e-12);
        assertEquals(38 / 1e-4, LinearStability.adam(1e-4, 0.9).edge(), 1e-6);
    }

    @Test
    void withoutMomentumAStepMultipliesByOneMinusEtaLambda() {
        var rule = LinearStability.gradientDescent(0.1);
        for (double curvature : new double[]{-3, 0, 5, 10, 19, 25})
            assertEquals(Math.abs(1 - 0.1 * curvature), rule.growth(curvature), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.9, 0.99})
    void momentumMovesTheEdgeUpAndNesterovsDown(double beta) {
        double plain = LinearStability.gradientDescent(0.1).edge();
        assertTrue(LinearStability.momentum(0.1, beta).edge() > plain);
        assertTrue(LinearStability.nesterov(0.1, beta).edge() < plain);
    }

    @Test
    void refusesRulesThatAreNone() {
        refuses("learningRate = 0.0", () -> LinearStability.gradientDescent(0));
        refuses("learningRate = Infinity",
                () -> LinearStability.momentum(Double.POSITIVE_INFINITY, 0.5));
        refuses("beta = 1.0", () -> LinearStability.nesterov(0.1, 1));
        refuses("beta = -0.1", () -> LinearStability.momentum(0.1, -0.1));
        refuses("lookAhead = NaN", () -> new LinearStability(0.1, 0.5, Double.NaN));
        refuses("curvature = NaN", () -> LinearStability.gradientDescent(0.1).growth(Double.NaN));
    }

    private static void refuses(String said, Runnable call) {
        var refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }

    @Test
    void refusesALookAheadThatIsNegativeOrWithoutEnd() {
        refuses("lookAhead = -0.1", () -> new LinearStability(0.1, 0.5, -0.1));
        refuses("lookAhead = Infinity", () -> new LinearStability(0.1, 0.5, Double.POSITIVE_INFINITY));
        refuses("beta = NaN", () -> LinearStability.momentum(0.1, Double.NaN));
        refuses("curvature = -Infinity",
                () -> LinearStability.gradientDescent(0.1).growth(Double.NEGATIVE_INFINITY));
    }
}
