package mechanics.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import mechanics.statistics.Bootstrap;

class ScalingLawTest {
    private static final double[] X = DoubleStream.iterate(1e4, x -> 2 * x).limit(9).toArray();

    private static double[] values(ScalingLaw law) { return Arrays.stream(X).map(law::at).toArray(); }

    @ParameterizedTest
    @CsvSource({"1.2, 30, 0.3", "0, 5, 0.076", "1.69, 406.4, 0.34", "0.5, 1e6, 1.5"})
    void powerLawIsFoundFromItsOwnValues(double floor, double amplitude, double exponent) {
        var fit = ScalingLaw.Power.fit(X, values(new ScalingLaw.Power(floor, amplitude, exponent)));
        assertEquals(exponent, fit.exponent(), 1e-4 * exponent);
        assertEquals(floor, fit.floor(), 1e-3);
        assertEquals(amplitude, fit.amplitude(), 2e-3 * amplitude);
    }

    @Test
    void exponentialAndLogarithmAreFoundFromTheirOwnValues() {
        var exponential = new ScalingLaw.Exponential(1.1, 0.8, 4e5);
        var logarithm = new ScalingLaw.Logarithm(5, 0.2, 3e4);
        var first = (ScalingLaw.Exponential) ScalingLaw.fit(ScalingLaw.Family.EXPONENTIAL, X,
                values(exponential));
        var second = (ScalingLaw.Logarithm) ScalingLaw.fit(ScalingLaw.Family.LOGARITHM, X, values(logarithm));
        assertEquals(4e5, first.scale(), 1);
        assertEquals(0.8, first.amplitude(), 1e-6);
        assertEquals(0.2, second.slope(), 1e-6);
        assertEquals(3e4, second.shift(), 1);
        for (double x : X) assertEquals(logarithm.at(x), second.at(x), 1e-9);
    }

    @ParameterizedTest
    @EnumSource
    void ownFamilyExtrapolatesBest(ScalingLaw.Family own) {
        ScalingLaw truth = switch (own) {
            case POWER -> new ScalingLaw.Power(1, 50, 0.4);
            case EXPONENTIAL -> new ScalingLaw.Exponential(1, 1, 3e5);
            case LOGARITHM -> new ScalingLaw.Logarithm(6, 0.3, 1e4);
        };
        double[] y = values(truth);
        double error = error(own, truth, y);
        for (var other : ScalingLaw.Family.values())
            if (other != own) assertTrue(error(other, truth, y) > 10 * error, other + " beside " + own);
    }

    private static double error(ScalingLaw.Family family, ScalingLaw truth, double[] y) {
        return Math.abs(ScalingLaw.fit(family, X, y).at(1e7) - truth.at(1e7));
    }

    @Test
    void fitIsTheLeastSquaresOne() {
        var random = new SplittableRandom(3);
        double[] y = Arrays.stream(values(new ScalingLaw.Power(1, 40, 0.35)))
                .map(v -> v * (1 + 0.01 * random.nextGaussian())).toArray();
        var best = ScalingLaw.Power.fit(X, y);
        double least = squares(best, y);
        for (int i = 0; i < 200; i++) {
            var other = new ScalingLaw.Power(best.floor() * (1 + 0.02 * random.nextGaussian()),
                    best.amplitude() * (1 + 0.02 * random.nextGaussian()),
                    best.exponent() * (1 + 0.02 * random.nextGaussian()));
            assertTrue(squares(other, y) >= least * (1 - 1e-9));
        }
    }

    private static double squares(ScalingLaw law, double[] y) {
        double sum = 0;
        for (int i = 0; i < X.length; i++) sum += Math.pow(law.at(X[i]) / y[i] - 1, 2);
        return sum;
    }

    @Test
    void floorIsNeverNegative() {
        // Falls faster at the end than any power law with a floor: a line down to almost nothing.
        double[] y = Arrays.stream(X).map(x -> 3 - x / 1e6).toArray();
        var fit = assertInstanceOf(ScalingLaw.Power.class, ScalingLaw.fit(ScalingLaw.Family.POWER, X, y));
        assertEquals(0, fit.floor());
    }

