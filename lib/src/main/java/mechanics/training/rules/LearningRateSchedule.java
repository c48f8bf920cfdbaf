package mechanics.training.rules;

import mechanics.base.Require;
import mechanics.training.LearningRule;

/** The learning rate along a run, as a factor on the rate of the rule. */
@FunctionalInterface
public interface LearningRateSchedule {
    /**
     * The factor s(t) at step t, from 0; at least 0.
     *
     * @param step the number of the step, from 0
     */
    double factor(long step);

    /** s = 1. */
    static LearningRateSchedule constant() { return new Constant(); }

    /**
     * s = (t + 1) / steps until it is 1.
     *
     * @param steps how many steps it takes, at least 1
     */
    static LearningRateSchedule warmUp(long steps) { return new WarmUp(steps); }

    /**
     * s = (1 + cos(π t / steps)) / 2 until it is 0 (Loshchilov and Hutter 2017).
     *
     * @param steps how many steps it takes, at least 1
     */
    static LearningRateSchedule cosine(long steps) { return new Cosine(steps); }

    /**
     * s = drop^⌊t / every⌋.
     *
     * @param drop what the factor is multiplied by at each drop, positive
     * @param every the steps between drops, at least 1
     */
    static LearningRateSchedule steps(double drop, long every) { return new Steps(drop, every); }

    /**
     * The product of both factors.
     *
     * @param other another factor
     */
    default LearningRateSchedule times(LearningRateSchedule other) { return new Product(this, other); }

    /** s = 1. */
    record Constant() implements LearningRateSchedule {
        @Override
        public double factor(long step) { return 1; }
    }

    /**
     * A linear rise over a number of steps.
     *
     * @param steps how many steps it takes, at least 1
     */
    record WarmUp(long steps) implements LearningRateSchedule {
        /** Checks the number. */
        public WarmUp {
            require("steps", steps);
        }

        @Override
        public double factor(long step) { return Math.min(1, (step + 1) / (double) steps); }
    }

    /**
     * Half a cosine over a number of steps.
     *
     * @param steps how many steps it takes, at least 1
     */
    record Cosine(long steps) implements LearningRateSchedule {
        /** Checks the number. */
        public Cosine {
            require("steps", steps);
        }

        @Override
        public double factor(long step) {
            return step >= steps ? 0 : 0.5 * (1 + Math.cos(Math.PI * step / steps));
        }
    }

    /**
     * A drop by a factor at equal intervals: s = drop^⌊t / every⌋.
     *
     * @param drop what the factor is multiplied by at each drop, positive
     * @param every the steps between drops, at least 1
     */
    record Steps(double drop, long every) implements LearningRateSchedule {
        /** Checks the numbers. */
        public Steps {
            Require.positive("drop", drop);
            require("every", every);
        }

        @Override
        public double factor(long step) {
            long drops = step / every;
            return Math.pow(drop, (double) drops);
        }
    }

    /**
     * Two schedules multiplied.
     *
     * @param first one factor
     * @param second the other
     */
    record Product(LearningRateSchedule first, LearningRateSchedule second) implements LearningRateSchedule {
        @Override
        public double factor(long step) { return first.factor(step) * second.factor(step); }
    }

    private static void require(String name, long steps) {
        if (steps <= 0) throw new IllegalArgumentException(name + " = " + steps + ": expected at least 1");
    }
}
