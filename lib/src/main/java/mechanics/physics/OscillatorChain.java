package mechanics.physics;

import mechanics.base.Require;

import java.util.Arrays;

/**
 * Equal masses in a row, neighbors joined by equal springs, both ends fastened to walls:
 *
 * <pre>m ẍ_j = κ(x_{j+1} − 2x_j + x_{j−1}) + α[(x_{j+1} − x_j)² − (x_j − x_{j−1})²],   x_0 = x_{N+1} = 0.</pre>
 *
 * For α = 0 the standing waves v_k(j) = √(2/(N+1)) sin(πkj/(N+1)) diagonalize the forces: mode k swings with
 * ω_k = 2√(κ/m) sin(πk/(2(N+1))) whatever the others do. With α ≠ 0 the modes exchange energy; this is the chain of
 * Fermi, Pasta, Ulam and Tsingou (1955).
 *
 * @param masses N, at least 1
 * @param mass m, positive
 * @param stiffness κ, positive
 * @param anharmonicity α, the quadratic part of a spring's force; 0 for springs of Hooke
 */
public record OscillatorChain(int masses, double mass, double stiffness, double anharmonicity) {

    /** @throws IllegalArgumentException if an argument is out of its range */
    public OscillatorChain {
        if (masses < 1) throw new IllegalArgumentException("masses = " + masses + ": expected at least 1");
        Require.positive("mass", mass);
        Require.positive("stiffness", stiffness);
        if (!Double.isFinite(anharmonicity))
            throw new IllegalArgumentException(
                    "anharmonicity = " + anharmonicity + ": expected a finite number");
    }

    /**
     * The same chain with another α.
     *
     * @param alpha α, the cubic coupling
     */
    public OscillatorChain anharmonicity(double alpha) {
        return new OscillatorChain(masses, mass, stiffness, alpha);
    }

    /**
     * ω_k = 2√(κ/m) sin(πk/(2(N+1))) for mode k from 1 to N; exact for α = 0.
     *
     * @param mode k, from 1
     */
    public double frequency(int mode) {
        requireMode(mode);
        return 2 * Math.sqrt(stiffness / mass) * Math.sin(Math.PI * mode / (2 * (masses + 1)));
    }

    /**
     * The frequency at which {@link #swing} moves mode k, (2/h) asin(ω_k h/2): Störmer's and Verlet's steps follow a
     * harmonic oscillator exactly, but of this frequency. Higher than ω_k by the share (ω_k h)²/24 to leading order.
     *
     * @param mode k, from 1
     * @param step h, positive and less than 2/ω_k, beyond which the steps are unstable
     */
    public double steppedFrequency(int mode, double step) {
        double half = frequency(mode) * step / 2;
        if (!(half > 0 && half < 1))
            throw new IllegalArgumentException(
                    "step = " + step + ": expected a positive number below " + 2 / frequency(mode));
        return 2 / step * Math.asin(half);
    }

    /**
     * The standing wave v_k over the N masses, a unit vector.
     *
     * @param mode k, from 1
     */
    public double[] shape(int mode) {
        requireMode(mode);
        var shape = new double[masses];
        Arrays.setAll(shape,
                j -> Math.sqrt(2.0 / (masses + 1)) * Math.sin(Math.PI * mode * (j + 1) / (masses + 1)));
        return shape;
    }

    /**
     * How much of each mode is in a displacement, v_kᵀx. Cost: O(N²).
     *
     * @param x displacements, N numbers. Not modified.
     * @return N numbers, mode 1 first
     */
    public double[] amplitudes(double[] x) {
        requireLength(x);
        var amplitudes = new double[masses];
        for (int k = 0; k < masses; k++) {
            double[] shape = shape(k + 1);
            for (int j = 0; j < masses; j++) amplitudes[k] += shape[j] * x[j];
        }
        return amplitudes;
    }

    /**
     * The displacement Σ_k a_k v_k, the inverse of {@link #amplitudes}.
     *
     * @param amplitudes of each mode, from the lowest
     */
    public double[] displacement(double[] amplitudes) { return amplitudes(amplitudes); }

    /**
     * Lets the chain go from rest and follows it by Störmer's and Verlet's steps, which see the forces on the masses and
     * nothing of modes. Cost: O(N) a step.
     *
     * @param start displacements, N numbers. Not modified.
     * @param step h, the time of a step; stable below 2/ω_N
     * @param steps how many, at least 0
     * @return displacements after 0, 1, …, steps steps: (steps + 1) × N
     */
    public double[][] swing(double[] start, double step, int steps) {
        requireLength(start);
        Require.positive("step", step);
        if (steps < 0) throw new IllegalArgumentException("steps = " + steps + ": expected at least 0");
        var path = new double[steps + 1][];
        path[0] = start.clone();
        double[] velocity = new double[masses];
        double[] acceleration = acceleration(start);
        for (int t = 1; t <= steps; t++) {
            double[] x = path[t - 1].clone();
            for (int j = 0; j < masses; j++) {
                velocity[j] += step / 2 * acceleration[j];
                x[j] += step * velocity[j];
            }
            acceleration = acceleration(x);
            for (int j = 0; j < masses; j++) velocity[j] += step / 2 * acceleration[j];
            path[t] = x;
        }
        return path;
    }

    private double[] acceleration(double[] x) {
        var acceleration = new double[masses];
        double left = pull(x[0]);
        for (int j = 0; j < masses; j++) {
            double right = pull((j + 1 < masses ? x[j + 1] : 0) - x[j]);
            acceleration[j] = (right - left) / mass;
            left = right;
        }
        return acceleration;
    }

    /** The force of a spring that is longer than at rest by d. */
    private double pull(double d) {
        return stiffness * d + anharmonicity * d * d;
    }

    private void requireMode(int mode) {
        if (mode < 1 || mode > masses)
            throw new IllegalArgumentException("mode = " + mode + ": expected a mode from 1 to " + masses);
    }

    private void requireLength(double[] x) {
        if (x.length != masses)
            throw new IllegalArgumentException(
                    x.length + " numbers: expected " + masses + ", one for each mass or mode");
    }
}
