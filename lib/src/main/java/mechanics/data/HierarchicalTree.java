package mechanics.data;

import mechanics.base.Seed;
import mechanics.base.Require;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Items at the leaves of a binary tree, with features that diffuse down the tree: the data of the figure in
 * which deep linear networks learn broad distinctions before fine ones (Saxe, McClelland and Ganguli 2014,
 * figure 3: 5 levels, 32 items, 1000 features, flip probability 0.1).
 *
 * <p>
 * Each feature is ±1 at the root with equal probability, is passed to both children of every node, and
 * changes its sign on each branch with the flip probability ε, independently. Two items whose branches part
 * h levels above them therefore have the expected covariance q<sup>h</sup> with q = (1 − 2ε)². The
 * eigenvectors of that matrix are the constant and the splits of the tree, so its eigenvalues are known:
 *
 * <pre>
 * all items               1 + Σ_{j=1..levels} 2^{j−1} q^j                        once
 * a split h levels up     1 + Σ_{j=1..h−1} 2^{j−1} q^j − 2^{h−1} q^h             2^{levels−h} times
 * </pre>
 *
 * <p>
 * The inputs are one-hot, an item each, so Σ¹¹ is the identity, and the input–output correlation Σ³¹ has the
 * features as rows and the items as columns. Both are sums over the items, as in the paper, not means.
 */
public final class HierarchicalTree {

    private final int levels;
    private final double flipProbability;
    private final double[][] features; // items × features

    private HierarchicalTree(int levels, double flipProbability, double[][] features) {
        this.levels = levels;
        this.flipProbability = flipProbability;
        this.features = features;
    }

    /** The published setting: 5 levels, so 32 items, with 1000 features and flip probability 0.1. */
    public static HierarchicalTree saxe2014(long seed) {
        return sample(5, 1000, 0.1, seed);
    }

    /**
     * Draws the features of a tree.
     *
     * @param levels branchings from the root to an item, 0 to 20: there are 2<sup>levels</sup> items
     * @param features how many, at least 1
     * @param flipProbability ε, the chance that a feature changes sign on a branch
     */
    public static HierarchicalTree sample(int levels, int features, double flipProbability, long seed) {
        if (levels < 0 || levels > 20) {
            throw new IllegalArgumentException("levels = " + levels + ": expected 0 to 20");
        }
        Require.positive("features", features);
        Require.probability("flipProbability", flipProbability);
        RandomGenerator random = Seed.of(seed).draw("tree");
        double[][] items = new double[1 << levels][features];
        for (int feature = 0; feature < features; feature++) {
            items[0][feature] = random.nextBoolean() ? 1 : -1;
            // A node's value sits at its first leaf; each level fills in twice as many.
            for (int span = items.length; span > 1; span /= 2) {
                for (int node = 0; node < items.length; node += span) {
                    double parent = items[node][feature];
                    items[node][feature] = diffused(parent, flipProbability, random);
                    items[node + span / 2][feature] = diffused(parent, flipProbability, random);
                }
            }
        }
        return new HierarchicalTree(levels, flipProbability, items);
    }

    private static double diffused(double value, double flipProbability, RandomGenerator random) {
        return random.nextDouble() < flipProbability ? -value : value;
    }

    /** The number of items, 2<sup>levels</sup>. */
    public int items() { return features.length; }

    /** The number of features. */
    public int features() { return features[0].length; }

    public int levels() { return levels; }

    /** ε */
    public double flipProbability() { return flipProbability; }

    /** The training set: one-hot inputs, items × items, and the features as targets, items × features. */
    public Samples samples() {
        double[][] targets = Arrays.stream(features).map(double[]::clone).toArray(double[][]::new);
        return Samples.of(inputCorrelation(), targets);
    }

    /** Σ¹¹ = Σ<sub>items</sub> x xᵀ, items × items: the identity. A fresh copy. */
    public double[][] inputCorrelation() {
        double[][] identity = new double[items()][items()];
        for (int i = 0; i < identity.length; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    /**
     * Σ³¹ = Σ<sub>items</sub> y xᵀ, features × items: column i holds the features of item i. A fresh copy.
     */
    public double[][] inputOutputCorrelation() {
        double[][] correlation = new double[features()][items()];
        for (int item = 0; item < items(); item++) {
            for (int feature = 0; feature < features(); feature++) {
                correlation[feature][item] = features[item][feature];
            }
        }
        return correlation;
    }

    /** The covariance between items over the sampled features, items × items: (Σ³¹)ᵀ Σ³¹ / features. */
    public double[][] itemCovariance() {
        double[][] covariance = new double[items()][items()];
        for (int i = 0; i < items(); i++) {
            for (int j = 0; j < items(); j++) {
                double sum = 0;
                for (int feature = 0; feature < features(); feature++) {
                    sum += features[i][feature] * features[j][feature];
                }
                covariance[i][j] = sum / features();
            }
        }
        return covariance;
    }

    /**
     * The expectation of {@link #itemCovariance()}: q<sup>h</sup> for items that part h levels above them.
     */
    public double[][] expectedItemCovariance() {
        double[][] covariance = new double[items()][items()];
        for (int i = 0; i < items(); i++) {
            for (int j = 0; j < items(); j++) {
                covariance[i][j] = Math.pow(q(), levelsApart(i, j));
            }
        }
        return covariance;
    }

    /**
     * The eigenvalues λ of {@link #expectedItemCovariance()}, largest first, one an item. They tell the
     * broad from the fine: all items, the split at the root, the 2 splits below it, the 4 below these, and
     * so on.
     */
    public double[] expectedEigenvalues() {
        double[] eigenvalues = new double[items()];
        double within = 1; // Σ of the covariances of an item with the items of its subtree of height h − 1
        double power = q();
        int end = items();
        for (int h = 1; h <= levels; h++, power *= q()) {
            double across = Math.scalb(power, h - 1); // 2^{h−1} q^h: with the items across the split
            int count = 1 << (levels - h);
            Arrays.fill(eigenvalues, end - count, end, within - across);
            end -= count;
            within += across;
        }
        eigenvalues[0] = within;
        return eigenvalues;
    }

    /**
     * The singular values of Σ³¹ that the expected covariance gives, √(features · λ), largest first. Those
     * of a sample scatter around them: equal ones spread by a relative amount of order √(items / features).
     */
    public double[] expectedSingularValues() {
        return Arrays.stream(expectedEigenvalues()).map(eigenvalue -> Math.sqrt(features() * eigenvalue))
                .toArray();
    }

    @Override
    public String toString() {
        return items() + " items with " + features() + " features, flip probability " + flipProbability;
    }

    private double q() { return (1 - 2 * flipProbability) * (1 - 2 * flipProbability); }

    /** The height above two leaves at which their branches part. */
    private static int levelsApart(int i, int j) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(i ^ j);
    }
}