    @Test
    void bootstrapHoldsTheTrueExponentAboutAsOftenAsItSays() {
        var random = new SplittableRandom(1);
        double[] exact = values(new ScalingLaw.Power(1, 40, 0.35));
        int held = 0, trials = 40;
        for (int t = 0; t < trials; t++) {
            double[] y = Arrays.stream(exact).map(v -> v * (1 + 0.005 * random.nextGaussian())).toArray();
            var law = ScalingLaw.Power.fit(X, y);
            var interval = Bootstrap.of(y, values(law), 3, 60, t, v -> ScalingLaw.Power.fit(X, v).exponent());
            if (interval.holds(0.35)) held++;
        }
        assertTrue(held >= 0.8 * trials, held + " of " + trials);
    }

    @Test
    void bootstrapIsTheSameForTheSameSeedAndEmptyWithoutResiduals() {
        double[] y = values(new ScalingLaw.Power(1, 40, 0.35));
        var exact = Bootstrap.of(y, y, 3, 40, 0, v -> v[0]);
        assertEquals(new Bootstrap(y[0], y[0]), exact);
        double[] noisy = y.clone();
        noisy[2] *= 1.01;
        assertEquals(Bootstrap.of(noisy, y, 3, 40, 5, v -> v[0]),
                Bootstrap.of(noisy, y, 3, 40, 5, v -> v[0]));
    }

    @Test
    void badInputsAreNamed() {
        double[] three = {1, 2, 3};
        assertThrows(IllegalArgumentException.class,
                () -> ScalingLaw.Power.fit(new double[]{1, 1, 2}, three));
        assertThrows(IllegalArgumentException.class, () -> ScalingLaw.Power.fit(three, new double[]{1, 2}));
        assertThrows(IllegalArgumentException.class,
                () -> ScalingLaw.Power.fit(three, new double[]{1, 0, 2}));
        assertThrows(IllegalArgumentException.class, () -> Bootstrap.of(three, three, 2, 40, 0, v -> 0));
        assertThrows(IllegalArgumentException.class, () -> Bootstrap.of(three, three, 1, 10, 0, v -> 0));
        String message = assertThrows(IllegalArgumentException.class,
                () -> ScalingLaw.Power.fit(new double[]{1, -2, 3}, three)).getMessage();
        assertTrue(message.contains("x[1] = -2.0"), message);
    }

    /** Constants near the ends of the ranges that {@link ScalingLaw#fit} documents are still found. */
    @Test
    void constantsAreFoundInTheWholeRange() {
        for (double scale : new double[]{3e3, 2e4, 2e7, 1e8}) {
            var truth = new ScalingLaw.Exponential(0.5, 3, scale);
            var fit = (ScalingLaw.Exponential) ScalingLaw.fit(ScalingLaw.Family.EXPONENTIAL, X,
                    values(truth));
            assertEquals(1, fit.scale() / scale, 1e-2);
        }
        for (double shift : new double[]{30, 1e3, 1e6, 1e7}) {
            var truth = new ScalingLaw.Logarithm(9, 0.3, shift);
            var fit = (ScalingLaw.Logarithm) ScalingLaw.fit(ScalingLaw.Family.LOGARITHM, X, values(truth));
            assertEquals(1, fit.slope() / 0.3, 1e-2);
            assertEquals(1, fit.shift() / shift, 1e-1);
        }
    }

    @Test
    void whatAsksForMoreGetsTheBound() {
        double[] steep = values(new ScalingLaw.Power(1, 1e24, 6));
        assertEquals(5, ScalingLaw.Power.fit(X, steep).exponent(), 1e-6);
        // A straight line is an exponential without end, if it may fall far below what is left as a floor of zero.
        double[] line = Arrays.stream(X).map(x -> 300 - x / 1e6).toArray();
        var slow = (ScalingLaw.Exponential) ScalingLaw.fit(ScalingLaw.Family.EXPONENTIAL, X, line);
        assertEquals(1, slow.scale() / (100 * X[X.length - 1]), 1e-6);
        var far = (ScalingLaw.Logarithm) ScalingLaw.fit(ScalingLaw.Family.LOGARITHM, X, line);
        assertEquals(1, far.shift() / (10 * X[X.length - 1]), 1e-6);
    }

    @Test
    void familiesHaveNames() {
        assertEquals("power law, exponential, logarithm",
                String.join(", ", Arrays.stream(ScalingLaw.Family.values()).map(Object::toString).toList()));
    }
}
