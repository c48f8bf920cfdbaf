package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.data.Circle;
import mechanics.data.GaussianInputs;
import mechanics.data.Hypercube;
import mechanics.data.Sphere;
import mechanics.kernels.AnalyticKernel;
import mechanics.kernels.KernelMatrix;
import mechanics.kernels.KernelRegression;
import mechanics.kernels.KernelSpectrum;
import mechanics.kernels.Learnability;

class EigenframeworkTest {

    @Test
    void learnabilitiesSumToTheSamplesForAnySpectrumOverManyDecades() {
        var random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            int levels = 1 + random.nextInt(30);
            double[] values = random.doubles(levels, -30, 30).map(Math::exp).toArray();
            double[] multiplicities = random.doubles(levels, 1, 100).toArray();
            double tail = trial % 3 == 0 ? Math.exp(random.nextDouble(-20, 5)) : 0;
            double ridge = trial % 2 == 0 ? Math.exp(random.nextDouble(-20, 20)) : 0;
            var spectrum = KernelSpectrum.of(values, multiplicities).withTail(tail);
            double n = spectrum.rank() * random.nextDouble(0.001, 0.999);
            var theory = Eigenframework.of(spectrum, n, ridge);
            assertEquals(n, theory.conserved(), 1e-9 * n, spectrum + ", ridge " + ridge);
            assertTrue(theory.overfitting() >= 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"200,50,0.3", "7,1,1e-9", "1000,999.5,1e12"})
    void equalModesShareTheSamplesEqually(double modes, double n, double value) {
        var theory = Eigenframework.of(KernelSpectrum.of(new double[]{value}, new double[]{modes}), n);
        assertEquals(n / modes, theory.learnability(0), 1e-9);
        assertEquals(1 / (1 - n / modes), theory.overfitting(), 1e-5 / (1 - n / modes));
        assertEquals(value * (modes - n) / n, theory.kappa(), 1e-9 * value * modes / n);
    }

    @Test
    void equalModesGiveTheRiskOfLinearRegression() {
        for (double gamma : new double[]{0.3, 0.9, 1.3, 5})
            for (double lambda : new double[]{0, 0.01, 2}) {
                var theory = Eigenframework.of(KernelSpectrum.of(new double[]{1}, new double[]{gamma * 1000}),
                        1000,
                        1000 * lambda);
                double risk = theory.testError(new double[]{1.7}, 0.4) - 0.4;
                assertEquals(new IsotropicRegression(gamma, 1.7, 0.4).risk(lambda), risk, 1e-9);
            }
    }

    @Test
    void withAsManySamplesAsModesEverythingIsLearned() {
        for (int n : new int[]{5, 8}) {
            var theory = Eigenframework.of(KernelSpectrum.of(3, 1, 0.1, 1e-6, 1e-6), n);
            assertEquals(0, theory.kappa());
            assertArrayEquals(new double[]{1, 1, 1, 1, 1}, theory.learnabilities());
            assertEquals(0, theory.testError(new double[]{1, 1, 1, 1, 1}, 0));
        }
        var classical = Eigenframework.of(KernelSpectrum.of(3, 1), 10);
        assertEquals(1.25, classical.overfitting(), 1e-12);
        assertEquals(0.25, classical.testError(new double[]{1, 0}, 0.2), 1e-12);
        assertEquals(0.16, classical.trainError(new double[]{1, 0}, 0.2), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY,
                Eigenframework.of(KernelSpectrum.of(3, 1), 2).testError(new double[]{1, 0}, 0.2));
    }

    @Test
    void modesThatTheKernelDoesNotHaveAreNotLearned() {
        var theory = Eigenframework.of(KernelSpectrum.of(1, 0, 0.5, 0.2), 2);
        assertEquals(0, theory.learnability(1));
        assertEquals(theory.overfitting(), theory.testError(new double[]{0, 1, 0, 0}, 0), 1e-12);
    }

