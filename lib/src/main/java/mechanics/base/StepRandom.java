package mechanics.base;

import java.util.random.RandomGenerator;

/**
 * Random numbers of each step of a run: a function of the seed and the step alone, so that a run can go on from any
 * step, and made without allocating. SplitMix64 (Steele, Lea and Flood 2014), begun anew at every step.
 */
public final class StepRandom implements RandomGenerator {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private final long seed;
    private long state;

    public StepRandom(Seed seed) {
        this.seed = seed.value();
        at(0);
    }

    /** Begins the numbers of step t. Modified. */
    public void at(long t) {
        // Mixed twice, so that the sequences of neighboring steps are not windows on one sequence.
        state = mix(mix(seed + GOLDEN) ^ t);
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
