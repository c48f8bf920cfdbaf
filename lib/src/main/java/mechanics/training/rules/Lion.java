package mechanics.training.rules;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.linalg.Block;
import mechanics.network.Parameterization;
import mechanics.training.LearningRule;

/**
 * Lion, "evolved sign momentum" (Chen et al. 2023, arXiv 2302.06675, program 1): with the gradient g and a moving
 * average m of gradients, every parameter moves by the learning rate in the direction
 * u = sign(β₁ m + (1 − β₁) g), θ ← θ − η u, and then m ← β₂ m + (1 − β₂) g, from m = 0. Where the sum is exactly zero a
 * parameter stays. The decay of the paper, θ ← θ − η (u + λ θ), is {@link #decoupledWeightDecay}.
 *
 * <p>All moves have one size, so that good learning rates are some 3 to 10 times smaller than Adam's. There is no
 * preconditioner. Carries one number for each parameter.
 *
 * @param learningRate η
 * @param beta1 β₁
 * @param beta2 β₂
 * @param options what is chosen besides
 */
public record Lion(double learningRate, double beta1, double beta2, Options options)
        implements
            Descent<Lion> {
    /** Checks the numbers. */
    public Lion {
        Require.positive("learningRate", learningRate);
        Require.fraction("beta1", beta1);
        Require.fraction("beta2", beta2);
    }

    /**
     * Lion over all samples with β₁ = 0.9, β₂ = 0.99.
     *
     * @param learningRate η, by which every number moves in a step
     */
    public static Lion of(double learningRate) {
        return new Lion(learningRate, 0.9, 0.99, Options.DEFAULT);
    }

    /**
     * The same with other averages.
     *
     * @param first β₁, from 0 to below 1
     * @param second β₂, from 0 to below 1
     */
    public Lion betas(double first, double second) {
        return new Lion(learningRate, first, second, options);
    }

    @Override
    public Lion with(Options other) { return new Lion(learningRate, beta1, beta2, other); }

    /** As for Adam, whose moves have one size too. */
    @Override
    public double factor(Parameterization.Scaling scaling) { return scaling.adamRate(); }

    @Override
    public Update begin(ParameterGroup group) {
        Array mean = group.carry("mean");
        var theta = new Block(group.theta());
        var g = new Block(group.gradient());
        var m = new Block(mean);
        return (rate, _) -> {
            for (int from = 0; from < mean.length(); from += Block.SIZE) {
                int n = theta.load(from);
                g.load(from);
                m.load(from);
                for (int i = 0; i < n; i++) {
                    double gradient = g.numbers[i];
                    double average = m.numbers[i];
                    theta.numbers[i] -= rate * Math.signum(beta1 * average + (1 - beta1) * gradient);
                    m.numbers[i] = beta2 * average + (1 - beta2) * gradient;
                }
                theta.store(from);
                m.store(from);
            }
        };
    }
}
