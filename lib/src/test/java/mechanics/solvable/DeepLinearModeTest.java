package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.linalg.Precision;
import mechanics.network.Network;
import mechanics.network.ParameterView;
import mechanics.network.zoo.Mlp;
import mechanics.training.MeasurementSchedule;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class DeepLinearModeTest {

    /** Thirty modes over all kinds of depths, and decades of s, u₀/s and τ. */
    static Stream<DeepLinearMode> modes() {
        var random = new SplittableRandom(20140124);
        return IntStream.range(0, 30).mapToObj(i -> {
            double s = decades(random, -2, 2);
            return new DeepLinearMode(1 + i % 9 * (i % 2 == 0 ? 1 : 5), s, s * decades(random, -4, -0.1),
                    decades(random, -1, 4));
        });
    }

    private static double decades(SplittableRandom random, double from, double to) {
        return Math.pow(10, random.nextDouble(from, to));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void solvesTheEquationOfMotion(DeepLinearMode mode) {
        double end = mode.timeTo(mode.u0() + 0.95 * (mode.s() - mode.u0()));
        var integrator = new DormandPrince853Integrator(1e-12 * end, end, 1e-13 * mode.u0(), 1e-12);
        OrdinaryDifferentialEquation motion = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() { return 1; }

            @Override
            public double[] computeDerivatives(double t, double[] u) {
                double speed = mode.depth() * Math.pow(u[0], 2 - 2.0 / mode.depth()) * (mode.s() - u[0]);
                return new double[]{speed / mode.tau()};
            }
        };
        var start = new ODEState(0, new double[]{mode.u0()});
        for (double share : new double[]{0.2, 0.7, 1, 1.3}) {
            double integrated = integrator.integrate(motion, start, share * end).getPrimaryState()[0];
            assertEquals(integrated, mode.strength(share * end), 2e-7 * integrated);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 1e-5, 2000", "81, 1e-3, 1", "0.2, 0.15, 7"})
    void twoLayersAreTheLogisticEquation(double s, double u0, double tau) {
        var two = new LinearNetworkMode(s, u0, tau);
        var mode = new DeepLinearMode(2, s, u0, tau);
        for (double share : new double[]{0.1, 0.5, 0.999}) {
            double u = u0 + share * (s - u0);
            assertEquals(two.timeTo(u), mode.timeTo(u), 1e-11 * two.timeTo(u));
            assertEquals(two.strength(two.timeTo(u)), mode.strength(two.timeTo(u)), 1e-11 * u);
            assertEquals(two.lag(u), mode.lag(u), 1e-11 * (1 + Math.abs(two.lag(u))));
        }
    }

    @Test
    void oneLayerIsAnExponential() {
        var mode = new DeepLinearMode(1, 5, 0.5, 40);
        for (double t : new double[]{1, 30, 300})
            assertEquals(5 - 4.5 * Math.exp(-t / 40), mode.strength(t), 1e-10);
        assertEquals(1, mode.sharpness(), 0);
    }

    /** With L = 4, da/dt = a³(s − a⁴): t = [1/(2a₀²) − 1/(2a²)]/s + [artanh(a²/√s) − artanh(a₀²/√s)]/(2 s^{3/2}). */
    @Test
    void fourLayersHaveAClosedForm() {
        double s = 2.3, u0 = 0.01, u = 1.9;
        double v0 = Math.sqrt(u0), v = Math.sqrt(u), root = Math.sqrt(s);
        double time = (1 / v0 - 1 / v) / (2 * s)
                + (artanh(v / root) - artanh(v0 / root)) / (2 * Math.pow(s, 1.5));
        assertEquals(time, new DeepLinearMode(4, s, u0, 1).timeTo(u), 1e-12 * time);
    }

    private static double artanh(double x) { return Math.log((1 + x) / (1 - x)) / 2; }

    @ParameterizedTest
    @MethodSource("modes")
    void timeToInvertsStrength(DeepLinearMode mode) {
        for (double share : new double[]{1e-3, 0.3, 0.9, 0.999}) {
            double u = mode.u0() + share * (mode.s() - mode.u0());
            assertEquals(u, mode.strength(mode.timeTo(u)), 1e-9 * u);
        }
        assertEquals(mode.u0(), mode.strength(0), 0);
        assertEquals(mode.s(), mode.strength(1e9 * mode.timeTo((mode.u0() + mode.s()) / 2)),
                1e-12 * mode.s());
    }

    @Test
    void theTimeBackToALowerStrengthIsNegative() {
        for (int depth : new int[]{1, 2, 3, 50}) {
            var up = new DeepLinearMode(depth, 2, 0.3, 5);
            assertEquals(-up.timeTo(1.7), new DeepLinearMode(depth, 2, 1.7, 5).timeTo(0.3),
                    1e-12 * up.timeTo(1.7));
            assertEquals(0, up.timeTo(0.3), 0);
        }
    }

    /** In units of 1/(share of the sharpness) the time to half depends on u₀/s alone, and saturates with depth. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.03, 0.001})
    void learningTimeSaturatesWithDepth(double r) {
        double limit = 1 / r - 2 + Math.log(1 / r - 1);
        double before = 0;
        for (int depth = 2; depth < 1e6; depth *= 3) {
            var mode = new DeepLinearMode(depth, 4, 4 * r, 1);
            double steps = mode.halfRiseTime() * mode.sharpness();
            assertEquals(new DeepLinearMode(depth, 1, r, 1).halfRiseTime() * depth, steps, 1e-9 * steps);
            assertTrue(steps > before && steps < limit, depth + " layers: " + steps + " of " + limit);
            assertTrue(1 - steps / limit < 2 * Math.log(1 / r) / depth, depth + " layers");
            before = steps;
        }
        assertEquals(limit, before, 1e-3 * limit);
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "3, 0.5", "7, 2", "40, 1.2"})
    void sharpnessIsTheLargestEigenvalueOfTheHessian(int depth, double s) {
        var a = new double[depth];
        Arrays.fill(a, Math.pow(s, 1.0 / depth));
        // At the minimum the Hessian is g gᵀ with g the gradient of the product.
        double squares = 0, h = 1e-6;
        for (int l = 0; l < depth; l++) {
            double there = a[l];
            a[l] = there + h;
            double up = product(a);
            a[l] = there - h;
            squares += Math.pow((up - product(a)) / (2 * h), 2);
            a[l] = there;
        }
        assertEquals(squares, new DeepLinearMode(depth, s, s / 2, 1).sharpness(), 1e-6 * squares);
    }

    private static double product(double[] a) { return Arrays.stream(a).reduce(1, (x, y) -> x * y); }

    /** The lag is the first order in λ: what it leaves out shrinks like λ. */
    @ParameterizedTest
    @CsvSource({"3, 0.5", "5, 0.9", "20, 0.5"})
    void lagIsHowMuchLaterGradientDescentArrives(int depth, double fraction) {
        double coarse = lagError(depth, fraction, 1e-2), fine = lagError(depth, fraction, 1e-3);
        assertTrue(Math.abs(fine) < 0.005, "error of the lag " + fine);
        assertEquals(10, coarse / fine, 1.5);
    }

    private static double lagError(int depth, double fraction, double share) {
        double s = 3, u = fraction * s, u0 = 1e-3;
        double tau = new DeepLinearMode(depth, s, u0, 1).sharpness() / share;
        var mode = new DeepLinearMode(depth, s, u0, tau);
        double a = mode.amplitude(), before = a, target = Math.pow(u, 1.0 / depth);
        int steps = 0;
        for (; a < target; steps++) {
            before = a;
            a += Math.pow(a, depth - 1) * (s - Math.pow(a, depth)) / tau;
        }
        // Between two steps the strength follows the flow, up to a higher order.
        double last = mode.timeTo(Math.pow(before, depth)), next = mode.timeTo(Math.pow(a, depth));
        double part = (mode.timeTo(u) - last) / (next - last);
        return steps - 1 + part - mode.timeTo(u) - mode.lag(u);
    }

    /** Another data set, depth and learning rate than the notebook's: every mode of a trained network, not only the first. */
    @ParameterizedTest
    @CsvSource({"3, 5, 0.02", "6, 11, 0.002"})
    void everyModeOfATrainedNetworkFollowsTheLaw(int depth, long seed, double rate) {
        var random = new SplittableRandom(seed);
        var y = new double[4][7];
        for (double[] row : y) Arrays.setAll(row, _ -> random.nextGaussian());
        double[][] x = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        var modes = LinearModes.of(x, y);
        int[] widths = new int[depth + 1];
        Arrays.fill(widths, 6);
        widths[0] = 4;
        widths[depth] = 7;
        Network network = Mlp.of(widths).linear().bias(false).precision(Precision.FLOAT64).build();
        double a = 0.6;
        double[][] r = modes.hiddenDirections(6, seed);
        network.parameters().view("layer1.weight").set(modes.inputWeights(a, r));
        for (int l = 2; l < depth; l++) {
            double[][] next = modes.hiddenDirections(6, seed + l);
            network.parameters().view("layer" + l + ".weight").set(modes.hiddenWeights(a, r, next));
            r = next;
        }
        network.parameters().view("layer" + depth + ".weight").set(modes.outputWeights(a, r));
        Run run = Run.of(network, SquaredError.HALF_SUM, x, y, GradientDescent.of(rate))
                .observe("strengths", MeasurementSchedule.every(1),
                        net -> modes.strengths(net.parameters().views().stream()
                                .map(ParameterView::get).toArray(double[][][]::new)))
                .steps(1500).train();
        for (int mode = 1; mode <= 4; mode++) {
            var theory = DeepLinearMode.fromAmplitude(depth, modes.s(mode), a, 1 / rate);
            double[] u = run.series("strengths").column(mode - 1);
            if (theory.u0() > 0.4 * modes.s(mode) || theory.halfRiseTime() > 1400) continue;
            int t = 1;
            while (u[t] < modes.s(mode) / 2) t++;
            double measured = t - (u[t] - modes.s(mode) / 2) / (u[t] - u[t - 1]);
            assertEquals(theory.halfRiseTime() + theory.lag(modes.s(mode) / 2), measured,
                    rate * theory.sharpness(), "mode " + mode);
        }
    }

    @Test
    void theAmplitudeOfALayerGivesTheStart() {
        var mode = DeepLinearMode.fromAmplitude(10, 1, 0.6, 1);
        assertEquals(Math.pow(0.6, 10), mode.u0(), 1e-18);
        assertEquals(0.6, mode.amplitude(), 1e-14);
    }

    @Test
    void refusesWhatIsNotAMode() {
        refuses("depth = 0", () -> new DeepLinearMode(0, 1, 0.1, 1));
        refuses("s = -1.0", () -> new DeepLinearMode(2, -1, 0.1, 1));
        refuses("u0 = 0.0", () -> new DeepLinearMode(2, 1, 0, 1));
        refuses("u0 = 1.0: expected less than s", () -> new DeepLinearMode(2, 1, 1, 1));
        refuses("tau = Infinity", () -> new DeepLinearMode(2, 1, 0.1, Double.POSITIVE_INFINITY));
        refuses("amplitude = NaN", () -> DeepLinearMode.fromAmplitude(2, 1, Double.NaN, 1));
        var mode = new DeepLinearMode(3, 1, 0.1, 1);
        refuses("t = -1.0", () -> mode.strength(-1));
        refuses("u = 1.0", () -> mode.timeTo(1));
        refuses("u = 2.0", () -> mode.lag(2));
    }

    private static void refuses(String said, Runnable call) {
        var refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
    }
}
