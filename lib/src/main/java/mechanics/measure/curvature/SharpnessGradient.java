package mechanics.measure.curvature;

import mechanics.linalg.Array;
import mechanics.training.Derivatives;

/**
 * The gradient of the sharpness, ∇λ₁ = ∇³L(u, u) for the leading eigenvector u of the Hessian H: the direction in
 * parameter space in which the curvature along u grows. It is the central difference
 *
 * <pre>∇³L(u, u) = (H(θ + εu) u − H(θ − εu) u) / 2ε + O(ε²)</pre>
 *
 * of exact Hessian-vector products; third derivatives are symmetric, so that the derivative along u of H u is the
 * gradient of ⟨u, H u⟩, and because u is an eigenvector of length 1 its own motion adds nothing.
 *
 * <p>Cost: two Hessian-vector products. The network's precision should be double: in single precision rounding leaves
 * about two digits. Source: Damian, Nichani and Lee, "Self-stabilization" (2023), section 3.
 */
public final class SharpnessGradient {

    private SharpnessGradient() {}

    /**
     * ∇³L(u, u) with ε = 10⁻³.
     *
     * @param derivatives the loss over the samples at which it is taken
     * @param u the leading eigenvector: P numbers of length 1, in the network's precision. Not modified.
     * @return P numbers in a new array, in the layout of the parameters
     */
    public static Array of(Derivatives derivatives, Array u) { return of(derivatives, u, 1e-3); }

    /**
     * ∇³L(u, u) at the present parameters, which are there again, to the last bit, when this returns.
     *
     * @param derivatives the loss over the samples at which it is taken
     * @param u       P numbers of length 1, in the network's precision. Not modified.
     * @param epsilon ε, positive
     * @return P numbers in a new array, in the layout of the parameters
     */
    public static Array of(Derivatives derivatives, Array u, double epsilon) {
        if (!(epsilon > 0 && Double.isFinite(epsilon)))
            throw new IllegalArgumentException(
                    "epsilon = " + epsilon + ": expected a positive finite number");
        var parameters = derivatives.network().parameters();
        if (u.length() != parameters.count())
            throw new IllegalArgumentException(
                    "u has " + u.length() + " numbers: expected " + parameters.count()
                            + ", one for each parameter");
        Array theta = parameters.array();
        Array start = theta.copy();
        Array forward = start.like(start.length());
        Array backward = start.like(start.length());
        try {
            theta.add(epsilon, u);
            parameters.changed();
            derivatives.hessianVectorProduct(u, forward);
            parameters.set(start);
            theta.add(-epsilon, u);
            parameters.changed();
            derivatives.hessianVectorProduct(u, backward);
        } finally {
            parameters.set(start);
        }
        forward.combine(-1 / (2 * epsilon), backward, 1 / (2 * epsilon));
        return forward;
    }
}
