package mechanics.data;

import mechanics.base.Seed;
import mechanics.base.Require;

import java.util.random.RandomGenerator;

/**
 * Vectors uniform on a sphere around the origin: a Gaussian vector scaled to the radius (Muller 1959). With
 * radius √d the coordinates have variance 1.
 *
 * @param dimension d, at least 1
 * @param radius positive
 */
public record Sphere(int dimension, double radius) implements Inputs {

    public Sphere {
        Require.positive("dimension", dimension);
        Require.positive("radius", radius);
    }

    /** The unit sphere. */
    public static Sphere unit(int dimension) { return new Sphere(dimension, 1); }

    @Override
    public double[][] sample(int n, long seed) {
        RandomGenerator random = Seed.of(seed).draw("sphere");
        double[][] x = new double[Require.notNegative("n", n)][];
        for (int i = 0; i < n; i++) {
            x[i] = scaledTo(radius, Seed.gaussian(dimension, random));
        }
        return x;
    }

    /** The vector scaled to the given norm. {@code x} is modified. */
    static double[] scaledTo(double norm, double[] x) {
        double sum = 0;
        for (double value : x)
            sum += value * value;
        double factor = norm / Math.sqrt(sum);
        for (int i = 0; i < x.length; i++)
            x[i] *= factor;
        return x;
    }
}
