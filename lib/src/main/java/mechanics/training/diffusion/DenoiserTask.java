package mechanics.training.diffusion;

import java.util.random.RandomGenerator;

import mechanics.base.Require;
import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.base.StepRandom;
import mechanics.data.Samples;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.training.Task;

/**
 * What the tasks for the network F of a {@link PreconditionedDenoiser} have in common: every step corrupts its clean
 * images anew, and the loss is the mean of (F − what F is asked)² over pixels and samples.
 *
 * <p>Layout: an input is what {@link EdmPreconditioning} shows, 2d numbers; a target is the d numbers that F is asked and then
 * the d pixels of the clean image, from which a step begins.
 */
public interface DenoiserTask extends Task {
    /**
     * Corrupts clean images and says what F is asked of them. Modified: inputs and asked.
     *
     * @param clean n × d
     * @param inputs n × 2d
     * @param asked n × d
     * @param random where the random numbers come from
     */
    void corrupt(double[][] clean, Array inputs, double[][] asked, RandomGenerator random);

    /**
     * The samples of a run on clean images of variance about 1.
     *
     * @param clean n × d, rows are images
     * @param seed of the first corruption; each step draws its own
     */
    default Samples samples(double[][] clean, Seed seed) {
        int d = Require.matrix("clean", clean);
        int n = clean.length;
        var inputs = Precision.FLOAT64.array(2 * n * d);
        var asked = new double[n][d];
        corrupt(clean, inputs, asked, new StepRandom(seed));
        var targets = new double[n][2 * d];
        for (int i = 0; i < n; i++) {
            System.arraycopy(asked[i], 0, targets[i], 0, d);
            System.arraycopy(clean[i], 0, targets[i], d, d);
        }
        return Samples.of(inputs.toRows(2 * d), targets);
    }

    @Override
    default void check(Shape output, Array targets, int samples) {
        if (targets.length() != 2 * samples * output.count()) {
            throw new IllegalArgumentException(name() + " with " + targets.length()
                    + " target numbers: expected " + samples + " × 2 × " + output.count()
                    + ", what is asked and the clean image, for outputs of shape " + output);
        }
    }

    @Override
    default boolean redraws() { return true; }

    @Override
    default void redraw(Array inputs, Array targets, int samples, RandomGenerator random) {
        int d = targets.length() / samples / 2;
        var clean = new double[samples][d];
        var asked = new double[samples][d];
        for (int i = 0; i < samples; i++) targets.load((2 * i + 1) * d, clean[i], d);
        corrupt(clean, inputs, asked, random);
        for (int i = 0; i < samples; i++) targets.store(2 * i * d, asked[i], d);
    }

    @Override
    default double differentiate(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        Array delta = adjoint.value();
        Array f = output.value();
        adjoint.markWritten(Pass.VALUE);
        int d = output.shape().count();
        double c = 1.0 / f.length();
        double loss = 0;
        for (int i = 0; i < output.samples(); i++) {
            for (int j = 0; j < d; j++) {
                double error = f.get(i * d + j) - targets.get(2 * i * d + j);
                loss += error * error;
                delta.set(i * d + j, 2 * c * error);
            }
        }
        return c * loss;
    }

    @Override
    default void differentiateTangent(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        adjoint.markWritten(Pass.TANGENT);
        adjoint.tangent().combine(2.0 / output.value().length(), output.tangent(), 0);
    }
}
