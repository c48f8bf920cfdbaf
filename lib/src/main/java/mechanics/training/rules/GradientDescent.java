package mechanics.training.rules;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.network.Parameterization;
import mechanics.training.LearningRule;

/**
 * Gradient descent, θ ← θ − η ∇L(θ); stochastic gradient descent when told to see a {@link #batch}.
 *
 * @param learningRate η
 * @param options what is chosen besides
 */
public record GradientDescent(double learningRate, Options options) implements Descent<GradientDescent> {
    /** Checks the learning rate. */
    public GradientDescent {
        Require.positive("learningRate", learningRate);
    }

    /**
     * Gradient descent over all samples with learning rate η.
     *
     * @param learningRate η, positive
     */
    public static GradientDescent of(double learningRate) {
        return new GradientDescent(learningRate, Options.DEFAULT);
    }

    /**
     * The same with momentum β: see {@link Momentum}.
     *
     * @param beta β, from 0 to below 1
     */
    public Momentum momentum(double beta) { return new Momentum(learningRate, beta, false, options); }

    /**
     * The same with Nesterov's momentum β: see {@link Momentum}.
     *
     * @param beta β, from 0 to below 1
     */
    public Momentum nesterov(double beta) { return new Momentum(learningRate, beta, true, options); }

    @Override
    public GradientDescent with(Options other) { return new GradientDescent(learningRate, other); }

    @Override
    public double factor(Parameterization.Scaling scaling) { return scaling.sgdRate(); }

    @Override
    public PlainUpdate begin(ParameterGroup group) {
        Array theta = group.theta();
        Array gradient = group.gradient();
        return (rate, _) -> theta.add(-rate, gradient);
    }
}
