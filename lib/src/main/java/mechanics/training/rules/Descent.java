package mechanics.training.rules;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.network.ParameterView;
import mechanics.network.Parameterization;
import mechanics.training.Derivatives;
import mechanics.training.LearningRule;

/**
 * Gradient descent and its kin: rules that look at a batch of samples, take the gradient of the loss there, and move
 * every parameter by what its own gradients were. A rule is written as a sentence, in any order:
 *
 * <pre>{@code
 * GradientDescent.of(0.1)                                          // all samples at every step
 * GradientDescent.of(0.1).batch(64).momentum(0.9)                  // SGD with momentum
 * Adam.of(1e-3).batch(64).decoupledWeightDecay(0.1)                // AdamW
 *         .schedule(RateSchedule.warmUp(100).times(RateSchedule.cosine(5000)))
 * }</pre>
 *
 * At step t the rate is η s(t) r, where s is the schedule and r the factor that the parameterization puts on each
 * parameter's rate. A step allocates nothing, except where the size of the batch changes.
 *
 * <p>To add a rule, say how a group of parameters {@linkplain #begin moves}; batches, schedules, decay and noise come
 * with it.
 *
 * @param <T> the type of the rule itself
 */
public interface Descent<T extends Descent<T>> extends LearningRule {
    /** η, before the schedule and the parameterization. */
    double learningRate();

    /** What is chosen besides. */
    Options options();

    /**
     * The same rule with other options.
     *
     * @param options what is chosen for the new rule
     */
    T with(Options options);

    /**
     * The factor r on the learning rate of a parameter: that for gradient descent or that for Adam.
     *
     * @param scaling the entries of the parameterization's table for one parameter
     */
    double factor(Parameterization.Scaling scaling);

    /**
     * Begins the motion of a group of parameters.
     *
     * @param group parameters that learn at one rate
     */
    Update begin(ParameterGroup group);

    /**
     * The rule that moves a parameter: this one, unless a rule leaves some to another. Of that, the learning rate,
     * {@link #factor} and {@link #begin} are used; its {@link #options} are not.
     *
     * @param parameter one of the network's
     */
    default Descent<?> ruleOf(ParameterView parameter) { return this; }

    /**
     * What is chosen for any rule.
     *
     * @param batches the samples that a step sees
     * @param schedule the factor s(t) on the learning rate
     * @param decay what pulls parameters to zero
     * @param labelNoise what is added to the targets at every step
     */
    record Options(Batches batches, LearningRateSchedule schedule, WeightDecay decay, LabelNoise labelNoise) {
        /** All samples, a constant rate, no decay, no noise. */
        public static final Options DEFAULT = new Options(Batches.all(), LearningRateSchedule.constant(),
                WeightDecay.none(), LabelNoise.none());
    }

    /** How a group of parameters moves. */
    interface Update {
        /**
         * Moves the parameters to where the gradient is to be taken, if that is elsewhere.
         *
         * @return whether they moved
         */
        default boolean lookAhead() { return false; }

        /**
         * Moves the parameters by the gradient that the group now has.
         *
         * @param rate η s(t) r
         * @param t the number of the step, from 0
         */
        void move(double rate, long t);

        /**
         * Writes the diagonal of P, where the latest move was θ ← θ − rate P⁻¹ m with a gradient or an average of
         * gradients m. Modified: diagonal.
         *
         * @param moves the number of moves so far
         * @param diagonal written to, one number for each parameter of the group
         * @throws UnsupportedOperationException unless the rule says what P is: one that moves by signs or by
         *         orthogonalized matrices has none
         */
        default void preconditioner(long moves, Array diagonal) {
            throw new UnsupportedOperationException("preconditioner of " + getClass().getName()
                    + ": expected a rule that moves by θ ← θ − rate P⁻¹ m and defines P");
        }
    }

    /** How a group of parameters moves by gradients or averages of gradients as they are: P = 1. */
    interface PlainUpdate extends Update {
        @Override
        default void preconditioner(long moves, Array diagonal) { diagonal.fill(1); }
    }

    /**
     * Sees batches of the given size, each sample once per epoch: see {@link Batches#shuffled}.
     *
     * @param size samples in a batch, from 1 to n
     */
    default T batch(int size) { return batches(Batches.shuffled(size)); }

    /**
     * Sets which samples a step sees.
     *
     * @param batches which samples a step sees
     */
    default T batches(Batches batches) {
        var o = options();
        return with(new Options(batches, o.schedule(), o.decay(), o.labelNoise()));
    }

    /**
     * Sets the factor on the learning rate as a function of the step.
     *
     * @param schedule the factor s(t)
     */
    default T schedule(LearningRateSchedule schedule) {
        var o = options();
        return with(new Options(o.batches(), schedule, o.decay(), o.labelNoise()));
    }

    /**
     * Adds λ/2 ‖θ‖² to the loss that the rule descends; the loss that a run reports stays without it.
     *
     * @param lambda λ, not negative
     */
    default T weightDecay(double lambda) {
        var o = options();
        return with(new Options(o.batches(), o.schedule(), new WeightDecay(lambda, false), o.labelNoise()));
    }

    /**
     * Multiplies parameters by 1 − rate λ before each move (Loshchilov and Hutter 2019): AdamW, for Adam.
     *
     * @param lambda λ, not negative
     */
    default T decoupledWeightDecay(double lambda) {
        var o = options();
        return with(new Options(o.batches(), o.schedule(), new WeightDecay(lambda, true), o.labelNoise()));
    }

    /**
     * Changes the targets that each step sees by fresh noise.
     *
     * @param noise what is added to the targets
     */
    default T labelNoise(LabelNoise noise) {
        var o = options();
        return with(new Options(o.batches(), o.schedule(), o.decay(), noise));
    }

    @Override
    default void check(Derivatives loss) {
        options().batches().check(loss.samples(), loss.task().group());
        options().labelNoise().check(loss);
    }

    @Override
    default Stepper start(Derivatives loss, Seed seed) {
        check(loss);
        return new DescentStepper(this, loss, seed);
    }
}
