package mechanics.solvable;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.special.Beta;

import mechanics.base.Require;

/**
 * How one neuron finds one direction, sample by sample: the target is h(x₁), the neuron h(w·x) with |w| = 1, and h the
 * Hermite polynomial of degree k that is normalized for Gaussian inputs x in d dimensions. A step at a fresh sample is
 * <pre>
 *   w ← (w + ηg(x − zw)) / |…|,   z = w·x,   g = h(x₁) h′(z),
 * </pre>
 * gradient descent on −h(x₁)h(w·x) on the sphere. Of w only the overlap m = w₁ matters, and exactly so: with independent
 * normal z, ξ and χ² of d − 2 degrees of freedom, x₁ = mz + √(1 − m²) ξ,
 * <pre>
 *   m ← (m + ηg√(1 − m²) ξ) / √(1 + η²g²(ξ² + χ²)).
 * </pre>
 * For small η this is a diffusion, with the mean and mean square per step
 * <pre>
 *   a(m) = ηk mᵏ⁻¹(1 − m²) − ½η²d v(m) m,   b(m) = η² V(m),   v = E g²,   V = E g²(x₁ − zm)²,
 * </pre>
 * and the mean number of steps to a goal solves ½b u″ + a u′ = −1. From a random start m is about d^−½, where a is small
 * if k is large. With η = c/d the time in units of d is ∫ dm/(c(1 − m²) − ½c²m) for k = 1, and ln d/(2λ) plus a constant
 * with λ = 2c − c² for k = 2; with η = c d^−3/2 it is about d² for k = 3.
 *
 * <p>Immutable. Cost: 400 averages over 4(k + 1)² nodes and 20,000 cells for a mean time, some 5 ms.
 *
 * <p>Sources: Ben Arous, Gheissari and Jagannath (2021) for the exponents; the constants are derived in notebook 1.10.
 */
public final class SingleIndex {
    /** Cells of the interval in which a mean time is integrated. */
    private static final int CELLS = 20_000;
    /** Intervals of a table of a smooth function. */
    private static final int TABLE = 200;
    /** A random direction is not farther than this on the wrong side, except by chance of less than 10⁻³ in 12 dimensions. */
    private static final double LEFT = -0.8;
    /** Nodes for what is not a polynomial. */
    private static final int FINE = 32;
    /** Half of (Euler's constant + ln 2): minus the mean of ln |Z| for a normal Z. */
    private static final double LOG_NORMAL = 0.635181422730739;

    private final int degree;
    private final double[] nodes;
    private final double[] weights;
    private final double[] fineNodes;
    private final double[] fineWeights;

    private SingleIndex(int degree) {
        this.degree = degree;
        GaussIntegrator rule = new GaussIntegratorFactory().hermite(2 * degree + 2);
        nodes = nodes(rule);
        weights = weights(rule);
        GaussIntegrator fine = new GaussIntegratorFactory().hermite(FINE);
        fineNodes = nodes(fine);
        fineWeights = weights(fine);
    }

    /**
     * The neuron with a Hermite polynomial.
     *
     * @param degree k, 1 to 6
     * @throws IllegalArgumentException if it is another
     */
    public static SingleIndex of(int degree) {
        if (degree < 1 || degree > 6)
            throw new IllegalArgumentException("degree = " + degree + ": expected 1 to 6");
        return new SingleIndex(degree);
    }

    /**
     * The normalized Hermite polynomial: x, (x² − 1)/√2, (x³ − 3x)/√6, …
     *
     * @param x any number
     */
    public double value(double x) { return hermite(degree, x); }

    /**
     * Its derivative, √k times the polynomial of one degree less.
     *
     * @param x any number
     */
    public double slope(double x) { return Math.sqrt(degree) * hermite(degree - 1, x); }

    /**
     * v(m) = E g², the mean square of the factor in front of a step: 1 for k = 1, 2 + 8m² for k = 2.
     *
     * @param m the overlap, −1 to 1
     * @throws IllegalArgumentException if it is not
     */
    public double strength(double m) {
        requireOverlap(m);
        return mean(m, nodes, weights, (g, xi) -> g * g);
    }

    /**
     * V(m) = E g²(x₁ − zm)², the mean square of a step of m over η².
     *
     * @param m the overlap, −1 to 1
     * @throws IllegalArgumentException if it is not
     */
    public double noise(double m) {
        requireOverlap(m);
        return (1 - m * m) * mean(m, nodes, weights, (g, xi) -> g * g * xi * xi);
    }

