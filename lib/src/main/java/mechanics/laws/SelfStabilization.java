package mechanics.laws;

import mechanics.base.Require;
/**
 * Why gradient descent stays at the edge of stability: the cubic model in two variables.
 *
 * <p>Let u be the leading eigenvector of the Hessian, S its eigenvalue, x the displacement along u from the path that
 * the loss would follow without oscillation, and y = S − 2/η. Expand the loss to third order. Its gradient along u is
 * S x, so that a step multiplies x by 1 − ηS. Its gradient in all other directions gains ½ x² ∇S: curvature is paid
 * for, and a walker who oscillates is pushed to where there is less of it. With
 *
 * <pre>α = −⟨∇L, ∇S⟩ (progressive sharpening),   β = ‖∇S‖² (self-stabilization),</pre>
 *
 * both across u, a step of gradient descent is
 *
 * <pre>xₜ₊₁ = −(1 + η yₜ) xₜ,   yₜ₊₁ = yₜ + η (α − ½ β xₜ²).</pre>
 *
 * Its fixed point is |x| = δ = √(2α/β), y = 0. Over many steps |x| and y obey ẋ = x y, ẏ = α − ½ β x², the equations of
 * prey and predator, which conserve ½ y² + ¼ β x² − α ln |x|: the sharpness goes round in cycles.
 *
 * <p>Source: Damian, Nichani and Lee, "Self-stabilization: the implicit bias of gradient descent at the edge of
 * stability" (2023), section 4.
 *
 * @param learningRate η, positive
 * @param alpha        α, positive
 * @param beta         β, positive
 */
public record SelfStabilization(double learningRate, double alpha, double beta) {

    /** @throws IllegalArgumentException if an argument is not positive and finite */
    public SelfStabilization {
        Require.positive("learningRate", learningRate);
        Require.positive("alpha", alpha);
        Require.positive("beta", beta);
    }

    /**
     * A state of the model.
     *
     * @param x displacement along the leading eigenvector
     * @param y sharpness above 2/η
     */
    public record State(double x, double y) {}

    /**
     * One step of gradient descent in the model.
     *
     * @param state displacement, and sharpness above 2/η
     */
    public State step(State state) {
        double x = state.x;
        return new State(-(1 + learningRate * state.y) * x,
                state.y + learningRate * (alpha - beta * x * x / 2));
    }

    /**
     * The states at steps 0, …, {@code steps}.
     *
     * @param start where it begins
     * @param steps how many, not negative
     */
    public State[] trajectory(State start, int steps) {
        if (steps < 0) throw new IllegalArgumentException("steps = " + steps + ": expected at least 0");
        State[] states = new State[steps + 1];
        states[0] = start;
        for (int t = 0; t < steps; t++) states[t + 1] = step(states[t]);
        return states;
    }

    /** δ = √(2α/β): the size of the oscillation at which the push down balances progressive sharpening. */
    public double amplitude() {
        return Math.sqrt(2 * alpha / beta);
    }

    /** The steps of a small cycle around the fixed point, 2π / (η √(2α)). */
    public double smallPeriod() {
        return 2 * Math.PI / (learningRate * Math.sqrt(2 * alpha));
    }

    /**
     * How far a cycle leads from the fixed point: ½ y² + ¼ β x² − α ln |x|, counted from its least value, which is at
     * the fixed point. The flow ẋ = x y, ẏ = α − ½ β x² conserves it; a step changes it by O(η²).
     *
     * @param state displacement, and sharpness above 2/η
     * @throws IllegalArgumentException if x = 0, from which no cycle begins
     */
    public double energy(State state) {
        if (state.x == 0)
            throw new IllegalArgumentException("x = 0.0: expected an oscillation, however small");
        double square = Math.pow(state.x / amplitude(), 2);
        return state.y * state.y / 2 + alpha / 2 * (square - 1 - Math.log(square));
    }

    /**
     * How far the sharpness goes beyond 2/η in the cycle through a state, to lowest order in η; as far below it.
     *
     * @param state displacement, and sharpness above 2/η
     */
    public double peak(State state) { return Math.sqrt(2 * energy(state)); }
}
