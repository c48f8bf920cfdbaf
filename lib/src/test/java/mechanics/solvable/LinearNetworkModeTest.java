package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearNetworkModeTest {

    /** Forty modes over decades of s, u₀/s and τ. */
    static Stream<LinearNetworkMode> modes() {
        var random = new SplittableRandom(20140124);
        return IntStream.range(0, 40).mapToObj(_ -> {
            double s = decades(random, -2, 3);
            return new LinearNetworkMode(s, s * decades(random, -8, 1), decades(random, -1, 4));
        });
    }

    private static double decades(SplittableRandom random, double from, double to) {
        return Math.pow(10, random.nextDouble(from, to));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void solvesTheEquationOfMotion(LinearNetworkMode mode) {
        double unit = mode.tau() / mode.s();
        var integrator = new DormandPrince853Integrator(1e-12 * unit, unit, 1e-12 * mode.u0(), 1e-11);
        OrdinaryDifferentialEquation motion = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() { return 1; }

            @Override
            public double[] computeDerivatives(double t, double[] u) {
                return new double[]{2 * u[0] * (mode.s() - u[0]) / mode.tau()};
            }
        };
        var start = new ODEState(0, new double[]{mode.u0()});
        for (double epochs : new double[]{0.3, 2, 8}) {
            double t = epochs * unit;
            double integrated = integrator.integrate(motion, start, t).getPrimaryState()[0];
            assertEquals(integrated, mode.strength(t), 1e-8 * integrated);
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void goesFromItsInitialStrengthToTheSingularValue(LinearNetworkMode mode) {
        assertEquals(mode.u0(), mode.strength(0), 1e-12 * mode.u0());
        assertEquals(mode.s(), mode.strength(Double.POSITIVE_INFINITY), 0);
        assertEquals(mode.s(), mode.strength(1e6 * mode.tau() / mode.s()), 1e-12 * mode.s());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 0.2, 0.5, 0.9, 0.999})
    void timeToInvertsStrength(double fraction) {
        var mode = new LinearNetworkMode(37, 1e-5, 2000);
        assertEquals(fraction * 37, mode.strength(mode.timeTo(fraction * 37)), 1e-9 * fraction * 37);
    }

    @Test
    void halfRiseTimeIsThePublishedFormula() {
        var mode = new LinearNetworkMode(81, 1e-6, 2000);
        assertEquals(2000 / (2 * 81.0) * Math.log(81 / 1e-6 - 1), mode.halfRiseTime(), 1e-9);
        assertEquals(40.5, mode.strength(mode.halfRiseTime()), 1e-9);
    }

    @Test
    void aStrongerModeIsLearnedFirst() {
        double[] times = IntStream.rangeClosed(1, 100)
                .mapToDouble(s -> new LinearNetworkMode(s, 1e-6, 2000).halfRiseTime()).toArray();
        for (int i = 1; i < times.length; i++) assertTrue(times[i] < times[i - 1]);
    }

    /** The lag is the first order in λ: what it leaves out shrinks like λ. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 0.9})
    void lagIsHowMuchLaterGradientDescentArrives(double fraction) {
        double s = 7, u0 = 1e-6, u = fraction * s;
        double coarse = lagError(s, u0, u, 1e-2 / s), fine = lagError(s, u0, u, 1e-3 / s);
        assertTrue(Math.abs(fine) < 0.005, "error of the lag " + fine);
        assertEquals(10, coarse / fine, 1);
    }

    /** Measured minus predicted lag, in epochs, of the map u ← u(1 + λ(s − u))². */
    private static double lagError(double s, double u0, double u, double rate) {
        var mode = new LinearNetworkMode(s, u0, 1 / rate);
        double v = u0, before = u0;
        int steps = 0;
        for (; v < u; steps++) {
            before = v;
            v *= Math.pow(1 + rate * (s - v), 2);
        }
        // Between two steps the strength follows the flow, up to a higher order.
        double part = (mode.timeTo(u) - mode.timeTo(before)) / (mode.timeTo(v) - mode.timeTo(before));
        return steps - 1 + part - mode.timeTo(u) - mode.lag(u);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesNumbersThatAreNotPositive(double bad) {
        refuses("s = " + bad, () -> new LinearNetworkMode(bad, 1, 1));
        refuses("u0 = " + bad, () -> new LinearNetworkMode(1, bad, 1));
        refuses("tau = " + bad, () -> new LinearNetworkMode(1, 1, bad));
        refuses("u = " + bad, () -> new LinearNetworkMode(1, 0.1, 1).timeTo(bad));
    }

    @Test
    void refusesStrengthsThatAreNeverReached() {
        refuses("u = 3.0", () -> new LinearNetworkMode(2, 0.1, 1).timeTo(3));
        refuses("u = 2.0", () -> new LinearNetworkMode(2, 0.1, 1).lag(2));
        refuses("u = 1.0", () -> new LinearNetworkMode(2, 5, 1).halfRiseTime());
    }

    private static void refuses(String said, Runnable call) {
        var refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }
}
