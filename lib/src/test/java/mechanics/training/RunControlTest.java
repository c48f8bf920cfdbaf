package mechanics.training;

import static mechanics.training.Quadratic.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.optimisers.SGD;

import mechanics.data.LabeledSamples;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.zoo.Mlp;
import mechanics.training.rules.Adam;
import mechanics.training.rules.Batches;
import mechanics.training.rules.GradientDescent;
import mechanics.training.rules.GradientFlow;
import mechanics.training.rules.LabelNoise;
import mechanics.training.rules.LearningRateSchedule;
import mechanics.training.rules.Lion;
import mechanics.training.rules.Muon;
import mechanics.training.rules.RmsProp;
import mechanics.training.tasks.Accuracy;
import mechanics.training.tasks.Baseline;
import mechanics.training.tasks.CrossEntropy;
import mechanics.training.tasks.Logistic;
import mechanics.training.tasks.SquaredError;
import mechanics.training.tasks.TestSet;

class RunControlTest {
    private static final double[][] X = normal(20, 3, 1);
    private static final double[][] Y = normal(20, 2, 2);

    static List<LearningRule> rules() {
        return List.of(GradientDescent.of(0.05), GradientDescent.of(0.05).batch(6).momentum(0.9),
                GradientDescent.of(0.05).nesterov(0.5).batches(Batches.withReplacement(4)),
                Adam.of(0.01).batch(8).schedule(LearningRateSchedule.cosine(60)),
                RmsProp.of(0.01).weightDecay(0.1), Lion.of(0.01).batch(8), Muon.of(0.02).batch(8),
                GradientDescent.of(0.05).labelNoise(LabelNoise.gaussian(0.3)), GradientFlow.of(0.1).euler(3));
    }

    private static Run run(LearningRule rule) {
        var network = Mlp.of(3, 5, 2).seed(3).build();
        return Run.of(network, SquaredError.HALF_MEAN, X, Y, rule).seed(8).steps(40)
                .observe("norm", MeasurementSchedule.every(7),
                        net -> new double[]{net.parameters().array().norm()});
    }

