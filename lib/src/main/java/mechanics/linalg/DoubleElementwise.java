package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums and products of arrays, entry by entry, on the vector units of the machine: the compiler leaves such loops
 * scalar where it cannot tell that two windows do not overlap. Each entry is rounded as in the plain loop, so that
 * results depend neither on the width of the vectors nor on the place in the array. Arrays are given with the index
 * of their first entry.
 */
final class DoubleElementwise {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private DoubleElementwise() {}

    /** y = α x + β y for {@code n} entries; with β = 0 the old ones are not read. Modified: y. */
    static void combine(double alpha, double[] x, int from, double beta, double[] y, int to, int n) {
        if (beta == 0 && alpha == 1) {
            System.arraycopy(x, from, y, to, n);
        } else if (beta == 0) {
            setMultiple(alpha, x, from, y, to, n);
        } else if (beta == 1) {
            addMultiple(alpha, x, from, y, to, n);
        } else {
            mix(alpha, x, from, beta, y, to, n);
        }
    }

    private static void setMultiple(double alpha, double[] x, int from, double[] y, int to, int n) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
            DoubleVector.fromArray(SPECIES, x, from + i).mul(alpha).intoArray(y, to + i);
        }
        for (; i < n; i++) y[to + i] = alpha * x[from + i];
    }

    private static void addMultiple(double alpha, double[] x, int from, double[] y, int to, int n) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
            DoubleVector.fromArray(SPECIES, x, from + i).mul(alpha)
                    .add(DoubleVector.fromArray(SPECIES, y, to + i)).intoArray(y, to + i);
        }
        for (; i < n; i++) y[to + i] += alpha * x[from + i];
    }

    private static void mix(double alpha, double[] x, int from, double beta, double[] y, int to, int n) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
            DoubleVector.fromArray(SPECIES, x, from + i).mul(alpha)
                    .add(DoubleVector.fromArray(SPECIES, y, to + i).mul(beta)).intoArray(y, to + i);
        }
        for (; i < n; i++) y[to + i] = alpha * x[from + i] + beta * y[to + i];
    }

    /** y = α u ∘ v + β y for {@code n} entries; with β = 0 the old ones are not read. Modified: y. */
    static void multiply(double alpha, double[] u, int atU, double[] v, int atV, double beta, double[] y,
            int to,
            int n) {
        if (beta == 0) {
            setProduct(alpha, u, atU, v, atV, y, to, n);
        } else {
            addProduct(alpha, u, atU, v, atV, beta, y, to, n);
        }
    }

    private static void setProduct(double alpha, double[] u, int atU, double[] v, int atV, double[] y, int to,
            int n) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
            DoubleVector.fromArray(SPECIES, u, atU + i).mul(alpha)
                    .mul(DoubleVector.fromArray(SPECIES, v, atV + i)).intoArray(y, to + i);
        }
        for (; i < n; i++) y[to + i] = alpha * u[atU + i] * v[atV + i];
    }

    private static void addProduct(double alpha, double[] u, int atU, double[] v, int atV, double beta,
            double[] y,
            int to, int n) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
            DoubleVector.fromArray(SPECIES, u, atU + i).mul(alpha)
                    .mul(DoubleVector.fromArray(SPECIES, v, atV + i))
                    .add(DoubleVector.fromArray(SPECIES, y, to + i).mul(beta)).intoArray(y, to + i);
        }
        for (; i < n; i++) y[to + i] = alpha * u[atU + i] * v[atV + i] + beta * y[to + i];
    }

    /** y = 1 − x² for {@code n} entries: the slope of the hyperbolic tangent x. Modified: y. */
    static void tanhSlope(double[] x, int from, double[] y, int to, int n) {
        var one = DoubleVector.broadcast(SPECIES, 1);
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
            var v = DoubleVector.fromArray(SPECIES, x, from + i);
            one.sub(v.mul(v)).intoArray(y, to + i);
        }
        for (; i < n; i++) y[to + i] = 1 - x[from + i] * x[from + i];
    }

    /**
     * y = s ∘ (w − 2 t ∘ u ∘ v) + β y for {@code n} entries, with the hyperbolic tangent t and its slope s; with
     * β = 0 the old ones are not read. Modified: y.
     */
    static void multiplyTanhTangent(double[] t, int atT, double[] s, int atS, double[] u, int atU, double[] v,
            int atV, double[] w, int atW, double beta, double[] y, int to, int n) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
            var bend = DoubleVector.fromArray(SPECIES, t, atT + i).mul(-2)
                    .mul(DoubleVector.fromArray(SPECIES, u, atU + i))
                    .mul(DoubleVector.fromArray(SPECIES, v, atV + i));
            var term = DoubleVector.fromArray(SPECIES, w, atW + i).add(bend)
                    .mul(DoubleVector.fromArray(SPECIES, s, atS + i));
            if (beta != 0) term = DoubleVector.fromArray(SPECIES, y, to + i).mul(beta).add(term);
            term.intoArray(y, to + i);
        }
        for (; i < n; i++) {
            double term = (w[atW + i] - 2 * t[atT + i] * u[atU + i] * v[atV + i]) * s[atS + i];
            y[to + i] = beta == 0 ? term : beta * y[to + i] + term;
        }
    }

    /**
     * y = x and slope = 1 where x > 0; y = leak · x and slope = leak elsewhere, for {@code n} entries. Modified: y,
     * slope.
     */
    static void rectify(double[] x, int from, double leak, double[] y, int to, double[] slope, int toSlope,
            int n) {
        var one = DoubleVector.broadcast(SPECIES, 1);
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += SPECIES.length()) {
            var v = DoubleVector.fromArray(SPECIES, x, from + i);
            var d = one.blend(leak, v.compare(VectorOperators.LE, 0));
            d.intoArray(slope, toSlope + i);
            d.mul(v).intoArray(y, to + i);
        }
        for (; i < n; i++) {
            double d = x[from + i] <= 0 ? leak : 1;
            slope[toSlope + i] = d;
            y[to + i] = d * x[from + i];
        }
    }
}
