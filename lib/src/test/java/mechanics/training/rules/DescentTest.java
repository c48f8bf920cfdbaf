package mechanics.training.rules;

import static mechanics.training.Quadratic.CURVATURES;
import static mechanics.training.Quadratic.START;
import static mechanics.training.Quadratic.after;
import static mechanics.training.Quadratic.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.training.OwnMachine;
import mechanics.training.Derivatives;
import mechanics.training.LearningRule;
import mechanics.training.MeasurementSchedule;
import mechanics.training.Quadratic;
import mechanics.training.Run;
import mechanics.training.tasks.SquaredError;

class DescentTest {
    private static final int STEPS = 30;
    private static final double RATE = 0.3;

    /** The last iterate of a rule for one weight, written out: from θ and λ. */
    private interface Scalar {
        double last(double theta, double lambda);
    }

    private static void assertFollows(LearningRule rule, Scalar expected) {
        double[] found = after(STEPS, rule);
        for (int i = 0; i < found.length; i++) {
            double last = expected.last(START[i], CURVATURES[i]);
            assertEquals(last, found[i], 1e-12 * (1 + Math.abs(last)));
        }
    }

    @Test
    void gradientDescentShrinksEveryModeByItsFactor() {
        assertFollows(GradientDescent.of(RATE),
                (theta, lambda) -> Math.pow(1 - RATE * lambda, STEPS) * theta);
    }

    @Test
    void momentumFollowsItsRecursion() {
        assertFollows(GradientDescent.of(RATE).momentum(0.8), (start, lambda) -> {
            double theta = start;
            double v = 0;
            for (int t = 0; t < STEPS; t++) {
                v = 0.8 * v - RATE * lambda * theta;
                theta += v;
            }
            return theta;
        });
    }

    @Test
    void nesterovTakesTheGradientAhead() {
        assertFollows(GradientDescent.of(RATE).nesterov(0.8), (start, lambda) -> {
            double theta = start;
            double v = 0;
            for (int t = 0; t < STEPS; t++) {
                v = 0.8 * v - RATE * lambda * (theta + 0.8 * v);
                theta += v;
            }
            return theta;
        });
    }

    @Test
    void adamFollowsTheAlgorithm() {
        assertFollows(Adam.of(RATE).betas(0.7, 0.9).epsilon(1e-3), (start, lambda) -> {
            double theta = start;
            double m = 0;
            double v = 0;
            for (int t = 1; t <= STEPS; t++) {
                double g = lambda * theta;
                m = 0.7 * m + 0.3 * g;
                v = 0.9 * v + 0.1 * g * g;
                theta -= RATE * m / (1 - Math.pow(0.7, t)) / (Math.sqrt(v / (1 - Math.pow(0.9, t))) + 1e-3);
            }
            return theta;
        });
    }

    @Test
    void rmsPropFollowsTheAlgorithm() {
        assertFollows(RmsProp.of(0.01).beta(0.9).epsilon(1e-3), (start, lambda) -> {
            double theta = start;
            double v = 0;
            for (int t = 0; t < STEPS; t++) {
                double g = lambda * theta;
                v = 0.9 * v + 0.1 * g * g;
                theta -= 0.01 * g / (Math.sqrt(v) + 1e-3);
            }
            return theta;
        });
    }

    static List<Descent<?>> preconditioned() {
        return List.of(GradientDescent.of(0.1), Adam.of(0.1).betas(0.7, 0.9), RmsProp.of(0.1),
                Adam.of(0.1).schedule(LearningRateSchedule.cosine(9)));
    }

