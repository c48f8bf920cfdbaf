package mechanics.training;

import java.util.Map;

import mechanics.base.Seed;
import mechanics.linalg.Array;

/**
 * How the parameters move: a value that says what is done, such as gradient descent with a learning rate. The
 * numbers that it carries from step to step live in the {@link Stepper} that it starts.
 */
public interface LearningRule {
    /**
     * Checks that the rule can work on a loss.
     *
     * @param loss the loss that the rule would descend
     * @throws IllegalArgumentException with the expectation, where it cannot
     */
    default void check(Derivatives loss) {}

    /**
     * The rule at work on a loss.
     *
     * @param loss the loss over all samples; a rule that uses batches takes its {@link Derivatives#separate}
     * @param seed where random numbers come from; those of step t are a function of the seed and t alone, so that a
     *        run can go on from any step
     */
    Stepper start(Derivatives loss, Seed seed);

    /** A learning rule at work. */
    interface Stepper {
        /**
         * Moves the parameters of the network once; leaves them where they are if the loss is NaN or infinite.
         *
         * @param t the number of the step, from 0
         * @return the loss that the rule saw, before the move
         */
        double step(long t);

        /** What is carried from step to step (momenta, averages), by name: saved and restored with a run. */
        default Map<String, Array> state() {
            return Map.of();
        }

        /**
         * The diagonal of the preconditioner P of a rule that moves by θ ← θ − η P⁻¹ m, in the layout of the
         * parameters and in a new array. Here η is the learning rate with its schedule, and m the gradient or a
         * moving average of gradients; the factors that the parameterization puts on the rates are in P. The
         * eigenvalues of P⁻¹ H decide whether the motion is stable on a quadratic with Hessian H.
         *
         * @param moves the number of moves so far; P is that of the latest
         * @throws UnsupportedOperationException where the rule is not of this form
         */
        default Array preconditioner(long moves) {
            throw new UnsupportedOperationException(
                    "preconditioner of " + getClass().getSimpleName() + ": expected a rule of descent");
        }
    }
}