    /**
     * a(m), the mean change of the overlap in one step to second order in the rate.
     *
     * @param m the overlap, −1 to 1
     * @param rate η, positive
     * @param d dimensions, at least 4
     * @throws IllegalArgumentException if a number is out of range
     */
    public double drift(double m, double rate, int d) {
        requireOverlap(m);
        requireSetting(rate, d);
        return drift(m, rate, d, strength(m));
    }

    private double drift(double m, double rate, int d, double strength) {
        return rate * degree * Math.pow(m, degree - 1.0) * (1 - m * m) - rate * rate * d / 2.0 * strength * m;
    }

    /**
     * The mean number of steps from a random direction to an overlap, |m| for even k, in the limit of a diffusion.
     *
     * @param goal the overlap to be reached, above 0 and below 1
     * @param rate η, positive
     * @param d dimensions, at least 12
     * @throws IllegalArgumentException if a number is out of range
     */
    public double meanTime(double goal, double rate, int d) {
        requireGoal(goal, rate, d);
        return new Walk(goal, rate, d).time(m -> 0, 1);
    }

    /**
     * What the diffusion leaves out of {@link #meanTime}, in steps: the higher orders in η of the mean step, from a step
     * averaged by quadrature; the third and fourth moments of steps of m on the scale d^−½ of the start, as if they were so
     * much more noise; and the last step beyond the goal.
     *
     * @param goal as there
     * @param rate as there
     * @param d as there
     * @throws IllegalArgumentException if a number is out of range
     */
    public double meanTimeOrder(double goal, double rate, int d) {
        requireGoal(goal, rate, d);
        var walk = new Walk(goal, rate, d);
        double time = walk.time(m -> 0, 1);
        double exact = walk.time(walk.table(m -> meanStep(m, rate, d) - drift(m, rate, d)), 1);
        double third = Math.abs(mean(0, fineNodes, fineWeights, (g, xi) -> Math.pow(g * xi, 3)));
        double fourth = mean(0, fineNodes, fineWeights, (g, xi) -> Math.pow(g * xi, 4));
        double scale = rate * Math.sqrt(d);
        double more = scale * third / (3 * noise(0)) + scale * scale * fourth / (12 * noise(0));
        double noisy = walk.time(m -> 0, 1 + more);
        double last = rate * Math.sqrt(noise(goal)) / Math.max(Math.abs(drift(goal, rate, d)), goal / time);
        return Math.abs(exact - time) + Math.abs(noisy - time) + last;
    }

    /**
     * The overlap at which the mean step to second order is zero if η = c/d: where learning ends. For k = 1 it is
     * (√(c² + 16) − c)/4, for k = 2 √((2 − c)/(2 + 4c)). Zero if there is none.
     *
     * @param c the rate times d, positive
     * @throws IllegalArgumentException if it is not
     */
    public double steadyOverlap(double c) {
        Require.positive("c", c);
        return steady(m -> degree * Math.pow(m, degree - 2.0) * (1 - m * m) - c / 2 * strength(m));
    }

    /**
     * What {@link #steadyOverlap} leaves out in d dimensions: the higher orders of the mean step, and what fluctuations
     * around the end do to the mean of m, if it is curved there.
     *
     * @param c the rate times d, positive and so small that there is a steady overlap
     * @param d dimensions, at least 4
     * @throws IllegalArgumentException if a number is out of range
     */
    public double steadyOrder(double c, int d) {
        double end = steadyOverlap(c);
        Require.positive("the steady overlap", end);
        double rate = c / d;
        requireSetting(rate, d);
        double exact = steady(m -> meanStep(m, rate, d) / m);
        double h = 1e-3 * Math.min(end, 1 - end);
        double low = drift(end - h, rate, d);
        double high = drift(end + h, rate, d);
        double restoring = (low - high) / (2 * h);
        double curved = (low + high - 2 * drift(end, rate, d)) / (h * h);
        double variance = rate * rate * noise(end) / (2 * restoring);
        return Math.abs(exact - end) + Math.abs(curved * variance / (2 * restoring));
    }

