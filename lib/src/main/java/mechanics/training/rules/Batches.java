package mechanics.training.rules;

import java.util.Arrays;

import mechanics.base.Seed;
import mechanics.base.StepRandom;
import mechanics.training.Task;

/**
 * Which samples each step of a rule sees. Samples that a task needs together (see {@link Task#group}) stay together,
 * and sizes count samples.
 */
public sealed interface Batches {
    /** Every step sees all samples. */
    static Batches all() { return new All(); }

    /**
     * Without replacement: every epoch shuffles the samples and cuts them into batches. The last batch of an epoch is
     * what is left, smaller if the size does not divide the number of samples: each sample is seen once per epoch.
     *
     * @param size samples in a batch, from 1 to n
     */
    static Batches shuffled(int size) { return new Shuffled(size); }

    /**
     * With replacement: every step draws its samples independently, all equally likely.
     *
     * @param size samples in a batch, from 1 to n
     */
    static Batches withReplacement(int size) { return new WithReplacement(size); }

    /**
     * Checks that batches can be drawn.
     *
     * @param samples n
     * @param group the number of neighboring samples that belong together
     * @throws IllegalArgumentException where a batch is larger than the data or cuts through a group
     */
    void check(int samples, int group);

    /**
     * Begins to draw.
     *
     * @param samples n
     * @param group how many neighboring samples stay together
     * @param seed where the random numbers come from; equal seeds give equal numbers
     */
    Sampler start(int samples, int group, Seed seed);

    /** Batches being drawn. */
    interface Sampler {
        /**
         * The numbers of the samples that step t sees, as a function of the seed and t. Shared.
         *
         * @param t the number of the step, from 0
         */
        int[] batch(long t);
    }

    /** All samples. */
    record All() implements Batches {
        @Override
        public void check(int samples, int group) {
            // Fits any data.
        }

        @Override
        public Sampler start(int samples, int group, Seed seed) {
            int[] everything = identity(samples);
            return _ -> everything;
        }
    }

    /**
     * Batches of a permutation that every epoch draws anew.
     *
     * @param size samples in a batch, from 1 to n
     */
    record Shuffled(int size) implements Batches {
        /** Checks the size. */
        public Shuffled {
            requireSize(size);
        }

        @Override
        public void check(int samples, int group) { requireFits(size, samples, group); }

        @Override
        public Sampler start(int samples, int group, Seed seed) {
            return new Permutation(samples / group, group, size / group, seed);
        }
    }

    /**
     * Independent draws.
     *
     * @param size samples in a batch, from 1 to n
     */
    record WithReplacement(int size) implements Batches {
        /** Checks the size. */
        public WithReplacement {
            requireSize(size);
        }

        @Override
        public void check(int samples, int group) { requireFits(size, samples, group); }

        @Override
        public Sampler start(int samples, int group, Seed seed) {
            var random = new StepRandom(seed);
            var batch = new int[size];
            int groups = samples / group;
            return t -> {
                random.at(t);
                for (int i = 0; i < batch.length; i += group) {
                    int first = random.nextInt(groups) * group;
                    for (int j = 0; j < group; j++) batch[i + j] = first + j;
                }
                return batch;
            };
        }
    }

    /** The batches of one epoch at a time. */
    final class Permutation implements Sampler {
        private final StepRandom random;
        private final int[] order;
        private final int group;
        private final int size;
        private final int perEpoch;
        private final int[] batch;
        private final int[] last;
        private long epoch = -1;

        private Permutation(int groups, int group, int size, Seed seed) {
            random = new StepRandom(seed);
            order = new int[groups];
            this.group = group;
            this.size = size;
            perEpoch = (groups + size - 1) / size;
            batch = new int[size * group];
            int left = groups - (perEpoch - 1) * size;
            last = left == size ? batch : new int[left * group];
        }

        @Override
        public int[] batch(long t) {
            if (t / perEpoch != epoch) shuffle(t / perEpoch);
            int number = (int) (t % perEpoch);
            int[] chosen = number == perEpoch - 1 ? last : batch;
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = order[number * size + i / group] * group + i % group;
            }
            return chosen;
        }

        /** Fisher and Yates, from the order as given, so that an epoch does not depend on those before. */
        private void shuffle(long number) {
            epoch = number;
            random.at(number);
            for (int i = 0; i < order.length; i++) order[i] = i;
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int moved = order[i];
                order[i] = order[j];
                order[j] = moved;
            }
        }
    }

    private static int[] identity(int samples) {
        var order = new int[samples];
        Arrays.setAll(order, i -> i);
        return order;
    }

    private static void requireSize(int size) {
        if (size <= 0) throw new IllegalArgumentException("batch = " + size + ": expected at least 1 sample");
    }

    private static void requireFits(int size, int samples, int group) {
        if (size > samples) {
            throw new IllegalArgumentException(
                    "batch = " + size + ": expected at most the " + samples + " samples of the data");
        }
        if (size % group != 0) {
            throw new IllegalArgumentException(
                    "batch = " + size + ": expected a multiple of the " + group
                            + " samples that the task needs together");
        }
    }
}
