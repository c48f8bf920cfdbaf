package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The exponential and the hyperbolic tangent of {@link Elementary} on {@code double[]}. One loop serves both: a vector
 * that is handed to a method which the compiler then does not inline costs an object.
 */
@SuppressWarnings("cast") // which the generated twin needs
final class DoubleElementary {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int SIGNIFICAND = Double.PRECISION - 1;
    /** Adding it rounds to an integer and leaves that integer in the low bits. */
    private static final double ROUND = (double) Math.scalb(1.5, SIGNIFICAND);
    private static final double PER_LN2 = (double) (1 / Math.log(2));
    private static final double LN2_HIGH = (double) ExponentialSeries.FLOAT64.ln2High();
    private static final double LN2_LOW = (double) ExponentialSeries.FLOAT64.ln2Low();
    private static final double LOWEST = (double) ExponentialSeries.FLOAT64.lowest();
    private static final double HIGHEST = (double) ExponentialSeries.FLOAT64.highest();
    private static final double FLAT = (double) ExponentialSeries.FLOAT64.flat();
    private static final int DEGREE = ExponentialSeries.FLOAT64.degree();
    private static final double[] SERIES = series();

    private DoubleElementary() {}

    static void exp(double[] x, int from, double[] y, int to, int n) { apply(false, x, from, y, to, n); }

    static void tanh(double[] x, int from, double[] y, int to, int n) { apply(true, x, from, y, to, n); }

    private static void apply(boolean tanh, double[] x, int from, double[] y, int to, int n) {
        int lanes = SPECIES.length();
        for (int i = 0; i < n; i += lanes) {
            var rest = SPECIES.indexInRange(i, n);
            boolean whole = i <= n - lanes;
            var v = whole
                    ? DoubleVector.fromArray(SPECIES, x, from + i)
                    : DoubleVector.fromArray(SPECIES, x, from + i, rest);
            var z = tanh
                    ? v.lanewise(VectorOperators.ABS).lanewise(VectorOperators.MIN, FLAT).mul(-2)
                    : v.lanewise(VectorOperators.MAX, LOWEST).lanewise(VectorOperators.MIN, HIGHEST);
            // k in the low bits of the sum, then as a number, then r.
            var shifted = z.mul(PER_LN2).add(ROUND);
            var k = shifted.sub(ROUND);
            var r = k.fma(DoubleVector.broadcast(SPECIES, -LN2_HIGH), z);
            r = k.fma(DoubleVector.broadcast(SPECIES, -LN2_LOW), r);
            var p = DoubleVector.broadcast(SPECIES, SERIES[DEGREE]);
            for (int j = DEGREE - 1; j >= 2; j--) p = p.fma(r, DoubleVector.broadcast(SPECIES, SERIES[j]));
            p = p.mul(r).fma(r, r);
            // Half of 2ᵏ for the exponential, and that twice over: 2ᵏ itself may be just too large.
            var power = (tanh ? shifted : shifted.sub(1)).viewAsIntegralLanes().add(Double.MAX_EXPONENT)
                    .lanewise(VectorOperators.LSHL, SIGNIFICAND).viewAsFloatingLanes();
            DoubleVector result;
            if (tanh) {
                // tanh |v| = −e / (2 + e) with e = exp(−2|v|) − 1 = 2ᵏ (eʳ − 1) + (2ᵏ − 1): no cancellation near 0.
                var e = p.fma(power, power.sub(1));
                var minus = DoubleVector.broadcast(SPECIES, (double) -0.0).viewAsIntegralLanes();
                var sign = v.viewAsIntegralLanes().lanewise(VectorOperators.AND, minus);
                result = e.div(e.add(2)).lanewise(VectorOperators.ABS).viewAsIntegralLanes()
                        .lanewise(VectorOperators.OR, sign).viewAsFloatingLanes();
            } else {
                result = p.add(1).mul(power).mul(2).blend(0, v.compare(VectorOperators.LT, LOWEST))
                        .blend(Double.POSITIVE_INFINITY, v.compare(VectorOperators.GT, HIGHEST));
            }
            if (whole) {
                result.intoArray(y, to + i);
            } else {
                result.intoArray(y, to + i, rest);
            }
        }
    }

    private static double[] series() {
        double[] exact = ExponentialSeries.FLOAT64.coefficients(); // both: double
        var series = new double[exact.length];
        for (int j = 0; j < series.length; j++) series[j] = (double) exact[j];
        return series;
    }
}
