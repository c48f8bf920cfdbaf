package mechanics.training;

import mechanics.linalg.Array;
import mechanics.network.Network;

/**
 * The average of a run's weights over the last part of its way so far, whatever its length: what a network would be if
 * its learning rate were lowered now. A run at a constant learning rate then yields a whole curve, loss against training
 * time, where otherwise each point would need a run of its own with its own decay of the rate.
 *
 * <pre>{@code
 * var average = WeightAverage.of(network, 8);
 * var test = Derivatives.of(average.network(), CrossEntropy.MEAN, x, y);
 * run.observeNumber("test", Schedule.logarithmic(6), _ -> test.loss()).train(average::include);
 * }</pre>
 *
 * <p>After step t the average moves by θ̄ ← θ̄ + (p + 1)/(t + p) (θ − θ̄): the weights of step s count in proportion to
 * about sᵖ, so that the mean age of what is averaged is t/(p + 2), and no step has to be chosen in advance.
 *
 * <p>Memory: one copy of the network. Cost: one pass over the weights each step. For one run, from its first step on.
 * Sources: Shamir and Zhang, "Stochastic gradient descent for non-smooth optimization" (2013), section 4, for the
 * average of polynomial decay; Hägele et al., "Scaling laws and compute-optimal training beyond fixed training
 * durations" (2024), for averages in place of decays.
 */
public final class WeightAverage {
    private final Network network;
    private final double power;
    private long steps;

    private WeightAverage(Network network, double power) {
        this.network = network;
        this.power = power;
    }

    /**
     * An average that is empty.
     *
     * @param network the network that will be trained. Not modified.
     * @param power p, at least 0: 0 is the plain mean of all steps, a large number the latest weights alone
     */
    public static WeightAverage of(Network network, double power) {
        if (!(power >= 0 && Double.isFinite(power)))
            throw new IllegalArgumentException(
                    "power = " + power + ": expected a finite number of at least 0");
        return new WeightAverage(network.copy(), power);
    }

    /**
     * Takes the weights that a run has reached into the average; to be called after each step. Modified.
     *
     * @param run whose parameters are added
     * @throws IllegalArgumentException if a step was left out
     */
    public void include(Run run) {
        if (run.step() != steps + 1)
            throw new IllegalArgumentException(
                    "run at step " + run.step() + ": expected step " + (steps + 1) + ", the next to average");
        steps++;
        double share = (power + 1) / (steps + power);
        Array average = network.parameters().array();
        average.combine(share, run.network().parameters().array(), 1 - share);
        network.parameters().changed();
    }

    /** A network of its own whose weights are the average; those of the start before the first step. Shared. */
    public Network network() {
        return network;
    }
}
