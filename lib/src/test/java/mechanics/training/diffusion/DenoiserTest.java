package mechanics.training.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.base.StepRandom;
import mechanics.data.Samples;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.layers.Convolution;
import mechanics.network.layers.Nonlinearity;
import mechanics.training.Derivatives;
import mechanics.training.Run;
import mechanics.training.rules.Adam;
import mechanics.training.rules.LearningRateSchedule;

/** Denoisers made of networks, their tasks, and the images that they make from noise. */
class DenoiserTest {
    private static final Shape SEEN = Shape.of(2, 3, 2);

    private static Network network(int channels, long seed) {
        return Network.of(SEEN, Convolution.of(channels, 3), new Nonlinearity(Activation.SILU),
                Convolution.of(channels, 1), new Nonlinearity(Activation.SILU), Convolution.of(1, 3))
                .seed(seed).build();
    }

    /** One normal number in all pixels of an image: the best denoiser known. */
    private static double[][] flat(int n, long seed) {
        var random = new SplittableRandom(seed);
        var images = new double[n][6];
        for (double[] image : images) Arrays.fill(image, random.nextGaussian());
        return images;
    }

    /** The posterior mean of flat images: the mean of the pixels, shrunk. */
    private static double[][] flatMean(double[][] x, double[] levels) {
        var clean = new double[x.length][6];
        for (int i = 0; i < x.length; i++) {
            double mean = Arrays.stream(x[i]).average().orElseThrow();
            Arrays.fill(clean[i], mean / (1 + levels[i] * levels[i] / 6));
        }
        return clean;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.5, 1, 7, 80})
    void whatTheNetworkSeesAndSaysHasVarianceOne(double sigma) {
        var level = new EdmPreconditioning(sigma);
        assertEquals(1, Math.pow(level.in(), 2) * (1 + sigma * sigma), 1e-12);
        // asked = (y − skip x)/out with x = y + σε: coefficients of y and ε.
        double ofClean = level.asked(1, 1);
        double ofNoise = level.asked(sigma, 0);
        assertEquals(1, ofClean * ofClean + ofNoise * ofNoise, 1e-9);
        assertEquals(0.3, level.skip() * 2 + level.out() * level.asked(2, 0.3), 1e-12);
    }

    @Test
    void withoutNoiseNothingChanges() {
        double[][] x = ProbabilityFlow.noise(3, 6, 1);
        assertArrayEquals(x, new PreconditionedDenoiser(network(4, 1)).denoise(x, 0));
        assertEquals(0, new EdmPreconditioning(0).asked(3, 5));
    }

    @Test
    void imagesAreDenoisedOneByOneWhateverTheirNumber() {
        var denoiser = new PreconditionedDenoiser(network(4, 1));
        double[][] x = ProbabilityFlow.noise(300, 6, 2);
        var levels = new double[300];
        for (int i = 0; i < levels.length; i++) levels[i] = 0.01 * (i + 1);
        double[][] all = denoiser.denoise(x, levels);
        for (int i : new int[]{0, 127, 128, 299}) {
            assertArrayEquals(denoiser.denoise(new double[][]{x[i]}, levels[i])[0], all[i], 1e-6);
        }
        assertEquals(0, denoiser.denoise(new double[0][], 1).length);
    }

    @Test
    void everyStepCorruptsTheCleanImagesAnew() {
        var task = new ScoreMatching(0.1, 10);
        double[][] clean = flat(5, 3);
        Samples samples = task.samples(clean, Seed.of(1));
        Array inputs = Precision.FLOAT64.array(samples.inputs());
        Array targets = Precision.FLOAT64.array(samples.targets());
        double before = inputs.get(0);
        for (int step = 0; step < 3; step++) {
            task.redraw(inputs, targets, 5, new StepRandom(Seed.of(step)));
            for (int i = 0; i < 5; i++) {
                var level = new EdmPreconditioning(Math.exp(4 * inputs.get(12 * i + 1)));
                assertTrue(level.sigma() > 0.0999 && level.sigma() < 10.001, level.toString());
                for (int j = 0; j < 6; j++) {
                    double x = inputs.get(12 * i + 2 * j) / level.in();
                    assertEquals(clean[i][j], targets.get(12 * i + 6 + j));
                    assertEquals(clean[i][j], level.skip() * x + level.out() * targets.get(12 * i + j), 1e-9);
                }
            }
            assertNotEquals(before, inputs.get(0));
            before = inputs.get(0);
        }
    }

    @Test
    void aTrainedNetworkComesNearThePosteriorMean() {
        var trained = trained(1200);
        double[][] clean = flat(400, 9);
        for (double sigma : new double[]{0.3, 1, 3}) {
            double[][] x = ProbabilityFlow.noise(400, 6, 4);
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < 6; j++) x[i][j] = clean[i][j] + sigma * x[i][j];
            }
            var levels = new double[400];
            Arrays.fill(levels, sigma);
            double best = distance(flatMean(x, levels), clean);
            double excess = distance(trained.denoise(x, sigma), flatMean(x, levels));
            assertTrue(excess < best / 4, sigma + ": " + excess + " of " + best);
        }
    }

    private static PreconditionedDenoiser trained(int steps) {
        var network = network(16, 5);
        var task = new ScoreMatching(0.05, 20);
        var samples = task.samples(flat(2000, 1), Seed.of(1));
        Run.of(network, task, samples.inputs(), samples.targets(),
                Adam.of(1e-2).batch(64).schedule(LearningRateSchedule.cosine(steps))).steps(steps).train();
        return new PreconditionedDenoiser(network);
    }

    private static double distance(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) sum += Math.pow(a[i][j] - b[i][j], 2);
        }
        return sum / a.length;
    }

    @Test
    void theFlowOfTheExactDenoiserIsTheClosedFormToSecondOrder() {
        // Along the flat direction √(1/(1 + σ²/6)) is left, across it nothing.
        double[][] noise = ProbabilityFlow.noise(4, 6, 3);
        double[] errors = new double[3];
        for (int k = 0; k < 3; k++) {
            double[][] x = ProbabilityFlow.of(DenoiserTest::flatMean, 10 << k, 1e-3, 30).sample(noise);
            for (int i = 0; i < 4; i++) {
                double exact = 30 * Arrays.stream(noise[i]).average().orElseThrow()
                        / Math.sqrt(1 + 900.0 / 6);
                for (double pixel : x[i]) errors[k] = Math.max(errors[k], Math.abs(pixel - exact));
            }
        }
        assertTrue(errors[1] < errors[0] / 3 && errors[2] < errors[1] / 3 && errors[2] < 0.01,
                Arrays.toString(errors));
    }

    @Test
    void levelsFallFromTheHighestToZero() {
        double[] levels = ProbabilityFlow.of(DenoiserTest::flatMean, 18, 0.002, 80).levels();
        assertEquals(19, levels.length);
        assertEquals(80, levels[0], 1e-12);
        // The second of Karras et al. with 18 steps.
        assertEquals(57.586, levels[1], 1e-3);
        assertEquals(0.002, levels[17], 1e-15);
        assertEquals(0, levels[18]);
    }

    @Test
    void stepsOfImagesAtSeveralLevelsAreThoseOfEachAlone() {
        var flow = ProbabilityFlow.of(DenoiserTest::flatMean, 5, 0.1, 10);
        double[][] x = ProbabilityFlow.noise(3, 6, 8);
        int[] at = {4, 0, 2};
        double[][] together = flow.step(x, at);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(flow.step(new double[][]{x[i]}, new int[]{at[i]})[0], together[i]);
        }
        assertArrayEquals(flatMean(x, new double[]{0.1, 1, 1})[0], together[0], 1e-12);
    }

    @Test
    void noiseIsThatOfTheSeed() {
        assertArrayEquals(ProbabilityFlow.noise(3, 6, 8), ProbabilityFlow.noise(3, 6, 8));
        assertNotEquals(ProbabilityFlow.noise(3, 6, 8)[0][0], ProbabilityFlow.noise(3, 6, 9)[0][0]);
    }

    @Test
    void atTheLowestLevelTheStudentIsAskedForTheTeachersEnd() {
        var flow = ProbabilityFlow.of(DenoiserTest::flatMean, 2, 0.5, 5);
        var task = new ConsistencyDistillation(flow, new PreconditionedDenoiser(network(4, 2)));
        Samples samples = task.samples(flat(40, 1), Seed.of(4));
        int seen = 0;
        for (int i = 0; i < 40; i++) {
            double[] input = samples.inputs()[i];
            if (Math.abs(input[1] - new EdmPreconditioning(0.5).told()) > 1e-9) continue;
            var level = new EdmPreconditioning(0.5);
            double[] x = new double[6];
            for (int j = 0; j < 6; j++) x[j] = input[2 * j] / level.in();
            double[] end = flatMean(new double[][]{x}, new double[]{0.5})[0];
            for (int j = 0; j < 6; j++) {
                assertEquals(end[j], level.skip() * x[j] + level.out() * samples.targets()[i][j], 1e-9);
            }
            seen++;
        }
        assertTrue(seen > 5, "images at the lowest level: " + seen);
    }

    @Test
    void aDistilledStudentSaysInOneStepWhereTheFlowEnds() {
        var student = trained(800);
        var flow = ProbabilityFlow.of(DenoiserTest::flatMean, 8, 0.05, 20);
        double[][] noise = ProbabilityFlow.noise(200, 6, 6);
        double[][] ends = flow.sample(noise);
        double[][] starts = new double[200][6];
        for (int i = 0; i < 200; i++) for (int j = 0; j < 6; j++) starts[i][j] = 20 * noise[i][j];
        double before = distance(student.denoise(starts, 20), ends);
        var task = new ConsistencyDistillation(flow, student);
        var samples = task.samples(flat(2000, 1), Seed.of(1));
        Run.of(student.network(), task, samples.inputs(), samples.targets(),
                Adam.of(5e-3).batch(64).schedule(LearningRateSchedule.cosine(1200))).steps(1200).train();
        double after = distance(student.denoise(starts, 20), ends);
        // Before, it says the mean of all images.
        assertTrue(after < 0.1 * before, before + " → " + after);
    }

    @Test
    void badInputsAreRefused() {
        var denoiser = new PreconditionedDenoiser(network(4, 1));
        double[][] x = ProbabilityFlow.noise(2, 6, 1);
        assertMessage("1 noise levels: expected one for each of 2 images",
                () -> denoiser.denoise(x, new double[]{1}));
        assertMessage("noise level = -1.0", () -> denoiser.denoise(x, -1));
        assertMessage("noise level = NaN", () -> new EdmPreconditioning(Double.NaN));
        assertMessage("image of 5 pixels: expected 6", () -> denoiser.denoise(new double[1][5], 1));
        assertMessage("expected images of two channels", () -> new PreconditionedDenoiser(
                Network.of(Shape.of(2, 3, 1), Convolution.of(1, 3)).build()));
        assertMessage("steps = 1", () -> ProbabilityFlow.of(denoiser, 1, 0.1, 1));
        assertMessage("highest = 0.1", () -> ProbabilityFlow.of(denoiser, 5, 0.1, 0.1));
        var flow = ProbabilityFlow.of(denoiser, 5, 0.1, 1);
        assertMessage("noise is empty", () -> flow.sample(new double[0][]));
        assertMessage("noise: row 1 has 5 numbers: expected 6",
                () -> flow.sample(new double[][]{x[0], new double[5]}));
        assertMessage("at has 1 entries: expected 2", () -> flow.step(x, new int[1]));
        assertMessage("at [1] = 5: expected a level from 0 to 4", () -> flow.step(x, new int[]{4, 5}));
        assertMessage("lowest = 0.0", () -> new ScoreMatching(0, 1));
        assertMessage("expected the lowest first", () -> new ScoreMatching(2, 1));
        assertMessage("expected 2 × 2 × 6", () -> Derivatives.of(network(4, 1), new ScoreMatching(1, 2),
                new double[2][12], new double[2][6]));
    }

    private static void assertMessage(String part, Executable code) {
        String message = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(message.contains(part), message);
    }
}
