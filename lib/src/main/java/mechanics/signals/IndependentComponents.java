package mechanics.signals;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.DenseEigen;
import mechanics.linalg.Precision;

/**
 * Independent component analysis of white samples: the rotation whose coordinates are as far from Gaussian as possible.
 * Where samples are independent non-Gaussian sources in an unknown mixture, that rotation gives the sources back, up to
 * order and sign.
 *
 * <p>FastICA (Hyvärinen 1999) with g = tanh for all directions at once: each row w of W becomes
 * E[z g(w·z)] − E[g′(w·z)] w, and then W becomes (W Wᵀ)^(−½) W, the nearest rotation. A fixed point is an extremum of
 * E ln cosh over rotations. On Gaussian samples every rotation is as good as any other.
 *
 * <p>Cost of a round: 2 n K² multiply–adds, n K tanh and O(K³).
 */
public final class IndependentComponents {
    /** Of a row's cosine with itself a round before: where all are nearer to 1, the rotation rests. */
    private static final double TOLERANCE = 1e-6;

    private final double[][] directions;
    private final int rounds;
    private final boolean settled;

    private IndependentComponents(double[][] directions, int rounds, boolean settled) {
        this.directions = directions;
        this.rounds = rounds;
        this.settled = settled;
    }

    /**
     * Finds the rotation, from a random one.
     *
     * @param white n × K, rows are samples, uncorrelated with variance one: see {@link Whitening}. Not modified.
     * @param rounds the largest number of rounds
     */
    public static IndependentComponents fit(double[][] white, int rounds, long seed) {
        if (white.length < 2)
            throw new IllegalArgumentException(white.length + " samples: expected at least 2");
        if (rounds < 1) throw new IllegalArgumentException("rounds = " + rounds + ": expected at least 1");
        int n = white.length, k = white[0].length;
        Array z = Precision.FLOAT64.array(white), w = z.like(k * k), next = z.like(k * k);
        requireWhite(z, n, k);
        w.fillGaussian(Seed.of(seed).stream("rotation"), 1);
        w = rotation(w, k);
        Array y = z.like(n * k), slope = z.like(n * k), slopes = z.like(k);
        int round = 0;
        boolean settled = false;
        while (round < rounds && !settled) {
            y.gemm(1, z, false, w, true, n, k, k, 0);
            y.tanh(y, slope);
            slopes.sumRows(1.0 / n, slope, 0);
            next.gemm(1.0 / n, y, true, z, false, k, k, n, 0);
            for (int a = 0; a < k; a++) next.view(a * k, k).add(-slopes.get(a), w.view(a * k, k));
            Array better = rotation(next, k);
            settled = true;
            for (int a = 0; a < k; a++) {
                double cosine = better.view(a * k, k).dot(w.view(a * k, k));
                if (1 - Math.abs(cosine) > TOLERANCE) settled = false;
            }
            w = better;
            round++;
        }
        return new IndependentComponents(w.toRows(k), round, settled);
    }

    /** W, K × K, orthonormal rows: what to multiply a sample with to get its components. A fresh copy. */
    public double[][] directions() {
        var copy = new double[directions.length][];
        for (int a = 0; a < copy.length; a++) copy[a] = directions[a].clone();
        return copy;
    }

    /** The rounds that were taken. */
    public int rounds() { return rounds; }

    /** Whether the rotation had come to rest. */
    public boolean settled() { return settled; }

    /** The components of samples, n × K. Not modified. */
    public double[][] of(double[][] white) {
        int k = directions.length;
        Array z = Precision.FLOAT64.array(white), y = z.like(white.length * k);
        y.gemm(1, z, false, Precision.FLOAT64.array(directions), true, white.length, k, k, 0);
        return y.toRows(k);
    }

    /** (W Wᵀ)^(−½) W. */
    private static Array rotation(Array w, int k) {
        Array gram = w.like(k * k), vectors = w.like(k * k), root = w.like(k * k), result = w.like(k * k);
        gram.gemm(1, w, false, w, true, k, k, k, 0);
        DenseEigen eigen = DenseEigen.of(gram.toRows(k), k);
        for (int a = 0; a < k; a++) {
            // Rows times λ^(−¼), so that the product of the matrix with itself has λ^(−½).
            double factor = Math.pow(eigen.value(a), -0.25);
            for (int b = 0; b < k; b++) vectors.set(a * k + b, factor * eigen.vector(a)[b]);
        }
        root.gemm(1, vectors, true, vectors, false, k, k, k, 0);
        result.gemm(1, root, false, w, false, k, k, k, 0);
        return result;
    }

    private static void requireWhite(Array z, int n, int k) {
        Array covariance = z.like(k * k);
        covariance.gemm(1.0 / n, z, true, z, false, k, k, n, 0);
        for (int a = 0; a < k; a++) {
            for (int b = 0; b <= a; b++) {
                double expected = a == b ? 1 : 0, value = covariance.get(a * k + b);
                if (!(Math.abs(value - expected) < 0.3))
                    throw new IllegalArgumentException(
                            "E z_%d z_%d = %.3f: expected %.0f, as of white samples"
                                    .formatted(a, b, value, expected));
            }
        }
    }
}
