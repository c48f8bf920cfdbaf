package mechanics.solvable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

import mechanics.base.Require;
import mechanics.linalg.DenseEigen;
import mechanics.linalg.Elementary;
import smile.tensor.DenseMatrix;

/**
 * Online learning of a soft committee machine in the limit of many inputs. The student f(ξ) = Σᵢ g(wᵢ·ξ), i ≤ K, learns
 * the teacher y(ξ) = Σₙ g(bₙ·ξ), n ≤ M, with g(x) = erf(x/√2), from Gaussian inputs ξ ~ N(0, I) in d dimensions that
 * are each seen once:
 *
 * <pre>wᵢ ← wᵢ + (η/d) δᵢ ξ,   δᵢ = g′(xᵢ)(y − f),   xᵢ = wᵢ·ξ,  yₙ = bₙ·ξ.</pre>
 *
 * <p>With the time α = steps/d the overlaps Rᵢₙ = wᵢ·bₙ and Qᵢₖ = wᵢ·wₖ follow, as d → ∞, the equations
 *
 * <pre>dRᵢₙ/dα = η⟨δᵢyₙ⟩,   dQᵢₖ/dα = η⟨δᵢxₖ + δₖxᵢ⟩ + η²⟨δᵢδₖ⟩,</pre>
 *
 * <p>whose means are elementary functions of R, Q and T = bₙ·bₘ. At finite d the overlaps are Gaussian around this
 * with covariance Σ/d, and their mean is off by m/d, to first order in 1/d ({@link #fluctuations}):
 *
 * <pre>dΣ/dα = AΣ + ΣAᵀ + B,   dm/dα = Am + ½H:Σ + b − ½Av,</pre>
 *
 * <p>where v is the velocity above, A and H its first and second derivatives, B the covariance of a step times d² and b
 * comes from the length of ξ, which is not exactly √d. B and b are integrals over the K + M fields xᵢ, yₙ, taken by
 * Gauss and Hermite.
 *
 * <p>Cost of a velocity: O(K²(K + M)²); of the fluctuations, 10^(K + M) besides. The equations are integrated by
 * Dormand's and Prince's method of order 8 (Hipparchus).
 *
 * <p>Sources: Saad and Solla (1995), Biehl and Schwarze (1995) for the equations; Biehl, Riegler and Wöhler (1996) for
 * the escape from the plateau; Goldt, Advani, Saxe, Krzakala and Zdeborová (2019) for a proof; van Kampen (1976) for
 * the expansion in 1/d.
 */
public final class SoftCommittee {

    private static final double ERROR = 1e-10;
    /** Of the fluctuations, which are a correction. */
    private static final double COARSE = 1e-5;
    /** Of central differences. */
    private static final double STEP = 1e-4;
    /** For each field. */
    private static final int NODES = 10;

    private final double[][] teacher;
    private final double rate;
    private final boolean squared;

    private SoftCommittee(double[][] teacher, double rate, boolean squared) {
        this.teacher = teacher;
        this.rate = rate;
        this.squared = squared;
    }

    /**
     * The overlaps of a student.
     *
     * @param r Rᵢₙ = wᵢ·bₙ, K × M, rows are neurons of the student
     * @param q Qᵢₖ = wᵢ·wₖ, K × K, symmetric
     */
    public record Overlaps(double[][] r, double[][] q) {

        /** Requires matrices of finite numbers that fit, q symmetric. Copies them. */
        public Overlaps {
            int m = Require.matrix("r", r);
            Require.shape("r", r, r.length, m);
            Require.shape("q", q, r.length, r.length);
            r = Require.finite("r", r);
            q = symmetric("q", q);
        }

        /**
         * The overlaps of weights.
         *
         * @param students K × d, rows are neurons. Not modified.
         * @param teachers M × d. Not modified.
         */
        public static Overlaps of(double[][] students, double[][] teachers) {
            int d = Require.matrix("students", students);
            Require.matrix("teachers", teachers);
            Require.rowsOf("teachers", teachers, d, "as many as those of students");
            return new Overlaps(products(students, teachers), products(students, students));
        }

