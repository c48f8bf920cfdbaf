package mechanics.physics;

import mechanics.base.Require;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/**
 * A pendulum with friction, at any angle: m ℓ² θ̈ = −c θ̇ − m g ℓ sin θ.
 *
 * <p>Four constants, but only one matters. In the unit of time √(ℓ/g) the equation is θ″ = −γθ′ − sin θ with the
 * dimensionless damping γ = c / (m ℓ² √(g/ℓ)): pendulums of one γ that start at one angle move alike.
 *
 * @param mass m in kg, positive
 * @param length ℓ in m, positive
 * @param gravity g in m/s², positive
 * @param friction c in kg m²/s, at least 0
 */
public record Pendulum(double mass, double length, double gravity, double friction) {

    /** @throws IllegalArgumentException if an argument is out of its range */
    public Pendulum {
        Require.positive("mass", mass);
        Require.positive("length", length);
        Require.positive("gravity", gravity);
        Require.notNegative("friction", friction);
    }

    /**
     * The pendulum of these constants whose dimensionless damping is γ.
     *
     * @param gamma γ, without a unit, at least 0
     * @param mass m in kg, positive
     * @param length ℓ in m, positive
     * @param gravity g in m/s², positive
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static Pendulum ofDamping(double gamma, double mass, double length, double gravity) {
        double unit = new Pendulum(mass, length, gravity, 0).unitOfTime();
        return new Pendulum(mass, length, gravity, gamma * mass * length * length / unit);
    }

    /** √(ℓ/g) in seconds. */
    public double unitOfTime() { return Math.sqrt(length / gravity); }

    /** γ = c √(ℓ/g) / (m ℓ²). */
    public double damping() {
        return friction * unitOfTime() / (mass * length * length);
    }

    /**
     * The period without friction, 2π √(ℓ/g) / M(1, cos θ₀/2), with M the arithmetic-geometric mean (Gauss). It is 2π√(ℓ/g)
     * for small angles.
     *
     * @param angle θ₀ in radians, the farthest it swings, between 0 and π
     * @return in seconds
     */
    public double period(double angle) {
        if (!(angle > 0 && angle < Math.PI))
            throw new IllegalArgumentException("angle = " + angle + ": expected between 0 and π");
        double a = 1;
        double b = Math.cos(angle / 2);
        while (a - b > 1e-15) {
            double mean = (a + b) / 2;
            b = Math.sqrt(a * b);
            a = mean;
        }
        return 2 * Math.PI * unitOfTime() / a;
    }

    /**
     * The angle at the given times after it was let go from rest. Dormand's and Prince's method of order 8 (Hipparchus)
     * in seconds, with the four constants as they are.
     *
     * @param angle θ₀ in radians
     * @param times in seconds, rising, at least 0. Not modified.
     * @param tolerance the error of angles and of velocities (in 1/√(ℓ/g)) allowed in a step, positive
     * @return θ in radians at each time
     */
    public double[] swing(double angle, double[] times, double tolerance) {
        if (!Double.isFinite(angle))
            throw new IllegalArgumentException("angle = " + angle + ": expected a finite number");
        Require.positive("tolerance", tolerance);
        double unit = unitOfTime();
        var motion = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() { return 2; }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double torque = -friction * y[1] - mass * gravity * length * Math.sin(y[0]);
                return new double[]{y[1], torque / (mass * length * length)};
            }
        };
        var integrator = new DormandPrince853Integrator(1e-12 * unit, unit,
                new double[]{tolerance, tolerance / unit},
                new double[]{0, 0});
        var angles = new double[times.length];
        ODEState state = new ODEState(0, new double[]{angle, 0});
        for (int i = 0; i < times.length; i++) {
            if (!(times[i] >= state.getTime() && Double.isFinite(times[i])))
                throw new IllegalArgumentException(
                        "times[" + i + "] = " + times[i] + ": expected at least " + state.getTime());
            if (times[i] > state.getTime()) {
                var end = integrator.integrate(motion, state, times[i]);
                state = new ODEState(end.getTime(), end.getPrimaryState());
            }
            angles[i] = state.getPrimaryState()[0];
        }
        return angles;
    }
}
