package mechanics.solvable;

import java.util.Arrays;
import java.util.stream.IntStream;

import mechanics.base.Require;
import mechanics.linalg.DenseEigen;
import mechanics.linalg.LeastSquares;

/**
 * Where gradient descent on the logistic loss goes if its samples can be separated, and how fast.
 *
 * <p>The loss is (1/n) Σ ln(1 + exp(−zᵢ·w)), where zᵢ is sample i times its label ±1; descent with the rate η starts at
 * w = 0. It never ends. Its direction tends to that of the largest margin γ = 1/|ŵ|,
 * <pre>
 *   ŵ = argmin |w|  with  zᵢ·w ≥ 1 for all i,   ŵ = Σ αᵢzᵢ,   αᵢ &gt; 0 on support vectors only, where zᵢ·ŵ = 1,
 * </pre>
 * and if there are as many support vectors as dimensions, linearly independent, everything about its late path is known:
 * <pre>
 *   w(t) → ŵ ln t + w̃,   exp(−zᵢ·w̃) = nαᵢ/η on support vectors,   loss → 1/(γ²ηt).
 * </pre>
 * What is left out falls as t^−ρ, up to a logarithm: ρ is the smallest of 1, of the margins zᵢ·ŵ − 1 of the other samples,
 * and of the eigenvalues of √αᵢ zᵢ·zⱼ √αⱼ. Immutable.
 *
 * <p>The margin is found by Lawson and Hanson's non-negative least squares (1974, chapters 23.3 and 23.4). Cost: about d
 * singular value decompositions of n × d numbers at most.
 *
 * <p>Sources: Soudry, Hoffer, Nacson, Gunasekar and Srebro (2018), theorems 3 and 4; Cover (1965) for the probability. The
 * order of what is left out is the linear response of zᵢ·w(t) around the late path.
 */
public final class LogisticMargin {
    /** Of margins, relative to the longest sample: below, samples count as not separable. */
    private static final double SMALLEST = 1e-6;

    private final double[][] samples;
    private final double[] normal;
    private final double[] pulls;
    private final int[] support;

    private LogisticMargin(double[][] samples, double[] normal, double[] pulls) {
        this.samples = samples;
        this.normal = normal;
        this.pulls = pulls;
        support = IntStream.range(0, pulls.length).filter(i -> pulls[i] > 0).toArray();
    }

    /**
     * The margin of samples.
     *
     * @param signed zᵢ, n × d, rows are samples times their labels ±1. Not modified.
     * @throws IllegalArgumentException if no w has zᵢ·w &gt; 0 for all i, or if a number is not finite
     */
    public static LogisticMargin of(double[][] signed) {
        double[] residual = residual(signed);
        int d = signed[0].length;
        if (!separates(residual[d]))
            throw new IllegalArgumentException("signed: no w has a positive product with all " + signed.length
                    + " samples: expected samples that can be separated");
        double scale = longest(signed);
        double[] normal = new double[d];
        for (int j = 0; j < d; j++) normal[j] = -residual[j] / (residual[d] * scale);
        double[] pulls = new double[signed.length];
        for (int i = 0; i < pulls.length; i++)
            pulls[i] = residual[d + 1 + i] / (-residual[d] * scale * scale);
        return new LogisticMargin(Arrays.stream(signed).map(double[]::clone).toArray(double[][]::new), normal,
                pulls);
    }

    /**
     * Whether some w has zᵢ·w &gt; 0 for all i.
     *
     * @param signed zᵢ, n × d, rows are samples times their labels ±1. Not modified.
     * @throws IllegalArgumentException if a number is not finite
     */
    public static boolean separable(double[][] signed) {
        return separates(residual(signed)[signed[0].length]);
    }

    /**
     * The probability that n samples in general position can be separated if their labels are fair coins, by a plane
     * through the origin: 2^(1−n) Σ_{k&lt;d} C(n − 1, k).
     *
     * @param n samples, at least 1
     * @param d dimensions, at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double separableProbability(int n, int d) {
        Require.positive("n", n);
        Require.positive("d", d);
        double term = Math.scalb(1.0, 1 - n);
        double sum = 0;
        for (int k = 0; k < Math.min(d, n); k++) {
            sum += term;
            term *= (n - 1.0 - k) / (k + 1.0);
        }
        return sum;
    }

    /** γ = 1/|ŵ|, the distance of the nearest sample from the best plane. */
    public double margin() {
        return 1 / norm(normal);
    }

    /** ŵ, length d, in a new array: zᵢ·ŵ = 1 on support vectors. */
    public double[] normal() {
        return normal.clone();
    }