    @ParameterizedTest
    @MethodSource("preconditioned")
    void aMoveIsTheRateTimesThePreconditionedGradientOrItsAverage(Descent<?> rule) {
        var network = Mlp.of(3, 5, 4, 2).precision(Precision.FLOAT64)
                .parameterization(Parameterization.maximalUpdate(2)).build();
        var loss = Derivatives.of(network, SquaredError.HALF_MEAN, normal(20, 3, 1), normal(20, 2, 2));
        var stepper = rule.start(loss, Seed.of(1));
        for (long t = 0; t < 4; t++) {
            Array before = network.parameters().array().copy();
            Array gradient = loss.gradient().copy();
            stepper.step(t);
            Array p = stepper.preconditioner(t + 1);
            Array direction = stepper.state().getOrDefault("mean", gradient);
            double rate = rule.learningRate() * rule.options().schedule().factor(t);
            for (int i = 0; i < before.length(); i++) {
                assertEquals(before.get(i) - rate / p.get(i) * direction.get(i),
                        network.parameters().array().get(i), 1e-12);
            }
        }
    }

    @Test
    void adaptiveRulesHaveNoPreconditionerBeforeTheirFirstMove() {
        var loss = Derivatives.of(Mlp.of(3, 2).build(), SquaredError.MEAN, normal(20, 3, 1),
                normal(20, 2, 2));
        for (var rule : List.of(Adam.of(0.1), RmsProp.of(0.1))) {
            assertTrue(Double.isNaN(rule.start(loss, Seed.of(1)).preconditioner(0).get(0)));
        }
        var flow = GradientFlow.of(0.1).euler(3).start(loss, Seed.of(1));
        assertThrows(UnsupportedOperationException.class, () -> flow.preconditioner(1));
    }

    @Test
    void weightDecayAddsItsGradient() {
        assertFollows(GradientDescent.of(RATE).weightDecay(0.2),
                (theta, lambda) -> Math.pow(1 - RATE * (lambda + 0.2), STEPS) * theta);
    }

    @Test
    void decoupledWeightDecayShrinksBesideTheMove() {
        assertFollows(GradientDescent.of(RATE).decoupledWeightDecay(0.2),
                (theta, lambda) -> Math.pow(1 - RATE * 0.2 - RATE * lambda, STEPS) * theta);
        // With ε so large Adam hardly moves: what is left is the decay.
        double[] found = after(STEPS, Adam.of(RATE).decoupledWeightDecay(0.2).epsilon(1e9));
        for (int i = 0; i < found.length; i++) {
            assertEquals(Math.pow(1 - RATE * 0.2, STEPS) * START[i], found[i], 1e-7);
        }
    }

    @Test
    void decoupledWeightDecayTakesTheParametersOwnRate() {
        // Under μP every matrix has a rate of its own; with ε so large AdamW only decays.
        double lambda = 0.2;
        var network = Mlp.of(6, 32, 32, 2).parameterization(Parameterization.maximalUpdate(4))
                .precision(Precision.FLOAT64).build();
        var before = network.parameters().views().stream().map(view -> view.array().copy()).toList();
        Run.of(network, SquaredError.HALF_MEAN, Quadratic.normal(5, 6, 1), Quadratic.normal(5, 2, 2),
                Adam.of(RATE).epsilon(1e12).decoupledWeightDecay(lambda)).steps(1).train();
        var factors = new HashSet<Double>();
        for (int i = 0; i < before.size(); i++) {
            var view = network.parameters().views().get(i);
            double factor = view.scaling().adamRate();
            factors.add(factor);
            Array expected = before.get(i);
            expected.scale(1 - RATE * factor * lambda);
            assertArrayEquals(expected.toDoubles(), view.array().toDoubles(), 1e-10, view.name());
        }
        assertTrue(factors.size() > 1, factors::toString);
    }

    @Test
    void reportedLossIsThatBeforeTheMoveWithoutTheDecay() {
        var run = Quadratic.run(GradientDescent.of(RATE).weightDecay(0.2)).steps(1).train();
        assertEquals(0.5 * (4 * 1 + 1 * 4 + 0.25 * 0.25), run.series("loss").values()[0], 1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.9})
    void momentumIsStableUpToTwoPlusTwoBetaOverEta(double beta) {
        assertEdge((2 + 2 * beta) / RATE, GradientDescent.of(RATE).momentum(beta));
        assertEdge((2 + 2 * beta) / (RATE * (1 + 2 * beta)), GradientDescent.of(RATE).nesterov(beta));
    }

