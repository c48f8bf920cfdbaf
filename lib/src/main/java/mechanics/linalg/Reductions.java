package mechanics.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Scalar products of whole arrays in double precision, on the vector units of the machine. The order of a sum depends
 * on the length alone, on one kind of machine.
 */
final class Reductions {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    /** Products that stay in the first-level cache until they are summed. */
    private static final int BLOCK = 1024;
    private static final ThreadLocal<double[]> PRODUCTS = ThreadLocal.withInitial(() -> new double[BLOCK]);

    private Reductions() {}

    /** Σ uᵢ vᵢ in double precision, in which the products are exact. */
    static double dot(float[] u, int atU, float[] v, int atV, int n) {
        double[] products = PRODUCTS.get();
        double sum = 0;
        for (int from = 0; from < n; from += BLOCK) {
            int size = Math.min(BLOCK, n - from);
            multiply(u, atU + from, v, atV + from, products, size);
            sum += sum(products, size);
        }
        return sum;
    }

    /** Arrays of different types do not overlap: this loop the compiler does vectorize. Modified: products. */
    private static void multiply(float[] u, int atU, float[] v, int atV, double[] products, int n) {
        for (int i = 0; i < n; i++) products[i] = (double) u[atU + i] * v[atV + i];
    }

    private static double sum(double[] x, int n) {
        int lanes = SPECIES.length();
        var s0 = DoubleVector.zero(SPECIES);
        var s1 = DoubleVector.zero(SPECIES);
        int i = 0;
        for (; i <= n - 2 * lanes; i += 2 * lanes) {
            s0 = DoubleVector.fromArray(SPECIES, x, i).add(s0);
            s1 = DoubleVector.fromArray(SPECIES, x, i + lanes).add(s1);
        }
        double sum = DoubleLanes.sum(s0.add(s1));
        for (; i < n; i++) sum += x[i];
        return sum;
    }

    /** Σ uᵢ vᵢ. */
    static double dot(double[] u, int atU, double[] v, int atV, int n) {
        int lanes = SPECIES.length();
        var s0 = DoubleVector.zero(SPECIES);
        var s1 = DoubleVector.zero(SPECIES);
        int i = 0;
        for (; i <= n - 2 * lanes; i += 2 * lanes) {
            s0 = DoubleVector.fromArray(SPECIES, u, atU + i)
                    .mul(DoubleVector.fromArray(SPECIES, v, atV + i)).add(s0);
            s1 = DoubleVector.fromArray(SPECIES, u, atU + i + lanes)
                    .mul(DoubleVector.fromArray(SPECIES, v, atV + i + lanes)).add(s1);
        }
        double sum = DoubleLanes.sum(s0.add(s1));
        for (; i < n; i++) sum += u[atU + i] * v[atV + i];
        return sum;
    }
}