        private static double[][] products(double[][] a, double[][] b) {
            var products = new double[a.length][b.length];
            for (int i = 0; i < a.length; i++)
                for (int j = 0; j < b.length; j++)
                    for (int k = 0; k < a[i].length; k++) products[i][j] += a[i][k] * b[j][k];
            return products;
        }

        private double[] flat() {
            int k = q.length;
            var flat = new double[k * r[0].length + k * (k + 1) / 2];
            int at = 0;
            for (double[] row : r) for (double entry : row) flat[at++] = entry;
            for (int i = 0; i < k; i++) for (int j = i; j < k; j++) flat[at++] = q[i][j];
            return flat;
        }

        private static Overlaps of(double[] flat, int k, int m) {
            var r = new double[k][m];
            var q = new double[k][k];
            int at = 0;
            for (double[] row : r) for (int n = 0; n < m; n++) row[n] = flat[at++];
            for (int i = 0; i < k; i++) for (int j = i; j < k; j++) q[i][j] = q[j][i] = flat[at++];
            return new Overlaps(r, q);
        }
    }

    /**
     * Overlaps at finite d, to first order in 1/d.
     *
     * @param limit the overlaps as d → ∞
     * @param covariance Σ, d times the covariance of the numbers R₁₁, R₁₂, …, R_KM, Q₁₁, Q₁₂, …, Q₂₂, … in this order
     * @param shift m, d times what the mean at finite d has more than the limit
     */
    public record Fluctuations(Overlaps limit, double[][] covariance, Overlaps shift) {

        /** Requires a covariance of as many numbers as there are, symmetric. Copies it. */
        public Fluctuations {
            int count = limit.flat().length;
            Require.shape("covariance", covariance, count, count);
            covariance = symmetric("covariance", covariance);
        }

        /**
         * A start with just these overlaps, at every d.
         *
         * @param start the overlaps
         */
        public static Fluctuations none(Overlaps start) {
            double[] zero = new double[start.flat().length];
            return new Fluctuations(start, new double[zero.length][zero.length],
                    Overlaps.of(zero, start.q.length, start.r[0].length));
        }

        /**
         * √d times the standard deviation of Rᵢₙ.
         *
         * @param i neuron of the student, from 0
         * @param n neuron of the teacher, from 0
         */
        public double deviationR(int i, int n) {
            int at = i * limit.r[0].length + n;
            return Math.sqrt(covariance[at][at]);
        }

        /**
         * √d times the standard deviation of Qᵢₖ.
         *
         * @param i neuron of the student, from 0
         * @param k another, at least i
         */
        public double deviationQ(int i, int k) {
            int at = limit.r.length * limit.r[0].length;
            for (int row = 0; row < i; row++) at += limit.q.length - row;
            at += k - i;
            return Math.sqrt(covariance[at][at]);
        }

        /**
         * The limit and so many standard deviations at d along the direction in which the overlaps spread most.
         *
         * @param deviations how many
         * @param d inputs, at least 1
         */
        public Overlaps along(double deviations, int d) {
            Require.finite("deviations", deviations);
            Require.positive("d", d);
            double[] x = limit.flat();
            var eigen = DenseEigen.of(covariance, x.length);
            double[] direction = eigen.vector(x.length - 1);
            double size = Math.sqrt(Math.max(0, eigen.value(x.length - 1)) / d);
            for (int i = 0; i < x.length; i++) x[i] += deviations * size * direction[i];
            return Overlaps.of(x, limit.q.length, limit.r[0].length);
        }
    }

    /**
     * The equations for M orthogonal teacher neurons of length 1.
     *
     * @param teachers M, at least 1
     * @param rate η, positive
     */
    public static SoftCommittee of(int teachers, double rate) {
        Require.positive("teachers", teachers);
        var identity = new double[teachers][teachers];
        for (int n = 0; n < teachers; n++) identity[n][n] = 1;
        return of(identity, rate);
    }