    private static void assertEdge(double sharpness, LearningRule rule) {
        var below = Quadratic.run(rule, new double[]{0.98 * sharpness}, new double[]{1}).steps(2000).train();
        assertTrue(Math.abs(below.network().parameters().array().get(0)) < 1e-3);
        var above = Quadratic.run(rule, new double[]{1.02 * sharpness}, new double[]{1}).steps(500).train();
        assertTrue(Math.abs(above.network().parameters().array().get(0)) > 1e3);
    }

    @Test
    void schedulesMultiplyTheRate() {
        var schedule = LearningRateSchedule.warmUp(5).times(LearningRateSchedule.steps(0.5, 10))
                .times(t -> 1 + t % 2);
        DoubleUnaryOperator factor = t -> Math.min(1, (t + 1) / 5) * Math.pow(0.5, Math.floor(t / 10))
                * (1 + t % 2);
        assertFollows(GradientDescent.of(RATE).schedule(schedule), (start, lambda) -> {
            double theta = start;
            for (int t = 0; t < STEPS; t++) theta *= 1 - RATE * factor.applyAsDouble(t) * lambda;
            return theta;
        });
        var cosine = LearningRateSchedule.cosine(10);
        assertEquals(1, cosine.factor(0));
        assertEquals(0.5, cosine.factor(5), 1e-15);
        assertEquals(0, cosine.factor(10));
        assertEquals(0, cosine.factor(99));
    }

    @Test
    void optionsComposeInAnyOrder() {
        assertEquals(GradientDescent.of(1).momentum(0.9).batch(3).weightDecay(0.1),
                GradientDescent.of(1).weightDecay(0.1).batch(3).momentum(0.9));
    }

    @Test
    void parameterizationScalesTheRateOfEachParameter() {
        for (var precision : Precision.values()) {
            for (var rule : List.of(GradientDescent.of(0.01), Adam.of(0.01).epsilon(1e-20))) {
                var network = Mlp.of(3, 8, 16, 2).parameterization(Parameterization.maximalUpdate(4))
                        .precision(precision).seed(5).build();
                var run = Run.of(network, SquaredError.MEAN, normal(6, 3, 1), normal(6, 2, 2), rule);
                Array gradient = run.derivatives().gradient().copy();
                Array before = network.parameters().array().copy();
                run.steps(1).train();
                for (var view : network.parameters().views()) {
                    Array move = view.array().copy();
                    move.add(-1, view.of(before));
                    for (int i = 0; i < move.length(); i++) {
                        double g = view.of(gradient).get(i);
                        double expected = rule instanceof Adam
                                ? -0.01 * view.scaling().adamRate() * Math.signum(g)
                                : -0.01 * view.scaling().sgdRate() * g;
                        assertEquals(expected, move.get(i), 4 * precision.unitRoundoff(), view.name());
                    }
                }
            }
        }
    }

    @Test
    void batchOfAllSamplesIsGradientDescent() {
        double[] full = trained(GradientDescent.of(0.1));
        assertArrayEquals(full, trained(GradientDescent.of(0.1).batch(7)), 1e-13);
    }

    private static double[] trained(LearningRule rule) {
        var network = Mlp.of(3, 5, 2).precision(Precision.FLOAT64).build();
        return Run.of(network, SquaredError.MEAN, normal(7, 3, 1), normal(7, 2, 2), rule).steps(20).train()
                .network().parameters().array().toDoubles();
    }

    @Test
    void stationaryVarianceOfSgdIsThatOfTheory() {
        // Mean of n numbers as a quadratic with λ = 1: the variance of θ is η σ² / (B (2 − η)) (Mandt et al. 2017).
        double[][] inputs = new double[50][1];
        for (double[] row : inputs) row[0] = 1;
        double[][] targets = normal(50, 1, 3);
        double mean = 0;
        double square = 0;
        for (double[] row : targets) {
            mean += row[0] / 50;
            square += row[0] * row[0] / 50;
        }
        var network = Mlp.of(1, 1).bias(false).precision(Precision.FLOAT64).build();
        var run = Run.of(network, SquaredError.HALF_MEAN, inputs, targets,
                GradientDescent.of(0.5).batches(Batches.withReplacement(5))).steps(100_000)
                .observeNumber("w", MeasurementSchedule.every(1), net -> net.parameters().array().get(0))
                .train();
        double[] w = run.series("w").values();
        double variance = 0;
        for (int t = 100; t < w.length; t++) variance += (w[t] - mean) * (w[t] - mean) / (w.length - 100);
        double expected = 0.5 * (square - mean * mean) / (5 * (2 - 0.5));
        assertEquals(expected, variance, 0.05 * expected);
    }