    private static void assertSame(Run expected, Run found) {
        assertEquals(expected.step(), found.step());
        assertArrayEquals(expected.network().parameters().array().toDoubles(),
                found.network().parameters().array().toDoubles());
        for (String name : expected.seriesNames()) {
            assertArrayEquals(expected.series(name).steps(), found.series(name).steps());
            assertArrayEquals(expected.series(name).values(), found.series(name).values());
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void runsWithOneSeedAreEqualToTheLastBit(LearningRule rule) {
        assertSame(run(rule).train(), run(rule).train());
    }

    @Test
    void anotherSeedDrawsOtherBatches() {
        var rule = GradientDescent.of(0.05).batch(6);
        assertFalse(Arrays.equals(run(rule).train().series("loss").values(),
                run(rule).seed(9).train().series("loss").values()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void interruptedRunGoesOnAsIfNothingHadHappened(LearningRule rule) {
        var interrupted = run(rule);
        var e = assertThrows(CancellationException.class, () -> interrupted.train(r -> {
            if (r.step() == 17) Thread.currentThread().interrupt();
        }));
        assertTrue(e.getMessage().contains("step 17 of 40"), e.getMessage());
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals(23, interrupted.remaining());
        assertSame(run(rule).train(), interrupted.train());
    }

    @Test
    void trainTakesItsStepsAgainEachTime() {
        var run = run(GradientDescent.of(0.05)).train();
        assertEquals(40, run.step());
        assertEquals(80, run.train().step());
        assertEquals(85, run.steps(5).train().step());
        assertEquals(85, run.steps(0).train().step());
        assertEquals(85, run.series("loss").size());
    }

    @Test
    void seriesHoldWhatTheScheduleAsksForAndTheEnd() {
        var series = run(GradientDescent.of(0.05)).train().series("norm");
        assertArrayEquals(new long[]{0, 7, 14, 21, 28, 35, 40}, series.steps());
        assertEquals(1, series.width());
        assertEquals(40, series.lastStep());
        assertThrows(IndexOutOfBoundsException.class, () -> series.row(7));
        assertThrows(IllegalArgumentException.class, () -> series.column("none"));
    }

    @Test
    void criterionStopsTheRun() {
        var below = run(GradientDescent.of(0.05)).steps(100_000).until("loss", loss -> loss < 0.75).train();
        double[] losses = below.series("loss").values();
        assertTrue(losses[losses.length - 1] < 0.75);
        assertTrue(losses[losses.length - 2] >= 0.75);
        long stopped = below.step();
        assertEquals(stopped, below.train().step());
        assertEquals(stopped, below.series("norm").lastStep());
        assertEquals(12, run(GradientDescent.of(0.05)).until(r -> r.step() == 12).train().step());
    }

    @Test
    void accuracyStopsARunThatSeparatesTheClasses() {
        double[][] x = {{-2}, {-1}, {1}, {2}};
        double[][] y = {{0}, {0}, {1}, {1}};
        var test = TestSet.of(new double[][]{{-0.5}, {0.5}}, new double[][]{{0}, {0}});
        var network = Mlp.of(1, 2).precision(Precision.FLOAT64).seed(2).build();
        network.parameters().view("layer1.weight").set(new double[]{1}, new double[]{-1});
        var run = Run.of(network, CrossEntropy.MEAN, x, y, GradientDescent.of(0.1)).steps(1000)
                .observe("accuracy", MeasurementSchedule.every(5), Accuracy.observable())
                .observe("test accuracy", MeasurementSchedule.every(5), test.accuracy())
                .observe("test loss", MeasurementSchedule.every(5), test.loss())
                .until("accuracy", a -> a == 1).train();
        assertEquals(0, run.series("accuracy").values()[0]);
        assertEquals(1, run.series("accuracy").last()[0]);
        assertTrue(run.step() < 1000 && run.step() % 5 == 0);
        assertEquals(0.5, run.series("test accuracy").last()[0]);
        var direct = Derivatives.of(network, CrossEntropy.MEAN, new double[][]{{-0.5}, {0.5}},
                new double[][]{{0}, {0}});
        assertEquals(direct.loss(), run.series("test loss").last()[0]);
    }

    @Test
    void accuracyReadsEveryKindOfLabel() {
        var outputs = Precision.FLOAT64.array(new double[]{2, -1, 0.4, -3});
        assertEquals(0.75, Accuracy.of(Logistic.MEAN, outputs, 1,
                Precision.FLOAT64.array(new double[]{1, -1, -1, -1})));
        assertEquals(0.75, Accuracy.of(Logistic.ZERO_ONE_MEAN, outputs, 1,
                Precision.FLOAT64.array(new double[]{1, 0, 0, 0})));
        assertEquals(0.5, Accuracy.of(CrossEntropy.MEAN, outputs, 2,
                Precision.FLOAT64.array(new double[]{0, 1})));
        assertEquals(1, Accuracy.of(SquaredError.MEAN, outputs, 2,
                Precision.FLOAT64.array(new double[]{1, 0, 1, 0})));
    }

    @Test
    void divergenceNamesTheStepAndWhatWasLarge() {
        var network = Mlp.of(3, 5, 2).activation(Activation.QUADRATIC).build();
        var run = Run.of(network, SquaredError.SUM, X, Y, GradientDescent.of(10));
        var e = assertThrows(DivergedException.class, run::train);
        assertEquals(run.step(), e.step());
        assertTrue(e.getMessage().contains("at step " + run.step()), e.getMessage());
        assertTrue(e.getMessage().contains("largest parameter"), e.getMessage());
        assertTrue(e.getMessage().matches(".*in layer[12]\\.(weight|bias).*"), e.getMessage());
        assertThrows(DivergedException.class, run::train);
    }

    @Test
    void lastMoveToInfinityIsNoticed() {
        var run = Quadratic.run(GradientDescent.of(1e200), new double[]{1e200}, new double[]{1e10}).steps(1);
        var e = assertThrows(DivergedException.class, run::train);
        assertTrue(e.getMessage().contains("largest parameter Infinity in layer1.weight"), e.getMessage());
    }

    @Test
    void dataThatDoNotFitAreRefusedAtConstruction() {
        var network = Mlp.of(3, 2).build();
        var nan = normal(20, 3, 1);
        nan[4][1] = Double.NaN;
        for (double[][] x : List.of(normal(20, 4, 1), normal(19, 3, 1), nan, new double[0][3])) {
            assertThrows(IllegalArgumentException.class,
                    () -> Run.of(network, SquaredError.MEAN, x, Y, GradientDescent.of(1)));
        }
        var run = run(GradientDescent.of(1));
        assertThrows(IllegalArgumentException.class, () -> run.steps(-1));
        assertThrows(IllegalArgumentException.class, () -> run.series("none"));
        assertThrows(IllegalArgumentException.class,
                () -> run.observeNumber("norm", MeasurementSchedule.every(1), _ -> 0));
        assertThrows(IllegalArgumentException.class,
                () -> run.observeNumber("loss", MeasurementSchedule.every(1), _ -> 0));
        run.steps(1).train();
        assertThrows(IllegalStateException.class, () -> run.seed(3));
    }

    @Test
    void tribuosModelIsMeasuredBesideTheRun() {
        var labels = new int[20];
        var targets = new double[20][1];
        for (int i = 0; i < 20; i++) {
            labels[i] = X[i][0] + X[i][1] > 0 ? 1 : 0;
            targets[i][0] = labels[i];
        }
        var samples = LabeledSamples.of(X, labels, 2);
        var peer = Baseline.of(step -> {
            var data = samples.toTribuo();
            // An epoch is five batches of four; of none is the untrained model.
            int epochs = Math.toIntExact(step / 5);
            if (epochs == 0) return x -> logs(x.length, new double[]{0.5, 0.5});
            var model = new LinearSGDTrainer(new LogMulticlass(), SGD.getSimpleSGD(0.5), epochs, 1000, 4, 1)
                    .train(data);
            return x -> {
                var logs = new double[x.length][2];
                for (int i = 0; i < x.length; i++) {
                    var scores = model.predict(data.getExample(i)).getOutputScores();
                    for (int k = 0; k < 2; k++) {
                        logs[i][k] = Math.log(scores.get(String.valueOf(k)).getScore());
                    }
                }
                return logs;
            };
        }, X, targets);
        var run = Run
                .of(Mlp.of(3, 2).build(), CrossEntropy.MEAN, X, targets, GradientDescent.of(0.5).batch(4))
                .steps(50).observe("accuracy", MeasurementSchedule.every(25), Accuracy.observable())
                .observe("Tribuo's loss", MeasurementSchedule.every(25), peer.loss())
                .observe("Tribuo's accuracy", MeasurementSchedule.every(25), peer.accuracy()).train();
        double[] losses = run.series("Tribuo's loss").values();
        assertEquals(Math.log(2), losses[0], 1e-12);
        assertTrue(losses[2] < losses[1] && losses[1] < losses[0], Arrays.toString(losses));
        assertTrue(run.series("Tribuo's accuracy").last()[0] > 0.9);
        assertTrue(run.series("accuracy").last()[0] > 0.9);
    }

    private static double[][] logs(int n, double[] shares) {
        var logs = new double[n][];
        for (int i = 0; i < n; i++) logs[i] = Arrays.stream(shares).map(Math::log).toArray();
        return logs;
    }
}
