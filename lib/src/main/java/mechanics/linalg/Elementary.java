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
 * The exponential gives zero below about twice the smallest normal number. NaN stays NaN.
 *
 * <p>All rest on one reduction, z = k ln 2 + r with whole k and |r| ≤ ½ ln 2, and the power series of eʳ − 1. The
 * formula is written out in each loop: a vector that is handed to a method which the compiler then does not inline
 * costs an object.
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
    private static final float FLOAT_LOWEST = -86.9f;
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
        int lanes = FLOAT_SPECIES.length();
        for (int i = 0; i < n; i += lanes) {
            var rest = FLOAT_SPECIES.indexInRange(i, n);
            boolean whole = i <= n - lanes;
            var v = whole
                    ? FloatVector.fromArray(FLOAT_SPECIES, x, from + i)
                    : FloatVector.fromArray(FLOAT_SPECIES, x, from + i, rest);
            var z = v.lanewise(VectorOperators.MAX, FLOAT_LOWEST).lanewise(VectorOperators.MIN,
                    FLOAT_HIGHEST);
            // k in the low bits of the sum, then as a number, then r.
            var shifted = z.mul((float) (1 / LN2)).add(FLOAT_ROUND);
            var k = shifted.sub(FLOAT_ROUND);
            var r = k.fma(FloatVector.broadcast(FLOAT_SPECIES, -FLOAT_LN2_HIGH), z);
            r = k.fma(FloatVector.broadcast(FLOAT_SPECIES, -FLOAT_LN2_LOW), r);
            var p = FloatVector.broadcast(FLOAT_SPECIES, 1f / 5040);
            p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 720));
            p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 120));
            p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 24));
            p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 6));
            p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 2));
            p = p.mul(r).fma(r, r);
            // Half the power twice over: 2ᵏ itself may be just too large.
            var power = shifted.sub(1).reinterpretAsInts().sub(FLOAT_ROUND_BITS).add(FLOAT_BIAS)
                    .lanewise(VectorOperators.LSHL, FLOAT_SIGNIFICAND).reinterpretAsFloats();
            var result = p.add(1).mul(power).mul(2).blend(0f, v.compare(VectorOperators.LT, FLOAT_LOWEST))
                    .blend(Float.POSITIVE_INFINITY, v.compare(VectorOperators.GT, FLOAT_HIGHEST));
            if (whole) {
                result.intoArray(y, to + i);
            } else {
                result.intoArray(y, to + i, rest);
            }
        }
    }

    /** y = tanh x for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void tanh(float[] x, int from, float[] y, int to, int n) {
        int lanes = FLOAT_SPECIES.length();
        for (int i = 0; i < n; i += lanes) {
            var rest = FLOAT_SPECIES.indexInRange(i, n);
            boolean whole = i <= n - lanes;
            var v = whole
                    ? FloatVector.fromArray(FLOAT_SPECIES, x, from + i)
                    : FloatVector.fromArray(FLOAT_SPECIES, x, from + i, rest);
            // tanh |v| = −e / (2 + e) with e = exp(−2|v|) − 1 = 2ᵏ (eʳ − 1) + (2ᵏ − 1): no cancellation near 0.
            var z = v.lanewise(VectorOperators.ABS).lanewise(VectorOperators.MIN, FLOAT_FLAT).mul(-2);
            // k in the low bits of the sum, then as a number, then r.
            var shifted = z.mul((float) (1 / LN2)).add(FLOAT_ROUND);
            var k = shifted.sub(FLOAT_ROUND);
            var r = k.fma(FloatVector.broadcast(FLOAT_SPECIES, -FLOAT_LN2_HIGH), z);
            r = k.fma(FloatVector.broadcast(FLOAT_SPECIES, -FLOAT_LN2_LOW), r);
            var p = FloatVector.broadcast(FLOAT_SPECIES, 1f / 5040);
            p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 720));
            p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 120));
            p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 24));
            p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 6));
            p = p.fma(r, FloatVector.broadcast(FLOAT_SPECIES, 1f / 2));
            p = p.mul(r).fma(r, r);
            var power = shifted.reinterpretAsInts().sub(FLOAT_ROUND_BITS).add(FLOAT_BIAS)
                    .lanewise(VectorOperators.LSHL, FLOAT_SIGNIFICAND).reinterpretAsFloats();
            var e = p.fma(power, power.sub(1));
            var sign = v.reinterpretAsInts().lanewise(VectorOperators.AND, Integer.MIN_VALUE);
            var result = e.div(e.add(2)).lanewise(VectorOperators.ABS).reinterpretAsInts()
                    .lanewise(VectorOperators.OR, sign)
                    .reinterpretAsFloats();
            if (whole) {
                result.intoArray(y, to + i);
            } else {
                result.intoArray(y, to + i, rest);
            }
        }
    }

    /** y = eˣ for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void exp(double[] x, int from, double[] y, int to, int n) {
        int lanes = DOUBLE_SPECIES.length();
        for (int i = 0; i < n; i += lanes) {
            var rest = DOUBLE_SPECIES.indexInRange(i, n);
            boolean whole = i <= n - lanes;
            var v = whole
                    ? DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i)
                    : DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i, rest);
            var z = v.lanewise(VectorOperators.MAX, DOUBLE_LOWEST).lanewise(VectorOperators.MIN,
                    DOUBLE_HIGHEST);
            // k in the low bits of the sum, then as a number, then r.
            var shifted = z.mul(1 / LN2).add(DOUBLE_ROUND);
            var k = shifted.sub(DOUBLE_ROUND);
            var r = k.fma(DoubleVector.broadcast(DOUBLE_SPECIES, -DOUBLE_LN2_HIGH), z);
            r = k.fma(DoubleVector.broadcast(DOUBLE_SPECIES, -DOUBLE_LN2_LOW), r);
            var p = DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 6227020800L);
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
            p = p.mul(r).fma(r, r);
            // Half the power twice over: 2ᵏ itself may be just too large.
            var power = shifted.sub(1).reinterpretAsLongs().sub(DOUBLE_ROUND_BITS).add(DOUBLE_BIAS)
                    .lanewise(VectorOperators.LSHL, DOUBLE_SIGNIFICAND).reinterpretAsDoubles();
            var result = p.add(1).mul(power).mul(2).blend(0.0, v.compare(VectorOperators.LT, DOUBLE_LOWEST))
                    .blend(Double.POSITIVE_INFINITY, v.compare(VectorOperators.GT, DOUBLE_HIGHEST));
            if (whole) {
                result.intoArray(y, to + i);
            } else {
                result.intoArray(y, to + i, rest);
            }
        }
    }

    /** y = tanh x for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void tanh(double[] x, int from, double[] y, int to, int n) {
        int lanes = DOUBLE_SPECIES.length();
        for (int i = 0; i < n; i += lanes) {
            var rest = DOUBLE_SPECIES.indexInRange(i, n);
            boolean whole = i <= n - lanes;
            var v = whole
                    ? DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i)
                    : DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i, rest);
            // tanh |v| = −e / (2 + e) with e = exp(−2|v|) − 1 = 2ᵏ (eʳ − 1) + (2ᵏ − 1): no cancellation near 0.
            var z = v.lanewise(VectorOperators.ABS).lanewise(VectorOperators.MIN, DOUBLE_FLAT).mul(-2);
            // k in the low bits of the sum, then as a number, then r.
            var shifted = z.mul(1 / LN2).add(DOUBLE_ROUND);
            var k = shifted.sub(DOUBLE_ROUND);
            var r = k.fma(DoubleVector.broadcast(DOUBLE_SPECIES, -DOUBLE_LN2_HIGH), z);
            r = k.fma(DoubleVector.broadcast(DOUBLE_SPECIES, -DOUBLE_LN2_LOW), r);
            var p = DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 6227020800L);
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
            p = p.mul(r).fma(r, r);
            var power = shifted.reinterpretAsLongs().sub(DOUBLE_ROUND_BITS).add(DOUBLE_BIAS)
                    .lanewise(VectorOperators.LSHL, DOUBLE_SIGNIFICAND).reinterpretAsDoubles();
            var e = p.fma(power, power.sub(1));
            var sign = v.reinterpretAsLongs().lanewise(VectorOperators.AND, Long.MIN_VALUE);
            var result = e.div(e.add(2)).lanewise(VectorOperators.ABS).reinterpretAsLongs()
                    .lanewise(VectorOperators.OR, sign)
                    .reinterpretAsDoubles();
            if (whole) {
                result.intoArray(y, to + i);
            } else {
                result.intoArray(y, to + i, rest);
            }
        }
    }

    /** y = erf x for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void erf(double[] x, int from, double[] y, int to, int n) {
        int lanes = DOUBLE_SPECIES.length();
        for (int i = 0; i < n; i += lanes) {
            var rest = DOUBLE_SPECIES.indexInRange(i, n);
            boolean whole = i <= n - lanes;
            var v = whole
                    ? DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i)
                    : DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i, rest);
            var size = v.lanewise(VectorOperators.ABS).lanewise(VectorOperators.MIN, 6);
            var square = size.mul(size);
            // The power series near 0.
            var near = DoubleVector.broadcast(DOUBLE_SPECIES, ERF_SERIES[ERF_SERIES.length - 1]);
            for (int j = ERF_SERIES.length - 2; j >= 0; j--) {
                near = near.fma(square, DoubleVector.broadcast(DOUBLE_SPECIES, ERF_SERIES[j]));
            }
            near = near.mul(size);
            // The Chebyshev series elsewhere, by Clenshaw's recurrence.
            var t = size.sub(3.75).div(size.add(3.75));
            var twice = t.add(t);
            var b = DoubleVector.zero(DOUBLE_SPECIES);
            var before = b;
            for (int j = ERFC_CHEBYSHEV.length - 1; j >= 1; j--) {
                var next = twice.fma(b,
                        DoubleVector.broadcast(DOUBLE_SPECIES, ERFC_CHEBYSHEV[j]).sub(before));
                before = b;
                b = next;
            }
            var series = t.fma(b, DoubleVector.broadcast(DOUBLE_SPECIES, ERFC_CHEBYSHEV[0] / 2).sub(before));
            var z = square.neg();
            // k in the low bits of the sum, then as a number, then r.
            var shifted = z.mul(1 / LN2).add(DOUBLE_ROUND);
            var k = shifted.sub(DOUBLE_ROUND);
            var r = k.fma(DoubleVector.broadcast(DOUBLE_SPECIES, -DOUBLE_LN2_HIGH), z);
            r = k.fma(DoubleVector.broadcast(DOUBLE_SPECIES, -DOUBLE_LN2_LOW), r);
            var p = DoubleVector.broadcast(DOUBLE_SPECIES, 1.0 / 6227020800L);
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
            p = p.mul(r).fma(r, r);
            var power = shifted.reinterpretAsLongs().sub(DOUBLE_ROUND_BITS).add(DOUBLE_BIAS)
                    .lanewise(VectorOperators.LSHL, DOUBLE_SIGNIFICAND).reinterpretAsDoubles();
            var far = p.add(1).mul(power).mul(series).div(size.add(size).add(1)).neg().add(1);
            var magnitude = far.blend(near, size.compare(VectorOperators.LT, 0.5));
            var sign = v.reinterpretAsLongs().lanewise(VectorOperators.AND, Long.MIN_VALUE);
            var result = magnitude.lanewise(VectorOperators.ABS).reinterpretAsLongs()
                    .lanewise(VectorOperators.OR, sign)
                    .reinterpretAsDoubles();
            if (whole) {
                result.intoArray(y, to + i);
            } else {
                result.intoArray(y, to + i, rest);
            }
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

    /**
     * Coefficients in t = (x − 2) / (x + 2) of (x + 2) exp(x²/2) Φ(−x) for x ≥ 0, lowest power first, fitted for
     * this file; relative error 4e-8 up to where single precision underflows.
     */
    private static final float[] NORMAL_TAIL = {0.672408f, -0.33140448f, 0.028798392f, 0.03671971f,
            -0.0004835571f, -0.0067393403f, -0.0018857529f, 0.0008546699f, 0.0007070273f, 5.4697684e-5f,
            -5.886519e-5f};

    /** 1/√(2π). */
    private static final float NORMAL_PEAK = (float) (1 / Math.sqrt(2 * Math.PI));
    /** Numbers that stay in the first-level cache between two loops. */
    private static final int BLOCK = 1024;

    /**
     * y = z Φ(z) and slope = Φ(z) + z φ(z), with the normal density φ and its integral Φ: GELU in its exact form.
     * Errors of Φ at most 4 units in the last place where z²/2 is of order 1. Modified: y, slope.
     */
    public static void gelu(float[] z, int from, float[] y, int to, float[] slope, int toSlope, int n) {
        for (int i = 0; i < n; i += BLOCK) {
            int size = Math.min(BLOCK, n - i);
            for (int j = i; j < i + size; j++) slope[toSlope + j] = -0.5f * z[from + j] * z[from + j];
            exp(slope, toSlope + i, slope, toSlope + i, size);
            geluBlock(z, from + i, y, to + i, slope, toSlope + i, size);
        }
    }

    /** {@link #gelu} where slope = exp(−z²/2) is there. */
    private static void geluBlock(float[] z, int from, float[] y, int to, float[] slope, int toSlope, int n) {
        int lanes = FLOAT_SPECIES.length();
        for (int i = 0; i < n; i += lanes) {
            var rest = FLOAT_SPECIES.indexInRange(i, n);
            var x = FloatVector.fromArray(FLOAT_SPECIES, z, from + i, rest);
            var bell = FloatVector.fromArray(FLOAT_SPECIES, slope, toSlope + i, rest);
            // The tail is zero, by its factor, long before 14; larger x would only lose digits.
            var size = x.lanewise(VectorOperators.ABS).lanewise(VectorOperators.MIN, 14);
            var shifted = size.add(2);
            var t = size.sub(2).div(shifted);
            var p = FloatVector.broadcast(FLOAT_SPECIES, NORMAL_TAIL[10]);
            for (int k = 9; k >= 0; k--) p = p.fma(t, FloatVector.broadcast(FLOAT_SPECIES, NORMAL_TAIL[k]));
            var tail = bell.mul(p).div(shifted);
            var phi = tail.blend(tail.neg().add(1), x.compare(VectorOperators.GT, 0));
            x.mul(phi).intoArray(y, to + i, rest);
            x.mul(bell).fma(FloatVector.broadcast(FLOAT_SPECIES, NORMAL_PEAK), phi).intoArray(slope,
                    toSlope + i, rest);
        }
    }
}
