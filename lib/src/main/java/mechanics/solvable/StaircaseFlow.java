package mechanics.solvable;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import mechanics.base.Require;
import mechanics.linalg.Elementary;

/**
 * Online gradient descent of a two-layer network f(x) = (1/M) Σⱼ aⱼ relu(wⱼ·x + bⱼ) on the corners x of the hypercube
 * {−1, 1}^d, when the target depends on z, the first k coordinates, only. The loss is (f − y)²/2, one fresh sample a step,
 * rates are M η with η = c/d, and time is t = η · steps.
 *
 * <p>For d → ∞ the other d − k coordinates act through a Gaussian number of variance s² = |w₍ₖ₊₁..d₎|² and a neuron is
 * (a, b, u, s) with u = w₍₁..ₖ₎. With H = b + u·z, e(z) = y(z) − f(z), φ and Φ at H/s, averages over the 2^k values of z:
 *
 * <pre>
 *   f = (1/M) Σ a (sφ + HΦ),      ȧ = E[e (sφ + HΦ)],      ḃ = a E[eΦ],      u̇ = a E[eΦz],
 *   ṡ = a E[eφ] + (c/2s) a² E[e²Φ].
 * </pre>
 *
 * <p>At finite d samples also kick: every number makes a random walk around its mean motion, with the covariance
 * (c/d) Cov[e g] in a unit of time, g = (relu, a1, a1z, a1g) being the gradients of all neurons at a sample, 1 whether
 * a neuron is on. A kick of u is as large as u itself, which starts at 1/√d. {@link #path(double, int, RandomGenerator)}
 * adds these kicks, with Gaussian numbers g that are independent between neurons.
 *
 * <p>Errors: O(1/√M); O(1/d), as a sum of signs is not quite Gaussian; and O(c): samples push the other weights of all
 * neurons along the same directions, so that f depends a little on the other coordinates, with a variance of order c.
 *
 * <p>A parity is named by the set of its coordinates as bits: 1 is x₁, 3 is x₁x₂, 7 is x₁x₂x₃, 0 the constant. Cost:
 * O(M 2^k) for each of the 20 steps (Runge and Kutta, order 4) of a unit of time.
 *
 * <p>Sources: Abbe, Boix-Adserà and Misiakiewicz (2022), who derive this limit with s fixed by c → 0; the same (2023).
 */
public final class StaircaseFlow {

    /** Of the integration, in units of time. */
    private static final double STEP = 0.05;
    private static final int LARGEST = 10;
    /** Of s²; smaller norms act like this one. */
    private static final double LEAST = 1e-12;
    private static final double DENSITY = 1 / Math.sqrt(2 * Math.PI);

    private final int relevant;
    /** For each corner z: y. */
    private final double[] labels;
    /** For each corner z: its coordinates. */
    private final double[][] corners;
    private final double[] target;
    private final Neurons start;
    private final double noise;

    private StaircaseFlow(int relevant, double[] target, Neurons start, double noise) {
        this.relevant = relevant;
        this.target = target;
        this.start = start;
        this.noise = noise;
        labels = transform(target);
        corners = new double[target.length][relevant];
        for (int i = 0; i < target.length; i++)
            for (int l = 0; l < relevant; l++) corners[i][l] = (i >> l & 1) == 0 ? 1 : -1;
    }

    /**
     * M neurons.
     *
     * @param a weights of the output, length M
     * @param b biases, length M
     * @param u weights of the relevant coordinates, M × k, rows are neurons
     * @param s norms of the weights of all other coordinates, length M, positive
     */
    public record Neurons(double[] a, double[] b, double[][] u, double[] s) {

        /**
         * Checks sizes.
         *
         * @throws IllegalArgumentException if sizes do not fit, a number is not finite, or a norm is not positive
         */
        public Neurons {
            int k = Require.matrix("u", u);
            Require.shape("u", u, a.length, k);
            Require.sameLength("b", b.length, "a", a.length);
            Require.sameLength("s", s.length, "a", a.length);
            for (int j = 0; j < a.length; j++) {
                Require.finite("a[" + j + "]", a[j]);
                Require.finite("b[" + j + "]", b[j]);
                Require.positive("s[" + j + "]", s[j]);
                for (double weight : u[j]) Require.finite("a weight in u[" + j + "]", weight);
            }
        }

        /**
         * The neurons of a network.
         *
         * @param a weights of the output, length M. Not modified.
         * @param b biases, length M. Not modified.
         * @param w weights, M × d, rows are neurons. Not modified.
         * @param relevant k, from 1 to d − 1: the first coordinates
         */
        public static Neurons of(double[] a, double[] b, double[][] w, int relevant) {
            int d = Require.matrix("w", w);
            if (relevant < 1 || relevant >= d)
                throw new IllegalArgumentException(
                        "relevant = " + relevant + ": expected from 1 to " + (d - 1)
                                + ", less than there are coordinates");
            var u = new double[w.length][];
            var s = new double[w.length];
            for (int j = 0; j < w.length; j++) {
                u[j] = Arrays.copyOf(w[j], relevant);
                for (int l = relevant; l < d; l++) s[j] += w[j][l] * w[j][l];
                s[j] = Math.sqrt(s[j]);
            }
            return new Neurons(a.clone(), b.clone(), u, s);
        }
    }

