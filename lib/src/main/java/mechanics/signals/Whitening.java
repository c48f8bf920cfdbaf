package mechanics.signals;

import mechanics.linalg.Array;
import mechanics.linalg.DenseEigen;
import mechanics.linalg.Precision;
import mechanics.linalg.Rounding;

/**
 * Makes samples white: subtracts their mean, keeps the K directions of largest variance and divides each by its standard
 * deviation, so that the K coordinates are uncorrelated with variance one. What is left for any second-order method to
 * find is nothing: every rotation of white coordinates is white.
 *
 * <p>Cost: d² n to find the covariance, O(d³) for its eigenvectors (LAPACK through Smile).
 */
public final class Whitening {
    private final double[] mean;
    /** K × d: unit eigenvectors, the one with the largest variance first. */
    private final double[][] directions;
    private final double[] variances;

    private Whitening(double[] mean, double[][] directions, double[] variances) {
        this.mean = mean;
        this.directions = directions;
        this.variances = variances;
    }

    /**
     * The whitening of some samples.
     *
     * @param samples n × d, rows are samples, n above 1. Not modified.
     * @param dimension K, from 1 to the rank of the covariance: the number of its eigenvalues above 4 d u of the largest,
     *            u = 2⁻⁵³, which is as well as they are known; and at most n − 1
     * @throws IllegalArgumentException if there is no variance in so many directions
     */
    public static Whitening of(double[][] samples, int dimension) {
        if (samples.length < 2)
            throw new IllegalArgumentException(samples.length + " samples: expected at least 2");
        int n = samples.length, d = samples[0].length;
        if (dimension < 1 || dimension > d)
            throw new IllegalArgumentException("dimension = " + dimension + ": expected from 1 to " + d);
        var mean = new double[d];
        // Differences to the first sample: of a constant they are exactly 0.
        for (double[] row : samples) {
            for (int j = 0; j < d; j++) mean[j] += (row[j] - samples[0][j]) / n;
        }
        for (int j = 0; j < d; j++) mean[j] += samples[0][j];
        Array x = centered(samples, mean), covariance = x.like(d * d);
        covariance.gemm(1.0 / n, x, true, x, false, d, d, n, 0);
        DenseEigen eigen = DenseEigen.of(covariance.toRows(d), d);
        int rank = 0;
        // An eigenvalue of the covariance is known to d units of rounding of the largest.
        while (rank < d && !Rounding.isZero(eigen.value(d - 1 - rank), d * eigen.value(d - 1))) rank++;
        rank = Math.min(rank, n - 1);
        var directions = new double[dimension][];
        var variances = new double[dimension];
        for (int k = 0; k < dimension; k++) {
            directions[k] = eigen.vector(d - 1 - k).clone();
            variances[k] = eigen.value(d - 1 - k);
            if (!(variances[k] > 0) || k >= rank)
                throw new IllegalArgumentException("dimension = " + dimension + ": expected at most " + k
                        + ", as the samples vary in no other direction");
        }
        return new Whitening(mean, directions, variances);
    }

    /** K. */
    public int dimension() { return directions.length; }

    /** The variances in the directions that are kept, falling. A fresh copy. */
    public double[] variances() {
        return variances.clone();
    }

    /** The principal directions, K × d, unit rows, the one of largest variance first. A fresh copy. */
    public double[][] directions() {
        var copy = new double[directions.length][];
        for (int k = 0; k < copy.length; k++) copy[k] = directions[k].clone();
        return copy;
    }

    /**
     * White coordinates of samples, n × K.
     *
     * @param samples n × d. Not modified.
     */
    public double[][] apply(double[][] samples) {
        int n = samples.length, d = mean.length, kept = dimension();
        Array x = centered(samples, mean), white = x.like(n * kept);
        white.gemm(1, x, false, scaled(-0.5), true, n, kept, d, 0);
        return white.toRows(kept);
    }

    /**
     * Samples without differences in contrast: each is centered and divided by the length of its white coordinates, times
     * √K. Whiten the result again, as dividing changes the covariance a little. Samples whose length is zero stay zero.
     *
     * @param samples n × d. Not modified.
     * @return n × d, white coordinates have length √K
     */
    public double[][] equalized(double[][] samples) {
        double[][] white = apply(samples), equalized = new double[samples.length][mean.length];
        for (int i = 0; i < samples.length; i++) {
            double square = 0;
            for (double value : white[i]) square += value * value;
            double factor = square > 0 ? Math.sqrt(dimension() / square) : 0;
            for (int j = 0; j < mean.length; j++) equalized[i][j] = factor * (samples[i][j] - mean[j]);
        }
        return equalized;
    }

    /**
     * White samples turned back to where they look like samples, n × d: every direction has variance one, but keeps its
     * place among the d coordinates ("zero-phase" whitening).
     *
     * @param white n × K, for example the directions that some method found. Not modified.
     */
    public double[][] unfold(double[][] white) {
        int d = mean.length, kept = dimension();
        Array x = Precision.FLOAT64.array(white), unfolded = x.like(white.length * d);
        unfolded.gemm(1, x, false, scaled(0), false, white.length, d, kept, 0);
        return unfolded.toRows(d);
    }

    /** The directions, times a power of their variances. */
    private Array scaled(double power) {
        var rows = directions();
        for (int k = 0; k < rows.length; k++) {
            double factor = Math.pow(variances[k], power);
            for (int j = 0; j < rows[k].length; j++) rows[k][j] *= factor;
        }
        return Precision.FLOAT64.array(rows);
    }

    private static Array centered(double[][] samples, double[] mean) {
        var rows = new double[samples.length][mean.length];
        for (int i = 0; i < rows.length; i++) {
            if (samples[i].length != mean.length)
                throw new IllegalArgumentException("sample " + i + " has " + samples[i].length
                        + " numbers: expected " + mean.length);
            for (int j = 0; j < mean.length; j++) rows[i][j] = samples[i][j] - mean[j];
        }
        return Precision.FLOAT64.array(rows);
    }
}
