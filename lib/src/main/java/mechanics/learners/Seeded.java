package mechanics.learners;

import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

import smile.math.MathEx;

import mechanics.base.Seed;

/**
 * Trains a model of Smile on one thread. Smile grows its trees on all threads, each with a generator of its own, and a
 * thread that waits for one tree may go on with another: so the same seed would give another forest each time.
 */
final class Seeded {
    private Seeded() {}

    /** What {@code fit} gives with Smile's generator at the seed. */
    static <R> R train(long seed, Supplier<R> fit) {
        try (var alone = new ForkJoinPool(1)) {
            return alone.submit(() -> {
                MathEx.setSeed(Seed.plain(seed));
                return fit.get();
            }).join();
        }
    }
}
