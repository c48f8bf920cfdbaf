package mechanics.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Least squares of relative errors, Σ ((Σⱼ cⱼ fⱼ(xᵢ) − yᵢ)/yᵢ)², with coefficients cⱼ that may not be negative.
 *
 * <p>For up to three columns: every subset of columns is tried with the others at zero, and the best one whose
 * coefficients are all positive taken (the problem is convex, so that this is its minimum). Cost: O(n) per subset.
 *
 * @param coefficients cⱼ, one for each column
 * @param error the sum of squares
 */
public record NonNegativeFit(double[] coefficients, double error) {

    /**
     * The fit with the smallest sum of squares of relative errors, Σᵢ (Σⱼ cⱼ fⱼ(xᵢ)/yᵢ − 1)², and no negative coefficient.
     *
     * @param columns the values fⱼ(xᵢ), one array for each j, at least one and at most three
     */
    public static NonNegativeFit of(double[] y, double[]... columns) {
        int k = columns.length;
        // Normal equations of the rows divided by y; the right-hand side is the last column.
        var normal = new double[k][k + 1];
        for (int i = 0; i < y.length; i++)
            for (int a = 0; a < k; a++) {
                for (int b = 0; b <= a; b++) normal[a][b] += columns[a][i] * columns[b][i] / (y[i] * y[i]);
                normal[a][k] += columns[a][i] / y[i];
            }
        for (int a = 0; a < k; a++) for (int b = 0; b < a; b++) normal[b][a] = normal[a][b];
        var best = new NonNegativeFit(new double[k], y.length);
        for (int subset = 1; subset < 1 << k; subset++) {
            double[] c = solve(normal, subset);
            if (Arrays.stream(c).allMatch(v -> v >= 0)) {
                double error = error(y, columns, c);
                if (error < best.error) best = new NonNegativeFit(c, error);
            }
        }
        return best;
    }

    private static double error(double[] y, double[][] columns, double[] c) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            double value = -y[i];
            for (int j = 0; j < c.length; j++) value += c[j] * columns[j][i];
            sum += value * value / (y[i] * y[i]);
        }
        return sum;
    }

    /** The coefficients of the columns in a subset, given as bits, the others zero; −1 where there is no solution. */
    private static double[] solve(double[][] normal, int subset) {
        int k = normal.length;
        int[] used = IntStream.range(0, k).filter(j -> (subset >> j & 1) == 1).toArray();
        int n = used.length;
        var m = new double[n][n + 1];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) m[a][b] = normal[used[a]][used[b]];
            m[a][n] = normal[used[a]][k];
        }
        var c = new double[k];
        // The matrix is positive definite: elimination needs no exchange of rows.
        for (int p = 0; p < n; p++) {
            if (!(m[p][p] > 1e-13 * normal[used[p]][used[p]])) {
                Arrays.fill(c, -1);
                return c;
            }
            for (int r = 0; r < n; r++) {
                if (r == p) continue;
                double factor = m[r][p] / m[p][p];
                for (int q = p; q <= n; q++) m[r][q] -= factor * m[p][q];
            }
        }
        for (int p = 0; p < n; p++) c[used[p]] = m[p][n] / m[p][p];
        return c;
    }

    /** Checks that numbers are positive and finite. */
    public static void requirePositive(String name, double[] values) {
        for (int i = 0; i < values.length; i++)
            if (!(values[i] > 0 && Double.isFinite(values[i])))
                throw new IllegalArgumentException(
                        name + "[" + i + "] = " + values[i] + ": expected a positive finite number");
    }
}
