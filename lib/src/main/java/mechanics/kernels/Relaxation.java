package mechanics.kernels;

/**
 * How the error along one eigenvector of a kernel decays while a model that is linear in its parameters is trained on
 * the squared error. With the eigenvalue λ, a part D(λ) of the error is left, and what was learned is
 * g(λ) = (1 − D(λ))/λ times the error:
 *
 * <pre>
 *   gradient flow for the time t                D = e^{−λt}         g = (1 − e^{−λt})/λ
 *   t steps of gradient descent with rate η     D = (1 − ηλ)ᵗ       g = (1 − (1 − ηλ)ᵗ)/λ
 * </pre>
 *
 * Where λ = 0, g is its limit, t and ηt. No digits are lost where D is near 1.
 *
 * @param eigenvalue λ
 */
public record Relaxation(double eigenvalue) {
    /**
     * (1 − e^{−λt})/λ after gradient flow for the time t.
     *
     * @param t time, at least 0
     */
    public double learnedByFlow(double t) {
        return eigenvalue == 0 ? t : -Math.expm1(-eigenvalue * t) / eigenvalue;
    }

    /**
     * (1 − ηλ)ᵗ after t steps of gradient descent.
     *
     * @param rate η
     * @param steps t; between whole numbers the curve is continued where ηλ ≤ 1, and rounded where the sign alternates
     */
    public double left(double rate, double steps) {
        double x = rate * eigenvalue;
        if (x < 0.5) return Math.exp(steps * Math.log1p(-x));
        return Math.pow(1 - x, x <= 1 ? steps : Math.rint(steps));
    }

    /**
     * (1 − (1 − ηλ)ᵗ)/λ after t steps of gradient descent.
     *
     * @param rate η
     * @param steps t, as for {@link #left}
     */
    public double learned(double rate, double steps) {
        double x = rate * eigenvalue;
        if (x == 0) return rate * steps;
        // For a small ηλ the power is near 1, and its difference from 1 would lose digits.
        double learned = x < 0.5 ? -Math.expm1(steps * Math.log1p(-x)) : 1 - left(rate, steps);
        return learned / eigenvalue;
    }
}
