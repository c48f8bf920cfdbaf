package mechanics.measure.curvature;

import mechanics.base.Require;
import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.Lanczos;
import mechanics.linalg.Spectrum;
import mechanics.training.Derivatives;
import mechanics.training.LearningRule;

/**
 * The central flow of gradient descent with one unstable direction: the path that gradient descent takes on average
 * while it oscillates at the edge of stability,
 *
 * <pre>dθ/dt = −η [∇L + ½ σ² ∇λ₁],   σ² ≥ 0,   λ₁ ≤ 2/η,   σ² (2/η − λ₁) = 0,</pre>
 *
 * with time in steps. σ² is the variance of the oscillation along the leading eigenvector. Nothing is fitted: at the
 * edge it is the one value at which the sharpness λ₁ stands still, σ² = 2α/β with α = −⟨∇L, ∇λ₁⟩ and β = ‖∇λ₁‖².
 * What distance from the edge numerical errors leave is taken back at the rate 0.3 a step.
 *
 * <p>Cost: a gradient and some 11 Hessian-vector products for each substep of Euler's method. Double precision is
 * recommended, see {@link SharpnessGradient}. Source: Cohen, Damian, Talwalkar, Kolter and Lee, "Understanding
 * optimization in deep learning with central flows" (2025), section 3.
 *
 * @param learningRate η of the gradient descent whose average it is
 * @param substeps     into how many parts a step is divided, at least 2 for Euler's method to be stable
 */
public record CentralFlow(double learningRate, int substeps) implements LearningRule {
    /** How fast a distance from the edge is taken back, per step. */
    private static final double RETURN = 0.3;

    /** Checks the numbers. */
    public CentralFlow {
        Require.positive("learningRate", learningRate);
        if (substeps < 2)
            throw new IllegalArgumentException("substeps = " + substeps + ": expected at least 2");
    }

    /**
     * The central flow of gradient descent with learning rate η, in four parts a step.
     *
     * @param learningRate η, positive
     */
    public static CentralFlow of(double learningRate) { return new CentralFlow(learningRate, 4); }

    /**
     * σ², from the present derivatives.
     *
     * @param sharpness λ₁
     * @param gradient  ∇L
     * @param slope     ∇λ₁
     */
    public double variance(double sharpness, Array gradient, Array slope) {
        double rise = -gradient.dot(slope) + RETURN * (sharpness - 2 / learningRate) / learningRate;
        return Math.max(0, 2 * rise / slope.dot(slope));
    }

    @Override
    public Stepper start(Derivatives loss, Seed seed) { return new Flow(this, loss); }

    private static final class Flow implements Stepper {
        private final CentralFlow rule;
        private final Derivatives loss;
        private Spectrum latest;

        Flow(CentralFlow rule, Derivatives loss) {
            this.rule = rule;
            this.loss = loss;
        }

        /** @throws IllegalStateException where a second direction becomes unstable */
        @Override
        public double step(long t) {
            double value = loss.loss();
            for (int s = 0; s < rule.substeps && Double.isFinite(loss.loss()); s++) move(t);
            return value;
        }

        private void move(long t) {
            var lanczos = Lanczos.of(2);
            var operator = Hessian.of(loss);
            latest = latest == null ? lanczos.largest(operator) : lanczos.largest(operator, latest);
            if (latest.value(1) > 2 / rule.learningRate)
                throw new IllegalStateException(
                        "central flow at step " + t + ": eigenvalues " + latest.value(0)
                                + " and " + latest.value(1) + ", expected at most one above 2/η = "
                                + 2 / rule.learningRate);
            Array slope = SharpnessGradient.of(loss, latest.vector(0));
            Array velocity = loss.gradient().copy();
            velocity.add(rule.variance(latest.largest(), velocity, slope) / 2, slope);
            var parameters = loss.network().parameters();
            parameters.array().add(-rule.learningRate / rule.substeps, velocity);
            parameters.changed();
        }
    }
}
