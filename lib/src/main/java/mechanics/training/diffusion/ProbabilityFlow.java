package mechanics.training.diffusion;

import mechanics.base.Require;

import java.util.Arrays;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.training.LearningRule;

/**
 * Images from noise without further chance: the probability flow of a denoiser (Song et al. 2021),
 *
 * <pre>
 * dx/dσ = (x − D(x; σ)) / σ
 * </pre>
 *
 * from a great noise level, where x is pure noise, down to 0. At each level x then has the distribution of images with
 * noise of that level. Steps are those of Heun's method, the last one to level 0 is Euler's and gives D at the least
 * level; levels are σᵢ = (σ_max^(1/7) + i/(N−1) (σ_min^(1/7) − σ_max^(1/7)))^7 and then 0 (Karras et al. 2022,
 * algorithm 1). Cost: 2N − 1 evaluations of D.
 */
public final class ProbabilityFlow {
    private static final double RHO = 7;
    private final Denoiser denoiser;
    private final double[] levels;

    private ProbabilityFlow(Denoiser denoiser, double[] levels) {
        this.denoiser = denoiser;
        this.levels = levels;
    }

    /**
     * The flow of a denoiser in N steps.
     *
     * @param denoiser estimates the clean sample from a noisy one
     * @param steps N, at least 2
     * @param lowest σ_min
     * @param highest σ_max
     */
    public static ProbabilityFlow of(Denoiser denoiser, int steps, double lowest, double highest) {
        Require.positive("lowest", lowest);
        if (steps < 2) throw new IllegalArgumentException("steps = " + steps + ": expected at least 2");
        if (!(highest > lowest) || Double.isInfinite(highest)) {
            throw new IllegalArgumentException(
                    "highest = " + highest + ": expected a finite level above the lowest, " + lowest);
        }
        var levels = new double[steps + 1];
        double from = Math.pow(highest, 1 / RHO);
        double to = Math.pow(lowest, 1 / RHO);
        for (int i = 0; i < steps; i++) levels[i] = Math.pow(from + i * (to - from) / (steps - 1), RHO);
        return new ProbabilityFlow(denoiser, levels);
    }

    /**
     * The same steps with another denoiser.
     *
     * @param other another denoiser
     */
    public ProbabilityFlow with(Denoiser other) { return new ProbabilityFlow(other, levels); }

    /** D. */
    public Denoiser denoiser() { return denoiser; }

    /** The number of steps N. */
    public int steps() { return levels.length - 1; }

    /** The levels, falling, N of them and then 0. A fresh copy. */
    public double[] levels() {
        return levels.clone();
    }

    /**
     * The images that noise becomes.
     *
     * @param noise n × d normal numbers of variance 1: what is to be reproduced, for which see {@link #noise}
     */
    public double[][] sample(double[][] noise) {
        Require.matrix("noise", noise);
        double[][] x = new double[noise.length][];
        for (int i = 0; i < x.length; i++) {
            x[i] = noise[i].clone();
            for (int j = 0; j < x[i].length; j++) x[i][j] *= levels[0];
        }
        var at = new int[x.length];
        for (int step = 0; step < steps(); step++) {
            Arrays.fill(at, step);
            x = step(x, at);
        }
        return x;
    }

    /**
     * One step down for each image.
     *
     * @param x n × d
     * @param at for each image the number i of the level where it is, 0 to N − 1
     * @return the images at level i + 1
     * @throws IllegalArgumentException if rows differ in length, or there is no level for each or none below it
     */
    public double[][] step(double[][] x, int[] at) {
        Require.matrix("x", x);
        Require.sameLength("at", at.length, "x", x.length);
        for (int i = 0; i < at.length; i++) {
            if (at[i] < 0 || at[i] >= steps()) {
                throw new IllegalArgumentException(
                        "at [" + i + "] = " + at[i] + ": expected a level from 0 to " + (steps() - 1));
            }
        }
        var from = new double[x.length];
        var to = new double[x.length];
        boolean second = false;
        for (int i = 0; i < x.length; i++) {
            from[i] = levels[at[i]];
            to[i] = levels[at[i] + 1];
            second |= to[i] > 0;
        }
        double[][] clean = denoiser.denoise(x, from);
        var next = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            next[i] = x[i].clone();
            for (int j = 0; j < x[i].length; j++) {
                next[i][j] += (to[i] - from[i]) / from[i] * (x[i][j] - clean[i][j]);
            }
        }
        return second ? corrected(x, clean, next, from, to) : next;
    }

    /** Heun's second half: the mean of the slopes at both ends, where the end is above level 0. */
    private double[][] corrected(double[][] x, double[][] clean, double[][] next, double[] from,
            double[] to) {
        double[][] cleaner = denoiser.denoise(next, to);
        for (int i = 0; i < x.length; i++) {
            if (to[i] == 0) continue;
            for (int j = 0; j < x[i].length; j++) {
                double slope = (x[i][j] - clean[i][j]) / from[i] + (next[i][j] - cleaner[i][j]) / to[i];
                next[i][j] = x[i][j] + (to[i] - from[i]) * slope / 2;
            }
        }
        return next;
    }

    /**
     * Noise to begin with, the same for every model that is given the same seed.
     *
     * @param n the number of images
     * @param d their pixels
     * @param seed where the random numbers come from; equal seeds give equal numbers
     */
    public static double[][] noise(int n, int d, long seed) {
        Array numbers = Precision.FLOAT64.array(n * d);
        numbers.fillGaussian(Seed.of(seed).stream("noise"), 1);
        return numbers.toRows(d);
    }
}