    /** αᵢ, n numbers in a new array: zero if i is no support vector. Their sum is 1/γ². */
    public double[] pulls() {
        return pulls.clone();
    }

    /** The numbers of the support vectors, from 0, in a new array. */
    public int[] support() {
        return support.clone();
    }

    /**
     * The angle between w and ŵ, in degrees.
     *
     * @param w length d, not zero. Not modified.
     * @throws IllegalArgumentException if it has another length, or is zero
     */
    public double angle(double[] w) {
        Require.sameLength("w", w.length, "a sample", normal.length);
        double length = Require.positive("|w|", norm(w));
        // By the difference of unit vectors: an arc cosine would lose small angles.
        double square = 0;
        for (int j = 0; j < w.length; j++) square += Math.pow(w[j] / length - normal[j] * margin(), 2);
        return Math.toDegrees(2 * Math.asin(Math.min(1, Math.sqrt(square) / 2)));
    }

    /**
     * w after t steps, ŵ ln t + w̃.
     *
     * @param rate η, positive
     * @param t steps, positive
     * @throws IllegalArgumentException if a number is out of range
     * @throws IllegalStateException if the support vectors are not as many as dimensions and linearly independent
     */
    public double[] weights(double rate, double t) {
        Require.positive("t", t);
        double[] w = offset(rate);
        for (int j = 0; j < w.length; j++) w[j] += normal[j] * Math.log(t);
        return w;
    }

    /**
     * w̃, length d, in a new array.
     *
     * @param rate η, positive
     * @throws IllegalArgumentException if it is out of range
     * @throws IllegalStateException if the support vectors are not as many as dimensions and linearly independent
     */
    public double[] offset(double rate) {
        Require.positive("rate", rate);
        return solve(Arrays.stream(support).mapToDouble(i -> Math.log(rate / (samples.length * pulls[i])))
                .toArray());
    }

    /**
     * The loss after t steps, 1/(γ²ηt).
     *
     * @param rate η, positive
     * @param t steps, positive
     */
    public double loss(double rate, double t) {
        return 1 / (margin() * margin() * Require.positive("rate", rate) * Require.positive("t", t));
    }

    /** ρ, the power of 1/t with which the late path is reached. */
    public double exponent() {
        double smallest = 1;
        for (int i = 0; i < samples.length; i++)
            if (pulls[i] == 0) smallest = Math.min(smallest, dot(samples[i], normal) - 1);
        int k = support.length;
        var matrix = new double[k][k];
        for (int a = 0; a < k; a++)
            for (int b = 0; b < k; b++)
                matrix[a][b] = Math.sqrt(pulls[support[a]] * pulls[support[b]])
                        * dot(samples[support[a]], samples[support[b]]);
        return Math.min(smallest, DenseEigen.values(matrix)[0]);
    }

    /**
     * The step τ at which the late path begins: losses of support vectors are below 1, and the other samples pull less
     * than they do.
     *
     * @param rate η, positive
     * @throws IllegalStateException if the support vectors are not as many as dimensions and linearly independent
     */
    public double begins(double rate) {
        double[] offset = offset(rate);
        double begin = Math.max(1, samples.length * Arrays.stream(pulls).max().orElseThrow() / rate);
        while (othersPull(rate, offset, begin) > 1 / (margin() * margin()) && begin < 1e300) begin *= 1.1;
        return begin;
    }

    /** Σ over samples that are no support vectors of what they add to ŵ·w in a step, times t. */
    private double othersPull(double rate, double[] offset, double t) {
        double sum = 0;
        for (int i = 0; i < samples.length; i++) {
            if (pulls[i] > 0) continue;
            double ahead = dot(samples[i], normal);
            sum += ahead * rate / samples.length
                    * Math.exp(-dot(samples[i], offset) - (ahead - 1) * Math.log(t));
        }
        return sum;
    }

    /**
     * The size of what {@link #loss} leaves out, as a share of it: (τ/t)^ρ (1 + ln(t/τ)), where the late path begins at τ;
     * 1 before.
     *
     * @param rate η, positive
     * @param t steps, positive
     * @throws IllegalStateException if the support vectors are not as many as dimensions and linearly independent
     */
    public double order(double rate, double t) {
        double late = Math.log(Require.positive("t", t) / begins(rate));
        return late <= 0 ? 1 : Math.min(1, Math.exp(-exponent() * late) * (1 + late));
    }

    /**
     * The size of what the angle of {@link #weights} leaves out, in degrees: zᵢ·w is off by {@link #order} on support
     * vectors.
     *
     * @param rate η, positive
     * @param t steps, positive
     * @throws IllegalStateException if the support vectors are not as many as dimensions and linearly independent
     */
    public double angleOrder(double rate, double t) {
        double sum = 0;
        for (int a = 0; a < support.length; a++) {
            var unit = new double[support.length];
            unit[a] = 1;
            sum += norm(solve(unit));
        }
        return Math.toDegrees(order(rate, t) * sum / norm(weights(rate, t)));
    }

