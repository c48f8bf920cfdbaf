package mechanics.statistics;

import java.util.function.ToDoubleFunction;

/** The least value of a function of a few numbers, on a grid that shrinks by half around its best point at each round. */
public final class ZoomSearch {
    private static final int GRID = 7;
    private static final int ROUNDS = 28;

    private ZoomSearch() {}

    /** Where the function is least in a box. The best point so far stays on every grid, so that it never gets worse. */
    public static double[] minimize(ToDoubleFunction<double[]> function, double[] low, double[] high) {
        int k = low.length;
        var best = new double[k];
        for (int j = 0; j < k; j++) best[j] = (low[j] + high[j]) / 2;
        double least = function.applyAsDouble(best);
        double reach = 1;
        for (int round = 0; round < ROUNDS; round++) {
            double[] middle = best.clone();
            for (int cell = 0; cell < Math.pow(GRID, k); cell++) {
                var point = new double[k];
                int rest = cell;
                for (int j = 0; j < k; j++) {
                    double offset = 2.0 * (rest % GRID) / (GRID - 1) - 1;
                    rest /= GRID;
                    point[j] = Math.clamp(middle[j] + offset * reach * (high[j] - low[j]) / 2, low[j],
                            high[j]);
                }
                double value = function.applyAsDouble(point);
                if (value < least) {
                    least = value;
                    best = point;
                }
            }
            reach /= 2;
        }
        return best;
    }
}