    /**
     * The equations for any teacher.
     *
     * @param teacher T = bₙ·bₘ, M × M, symmetric. Not modified.
     * @param rate η, positive
     * @throws IllegalArgumentException if T is not symmetric or not square, or a number is not finite
     */
    public static SoftCommittee of(double[][] teacher, double rate) {
        int m = Require.matrix("teacher", teacher);
        Require.shape("teacher", teacher, m, m);
        return new SoftCommittee(symmetric("teacher", teacher), Require.positive("rate", rate), true);
    }

    /** The same without the terms in η²: gradient flow of the mean loss, at the same time ηα. */
    public SoftCommittee gradientFlow() {
        return new SoftCommittee(teacher, rate, false);
    }

    /**
     * The generalization error ⟨(f − y)²⟩/2.
     *
     * @param at overlaps with this teacher
     */
    public double error(Overlaps at) {
        double[][] c = fields(at);
        int k = at.q.length;
        double sum = 0;
        for (int i = 0; i < c.length; i++)
            for (int j = 0; j < c.length; j++)
                sum += (i < k == j < k ? 1 : -1)
                        * Math.asin(c[i][j] / Math.sqrt((1 + c[i][i]) * (1 + c[j][j])));
        return sum / Math.PI;
    }

    /**
     * The mean of the generalization error at finite d, to first order in 1/d.
     *
     * @param at the fluctuations with this teacher
     * @param d inputs, at least 1
     */
    public double error(Fluctuations at, int d) {
        Require.positive("d", d);
        double[] x = at.limit.flat();
        double[] shift = at.shift.flat();
        int k = at.limit.q.length;
        double limit = error(at.limit);
        var eigen = DenseEigen.of(at.covariance, x.length);
        double size = Arrays.stream(shift).map(Math::abs).max().orElseThrow();
        double sum = 0;
        for (int j = 0; j <= x.length; j++) {
            double[] direction = j < x.length ? eigen.vector(j) : shift;
            double step = j < x.length || size == 0 ? STEP : STEP / size;
            double[] up = x.clone();
            double[] down = x.clone();
            for (int i = 0; i < x.length; i++) {
                up[i] += step * direction[i];
                down[i] -= step * direction[i];
            }
            double above = error(Overlaps.of(up, k, teacher.length));
            double below = error(Overlaps.of(down, k, teacher.length));
            if (j < x.length) sum += eigen.value(j) * (above + below - 2 * limit) / (2 * step * step);
            else
                sum += (above - below) / (2 * step);
        }
        return limit + sum / d;
    }

