package mechanics.training;

import static mechanics.training.Quadratic.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.base.StepRandom;
import mechanics.data.Samples;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Multiplier;
import mechanics.network.Network;
import mechanics.network.zoo.Mlp;
import mechanics.training.rules.Adam;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.Contrastive;
import mechanics.training.tasks.CrossEntropy;
import mechanics.training.tasks.Denoising;
import mechanics.training.tasks.Hinge;
import mechanics.training.tasks.Logistic;
import mechanics.training.tasks.SampledCrossEntropy;
import mechanics.training.tasks.SquaredError;

class TaskTest {
    /** A task with targets that it takes. */
    record Case(Task task, double[][] targets) {
        @Override
        public String toString() { return task.getClass().getSimpleName() + "." + task.name(); }
    }

    private static final int N = 8;
    private static final int K = 3;

    static List<Case> cases() {
        var cases = new ArrayList<Case>();
        RandomGenerator random = Seed.of(5).stream();
        var signs = rows(() -> random.nextBoolean() ? 1 : -1);
        var bits = rows(() -> random.nextBoolean() ? 1 : 0);
        for (var task : SquaredError.values()) cases.add(new Case(task, normal(N, K, 3)));
        for (var task : CrossEntropy.values()) cases.add(new Case(task, classes()));
        cases.add(new Case(new SampledCrossEntropy(4), draws()));
        for (var task : Logistic.values()) cases.add(new Case(task, task.zeroOne() ? bits : signs));
        for (var task : Hinge.values()) cases.add(new Case(task, signs));
        for (var task : Denoising.values()) {
            var levels = new double[]{0.1, 0.5, 1, 2, 0.1, 0.3, 4, 1};
            cases.add(new Case(task, task.corrupt(normal(N, K, 4), levels, Seed.of(1)).targets()));
        }
        cases.add(new Case(Contrastive.of(0.5), Contrastive.pairs(N)));
        cases.add(new Case(Contrastive.of(3), Contrastive.pairs(N)));
        return cases;
    }

    private static double[][] rows(DoubleSupplier number) {
        var rows = new double[N][K];
        for (double[] row : rows) for (int k = 0; k < K; k++) row[k] = number.getAsDouble();
        return rows;
    }

    private static double[][] draws() {
        var rows = new double[N][4];
        for (int i = 0; i < N; i++) for (int j = 0; j < 4; j++) rows[i][j] = (i + j * j) % K;
        return rows;
    }

    private static double[][] classes() {
        var rows = new double[N][1];
        for (int i = 0; i < N; i++) rows[i][0] = i % K;
        return rows;
    }

    private static Derivatives derivatives(Case c, Precision precision) {
        var network = Mlp.of(4, 7, K).precision(precision).seed(11).build();
        return Derivatives.of(network, c.task, normal(N, 4, 1), c.targets);
    }

