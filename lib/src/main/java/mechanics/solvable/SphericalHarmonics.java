package mechanics.solvable;

import java.util.function.DoubleUnaryOperator;

import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.special.Gamma;
import org.hipparchus.util.CombinatoricsUtils;

/**
 * Spherical harmonics on the sphere S^(d−1) in d dimensions: level k holds the harmonic polynomials of degree k. P_k are
 * Gegenbauer's polynomials, also called Legendre's in d dimensions.
 *
 * <p>Eigenvalues are integrals over the angle by Gauss and Legendre's rule (Hipparchus), λ_k ∝ ∫ k(cos θ) P_k(cos θ)
 * sin^(d−2)θ dθ. Kernels of ReLU networks have a kink at θ = 0 as functions of the cosine, but are smooth in the angle.
 *
 * @param dimension d of the space around, at least 3: the unit circle has waves, see {@link FourierHarmonics}
 * @param degrees the number of levels that are listed, at least 1
 */
public record SphericalHarmonics(int dimension, int degrees) implements Harmonics {

    /** Checks the numbers. */
    public SphericalHarmonics {
        if (dimension < 3)
            throw new IllegalArgumentException("dimension = " + dimension + ": expected at least 3");
        if (degrees < 1) throw new IllegalArgumentException("degrees = " + degrees + ": expected at least 1");
    }

    @Override
    public int levels() { return degrees; }

    /** No: there are harmonics of every degree. */
    @Override
    public boolean complete() { return false; }

    /** C(k + d − 1, k) − C(k + d − 3, k − 2): all polynomials of degree k less |x|² times those of degree k − 2. */
    @Override
    public double multiplicity(int level) {
        Harmonics.check(level, degrees);
        double all = CombinatoricsUtils.binomialCoefficientDouble(level + dimension - 1, level);
        return level < 2
                ? all
                : all - CombinatoricsUtils.binomialCoefficientDouble(level + dimension - 3, level - 2);
    }

    @Override
    public double polynomial(int level, double cosine) {
        Harmonics.check(level, degrees);
        double before = 0;
        double now = 1;
        for (int k = 0; k < level; k++) {
            double next = ((2 * k + dimension - 2) * cosine * now - k * before) / (k + dimension - 2);
            before = now;
            now = next;
        }
        return now;
    }

    @Override
    public double eigenvalue(int level, DoubleUnaryOperator kernel) {
        Harmonics.check(level, degrees);
        int power = dimension - 2;
        // Γ(d/2) / (√π Γ((d − 1)/2)): the density of the angle is this times sin^(d−2).
        double density = Math.exp(Gamma.logGamma(dimension / 2.0) - Gamma.logGamma((dimension - 1) / 2.0))
                / Math.sqrt(Math.PI);
        // Panels of 20 points, each at most half a wave of the polynomial long.
        int panels = 8 + level;
        var rule = new GaussIntegratorFactory().legendre(20);
        double half = Math.PI / (2 * panels);
        double sum = 0;
        for (int panel = 0; panel < panels; panel++) {
            double middle = (2 * panel + 1) * half;
            sum += half * rule.integrate(point -> {
                double angle = middle + half * point;
                double cosine = Math.cos(angle);
                return Math.pow(Math.sin(angle), power) * kernel.applyAsDouble(cosine)
                        * polynomial(level, cosine);
            });
        }
        return density * sum;
    }

    /** The harmonic that is symmetric around the first axis, √m_k P_k(x₁/|x|). */
    @Override
    public double[] eigenfunction(int level, double[][] x) {
        double size = Math.sqrt(multiplicity(level));
        var values = new double[x.length];
        for (int i = 0; i < values.length; i++) {
            double norm = 0;
            for (double coordinate : x[i]) norm += coordinate * coordinate;
            values[i] = size * polynomial(level, x[i][0] / Math.sqrt(norm));
        }
        return values;
    }
}
