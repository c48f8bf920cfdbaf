package mechanics.measure.curvature;

import java.util.List;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.SymmetricOperator;
import mechanics.measure.Measured;
import mechanics.statistics.Estimate;
import mechanics.training.Observable;

/**
 * The trace of a symmetric operator, such as the Hessian of a loss, from random probes: tr A = E[zᵀ A z] for vectors
 * z of independent random signs. The variance of a draw is 2 Σ_{i≠j} A_ij², so that a diagonal operator takes one.
 *
 * <p>Cost: one product A v for each probe. Source: Hutchinson (1990).
 */
public final class HessianTrace {
    private HessianTrace() {}

    /**
     * Estimates the trace.
     *
     * @param operator the symmetric matrix, as a map
     * @param probes the number of random vectors
     * @param seed where the random numbers come from; equal seeds give equal numbers
     * @throws ArithmeticException where a product has an entry that is NaN or infinite
     */
    public static Estimate of(SymmetricOperator operator, int probes, Seed seed) {
        if (probes <= 0) throw new IllegalArgumentException("probes = " + probes + ": expected at least 1");
        Array z = operator.precision().array(operator.size());
        Array image = operator.precision().array(operator.size());
        var draws = new double[probes];
        for (int i = 0; i < probes; i++) {
            fillSigns(z, seed.derive(i));
            operator.apply(z, image);
            draws[i] = z.dot(image);
            if (!Double.isFinite(draws[i])) {
                throw new ArithmeticException(
                        "product " + (i + 1) + " of the operator gave zᵀ A z = " + draws[i]
                                + ": expected a finite number");
            }
        }
        return Estimate.of(draws);
    }

    /**
     * The trace of the Hessian along a run and its standard error, with the same probes each time.
     *
     * @param probes the number of random directions
     * @param seed where the random numbers come from; equal seeds give equal numbers
     */
    public static Observable observable(int probes, Seed seed) {
        return new Measured(List.of("trace", "standard error"), snapshot -> {
            var trace = of(Hessian.of(snapshot.derivatives()), probes, seed);
            return new double[]{trace.mean(), trace.standardError()};
        });
    }

    /** Fills a vector with independent random signs. Modified: vector. */
    static void fillSigns(Array vector, Seed seed) {
        var random = seed.stream();
        for (int i = 0; i < vector.length(); i++) vector.set(i, random.nextBoolean() ? 1 : -1);
    }
}
