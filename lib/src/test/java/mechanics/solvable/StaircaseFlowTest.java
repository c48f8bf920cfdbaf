package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import mechanics.base.Seed;
import mechanics.solvable.StaircaseFlow.Neurons;
import mechanics.statistics.Estimate;

class StaircaseFlowTest {

    private static Neurons drawn(int m, int k, double size, RandomGenerator random) {
        var u = new double[m][];
        var s = new double[m];
        for (int j = 0; j < m; j++) {
            u[j] = Arrays.stream(Seed.gaussian(k, random)).map(v -> size * v).toArray();
            s[j] = random.nextDouble(0.5, 1.5);
        }
        return new Neurons(Seed.gaussian(m, random), Seed.gaussian(m, random), u, s);
    }

    private static double sign(int parity, int corner) {
        return Integer.bitCount(parity & corner) % 2 == 0 ? 1 : -1;
    }

    /** E relu(H + s g) over the Gaussian g, by a sum with a fine step. */
    private static double relu(double height, double s) {
        double sum = 0;
        double step = 2e-3;
        for (double g = -8; g < 8; g += step)
            sum += step * Math.max(0, height + s * g) * Math.exp(-g * g / 2) / Math.sqrt(2 * Math.PI);
        return sum;
    }

    private static double output(Neurons neurons, int corner) {
        double f = 0;
        int m = neurons.a().length;
        for (int j = 0; j < m; j++) {
            double height = neurons.b()[j];
            for (int l = 0; l < neurons.u()[j].length; l++)
                height += neurons.u()[j][l] * sign(1 << l, corner);
            f += neurons.a()[j] * relu(height, neurons.s()[j]) / m;
        }
        return f;
    }

    private static double loss(double[] target, Neurons neurons) {
        double loss = 0;
        for (int corner = 0; corner < target.length; corner++) {
            double e = -output(neurons, corner);
            for (int parity = 0; parity < target.length; parity++) e += target[parity] * sign(parity, corner);
            loss += e * e / (2 * target.length);
        }
        return loss;
    }

    private static Neurons copy(Neurons n) {
        return new Neurons(n.a().clone(), n.b().clone(),
                Arrays.stream(n.u()).map(double[]::clone).toArray(double[][]::new), n.s().clone());
    }

    private static double[] flat(Neurons n) {
        return DoubleStream.concat(
                DoubleStream.of(n.a()[0], n.b()[0], n.s()[0]), Arrays.stream(n.u()[0]))
                .toArray();
    }

    /** The neurons with number {@code index} of neuron 0 moved. */
    private static Neurons moved(Neurons neurons, int index, double by) {
        Neurons copy = copy(neurons);
        switch (index) {
            case 0 -> copy.a()[0] += by;
            case 1 -> copy.b()[0] += by;
            case 2 -> copy.s()[0] += by;
            default -> copy.u()[0][index - 3] += by;
        }
        return copy;
    }

    @RepeatedTest(6)
    void movesDownTheSlopeOfTheLoss(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("slope");
        int k = random.nextInt(1, 4);
        Neurons start = drawn(random.nextInt(1, 5), k, 0.5, random);
        double[] target = Seed.gaussian(1 << k, random);
        double h = 1e-4;
        double[] before = flat(start);
        double[] after = flat(StaircaseFlow.of(target, start, 0).path(h).end());
        for (int i = 0; i < before.length; i++) {
            double slope = (loss(target, moved(start, i, 1e-4)) - loss(target, moved(start, i, -1e-4)))
                    / 2e-4;
            assertEquals(-start.a().length * slope, (after[i] - before[i]) / h, 2e-3, "number " + i);
        }
    }

    @RepeatedTest(3)
    void coefficientsAreThoseOfTheOutput(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("coefficients");
        int k = repetition.getCurrentRepetition();
        Neurons start = drawn(5, k, 1, random);
        var path = StaircaseFlow.of(StaircaseFlow.staircase(k), start, 0.1).path(0.5);
        for (int parity = 0; parity < 1 << k; parity++) {
            double first = 0;
            double last = 0;
            for (int corner = 0; corner < 1 << k; corner++) {
                first += sign(parity, corner) * output(start, corner) / (1 << k);
                last += sign(parity, corner) * output(path.end(), corner) / (1 << k);
            }
            assertEquals(first, path.coefficient(parity, 0), 1e-6);
            assertEquals(last, path.coefficient(parity, 0.5), 1e-6);
        }
    }

