package mechanics.solvable;

import mechanics.base.Require;
import mechanics.base.Seed;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import smile.tensor.DenseMatrix;
import smile.tensor.SVD;

/**
 * What a linear network can learn from a data set: the singular modes of the input–output correlation
 * Σ₃₁ = Σ_μ y_μx_μᵀ = Σ_α s_α u_α v_αᵀ.
 *
 * <p>Modes are numbered from 1, the strongest, as in the literature. v_α is a pattern over inputs, u_α the pattern over
 * outputs that goes with it. Source: Saxe, McClelland and Ganguli (2014), section 1.
 */
public final class LinearModes {
    private final SVD svd;

    private LinearModes(SVD svd) { this.svd = svd; }

    /**
     * The modes of a data set.
     *
     * @param x inputs, n × d, rows are samples. Not modified.
     * @param y targets, n × k, rows are samples. Not modified.
     * @return min(d, k) modes; cost O(nkd + kd min(k, d))
     * @throws IllegalArgumentException if there are no samples, the numbers of samples differ, rows differ in length, or a
     *         number is not finite
     */
    public static LinearModes of(double[][] x, double[][] y) {
        if (requireMatrix("x", x) != requireMatrix("y", y))
            throw new IllegalArgumentException("x has " + x.length + " rows, y has " + y.length
                    + ": expected one row for each sample in both");
        DenseMatrix correlation = DenseMatrix.of(y).tm(DenseMatrix.of(x));
        return new LinearModes(correlation.svd());
    }

    /** Number of modes, min(d, k). */
    public int count() { return svd.s().size(); }

    /**
     * Singular value s_α of mode α, from 1 to {@link #count}; descending in α.
     *
     * @param mode the number of the mode, from 1 in falling strength
     */
    public double s(int mode) { return svd.s().get(index(mode)); }

    /**
     * The theory of all modes of a network that starts aligned with them, every one at the same strength.
     *
     * @param u0 strength at the start
     * @param tau time constant, 1/λ
     * @return mode 1 first
     */
    public List<LinearNetworkMode> theory(double u0, double tau) {
        return IntStream.rangeClosed(1, count()).mapToObj(mode -> new LinearNetworkMode(s(mode), u0, tau))
                .toList();
    }

    /**
     * Pattern v_α over the d inputs, a unit vector.
     *
     * @param mode the number of the mode, from 1 in falling strength
     */
    public double[] inputPattern(int mode) {
        int row = index(mode);
        return IntStream.range(0, svd.Vt().ncol()).mapToDouble(j -> svd.Vt().get(row, j)).toArray();
    }

    /**
     * Pattern u_α over the k outputs, a unit vector.
     *
     * @param mode the number of the mode, from 1 in falling strength
     */
    public double[] outputPattern(int mode) {
        int column = index(mode);
        return IntStream.range(0, svd.U().nrow()).mapToDouble(i -> svd.U().get(i, column)).toArray();
    }

    /**
     * Strength of every mode in a linear network of any depth: u_αᵀ W_L ⋯ W₁ v_α. Cost O(count · Σ entries).
     *
     * @param weights of the layers, first layer first: W₁ is h × d, W_L is k × h. Not modified.
     * @return count strengths, mode 1 first
     */
    public double[] strengths(double[][]... weights) {
        if (weights.length == 0)
            throw new IllegalArgumentException("weights = []: expected at least one layer");
        int width = svd.Vt().ncol();
        for (int l = 0; l < weights.length; l++) {
            boolean last = l == weights.length - 1;
            Require.shape("w" + (l + 1), weights[l], last ? svd.U().nrow() : weights[l].length, width);
            width = weights[l].length;
        }
        DenseMatrix signal = DenseMatrix.of(weights[0]).mt(svd.Vt()); // column α is W₁v_α
        for (int l = 1; l < weights.length; l++) signal = DenseMatrix.of(weights[l]).mm(signal);
        var strengths = new double[count()];
        for (int mode = 0; mode < strengths.length; mode++)
            for (int i = 0; i < width; i++) strengths[mode] += svd.U().get(i, mode) * signal.get(i, mode);
        return strengths;
    }

    /**
     * Directions in which hidden neurons can carry one mode each: orthonormal, at random.
     *
     * @param width number of hidden neurons h, at least {@link #count}
     * @param seed where the random numbers come from; equal seeds give equal numbers
     * @return h × count, columns are orthonormal
     * @throws IllegalArgumentException if there are fewer neurons than modes
     */
    public double[][] hiddenDirections(int width, long seed) {
        if (width < count())
            throw new IllegalArgumentException(
                    "width = " + width + ": expected at least one neuron for each of " + count() + " modes");
        var random = Seed.of(seed).stream();
        var gaussian = new double[width][count()];
        for (double[] row : gaussian) Arrays.setAll(row, _ -> random.nextGaussian());
        return DenseMatrix.of(gaussian).qr().Q().toArray(new double[0][]);
    }

    /**
     * First-layer weights aligned with the modes: a Σ_α r_α v_αᵀ.
     *
     * @param a amplitude of every mode in this layer
     * @param directions r, h × count, columns are orthonormal. Not modified.
     * @return h × d
     */
    public double[][] inputWeights(double a, double[][] directions) {
        return scaled(a, DenseMatrix.of(directions).mm(svd.Vt()));
    }

    /**
     * Weights of a layer between two hidden layers, aligned with the modes: a Σ_α r′_α r_αᵀ.
     *
     * @param a amplitude of every mode in this layer
     * @param from r, the directions in the layer before, h × count. Not modified.
     * @param to r′, the directions in the layer after, h′ × count. Not modified.
     * @return h′ × h
     */
    public double[][] hiddenWeights(double a, double[][] from, double[][] to) {
        Require.shape("from", from, from.length, count());
        Require.shape("to", to, to.length, count());
        return scaled(a, DenseMatrix.of(to).mt(DenseMatrix.of(from)));
    }

    /**
     * Last-layer weights aligned with the modes: b Σ_α u_α r_αᵀ.
     *
     * @param b amplitude of every mode in this layer
     * @param directions r, h × count, columns are orthonormal. Not modified.
     * @return k × h
     */
    public double[][] outputWeights(double b, double[][] directions) {
        return scaled(b, svd.U().mt(DenseMatrix.of(directions)));
    }

    private int index(int mode) {
        if (mode < 1 || mode > count())
            throw new IllegalArgumentException("mode = " + mode + ": expected a mode from 1 to " + count());
        return mode - 1;
    }

    private static double[][] scaled(double factor, DenseMatrix matrix) {
        return matrix.scale(factor).toArray(new double[0][]);
    }

    private static int requireMatrix(String name, double[][] rows) {
        if (rows.length == 0)
            throw new IllegalArgumentException(name + " is empty: expected at least one row");
        Require.shape(name, rows, rows.length, Math.max(1, rows[0].length));
        for (double[] row : rows)
            for (double entry : row)
                if (!Double.isFinite(entry))
                    throw new IllegalArgumentException(
                            name + " holds " + entry + ": expected finite numbers");
        return rows.length;
    }
}
