package mechanics.training.diffusion;

import mechanics.base.Require;

import java.util.random.RandomGenerator;

import mechanics.linalg.Array;
import mechanics.training.LearningRule;

/**
 * Denoising score matching (Vincent 2011) at all noise levels at once, as Karras et al. (2022) do it: every step adds
 * noise to its images, of a level that is drawn for each image, log-uniformly between two limits, and asks the network
 * F of a {@link PreconditionedDenoiser} for what makes D(x; σ) the clean image. The best D is the posterior mean.
 *
 * <p>Of images with variance 1 the loss is about 1 at the start.
 *
 * @param lowest the least σ
 * @param highest the greatest σ
 */
public record ScoreMatching(double lowest, double highest) implements DenoiserTask {
    /** Checks the limits. */
    public ScoreMatching {
        Require.positive("lowest", lowest);
        Require.positive("highest", highest);
        if (lowest > highest) {
            throw new IllegalArgumentException(
                    "levels from " + lowest + " to " + highest + ": expected the lowest first");
        }
    }

    @Override
    public String name() { return "ScoreMatching"; }

    @Override
    public void corrupt(double[][] clean, Array inputs, double[][] asked, RandomGenerator random) {
        for (int i = 0; i < clean.length; i++) {
            var level = new EdmPreconditioning(lowest * Math.pow(highest / lowest, random.nextDouble()));
            var x = new double[clean[i].length];
            for (int j = 0; j < x.length; j++) {
                x[j] = clean[i][j] + level.sigma() * random.nextGaussian();
                asked[i][j] = level.asked(x[j], clean[i][j]);
            }
            level.show(inputs, i, x);
        }
    }
}
