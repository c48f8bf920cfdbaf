package mechanics.training.rules;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.linalg.Block;
import mechanics.network.Parameterization;
import mechanics.training.LearningRule;

/**
 * Adam (Kingma and Ba 2015, algorithm 1): m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², and
 * θ ← θ − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ), t counted from 1. With
 * {@link #decoupledWeightDecay} this is AdamW.
 *
 * <p>As θ ← θ − η P⁻¹ m its preconditioner is P = (1 − β₁ᵗ)(√v̂ + ε), and on a quadratic with a constant P it is
 * stable up to the preconditioned sharpness λ₁(P⁻¹ H) = (2 + 2β₁) / ((1 − β₁) η) (Cohen et al. 2022).
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
        Require.positive("learningRate", learningRate);
        Require.fraction("beta1", beta1);
        Require.fraction("beta2", beta2);
        Require.positive("epsilon", epsilon);
    }

    /**
     * Adam over all samples with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
     *
     * @param learningRate η, positive
     */
    public static Adam of(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8, Options.DEFAULT);
    }

    /**
     * The same with other averages.
     *
     * @param first β₁, from 0 to below 1
     * @param second β₂, from 0 to below 1
     */
    public Adam betas(double first, double second) {
        return new Adam(learningRate, first, second, epsilon, options);
    }

    /**
     * The same with another ε.
     *
     * @param other ε, positive
     */
    public Adam epsilon(double other) { return new Adam(learningRate, beta1, beta2, other, options); }

    @Override
    public Adam with(Options other) { return new Adam(learningRate, beta1, beta2, epsilon, other); }

    @Override
    public double factor(Parameterization.Scaling scaling) { return scaling.adamRate(); }

    @Override
    public Update begin(ParameterGroup group) { return new Averages(this, group); }

    /** The averages of a group. */
    private static final class Averages implements Update {
        private final Adam rule;
        private final Array mean;
        private final Array square;
        private final Block theta;
        private final Block g;
        private final Block m;
        private final Block v;

        Averages(Adam rule, ParameterGroup group) {
            this.rule = rule;
            mean = group.carry("mean");
            square = group.carry("square");
            theta = new Block(group.theta());
            g = new Block(group.gradient());
            m = new Block(mean);
            v = new Block(square);
        }

        @Override
        public void move(double rate, long t) {
            double beta1 = rule.beta1;
            double beta2 = rule.beta2;
            double meanLeft = left(beta1, t + 1);
            double squareLeft = left(beta2, t + 1);
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
                            / (Math.sqrt(v.numbers[i] / squareLeft) + rule.epsilon);
                }
                theta.store(from);
                m.store(from);
                v.store(from);
            }
        }

        /** P = (1 − β₁ᵗ)(√v̂ + ε): with it the move is by P⁻¹ m, without a hat on m. */
        @Override
        public void preconditioner(long moves, Array diagonal) {
            double meanLeft = left(rule.beta1, moves);
            double squareLeft = left(rule.beta2, moves);
            for (int i = 0; i < diagonal.length(); i++) {
                diagonal.set(i, meanLeft * (Math.sqrt(square.get(i) / squareLeft) + rule.epsilon));
            }
        }

        /** 1 − βᵗ: what an average over t steps from zero has gathered of a constant. */
        private static double left(double beta, long t) {
            return 1 - Math.pow(beta, (double) t);
        }
    }
}
