package mechanics.training.rules;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.network.Parameterization;
import mechanics.training.LearningRule;

/**
 * The heavy ball of Polyak (1964) in the convention of Cohen et al. (2021): v ← β v − η ∇L(θ), θ ← θ + v, from v = 0.
 * On a quadratic it is stable up to the sharpness (2 + 2β)/η. With a constant rate this is PyTorch's momentum; when
 * the rate changes, here the velocity keeps what was gathered at the old one.
 *
 * @param learningRate η
 * @param beta β
 * @param options what is chosen besides
 */
public record Momentum(double learningRate, double beta, Options options) implements Descent<Momentum> {
    /** Checks the numbers. */
    public Momentum {
        Require.positive("learningRate", learningRate);
        Require.fraction("momentum", beta);
    }

    @Override
    public Momentum with(Options other) { return new Momentum(learningRate, beta, other); }

    @Override
    public double factor(Parameterization.Scaling scaling) { return scaling.sgdRate(); }

    @Override
    public PlainUpdate begin(ParameterGroup group) {
        Array theta = group.theta();
        Array gradient = group.gradient();
        Array velocity = group.carry("velocity");
        return (rate, _) -> {
            velocity.combine(-rate, gradient, beta);
            theta.add(1, velocity);
        };
    }
}
