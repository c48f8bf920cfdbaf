package mechanics.solvable;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

import mechanics.kernels.KernelMatrix;
import mechanics.kernels.KernelSpectrum;

/**
 * The eigenfunctions that <em>every</em> kernel has on a symmetric domain, if it depends on two inputs only through the
 * angle between them: waves on the circle, parities on the hypercube, spherical harmonics on the sphere. They come in
 * levels k of equal eigenvalue; the kernel decides nothing but the eigenvalues.
 *
 * <p>A kernel is given as a function of the cosine of the angle. Its expansion is k(cos θ) = Σ_k λ_k m_k P_k(cos θ),
 * where m_k P_k(x·x′) = Σ φ(x)φ(x′) over an orthonormal basis of level k (addition theorem). P_k(1) = 1, and P_k are
 * Chebyshev, Krawtchouk or Gegenbauer polynomials.
 */
public sealed interface Harmonics permits FourierHarmonics, ParityHarmonics, SphericalHarmonics {

    /** The number of levels, k = 0, 1, … */
    int levels();

    /**
     * m_k, the number of orthonormal functions in level k.
     *
     * @param level the number of a level of equal eigenvalues, from 0
     */
    double multiplicity(int level);

    /**
     * P_k at a cosine from −1 to 1, with P_k(1) = 1.
     *
     * @param level the number of a level of equal eigenvalues, from 0
     * @param cosine of the angle between two points, from −1 to 1
     */
    double polynomial(int level, double cosine);

    /**
     * λ_k = E_x′[k(cos θ) P_k(cos θ)], with θ the angle between any x and x′ (Funk and Hecke).
     *
     * @param level the number of a level of equal eigenvalues, from 0
     * @param kernel as a function of the cosine
     */
    double eigenvalue(int level, DoubleUnaryOperator kernel);

    /**
     * One eigenfunction of level k at some inputs, with mean square 1 over the domain.
     *
     * @param level the number of a level of equal eigenvalues, from 0
     * @param x inputs, n × d, rows are samples, on the domain. Not modified.
     * @return n values
     */
    double[] eigenfunction(int level, double[][] x);

    /**
     * One eigenfunction of each of some levels.
     *
     * @param chosen levels
     * @param x inputs, n × d. Not modified.
     * @return n × k, one column for each level
     */
    default double[][] eigenfunctions(int[] chosen, double[][] x) {
        var values = new double[x.length][chosen.length];
        for (int j = 0; j < chosen.length; j++) {
            double[] column = eigenfunction(chosen[j], x);
            for (int i = 0; i < x.length; i++) values[i][j] = column[i];
        }
        return values;
    }

    /**
     * The mean of φ(x)φ(x′) over the orthonormal functions of level k, that is P_k(cos θ).
     *
     * @param level the number of a level of equal eigenvalues, from 0
     * @param x inputs, n × d. Not modified.
     * @return n × n
     */
    default KernelMatrix projection(int level, double[][] x) {
        int n = x.length;
        var norms = new double[n];
        Arrays.setAll(norms, i -> Math.sqrt(dot(x[i], x[i])));
        var values = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double cosine = i == j ? 1 : dot(x[i], x[j]) / (norms[i] * norms[j]);
                values[i][j] = polynomial(level, cosine);
                values[j][i] = values[i][j];
            }
        }
        return KernelMatrix.of(values);
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
        return sum;
    }

    /**
     * The spectrum of a kernel on this domain. If the domain has more levels than are listed, what remains of the
     * trace k(1) is the tail.
     *
     * @param kernel as a function of the cosine, positive semidefinite on the domain
     * @throws IllegalArgumentException if an eigenvalue is negative beyond rounding
     */
    default KernelSpectrum spectrum(DoubleUnaryOperator kernel) {
        double trace = kernel.applyAsDouble(1);
        double[] multiplicities = IntStream.range(0, levels()).mapToDouble(this::multiplicity).toArray();
        double[] values = IntStream.range(0, levels()).mapToDouble(k -> eigenvalue(k, kernel)).toArray();
        double rest = trace;
        for (int k = 0; k < values.length; k++) {
            if (values[k] * multiplicities[k] < -1e-10 * trace)
                throw new IllegalArgumentException("kernel has eigenvalue " + values[k] + " in level " + k
                        + ": expected a positive semidefinite kernel");
            values[k] = Math.max(values[k], 0);
            rest -= multiplicities[k] * values[k];
        }
        return KernelSpectrum.of(values, multiplicities)
                .withTail(complete() || rest < 1e-10 * trace ? 0 : rest);
    }

    /** Whether these are all levels of the domain. */
    boolean complete();

    /**
     * Refuses a level that is not there.
     *
     * @param level the number of a level of equal eigenvalues, from 0
     * @param levels how many there are
     */
    static int check(int level, int levels) {
        if (level < 0 || level >= levels)
            throw new IllegalArgumentException("level = " + level + ": expected 0 to " + (levels - 1));
        return level;
    }
}
