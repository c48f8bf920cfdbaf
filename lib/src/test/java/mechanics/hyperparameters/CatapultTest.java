package mechanics.hyperparameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.hyperparameters.Catapult.Phase;
import mechanics.hyperparameters.Catapult.State;

class CatapultTest {

    /** f and λ along gradient descent on all 2n weights, against the closed equations. */
    @ParameterizedTest
    @CsvSource({"5, 0.3, 1", "40, 0.9, 2", "40, 1.2, 3", "300, 1.6, 4", "300, 1.9, 5"})
    void isGradientDescentOnAllWeights(int n, double eta, long seed) {
        var random = new SplittableRandom(seed);
        double[] u = random.doubles(n, -1.7, 1.7).toArray(), v = random.doubles(n, -1.7, 1.7).toArray();
        var theory = new Catapult(n, eta);
        State state = new State(output(u, v), curvature(u, v));
        for (int t = 0; t < 60; t++) {
            double f = output(u, v);
            for (int i = 0; i < n; i++) {
                double old = u[i];
                u[i] -= eta * f * v[i] / Math.sqrt(n);
                v[i] -= eta * f * old / Math.sqrt(n);
            }
            state = theory.step(state);
            if (!Double.isFinite(state.output()) || state.loss() > 1e12) return;
            double scale = Math.max(1, Math.abs(state.output()));
            assertEquals(output(u, v), state.output(), 1e-7 * scale);
            assertEquals(curvature(u, v), state.curvature(), 1e-7 * Math.max(1, state.curvature()));
        }
    }

    private static double output(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) sum += u[i] * v[i];
        return sum / Math.sqrt(u.length);
    }

    private static double curvature(double[] u, double[] v) {
        return (Arrays.stream(u).map(x -> x * x).sum() + Arrays.stream(v).map(x -> x * x).sum()) / u.length;
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.1, 2.5, 3, 3.5, 3.9})
    void aCatapultRisesAndLandsWhereItIsFlatter(double product) {
        var theory = new Catapult(1000, product / 2);
        var start = new State(0.3, 2);
        assertEquals(Phase.CATAPULT, theory.phase(2));
        State[] states = theory.trajectory(start, 5000);
        double highest = Arrays.stream(states).mapToDouble(State::loss).max().orElseThrow();
        assertTrue(highest > 10 * start.loss(), "highest " + highest);
        State end = states[5000];
        assertTrue(end.loss() < 1e-6, "ends with loss " + end.loss());
        assertEquals(Phase.LAZY, theory.phase(end.curvature()));
        for (int t = 1; t < states.length; t++)
            assertTrue(states[t].curvature() <= states[t - 1].curvature() + 1e-12);
    }

    @Test
    void belowTwoTheCurvatureMovesByOneOverTheWidth() {
        for (int n : new int[]{100, 1000, 10_000}) {
            State end = new Catapult(n, 0.5).trajectory(new State(1, 2), 200)[200];
            assertTrue(2 - end.curvature() > 0 && 2 - end.curvature() < 5.0 / n);
        }
    }

    @Test
    void aboveFourNothingHoldsIt() {
        var theory = new Catapult(1000, 2.05);
        assertEquals(Phase.DIVERGENT, theory.phase(2));
        assertFalse(Double.isFinite(theory.trajectory(new State(0.3, 2), 500)[500].output()));
    }

    @Test
    void theLaunchTimeIsWhenTheCurvatureBeginsToFall() {
        for (int n : new int[]{1000, 100_000, 10_000_000}) {
            var theory = new Catapult(n, 1.25);
            var start = new State(0.1, 2);
            State[] states = theory.trajectory(start, 200);
            int fallen = 0;
            while (states[fallen].curvature() > 1.8) fallen++;
            assertEquals(theory.launchTime(start), fallen, 3);
        }
    }

    /** At ηλ = 2 a small output keeps its size, so that nothing is launched; at 4 no curvature is taken down. */
    @Test
    void thePhasesEndAtTwoAndFour() {
        var theory = new Catapult(100, 0.5);
        assertEquals(Phase.LAZY, theory.phase(4));
        assertEquals(Phase.CATAPULT, theory.phase(Math.nextUp(4.0)));
        assertEquals(Phase.CATAPULT, theory.phase(Math.nextDown(8.0)));
        assertEquals(Phase.DIVERGENT, theory.phase(8));
        assertEquals(8, theory.step(new State(1, 8)).curvature());
    }

    @Test
    void theLossIsHalfTheSquareOfTheOutput() { assertEquals(4.5, new State(-3, 1).loss()); }

    @Test
    void noStepsAreTheStart() {
        var start = new State(1, 2);
        State[] states = new Catapult(10, 1).trajectory(start, 0);
        assertEquals(1, states.length);
        assertEquals(start, states[0]);
    }

    @Test
    void refusesWhatHasNoMeaning() {
        refuses("width = 0", () -> new Catapult(0, 1));
        refuses("learningRate = -1.0", () -> new Catapult(1, -1));
        refuses("learningRate = 0.0", () -> new Catapult(1, 0));
        refuses("learningRate = Infinity", () -> new Catapult(1, Double.POSITIVE_INFINITY));
        var theory = new Catapult(10, 1);
        refuses("steps = -1", () -> theory.trajectory(new State(1, 1), -1));
        refuses("ηλ = 1.0", () -> theory.launchTime(new State(1, 1)));
        refuses("ηλ = 4.5", () -> new Catapult(10, 1.5).launchTime(new State(1, 3)));
        refuses("output = 0", () -> theory.launchTime(new State(0, 3)));
    }

    private static void refuses(String said, Runnable call) {
        var refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }
}
