package mechanics.training.rules;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.network.Parameterization;
import mechanics.training.LearningRule;

/**
 * Nesterov's momentum (1983) in the convention of Cohen et al. (2021): v ← β v − η ∇L(θ + β v), θ ← θ + v, from v = 0.
 * On a quadratic it is stable up to the sharpness (2 + 2β)/(η (1 + 2β)). The loss of a step is that at θ + β v. The
 * parameters between steps are θ, while PyTorch keeps θ + β v.
 *
 * @param learningRate η
 * @param beta β
 * @param options what is chosen besides
 */
public record Nesterov(double learningRate, double beta, Options options) implements Descent<Nesterov> {
    /** Checks the numbers. */
    public Nesterov {
        Require.positive("learningRate", learningRate);
        Require.fraction("momentum", beta);
    }

    @Override
    public Nesterov with(Options other) { return new Nesterov(learningRate, beta, other); }

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
                theta.add(beta, velocity);
                return true;
            }

            @Override
            public void move(double rate, long t) {
                velocity.combine(-rate, gradient, beta);
                // θ holds θ + β v already: what is missing of the new v is the gradient's part.
                theta.add(-rate, gradient);
            }
        };
    }
}
