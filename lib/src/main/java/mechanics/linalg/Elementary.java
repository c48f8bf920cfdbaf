package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The exponential, hyperbolic tangent and error function of many numbers at once, on the vector units of the
 * machine. Each lane computes by the same IEEE operations whatever the width of the vectors and the place in the
 * array, so results do not depend on either.
 *
 * <p>Errors, in units in the last place of the result: exp and tanh at most 3 in both precisions, erf at most 4.
 * The exponential flushes results below the smallest normal number to zero. NaN stays NaN.
 */
public final class Elementary {
    private static final double LN2 = Math.log(2);

    private static final VectorSpecies<Float> FLOAT_SPECIES = FloatVector.SPECIES_PREFERRED;
    /** 1.5 · 2²³: adding it rounds to an integer and leaves that integer in the low bits. */
    private static final float FLOAT_ROUND = 0x1.8p23f;
    private static final int FLOAT_ROUND_BITS = Float.floatToRawIntBits(FLOAT_ROUND);
    private static final int FLOAT_BIAS = 127;
    private static final int FLOAT_SIGNIFICAND = 23;
    /** ln 2 to 12 bits, so that its product with an exponent is exact, and the rest. */
    private static final float FLOAT_LN2_HIGH = 0x1.62ep-1f;
    private static final float FLOAT_LN2_LOW = (float) (LN2 - FLOAT_LN2_HIGH);
    private static final float FLOAT_LOWEST = -87.3f;
    private static final float FLOAT_HIGHEST = 88.72283f;
    private static final float FLOAT_FLAT = 10;

    private static final VectorSpecies<Double> DOUBLE_SPECIES = DoubleVector.SPECIES_PREFERRED;
    /** 1.5 · 2⁵². */
    private static final double DOUBLE_ROUND = 0x1.8p52;
    private static final long DOUBLE_ROUND_BITS = Double.doubleToRawLongBits(DOUBLE_ROUND);
    private static final long DOUBLE_BIAS = 1023;
    private static final int DOUBLE_SIGNIFICAND = 52;
    /** ln 2 to 32 bits and the next 53. */
    private static final double DOUBLE_LN2_HIGH = 0x1.62e42fee00000p-1;
    private static final double DOUBLE_LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final double DOUBLE_LOWEST = -708;
    private static final double DOUBLE_HIGHEST = 709.782712893384;
    private static final double DOUBLE_FLAT = 20;

    /**
     * Chebyshev coefficients of (1 + 2x) exp(x²) erfc(x) in t = (x − 3.75) / (x + 3.75) for x ≥ 0, the form of
     * Shepherd and Laframboise (1981), computed for this file in 60 digits.
     */
    private static final double[] ERFC_CHEBYSHEV = {
            2.3551578691348034, -0.004590054580646478, -0.08424913336651792, 0.05920993999819189,
            -0.026658668435305753, 0.009074997670705265, -0.002413163540417608, 0.0004907758365258086,
            -6.916973302501207e-05, 4.13902798607301e-06, 7.74038306619849e-07, -2.1886401049234397e-07,
            1.076499946567091e-08, 4.521959811218287e-09, -7.754400208831351e-10, -6.318088340886684e-11,
            2.86879501093067e-11, 1.9455868545777347e-13, -9.65469674843344e-13, 3.25254814814874e-14,
            3.3478119482868056e-14, -1.864562880419313e-15, -1.2507950530688648e-15, 7.418235256624044e-17,
            5.068148904796111e-17};
    /** Coefficients of erf(x) / x in x², by the power series. */
    private static final double[] ERF_SERIES = erfSeries(13);

    private Elementary() {}

