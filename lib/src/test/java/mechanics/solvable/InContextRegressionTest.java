package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import mechanics.base.Seed;
import mechanics.statistics.Estimate;

class InContextRegressionTest {

    /** (ŷ − w·x)² of one prompt, drawn and answered as the class says. */
    private static double squaredError(double[] a, double[] eigenvalues, int examples, double noise,
            RandomGenerator random) {
        int d = a.length;
        double[] w = Seed.gaussian(d, random);
        double[] query = input(eigenvalues, random);
        double error = 0;
        for (int j = 0; j < d; j++) error -= w[j] * query[j];
        for (int i = 0; i < examples; i++) {
            double[] x = input(eigenvalues, random);
            double y = Math.sqrt(noise) * random.nextGaussian();
            double similarity = 0;
            for (int j = 0; j < d; j++) {
                y += w[j] * x[j];
                similarity += x[j] * a[j] * query[j];
            }
            error += y * similarity / examples;
        }
        return error * error;
    }

    private static double[] input(double[] eigenvalues, RandomGenerator random) {
        double[] x = Seed.gaussian(eigenvalues.length, random);
        for (int j = 0; j < x.length; j++) x[j] *= Math.sqrt(eigenvalues[j]);
        return x;
    }

    private static double[] positive(int d, RandomGenerator random) {
        return random.doubles(d, 0.2, 3).toArray();
    }

    private static double[] all(int d, double value) {
        double[] array = new double[d];
        Arrays.fill(array, value);
        return array;
    }

    @RepeatedTest(6)
    void theRiskIsMeasured(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("prompts");
        int d = random.nextInt(1, 7);
        int examples = random.nextInt(1, 30);
        double noise = 2 * random.nextDouble();
        var theory = InContextRegression.of(positive(d, random), random.nextInt(1, 30), random.nextDouble());
        double[] test = positive(d, random);
        double[] errors = new double[40_000];
        for (int i = 0; i < errors.length; i++)
            errors[i] = squaredError(theory.preconditioner(), test, examples, noise, random);
        var estimate = Estimate.of(errors);
        assertEquals(estimate.mean(), theory.risk(test, examples, noise), 4.5 * estimate.standardError());
    }

    @RepeatedTest(5)
    void thePreconditionerIsTheBest(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("best");
        double[] eigenvalues = positive(4, random);
        int examples = random.nextInt(1, 40);
        double noise = random.nextDouble();
        var theory = InContextRegression.of(eigenvalues, examples, noise);
        for (int i = 0; i < 4; i++)
            for (double factor : new double[]{0.97, 1.03}) {
                double[] a = theory.preconditioner();
                a[i] *= factor;
                assertTrue(theory.risk() < InContextRegression.risk(a, eigenvalues, examples, noise));
            }
    }

    @ParameterizedTest
    @CsvSource({"5,20,0", "3,7,1.5", "1,1,0.2", "12,300,4"})
    void isotropicPromptsHaveTheShortFormulas(int d, int n, double noise) {
        var theory = InContextRegression.isotropic(d, n, noise);
        double c = n / (n + d + 1 + noise);
        for (double a : theory.preconditioner()) assertEquals(c, a, 1e-14);
        assertEquals(d * (d + 1 + noise) / (n + d + 1 + noise), theory.risk(), 1e-12);
        double s = 2.5;
        double[] ones = all(d, 1);
        double[] scaled = all(d, s);
        double m = 9;
        assertEquals(
                d * s * (1 - 2 * c * s + c * c * s * s * (1 + (d + 1) / m) + c * c * s * noise / m),
                theory.risk(scaled, 9, noise), 1e-11);
        assertEquals(theory.floor(scaled), theory.risk(scaled, Integer.MAX_VALUE, noise), 1e-5);
        assertEquals(d * Math.pow((d + 1 + noise) / (n + d + 1 + noise), 2),
                theory.floor(ones), 1e-12);
    }

    @Test
    void manyExamplesMakeItNewtonsStep() {
        double[] eigenvalues = {3, 1, 0.2};
        assertArrayEquals(new double[]{1.0 / 3, 1, 5},
                InContextRegression.of(eigenvalues, Integer.MAX_VALUE, 1).preconditioner(), 1e-6);
    }

    @Test
    void argumentsAreNotModifiedAndNotShared() {
        double[] eigenvalues = {1, 2};
        var theory = InContextRegression.of(eigenvalues, 5, 0);
        double before = theory.risk();
        theory.preconditioner()[0] = 9;
        eigenvalues[0] = 7;
        assertEquals(before, theory.risk());
    }

    @Test
    void badInputsAreRefused() {
        double[] two = {1, 2};
        var theory = InContextRegression.of(two, 5, 0);
        assertThrows(IllegalArgumentException.class, () -> InContextRegression.of(new double[0], 5, 0));
        assertThrows(IllegalArgumentException.class, () -> InContextRegression.of(new double[]{1, 0}, 5, 0));
        assertThrows(IllegalArgumentException.class, () -> InContextRegression.of(two, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> InContextRegression.of(two, 5, -1));
        assertThrows(IllegalArgumentException.class, () -> InContextRegression.isotropic(0, 5, 0));
        assertThrows(IllegalArgumentException.class, () -> theory.risk(new double[]{1}, 5, 0));
        assertThrows(IllegalArgumentException.class, () -> theory.risk(two, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> theory.risk(two, 5, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> theory.floor(new double[]{1}));
        assertThrows(IllegalArgumentException.class, () -> theory.floor(new double[]{-1, 1}));
        assertThrows(IllegalArgumentException.class,
                () -> InContextRegression.risk(new double[]{Double.NaN, 1}, two, 5, 0));
    }
}