    /**
     * For k = 1: the time in units of d from m = 0 to an overlap, ∫ dm/(c(1 − m²) − ½c²m).
     *
     * @param goal the overlap, above 0 and below the steady one
     * @param c the rate times d, positive
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double linearTime(double goal, double c) {
        Require.positive("c", c);
        Require.positive("goal", goal);
        double root = Math.sqrt(c * c + 16);
        double end = (root - c) / 4;
        double other = (root + c) / 4;
        requireBelow(goal, end);
        return 2 / (c * root) * Math.log((goal + other) * end / ((end - goal) * other));
    }

    /**
     * For k = 2: the mean time in units of d from a random direction to an overlap |m|,
     * (1/λ)(½ ln d + ln θ − ½ ln(1 − θ²/m*²) − ½ ln(1 + 5c²/λ) + 0.635), where λ = 2c − c², m* is the steady overlap and
     * −0.635 the mean of ln |Z| for a normal Z.
     *
     * @param goal θ, above 0 and below the steady overlap
     * @param c the rate times d, above 0 and below 2
     * @param d dimensions, positive; they need not be whole
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double quadraticTime(double goal, double c, double d) {
        Require.positive("d", d);
        Require.positive("goal", goal);
        double growth = growth(c);
        double end = Math.sqrt((2 - c) / (2 + 4 * c));
        requireBelow(goal, end);
        return (Math.log(d) / 2 + Math.log(goal) - Math.log1p(-goal * goal / (end * end)) / 2
                - Math.log1p(5 * c * c / growth) / 2 + LOG_NORMAL) / growth;
    }

    /**
     * For k = 2: λ = 2c − c², at which a small overlap grows per unit d of steps.
     *
     * @param c the rate times d, above 0 and below 2
     * @throws IllegalArgumentException if it is not
     */
    public static double growth(double c) {
        if (!(c > 0 && c < 2)) throw new IllegalArgumentException("c = " + c + ": expected above 0, below 2");
        return 2 * c - c * c;
    }

    /**
     * The overlap after one step, drawn from its exact distribution.
     *
     * @param m the overlap, −1 to 1
     * @param rate η, positive
     * @param d dimensions, at least 4
     * @param random for three normal numbers and a few more
     * @throws IllegalArgumentException if a number is out of range
     */
    public double step(double m, double rate, int d, RandomGenerator random) {
        requireOverlap(m);
        requireSetting(rate, d);
        double z = random.nextGaussian();
        double xi = random.nextGaussian();
        double across = Math.sqrt(1 - m * m);
        double push = rate * value(m * z + across * xi) * slope(z);
        return next(m, push, xi, xi * xi + chiSquare(d - 2, random));
    }

    private static double next(double m, double push, double xi, double squares) {
        double moved = (m + push * Math.sqrt(1 - m * m) * xi) / Math.sqrt(1 + push * push * squares);
        return Math.max(-1, Math.min(1, moved));
    }

    /** The mean step, with d − 2 for χ². */
    private double meanStep(double m, double rate, int d) {
        return mean(m, fineNodes, fineWeights, (g, xi) -> next(m, rate * g, xi, xi * xi + d - 2)) - m;
    }

    /** The way to a goal, |m| for even k. */
    private final class Walk {
        private final double goal;
        private final double rate;
        private final int d;
        private final double left;
        private final DoubleUnaryOperator strengths;
        private final DoubleUnaryOperator noises;
        /** The probability to start below the middle of a cell. */
        private final double[] started = new double[CELLS];

        Walk(double goal, double rate, int d) {
            this.goal = goal;
            this.rate = rate;
            this.d = d;
            left = degree % 2 == 0 ? 0 : LEFT;
            strengths = table(SingleIndex.this::strength);
            noises = table(SingleIndex.this::noise);
            for (int i = 0; i < CELLS; i++) started[i] = started(middle(i), d, left == 0);
        }

        private double middle(int cell) { return left + (cell + 0.5) * (goal - left) / CELLS; }

        /** A smooth function, by straight lines between its values at equal distances. */
        DoubleUnaryOperator table(DoubleUnaryOperator function) {
            var values = new double[TABLE + 1];
            for (int i = 0; i <= TABLE; i++)
                values[i] = function.applyAsDouble(left + i * (goal - left) / TABLE);
            return m -> {
                double place = (m - left) / (goal - left) * TABLE;
                int i = Math.min((int) place, TABLE - 1);
                return values[i] + (place - i) * (values[i + 1] - values[i]);
            };
        }

