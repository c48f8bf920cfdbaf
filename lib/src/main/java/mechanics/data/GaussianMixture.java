package mechanics.data;

import mechanics.base.Seed;
import mechanics.base.Require;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Clusters: a class is drawn, then a point around its mean, x = mean + deviation · z with z standard normal.
 */
public final class GaussianMixture implements Inputs {

    private final double[][] means;
    private final double deviation;
    private final double[] cumulative; // weights summed up, the last is 1

    private GaussianMixture(double[][] means, double deviation, double[] cumulative) {
        this.means = means;
        this.deviation = deviation;
        this.cumulative = cumulative;
    }

    /**
     * Classes of equal weight.
     *
     * @param means k × d, a row a class. Not modified.
     * @param deviation standard deviation around a mean, the same in every direction, at least 0
     */
    public static GaussianMixture of(double[][] means, double deviation) {
        double[] equal = new double[means.length];
        Arrays.fill(equal, 1);
        return of(means, deviation, equal);
    }

    /**
     * Classes of any weights.
     *
     * @param weights k numbers, at least 0, not all 0; divided by their sum. Not modified.
     */
    public static GaussianMixture of(double[][] means, double deviation, double[] weights) {
        Require.positive("number of means", means.length);
        SampleRows.of(means);
        Require.notNegative("deviation", deviation);
        if (weights.length != means.length) {
            throw new IllegalArgumentException(
                    "weights has " + weights.length + " values: expected " + means.length + ", one a mean");
        }
        double[] cumulative = new double[weights.length];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += Require.notNegative("weight", weights[k]);
            cumulative[k] = sum;
        }
        double total = Require.positive("sum of weights", sum);
        Arrays.setAll(cumulative, k -> cumulative[k] / total);
        return new GaussianMixture(Arrays.stream(means).map(double[]::clone).toArray(double[][]::new),
                deviation,
                cumulative);
    }

    @Override
    public int dimension() { return means[0].length; }

    /** The number of classes, k. */
    public int classes() { return means.length; }

    @Override
    public double[][] sample(int n, long seed) { return labeled(n, seed).inputs(); }

    /** n independent points with the class each came from. */
    public LabeledSamples labeled(int n, long seed) {
        RandomGenerator random = Seed.of(seed).draw("mixture");
        double[][] x = new double[Require.notNegative("n", n)][];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            double u = random.nextDouble();
            while (cumulative[labels[i]] <= u)
                labels[i]++;
            double[] mean = means[labels[i]];
            x[i] = Seed.gaussian(dimension(), random);
            double[] row = x[i];
            Arrays.setAll(row, j -> mean[j] + deviation * row[j]);
        }
        return LabeledSamples.of(x, labels, classes());
    }
}