    /** w and b of pairs of neurons with opposite a, so that f = 0 at the start. */
    private record Start(double[] a, double[] b, double[][] w) {
        static Start draw(int m, int d, RandomGenerator random) {
            var start = new Start(new double[m], new double[m], new double[m][d]);
            for (int j = 0; j < m; j += 2) {
                double a = random.nextGaussian();
                double b = 0.5 * random.nextGaussian();
                double[] w = Seed.gaussian(d, random);
                for (int i = 0; i < 2; i++) {
                    start.a[j + i] = i == 0 ? a : -a;
                    start.b[j + i] = b;
                    for (int l = 0; l < d; l++) start.w[j + i][l] = w[l] / Math.sqrt(d);
                }
            }
            return start;
        }

        Start copy() {
            return new Start(a.clone(), b.clone(),
                    Arrays.stream(w).map(double[]::clone).toArray(double[][]::new));
        }

        Neurons neurons(int k) { return Neurons.of(a, b, w, k); }

        /** One step on one sample. Modified: this. */
        void step(double rate, double[] x, ToDoubleFunction<double[]> target) {
            double y = target.applyAsDouble(x);
            int m = a.length;
            var h = new double[m];
            double f = 0;
            for (int j = 0; j < m; j++) {
                h[j] = b[j];
                for (int l = 0; l < x.length; l++) h[j] += w[j][l] * x[l];
                f += a[j] * Math.max(0, h[j]) / m;
            }
            for (int j = 0; j < m; j++) {
                if (h[j] <= 0) continue;
                double push = rate * (y - f) * a[j];
                a[j] += rate * (y - f) * h[j];
                b[j] += push;
                for (int l = 0; l < x.length; l++) w[j][l] += push * x[l];
            }
        }
    }

    @Test
    void followsStochasticGradientDescent() {
        int d = 100;
        double c = 0.05;
        int runs = 6;
        var off = new double[3][runs];
        for (int run = 0; run < runs; run++) {
            var random = Seed.of(11).stream(run);
            Start start = Start.draw(400, d, random);
            Start trained = start.copy();
            for (int step = 0; step < 2 * d / c; step++) {
                trained.step(c / d, signs(d, random), x -> x[0] + x[0] * x[1]);
            }
            double[] target = StaircaseFlow.staircase(2);
            var path = StaircaseFlow.of(target, start.neurons(2), c).path(2);
            // The trained network by its own Gaussian description.
            var seen = StaircaseFlow.of(target, trained.neurons(2), c).path(0.01);
            for (int parity = 1; parity < 4; parity += 2)
                off[parity / 2][run] = seen.coefficient(parity, 0) - path.coefficient(parity, 2);
            off[2][run] = rms(trained.neurons(2).s()) - rms(path.end().s());
        }
        for (double[] value : off) {
            var estimate = Estimate.of(value);
            assertEquals(0, estimate.mean(), 6 * estimate.standardError() + 0.02);
            assertTrue(estimate.standardError() < 0.05, "says something: " + estimate);
        }
    }

