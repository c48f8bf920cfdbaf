package mechanics.solvable;

import java.util.function.DoubleUnaryOperator;

import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.special.Beta;

import mechanics.base.Require;

/**
 * A linear associative memory: N facts, pairs of a random unit vector k (key, in d dimensions) and another one v (value,
 * in D dimensions), stored in one matrix W = Σ v kᵀ. Fact i is recalled if of all N values its own has the largest
 * product with Wkᵢ. The theory gives the share of facts that is recalled.
 *
 * <p>Wkᵢ = vᵢ + n with noise n of variance (N − 2)/dD in each coordinate. A fact j whose key has the overlap a with kᵢ
 * and whose value has the overlap b with vᵢ takes part in both: it stays behind by (1 − a)(1 − b) and noise. With
 * s = 1 + vᵢ·n, the length r of the part of n orthogonal to vᵢ, and the share t of vⱼ's direction in it, j wins if
 * r√(1 − b²) t > (1 − b)(s − a). Here a, b and t are coordinates of random unit vectors in d, D and D − 1 dimensions. So
 *
 * <pre>recall = E F(s, r)ᴺ⁻¹,   F(s, r) = P(t &lt; √((1 − b)/(1 + b)) (s − a)/r).</pre>
 *
 * <p>It takes the noise for Gaussian and the competitors for independent, which leaves out terms of the size of a few
 * facts more or less: recall(N) − recall(N + 2). To leading order half of the facts are recalled at N ln N = dD/2; the next
 * order, in ln ln N, makes it 10 to 20 % more for all d from 64 to 4000.
 *
 * <p>Averages are sums over equally spaced points, which for these densities converge faster than any power. Cost of a
 * recall: 30,000 distribution functions, about 20 ms.
 *
 * <p>Source: Nichani, Lee and Bietti (2025) for the memory and its capacity dD up to logarithms; the formula is derived
 * in notebook 1.15.
 */
public final class AssociativeMemory {

    /** Which overlaps between two facts are taken into account. */
    public enum Overlaps {
        /** Those of keys and those of values, as there are. */
        BOTH,
        /** Those of keys only: b = 0. */
        KEYS,
        /** Those of values only: a = 0. */
        VALUES,
        /** None: the other values see nothing but noise. */
        NONE
    }

    /** Between points, in standard deviations: the error of the sum is about exp(−2π²/STEP²). */
    private static final double STEP = 0.85;
    /** Points on each side: up to 5.1 standard deviations. */
    private static final int POINTS = 6;

    private final int keys;
    private final int values;
    private final Overlaps overlaps;

    private AssociativeMemory(int keys, int values, Overlaps overlaps) {
        this.keys = keys;
        this.values = values;
        this.overlaps = overlaps;
    }

    /**
     * Keys and values in equally many dimensions.
     *
     * @param dimension d = D, at least 4
     */
    public static AssociativeMemory of(int dimension) { return of(dimension, dimension); }

    /**
     * A memory of {@code keys × values} weights.
     *
     * @param keys d, the dimension of the keys, at least 4
     * @param values D, the dimension of the values, at least 4
     * @throws IllegalArgumentException if there are fewer
     */
    public static AssociativeMemory of(int keys, int values) {
        return new AssociativeMemory(atLeast(4, "keys", keys), atLeast(4, "values", values), Overlaps.BOTH);
    }

    /**
     * The same without some of the overlaps: not a better theory, but one that shows what they do.
     *
     * @param some those that are kept
     */
    public AssociativeMemory with(Overlaps some) { return new AssociativeMemory(keys, values, some); }

    /**
     * The mean share of the facts that W = Σ v kᵀ recalls.
     *
     * @param facts N, at least 1; it need not be whole
     */
    public double recall(double facts) {
        requireFacts(facts);
        return facts <= 2 ? 1 : recall(facts, (facts - 2) / ((double) keys * values), 1);
    }

    /**
     * The mean share of the facts that the matrix with the smallest Σ |Wk − v|² recalls, that is, linear regression from
     * keys to values. Its noise is that of d facts less, ((N − 2)/(N − 1)) (N − d)/dD beside a signal of 1, because a
     * projection on d dimensions has d/N on its diagonal and squares that sum up to d; for the same reason overlaps of
     * keys shrink by √(1 − d/N).
     *
     * @param facts N, at least 1; up to d they are stored without error
     */
    public double leastSquaresRecall(double facts) {
        requireFacts(facts);
        if (facts <= Math.max(2, keys)) return 1;
        double unused = (facts - keys) / facts;
        double noise = (facts - 2) / (facts - 1) * (facts - keys) / ((double) keys * values);
        return recall(facts, noise, Math.sqrt(unused));
    }

    /**
     * The number of facts at which the recall has fallen to a level.
     *
     * @param level above 0 and below 1, such as 0.5
     */
    public double capacity(double level) { return inverse(level, this::recall); }

    /**
     * The same for {@link #leastSquaresRecall}.
     *
     * @param level above 0 and below 1
     */
    public double leastSquaresCapacity(double level) { return inverse(level, this::leastSquaresRecall); }

