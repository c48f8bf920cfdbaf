package mechanics.data;

import mechanics.base.Seed;
import mechanics.base.Permutation;
import mechanics.base.Require;

import java.util.random.RandomGenerator;

/**
 * Equally spaced points on the unit circle, all equally likely: the simplest inputs with a symmetry. A kernel
 * that depends on the angle between two points is a circulant matrix on them, so its eigenvectors are Fourier
 * modes.
 *
 * @param points how many, at least 1
 */
public record Circle(int points) implements Inputs {

    public Circle {
        Require.positive("points", points);
    }

    @Override
    public int dimension() { return 2; }

    /** The angle of point k, 2πk / points. */
    public double angle(int k) { return 2 * Math.PI * k / points; }

    /**
     * Every point once, counterclockwise from (1, 0).
     *
     * @return points × 2
     */
    public double[][] all() {
        double[][] x = new double[points][];
        for (int k = 0; k < points; k++) {
            x[k] = point(k);
        }
        return x;
    }

    @Override
    public double[][] sample(int n, long seed) {
        RandomGenerator random = Seed.of(seed).draw("circle");
        double[][] x = new double[Require.notNegative("n", n)][];
        for (int i = 0; i < n; i++) {
            x[i] = point(random.nextInt(points));
        }
        return x;
    }

    /**
     * Independent samples without repetition. The same n and seed give the same numbers.
     *
     * @param n how many, at most {@link #points}
     * @return n × 2
     */
    public double[][] distinct(int n, long seed) {
        return Permutation.choose(all(), n, Seed.of(seed).draw("circle without repetition"));
    }

    private double[] point(int k) { return new double[]{Math.cos(angle(k)), Math.sin(angle(k))}; }
}