    /** The w with given products with the support vectors. */
    private double[] solve(double[] products) {
        double[][] rows = Arrays.stream(support).mapToObj(i -> samples[i]).toArray(double[][]::new);
        double[] w = rows.length == normal.length
                ? LeastSquares.of(rows, products).coefficients()
                : new double[0];
        boolean solved = w.length > 0;
        for (int a = 0; solved && a < rows.length; a++)
            solved = Math.abs(dot(rows[a], w) - products[a]) < 1e-6 * (1 + Math.abs(products[a]));
        if (!solved)
            throw new IllegalStateException("support vectors: " + support.length
                    + ": expected as many as dimensions, " + normal.length + ", and linearly independent");
        return w;
    }

    private static boolean separates(double residual) { return -residual > SMALLEST * SMALLEST; }

    /**
     * The residual of min |Σ uᵢ(zᵢ, 1) − (0, 1)| over u ≥ 0, and u: d + 1 + n numbers, for samples divided by the longest.
     * Its last component is −γ²/(1 + γ²), zero if samples cannot be separated.
     */
    private static double[] residual(double[][] signed) {
        int d = Require.matrix("signed", signed);
        Require.rowsOf("signed", signed, d, "as the first");
        for (double[] row : signed) for (double entry : row) Require.finite("an entry of signed", entry);
        double scale = longest(signed);
        int n = signed.length;
        var columns = new double[n][d + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) columns[i][j] = scale == 0 ? 0 : signed[i][j] / scale;
            columns[i][d] = 1;
        }
        double[] u = nonNegative(columns, d + 1);
        var result = new double[d + 1 + n];
        result[d] = -1;
        for (int i = 0; i < n; i++) for (int j = 0; j <= d; j++) result[j] += u[i] * columns[i][j];
        System.arraycopy(u, 0, result, d + 1, n);
        return result;
    }

    /** Lawson and Hanson: u ≥ 0 that minimizes |Σ uᵢcᵢ − e| with the last unit vector e. */
    private static double[] nonNegative(double[][] columns, int height) {
        int n = columns.length;
        var u = new double[n];
        var used = new boolean[n];
        for (int round = 0; round < 30 * n + 30; round++) {
            double[] gap = gap(columns, u, height);
            int next = -1;
            double best = 1e-12;
            for (int i = 0; i < n; i++) {
                double slope = dot(columns[i], gap);
                if (!used[i] && slope > best) {
                    best = slope;
                    next = i;
                }
            }
            if (next < 0) return u;
            used[next] = true;
            descend(columns, u, used, height);
        }
        return u;
    }

    /** e − Σ uᵢcᵢ. */
    private static double[] gap(double[][] columns, double[] u, int height) {
        var gap = new double[height];
        gap[height - 1] = 1;
        for (int i = 0; i < u.length; i++) for (int j = 0; j < height; j++) gap[j] -= u[i] * columns[i][j];
        return gap;
    }

    /** Moves u to the least squares of the used columns, and drops the columns whose numbers become zero on the way. */
    private static void descend(double[][] columns, double[] u, boolean[] used, int height) {
        while (true) {
            int[] some = IntStream.range(0, u.length).filter(i -> used[i]).toArray();
            if (some.length == 0) return;
            var rows = new double[height][some.length];
            for (int a = 0; a < some.length; a++)
                for (int j = 0; j < height; j++) rows[j][a] = columns[some[a]][j];
            var e = new double[height];
            e[height - 1] = 1;
            double[] goal = LeastSquares.of(rows, e).coefficients();
            double step = 1;
            for (int a = 0; a < some.length; a++)
                if (goal[a] <= 0) step = Math.min(step, u[some[a]] / (u[some[a]] - goal[a]));
            boolean inside = true;
            for (int a = 0; a < some.length; a++) {
                int i = some[a];
                boolean leaves = goal[a] <= 0 && u[i] / (u[i] - goal[a]) <= step;
                u[i] = leaves ? 0 : u[i] + step * (goal[a] - u[i]);
                if (goal[a] <= 0) inside = false;
                if (leaves) used[i] = false;
            }
            if (inside) return;
        }
    }

    private static double longest(double[][] rows) {
        return Arrays.stream(rows).mapToDouble(LogisticMargin::norm).max().orElseThrow();
    }

    private static double norm(double[] x) { return Math.sqrt(dot(x, x)); }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
        return sum;
    }
}
