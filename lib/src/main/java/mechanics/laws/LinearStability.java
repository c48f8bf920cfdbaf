package mechanics.laws;

/**
 * What gradient descent with momentum does to one direction of a quadratic loss ½ λ x², and up to which curvature λ it
 * is stable.
 *
 * <p>The rule is v ← β v − η L′(x + γ v), x ← x + v. With v = xₜ − xₜ₋₁ and L′(x) = λ x it is a linear recursion of two
 * steps,
 *
 * <pre>xₜ₊₁ = T xₜ − D xₜ₋₁,   T = 1 + β − ηλ(1 + γ),   D = β − ηλγ,</pre>
 *
 * whose solutions grow like the roots of z² − T z + D. Both roots lie inside the unit circle exactly if {@code |D| < 1} and
 * {@code |T| < 1 + D} (Jury's conditions). For positive λ the first to fail is {@code T > −(1 + D)}: a root passes through −1, x changes its
 * sign at every step and grows, from the curvature
 *
 * <pre>λ* = (2 + 2β) / (η (1 + 2γ))</pre>
 *
 * on. Gradient descent has β = 0; Polyak's momentum γ = 0; Nesterov's γ = β. Adam with a constant preconditioner P is
 * Polyak's momentum with learning rate (1 − β₁) η for the Hessian P^(−1/2) H P^(−1/2).
 *
 * <p>Sources: Polyak (1964); Cohen et al., "Gradient descent on neural networks typically occurs at the edge of
 * stability" (2021), section 2 and appendix B; Cohen et al., "Adaptive gradient methods at the edge of stability"
 * (2022), equation 4 for Adam.
 *
 * @param learningRate η, positive
 * @param beta β, at least 0 and less than 1
 * @param lookAhead γ, where the gradient is taken, at least 0
 */
public record LinearStability(double learningRate, double beta, double lookAhead) {

    /** @throws IllegalArgumentException if an argument is outside its range */
    public LinearStability {
        if (!(learningRate > 0 && Double.isFinite(learningRate)))
            throw new IllegalArgumentException(
                    "learningRate = " + learningRate + ": expected a positive finite number");
        if (!(beta >= 0 && beta < 1))
            throw new IllegalArgumentException("beta = " + beta + ": expected at least 0 and less than 1");
        if (!(lookAhead >= 0 && Double.isFinite(lookAhead)))
            throw new IllegalArgumentException(
                    "lookAhead = " + lookAhead + ": expected a finite number of at least 0");
    }

    /**
     * Gradient descent: λ* = 2/η.
     *
     * @param learningRate η, positive
     */
    public static LinearStability gradientDescent(double learningRate) {
        return new LinearStability(learningRate, 0, 0);
    }

    /**
     * Polyak's momentum: λ* = (2 + 2β)/η.
     *
     * @param learningRate η, positive
     * @param beta β, from 0 to below 1
     */
    public static LinearStability momentum(double learningRate, double beta) {
        return new LinearStability(learningRate, beta, 0);
    }

    /**
     * Nesterov's momentum: λ* = (2 + 2β)/(η (1 + 2β)).
     *
     * @param learningRate η, positive
     * @param beta β, from 0 to below 1
     */
    public static LinearStability nesterov(double learningRate, double beta) {
        return new LinearStability(learningRate, beta, beta);
    }

    /**
     * Adam, once its preconditioner P hardly moves: λ* = (2 + 2β₁)/((1 − β₁) η), for curvatures of
     * P^(−1/2) H P^(−1/2); 38/η at β₁ = 0.9.
     *
     * @param learningRate η, positive
     * @param beta1 β₁, from 0 to below 1
     */
    public static LinearStability adam(double learningRate, double beta1) {
        return new LinearStability(learningRate * (1 - beta1), beta1, 0);
    }

    /** λ*, the curvature up to which the rule is stable. */
    public double edge() {
        return (2 + 2 * beta) / (learningRate * (1 + 2 * lookAhead));
    }

    /**
     * The factor per step by which x shrinks or grows in the long run: the larger absolute value of the two roots.
     *
     * @param curvature λ, any finite number
     * @return below 1 where the rule is stable; 1 at λ = 0 and at the edge
     */
    public double growth(double curvature) {
        if (!Double.isFinite(curvature))
            throw new IllegalArgumentException("curvature = " + curvature + ": expected a finite number");
        double trace = 1 + beta - learningRate * curvature * (1 + lookAhead);
        double determinant = beta - learningRate * curvature * lookAhead;
        double discriminant = trace * trace - 4 * determinant;
        return discriminant < 0
                ? Math.sqrt(determinant) // a complex pair, whose product is D
                : (Math.abs(trace) + Math.sqrt(discriminant)) / 2;
    }
}
