package mechanics.training;

import mechanics.linalg.Array;
import mechanics.network.Parameterization;

/**
 * Adam (Kingma and Ba 2015, algorithm 1): m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², and
 * θ ← θ − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ), t counted from 1. With
 * {@link #decoupledWeightDecay} this is AdamW.
 *
 * @param learningRate η
 * @param beta1 β₁
 * @param beta2 β₂
 * @param epsilon ε
 * @param options what is chosen besides
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon,
        Options options) implements Descent<Adam> {
    /** Checks the numbers. */
    public Adam {
        LearningRule.requirePositive("learningRate", learningRate);
        LearningRule.requireFraction("beta1", beta1);
        LearningRule.requireFraction("beta2", beta2);
        LearningRule.requirePositive("epsilon", epsilon);
    }

    /** Adam over all samples with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸. */
    public static Adam of(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8, Options.DEFAULT);
    }

    /** The same with other averages. */
    public Adam betas(double first, double second) {
        return new Adam(learningRate, first, second, epsilon, options);
    }

    /** The same with another ε. */
    public Adam epsilon(double other) {
        return new Adam(learningRate, beta1, beta2, other, options);
    }

    @Override
    public Adam with(Options other) { return new Adam(learningRate, beta1, beta2, epsilon, other); }

    @Override
    public double factor(Parameterization.Scaling scaling) { return scaling.adamRate(); }

    @Override
    public Update begin(ParameterGroup group) {
        Array mean = group.carry("mean");
        Array square = group.carry("square");
        var theta = new Block(group.theta());
        var g = new Block(group.gradient());
        var m = new Block(mean);
        var v = new Block(square);
        return (rate, t) -> {
            double meanLeft = 1 - Math.pow(beta1, t + 1.0);
            double squareLeft = 1 - Math.pow(beta2, t + 1.0);
            for (int from = 0; from < mean.length(); from += Block.SIZE) {
                int n = theta.load(from);
                g.load(from);
                m.load(from);
                v.load(from);
                for (int i = 0; i < n; i++) {
                    double gradient = g.numbers[i];
                    m.numbers[i] = beta1 * m.numbers[i] + (1 - beta1) * gradient;
                    v.numbers[i] = beta2 * v.numbers[i] + (1 - beta2) * gradient * gradient;
                    theta.numbers[i] -= rate * (m.numbers[i] / meanLeft)
                            / (Math.sqrt(v.numbers[i] / squareLeft) + epsilon);
                }
                theta.store(from);
                m.store(from);
                v.store(from);
            }
        };
    }
}
