package mechanics.training;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Network;
import mechanics.network.layers.Dense;
import mechanics.training.tasks.SquaredError;

/** L(w) = ½ Σ λᵢ wᵢ², the loss of a linear network on d samples √λᵢ eᵢ with targets 0. */
@SuppressWarnings("MutablePublicArray") // constants of tests, which do not change them
public final class Quadratic {
    public static final double[] CURVATURES = {4, 1, 0.25};
    public static final double[] START = {1, -2, 0.5};

    private Quadratic() {}

    /** A run of the rule on the quadratic with the given curvatures from the given start. */
    public static Run run(LearningRule rule, double[] curvatures, double[] start) {
        int d = curvatures.length;
        var network = Network.of(Shape.of(d), Dense.of(1).withoutBias()).precision(Precision.FLOAT64).build();
        network.parameters().set(Precision.FLOAT64.array(start));
        var inputs = new double[d][d];
        for (int i = 0; i < d; i++) inputs[i][i] = Math.sqrt(curvatures[i]);
        return Run.of(network, SquaredError.HALF_SUM, inputs, new double[d][1], rule);
    }

    /** A run with the usual curvatures and start. */
    public static Run run(LearningRule rule) {
        return run(rule, CURVATURES, START);
    }

    /** Where the rule is after some steps. */
    public static double[] after(long steps, LearningRule rule) {
        return run(rule).steps(steps).train().network().parameters().array().toDoubles();
    }

    /** Random normal numbers as rows. */
    public static double[][] normal(int rows, int columns, long seed) {
        Array all = Precision.FLOAT64.array(rows * columns);
        all.fillGaussian(Seed.of(seed).stream("rows"), 1);
        return all.toRows(columns);
    }
}