    private static double lossAt(Derivatives d, Array theta, double step, Array direction) {
        Array there = theta.copy();
        there.add(step, direction);
        d.network().parameters().set(there);
        return d.loss();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientIsTheSlopeOfTheLoss(Case c) {
        var d = derivatives(c, Precision.FLOAT64);
        Array theta = d.network().parameters().array().copy();
        Array v = theta.like(theta.length());
        v.fillGaussian(Seed.of(6).stream("v"), 1);
        double slope = d.gradient().dot(v);
        double h = 1e-5;
        double difference = (lossAt(d, theta, h, v) - lossAt(d, theta, -h, v)) / (2 * h);
        assertEquals(difference, slope, 1e-7 * (1 + Math.abs(slope)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hessianVectorProductIsTheSlopeOfTheGradient(Case c) {
        var d = derivatives(c, Precision.FLOAT64);
        Array theta = d.network().parameters().array().copy();
        Array v = theta.like(theta.length());
        Array u = v.copy();
        v.fillGaussian(Seed.of(6).stream("v"), 1);
        u.fillGaussian(Seed.of(6).stream("u"), 1);
        Array hv = v.copy();
        Array hu = v.copy();
        d.hessianVectorProduct(v, hv);
        d.hessianVectorProduct(u, hu);
        assertEquals(u.dot(hv), v.dot(hu), 1e-11 * (1 + Math.abs(u.dot(hv))));
        double h = 1e-6;
        lossAt(d, theta, h, v);
        Array difference = d.gradient().copy();
        lossAt(d, theta, -h, v);
        difference.add(-1, d.gradient());
        difference.scale(1 / (2 * h));
        double size = 1 + hv.norm();
        difference.add(-1, hv);
        assertEquals(0, difference.norm(), 1e-7 * size);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void singlePrecisionAgreesWithDouble(Case c) {
        var d = derivatives(c, Precision.FLOAT64);
        var f = derivatives(c, Precision.FLOAT32);
        d.network().parameters().set(f.network().parameters().array());
        assertEquals(d.loss(), f.loss(), 1e-5 * (1 + Math.abs(d.loss())));
        Array v = d.gradient().copy();
        Array hv = v.copy();
        d.hessianVectorProduct(v, hv);
        Array w = f.gradient().copy();
        Array hw = w.copy();
        f.hessianVectorProduct(w, hw);
        assertArrayEquals(v.toDoubles(), w.toDoubles(), 1e-5 * (1 + v.largest()));
        assertArrayEquals(hv.toDoubles(), hw.toDoubles(), 1e-4 * (1 + hv.largest()));
    }

    @Test
    void drawsAreTheirEmpiricalDistribution() {
        double[][] outputs = normal(N, K, 8);
        var shares = new double[N][K];
        for (int i = 0; i < N; i++) for (double label : draws()[i]) shares[i][(int) label] += 0.25;
        assertEquals(loss(CrossEntropy.MEAN, outputs, shares),
                loss(new SampledCrossEntropy(4), outputs, draws()), 1e-12);
        assertEquals(loss(CrossEntropy.MEAN, outputs, classes()),
                loss(new SampledCrossEntropy(1), outputs, classes()), 1e-12);
    }

    @Test
    void drawsThatDoNotFitAreRefused() {
        var network = Mlp.of(4, K).build();
        double[][] x = normal(N, 4, 1);
        double[][] y = draws();
        assertThrows(IllegalArgumentException.class, () -> new SampledCrossEntropy(0));
        assertThrows(IllegalArgumentException.class,
                () -> Derivatives.of(network, new SampledCrossEntropy(3), x, y));
        for (double bad : new double[]{-1, 0.5, K}) {
            double[][] wrong = draws();
            wrong[2][1] = bad;
            assertThrows(IllegalArgumentException.class,
                    () -> Derivatives.of(network, new SampledCrossEntropy(4), x, wrong));
        }
    }

    /** The loss of given outputs. */
    private static double loss(Task task, double[][] outputs, double[][] targets) {
        Network same = Network.of(Shape.of(outputs[0].length), new Multiplier(1)).precision(Precision.FLOAT64)
                .build();
        return Derivatives.of(same, task, outputs, targets).loss();
    }

    @Test
    void lossesAreTheirFormulas() {
        double[][] f = {{0.5}, {-2}};
        double[][] y = {{1}, {1}};
        double logistic = Math.log(1 + Math.exp(-0.5)) + Math.log(1 + Math.exp(2));
        assertEquals(logistic, loss(Logistic.SUM, f, y), 1e-14);
        assertEquals(logistic / 2, loss(Logistic.ZERO_ONE_MEAN, f, y), 1e-14);
        assertEquals(0.5 + 3, loss(Hinge.SUM, f, y), 1e-14);
        assertEquals((0.25 + 9) / 2, loss(Hinge.SQUARED_MEAN, f, y), 1e-14);
        assertEquals((0.25 + 4) / 2, loss(Denoising.CLEAN, f, new double[][]{{1, 0.3}, {0, 0.3}}), 1e-14);
    }

    @Test
    void contrastiveLossIsItsFormula() {
        double[][] f = normal(6, 4, 8);
        double tau = 0.7;
        double expected = 0;
        for (int i = 0; i < 6; i++) {
            double sum = 0;
            for (int j = 0; j < 6; j++) if (j != i) sum += Math.exp(cosine(f[i], f[j]) / tau);
            expected += (Math.log(sum) - cosine(f[i], f[i ^ 1]) / tau) / 6;
        }
        assertEquals(expected, loss(Contrastive.of(tau), f, Contrastive.pairs(6)), 1e-13);
    }

    private static double cosine(double[] a, double[] b) {
        Array x = Precision.FLOAT64.array(a);
        Array y = Precision.FLOAT64.array(b);
        return x.dot(y) / (x.norm() * y.norm());
    }

    @Test
    void hugeOutputsGiveFiniteLosses() {
        double[][] f = {{1000}, {-1000}};
        assertEquals(0, loss(Logistic.SUM, f, new double[][]{{1}, {-1}}));
        assertEquals(2000, loss(Logistic.SUM, f, new double[][]{{-1}, {1}}));
    }

    @Test
    void targetsThatDoNotFitAreRefused() {
        for (Runnable bad : List.<Runnable>of(
                () -> loss(Logistic.SUM, new double[][]{{1}}, new double[][]{{0}}),
                () -> loss(Logistic.ZERO_ONE_SUM, new double[][]{{1}}, new double[][]{{-1}}),
                () -> loss(Hinge.SUM, new double[][]{{1}}, new double[][]{{0.5}}),
                () -> loss(Hinge.SUM, new double[][]{{1, 2}}, new double[][]{{1}}),
                () -> loss(Denoising.CLEAN, new double[][]{{1, 2}}, new double[][]{{1, 2}}),
                () -> loss(Denoising.NOISE, new double[][]{{1, 2}}, new double[][]{{1, 2, 0}}),
                () -> loss(Contrastive.of(1), new double[3][2], new double[3][1]),
                () -> loss(Contrastive.of(1), new double[4][2], new double[][]{{0}, {1}, {1}, {0}}),
                () -> Contrastive.of(0),
                () -> Denoising.CLEAN.corrupt(new double[2][3], new double[]{1}, Seed.of(1)),
                () -> Denoising.CLEAN.corrupt(new double[1][3], new double[]{-1}, Seed.of(1)))) {
            var e = assertThrows(IllegalArgumentException.class, bad::run);
            assertTrue(e.getMessage().contains("expected"), e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("noisy")
    void redrawnNoiseKeepsTheCleanSamples(Denoising task) {
        double[][] clean = normal(500, 4, 2);
        var levels = new double[500];
        for (int i = 0; i < 500; i++) levels[i] = 0.5 + i % 3;
        double[][] conditions = normal(500, 2, 7);
        Samples made = task.corrupt(clean, levels, conditions, Seed.of(3));
        Array x = Precision.FLOAT64.array(made.inputs());
        Array y = Precision.FLOAT64.array(made.targets());
        Array before = x.copy();
        task.redraw(x, y, 500, new StepRandom(Seed.of(4)));
        double sum = 0;
        double square = 0;
        for (int i = 0; i < 500; i++) {
            assertEquals(levels[i], y.get(5 * i + 4));
            for (int j = 0; j < 4; j++) {
                double noise = (x.get(6 * i + j) - clean[i][j]) / levels[i];
                assertEquals(task == Denoising.NOISE ? noise : clean[i][j], y.get(5 * i + j), 1e-12);
                assertNotEquals(before.get(6 * i + j), x.get(6 * i + j));
                sum += noise / 2000;
                square += noise * noise / 2000;
            }
            assertEquals(conditions[i][0], x.get(6 * i + 4));
            assertEquals(conditions[i][1], x.get(6 * i + 5));
        }
        assertEquals(0, sum, 5 / Math.sqrt(2000));
        assertEquals(1, square, 5 * Math.sqrt(2.0 / 2000));
    }

    static Denoising[] noisy() { return Denoising.values(); }

    @Test
    void linearDenoiserLearnsWienersFilter() {
        // Of x with variance 1 and noise σ² = 3 the best linear guess at x is ¼ of the input, at ε √3/4 of it.
        var levels = new double[400];
        Arrays.fill(levels, Math.sqrt(3));
        for (var task : Denoising.values()) {
            var samples = task.corrupt(normal(400, 1, 5), levels, Seed.of(1));
            var network = Mlp.of(1, 1).bias(false).precision(Precision.FLOAT64).build();
            var run = Run.of(network, task, samples.inputs(), samples.targets(),
                    GradientDescent.of(0.01)).steps(4000)
                    .observeNumber("w", MeasurementSchedule.every(1), net -> net.parameters().array().get(0))
                    .train();
            double[] w = run.series("w").values();
            double mean = 0;
            for (int t = 1000; t < w.length; t++) mean += w[t] / (w.length - 1000);
            assertEquals(task == Denoising.NOISE ? Math.sqrt(3) / 4 : 0.25, mean, 0.02);
        }
    }

    @Test
    void contrastivePairsStayTogetherInBatches() {
        // One-dimensional outputs ±1 after normalization: with partners apart the loss could not get this low.
        double[][] views = normal(20, 3, 6);
        for (int i = 0; i < 20; i += 2) views[i + 1] = views[i].clone();
        var network = Mlp.of(3, 16, 8).precision(Precision.FLOAT64).build();
        var run = Run.of(network, Contrastive.of(0.1), views, Contrastive.pairs(20),
                Adam.of(0.01).batch(8)).steps(400).train();
        assertTrue(run.derivatives().loss() < 0.05, "loss " + run.derivatives().loss());
        assertThrows(IllegalArgumentException.class, () -> Run.of(network, Contrastive.of(0.1), views,
                Contrastive.pairs(20), Adam.of(0.01).batch(7)));
    }
}