    /** y = eˣ for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void exp(float[] x, int from, float[] y, int to, int n) {
        int i = 0;
        for (int bound = FLOAT_SPECIES.loopBound(n); i < bound; i += FLOAT_SPECIES.length()) {
            exponential(FloatVector.fromArray(FLOAT_SPECIES, x, from + i)).intoArray(y, to + i);
        }
        if (i < n) {
            var rest = FLOAT_SPECIES.indexInRange(i, n);
            exponential(FloatVector.fromArray(FLOAT_SPECIES, x, from + i, rest)).intoArray(y, to + i, rest);
        }
    }

    /** y = tanh(x) for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void tanh(float[] x, int from, float[] y, int to, int n) {
        int i = 0;
        for (int bound = FLOAT_SPECIES.loopBound(n); i < bound; i += FLOAT_SPECIES.length()) {
            hyperbolicTangent(FloatVector.fromArray(FLOAT_SPECIES, x, from + i)).intoArray(y, to + i);
        }
        if (i < n) {
            var rest = FLOAT_SPECIES.indexInRange(i, n);
            hyperbolicTangent(FloatVector.fromArray(FLOAT_SPECIES, x, from + i, rest)).intoArray(y, to + i,
                    rest);
        }
    }

    /** y = eˣ for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void exp(double[] x, int from, double[] y, int to, int n) {
        int i = 0;
        for (int bound = DOUBLE_SPECIES.loopBound(n); i < bound; i += DOUBLE_SPECIES.length()) {
            exponential(DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i)).intoArray(y, to + i);
        }
        if (i < n) {
            var rest = DOUBLE_SPECIES.indexInRange(i, n);
            exponential(DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i, rest)).intoArray(y, to + i, rest);
        }
    }

    /** y = tanh(x) for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void tanh(double[] x, int from, double[] y, int to, int n) {
        int i = 0;
        for (int bound = DOUBLE_SPECIES.loopBound(n); i < bound; i += DOUBLE_SPECIES.length()) {
            hyperbolicTangent(DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i)).intoArray(y, to + i);
        }
        if (i < n) {
            var rest = DOUBLE_SPECIES.indexInRange(i, n);
            hyperbolicTangent(DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i, rest)).intoArray(y, to + i,
                    rest);
        }
    }

    /** y = erf(x) for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void erf(double[] x, int from, double[] y, int to, int n) {
        int i = 0;
        for (int bound = DOUBLE_SPECIES.loopBound(n); i < bound; i += DOUBLE_SPECIES.length()) {
            errorFunction(DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i)).intoArray(y, to + i);
        }
        if (i < n) {
            var rest = DOUBLE_SPECIES.indexInRange(i, n);
            errorFunction(DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i, rest)).intoArray(y, to + i,
                    rest);
        }
    }

    /**
     * y = z, slope = 1 where z > 0; y = leak · z, slope = leak elsewhere; from the given indices on. Modified: y,
     * slope.
     */
    static void rectify(float[] z, int from, float leak, float[] y, int to, float[] slope, int toSlope,
            int n) {
        var one = FloatVector.broadcast(FLOAT_SPECIES, 1);
        int i = 0;
        for (int bound = FLOAT_SPECIES.loopBound(n); i < bound; i += FLOAT_SPECIES.length()) {
            var x = FloatVector.fromArray(FLOAT_SPECIES, z, from + i);
            var d = one.blend(leak, x.compare(VectorOperators.LE, 0));
            d.intoArray(slope, toSlope + i);
            d.mul(x).intoArray(y, to + i);
        }
        for (; i < n; i++) {
            float d = z[from + i] <= 0 ? leak : 1;
            slope[toSlope + i] = d;
            y[to + i] = d * z[from + i];
        }
    }

    /**
     * y = z, slope = 1 where z > 0; y = leak · z, slope = leak elsewhere; from the given indices on. Modified: y,
     * slope.
     */
    static void rectify(double[] z, int from, double leak, double[] y, int to, double[] slope, int toSlope,
            int n) {
        var one = DoubleVector.broadcast(DOUBLE_SPECIES, 1);
        int i = 0;
        for (int bound = DOUBLE_SPECIES.loopBound(n); i < bound; i += DOUBLE_SPECIES.length()) {
            var x = DoubleVector.fromArray(DOUBLE_SPECIES, z, from + i);
            var d = one.blend(leak, x.compare(VectorOperators.LE, 0));
            d.intoArray(slope, toSlope + i);
            d.mul(x).intoArray(y, to + i);
        }
        for (; i < n; i++) {
            double d = z[from + i] <= 0 ? leak : 1;
            slope[toSlope + i] = d;
            y[to + i] = d * z[from + i];
        }
    }

