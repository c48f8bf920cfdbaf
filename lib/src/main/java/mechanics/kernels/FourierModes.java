package mechanics.kernels;

import java.util.stream.IntStream;

/**
 * The waves on M equally spaced points of a circle, θ_j = 2πj/M: how much of each is in a function, and how strongly a
 * kernel passes it on. A kernel that depends only on the angle between two points is a circulant matrix there, and its
 * eigenvectors are the waves cos kθ and sin kθ.
 *
 * @param points M, at least 2
 */
public record FourierModes(int points) {

    /** Checks the number. */
    public FourierModes {
        if (points < 2) throw new IllegalArgumentException("points = " + points + ": expected at least 2");
    }

    /** The highest frequency that the points resolve, ⌊M/2⌋. */
    public int highest() { return points / 2; }

    /**
     * The amplitudes √(a_k² + b_k²) of a function f = Σ_k a_k cos kθ + b_k sin kθ. Cost: O(M²).
     *
     * @param values f at the points, M × 1. Not modified.
     * @return one number for each frequency k = 0, 1, …, ⌊M/2⌋
     */
    public double[] amplitudes(double[][] values) {
        requireRows("values", values.length);
        return IntStream.rangeClosed(0, highest()).mapToDouble(k -> {
            double cosine = 0, sine = 0;
            for (int j = 0; j < points; j++) {
                cosine += values[j][0] * Math.cos(angle(k, j));
                sine += values[j][0] * Math.sin(angle(k, j));
            }
            return Math.hypot(cosine, sine) / points * (alone(k) ? 1 : 2);
        }).toArray();
    }

    /**
     * The strength of a kernel on each frequency: the mean of eᵀKe over the unit vectors e ∝ cos kθ and sin kθ. For a
     * kernel of the angle these are the eigenvalues of the matrix K; for another, its diagonal in the waves. Cost:
     * O(M³).
     *
     * @param kernel M × M, symmetric. Not modified.
     * @return one number for each frequency k = 0, 1, …, ⌊M/2⌋
     */
    public double[] strengths(KernelMatrix kernel) {
        requireRows("kernel", kernel.rows());
        requireRows("kernel's columns", kernel.columns());
        return IntStream.rangeClosed(0, highest()).mapToDouble(k -> {
            double sum = 0;
            for (int i = 0; i < points; i++)
                for (int j = 0; j < points; j++) sum += kernel.get(i, j) * Math.cos(angle(k, i - j));
            return sum / points;
        }).toArray();
    }

    /** k (θ_j), whole turns taken out before the rounding. */
    private double angle(int k, int j) {
        return 2 * Math.PI * Math.floorMod((long) k * j, points) / points;
    }

    /** Whether the sine of this frequency vanishes on all points. */
    private boolean alone(int k) {
        return k == 0 || 2 * k == points;
    }

    private void requireRows(String name, int rows) {
        if (rows != points)
            throw new IllegalArgumentException(
                    name + " = " + rows + " rows: expected " + points + ", one a point");
    }
}
