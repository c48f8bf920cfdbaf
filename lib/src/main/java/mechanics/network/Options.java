package mechanics.network;

import mechanics.base.Seed;
import mechanics.linalg.Precision;

/**
 * What is chosen for any network, whatever its layers.
 *
 * @param parameterization the scaling of weights and learning rates with width and depth
 * @param outputMultiplier α: the network is α × the last layer
 * @param initialScale a factor on all parameters at the start, gains excepted
 * @param antisymmetric whether the output is zero at the start by pairs of neurons of opposite readout; with two or more
 *        hidden layers the gradients of the earlier layers vanish too (see {@link Architecture#antisymmetric})
 * @param precision the format of all numbers
 * @param seed where the parameters at the start come from
 */
public record Options(Parameterization parameterization, double outputMultiplier, double initialScale,
        boolean antisymmetric, Precision precision, Seed seed) {

    /** Standard parameterization, factors 1, single precision, seed 0. */
    public static final Options DEFAULT = new Options(Parameterization.standard(), 1, 1, false,
            Precision.FLOAT32,
            Seed.of(0));

    /** Checks the factors. */
    public Options {
        if (!Double.isFinite(outputMultiplier)) {
            throw new IllegalArgumentException(
                    "outputMultiplier = " + outputMultiplier + ": expected a finite number");
        }
        if (!(initialScale >= 0) || Double.isInfinite(initialScale)) {
            throw new IllegalArgumentException(
                    "initialScale = " + initialScale + ": expected a number of at least 0");
        }
    }
}
