package mechanics.limits;

import mechanics.base.Require;

import java.util.Arrays;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * A distribution of neurons ρ(a, w), as nodes with weights that integrate smooth functions: ∫ g dρ ≈ Σ_k p_k g(θ_k). No
 * sample is drawn, and the error falls exponentially with the number of nodes.
 *
 * @param nodes θ_k = (a, w₁, …, w_d), K × (d + 1). Not modified, but kept.
 * @param weights p_k, K numbers of at least 0 and of sum 1. Not modified, but kept.
 */
public record NeuronMeasure(double[][] nodes, double[] weights) {
    private static final int MOST_NODES = 1 << 20;

    /** Checks shapes and weights. */
    public NeuronMeasure {
        if (nodes.length == 0 || nodes.length != weights.length)
            throw new IllegalArgumentException("nodes, weights of " + nodes.length + ", " + weights.length
                    + " entries: expected equal numbers, at least 1");
        for (double[] node : nodes)
            if (node.length < 2 || node.length != nodes[0].length)
                throw new IllegalArgumentException("nodes has rows of " + nodes[0].length + " and "
                        + node.length + " numbers: expected equal lengths of at least 2, for a and w");
        double sum = Arrays.stream(weights).sum();
        if (!(Math.abs(sum - 1) < 1e-9) || Arrays.stream(weights).anyMatch(p -> p < 0))
            throw new IllegalArgumentException(
                    "weights of sum " + sum + ": expected numbers of at least 0 and of sum 1");
    }

    /**
     * a = ±1 with equal probability and w uniform on a circle: the trapezoidal rule in the angle.
     *
     * @param angles the number of directions, at least 1
     * @param radius ‖w‖, positive
     */
    public static NeuronMeasure circle(int angles, double radius) {
        if (angles < 1) throw new IllegalArgumentException("angles = " + angles + ": expected at least 1");
        Require.positive("radius", radius);
        var nodes = new double[2 * angles][];
        for (int k = 0; k < angles; k++) {
            double angle = 2 * Math.PI * k / angles;
            double u = radius * Math.cos(angle);
            double v = radius * Math.sin(angle);
            nodes[2 * k] = new double[]{1, u, v};
            nodes[2 * k + 1] = new double[]{-1, u, v};
        }
        var weights = new double[2 * angles];
        Arrays.fill(weights, 0.5 / angles);
        return new NeuronMeasure(nodes, weights);
    }

    /**
     * Independent normal parameters: a Gauss–Hermite rule (Hipparchus) in each of the d + 1 directions.
     *
     * @param dimension d
     * @param readoutDeviation of a, positive
     * @param weightDeviation of each component of w, positive
     * @param perDirection nodes in each direction; perDirection^(d + 1) at most 2²⁰
     */
    public static NeuronMeasure normal(int dimension, double readoutDeviation, double weightDeviation,
            int perDirection) {
        Require.positive("readoutDeviation", readoutDeviation);
        Require.positive("weightDeviation", weightDeviation);
        if (dimension < 1 || perDirection < 1 || Math.pow(perDirection, dimension + 1) > MOST_NODES)
            throw new IllegalArgumentException("dimension, perDirection = " + dimension + ", " + perDirection
                    + ": expected at least 1, and perDirection^(dimension + 1) at most " + MOST_NODES);
        GaussIntegrator rule = new GaussIntegratorFactory().hermite(perDirection);
        int count = (int) Math.round(Math.pow(perDirection, dimension + 1));
        var nodes = new double[count][dimension + 1];
        var weights = new double[count];
        Arrays.fill(weights, 1);
        for (int k = 0; k < count; k++) {
            int rest = k;
            for (int j = 0; j <= dimension; j++) {
                int node = rest % perDirection;
                rest /= perDirection;
                // The rule is for the weight e^(−z²): a standard normal variable is √2 z.
                nodes[k][j] = (j == 0 ? readoutDeviation : weightDeviation) * Math.sqrt(2)
                        * rule.getPoint(node);
                weights[k] *= rule.getWeight(node) / Math.sqrt(Math.PI);
            }
        }
        return new NeuronMeasure(nodes, weights);
    }

    /** The number of nodes, K. */
    public int count() { return weights.length; }

    /** The number of inputs, d. */
    public int dimension() { return nodes[0].length - 1; }
}