    @Test
    void aTailIsTheLimitOfManyWeakModes() {
        var whole = KernelSpectrum.of(new double[]{1, 0.1, 1e-7}, new double[]{3, 20, 1e6});
        var summed = KernelSpectrum.of(new double[]{1, 0.1}, new double[]{3, 20}).withTail(0.1);
        var a = Eigenframework.of(whole, 10);
        var b = Eigenframework.of(summed, 10);
        assertEquals(a.kappa(), b.kappa(), 1e-5);
        assertEquals(a.overfitting(), b.overfitting(), 1e-4);
        assertEquals(whole.trace(), summed.trace(), 1e-12);
    }

    @Test
    void trainErrorFallsToZeroWithTheRidge() {
        var spectrum = KernelSpectrum.powerLaw(500, 1.5);
        double[] power = new PowerLawTask(1.5, 2).power(500);
        assertEquals(0, Eigenframework.of(spectrum, 50).trainError(power, 0.1));
        double before = 0;
        for (double ridge : new double[]{1e-3, 0.1, 10, 1e6}) {
            double error = Eigenframework.of(spectrum, 50, ridge).trainError(power, 0.1);
            assertTrue(error > before);
            before = error;
        }
        // An enormous ridge learns nothing.
        assertEquals(Arrays.stream(power).sum() + 0.1, before, 1e-3);
    }

    /** Gaussian features with noise and a ridge: errors on both sides, and the mean predictor. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void gaussianFeaturesHaveTheseErrors(long seed) {
        int modes = 150, n = 40, trials = 300;
        double ridge = 0.05, noise = 0.2;
        var spectrum = KernelSpectrum.powerLaw(modes, 1.3);
        double[] values = IntStream.range(0, modes).mapToDouble(spectrum::value).toArray();
        double[] power = new PowerLawTask(1.3, 1.6).power(modes);
        double test = 0, train = 0;
        var mean = new double[modes];
        for (int trial = 0; trial < trials; trial++) {
            double[][] phi = GaussianInputs.isotropic(modes).sample(n, seed * 1000 + trial);
            var random = Seed.of(seed * 1000 + trial).stream("noise");
            var y = new double[n][1];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < modes; j++) y[i][0] += Math.sqrt(power[j]) * phi[i][j];
                y[i][0] += Math.sqrt(noise) * random.nextGaussian();
            }
            double[][] alpha = KernelRegression.of(KernelMatrix.ofFeatures(phi, values), ridge)
                    .coefficients(y);
            test += noise / trials;
            for (int j = 0; j < modes; j++) {
                double learned = 0;
                for (int i = 0; i < n; i++) learned += values[j] * phi[i][j] * alpha[i][0];
                mean[j] += learned / trials;
                test += Math.pow(learned - Math.sqrt(power[j]), 2) / trials;
            }
            // The residual of ridge regression is δα.
            for (double[] a : alpha) train += Math.pow(ridge * a[0], 2) / (n * trials);
        }
        var theory = Eigenframework.of(spectrum, n, ridge);
        assertEquals(1, test / theory.testError(power, noise), 0.05);
        assertEquals(1, train / theory.trainError(power, noise), 0.08);
        double[] coefficients = Arrays.stream(power).map(Math::sqrt).toArray();
        assertArrayEquals(Arrays.copyOf(theory.meanPredictor(coefficients), 20), Arrays.copyOf(mean, 20),
                0.05);
    }

    @Test
    void theFirstCorrectionIsThatOfGaussianFeatures() {
        var spectrum = KernelSpectrum.powerLaw(60, 1.5);
        double[] values = IntStream.range(0, 60).mapToDouble(spectrum::value).toArray();
        int n = 15, trials = 3000;
        var mean = new double[60];
        for (int trial = 0; trial < trials; trial++) {
            double[][] phi = GaussianInputs.isotropic(60).sample(n, trial);
            double[] overlaps = KernelRegression.of(KernelMatrix.ofFeatures(phi, values)).overlaps(phi);
            for (int j = 0; j < 60; j++) mean[j] += values[j] * overlaps[j] / trials;
        }
        var theory = Eigenframework.of(spectrum, n);
        double off = 0, corrected = 0, sum = 0;
        for (int j = 0; j < 60; j++) {
            double difference = mean[j] - theory.learnability(j);
            off += difference * difference;
            corrected += Math.pow(difference - theory.gaussianCorrection(j), 2);
            sum += theory.gaussianCorrection(j);
        }
        assertEquals(0, sum, 1e-12, "corrections are shared out");
        assertTrue(corrected < off / 3, Math.sqrt(off / 60) + " becomes " + Math.sqrt(corrected / 60));
    }

    /** The notebook's law with other dimensions, kernels and seeds. */
    @ParameterizedTest
    @CsvSource({"6,RELU,1,1", "7,RELU,3,2", "9,ERF,2,3"})
    void onOtherCubesWithOtherKernelsLearnabilityIsPredicted(int d, AnalyticKernel.Nonlinearity phi,
            int layers, long seed) {
        var kernel = new AnalyticKernel(phi, layers, 1.4, 0.3);
        checkLevels(new ParityHarmonics(d), kernel, kernel.tangentOfCosine(1), new int[]{0, 1, 2},
                trial -> new Hypercube(d).distinct(24, seed * 100 + trial));
    }

