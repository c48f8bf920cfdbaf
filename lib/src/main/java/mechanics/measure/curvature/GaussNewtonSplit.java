package mechanics.measure.curvature;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.Lanczos;
import mechanics.linalg.Spectrum;
import mechanics.linalg.SymmetricOperator;
import mechanics.training.Derivatives;

/**
 * The Hessian as Gauss–Newton part and rest, H = G + R, seen from the sharpest direction u of G.
 *
 * <p>G = Jᵀ ∂²L/∂f² J, which for a mean of squared errors ½‖f − y‖² has the eigenvalues of the tangent kernel over n.
 * R = Σ ∂L/∂f ∇²f is linear in the residual and vanishes with it. For the largest eigenvalue λ of G this gives
 *
 * <pre>
 *   |λ_max(H) − λ| ≤ ‖R‖                                     Weyl
 *   λ_max(H) = λ + uᵀRu + ‖(1 − uuᵀ) R u‖² / λ + …            second order
 * </pre>
 *
 * The second order is that of perturbation theory if R leads from u to directions in which G is small against λ: that
 * is most of parameter space when there are more parameters than outputs over all samples. The series is one in
 * {@link #smallness}, ‖R‖/λ.
 *
 * <p>Source: Schraudolph (2002) for the split; Weyl (1912); Kato, Perturbation Theory for Linear Operators (1966),
 * chapter II.
 *
 * @param gaussNewton λ, the largest eigenvalue of G
 * @param along uᵀ R u
 * @param across ‖(1 − u uᵀ) R u‖
 * @param residualNorm ‖R‖, the largest size of an eigenvalue of R
 */
public record GaussNewtonSplit(double gaussNewton, double along, double across, double residualNorm) {

    /**
     * The split at the present parameters. Cost: some 100 Hessian-vector products.
     *
     * @param derivatives the loss over the samples at which it is taken
     * @throws ArithmeticException where an eigenvalue has not converged, or a derivative is not finite
     */
    public static GaussNewtonSplit of(Derivatives derivatives) {
        var top = converged("Gauss–Newton part",
                Lanczos.of(1).withTolerance(1e-5).largest(Hessian.gaussNewton(derivatives)));
        var rest = Hessian.residual(derivatives);
        Array u = top.vector(0);
        Array image = u.like(u.length());
        rest.apply(u, image);
        double along = u.dot(image);
        image.add(-along, u);
        return new GaussNewtonSplit(top.largest(), along, image.norm(), norm(rest, top.largest()));
    }

    /** The largest eigenvalue of H by perturbation theory to the second order. */
    public double secondOrder() {
        return gaussNewton + along + across * across / gaussNewton;
    }

    /** ‖R‖/λ: how small the rest is. */
    public double smallness() { return residualNorm / gaussNewton; }

    /** ‖R‖; 0 where the products with R are no more than what rounding leaves of H − G. */
    private static double norm(SymmetricOperator rest, double scale) {
        Array probe = rest.precision().array(rest.size());
        Array image = rest.precision().array(rest.size());
        HessianTrace.fillSigns(probe, Seed.of(0));
        rest.apply(probe, image);
        if (image.norm() <= 1000 * rest.precision().unitRoundoff() * scale * probe.norm()) return 0;
        double highest = converged("rest", Lanczos.of(1).largest(rest)).largest();
        double lowest = -converged("rest", Lanczos.of(1).largest(rest.negated())).largest();
        return Math.max(Math.abs(highest), Math.abs(lowest));
    }

    private static Spectrum converged(String part, Spectrum spectrum) {
        if (spectrum.converged()) return spectrum;
        throw new ArithmeticException("the largest eigenvalue of the " + part + " of the Hessian after "
                + spectrum.products() + " products: residual " + spectrum.pairs().getFirst().residual()
                + " of " + spectrum.largest() + ", expected within the tolerance");
    }
}
