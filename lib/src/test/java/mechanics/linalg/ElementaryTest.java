package mechanics.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;

import mechanics.base.Seed;

class ElementaryTest {
    /** erf to 17 digits, from 40-digit arithmetic. */
    private static final double[][] ERF = {
            {1e-300, 1.1283791670955126e-300},
            {1e-08, 1.1283791670955126e-08},
            {0.1, 0.1124629160182849},
            {0.3, 0.3286267594591274},
            {0.4999, 0.5204119951613866},
            {0.5, 0.5204998778130465},
            {0.7, 0.6778011938374184},
            {1, 0.8427007929497149},
            {1.5, 0.9661051464753108},
            {2.2, 0.9981371537020182},
            {3, 0.9999779095030014},
            {4.5, 0.9999999998033839},
            {5.9, 0.9999999999999999},
            {7, 1.0}};

    private static double[] grid(double low, double high) {
        var random = Seed.of(3).stream();
        var x = new double[100_003];
        for (int i = 0; i < x.length; i++) x[i] = low + (high - low) * random.nextDouble();
        return x;
    }

    private static void assertUlps(double bound, DoubleUnaryOperator exact, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            double expected = exact.applyAsDouble(x[i]);
            double error = Math.abs(y[i] - expected) / Math.ulp(expected);
            assertTrue(error <= bound, "error of " + error + " ulp at " + x[i]);
        }
    }

    private static void assertFloatUlps(double bound, DoubleUnaryOperator exact, double[] points,
            boolean tanh) {
        var x = FloatArray.of(points.length);
        x.store(0, points, points.length);
        var y = new float[points.length];
        if (tanh) {
            Elementary.tanh(x.storage(), 0, y, 0, y.length);
        } else {
            Elementary.exp(x.storage(), 0, y, 0, y.length);
        }
        for (int i = 0; i < y.length; i++) {
            double expected = exact.applyAsDouble(x.get(i));
            double error = Math.abs(y[i] - expected) / Math.ulp((float) expected);
            assertTrue(error <= bound, "error of " + error + " ulp at " + x.get(i));
        }
    }

    @Test
    void exponentialIsAccurateOverItsRange() {
        for (double[] x : new double[][]{grid(-707, 709), grid(-2, 2), grid(-1e-6, 1e-6)}) {
            var y = new double[x.length];
            Elementary.exp(x, 0, y, 0, x.length);
            assertUlps(3, Math::exp, x, y);
        }
        assertFloatUlps(3, Math::exp, grid(-86.8, 88.7), false);
        assertFloatUlps(3, Math::exp, grid(-1, 1), false);
    }

    @Test
    void tangentIsAccurateFromTheOriginToSaturation() {
        for (double[] x : new double[][]{grid(-25, 25), grid(-1, 1), grid(-1e-9, 1e-9)}) {
            var y = new double[x.length];
            Elementary.tanh(x, 0, y, 0, x.length);
            assertUlps(3, Math::tanh, x, y);
        }
        assertFloatUlps(3, Math::tanh, grid(-12, 12), true);
        assertFloatUlps(3, Math::tanh, grid(-1e-3, 1e-3), true);
    }

    @Test
    void errorFunctionMatchesTabulatedValues() {
        for (double[] row : ERF) {
            var x = new double[]{row[0], -row[0]};
            var y = new double[2];
            Elementary.erf(x, 0, y, 0, 2);
            assertEquals(row[1], y[0], 4 * Math.ulp(row[1]));
            assertEquals(-row[1], y[1], 4 * Math.ulp(row[1]));
        }
    }

    @Test
    void extremesAndNotANumberAreKept() {
        var x = new double[]{Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0, 710,
                -800};
        var y = new double[x.length];
        Elementary.exp(x, 0, y, 0, x.length);
        assertEquals("[NaN, Infinity, 0.0, 1.0, 1.0, Infinity, 0.0]", Arrays.toString(y));
        Elementary.tanh(x, 0, y, 0, x.length);
        assertEquals("[NaN, 1.0, -1.0, -0.0, 0.0, 1.0, -1.0]", Arrays.toString(y));
        Elementary.erf(x, 0, y, 0, x.length);
        assertEquals("[NaN, 1.0, -1.0, -0.0, 0.0, 1.0, -1.0]", Arrays.toString(y));
        var f = new float[]{Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 89, -100};
        var g = new float[f.length];
        Elementary.exp(f, 0, g, 0, f.length);
        assertEquals("[NaN, Infinity, 0.0, Infinity, 0.0]", Arrays.toString(g));
        Elementary.tanh(f, 0, g, 0, f.length);
        assertEquals("[NaN, 1.0, -1.0, 1.0, -1.0]", Arrays.toString(g));
    }

    @Test
    void resultsDoNotDependOnThePlaceInTheArray() {
        var x = grid(-3, 3);
        var whole = new double[x.length];
        Elementary.tanh(x, 0, whole, 0, x.length);
        var single = new double[1];
        for (int i = 0; i < 100; i++) {
            Elementary.tanh(x, i, single, 0, 1);
            assertEquals(whole[i], single[0]);
        }
    }

    @Test
    void theErrorFunctionOfManyNumbersIsThatOfEachAlsoInPlace() {
        var x = grid(-7, 7);
        var whole = x.clone();
        Elementary.erf(whole, 0, whole, 0, whole.length);
        var single = new double[1];
        for (int i = 0; i < x.length; i += 97) {
            Elementary.erf(x, i, single, 0, 1);
            assertEquals(single[0], whole[i]);
        }
    }
}
