package mechanics.training;

import java.util.function.Supplier;

import mechanics.linalg.Array;
import mechanics.network.Network;

/**
 * A run at one step, as an observable sees it.
 *
 * @param step the number of moves so far
 * @param derivatives the loss over all samples with its derivatives; computed once for all who ask
 * @param rulePreconditioner computes what {@link #preconditioner} returns
 */
public record Snapshot(long step, Derivatives derivatives, Supplier<Array> rulePreconditioner) {
    /** The network with its present parameters. */
    public Network network() { return derivatives.network(); }

    /**
     * The diagonal of the preconditioner P of the learning rule after its latest move, in a new array: see
     * {@link LearningRule.Stepper#preconditioner}. NaN before a rule such as Adam has seen a gradient.
     *
     * @throws UnsupportedOperationException where the rule has none
     */
    public Array preconditioner() { return rulePreconditioner.get(); }
}
