package mechanics.measure.curvature;

import mechanics.linalg.Array;
import mechanics.linalg.SymmetricOperator;
import mechanics.training.Derivatives;

/**
 * The Hessian H = ∂²L/∂θ² of a loss as a symmetric operator: products are exact and each costs about a gradient.
 * The operator follows the parameters: it is the Hessian wherever they are when it is applied.
 */
public final class Hessian {
    private Hessian() {}

    /**
     * The Hessian of the loss, P × P. Source: Pearlmutter (1994).
     *
     * @param derivatives the loss over the samples at which it is taken
     */
    public static SymmetricOperator of(Derivatives derivatives) {
        return SymmetricOperator.of(derivatives.network().parameters().count(),
                derivatives.network().precision(),
                derivatives::hessianVectorProduct);
    }

    /**
     * Its Gauss–Newton part Jᵀ ∂²L/∂f² J, which for squared loss is the Hessian where the residual vanishes, and
     * has the eigenvalues of the tangent kernel. Source: Schraudolph (2002).
     *
     * @param derivatives the loss over the samples at which it is taken
     */
    public static SymmetricOperator gaussNewton(Derivatives derivatives) {
        return SymmetricOperator.of(derivatives.network().parameters().count(),
                derivatives.network().precision(),
                derivatives::gaussNewtonVectorProduct);
    }

    /**
     * What is left, Σ ∂L/∂f ∇²f: the second derivatives of the outputs, weighted by the residual. A product costs both
     * of the above.
     *
     * @param derivatives the loss over the samples at which it is taken
     */
    public static SymmetricOperator residual(Derivatives derivatives) {
        int parameters = derivatives.network().parameters().count();
        Array gaussNewton = derivatives.network().precision().array(parameters);
        return SymmetricOperator.of(parameters, derivatives.network().precision(), (v, result) -> {
            derivatives.hessianVectorProduct(v, result);
            derivatives.gaussNewtonVectorProduct(v, gaussNewton);
            result.add(-1, gaussNewton);
        });
    }
}
