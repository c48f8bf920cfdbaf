package mechanics.solvable;

import java.util.function.DoubleUnaryOperator;

import org.hipparchus.util.CombinatoricsUtils;

/**
 * Parities on the hypercube {−1, 1}^d: level k holds the products of k coordinates. Corners that differ in j coordinates
 * have the cosine 1 − 2j/d, and P_k are Krawtchouk's polynomials.
 *
 * @param dimension d, at least 1
 */
public record ParityHarmonics(int dimension) implements Harmonics {

    /** Checks the number. */
    public ParityHarmonics {
        if (dimension < 1)
            throw new IllegalArgumentException("dimension = " + dimension + ": expected at least 1");
    }

    @Override
    public int levels() { return dimension + 1; }

    @Override
    public boolean complete() { return true; }

    @Override
    public double multiplicity(int level) {
        return CombinatoricsUtils.binomialCoefficientDouble(dimension, Harmonics.check(level, levels()));
    }

    @Override
    public double polynomial(int level, double cosine) {
        Harmonics.check(level, levels());
        double before = 0;
        double now = 1;
        for (int k = 0; k < level; k++) {
            double next = (dimension * cosine * now - k * before) / (dimension - k);
            before = now;
            now = next;
        }
        return now;
    }

    @Override
    public double eigenvalue(int level, DoubleUnaryOperator kernel) {
        double sum = 0;
        for (int j = 0; j <= dimension; j++) {
            double cosine = 1 - 2.0 * j / dimension;
            double share = multiplicity(j) * Math.scalb(1.0, -dimension);
            sum += share * kernel.applyAsDouble(cosine) * polynomial(level, cosine);
        }
        return sum;
    }

    /** The product of the first k coordinates. */
    @Override
    public double[] eigenfunction(int level, double[][] x) {
        Harmonics.check(level, levels());
        var values = new double[x.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1;
            for (int j = 0; j < level; j++) values[i] *= x[i][j];
        }
        return values;
    }
}