    static List<LearningRule> rules() {
        return List.of(GradientDescent.of(0.01), GradientDescent.of(0.01).batch(8),
                GradientDescent.of(0.01).momentum(0.9).weightDecay(0.01),
                GradientDescent.of(0.01).nesterov(0.9).batches(Batches.withReplacement(8)),
                Adam.of(0.001).batch(8).schedule(LearningRateSchedule.warmUp(10)), RmsProp.of(0.001),
                GradientDescent.of(0.01).labelNoise(LabelNoise.gaussian(0.1)));
    }

    @Test
    void stepsAllocateNothing() throws Exception {
        String none = "0 ".repeat(rules().size()).strip();
        assertEquals(none, OwnMachine.prints(none, Allocations.class), "bytes in 20 steps, by rule");
    }

    /** Prints in a line for each rule how many bytes twenty steps allocate, once they are compiled. */
    static final class Allocations {
        public static void main(String[] none) {
            var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            for (LearningRule rule : rules()) {
                // An activation by formula: what is measured here is the rule.
                var network = Mlp.of(4, 16, 16, 3).activation(Activation.SIN).build();
                var loss = Derivatives.of(network, SquaredError.MEAN, normal(32, 4, 1), normal(32, 3, 2));
                var stepper = rule.start(loss, Seed.of(1));
                // The compiler decides when intermediate objects vanish; then there must be none at all.
                long allocated = Long.MAX_VALUE;
                for (int round = 0; round < 3000 && allocated > 0; round++) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int t = 0; t < 20; t++) stepper.step(20L * round + t);
                    allocated = threads.getCurrentThreadAllocatedBytes() - before;
                }
                System.out.print(allocated + " ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void ratesThatAreNotPositiveAreRefused(double rate) {
        for (Runnable make : List.<Runnable>of(() -> GradientDescent.of(rate), () -> Adam.of(rate),
                () -> RmsProp.of(rate), () -> GradientFlow.of(rate))) {
            var e = assertThrows(IllegalArgumentException.class, make::run);
            assertTrue(e.getMessage().contains(rate + ": expected a positive number"), e.getMessage());
        }
    }

    @Test
    void nonsenseIsRefused() {
        var gd = GradientDescent.of(1);
        for (Runnable make : List.<Runnable>of(() -> gd.momentum(1), () -> gd.nesterov(-0.1),
                () -> Adam.of(1).betas(0.9, 1), () -> Adam.of(1).epsilon(0), () -> gd.batch(0),
                () -> gd.weightDecay(-1), () -> gd.decoupledWeightDecay(Double.NaN),
                () -> LearningRateSchedule.warmUp(0), () -> LearningRateSchedule.cosine(-1),
                () -> LearningRateSchedule.steps(0, 5),
                () -> LabelNoise.gaussian(-1), () -> LabelNoise.flips(1.5),
                () -> GradientFlow.of(1).euler(0), () -> GradientFlow.of(1).tolerance(0),
                () -> Quadratic.run(gd.batch(4)), () -> Quadratic.run(gd.batches(Batches.withReplacement(4))),
                () -> Quadratic.run(gd.schedule(_ -> -1)).train())) {
            var e = assertThrows(IllegalArgumentException.class, make::run);
            assertTrue(e.getMessage().contains("expected"), e.getMessage());
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Quadratic.run(gd.batch(4))).getMessage()
                .contains("batch = 4: expected at most the 3 samples"));
    }
}
