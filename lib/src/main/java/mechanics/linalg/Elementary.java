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
 * <p>All rest on one reduction, z = k ln 2 + r with whole k and |r| ≤ ½ ln 2, and the power series of eʳ − 1. What
 * needs an exponential on its way takes it from memory, block by block: a vector that is handed to a method which the
 * compiler then does not inline costs an object.
 */
public final class Elementary {
    private static final VectorSpecies<Float> FLOAT_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLE_SPECIES = DoubleVector.SPECIES_PREFERRED;
    /** Numbers that stay in the first-level cache between two loops. */
    private static final int BLOCK = 1024;
    private static final ThreadLocal<double[]> BELL = ThreadLocal.withInitial(() -> new double[BLOCK]);

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
    /** Where erf x has become 1. */
    private static final double ERF_FLAT = 6;
    /** Coefficients of erf(x) / x in x², by the power series. */
    private static final double[] ERF_SERIES = erfSeries(13);

    private Elementary() {}

    /** y = eˣ for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void exp(float[] x, int from, float[] y, int to, int n) {
        FloatElementary.exp(x, from, y, to, n);
    }

    /** y = tanh x for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void tanh(float[] x, int from, float[] y, int to, int n) {
        FloatElementary.tanh(x, from, y, to, n);
    }

    /** y = eˣ for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void exp(double[] x, int from, double[] y, int to, int n) {
        DoubleElementary.exp(x, from, y, to, n);
    }

    /** y = tanh x for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void tanh(double[] x, int from, double[] y, int to, int n) {
        DoubleElementary.tanh(x, from, y, to, n);
    }

    /** y = erf x for {@code n} numbers from {@code x[from]} and {@code y[to]} on. Modified: y. */
    public static void erf(double[] x, int from, double[] y, int to, int n) {
        double[] bell = BELL.get();
        for (int i = 0; i < n; i += BLOCK) {
            int size = Math.min(BLOCK, n - i);
            for (int j = 0; j < size; j++) {
                double bounded = Math.min(Math.abs(x[from + i + j]), ERF_FLAT);
                bell[j] = -bounded * bounded;
            }
            exp(bell, 0, bell, 0, size);
            erfBlock(x, from + i, bell, y, to + i, size);
        }
    }

    /** {@link #erf} where bell = exp(−x²) is there. */
    private static void erfBlock(double[] x, int from, double[] bell, double[] y, int to, int n) {
        int lanes = DOUBLE_SPECIES.length();
        for (int i = 0; i < n; i += lanes) {
            var rest = DOUBLE_SPECIES.indexInRange(i, n);
            var v = DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i, rest);
            var size = v.lanewise(VectorOperators.ABS).lanewise(VectorOperators.MIN, ERF_FLAT);
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
            var far = DoubleVector.fromArray(DOUBLE_SPECIES, bell, i, rest).mul(series)
                    .div(size.add(size).add(1)).neg().add(1);
            var magnitude = far.blend(near, size.compare(VectorOperators.LT, 0.5));
            var sign = v.reinterpretAsLongs().lanewise(VectorOperators.AND, Long.MIN_VALUE);
            var result = magnitude.lanewise(VectorOperators.ABS).reinterpretAsLongs()
                    .lanewise(VectorOperators.OR, sign).reinterpretAsDoubles();
            result.intoArray(y, to + i, rest);
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