    @ParameterizedTest
    @CsvSource({"5,1,1", "8,4,2", "12,2,3"})
    void onOtherSpheresLearnabilityIsPredicted(int d, int layers, long seed) {
        var kernel = AnalyticKernel.relu(layers).withDeviations(1.4, 0.2);
        checkLevels(new SphericalHarmonics(d, 40), kernel, kernel.tangentOfCosine(1.0 / d),
                new int[]{0, 1, 2, 3},
                trial -> Sphere.unit(d).sample(30, seed * 100 + trial));
    }

    private static void checkLevels(Harmonics harmonics, AnalyticKernel kernel, DoubleUnaryOperator ofCosine,
            int[] levels,
            IntFunction<double[][]> draw) {
        var spectrum = harmonics.spectrum(ofCosine);
        int trials = 60;
        var mean = new double[levels.length];
        int n = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[][] x = draw.apply(trial);
            n = x.length;
            var regression = KernelRegression.of(kernel.tangent(x));
            for (int j = 0; j < levels.length; j++)
                mean[j] += spectrum.value(levels[j]) * regression.trace(harmonics.projection(levels[j], x))
                        / trials;
        }
        var theory = Eigenframework.of(spectrum, n);
        for (int j = 0; j < levels.length; j++)
            assertEquals(theory.learnability(levels[j]), mean[j], 0.02, "level " + levels[j]);
    }

    @Test
    void everyTrainingSetOnTheCircleConservesLearnability() {
        var kernel = AnalyticKernel.relu(2).withDeviations(1.4, 0.5);
        var circle = new Circle(20);
        double[][] all = circle.all();
        var targets = new double[20][20];
        for (int i = 0; i < 20; i++) targets[i][i] = 1; // delta functions: a basis as good as any
        for (int seed = 0; seed < 5; seed++) {
            int[] chosen = new SplittableRandom(seed).ints(0, 20).distinct().limit(7).toArray();
            var full = kernel.tangent(all);
            double[][] y = Arrays.stream(chosen).mapToObj(i -> targets[i]).toArray(double[][]::new);
            double[][] predictions = KernelRegression.of(full.block(chosen, chosen))
                    .predict(full.block(IntStream.range(0, 20).toArray(), chosen), y);
            assertEquals(7,
                    Learnability.of(targets, predictions).stream().mapToDouble(Learnability::learnability)
                            .sum(),
                    1e-9);
        }
    }

    @Test
    void badInputsAreRefused() {
        var spectrum = KernelSpectrum.of(1, 0.5);
        assertThrows(IllegalArgumentException.class, () -> Eigenframework.of(spectrum, 0));
        assertThrows(IllegalArgumentException.class, () -> Eigenframework.of(spectrum, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Eigenframework.of(spectrum, 1, -1));
        var theory = Eigenframework.of(spectrum, 1);
        assertThrows(IllegalArgumentException.class, () -> theory.testError(new double[]{1}, 0));
        assertThrows(IllegalArgumentException.class, () -> theory.testError(new double[]{1, -1}, 0));
        assertThrows(IllegalArgumentException.class, () -> theory.testError(new double[]{1, 1}, -1));
        assertThrows(IllegalArgumentException.class, () -> theory.learnability(new double[]{0, 0}));
        assertThrows(IllegalArgumentException.class, () -> theory.meanPredictor(new double[]{1}));
        assertThrows(IllegalArgumentException.class, () -> KernelSpectrum.of());
        assertThrows(IllegalArgumentException.class, () -> KernelSpectrum.of(0, 0));
        assertThrows(IllegalArgumentException.class, () -> KernelSpectrum.of(1, -1));
        assertThrows(IllegalArgumentException.class,
                () -> KernelSpectrum.of(new double[]{1}, new double[]{0}));
        assertThrows(IllegalArgumentException.class,
                () -> KernelSpectrum.of(new double[]{1}, new double[]{1, 2}));
        assertThrows(IllegalArgumentException.class, () -> KernelSpectrum.powerLaw(0, 1));
        assertThrows(IllegalArgumentException.class, () -> KernelSpectrum.powerLaw(5, 0));
        assertThrows(IllegalArgumentException.class, () -> spectrum.withTail(-1));
    }

    @Test
    void trainErrorFallsToZeroAsSamplesComeDownToTheRank() {
        for (int rank : new int[]{1, 5, 40}) {
            var power = new double[rank];
            java.util.Arrays.fill(power, 1.0 / rank);
            var spectrum = mechanics.kernels.KernelSpectrum.powerLaw(rank, 1.5);
            for (double noise : new double[]{0, 0.1, 3}) {
                for (double n : new double[]{rank, rank + 1e-9, rank + 1, 2 * rank, 10 * rank}) {
                    // Least squares: σ²(1 − rank/n).
                    assertEquals(noise * (1 - rank / n),
                            Eigenframework.of(spectrum, n).trainError(power, noise), 1e-12);
                }
            }
        }
    }

    @Test
    void aTargetIsLearnedAsItsPowerIsSpread() {
        var spectrum = KernelSpectrum.of(new double[]{1, 0.3, 0.01}, new double[]{2, 5, 40});
        var theory = Eigenframework.of(spectrum, 9, 0.2);
        double[] l = theory.learnabilities();
        assertEquals((2 * l[0] + 3 * l[1] + 5 * l[2]) / 10, theory.learnability(new double[]{2, 3, 5}),
                1e-15);
        assertEquals(l[1], theory.learnability(new double[]{0, 7, 0}), 1e-15);
        // κ is the root of its equation.
        double sum = 2 / (1 + theory.kappa()) + 5 * 0.3 / (0.3 + theory.kappa())
                + 40 * 0.01 / (0.01 + theory.kappa()) + 0.2 / theory.kappa();
        assertEquals(9, sum, 1e-11);
        assertEquals(9, theory.n());
        assertEquals(0.2, theory.ridge());
        assertEquals(spectrum, theory.spectrum());
        assertThrows(IllegalArgumentException.class,
                () -> Eigenframework.of(spectrum, Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class,
                () -> Eigenframework.of(spectrum, 9, Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class,
                () -> theory.testError(new double[]{1, 1, 1}, Double.POSITIVE_INFINITY));
    }
}
