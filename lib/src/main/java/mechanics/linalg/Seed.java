package mechanics.linalg;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The one source of randomness: a number from which any count of independent streams is derived by name. The
 * stream for {@code "layer1.weight"} stays the same whatever else is drawn, so that adding a layer, a batch or an
 * observable changes no other random number.
 */
public record Seed(long value) {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS = RandomGeneratorFactory
            .of("L64X128MixRandom");

    /** The seed with the given value. */
    public static Seed of(long value) { return new Seed(value); }

    /** The seed for the part of an experiment that has the given name. */
    public Seed derive(String name) {
        long hash = value;
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash ^ name.charAt(i));
        }
        return new Seed(mix(hash + name.length()));
    }

    /** The seed for part number {@code index} of an experiment. */
    public Seed derive(int index) {
        return new Seed(mix(mix(value + 0x9e3779b97f4a7c15L) ^ index));
    }

    /** A generator for this seed, at its start. */
    public RandomGenerator stream() {
        return GENERATORS.create(value);
    }

    /** A generator for the part with the given name, at its start. */
    public RandomGenerator stream(String name) {
        return derive(name).stream();
    }

    /** A generator for part number {@code index}, at its start. */
    public RandomGenerator stream(int index) {
        return derive(index).stream();
    }

    /** Fills an array with independent normal numbers of mean 0. Modified: array. */
    public void fillGaussian(String name, Array array, double standardDeviation) {
        var random = stream(name);
        for (int i = 0; i < array.length(); i++) {
            array.set(i, standardDeviation * random.nextGaussian());
        }
    }

    /** Fills an array with independent numbers, uniform between {@code low} and {@code high}. Modified: array. */
    public void fillUniform(String name, Array array, double low, double high) {
        var random = stream(name);
        for (int i = 0; i < array.length(); i++) {
            array.set(i, low + (high - low) * random.nextDouble());
        }
    }

    /** Scatters the bits of {@code z} (the finalizer of SplitMix64; Steele, Lea and Flood 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
