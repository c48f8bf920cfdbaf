package mechanics.solvable;

import java.util.Arrays;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

import mechanics.base.Require;
import mechanics.linalg.DenseEigen;

/**
 * Gradient flow of a two-layer network with quadratic activation, f(x) = ‖Wx‖² = xᵀSx with S = WᵀW, that learns a
 * teacher xᵀS*x from Gaussian inputs x ~ N(0, I), with the loss E(f − y)²/8.
 *
 * <p>If outputs and targets are centered, xᵀSx − tr S, the flow is Ẇ = W(S* − S), so S follows the matrix Riccati
 * equation Ṡ = SS* + S*S − 2S², whose solution is
 *
 * <pre>S(t) = E W₀ᵀ [I + W₀ F W₀ᵀ]⁻¹ W₀ E,   E = exp(S*t),   F = (exp(2S*t) − I) S*⁻¹.</pre>
 *
 * <p>The other losses have no such solution in elementary functions and are integrated by Dormand's and Prince's method
 * of order 8 (Hipparchus), with errors of 1e−10 of the largest weight in a step.
 *
 * <p>Modes are the eigenvectors of S*, numbered from 1, the largest eigenvalue; of the two signs of an eigenvector the
 * one with a positive largest entry is taken. Cost of a time t: O(λt · m d (m + d)) with the largest |eigenvalue| λ.
 *
 * <p>Sources: Yan, Helmke and Moore (1994) for the equation; Ben Arous, Erdogdu, Vural and Wu (2025) and Ren, Nichani,
 * Wu and Lee (2025) for the network.
 */
public final class QuadraticFlow {

    /** What is squared. */
    public enum Loss {
        /** xᵀ(S − S*)x − tr(S − S*): Ẇ = W(S* − S). */
        CENTERED,
        /** xᵀ(S − S*)x: Ẇ = W(S* − S) + ½ tr(S* − S) W. */
        RAW,
        /** Σ_{i≠j} (S − S*)ᵢⱼxᵢxⱼ, as in a factorization machine: Ẇ = W(S* − S) less the diagonal of S* − S. */
        WITHOUT_DIAGONAL
    }

    /** Of a step of the integration, in units of the largest weight. */
    private static final double ERROR = 1e-10;

    private final double[][] teacher;
    private final double[][] start;
    private final double[] values;
    /** Row i is mode i + 1. */
    private final double[][] modes;
    private final Loss loss;
    /** A bound of the rates at which W may change. */
    private final double rate;

    private QuadraticFlow(double[][] teacher, double[][] start, double[] values, double[][] modes,
            Loss loss) {
        this.teacher = teacher;
        this.start = start;
        this.values = values;
        this.modes = modes;
        this.loss = loss;
        double squares = 0;
        for (double[] row : start) for (double w : row) squares += w * w;
        double largest = 0;
        for (double value : values) largest = Math.max(largest, Math.abs(value));
        rate = loss == Loss.CENTERED ? largest : largest + squares;
    }