        /**
         * ∫ G(y) P(m₀ &lt; y) dy, where G = −u′ solves G′ = 2/b − 2aG/b: exactly in a cell with constant a and b.
         *
         * @param push added to a
         * @param factor that multiplies b
         */
        double time(DoubleUnaryOperator push, double factor) {
            double h = (goal - left) / CELLS;
            double slope = 0;
            double sum = 0;
            for (int i = 0; i < CELLS; i++) {
                double m = middle(i);
                double a = drift(m, rate, d, strengths.applyAsDouble(m)) + push.applyAsDouble(m);
                double b = rate * rate * noises.applyAsDouble(m) * factor;
                double pull = 2 * a / b * h;
                // (1 − e^−pull)/pull, which is 1 at 0.
                double share = Math.abs(pull) < 1e-9 ? 1 - pull / 2 : -Math.expm1(-pull) / pull;
                double next = slope * Math.exp(-pull) + 2 * h / b * share;
                sum += (slope + next) / 2 * h * started[i];
                slope = next;
            }
            return sum;
        }
    }

    /** The probability that a coordinate of a random direction, or its size, is below y. */
    private static double started(double y, int d, boolean size) {
        double inside = Beta.regularizedBeta(y * y, 0.5, (d - 1) / 2.0);
        return size ? inside : 0.5 + Math.copySign(inside, y) / 2;
    }

    /** The largest m below 1 at which a function turns from positive to negative, or 0. */
    private static double steady(DoubleUnaryOperator push) {
        int cells = 1000;
        for (int i = cells - 1; i > 0; i--) {
            double low = i / (double) cells;
            if (push.applyAsDouble(low) <= 0) continue;
            double high = low + 1.0 / cells;
            while (high - low > 1e-12) {
                double middle = (low + high) / 2;
                if (push.applyAsDouble(middle) > 0) low = middle;
                else
                    high = middle;
            }
            return low;
        }
        return 0;
    }

    private interface OfStep {
        double at(double g, double xi);
    }

    private double mean(double m, double[] points, double[] masses, OfStep number) {
        double across = Math.sqrt(1 - m * m);
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            double slope = slope(points[i]);
            double part = 0;
            for (int j = 0; j < points.length; j++)
                part += masses[j] * number.at(value(m * points[i] + across * points[j]) * slope, points[j]);
            sum += masses[i] * part;
        }
        return sum;
    }

    private static double hermite(int degree, double x) {
        double before = 0;
        double here = 1;
        for (int k = 1; k <= degree; k++) {
            double next = (x * here - Math.sqrt(k - 1.0) * before) / Math.sqrt(k);
            before = here;
            here = next;
        }
        return here;
    }

    /** Marsaglia and Tsang (2000) for Gamma numbers of shape at least 1, twice. */
    private static double chiSquare(int freedom, RandomGenerator random) {
        double shape = freedom / 2.0 - 1.0 / 3;
        double spread = 1 / Math.sqrt(9 * shape);
        while (true) {
            double normal = random.nextGaussian();
            double root = 1 + spread * normal;
            double cube = root * root * root;
            if (root > 0 && Math.log(1 - random.nextDouble()) < normal * normal / 2
                    + shape * (1 - cube + Math.log(cube)))
                return 2 * shape * cube;
        }
    }

    private static double[] nodes(GaussIntegrator rule) {
        var nodes = new double[rule.getNumberOfPoints()];
        for (int i = 0; i < nodes.length; i++) nodes[i] = Math.sqrt(2) * rule.getPoint(i);
        return nodes;
    }

    private static double[] weights(GaussIntegrator rule) {
        var weights = new double[rule.getNumberOfPoints()];
        for (int i = 0; i < weights.length; i++) weights[i] = rule.getWeight(i) / Math.sqrt(Math.PI);
        return weights;
    }

    private static void requireOverlap(double m) {
        if (!(m >= -1 && m <= 1)) throw new IllegalArgumentException("m = " + m + ": expected −1 to 1");
    }

    private static void requireSetting(double rate, int d) {
        Require.positive("rate", rate);
        if (d < 4) throw new IllegalArgumentException("d = " + d + ": expected at least 4");
    }

    private static void requireGoal(double goal, double rate, int d) {
        requireSetting(rate, d);
        if (d < 12) throw new IllegalArgumentException("d = " + d + ": expected at least 12");
        if (!(goal > 0 && goal < 1))
            throw new IllegalArgumentException("goal = " + goal + ": expected above 0, below 1");
    }

    private static void requireBelow(double goal, double end) {
        if (!(goal < end))
            throw new IllegalArgumentException(
                    "goal = " + goal + ": expected below the steady overlap " + end);
    }
}