    /** Where half of the facts are recalled to leading order: the solution of N ln N = dD/2. */
    public double leadingCapacity() {
        double half = (double) keys * values / 2;
        return new BrentSolver(1e-9 * half).solve(1000, n -> n * Math.log(n) - half, 1, 2 * half + 2);
    }

    private double inverse(double level, DoubleUnaryOperator recall) {
        if (!(level > 0 && level < 1))
            throw new IllegalArgumentException("level = " + level + ": expected a share above 0 and below 1");
        double high = Math.log(2);
        while (high < 700 && recall.applyAsDouble(Math.exp(high)) > level) high += 1;
        // Over ln N the logit of the recall is nearly straight.
        double target = logit(level);
        return Math.exp(new BrentSolver(1e-7).solve(100,
                x -> logit(recall.applyAsDouble(Math.exp(x))) - target, high - 1, high));
    }

    private static double logit(double share) {
        double p = Math.min(Math.max(share, 1e-300), 1 - 1e-15);
        return Math.log(p / (1 - p));
    }

    private double recall(double facts, double noise, double keyScale) {
        boolean a = overlaps == Overlaps.BOTH || overlaps == Overlaps.KEYS;
        boolean b = overlaps == Overlaps.BOTH || overlaps == Overlaps.VALUES;
        Points keyOverlaps = a ? Points.ofCoordinate(keys, keyScale) : Points.ZERO;
        Points valueOverlaps = b ? Points.ofCoordinate(values, 1) : Points.ZERO;
        Points signals = Points.ofGaussian(1, Math.sqrt(noise));
        Points lengths = Points.ofLength(values - 1, Math.sqrt(noise));
        double recall = 0;
        for (int i = 0; i < signals.x.length; i++)
            for (int j = 0; j < lengths.x.length; j++) {
                double wins = 0;
                for (int k = 0; k < valueOverlaps.x.length; k++) {
                    double b1 = valueOverlaps.x[k];
                    double shrink = Math.sqrt((1 - b1) / (1 + b1)) / lengths.x[j];
                    for (int l = 0; l < keyOverlaps.x.length; l++)
                        wins += valueOverlaps.weight[k] * keyOverlaps.weight[l]
                                * above(shrink * (signals.x[i] - keyOverlaps.x[l]), values - 1);
                }
                recall += signals.weight[i] * lengths.weight[j]
                        * Math.exp((facts - 1) * Math.log1p(-Math.min(wins, 1)));
            }
        return recall;
    }

    /** P(t > x) for a coordinate t of a random unit vector. */
    private static double above(double x, int dimension) {
        if (Math.abs(x) >= 1) return x > 0 ? 0 : 1;
        double tail = Beta.regularizedBeta(1 - x * x, (dimension - 1) / 2.0, 0.5) / 2;
        return x > 0 ? tail : 1 - tail;
    }

    /** Points and weights that sum to one. */
    private record Points(double[] x, double[] weight) {
        static final Points ZERO = new Points(new double[]{0}, new double[]{1});

        /** Logarithms of unnormalized densities at equally spaced points become weights. */
        private static Points of(DoubleUnaryOperator x, DoubleUnaryOperator logDensity) {
            var places = new double[2 * POINTS + 1];
            var weights = new double[places.length];
            double sum = 0;
            for (int i = 0; i < places.length; i++) {
                double z = STEP * (i - POINTS);
                places[i] = x.applyAsDouble(z);
                weights[i] = Math.exp(logDensity.applyAsDouble(z));
                sum += weights[i];
            }
            for (int i = 0; i < weights.length; i++) weights[i] /= sum;
            return new Points(places, weights);
        }

        /** A coordinate sin θ of a random unit vector: θ has a density ∝ (cos θ)ᵈ⁻², smooth also at its ends. */
        static Points ofCoordinate(int dimension, double scale) {
            double width = Math.min(1 / Math.sqrt(dimension), Math.PI / 2 / (STEP * (POINTS + 1)));
            return of(z -> scale * Math.sin(width * z),
                    z -> (dimension - 2) * Math.log(Math.max(Math.cos(width * z), 1e-300)));
        }

        static Points ofGaussian(double mean, double deviation) {
            return of(z -> mean + deviation * z, z -> -z * z / 2);
        }

        /** The length of a Gaussian vector: its logarithm y has a density ∝ exp(m y − e²ʸ/2). */
        static Points ofLength(int dimension, double deviation) {
            double width = 1 / Math.sqrt(2.0 * dimension);
            double center = Math.log(dimension) / 2;
            return of(z -> deviation * Math.exp(center + width * z),
                    z -> dimension * (width * z - (Math.exp(2 * width * z) - 1) / 2));
        }
    }

    private static int atLeast(int least, String name, int value) {
        if (value < least)
            throw new IllegalArgumentException(name + " = " + value + ": expected at least " + least
                    + " dimensions");
        return value;
    }

    private static void requireFacts(double facts) {
        if (!(facts >= 1 && Double.isFinite(facts)))
            throw new IllegalArgumentException("facts = " + facts + ": expected a number of at least 1");
    }
}
