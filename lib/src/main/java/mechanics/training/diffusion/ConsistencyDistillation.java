package mechanics.training.diffusion;

import java.util.random.RandomGenerator;

import mechanics.linalg.Array;

/**
 * Consistency distillation (Song et al. 2023): a student learns to say, at every point of a teacher's
 * {@link ProbabilityFlow}, where the flow ends. Then one evaluation makes an image from noise. It is asked to say at a
 * point what it says itself one step of the teacher further down,
 *
 * <pre>
 * f(x; σᵢ) = f(teacher's step from x; σᵢ₊₁),   f(x; 0) = x
 * </pre>
 *
 * where the right-hand side counts as given. The second condition, which {@link EdmPreconditioning} fulfills, is where all
 * knowledge comes from: level by level it spreads upwards. The average over past students that the authors take on the
 * right-hand side is left out (as Song and Dhariwal 2023 advise).
 *
 * <p>Cost of a step: the gradient of a step of {@link ScoreMatching}, one evaluation of the student and two of the
 * teacher.
 *
 * @param teacher the flow
 * @param student f, whose network is the one that is trained
 */
public record ConsistencyDistillation(ProbabilityFlow teacher,
        PreconditionedDenoiser student) implements DenoiserTask {

    @Override
    public String name() { return "ConsistencyDistillation"; }

    @Override
    public void corrupt(double[][] clean, Array inputs, double[][] asked, RandomGenerator random) {
        double[] levels = teacher.levels();
        int n = clean.length;
        var x = new double[n][];
        var at = new int[n];
        var next = new double[n];
        for (int i = 0; i < n; i++) {
            at[i] = random.nextInt(teacher.steps());
            next[i] = levels[at[i] + 1];
            x[i] = clean[i].clone();
            for (int j = 0; j < x[i].length; j++) x[i][j] += levels[at[i]] * random.nextGaussian();
        }
        double[][] end = student.denoise(teacher.step(x, at), next);
        for (int i = 0; i < n; i++) {
            var level = new EdmPreconditioning(levels[at[i]]);
            for (int j = 0; j < x[i].length; j++) asked[i][j] = level.asked(x[i][j], end[i][j]);
            level.show(inputs, i, x[i]);
        }
    }
}
