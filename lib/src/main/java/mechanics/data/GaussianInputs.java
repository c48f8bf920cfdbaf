package mechanics.data;

import mechanics.base.Seed;
import mechanics.base.Require;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import smile.linalg.UPLO;
import smile.tensor.DenseMatrix;
import smile.tensor.EVD;

/**
 * Gaussian vectors of mean zero with any covariance Σ = Q diag(λ) Qᵀ: x = Q diag(√λ) z, z standard normal.
 * Sampling costs O(d²) a vector, O(d) where the principal axes are the coordinate axes.
 */
public final class GaussianInputs implements Inputs {

    private final double[] spectrum;
    private final double[][] axes; // d × d, columns are principal axes; null: the coordinate axes

    private GaussianInputs(double[] spectrum, double[][] axes) {
        if (spectrum.length == 0) {
            throw new IllegalArgumentException("spectrum has 0 eigenvalues: expected at least 1");
        }
        for (double eigenvalue : spectrum) {
            Require.notNegative("eigenvalue", eigenvalue);
        }
        this.spectrum = spectrum;
        this.axes = axes;
    }

    /** Independent coordinates of variance 1. */
    public static GaussianInputs isotropic(int dimension) {
        double[] ones = new double[Require.positive("dimension", dimension)];
        Arrays.fill(ones, 1);
        return new GaussianInputs(ones, null);
    }

    /**
     * Independent coordinates with these variances.
     *
     * @param eigenvalues of the covariance, length d, each at least 0. Not modified.
     */
    public static GaussianInputs withSpectrum(double... eigenvalues) {
        return new GaussianInputs(eigenvalues.clone(), null);
    }

    /**
     * Independent coordinates whose variances fall as a power law,
     * λ<sub>j</sub> = j<sup>−exponent</sup>, j = 1 … d.
     */
    public static GaussianInputs powerLaw(int dimension, double exponent) {
        Require.positive("dimension", dimension);
        return new GaussianInputs(
                IntStream.rangeClosed(1, dimension).mapToDouble(j -> Math.pow(j, -exponent)).toArray(),
                null);
    }

    /**
     * Any covariance. Costs an eigendecomposition, O(d³).
     *
     * @param covariance d × d, symmetric, no negative eigenvalue beyond rounding. Not modified.
     */
    public static GaussianInputs withCovariance(double[][] covariance) {
        int d = Require.positive("rows of covariance", covariance.length);
        double largest = 0;
        for (double[] row : covariance) {
            if (row.length != d) {
                throw new IllegalArgumentException(
                        "covariance has a row of " + row.length + ": expected " + d);
            }
            for (double value : row) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "covariance holds " + value + ": expected finite numbers");
                }
                largest = Math.max(largest, Math.abs(value));
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(covariance[i][j] - covariance[j][i]) > 1e-12 * largest) {
                    throw new IllegalArgumentException(
                            "covariance[%d][%d] = %s, covariance[%d][%d] = %s: expected a symmetric matrix"
                                    .formatted(i, j, covariance[i][j], j, i, covariance[j][i]));
                }
            }
        }
        DenseMatrix symmetric = DenseMatrix.of(covariance).withUplo(UPLO.LOWER);
        EVD evd = symmetric.eigen().sort();
        double[] eigenvalues = new double[d];
        for (int j = 0; j < d; j++) {
            double eigenvalue = evd.wr().get(j);
            if (eigenvalue < -1e-10 * d * largest) {
                throw new IllegalArgumentException(
                        "covariance has the eigenvalue " + eigenvalue + ": expected none below 0");
            }
            eigenvalues[j] = Math.max(eigenvalue, 0);
        }
        return new GaussianInputs(eigenvalues, evd.Vr().toArray(new double[0][]));
    }

    /** The same spectrum along random principal axes, uniform over rotations and reflections. O(d³). */
    public GaussianInputs rotated(long seed) {
        int d = dimension();
        RandomGenerator random = Seed.of(seed).draw("rotation");
        double[][] columns = new double[d][];
        for (int j = 0; j < d; j++) {
            double[] column = Seed.gaussian(d, random);
            // Twice: one pass of Gram and Schmidt leaves rounding errors that grow with the dimension.
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < j; k++) {
                    subtractProjection(column, columns[k]);
                }
            }
            columns[j] = Sphere.scaledTo(1, column);
        }
        double[][] rotated = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                rotated[i][j] = columns[j][i];
            }
        }
        return new GaussianInputs(spectrum, rotated);
    }

    @Override
    public int dimension() { return spectrum.length; }

    /** The eigenvalues of the covariance, length d. A fresh copy. */
    public double[] spectrum() {
        return spectrum.clone();
    }

    /** The covariance, d × d. A fresh copy. */
    public double[][] covariance() {
        int d = dimension();
        double[][] covariance = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                if (axes == null) {
                    covariance[i][j] = i == j ? spectrum[i] : 0;
                } else {
                    for (int k = 0; k < d; k++) {
                        covariance[i][j] += axes[i][k] * spectrum[k] * axes[j][k];
                    }
                }
            }
        }
        return covariance;
    }

    @Override
    public double[][] sample(int n, long seed) {
        RandomGenerator random = Seed.of(seed).draw("gaussian");
        double[][] x = new double[Require.notNegative("n", n)][];
        for (int i = 0; i < n; i++) {
            double[] z = Seed.gaussian(dimension(), random);
            Arrays.setAll(z, j -> z[j] * Math.sqrt(spectrum[j]));
            x[i] = axes == null ? z : combine(z);
        }
        return x;
    }

    private double[] combine(double[] z) {
        double[] x = new double[z.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < z.length; j++) {
                x[i] += axes[i][j] * z[j];
            }
        }
        return x;
    }

    /** v − (v·u) u for a unit vector u. {@code v} is modified. */
    private static void subtractProjection(double[] v, double[] u) {
        double product = 0;
        for (int i = 0; i < v.length; i++)
            product += v[i] * u[i];
        for (int i = 0; i < v.length; i++)
            v[i] -= product * u[i];
    }
}
