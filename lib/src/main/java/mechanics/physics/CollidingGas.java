package mechanics.physics;

import java.util.random.RandomGenerator;

import mechanics.base.Seed;

/**
 * Equal particles that collide in random pairs: each collision keeps the pair's momentum and energy and turns the
 * relative velocity into a random direction. Positions are not followed. This is the model in which Kac (1956) derived
 * Boltzmann's equation; whatever the start, the velocities end up uniform among those of equal energy and momentum.
 *
 * <p>The gas changes as it collides. Mass 1; not for use from several threads at once.
 */
public final class CollidingGas {
    private final double[][] velocities;
    private final RandomGenerator random;

    private CollidingGas(double[][] velocities, RandomGenerator random) {
        this.velocities = velocities;
        this.random = random;
    }

    /**
     * Two beams that run into each other: half of the particles with velocity (1, 0, 0), half with (−1, 0, 0). Every
     * particle has energy ½ and the total momentum is zero: as far from equilibrium as can be.
     *
     * @param particles M, even, at least 2
     * @param seed of the collisions
     */
    public static CollidingGas beams(int particles, long seed) {
        if (particles < 2 || particles % 2 != 0)
            throw new IllegalArgumentException(
                    "particles = " + particles + ": expected an even number of at least 2");
        var velocities = new double[particles][3];
        for (int i = 0; i < particles; i++) velocities[i][0] = i % 2 == 0 ? 1 : -1;
        return new CollidingGas(velocities, Seed.of(seed).stream("collisions"));
    }

    /** The number of particles. */
    public int particles() { return velocities.length; }

    /**
     * Lets as many random pairs collide. Cost: O(collisions).
     *
     * @param collisions how many pairs collide
     */
    public void collide(int collisions) {
        for (int c = 0; c < collisions; c++) {
            int i = random.nextInt(velocities.length);
            int j = random.nextInt(velocities.length - 1);
            collide(velocities[i], velocities[j < i ? j : j + 1]);
        }
    }

    private void collide(double[] v, double[] w) {
        double square = 0;
        for (int c = 0; c < 3; c++) square += (v[c] - w[c]) * (v[c] - w[c]);
        double half = Math.sqrt(square) / 2;
        // A uniform direction: the height of a point on a sphere is uniform (Archimedes).
        double height = 2 * random.nextDouble() - 1;
        double radius = Math.sqrt(1 - height * height);
        double angle = 2 * Math.PI * random.nextDouble();
        double[] direction = {radius * Math.cos(angle), radius * Math.sin(angle), height};
        for (int c = 0; c < 3; c++) {
            double middle = (v[c] + w[c]) / 2;
            v[c] = middle + half * direction[c];
            w[c] = middle - half * direction[c];
        }
    }

    /** The kinetic energies ½v² of the particles now. */
    public double[] energies() {
        var energies = new double[velocities.length];
        for (int i = 0; i < energies.length; i++)
            for (double component : velocities[i]) energies[i] += component * component / 2;
        return energies;
    }

    /**
     * The energies now of groups of N particles, as many as there are without overlap.
     *
     * @param group N, from 1 to the number of particles
     */
    public double[] energies(int group) {
        if (group < 1 || group > velocities.length)
            throw new IllegalArgumentException(
                    "group = " + group + ": expected 1 to " + velocities.length + " particles");
        double[] all = energies();
        var energies = new double[all.length / group];
        for (int i = 0; i < energies.length * group; i++) energies[i / group] += all[i];
        return energies;
    }

    /** The sum of all velocities, three components. */
    public double[] momentum() {
        var momentum = new double[3];
        for (double[] v : velocities)
            for (int c = 0; c < 3; c++) momentum[c] += v[c];
        return momentum;
    }
}
