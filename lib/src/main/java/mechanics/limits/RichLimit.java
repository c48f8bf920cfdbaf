package mechanics.limits;

import mechanics.base.Require;
/**
 * How far the weights of a two-layer ReLU network must go when its output has a small factor α.
 *
 * <p>The network is f(x) = (α/n) Σ aᵢ ReLU(wᵢ·x). Its mass (α/n) Σ |aᵢ|‖wᵢ‖, the variation norm of its measure over
 * directions, starts at αm₀ and must become that of the teacher, M, when its neurons end on the teacher's directions
 * with the teacher's signs. Gradient flow conserves aᵢ² − ‖wᵢ‖² for every neuron (the output is homogeneous), so if
 * every neuron starts balanced, |aᵢ| = ‖wᵢ‖, then the squared length of all weights is twice Σ |aᵢ|‖wᵢ‖ at all times, and
 *
 * <pre>‖θ‖ / ‖θ₀‖ = R = √(M/(αm₀)).</pre>
 *
 * By the triangle inequality the relative movement ‖θ − θ₀‖/‖θ₀‖ is then R within 1, whatever the network does on
 * the way: it is ∝ α^(−1/2) for small α.
 *
 * <p>Sources: the conservation law is in Du, Hu and Lee (2018), theorem 2.1; the mass as the cost of a function in
 * Bach (2017) and Chizat and Bach (2020).
 *
 * @param teacherMass M, positive: Σ_j |c_j|‖v_j‖ of a teacher Σ_j c_j ReLU(v_j·x)
 * @param startMass m₀, positive: the mean of |aᵢ|‖wᵢ‖ at the start
 */
public record RichLimit(double teacherMass, double startMass) {

    /** Checks the numbers. */
    public RichLimit {
        Require.positive("teacherMass", teacherMass);
        Require.positive("startMass", startMass);
    }

    /**
     * R = √(M/(αm₀)): the length of all weights at the end, in lengths of the start; within 1 the relative movement.
     *
     * @param alpha α, the output multiplier
     */
    public double growth(double alpha) {
        Require.positive("alpha", alpha);
        return Math.sqrt(teacherMass / (alpha * startMass));
    }
}
