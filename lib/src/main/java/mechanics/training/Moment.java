package mechanics.training;

import mechanics.network.Network;

/**
 * A run at one step, as an observable sees it.
 *
 * @param step the number of moves so far
 * @param derivatives the loss over all samples with its derivatives; computed once for all who ask
 */
public record Moment(long step, Derivatives derivatives) {
    /** The network with its present parameters. */
    public Network network() { return derivatives.network(); }
}