    /**
     * dR/dα and dQ/dα.
     *
     * @param at overlaps with this teacher
     */
    public Overlaps velocity(Overlaps at) {
        double[][] c = fields(at);
        int k = at.q.length;
        int m = teacher.length;
        var r = new double[k][m];
        var q = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int n = 0; n < m; n++) r[i][n] = rate * drift(c, k, i, k + n);
            for (int j = 0; j <= i; j++) {
                q[i][j] = rate * (drift(c, k, i, j) + drift(c, k, j, i));
                if (squared) q[i][j] += rate * rate * product(c, k, i, j);
                q[j][i] = q[i][j];
            }
        }
        return new Overlaps(r, q);
    }

    /** ⟨δᵢv⟩ for the field v. */
    private static double drift(double[][] c, int k, int i, int v) {
        double sum = 0;
        for (int w = 0; w < c.length; w++) sum += (w < k ? -1 : 1) * three(c, i, v, w);
        return sum;
    }

    /** ⟨g′(u) v g(w)⟩. */
    private static double three(double[][] c, int u, int v, int w) {
        double one = 1 + c[u][u];
        return 2 / Math.PI * (c[v][w] * one - c[u][w] * c[u][v])
                / (one * Math.sqrt(one * (1 + c[w][w]) - c[u][w] * c[u][w]));
    }

    /** ⟨δᵢδⱼ⟩. */
    private static double product(double[][] c, int k, int i, int j) {
        double sum = 0;
        for (int v = 0; v < c.length; v++)
            for (int w = 0; w < c.length; w++)
                sum += (v < k == w < k ? 1 : -1) * four(c, i, j, v, w);
        return sum;
    }

    /** ⟨g′(t) g′(u) g(v) g(w)⟩. */
    private static double four(double[][] c, int t, int u, int v, int w) {
        double all = (1 + c[t][t]) * (1 + c[u][u]) - c[t][u] * c[t][u];
        double across = reduced(c, t, u, v, w) + all * c[v][w];
        double first = reduced(c, t, u, v, v) + all * (1 + c[v][v]);
        double second = reduced(c, t, u, w, w) + all * (1 + c[w][w]);
        double cosine = across / Math.sqrt(first * second);
        return 4 / (Math.PI * Math.PI * Math.sqrt(all)) * Math.asin(Math.clamp(cosine, -1, 1));
    }

    private static double reduced(double[][] c, int t, int u, int v, int w) {
        return -c[u][v] * c[u][w] * (1 + c[t][t]) - c[t][v] * c[t][w] * (1 + c[u][u])
                + c[t][u] * (c[t][v] * c[u][w] + c[t][w] * c[u][v]);
    }

    /**
     * The overlaps at a time.
     *
     * @param start at α = 0
     * @param alpha α, at least 0
     */
    public Overlaps after(Overlaps start, double alpha) { return path(start, alpha).getFirst(); }

    /**
     * The overlaps at several times.
     *
     * @param start at α = 0
     * @param alphas times, at least 0, none before the one in front of it. Not modified.
     */
    public List<Overlaps> path(Overlaps start, double... alphas) {
        fields(start);
        int k = start.q.length;
        return solve(start.flat(), ERROR, x -> velocity(Overlaps.of(x, k, teacher.length)).flat(), alphas)
                .stream().map(x -> Overlaps.of(x, k, teacher.length)).toList();
    }

    private interface Motion {
        double[] velocity(double[] x);
    }

    private static List<double[]> solve(double[] start, double error, Motion motion, double... alphas) {
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() { return start.length; }

            @Override
            public double[] computeDerivatives(double t, double[] x) { return motion.velocity(x); }
        };
        double now = 0;
        for (double alpha : alphas) {
            if (Require.notNegative("alpha", alpha) < now)
                throw new IllegalArgumentException(
                        "alpha = " + alpha + " after " + now + ": expected times in order");
            now = alpha;
        }
        var states = new ArrayList<double[]>();
        while (states.size() < alphas.length && alphas[states.size()] == 0) states.add(start);
        if (now == 0) return states;
        var integrator = new DormandPrince853Integrator(1e-12 * now, now, error, error);
        integrator.addStepHandler(step -> {
            while (states.size() < alphas.length
                    && alphas[states.size()] <= step.getCurrentState().getTime())
                states.add(step.getInterpolatedState(alphas[states.size()]).getPrimaryState());
        });
        double[] end = integrator.integrate(equation, new ODEState(0, start), now).getPrimaryState();
        while (states.size() < alphas.length) states.add(end);
        return states;
    }

    /**
     * The fluctuations at several times.
     *
     * @param start at α = 0
     * @param alphas times, at least 0, none before the one in front of it. Not modified.
     */
    public List<Fluctuations> fluctuations(Fluctuations start, double... alphas) {
        fields(start.limit);
        int k = start.limit.q.length;
        int m = teacher.length;
        int n = start.limit.flat().length;
        var state = new double[n * (n + 2)];
        System.arraycopy(start.limit.flat(), 0, state, 0, n);
        System.arraycopy(start.shift.flat(), 0, state, n, n);
        for (int i = 0; i < n; i++) System.arraycopy(start.covariance[i], 0, state, (i + 2) * n, n);
        return solve(state, COARSE, x -> expansion(x, k), alphas).stream().map(x -> {
            var covariance = new double[n][n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    covariance[i][j] = (x[(i + 2) * n + j] + x[(j + 2) * n + i]) / 2;
            return new Fluctuations(Overlaps.of(Arrays.copyOf(x, n), k, m), covariance,
                    Overlaps.of(Arrays.copyOfRange(x, n, 2 * n), k, m));
        }).toList();
    }

    /**
     * At a start with independent normal weights of variance {@code size}/d: overlaps, their covariance.
     *
     * @param students K, at least 1
     * @param size the mean of Qᵢᵢ, positive
     */
    public Fluctuations randomStart(int students, double size) {
        Require.positive("students", students);
        Require.positive("size", size);
        int m = teacher.length;
        var q = new double[students][students];
        for (int i = 0; i < students; i++) q[i][i] = size;
        var none = Fluctuations.none(new Overlaps(new double[students][m], q));
        double[][] covariance = none.covariance;
        for (int i = 0; i < students; i++)
            for (int n = 0; n < m; n++)
                for (int l = 0; l < m; l++) covariance[i * m + n][i * m + l] = size * teacher[n][l];
        int at = students * m;
        for (int i = 0; i < students; i++)
            for (int j = i; j < students; j++, at++) covariance[at][at] = (i == j ? 2 : 1) * size * size;
        return new Fluctuations(none.limit, covariance, none.shift);
    }

    /** Velocities of the overlaps, their shift and their covariance, one after the other. */
    private double[] expansion(double[] state, int k) {
        int n = (int) Math.round(Math.sqrt(state.length + 1.0)) - 1;
        double[] x = Arrays.copyOf(state, n);
        double[] v = velocity(Overlaps.of(x, k, teacher.length)).flat();
        double[][] a = jacobian(x, k);
        double[][] noise = noise(x, k);
        var result = new double[state.length];
        System.arraycopy(v, 0, result, 0, n);
        double[] curved = curvature(x, v, k, Arrays.copyOfRange(state, 2 * n, state.length));
        for (int i = 0; i < n; i++) {
            double sum = curved[i] + noise[n][i];
            for (int j = 0; j < n; j++) sum += a[i][j] * (state[n + j] - v[j] / 2);
            result[n + i] = sum;
            for (int j = 0; j < n; j++) {
                double change = noise[i][j];
                for (int l = 0; l < n; l++)
                    change += a[i][l] * state[(l + 2) * n + j] + a[j][l] * state[(i + 2) * n + l];
                result[(i + 2) * n + j] = change;
            }
        }
        return result;
    }

    /** ½H:Σ. */
    private double[] curvature(double[] x, double[] v, int k, double[] covariance) {
        int n = x.length;
        var eigen = DenseEigen.of(squareOf(covariance, n), n);
        var half = new double[n];
        double step = 1e-3;
        for (int j = 0; j < n; j++) {
            double[] up = moved(x, eigen.vector(j), step, k);
            double[] down = moved(x, eigen.vector(j), -step, k);
            for (int i = 0; i < n; i++)
                half[i] += eigen.value(j) * (up[i] - 2 * v[i] + down[i]) / (2 * step * step);
        }
        return half;
    }

    private static double[][] squareOf(double[] flat, int n) {
        var square = new double[n][n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) square[i][j] = (flat[i * n + j] + flat[j * n + i]) / 2;
        return square;
    }

    /** The velocity at x + step · direction. */
    private double[] moved(double[] x, double[] direction, double step, int k) {
        double[] there = x.clone();
        for (int i = 0; i < x.length; i++) there[i] += step * direction[i];
        return velocity(Overlaps.of(there, k, teacher.length)).flat();
    }

    private double[][] jacobian(double[] x, int k) {
        int n = x.length;
        var a = new double[n][n];
        for (int j = 0; j < n; j++) {
            var unit = new double[n];
            unit[j] = 1;
            double[] up = moved(x, unit, STEP, k);
            double[] down = moved(x, unit, -STEP, k);
            for (int i = 0; i < n; i++) a[i][j] = (up[i] - down[i]) / (2 * STEP);
        }
        return a;
    }

    /** B in the first rows, b in the last. */
    private double[][] noise(double[] x, int k) {
        int n = x.length;
        double[][] lower = root(fields(Overlaps.of(x, k, teacher.length)));
        int count = lower.length;
        // A point and its mirror image have equal steps.
        int points = Math.toIntExact(Math.round(Math.pow(NODES, count)) / 2);
        var weight = new double[points];
        var length = new double[points];
        var field = new double[count][points];
        GaussIntegrator hermite = new GaussIntegratorFactory().hermite(NODES);
        var digits = new int[count];
        for (int p = 0; p < points; p++) {
            weight[p] = 2;
            length[p] = -count;
            for (int j = 0; j < count; j++) {
                double z = Math.sqrt(2) * hermite.getPoint(digits[j]);
                weight[p] *= hermite.getWeight(digits[j]) / Math.sqrt(Math.PI);
                length[p] += z * z;
                for (int i = j; i < count; i++) field[i][p] += lower[i][j] * z;
            }
            for (int j = count - 1; j >= 0 && ++digits[j] == NODES; j--) digits[j] = 0;
        }
        double[][] delta = deltas(field, k);
        var noise = new double[n + 1][n];
        var mean = new double[n];
        for (int p = 0; p < points; p++) {
            double[] step = step(field, delta, p);
            for (int i = 0; i < n; i++) {
                mean[i] += weight[p] * step[i];
                for (int j = 0; j < n; j++) noise[i][j] += weight[p] * step[i] * step[j];
            }
            if (squared) addLength(noise[n], delta, p, weight[p] * length[p]);
        }
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) noise[i][j] -= mean[i] * mean[j];
        return noise;
    }

    /** d times the change of the overlaps by one input, whose length is √d. */
    private double[] step(double[][] field, double[][] delta, int p) {
        int k = delta.length;
        int m = teacher.length;
        var step = new double[k * m + k * (k + 1) / 2];
        int at = 0;
        for (int i = 0; i < k; i++)
            for (int n = 0; n < m; n++) step[at++] = rate * delta[i][p] * field[k + n][p];
        for (int i = 0; i < k; i++)
            for (int j = i; j < k; j++)
                step[at++] = rate * (delta[i][p] * field[j][p] + delta[j][p] * field[i][p])
                        + (squared ? rate * rate * delta[i][p] * delta[j][p] : 0);
        return step;
    }

    /** b: what a length of ξ beside √d adds to the terms in η². */
    private void addLength(double[] sum, double[][] delta, int p, double weight) {
        int at = delta.length * teacher.length;
        for (int i = 0; i < delta.length; i++)
            for (int j = i; j < delta.length; j++)
                sum[at++] += weight * rate * rate * delta[i][p] * delta[j][p];
    }

    /** δᵢ at all points. */
    private static double[][] deltas(double[][] field, int k) {
        int points = field[0].length;
        var error = new double[points];
        var work = new double[points];
        for (int v = 0; v < field.length; v++) {
            for (int p = 0; p < points; p++) work[p] = field[v][p] * Math.sqrt(0.5);
            Elementary.erf(work, 0, work, 0, points);
            for (int p = 0; p < points; p++) error[p] += v < k ? -work[p] : work[p];
        }
        var delta = new double[k][points];
        for (int i = 0; i < k; i++) {
            for (int p = 0; p < points; p++) work[p] = -field[i][p] * field[i][p] / 2;
            Elementary.exp(work, 0, work, 0, points);
            for (int p = 0; p < points; p++) delta[i][p] = Math.sqrt(2 / Math.PI) * work[p] * error[p];
        }
        return delta;
    }

    /** L with LLᵀ = C, where C may have no inverse. */
    private static double[][] root(double[][] c) {
        int n = c.length;
        var lower = new double[n][n];
        for (int j = 0; j < n; j++)
            for (int i = j; i < n; i++) {
                double sum = c[i][j];
                for (int l = 0; l < j; l++) sum -= lower[i][l] * lower[j][l];
                if (i == j) lower[j][j] = Math.sqrt(Math.max(0, sum));
                else
                    lower[i][j] = lower[j][j] > 1e-7 ? sum / lower[j][j] : 0;
            }
        return lower;
    }

    /**
     * The plateau: the resting point at which all neurons of the student are alike, for as many students as teachers
     * that are orthogonal and of length 1.
     *
     * @throws IllegalArgumentException if the teacher is another
     */
    public Overlaps plateau() {
        int k = teacher.length;
        for (int i = 0; i < k; i++)
            for (int j = 0; j < k; j++)
                if (teacher[i][j] != (i == j ? 1 : 0))
                    throw new IllegalArgumentException("teacher[" + i + "][" + j + "] = " + teacher[i][j]
                            + ": expected orthogonal teachers of length 1");
        double[] x = {0.1, 0.2, 0.1};
        for (int trial = 0; trial < 100; trial++) {
            // Along the flow to where Newton's method finds the rest.
            if (trial == 0) x = solve(x, ERROR, y -> alike(y, k), 60 / rate).getFirst();
            double[] v = alike(x, k);
            if (Arrays.stream(v).map(Math::abs).max().orElseThrow() < 1e-14) break;
            var slope = new double[3][3];
            for (int j = 0; j < 3; j++) {
                double[] up = x.clone();
                double[] down = x.clone();
                up[j] += STEP;
                down[j] -= STEP;
                double[] above = alike(up, k);
                double[] below = alike(down, k);
                for (int i = 0; i < 3; i++) slope[i][j] = (above[i] - below[i]) / (2 * STEP);
            }
            double[] change = new LUDecomposition(new Array2DRowRealMatrix(slope)).getSolver()
                    .solve(new ArrayRealVector(v)).toArray();
            for (int i = 0; i < 3; i++) x[i] -= change[i];
        }
        return alikeAt(x, k);
    }

    /** All R equal, all Qᵢᵢ, all other Q. */
    private static Overlaps alikeAt(double[] x, int k) {
        var r = new double[k][k];
        var q = new double[k][k];
        for (int i = 0; i < k; i++) {
            Arrays.fill(r[i], x[0]);
            Arrays.fill(q[i], x[2]);
            q[i][i] = x[1];
        }
        return new Overlaps(r, q);
    }

    private double[] alike(double[] x, int k) {
        var v = velocity(alikeAt(x, k));
        return new double[]{v.r[0][0], v.q[0][0], k == 1 ? -x[2] : v.q[0][1]};
    }

    /**
     * The rate at which what is off a resting point grows with α: the largest real part of an eigenvalue of A; negative
     * if the point is stable.
     *
     * @param at a resting point, such as the plateau or the teacher's own overlaps
     */
    public double growth(Overlaps at) {
        fields(at);
        double[] real = DenseMatrix.of(jacobian(at.flat(), at.q.length)).eigen(false, false).wr()
                .toArray(new double[0]);
        return Arrays.stream(real).max().orElseThrow();
    }

    /**
     * The error of the plateau at small rates, (K/π)(π/6 − K arcsin(1/2K)).
     *
     * @param k K = M, at least 1
     */
    public static double smallRatePlateau(int k) {
        Require.positive("k", k);
        return k / Math.PI * (Math.PI / 6 - k * Math.asin(0.5 / k));
    }

    /** The covariance of all fields, students first. */
    private double[][] fields(Overlaps at) {
        int k = at.q.length;
        int m = teacher.length;
        Require.rowsOf("r", at.r, m, "as many as teachers");
        var c = new double[k + m][k + m];
        for (int i = 0; i < k; i++) {
            System.arraycopy(at.q[i], 0, c[i], 0, k);
            for (int n = 0; n < m; n++) c[i][k + n] = c[k + n][i] = at.r[i][n];
        }
        for (int n = 0; n < m; n++) System.arraycopy(teacher[n], 0, c[k + n], k, m);
        return c;
    }

    private static double[][] symmetric(String name, double[][] rows) {
        double[][] copy = Require.finite(name, rows);
        double size = Arrays.stream(copy).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < copy.length; i++)
            for (int j = 0; j < i; j++)
                if (Math.abs(copy[i][j] - copy[j][i]) > 1e-9 * size)
                    throw new IllegalArgumentException(name + "[" + i + "][" + j + "] = " + copy[i][j]
                            + ": expected a symmetric matrix, with " + name + "[" + j + "][" + i + "] = "
                            + copy[j][i]);
        return copy;
    }
}
