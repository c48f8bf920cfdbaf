package mechanics.base;

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

    /**
     * How far every stream of this process is shifted: the system property {@code mechanics.seed}, else the environment
     * variable {@code MECHANICS_SEED}, else 0. Read once.
     */
    private static final long SHIFT = shift(
            System.getProperty("mechanics.seed", System.getenv().getOrDefault("MECHANICS_SEED", "0")));

    /**
     * The seed with the given value; in a process with another {@code MECHANICS_SEED} than 0, a seed that belongs to both
     * numbers. So one switch repeats a whole experiment under fresh seeds.
     */
    public static Seed of(long value) { return new Seed(SHIFT == 0 ? value : mix(value ^ mix(SHIFT))); }

    /**
     * The seed for a learner of another library, which wants a plain number: the given number itself, or with another
     * {@code MECHANICS_SEED} than 0 a fresh one.
     */
    public static long plain(long value) { return of(value).value(); }

    /** How far every stream of this process is shifted: the value of {@code MECHANICS_SEED}, usually 0. */
    public static long shift() {
        return SHIFT;
    }

    private static long shift(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("MECHANICS_SEED = " + text + ": expected a whole number");
        }
    }

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

    /**
     * A generator for a named draw of a data set, at its start. Its derivation (FNV-1a) is older than
     * {@link #derive(String)} and stays, because the results under {@code datasets/results} were made with it.
     */
    public RandomGenerator draw(String name) {
        long mixed = value;
        for (int i = 0; i < name.length(); i++) mixed = (mixed ^ name.charAt(i)) * 0x100000001b3L;
        return GENERATORS.create(mixed);
    }

    /** n independent normal numbers of mean 0 and variance 1. */
    public static double[] gaussian(int n, RandomGenerator random) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = random.nextGaussian();
        return x;
    }

    /** Scatters the bits of {@code z} (the finalizer of SplitMix64; Steele, Lea and Flood 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
