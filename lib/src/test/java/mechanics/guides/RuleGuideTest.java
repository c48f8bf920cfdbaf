package mechanics.guides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.linalg.Block;
import mechanics.network.Parameterization;
import mechanics.training.Quadratic;
import mechanics.training.Run;
import mechanics.training.rules.Descent;
import mechanics.training.rules.LearningRateSchedule;
import mechanics.training.rules.ParameterGroup;

/** The code of the guide to writing a learning rule. */
class RuleGuideTest {
    // guide: rule
    /** Lion (Chen et al. 2023): θ ← θ − η sign(β₁ m + (1 − β₁) g), then m ← β₂ m + (1 − β₂) g. */
    record Lion(double learningRate, double beta1, double beta2, Options options) implements Descent<Lion> {
        Lion {
            Require.positive("learningRate", learningRate);
            Require.fraction("beta1", beta1);
            Require.fraction("beta2", beta2);
        }

        static Lion of(double learningRate) { return new Lion(learningRate, 0.9, 0.99, Options.DEFAULT); }

        @Override
        public Lion with(Options other) { return new Lion(learningRate, beta1, beta2, other); }

        @Override
        public double factor(Parameterization.Scaling scaling) { return scaling.adamRate(); }

        @Override
        public Update begin(ParameterGroup group) { return new Move(this, group); }
    }
    // end

    // guide: move
    private static final class Move implements Descent.Update {
        private final Lion rule;
        private final Block theta;
        private final Block g;
        private final Block m;
        private final int length;

        Move(Lion rule, ParameterGroup group) {
            this.rule = rule;
            theta = new Block(group.theta());
            g = new Block(group.gradient());
            m = new Block(group.carry("mean"));
            length = group.theta().length();
        }

        @Override
        public void move(double rate, long t) {
            for (int from = 0; from < length; from += Block.SIZE) {
                int n = theta.load(from);
                g.load(from);
                m.load(from);
                for (int i = 0; i < n; i++) {
                    double ahead = rule.beta1 * m.numbers[i] + (1 - rule.beta1) * g.numbers[i];
                    theta.numbers[i] -= rate * Math.signum(ahead);
                    m.numbers[i] = rule.beta2 * m.numbers[i] + (1 - rule.beta2) * g.numbers[i];
                }
                theta.store(from);
                m.store(from);
            }
        }

        @Override
        public void preconditioner(long moves, Array diagonal) {
            throw new UnsupportedOperationException("preconditioner of Lion: a sign is no multiple of m");
        }
    }
    // end

    @Test
    void theRuleFollowsItsFormula() {
        double[] expected = Quadratic.START.clone();
        for (int i = 0; i < expected.length; i++) {
            double m = 0;
            for (int t = 0; t < 30; t++) {
                double g = Quadratic.CURVATURES[i] * expected[i];
                expected[i] -= 0.03 * Math.signum(0.9 * m + 0.1 * g);
                m = 0.99 * m + 0.01 * g;
            }
        }
        assertArrayEquals(expected, Quadratic.after(30, Lion.of(0.03)), 1e-12);
    }

    @Test
    void batchesSchedulesAndDecayComeWithIt() {
        // guide: use
        Lion rule = Lion.of(0.01).decoupledWeightDecay(0.1).schedule(LearningRateSchedule.cosine(200));
        Run run = Quadratic.run(rule).steps(200).train();
        // end
        double[] loss = run.series("loss").values();
        assertTrue(loss[loss.length - 1] < 0.1 * loss[0]);
        assertThrows(IllegalArgumentException.class, () -> Lion.of(-1));
    }
}
