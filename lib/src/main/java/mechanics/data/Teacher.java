package mechanics.data;

import mechanics.base.Seed;
import mechanics.base.Require;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * A teacher: targets y = f(x) + noise · ξ with ξ standard normal, for a function f that the student does not
 * see. The noise has its own random stream, so the inputs of a seed are the same at every noise.
 *
 * @param inputs where x comes from
 * @param function f
 * @param noise standard deviation of the noise, at least 0
 */
public record Teacher(Inputs inputs, ToDoubleFunction<double[]> function, double noise) {

    public Teacher {
        Require.notNegative("noise", noise);
    }

    /** A teacher without noise. */
    public static Teacher of(Inputs inputs, ToDoubleFunction<double[]> function) {
        return new Teacher(inputs, function, 0);
    }

    /** The same teacher with this standard deviation of the noise. */
    public Teacher withNoise(double deviation) {
        return new Teacher(inputs, function, deviation);
    }

    /** n independent samples; targets are n × 1. */
    public Samples sample(int n, long seed) {
        RandomGenerator random = Seed.of(seed).draw("noise");
        double[][] x = inputs.sample(n, seed);
        double[][] y = Arrays.stream(x)
                .map(row -> new double[]{function.applyAsDouble(row) + noise * random.nextGaussian()})
                .toArray(double[][]::new);
        return Samples.of(x, y);
    }
}
