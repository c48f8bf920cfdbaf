package mechanics.training.tasks;

import mechanics.base.Require;

import java.util.random.RandomGenerator;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.base.StepRandom;
import mechanics.data.Samples;
import mechanics.linalg.Array;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.training.LearningRule;
import mechanics.training.Task;
import mechanics.training.rules.Descent;

/**
 * Denoising: from x + σ ε with normal ε, say what x or ε was; (1/n) Σᵢ ‖f(xᵢ + σᵢ εᵢ) − target‖² over n samples. Every
 * sample has its noise level σ; to learn at many levels, give a clean sample several times.
 *
 * <p>The samples that {@link #corrupt} makes hold one draw of ε, so that the loss and its derivatives are functions on
 * parameter space like any other. A {@link Descent} draws ε anew at every step.
 *
 * <p>Layout: an input is the d numbers of x + σ ε and then whatever tells the network the noise level; a target is
 * the d numbers to say and then σ.
 */
public enum Denoising implements Task {
    /** The target is x: the best f is the mean of x given the input. */
    CLEAN,
    /** The target is ε. */
    NOISE;

    /**
     * Noisy samples of which the network sees nothing but the noisy input.
     *
     * @param clean n × d, rows are samples
     * @param levels n noise levels σ
     * @param seed where the random numbers come from; equal seeds give equal numbers
     */
    public Samples corrupt(double[][] clean, double[] levels, Seed seed) {
        return corrupt(clean, levels, new double[clean.length][0], seed);
    }

    /**
     * Noisy samples of which the network also sees conditions, such as a channel that is ln σ everywhere.
     *
     * @param clean n × d, rows are samples
     * @param levels n noise levels σ
     * @param conditions n × c, the numbers that follow each noisy input
     * @param seed where the random numbers come from; equal seeds give equal numbers
     * @throws IllegalArgumentException where sizes differ or a level is not positive
     */
    public Samples corrupt(double[][] clean, double[] levels, double[][] conditions, Seed seed) {
        if (levels.length != clean.length || conditions.length != clean.length) {
            throw new IllegalArgumentException(levels.length + " levels and " + conditions.length
                    + " conditions: expected one for each of " + clean.length + " samples");
        }
        var random = new StepRandom(seed);
        var inputs = new double[clean.length][];
        var targets = new double[clean.length][];
        for (int i = 0; i < clean.length; i++) {
            Require.positive("level of sample " + i, levels[i]);
            int d = clean[i].length;
            inputs[i] = new double[d + conditions[i].length];
            System.arraycopy(conditions[i], 0, inputs[i], d, conditions[i].length);
            targets[i] = new double[d + 1];
            targets[i][d] = levels[i];
            for (int j = 0; j < d; j++) {
                double noise = random.nextGaussian();
                inputs[i][j] = clean[i][j] + levels[i] * noise;
                targets[i][j] = this == NOISE ? noise : clean[i][j];
            }
        }
        return Samples.of(inputs, targets);
    }

    @Override
    public void check(Shape output, Array targets, int samples) {
        int d = output.count();
        if (targets.length() != samples * (d + 1)) {
            throw new IllegalArgumentException("Denoising with " + targets.length()
                    + " target numbers: expected " + samples + " × (" + d
                    + " + 1), a noise level after each target, for outputs of shape " + output);
        }
        for (int i = 0; i < samples; i++) {
            Require.positive("level of sample " + i, targets.get(i * (d + 1) + d));
        }
    }

    @Override
    public boolean redraws() { return true; }

    @Override
    public void redraw(Array inputs, Array targets, int samples, RandomGenerator random) {
        int width = inputs.length() / samples;
        int d = targets.length() / samples - 1;
        for (int i = 0; i < samples; i++) {
            int input = i * width;
            int target = i * (d + 1);
            double level = targets.get(target + d);
            for (int j = 0; j < d; j++) {
                double said = targets.get(target + j);
                double clean = this == NOISE ? inputs.get(input + j) - level * said : said;
                double noise = random.nextGaussian();
                inputs.set(input + j, clean + level * noise);
                if (this == NOISE) targets.set(target + j, noise);
            }
        }
    }

    @Override
    public double differentiate(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        Array delta = adjoint.value();
        Array f = output.value();
        adjoint.markWritten(Pass.VALUE);
        int d = output.shape().count();
        double c = 1.0 / output.samples();
        double loss = 0;
        for (int i = 0; i < output.samples(); i++) {
            for (int j = 0; j < d; j++) {
                double error = f.get(i * d + j) - targets.get(i * (d + 1) + j);
                loss += error * error;
                delta.set(i * d + j, 2 * c * error);
            }
        }
        return c * loss;
    }

    @Override
    public void differentiateTangent(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        adjoint.markWritten(Pass.TANGENT);
        adjoint.tangent().combine(2.0 / output.samples(), output.tangent(), 0);
    }
}
