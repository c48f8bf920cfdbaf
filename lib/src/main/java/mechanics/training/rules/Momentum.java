package mechanics.training.rules;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.network.Parameterization;
import mechanics.training.LearningRule;

/**
 * Momentum in the convention of Cohen et al. (2021), from v = 0: v ← β v − η g, θ ← θ + v.
 *
 * <p>The heavy ball of Polyak (1964) takes the gradient where it is, g = ∇L(θ). On a quadratic it is stable up to the
 * sharpness (2 + 2β)/η. With a constant rate this is PyTorch's momentum; when the rate changes, here the velocity keeps
 * what was gathered at the old one.
 *
 * <p>Nesterov's momentum (1983) looks ahead, g = ∇L(θ + β v). On a quadratic it is stable up to (2 + 2β)/(η (1 + 2β)).
 * The loss of a step is that at θ + β v. The parameters between steps are θ, while PyTorch keeps θ + β v.
 *
 * @param learningRate η
 * @param beta β
 * @param lookAhead whether the gradient is taken at θ + β v
 * @param options what is chosen besides
 */
public record Momentum(double learningRate, double beta, boolean lookAhead,
        Options options) implements Descent<Momentum> {
    /** Checks the numbers. */
    public Momentum {
        Require.positive("learningRate", learningRate);
        Require.fraction("momentum", beta);
    }

    @Override
    public Momentum with(Options other) { return new Momentum(learningRate, beta, lookAhead, other); }

    @Override
    public double factor(Parameterization.Scaling scaling) { return scaling.sgdRate(); }

    @Override
    public PlainUpdate begin(ParameterGroup group) {
        Array theta = group.theta();
        Array gradient = group.gradient();
        Array velocity = group.carry("velocity");
        return new PlainUpdate() {
            @Override
            public boolean lookAhead() {
                if (lookAhead) theta.add(beta, velocity);
                return lookAhead;
            }

            @Override
            public void move(double rate, long t) {
                velocity.combine(-rate, gradient, beta);
                if (lookAhead) {
                    // θ holds θ + β v already: what is missing of the new v is the gradient's part.
                    theta.add(-rate, gradient);
                } else {
                    theta.add(1, velocity);
                }
            }
        };
    }
}
