package mechanics.training.rules;

import java.util.random.RandomGenerator;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.training.Derivatives;
import mechanics.training.tasks.CrossEntropy;
import mechanics.training.tasks.Logistic;

/** Fresh noise on the targets at every step (Blanc et al. 2020; Damian, Ma and Lee 2021). */
public sealed interface LabelNoise {
    /** No noise. */
    static LabelNoise none() { return new None(); }

    /**
     * Adds to every target number a normal one of mean 0.
     *
     * @param deviation the standard deviation, not negative
     */
    static LabelNoise gaussian(double deviation) { return new Gaussian(deviation); }

    /**
     * Makes each label a wrong one with the given probability. A class becomes any other, all equally likely, whether
     * targets are one-hot rows or numbers of classes; a target ±1 of a single output changes its sign, and one of 0
     * and 1 becomes the other.
     *
     * @param probability that of a flip, from 0 to 1
     */
    static LabelNoise flips(double probability) { return new Flips(probability); }

    /**
     * Checks that the targets can have this noise.
     *
     * @param loss the loss whose targets are to be changed
     * @throws IllegalArgumentException where they cannot
     */
    default void check(Derivatives loss) {}

    /**
     * Changes the targets of the selected samples. Modified: those targets.
     *
     * @param batch the samples of a step; their targets are modified
     * @param random where the random numbers come from
     */
    void apply(Derivatives batch, RandomGenerator random);

    /** Targets as they are. */
    record None() implements LabelNoise {
        @Override
        public void apply(Derivatives batch, RandomGenerator random) {
            // Nothing to change.
        }
    }

    /**
     * Normal noise.
     *
     * @param deviation the standard deviation, not negative
     */
    record Gaussian(double deviation) implements LabelNoise {
        /** Checks the deviation. */
        public Gaussian {
            if (!(deviation >= 0) || Double.isInfinite(deviation)) {
                throw new IllegalArgumentException(
                        "deviation = " + deviation + ": expected a number of at least 0");
            }
        }

        @Override
        public void check(Derivatives loss) {
            if (loss.task() instanceof CrossEntropy
                    && loss.targets().length() != loss.network().output().count() * loss.samples()) {
                throw new IllegalArgumentException(
                        "Gaussian noise on numbers of classes: expected targets as one-hot rows, or flips");
            }
        }

        @Override
        public void apply(Derivatives batch, RandomGenerator random) {
            Array targets = batch.targets();
            for (int i = 0; i < targets.length(); i++) {
                targets.set(i, targets.get(i) + deviation * random.nextGaussian());
            }
        }
    }

    /**
     * Wrong labels.
     *
     * @param probability that of a flip, from 0 to 1
     */
    record Flips(double probability) implements LabelNoise {
        /** Checks the probability. */
        public Flips {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability = " + probability + ": expected 0 to 1");
            }
        }

        @Override
        public void apply(Derivatives batch, RandomGenerator random) {
            Array targets = batch.targets();
            Shape output = batch.network().output();
            int rows = output.rows() * batch.workspace().samples();
            int width = targets.length() / rows;
            int classes = output.columns();
            for (int row = 0; row < rows; row++) {
                // Drawn whether or not it is used: one label's fate does not shift the next one's.
                boolean flip = random.nextDouble() < probability;
                int shift = classes > 1 ? 1 + random.nextInt(classes - 1) : 0;
                if (!flip) continue;
                int at = row * width;
                if (classes == 1) {
                    boolean zeroOne = batch.task() instanceof Logistic logistic && logistic.zeroOne();
                    targets.set(at, (zeroOne ? 1 : 0) - targets.get(at));
                } else if (width == 1) {
                    targets.set(at, (targets.get(at) + shift) % classes);
                } else {
                    moveClass(targets, at, width, shift);
                }
            }
        }

        private static void moveClass(Array targets, int at, int width, int shift) {
            int label = targets.largestAt(at, width);
            int other = (label + shift) % width;
            double top = targets.get(at + label);
            targets.set(at + label, targets.get(at + other));
            targets.set(at + other, top);
        }
    }
}
