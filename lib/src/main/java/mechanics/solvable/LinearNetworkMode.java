package mechanics.solvable;

import mechanics.base.Require;
/**
 * One singular mode of a two-layer linear network under gradient flow, solved exactly.
 *
 * <p>The network is ŷ = W₂W₁x, its loss ½ Σ_μ ‖y_μ − ŷ_μ‖² over the whole training set, its inputs are whitened
 * (Σ₁₁ = Σ_μ x_μx_μᵀ = I). Write Σ₃₁ = Σ_μ y_μx_μᵀ = Σ_α s_α u_α v_αᵀ. If the weights start aligned with these modes
 * and balanced, W₁ = √u₀ Σ_α r_α v_αᵀ and W₂ = √u₀ Σ_α u_α r_αᵀ with orthonormal r_α, then they stay so: both weights
 * of a mode share one amplitude a, with τ da/dt = a(s − a²), and no mode feels another. The strength u = a² follows
 *
 * <pre>τ du/dt = 2u(s − u),   u(t) = s e^{2st/τ} / (e^{2st/τ} − 1 + s/u₀).</pre>
 *
 * Time t counts epochs, that is full-batch steps, and τ = 1/λ for the learning rate λ.
 *
 * <p>Source: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
 * networks" (2014), section 1. The lag of finite steps is derived at {@link #lag}.
 *
 * @param s singular value of Σ₃₁: the strength this mode ends at, positive
 * @param u0 strength at t = 0, positive
 * @param tau time constant τ = 1/λ, in epochs times the unit of s, positive
 */
public record LinearNetworkMode(double s, double u0, double tau) {

    /** @throws IllegalArgumentException if an argument is not positive and finite */
    public LinearNetworkMode {
        Require.positive("s", s);
        Require.positive("u0", u0);
        Require.positive("tau", tau);
    }

    /**
     * Strength u(t) of the mode.
     *
     * @param t time in epochs, any sign
     * @return u(t), between u₀ and s for t ≥ 0
     */
    public double strength(double t) {
        // The formula divided by e^{2st/τ}: nothing overflows at late times.
        return s / (1 + (s / u0 - 1) * Math.exp(-2 * s * t / tau));
    }

    /**
     * Time at which the mode has strength u, the inverse of {@link #strength}: (τ/2s) ln(u(s − u₀) / (u₀(s − u))).
     *
     * @param u a strength on the same side of s as u₀, positive
     * @return time in epochs, negative if the mode starts beyond u
     * @throws IllegalArgumentException if the mode never has strength u
     */
    public double timeTo(double u) {
        Require.positive("u", u);
        if (!((s - u) * (s - u0) > 0))
            throw new IllegalArgumentException(
                    "u = " + u + ": expected a strength on the same side of s = " + s + " as u0 = " + u0);
        return tau / (2 * s) * Math.log(u * (s - u0) / (u0 * (s - u)));
    }

    /**
     * Time at which the mode is half learned, u = s/2: (τ/2s) ln(s/u₀ − 1).
     *
     * @return time in epochs, negative if u₀ is above s/2
     * @throws IllegalArgumentException if u₀ ≥ s
     */
    public double halfRiseTime() { return timeTo(s / 2); }

    /**
     * How many epochs gradient descent comes later than gradient flow to strength u, to first order in λs.
     *
     * <p>One step of rate λ = 1/τ maps u to u(1 + λ(s − u))². The flow whose time-one map this is, to second order in λ,
     * is du/dt = 2λu(s − u)(1 − λs/2 + 3λu/2) (backward error analysis in ln u). The extra time is therefore
     * ∫ (s − 3u) / (4u(s − u)) du = ¼ [ln(u/u₀) + 2 ln((s − u)/(s − u₀))]: it does not depend on λ.
     *
     * @param u a strength on the same side of s as u₀, positive
     * @return epochs; the relative error of this first order is O(λs)
     * @throws IllegalArgumentException if the mode never has strength u
     */
    public double lag(double u) {
        timeTo(u); // refuses a strength that is never reached
        return (Math.log(u / u0) + 2 * Math.log((s - u) / (s - u0))) / 4;
    }
}