    /**
     * The flow with the centered loss.
     *
     * @param teacher S*, d × d, symmetric. Not modified.
     * @param w0 W at the start, m × d, rows are neurons. Not modified.
     * @throws IllegalArgumentException if S* is not symmetric, the sizes do not fit, or a number is not finite
     */
    public static QuadraticFlow of(double[][] teacher, double[][] w0) {
        int d = Require.matrix("teacher", teacher);
        Require.shape("teacher", teacher, d, d);
        Require.matrix("w0", w0);
        Require.shape("w0", w0, w0.length, d);
        double[][] copy = Require.finite("teacher", teacher);
        double size = Arrays.stream(copy).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < d; i++)
            for (int j = 0; j < i; j++)
                if (Math.abs(copy[i][j] - copy[j][i]) > 1e-12 * size)
                    throw new IllegalArgumentException("teacher[" + i + "][" + j + "] = " + copy[i][j]
                            + ": expected a symmetric matrix, with teacher[" + j + "][" + i + "] = "
                            + copy[j][i]);
        var eigen = DenseEigen.of(copy, d);
        var values = new double[d];
        var modes = new double[d][];
        for (int i = 0; i < d; i++) {
            values[i] = eigen.value(d - 1 - i);
            modes[i] = positive(eigen.vector(d - 1 - i));
        }
        return new QuadraticFlow(copy, Require.finite("w0", w0), values, modes, Loss.CENTERED);
    }

    /**
     * The same start and teacher with another loss.
     *
     * @param other what is squared
     */
    public QuadraticFlow with(Loss other) {
        return new QuadraticFlow(teacher, start, values, modes, other);
    }

    /** Number of modes, d. */
    public int count() { return values.length; }

    /**
     * Eigenvalue λ of a mode of the teacher.
     *
     * @param mode from 1, the largest
     */
    public double strength(int mode) { return values[index(mode)]; }

    /**
     * The direction of a mode, a unit vector of length d.
     *
     * @param mode from 1, the largest
     */
    public double[] direction(int mode) { return modes[index(mode)].clone(); }

    /**
     * W(t), m × d, up to a rotation of the neurons, which changes nothing that the network computes.
     *
     * @param t time, at least 0
     */
    public double[][] weights(double t) {
        Require.notNegative("t", t);
        return advance(start, t);
    }

    /**
     * S(t) = WᵀW, d × d.
     *
     * @param t time, at least 0
     */
    public double[][] matrix(double t) { return gram(weights(t)); }

    /**
     * The entry vᵢᵀS(t)vⱼ of S in the basis of the modes.
     *
     * @param i a mode, from 1
     * @param j a mode, from 1
     * @param t time, at least 0
     */
    public double overlap(int i, int j, double t) { return overlap(i, j, weights(t)); }

    /**
     * The entry vᵢᵀWᵀWvⱼ for weights that came from elsewhere, such as a network.
     *
     * @param i a mode, from 1
     * @param j a mode, from 1
     * @param w weights, m × d. Not modified.
     */
    public double overlap(int i, int j, double[][] w) {
        Require.rowsOf("w", w, count(), "as many as the teacher has");
        double sum = 0;
        for (double[] row : w) sum += dot(row, modes[index(i)]) * dot(row, modes[index(j)]);
        return sum;
    }

    /**
     * When the overlap vᵀSv of a mode first reaches half of its λ; infinite if it has not by the time 100/λ.
     *
     * @param mode from 1, with λ above 0
     * @throws IllegalArgumentException if λ is not positive
     */
    public double halfTime(int mode) {
        double half = Require.positive("strength of mode " + mode, strength(mode)) / 2;
        double step = 0.05 / rate;
        double[][] w = start;
        if (overlap(mode, mode, w) >= half) return 0;
        for (double t = 0; t < 50 / half; t += step) {
            double[][] next = advance(w, step);
            if (overlap(mode, mode, next) >= half) return t + crossing(mode, half, w, step);
            w = next;
        }
        return Double.POSITIVE_INFINITY;
    }

    private double crossing(int mode, double half, double[][] w, double step) {
        double low = 0;
        double high = step;
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (overlap(mode, mode, advance(w, middle)) < half) low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }

    /**
     * The strength of a mode that feels no other, λ/(1 + (λ/u₀ − 1) exp(−2λt)): the solution of u̇ = 2u(λ − u).
     *
     * @param lambda λ, positive
     * @param u0 the strength at the start, positive
     * @param t time, at least 0
     */
    public static double uncoupled(double lambda, double u0, double t) {
        Require.positive("lambda", lambda);
        Require.positive("u0", u0);
        Require.notNegative("t", t);
        return lambda / (1 + (lambda / u0 - 1) * Math.exp(-2 * lambda * t));
    }

    /**
     * When a mode that feels no other reaches λ/2: ln(λ/u₀ − 1)/2λ.
     *
     * @param lambda λ, positive
     * @param u0 the strength at the start, positive and less than λ/2
     */
    public static double uncoupledHalfTime(double lambda, double u0) {
        Require.positive("lambda", lambda);
        Require.positive("u0", u0);
        if (u0 >= lambda / 2)
            throw new IllegalArgumentException(
                    "u0 = " + u0 + ": expected less than half of lambda = " + lambda);
        return Math.log(lambda / u0 - 1) / (2 * lambda);
    }

    private double[][] advance(double[][] w, double t) {
        if (loss != Loss.CENTERED) return integrated(w, t);
        // In steps of at most 1/λ no exponential is large.
        int steps = (int) Math.max(1, Math.ceil(t * rate));
        double[][] moved = w;
        for (int k = 0; k < steps; k++) moved = riccati(moved, t / steps);
        return moved;
    }

    /** L⁻¹ W E with L Lᵀ = I + W F Wᵀ: a root of the closed form. */
    private double[][] riccati(double[][] w, double t) {
        int m = w.length;
        int d = count();
        var projected = new double[m][d];
        for (int a = 0; a < m; a++) for (int i = 0; i < d; i++) projected[a][i] = dot(w[a], modes[i]);
        var f = new double[d];
        for (int i = 0; i < d; i++)
            f[i] = values[i] == 0 ? 2 * t : Math.expm1(2 * values[i] * t) / values[i];
        var lower = new double[m][m];
        for (int a = 0; a < m; a++)
            for (int b = 0; b <= a; b++) {
                double sum = a == b ? 1 : 0;
                for (int i = 0; i < d; i++) sum += projected[a][i] * f[i] * projected[b][i];
                for (int c = 0; c < b; c++) sum -= lower[a][c] * lower[b][c];
                lower[a][b] = a == b ? Math.sqrt(sum) : sum / lower[b][b];
            }
        var result = new double[m][d];
        for (int i = 0; i < d; i++) {
            double growth = Math.exp(values[i] * t);
            var column = new double[m];
            for (int a = 0; a < m; a++) {
                double sum = projected[a][i] * growth;
                for (int b = 0; b < a; b++) sum -= lower[a][b] * column[b];
                column[a] = sum / lower[a][a];
                for (int j = 0; j < d; j++) result[a][j] += column[a] * modes[i][j];
            }
        }
        return result;
    }

    private double[][] integrated(double[][] w, double t) {
        if (t == 0) return w;
        int d = count();
        double largest = Arrays.stream(w).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
        var integrator = new DormandPrince853Integrator(1e-12 * t, t, ERROR * largest, ERROR);
        double[] moved = integrator.integrate(new Flow(w.length * d),
                new ODEState(0, flat(w)), t).getPrimaryState();
        return rows(moved, d);
    }

    /** The weights as one vector. */
    private final class Flow implements OrdinaryDifferentialEquation {
        private final int dimension;

        Flow(int dimension) { this.dimension = dimension; }

        @Override
        public int getDimension() { return dimension; }

        @Override
        public double[] computeDerivatives(double t, double[] y) { return flat(velocity(rows(y, count()))); }
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[][] rows(double[] flat, int width) {
        var rows = new double[flat.length / width][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
        return rows;
    }

    /** Ẇ. */
    private double[][] velocity(double[][] w) {
        int d = count();
        double[][] gram = gram(w);
        var lacking = new double[d][d];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++) lacking[i][j] = teacher[i][j] - gram[i][j];
        double trace = 0;
        for (int i = 0; i < d; i++) trace += lacking[i][i];
        for (int i = 0; i < d; i++) {
            if (loss == Loss.RAW) lacking[i][i] += trace / 2;
            if (loss == Loss.WITHOUT_DIAGONAL) lacking[i][i] = 0;
        }
        var velocity = new double[w.length][d];
        for (int a = 0; a < w.length; a++)
            for (int i = 0; i < d; i++) velocity[a][i] = dot(w[a], lacking[i]);
        return velocity;
    }

    private static double[][] gram(double[][] w) {
        int d = w[0].length;
        var gram = new double[d][d];
        for (double[] row : w)
            for (int i = 0; i < d; i++) for (int j = 0; j < d; j++) gram[i][j] += row[i] * row[j];
        return gram;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
        return sum;
    }

    private static double[] positive(double[] v) {
        int largest = 0;
        for (int i = 1; i < v.length; i++) if (Math.abs(v[i]) > Math.abs(v[largest])) largest = i;
        double sign = Math.signum(v[largest]);
        return Arrays.stream(v).map(x -> sign * x).toArray();
    }

    private int index(int mode) {
        if (mode < 1 || mode > count())
            throw new IllegalArgumentException("mode = " + mode + ": expected a mode from 1 to " + count());
        return mode - 1;
    }
}
