package mechanics.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.laws.SelfStabilization.State;

class SelfStabilizationTest {

    /** Twenty models with small steps over decades of α and β. */
    static Stream<SelfStabilization> models() {
        var random = new SplittableRandom(2022);
        return IntStream.range(0, 20).mapToObj(_ -> {
            double alpha = Math.pow(10, random.nextDouble(-3, 1));
            double beta = Math.pow(10, random.nextDouble(-1, 4));
            return new SelfStabilization(1e-3 / Math.sqrt(alpha), alpha, beta);
        });
    }

    /**
     * Gradient descent on the loss from which the model comes, L = ½ S(w) x² − α w/√β with S = 2/η + √β w: its
     * sharpness along x has the gradient √β along w.
     */
    @ParameterizedTest
    @MethodSource("models")
    void isGradientDescentOnACubicLoss(SelfStabilization model) {
        double eta = model.learningRate(), slope = Math.sqrt(model.beta());
        double x = 0.4 * model.amplitude(), w = 0;
        State state = new State(x, 0);
        for (int t = 0; t < 50; t++) {
            double alongX = (2 / eta + slope * w) * x;
            double alongW = slope * x * x / 2 - model.alpha() / slope;
            x -= eta * alongX;
            w -= eta * alongW;
            state = model.step(state);
            assertEquals(x, state.x(), 1e-9 * model.amplitude());
            assertEquals(slope * w, state.y(), 1e-9 * Math.sqrt(model.alpha()));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void theBalancedOscillationAlternatesForever(SelfStabilization model) {
        var states = model.trajectory(new State(model.amplitude(), 0), 1000);
        for (int t = 0; t < states.length; t++) {
            assertEquals((t % 2 == 0 ? 1 : -1) * model.amplitude(), states[t].x(), 1e-9 * model.amplitude());
            assertEquals(0, states[t].y(), 1e-9 * Math.sqrt(model.alpha()));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aSmallCycleTakesItsPeriod(SelfStabilization model) {
        int period = (int) Math.round(model.smallPeriod());
        var start = new State(1.01 * model.amplitude(), 0);
        var states = model.trajectory(start, 5 * period);
        double scale = 0.01 * model.amplitude();
        assertEquals(1, (Math.abs(states[5 * period].x()) - model.amplitude()) / scale, 0.1);
        double lowest = Arrays.stream(states).mapToDouble(s -> Math.abs(s.x())).min().orElseThrow();
        assertEquals(-1, (lowest - model.amplitude()) / scale, 0.1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 0.1, 0.5, 2, 4})
    void thePeakOfACycleFollowsFromItsEnergy(double share) {
        var model = new SelfStabilization(1e-4, 0.3, 50);
        var start = new State(share * model.amplitude(), 0);
        var states = model.trajectory(start, (int) (3 * model.smallPeriod()));
        double highest = Arrays.stream(states).mapToDouble(State::y).max().orElseThrow();
        assertEquals(model.peak(start), highest, 0.01 * highest);
        for (int t = 0; t < states.length; t += 1000)
            assertEquals(model.energy(start), model.energy(states[t]), 0.01 * model.energy(start));
    }

    @Test
    void theFixedPointHasNoEnergyAndTheSignOfXDoesNotMatter() {
        var model = new SelfStabilization(0.1, 0.04, 1800);
        assertEquals(0, model.energy(new State(-model.amplitude(), 0)), 1e-15);
        assertEquals(model.energy(new State(0.01, 0.3)), model.energy(new State(-0.01, 0.3)), 0);
        assertTrue(model.energy(new State(0.02, 0)) > 0);
    }

    @Test
    void aTrajectoryBeginsWithItsStart() {
        var start = new State(0.1, -0.2);
        assertArrayEquals(new State[]{start}, new SelfStabilization(0.1, 1, 1).trajectory(start, 0));
    }

    @Test
    void refusesNumbersThatMakeNoModel() {
        refuses("learningRate = 0.0", () -> new SelfStabilization(0, 1, 1));
        refuses("alpha = -1.0", () -> new SelfStabilization(1, -1, 1));
        refuses("beta = NaN", () -> new SelfStabilization(1, 1, Double.NaN));
        var model = new SelfStabilization(1, 1, 1);
        refuses("x = 0", () -> model.energy(new State(0, 1)));
        refuses("steps = -1", () -> model.trajectory(new State(1, 0), -1));
    }

    private static void refuses(String said, Runnable call) {
        var refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }
}