    /**
     * What was learned on the way.
     *
     * @param step the time between two rows
     * @param coefficients of f, times × 2^k, rows are times from 0 on, columns are parities
     * @param target the coefficients of y, length 2^k
     * @param end the neurons at the end
     */
    public record Path(double step, double[][] coefficients, double[] target, Neurons end) {

        /**
         * The coefficient E[f χ] of a parity, between two rows by a straight line.
         *
         * @param parity a set of coordinates, as bits
         * @param t from 0 to the end of the path
         */
        public double coefficient(int parity, double t) {
            double place = Require.notNegative("t", t) / step;
            if (place > coefficients.length - 1 + 1e-9)
                throw new IllegalArgumentException(
                        "t = " + t + ": expected at most " + step * (coefficients.length - 1));
            int row = (int) Math.min(place, coefficients.length - 2.0);
            double before = coefficients[row][parity];
            return before + (place - row) * (coefficients[row + 1][parity] - before);
        }

        /**
         * When the coefficient of a parity first reaches half of the target's; infinite if it does not on the path.
         *
         * @param parity a set of coordinates, as bits, which the target has
         */
        public double halfTime(int parity) {
            if (target[parity] == 0)
                throw new IllegalArgumentException(
                        "parity = " + parity + ": expected one that the target has");
            for (int row = 1; row < coefficients.length; row++) {
                double share = coefficients[row][parity] / target[parity];
                double before = coefficients[row - 1][parity] / target[parity];
                if (share >= 0.5 && before < 0.5) return step * (row - 1 + (0.5 - before) / (share - before));
            }
            return Double.POSITIVE_INFINITY;
        }
    }

    /**
     * The coefficients of x₁ + x₁x₂ + … + x₁x₂⋯x_k.
     *
     * @param k number of steps, from 1 to 10
     */
    public static double[] staircase(int k) {
        var target = new double[1 << size(k)];
        for (int step = 1; step <= k; step++) target[(1 << step) - 1] = 1;
        return target;
    }

    /**
     * The coefficients of x₁x₂⋯x_k alone.
     *
     * @param k number of factors, from 1 to 10
     */
    public static double[] parity(int k) {
        var target = new double[1 << size(k)];
        target[target.length - 1] = 1;
        return target;
    }

    private static int size(int k) {
        if (k < 1 || k > LARGEST)
            throw new IllegalArgumentException("k = " + k + ": expected from 1 to " + LARGEST);
        return k;
    }

    /**
     * The flow toward a target.
     *
     * @param target coefficients of y, length 2^k, one for each set of coordinates as bits. Not modified.
     * @param start the neurons at the start
     * @param c η d, at least 0
     * @throws IllegalArgumentException if sizes do not fit or c is negative
     */
    public static StaircaseFlow of(double[] target, Neurons start, double c) {
        int k = start.u[0].length;
        if (k > LARGEST || target.length != 1 << k)
            throw new IllegalArgumentException("target of " + target.length + " coefficients: expected 2^" + k
                    + ", for neurons with " + k + " relevant weights, at most " + LARGEST);
        return new StaircaseFlow(k, target.clone(), start, Require.notNegative("c", c));
    }

    /**
     * The limit d → ∞ from this start.
     *
     * @param end time of the end, positive
     */
    public Path path(double end) { return follow(end, 0, null); }

    /**
     * The same with the kicks of the samples.
     *
     * @param end time of the end, positive
     * @param dimension d
     * @param random source of the kicks
     */
    public Path path(double end, int dimension, RandomGenerator random) {
        return follow(end, Math.sqrt(noise / Require.positive("dimension", dimension)), random);
    }

    private Path follow(double end, double kick, RandomGenerator random) {
        int steps = (int) Math.ceil(Require.positive("end", end) / STEP - 1e-9);
        double dt = end / steps;
        var work = new Work(start.a.length);
        double[] y = work.pack(start);
        var coefficients = new double[steps + 1][];
        for (int step = 0; step <= steps; step++) {
            double[] first = work.velocity(y);
            coefficients[step] = work.coefficients();
            if (step == steps) break;
            double[] kicks = kick > 0 ? work.kicks(y, first, kick * Math.sqrt(dt), random) : null;
            double[] second = work.velocity(moved(y, first, dt / 2));
            double[] third = work.velocity(moved(y, second, dt / 2));
            double[] fourth = work.velocity(moved(y, third, dt));
            for (int i = 0; i < y.length; i++)
                y[i] += dt / 6 * (first[i] + 2 * second[i] + 2 * third[i] + fourth[i])
                        + (kicks == null ? 0 : kicks[i]);
        }
        return new Path(dt, coefficients, target.clone(), work.unpack(y));
    }

    private static double[] moved(double[] y, double[] velocity, double t) {
        var result = new double[y.length];
        for (int i = 0; i < y.length; i++) result[i] = y[i] + t * velocity[i];
        return result;
    }

