package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Numbers that are taken from whole arrays, on the vector units of the machine. The order of a sum depends on the
 * length alone, on one kind of machine.
 */
final class Reductions {
    private static final VectorSpecies<Float> FLOAT_SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLE_SPECIES = DoubleVector.SPECIES_PREFERRED;
    /** As many numbers in single precision as a vector has in double precision. */
    private static final VectorSpecies<Float> HALF_SPECIES = VectorSpecies.of(float.class,
            VectorShape.forBitSize(DOUBLE_SPECIES.vectorBitSize() / 2));

    private Reductions() {}

    /** Σ uᵢ vᵢ in double precision. */
    static double dot(float[] u, int atU, float[] v, int atV, int n) {
        int lanes = DOUBLE_SPECIES.length();
        var s0 = DoubleVector.zero(DOUBLE_SPECIES);
        var s1 = DoubleVector.zero(DOUBLE_SPECIES);
        var s2 = DoubleVector.zero(DOUBLE_SPECIES);
        var s3 = DoubleVector.zero(DOUBLE_SPECIES);
        int i = 0;
        for (; i <= n - 4 * lanes; i += 4 * lanes) {
            s0 = widen(u, atU + i).mul(widen(v, atV + i)).add(s0);
            s1 = widen(u, atU + i + lanes).mul(widen(v, atV + i + lanes)).add(s1);
            s2 = widen(u, atU + i + 2 * lanes).mul(widen(v, atV + i + 2 * lanes)).add(s2);
            s3 = widen(u, atU + i + 3 * lanes).mul(widen(v, atV + i + 3 * lanes)).add(s3);
        }
        double sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
        for (; i < n; i++) sum += (double) u[atU + i] * v[atV + i];
        return sum;
    }

    private static DoubleVector widen(float[] x, int at) {
        return (DoubleVector) FloatVector.fromArray(HALF_SPECIES, x, at).convertShape(VectorOperators.F2D,
                DOUBLE_SPECIES, 0);
    }

    /** Σ uᵢ vᵢ in double precision. */
    static double dot(double[] u, int atU, double[] v, int atV, int n) {
        int lanes = DOUBLE_SPECIES.length();
        var s0 = DoubleVector.zero(DOUBLE_SPECIES);
        var s1 = DoubleVector.zero(DOUBLE_SPECIES);
        var s2 = DoubleVector.zero(DOUBLE_SPECIES);
        var s3 = DoubleVector.zero(DOUBLE_SPECIES);
        int i = 0;
        for (; i <= n - 4 * lanes; i += 4 * lanes) {
            s0 = load(u, atU + i).mul(load(v, atV + i)).add(s0);
            s1 = load(u, atU + i + lanes).mul(load(v, atV + i + lanes)).add(s1);
            s2 = load(u, atU + i + 2 * lanes).mul(load(v, atV + i + 2 * lanes)).add(s2);
            s3 = load(u, atU + i + 3 * lanes).mul(load(v, atV + i + 3 * lanes)).add(s3);
        }
        double sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
        for (; i < n; i++) sum += u[atU + i] * v[atV + i];
        return sum;
    }

    private static DoubleVector load(double[] x, int at) {
        return DoubleVector.fromArray(DOUBLE_SPECIES, x, at);
    }

    /** max |xᵢ|, NaN where one is. */
    static float largest(float[] x, int from, int n) {
        var largest = FloatVector.zero(FLOAT_SPECIES);
        int i = 0;
        for (int end = FLOAT_SPECIES.loopBound(n); i < end; i += FLOAT_SPECIES.length()) {
            largest = largest.max(FloatVector.fromArray(FLOAT_SPECIES, x, from + i).abs());
        }
        float result = largest.reduceLanes(VectorOperators.MAX);
        for (; i < n; i++) result = Math.max(result, Math.abs(x[from + i]));
        return result;
    }

    /** max |xᵢ|, NaN where one is. */
    static double largest(double[] x, int from, int n) {
        var largest = DoubleVector.zero(DOUBLE_SPECIES);
        int i = 0;
        for (int end = DOUBLE_SPECIES.loopBound(n); i < end; i += DOUBLE_SPECIES.length()) {
            largest = largest.max(DoubleVector.fromArray(DOUBLE_SPECIES, x, from + i).abs());
        }
        double result = largest.reduceLanes(VectorOperators.MAX);
        for (; i < n; i++) result = Math.max(result, Math.abs(x[from + i]));
        return result;
    }
}
