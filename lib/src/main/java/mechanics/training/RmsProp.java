package mechanics.training;

import mechanics.linalg.Array;
import mechanics.network.Parameterization;

/**
 * RMSProp (Tieleman and Hinton 2012) in PyTorch's convention: v ← β v + (1 − β) g², θ ← θ − η g / (√v + ε), from v = 0.
 *
 * @param learningRate η
 * @param beta β
 * @param epsilon ε
 * @param options what is chosen besides
 */
public record RmsProp(double learningRate, double beta, double epsilon,
        Options options) implements Descent<RmsProp> {
    /** Checks the numbers. */
    public RmsProp {
        LearningRule.requirePositive("learningRate", learningRate);
        LearningRule.requireFraction("beta", beta);
        LearningRule.requirePositive("epsilon", epsilon);
    }

    /** RMSProp over all samples with β = 0.99, ε = 10⁻⁸. */
    public static RmsProp of(double learningRate) {
        return new RmsProp(learningRate, 0.99, 1e-8, Options.DEFAULT);
    }

    /** The same with another average. */
    public RmsProp beta(double other) {
        return new RmsProp(learningRate, other, epsilon, options);
    }

    /** The same with another ε. */
    public RmsProp epsilon(double other) {
        return new RmsProp(learningRate, beta, other, options);
    }

    @Override
    public RmsProp with(Options other) { return new RmsProp(learningRate, beta, epsilon, other); }

    @Override
    public double factor(Parameterization.Scaling scaling) { return scaling.adamRate(); }

    @Override
    public Update begin(ParameterGroup group) {
        Array square = group.carry("square");
        var theta = new Block(group.theta());
        var g = new Block(group.gradient());
        var v = new Block(square);
        return (rate, _) -> {
            for (int from = 0; from < square.length(); from += Block.SIZE) {
                int n = theta.load(from);
                g.load(from);
                v.load(from);
                for (int i = 0; i < n; i++) {
                    double gradient = g.numbers[i];
                    v.numbers[i] = beta * v.numbers[i] + (1 - beta) * gradient * gradient;
                    theta.numbers[i] -= rate * gradient / (Math.sqrt(v.numbers[i]) + epsilon);
                }
                theta.store(from);
                v.store(from);
            }
        };
    }
}