    /** Values at the corners from coefficients of parities (Walsh and Hadamard); twice gives 2^k times the same. */
    private static double[] transform(double[] values) {
        double[] result = values.clone();
        for (int bit = 1; bit < result.length; bit *= 2)
            for (int i = 0; i < result.length; i++)
                if ((i & bit) == 0) {
                    double sum = result[i] + result[i | bit];
                    result[i | bit] = result[i] - result[i | bit];
                    result[i] = sum;
                }
        return result;
    }

    /** The equations for M neurons, which are the vector (a, b, s², u) of M (3 + k) numbers. */
    private final class Work {
        private final int m;
        private final int count = labels.length;
        private final double[] height;
        private final double[] bell;
        private final double[] open;
        /** y − f for each corner, at the last call of velocity. */
        private final double[] errors = new double[count];

        Work(int m) {
            this.m = m;
            height = new double[m * count];
            bell = new double[m * count];
            open = new double[m * count];
        }

        double[] pack(Neurons neurons) {
            double[] y = Arrays.copyOf(neurons.a, m * (3 + relevant));
            System.arraycopy(neurons.b, 0, y, m, m);
            for (int j = 0; j < m; j++) y[2 * m + j] = neurons.s[j] * neurons.s[j];
            for (int j = 0; j < m; j++) System.arraycopy(neurons.u[j], 0, y, 3 * m + j * relevant, relevant);
            return y;
        }

        Neurons unpack(double[] y) {
            var u = new double[m][];
            for (int j = 0; j < m; j++)
                u[j] = Arrays.copyOfRange(y, 3 * m + j * relevant, 3 * m + (j + 1) * relevant);
            var s = new double[m];
            for (int j = 0; j < m; j++) s[j] = norm(j, y);
            return new Neurons(Arrays.copyOf(y, m), Arrays.copyOfRange(y, m, 2 * m), u, s);
        }

        private double norm(int j, double[] y) { return Math.sqrt(Math.max(LEAST, y[2 * m + j])); }

        double[] velocity(double[] y) {
            gates(y);
            for (int i = 0; i < count; i++) {
                double f = 0;
                for (int j = 0; j < m; j++) f += y[j] * output(j, i, y);
                errors[i] = labels[i] - f / m;
            }
            var velocity = new double[y.length];
            for (int j = 0; j < m; j++) {
                double a = y[j] / count;
                double s = norm(j, y);
                double diffusion = noise * y[j];
                for (int i = 0; i < count; i++) {
                    double e = errors[i];
                    double on = e * open[j * count + i];
                    velocity[j] += e * output(j, i, y) / count;
                    velocity[m + j] += a * on;
                    velocity[2 * m + j] += a * (2 * s * e * bell[j * count + i] + diffusion * e * on);
                    for (int l = 0; l < relevant; l++)
                        velocity[3 * m + j * relevant + l] += a * on * corners[i][l];
                }
            }
            return velocity;
        }

        /** sφ + HΦ. */
        private double output(int j, int i, double[] y) {
            int at = j * count + i;
            return norm(j, y) * (bell[at] + height[at] * open[at]);
        }

        /** H/s, φ and Φ. */
        private void gates(double[] y) {
            for (int j = 0; j < m; j++)
                for (int i = 0; i < count; i++) {
                    double sum = y[m + j];
                    for (int l = 0; l < relevant; l++) sum += y[3 * m + j * relevant + l] * corners[i][l];
                    int at = j * count + i;
                    height[at] = sum / norm(j, y);
                    open[at] = height[at] * Math.sqrt(0.5);
                    bell[at] = -height[at] * height[at] / 2;
                }
            Elementary.exp(bell, 0, bell, 0, bell.length);
            Elementary.erf(open, 0, open, 0, open.length);
            for (int at = 0; at < open.length; at++) {
                bell[at] *= DENSITY;
                open[at] = (1 + open[at]) / 2;
            }
        }

        /** Of f, at the last call of velocity. */
        double[] coefficients() {
            double[] missing = transform(errors);
            var coefficients = new double[count];
            for (int i = 0; i < count; i++) coefficients[i] = target[i] - missing[i] / count;
            return coefficients;
        }

        /** Random moves with the covariance of gradients, by what the last call of velocity found. */
        double[] kicks(double[] y, double[] mean, double size, RandomGenerator random) {
            var kicks = new double[y.length];
            double common = 0;
            for (int i = 0; i < count; i++) {
                double draw = size / Math.sqrt(count) * random.nextGaussian();
                double push = draw * errors[i];
                common += draw;
                for (int j = 0; j < m; j++) {
                    double s = norm(j, y);
                    double others = random.nextGaussian();
                    double sum = s * (height[j * count + i] + others);
                    if (sum <= 0) continue;
                    kicks[j] += push * sum;
                    kicks[m + j] += push * y[j];
                    kicks[2 * m + j] += push * y[j] * 2 * s * others;
                    for (int l = 0; l < relevant; l++)
                        kicks[3 * m + j * relevant + l] += push * y[j] * corners[i][l];
                }
            }
            for (int i = 0; i < kicks.length; i++) kicks[i] -= common * mean[i];
            return kicks;
        }
    }
}
