package mechanics.training.rules;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.linalg.Block;
import mechanics.network.Parameterization;
import mechanics.training.LearningRule;

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
        Require.positive("learningRate", learningRate);
        Require.fraction("beta", beta);
        Require.positive("epsilon", epsilon);
    }

    /**
     * RMSProp over all samples with β = 0.99, ε = 10⁻⁸.
     *
     * @param learningRate η, positive
     */
    public static RmsProp of(double learningRate) {
        return new RmsProp(learningRate, 0.99, 1e-8, Options.DEFAULT);
    }

    /**
     * The same with another average.
     *
     * @param other β, from 0 to below 1
     */
    public RmsProp beta(double other) { return new RmsProp(learningRate, other, epsilon, options); }

    /**
     * The same with another ε.
     *
     * @param other ε, positive
     */
    public RmsProp epsilon(double other) { return new RmsProp(learningRate, beta, other, options); }

    @Override
    public RmsProp with(Options other) { return new RmsProp(learningRate, beta, epsilon, other); }

    @Override
    public double factor(Parameterization.Scaling scaling) { return scaling.adamRate(); }

    @Override
    public Update begin(ParameterGroup group) { return new Average(this, group); }

    /** The average of a group. */
    private static final class Average implements Update {
        private final RmsProp rule;
        private final Array square;
        private final Block theta;
        private final Block g;
        private final Block v;

        Average(RmsProp rule, ParameterGroup group) {
            this.rule = rule;
            square = group.carry("square");
            theta = new Block(group.theta());
            g = new Block(group.gradient());
            v = new Block(square);
        }

        @Override
        public void move(double rate, long t) {
            double beta = rule.beta;
            for (int from = 0; from < square.length(); from += Block.SIZE) {
                int n = theta.load(from);
                g.load(from);
                v.load(from);
                for (int i = 0; i < n; i++) {
                    double gradient = g.numbers[i];
                    v.numbers[i] = beta * v.numbers[i] + (1 - beta) * gradient * gradient;
                    theta.numbers[i] -= rate * gradient / (Math.sqrt(v.numbers[i]) + rule.epsilon);
                }
                theta.store(from);
                v.store(from);
            }
        }

        /** P = √v + ε; NaN before the first move, as for Adam. */
        @Override
        public void preconditioner(long moves, Array diagonal) {
            for (int i = 0; i < diagonal.length(); i++) {
                diagonal.set(i, moves == 0 ? Double.NaN : Math.sqrt(square.get(i)) + rule.epsilon);
            }
        }
    }
}
