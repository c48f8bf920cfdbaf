package mechanics.solvable;

import java.util.Arrays;

import mechanics.base.Require;

/**
 * Linear attention that has learned to regress in context: what it computes after training, and its risk on prompts of
 * any length, scale and noise.
 *
 * <p>A prompt has N examples (xᵢ, yᵢ) and a query x, all x ~ N(0, Λ), yᵢ = w·xᵢ + noise of variance σ², with a new
 * w ~ N(0, I) in every prompt. One layer of linear attention answers
 * <pre>
 *   ŷ = (1/N) Σᵢ yᵢ xᵢᵀ A x,
 * </pre>
 * one step of preconditioned gradient descent on the examples from zero. With Ŝ = (1/N) Σᵢ xᵢxᵢᵀ and
 * E Ŝ² = (1 + 1/N) Λ² + (tr Λ/N) Λ the risk E (ŷ − w·x)² is smallest at
 * <pre>
 *   A = Γ⁻¹,   Γ = (1 + 1/N) Λ + (tr Λ + σ²)/N · I.
 * </pre>
 * On prompts with eigenvalues λ of the covariance along the same axes, M examples and noise σ² the risk is
 * <pre>
 *   Σᵢ λᵢ (1 − 2aᵢλᵢ + aᵢ² ((1 + 1/M) λᵢ² + (Σλ + σ²) λᵢ/M)).
 * </pre>
 * For Λ = I it is d(d + 1 + σ²)/(N + d + 1 + σ²) on prompts as in training. Immutable.
 *
 * <p>Source: Zhang, Frei and Bartlett (2024), theorems 4.1 and 4.2 (σ = 0); Ahn, Cheng, Daneshmand and Sra (2023),
 * theorem 1. The noise is a term in E (ŷ − w·x)² that adds to the trace. Cost: O(d) for every method.
 */
public final class InContextRegression {
    private final double[] eigenvalues;
    private final int examples;
    private final double noise;

    private InContextRegression(double[] eigenvalues, int examples, double noise) {
        this.eigenvalues = eigenvalues;
        this.examples = examples;
        this.noise = noise;
    }

    /**
     * Attention trained on prompts with the given covariance.
     *
     * @param eigenvalues those of Λ, length d, positive. Not modified.
     * @param examples N, at least 1
     * @param noise σ², not negative
     * @throws IllegalArgumentException if there is no eigenvalue, or if a number is out of range
     */
    public static InContextRegression of(double[] eigenvalues, int examples, double noise) {
        requireEigenvalues(eigenvalues);
        return new InContextRegression(eigenvalues.clone(), Require.positive("examples", examples),
                Require.notNegative("noise", noise));
    }

    /**
     * Attention trained on prompts with Λ = I.
     *
     * @param d the number of coordinates, at least 1
     * @param examples N, at least 1
     * @param noise σ², not negative
     * @throws IllegalArgumentException if a number is out of range
     */
    public static InContextRegression isotropic(int d, int examples, double noise) {
        var ones = new double[Require.positive("d", d)];
        Arrays.fill(ones, 1);
        return of(ones, examples, noise);
    }

    /** The eigenvalues aᵢ of A = Γ⁻¹, in the order of the λᵢ, in a new array. */
    public double[] preconditioner() {
        double trace = Arrays.stream(eigenvalues).sum();
        return Arrays.stream(eigenvalues)
                .map(lambda -> 1 / (lambda + (lambda + trace + noise) / examples)).toArray();
    }

    /** The risk on prompts as in training: E (ŷ − w·x)². The noise of the query's own label is not in it. */
    public double risk() {
        return risk(eigenvalues, examples, noise);
    }

    /**
     * The risk on other prompts.
     *
     * @param testEigenvalues those of their covariance, which has the axes of Λ, length d, positive. Not modified.
     * @param testExamples M, at least 1
     * @param testNoise their σ², not negative
     * @throws IllegalArgumentException if there are not d eigenvalues, or if a number is out of range
     */
    public double risk(double[] testEigenvalues, int testExamples, double testNoise) {
        return risk(preconditioner(), testEigenvalues, testExamples, testNoise);
    }

    /**
     * What is left of the risk on prompts of infinite length, Σᵢ λᵢ(1 − aᵢλᵢ)²: not zero, because A was made for N
     * examples.
     *
     * @param testEigenvalues those of the covariance, which has the axes of Λ, length d, positive. Not modified.
     * @throws IllegalArgumentException if there are not d eigenvalues, or if one is not positive
     */
    public double floor(double[] testEigenvalues) {
        requireEigenvalues(testEigenvalues);
        double[] a = preconditioner();
        Require.sameLength("testEigenvalues", testEigenvalues.length, "the eigenvalues in training",
                a.length);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double missed = 1 - a[i] * testEigenvalues[i];
            sum += testEigenvalues[i] * missed * missed;
        }
        return sum;
    }

    /**
     * The risk of ŷ = (1/M) Σᵢ yᵢ xᵢᵀ A x for any A with the axes of the covariance.
     *
     * @param preconditioner the eigenvalues of A, length d. Not modified.
     * @param eigenvalues those of the covariance of x, length d, positive. Not modified.
     * @param examples M, at least 1
     * @param noise σ², not negative
     * @throws IllegalArgumentException if the lengths differ, or if a number is out of range
     */
    public static double risk(double[] preconditioner, double[] eigenvalues, int examples, double noise) {
        requireEigenvalues(eigenvalues);
        Require.sameLength("eigenvalues", eigenvalues.length, "the preconditioner", preconditioner.length);
        Require.positive("examples", examples);
        double spread = Arrays.stream(eigenvalues).sum() + Require.notNegative("noise", noise);
        double sum = 0;
        for (int i = 0; i < eigenvalues.length; i++) {
            double lambda = eigenvalues[i];
            double step = Require.finite("preconditioner", preconditioner[i]) * lambda;
            // (1 − aλ)² and what the scatter of Ŝ and the noise add, without a difference of large numbers.
            sum += lambda * ((1 - step) * (1 - step) + step * step * (1 + spread / lambda) / examples);
        }
        return sum;
    }

    private static void requireEigenvalues(double[] eigenvalues) {
        if (eigenvalues.length == 0)
            throw new IllegalArgumentException("eigenvalues = []: expected at least one");
        for (double lambda : eigenvalues) Require.positive("eigenvalue", lambda);
    }
}
