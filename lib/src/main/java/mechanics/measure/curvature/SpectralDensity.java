package mechanics.measure.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.DenseEigen;
import mechanics.linalg.RitzSpace;
import mechanics.linalg.SymmetricOperator;
import mechanics.measure.Measured;
import mechanics.statistics.Estimate;
import mechanics.training.Observable;

/**
 * The density of all eigenvalues of a symmetric operator, ρ(λ) = (1/n) Σᵢ δ(λ − λᵢ), by stochastic Lanczos
 * quadrature. For each of a few random vectors z, m steps of Lanczos' method give m nodes θ and weights w with
 * Σ w p(θ) = zᵀ p(A) z / zᵀz for every polynomial p of degree up to 2m − 1; the mean over z approaches ∫ p dρ.
 *
 * <p>Cost: m products A v for each probe, O(m² n) for the orthogonalization, and memory of 2 m n numbers. Sources:
 * Ubaru, Chen and Saad (2017); Ghorbani, Krishnan and Xiao (2019).
 */
public final class SpectralDensity {
    private final int size;
    private final List<Quadrature> probes;

    private SpectralDensity(int size, List<Quadrature> probes) {
        this.size = size;
        this.probes = probes;
    }

    /** What one random vector gave: nodes, and weights that sum to 1. */
    private record Quadrature(DenseEigen eigen) {
        double integral(DoubleUnaryOperator f) {
            double sum = 0;
            for (int j = 0; j < eigen.count(); j++) {
                double weight = eigen.vector(j)[0] * eigen.vector(j)[0];
                sum += weight * f.applyAsDouble(eigen.value(j));
            }
            return sum;
        }
    }

    /**
     * Measures the density.
     *
     * @param operator the symmetric matrix, as a map
     * @param probes the number of random vectors; 10 give about 10 % at n = 1000, less where n is larger
     * @param steps m, the number of Lanczos steps for each, cut to n where larger
     * @param seed where the random numbers come from; equal seeds give equal numbers
     * @throws ArithmeticException where a product has an entry that is NaN or infinite
     */
    public static SpectralDensity of(SymmetricOperator operator, int probes, int steps, Seed seed) {
        if (probes <= 0) throw new IllegalArgumentException("probes = " + probes + ": expected at least 1");
        if (steps <= 0) throw new IllegalArgumentException("steps = " + steps + ": expected at least 1");
        int capacity = Math.min(steps, operator.size());
        Array z = operator.precision().array(operator.size());
        var quadratures = new ArrayList<Quadrature>(probes);
        for (int i = 0; i < probes; i++) {
            HessianTrace.fillSigns(z, seed.derive(i));
            var space = new RitzSpace(operator, capacity, seed);
            space.add(z);
            // An early end means that z lies in a space that A maps to itself: the quadrature is exact.
            while (!space.isFull() && space.add(space.lastImage())) {
            }
            quadratures.add(new Quadrature(space.eigen()));
        }
        return new SpectralDensity(operator.size(), quadratures);
    }

    /**
     * The density of the Hessian's eigenvalues along a run, one column for each point of a grid.
     *
     * @param grid the points λ
     * @param width the standard deviation of the Gaussian that smooths
     * @param probes the number of random directions
     * @param steps of Lanczos, for each probe
     * @param seed where the random numbers come from; equal seeds give equal numbers
     */
    public static Observable observable(double[] grid, double width, int probes, int steps, Seed seed) {
        var columns = DoubleStream.of(grid).mapToObj(lambda -> "ρ(" + lambda + ")").toList();
        double[] points = grid.clone();
        return new Measured(columns, snapshot -> {
            var density = of(Hessian.of(snapshot.derivatives()), probes, steps, seed);
            return DoubleStream.of(points).map(lambda -> density.density(lambda, width)).toArray();
        });
    }

    /** The dimension n of the operator. */
    public int size() { return size; }

    /**
     * ∫ f dρ, the mean of f over the eigenvalues, with the standard error over the probes.
     *
     * @param f a function of the eigenvalue
     */
    public Estimate mean(DoubleUnaryOperator f) {
        return Estimate.of(probes.stream().mapToDouble(probe -> probe.integral(f)).toArray());
    }

    /**
     * The fraction of eigenvalues that are at most {@code lambda}.
     *
     * @param lambda λ
     */
    public Estimate fractionUpTo(double lambda) { return mean(theta -> theta <= lambda ? 1 : 0); }

    /**
     * The density at {@code lambda}, smoothed by a Gaussian.
     *
     * @param lambda λ
     * @param width σ, the standard deviation of the Gaussian, positive
     */
    public double density(double lambda, double width) {
        if (!(width > 0))
            throw new IllegalArgumentException("width = " + width + ": expected a positive number");
        return mean(theta -> {
            double z = (lambda - theta) / width;
            return Math.exp(-z * z / 2) / (width * Math.sqrt(2 * Math.PI));
        }).mean();
    }

    /** The smallest node: close to the smallest eigenvalue where that stands apart. */
    public double smallest() {
        return probes.stream().mapToDouble(probe -> probe.eigen().value(0)).min().orElseThrow();
    }

    /** The largest node: close to the largest eigenvalue where that stands apart. */
    public double largest() {
        return probes.stream().mapToDouble(probe -> probe.eigen().value(probe.eigen().count() - 1)).max()
                .orElseThrow();
    }
}
