package mechanics.training.rules;

import mechanics.base.Require;

import java.util.Arrays;

import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Parameters;
import mechanics.training.Derivatives;
import mechanics.training.LearningRule;

/**
 * Gradient flow, θ̇ = −r ∘ ∇L(θ), the limit of gradient descent as η → 0, with the factors r that the parameterization
 * puts on learning rates. A step lasts a time Δt, so that step t is the time t Δt. All samples are seen as they were
 * given.
 *
 * <pre>{@code
 * GradientFlow.of(0.5).tolerance(1e-10)     // adaptive substeps
 * GradientFlow.of(0.5).euler(1000)          // 1000 gradient descents with η = Δt / 1000
 * }</pre>
 *
 * @param interval Δt
 * @param method how an interval is integrated
 */
public record GradientFlow(double interval, Method method) implements LearningRule {
    /** Checks the interval. */
    public GradientFlow {
        Require.positive("interval", interval);
    }

    /** How an interval is integrated. */
    public sealed interface Method {}

    /**
     * Dormand and Prince's method of order 8 with error estimates of orders 5 and 3, by Hipparchus, which chooses
     * substeps that keep the error of each of them within {@code tolerance} × (1 + |θᵢ|). Needs double precision.
     *
     * <p>Cost: 12 gradients for a substep, of a length of at most about 6/λ for the sharpness λ, so about 2 λ Δt
     * gradients and at least 24 for a step; memory for 20 vectors of parameters.
     *
     * @param tolerance the error of the integrator, absolute and relative, positive
     */
    public record Adaptive(double tolerance) implements Method {
        /** Checks the tolerance. */
        public Adaptive {
            Require.positive("tolerance", tolerance);
        }
    }

    /**
     * Euler's method: as many equal steps of gradient descent as given. Error ∝ Δt / substeps.
     *
     * @param substeps Euler steps in an interval, at least 1
     */
    public record Euler(int substeps) implements Method {
        /** Checks the number. */
        public Euler {
            if (substeps <= 0) {
                throw new IllegalArgumentException("substeps = " + substeps + ": expected at least 1");
            }
        }
    }

    /**
     * Gradient flow in steps of time Δt, integrated adaptively with tolerance 10⁻⁸.
     *
     * @param interval Δt, positive, in the unit in which a step of gradient descent lasts η
     */
    public static GradientFlow of(double interval) {
        return new GradientFlow(interval, new Adaptive(1e-8));
    }

    /**
     * The same flow with another tolerance.
     *
     * @param tolerance the error of the integrator, absolute and relative, positive
     */
    public GradientFlow tolerance(double tolerance) {
        return new GradientFlow(interval, new Adaptive(tolerance));
    }

    /**
     * The same flow by small steps of gradient descent.
     *
     * @param substeps Euler steps in an interval, at least 1
     */
    public GradientFlow euler(int substeps) { return new GradientFlow(interval, new Euler(substeps)); }

    @Override
    public void check(Derivatives loss) {
        if (method instanceof Adaptive && loss.network().precision() != Precision.FLOAT64) {
            throw new IllegalArgumentException("adaptive gradient flow of a network in "
                    + loss.network().precision()
                    + ": expected FLOAT64, because rounding in single precision hides the error");
        }
    }

    @Override
    public Stepper start(Derivatives loss, Seed seed) {
        check(loss);
        var flow = new Flow(loss);
        return switch (method) {
            case Adaptive(double tolerance) -> flow.adaptive(interval, tolerance);
            case Euler(int substeps) -> flow.euler(interval, substeps);
        };
    }

    /** −r ∘ ∇L as a vector field on parameter space. */
    private static final class Flow implements OrdinaryDifferentialEquation {
        private final Derivatives loss;
        private final Parameters parameters;
        private final Array theta;
        /** r, one number for each parameter. */
        private final double[] factors;

        Flow(Derivatives loss) {
            this.loss = loss;
            parameters = loss.network().parameters();
            theta = parameters.array();
            factors = new double[theta.length()];
            for (var view : parameters.views()) {
                Arrays.fill(factors, view.offset(), view.offset() + view.count(),
                        view.scaling().sgdRate());
            }
        }

        @Override
        public int getDimension() { return factors.length; }

        @Override
        public double[] computeDerivatives(double time, double[] y) {
            moveTo(y);
            var velocity = loss.gradient().toDoubles();
            for (int i = 0; i < velocity.length; i++) velocity[i] *= -factors[i];
            return velocity;
        }

        private void moveTo(double[] y) {
            theta.store(0, y, y.length);
            parameters.changed();
        }

        Stepper adaptive(double interval, double tolerance) {
            return t -> {
                double value = loss.loss();
                if (!Double.isFinite(value)) return value;
                var integrator = new DormandPrince853Integrator(interval * 1e-12, interval, tolerance,
                        tolerance);
                double[] start = theta.toDoubles();
                try {
                    moveTo(integrator.integrate(this, new ODEState(0, start), interval).getPrimaryState());
                } catch (MathIllegalStateException e) {
                    moveTo(start);
                    throw new IllegalStateException("gradient flow from time " + t * interval
                            + " with tolerance " + tolerance
                            + ": expected a loss smooth enough for substeps longer than Δt × 10⁻¹²", e);
                }
                return value;
            };
        }

        Stepper euler(double interval, int substeps) {
            var views = parameters.views();
            var groups = views.stream().map(view -> view.array()).toArray(Array[]::new);
            var gradients = views.stream().map(view -> view.of(loss.workspace().gradient()))
                    .toArray(Array[]::new);
            var rates = views.stream().mapToDouble(view -> interval / substeps * view.scaling().sgdRate())
                    .toArray();
            return t -> {
                double value = loss.loss();
                for (int s = 0; s < substeps && Double.isFinite(loss.loss()); s++) {
                    loss.gradient();
                    for (int i = 0; i < groups.length; i++) groups[i].add(-rates[i], gradients[i]);
                    parameters.changed();
                }
                return value;
            };
        }
    }
}