    private static double rms(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(v -> v * v).average().orElseThrow());
    }

    /** Moments of one step of two neurons in different pairs, so that f is zero for every sample. */
    @Test
    void kicksAreThoseOfSamples() {
        int d = 50;
        double c = 0.01;
        var random = Seed.of(12).stream("kicks");
        Start start = Start.draw(4, d, random);
        for (int l = 1; l < d; l++)
            for (int j = 2; j < 4; j++)
                start.w[j][l] = l % 2 == 0 ? start.w[0][l - 1] : -start.w[0][l + 1 < d ? l + 1 : l];
        Neurons neurons = start.neurons(1);
        double[] target = {0.5, 1};
        double rate = c / d;
        double[] still = moves(StaircaseFlow.of(target, neurons, c).path(rate).end(), neurons);
        int draws = 40_000;
        int kinds = still.length;
        var theory = new double[kinds * kinds][draws];
        var samples = new double[kinds * kinds][draws];
        for (int draw = 0; draw < draws; draw++) {
            double[] kicked = moves(StaircaseFlow.of(target, neurons, c).path(rate, d, random).end(),
                    neurons);
            Start moved = start.copy();
            moved.step(rate, signs(d, random), x -> 0.5 + x[0]);
            double[] seen = moves(moved.neurons(1), neurons);
            for (int i = 0; i < kinds; i++)
                for (int l = 0; l < kinds; l++) {
                    theory[i * kinds + l][draw] = (kicked[i] - still[i]) * (kicked[l] - still[l])
                            / (rate * rate);
                    samples[i * kinds + l][draw] = (seen[i] - still[i]) * (seen[l] - still[l])
                            / (rate * rate);
                }
        }
        for (int i = 0; i < theory.length; i++) {
            var expected = Estimate.of(theory[i]);
            var found = Estimate.of(samples[i]);
            double error = Math.hypot(expected.standardError(), found.standardError());
            double size = Math.sqrt(Estimate.of(theory[i / kinds * (kinds + 1)]).mean()
                    * Estimate.of(theory[i % kinds * (kinds + 1)]).mean());
            assertEquals(expected.mean(), found.mean(), 5 * error + 0.1 * size,
                    "moment of " + i / kinds + " and " + i % kinds);
        }
    }

    /** Of a, b, u and s of neurons 0 and 2. */
    private static double[] moves(Neurons after, Neurons before) {
        return IntStream.of(0, 2).boxed().flatMapToDouble(j -> DoubleStream.of(
                after.a()[j] - before.a()[j], after.b()[j] - before.b()[j],
                after.u()[j][0] - before.u()[j][0],
                after.s()[j] - before.s()[j])).toArray();
    }

    private static double[] signs(int d, RandomGenerator random) {
        var x = new double[d];
        for (int l = 0; l < d; l++) x[l] = random.nextBoolean() ? 1 : -1;
        return x;
    }

    @Test
    void theStaircaseIsClimbedStepByStep() {
        var random = Seed.of(13).stream("steps");
        Neurons start = Start.draw(200, 400, random).neurons(3);
        var path = StaircaseFlow.of(StaircaseFlow.staircase(3), start, 0).path(40);
        assertTrue(path.halfTime(1) < path.halfTime(3) && path.halfTime(3) < path.halfTime(7));
        assertEquals(0.5, path.coefficient(7, path.halfTime(7)), 1e-9);
        assertEquals(1, path.coefficient(1, 40), 0.1);
        assertEquals(Double.POSITIVE_INFINITY,
                StaircaseFlow.of(StaircaseFlow.parity(3), start, 0).path(20).halfTime(7));
    }

    @Test
    void targetsAreCoefficients() {
        assertArrayEquals(new double[]{0, 1, 0, 1, 0, 0, 0, 1}, StaircaseFlow.staircase(3));
        assertArrayEquals(new double[]{0, 0, 0, 1}, StaircaseFlow.parity(2));
    }

    @Test
    void badInputsAreRefused() {
        Neurons good = new Neurons(new double[]{1}, new double[]{0}, new double[][]{{0, 0}}, new double[]{1});
        var flow = StaircaseFlow.of(StaircaseFlow.staircase(2), good, 0);
        assertThrows(IllegalArgumentException.class, () -> StaircaseFlow.staircase(0));
        assertThrows(IllegalArgumentException.class, () -> StaircaseFlow.parity(11));
        assertThrows(IllegalArgumentException.class,
                () -> StaircaseFlow.of(StaircaseFlow.staircase(3), good, 0));
        assertThrows(IllegalArgumentException.class,
                () -> StaircaseFlow.of(StaircaseFlow.staircase(2), good, -1));
        assertThrows(IllegalArgumentException.class, () -> flow.path(0));
        assertThrows(IllegalArgumentException.class, () -> flow.path(1, 0, Seed.of(1).stream()));
        assertThrows(IllegalArgumentException.class, () -> flow.path(1).coefficient(1, 1.1));
        assertThrows(IllegalArgumentException.class, () -> flow.path(1).halfTime(2));
        assertThrows(IllegalArgumentException.class, () -> new Neurons(new double[]{1}, new double[]{0},
                new double[][]{{0, 0}}, new double[]{0}));
        assertThrows(IllegalArgumentException.class, () -> new Neurons(new double[]{1}, new double[]{0},
                new double[][]{{0, Double.NaN}}, new double[]{1}));
        assertThrows(IllegalArgumentException.class, () -> new Neurons(new double[]{1}, new double[]{0, 0},
                new double[][]{{0, 0}}, new double[]{1}));
        assertThrows(IllegalArgumentException.class,
                () -> Neurons.of(new double[]{1}, new double[]{0}, new double[][]{{1, 2}}, 2));
    }
}