    /** eᶻ − 1 = 2ᵏ (eʳ − 1) + (2ᵏ − 1) with z = k ln 2 + r, |r| ≤ ½ ln 2: no cancellation near 0. */
    private static FloatVector expm1(FloatVector z) {
        FloatVector shifted = z.mul((float) (1 / LN2)).add(FLOAT_ROUND);
        FloatVector k = shifted.sub(FLOAT_ROUND);
        FloatVector r = k.fma(FloatVector.broadcast(FLOAT_SPECIES, -FLOAT_LN2_HIGH), z);
        r = k.fma(FloatVector.broadcast(FLOAT_SPECIES, -FLOAT_LN2_LOW), r);
        FloatVector p = series(r);
        FloatVector power = power(shifted);
        return p.fma(power, power.sub(1));
    }

    /** eᶻ for z between the logarithms of the smallest normal and the largest number. */
    private static FloatVector exp(FloatVector z) {
        FloatVector shifted = z.mul((float) (1 / LN2)).add(FLOAT_ROUND);
        FloatVector k = shifted.sub(FLOAT_ROUND);
        FloatVector r = k.fma(FloatVector.broadcast(FLOAT_SPECIES, -FLOAT_LN2_HIGH), z);
        r = k.fma(FloatVector.broadcast(FLOAT_SPECIES, -FLOAT_LN2_LOW), r);
        // Half the power twice over: 2ᵏ itself may be just too large.
        return series(r).add(1).mul(power(shifted.sub(1))).mul(2);
    }

