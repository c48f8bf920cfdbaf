package mechanics.physics;

/**
 * How much the kinetic energy of N particles of an ideal gas in three dimensions fluctuates, relative to its mean.
 *
 * <p>In a heat bath all 3N components of velocity are independent and normal, so that the energy is a sum of 3N
 * independent squares and
 *
 * <pre>ΔE/⟨E⟩ = √(2/(3N)),</pre>
 *
 * exactly, for every N. If the bath is finite, the N particles being part of M that are isolated, with fixed energy and
 * with momentum zero, the 3M velocities are uniform on a sphere of D = 3(M − 1) dimensions (Maxwell's and Boltzmann's
 * microcanonical ensemble); the mean and the mean square of a quadratic form there give
 *
 * <pre>(ΔE/⟨E⟩)² = (2/(D + 2)) (D tr A²/(tr A)² − 1),   tr A = 3(N − N/M),   tr A² = 3(N − 1 + (1 − N/M)²).</pre>
 *
 * It is zero at N = M, and the first formula for M → ∞. Source: any text on statistical mechanics for the first, such
 * as Landau and Lifshitz, "Statistical Physics"; the second is derived here.
 *
 * @param particles N, at least 1
 */
public record EnergyFluctuation(int particles) {

    /** @throws IllegalArgumentException if there is no particle */
    public EnergyFluctuation {
        if (particles < 1)
            throw new IllegalArgumentException("particles = " + particles + ": expected at least 1");
    }

    /** √(2/(3N)): in contact with a heat bath that is infinite. */
    public double inBath() {
        return Math.sqrt(2.0 / (3 * particles));
    }

    /**
     * As part of an isolated gas at rest.
     *
     * @param total M, all particles of the gas, more than one and at least N
     */
    public double within(int total) {
        if (total < 2 || total < particles)
            throw new IllegalArgumentException(
                    "total = " + total + ": expected at least 2 and at least " + particles + " particles");
        double dimensions = 3.0 * (total - 1);
        double rest = 1 - (double) particles / total;
        double trace = 3 * particles * (1 - 1.0 / total);
        double squares = 3 * (particles - 1 + rest * rest);
        double variance = 2 / (dimensions + 2) * (dimensions * squares / (trace * trace) - 1);
        return Math.sqrt(Math.max(0, variance));
    }
}