    /** eʳ − 1 for small r, by its power series. */
    private static FloatVector series(FloatVector r) {
        FloatVector p = FloatVector.broadcast(FLOAT_SPECIES, 1f / 5040);
        p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 720));
        p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 120));
        p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 24));
        p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 6));
        p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 2));
        return p.mul(r).fma(r, r);
    }

    /** 2ᵏ, where adding {@code FLOAT_ROUND} to k has left k in the low bits of the sum. */
    private static FloatVector power(FloatVector shifted) {
        return shifted.reinterpretAsInts().sub(FLOAT_ROUND_BITS).add(FLOAT_BIAS)
                .lanewise(VectorOperators.LSHL, FLOAT_SIGNIFICAND)
                .reinterpretAsFloats();
    }

    private static FloatVector exponential(FloatVector x) {
        FloatVector y = exp(
                x.lanewise(VectorOperators.MAX, FLOAT_LOWEST).lanewise(VectorOperators.MIN, FLOAT_HIGHEST));
        y = y.blend(0f, x.compare(VectorOperators.LT, FLOAT_LOWEST));
        return y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, FLOAT_HIGHEST));
    }

    private static FloatVector hyperbolicTangent(FloatVector x) {
        // tanh |x| = −e / (2 + e), e = exp(−2|x|) − 1; beyond FLOAT_FLAT it rounds to 1.
        FloatVector e = expm1(
                x.lanewise(VectorOperators.ABS).lanewise(VectorOperators.MIN, FLOAT_FLAT).mul(-2));
        return withSign(e.neg().div(e.add(2)), x);
    }

    /** y ≥ 0 with the sign of x. */
    private static FloatVector withSign(FloatVector y, FloatVector x) {
        var sign = x.reinterpretAsInts().lanewise(VectorOperators.AND, Integer.MIN_VALUE);
        return y.reinterpretAsInts().lanewise(VectorOperators.OR, sign).reinterpretAsFloats();
    }

    /** eᶻ − 1 = 2ᵏ (eʳ − 1) + (2ᵏ − 1) with z = k ln 2 + r, |r| ≤ ½ ln 2: no cancellation near 0. */
    private static DoubleVector expm1(DoubleVector z) {
        DoubleVector shifted = z.mul(1 / LN2).add(DOUBLE_ROUND);
        DoubleVector k = shifted.sub(DOUBLE_ROUND);
        DoubleVector r = k.fma(DoubleVector.broadcast(DOUBLE_SPECIES, -DOUBLE_LN2_HIGH), z);
        r = k.fma(DoubleVector.broadcast(DOUBLE_SPECIES, -DOUBLE_LN2_LOW), r);
        DoubleVector p = series(r);
        DoubleVector power = power(shifted);
        return p.fma(power, power.sub(1));
    }

    /** eᶻ for z between the logarithms of the smallest normal and the largest number. */
    private static DoubleVector exp(DoubleVector z) {
        DoubleVector shifted = z.mul(1 / LN2).add(DOUBLE_ROUND);
        DoubleVector k = shifted.sub(DOUBLE_ROUND);
        DoubleVector r = k.fma(DoubleVector.broadcast(DOUBLE_SPECIES, -DOUBLE_LN2_HIGH), z);
        r = k.fma(DoubleVector.broadcast(DOUBLE_SPECIES, -DOUBLE_LN2_LOW), r);
        // Half the power twice over: 2ᵏ itself may be just too large.
        return series(r).add(1).mul(power(shifted.sub(1))).mul(2);
    }

    /** eʳ − 1 for small r, by its power series. */
    private static DoubleVector series(DoubleVector r) {
        DoubleVector p = DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 6227020800L);
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 479001600));
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 39916800));
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 3628800));
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 362880));
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 40320));
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 5040));
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 720));
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 120));
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 24));
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 6));
        p = p.fma(r, DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 2));
        return p.mul(r).fma(r, r);
    }

    /** 2ᵏ, where adding {@code DOUBLE_ROUND} to k has left k in the low bits of the sum. */
    private static DoubleVector power(DoubleVector shifted) {
        return shifted.reinterpretAsLongs().sub(DOUBLE_ROUND_BITS).add(DOUBLE_BIAS)
                .lanewise(VectorOperators.LSHL, DOUBLE_SIGNIFICAND)
                .reinterpretAsDoubles();
    }

    private static DoubleVector exponential(DoubleVector x) {
        DoubleVector y = exp(
                x.lanewise(VectorOperators.MAX, DOUBLE_LOWEST).lanewise(VectorOperators.MIN, DOUBLE_HIGHEST));
        y = y.blend(0.0, x.compare(VectorOperators.LT, DOUBLE_LOWEST));
        return y.blend(Double.POSITIVE_INFINITY, x.compare(VectorOperators.GT, DOUBLE_HIGHEST));
    }

    private static DoubleVector hyperbolicTangent(DoubleVector x) {
        // tanh |x| = −e / (2 + e), e = exp(−2|x|) − 1; beyond DOUBLE_FLAT it rounds to 1.
        DoubleVector e = expm1(
                x.lanewise(VectorOperators.ABS).lanewise(VectorOperators.MIN, DOUBLE_FLAT).mul(-2));
        return withSign(e.neg().div(e.add(2)), x);
    }

    /** y ≥ 0 with the sign of x. */
    private static DoubleVector withSign(DoubleVector y, DoubleVector x) {
        var sign = x.reinterpretAsLongs().lanewise(VectorOperators.AND, Long.MIN_VALUE);
        return y.reinterpretAsLongs().lanewise(VectorOperators.OR, sign).reinterpretAsDoubles();
    }

    private static DoubleVector errorFunction(DoubleVector x) {
        DoubleVector z = x.lanewise(VectorOperators.ABS).lanewise(VectorOperators.MIN, 6);
        DoubleVector square = z.mul(z);
        DoubleVector p = DoubleVector.broadcast(DOUBLE_SPECIES, ERF_SERIES[ERF_SERIES.length - 1]);
        for (int i = ERF_SERIES.length - 2; i >= 0; i--) {
            p = p.fma(square, DoubleVector.broadcast(DOUBLE_SPECIES, ERF_SERIES[i]));
        }
        DoubleVector near = p.mul(z);
        DoubleVector t = z.sub(3.75).div(z.add(3.75));
        // Clenshaw's recurrence.
        DoubleVector twice = t.add(t);
        DoubleVector b = DoubleVector.zero(DOUBLE_SPECIES);
        DoubleVector before = b;
        for (int i = ERFC_CHEBYSHEV.length - 1; i >= 1; i--) {
            DoubleVector next = twice.fma(b, before.neg().add(ERFC_CHEBYSHEV[i]));
            before = b;
            b = next;
        }
        DoubleVector scaled = t.fma(b, before.neg().add(ERFC_CHEBYSHEV[0] / 2));
        DoubleVector complement = exp(square.neg()).mul(scaled).div(z.add(z).add(1));
        DoubleVector far = complement.neg().add(1);
        return withSign(far.blend(near, z.compare(VectorOperators.LT, 0.5)), x);
    }

    private static double[] erfSeries(int count) {
        // erf x = 2/√π Σ (−1)ⁱ x^(2i+1) / (i! (2i + 1))
        var series = new double[count];
        double factorial = 1;
        for (int i = 0; i < count; i++) {
            series[i] = 2 / Math.sqrt(Math.PI) * (i % 2 == 0 ? 1 : -1) / (factorial * (2 * i + 1));
            factorial *= i + 1;
        }
        return series;
    }
}
