package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.solvable.AssociativeMemory.Overlaps;
import mechanics.statistics.Estimate;

class AssociativeMemoryTest {

    private static double[][] unitVectors(int n, int d, RandomGenerator random) {
        var rows = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] x = Seed.gaussian(d, random);
            double length = Math.sqrt(dot(x, x));
            rows[i] = Arrays.stream(x).map(z -> z / length).toArray();
        }
        return rows;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
        return sum;
    }

    /** Σ v kᵀ, D × d. */
    private static double[][] sumOfProducts(double[][] keys, double[][] values) {
        var w = new double[values[0].length][keys[0].length];
        for (int i = 0; i < keys.length; i++)
            for (int a = 0; a < w.length; a++)
                for (int b = 0; b < w[a].length; b++) w[a][b] += values[i][a] * keys[i][b];
        return w;
    }

    private static double recalled(double[][] w, double[][] keys, double[][] values) {
        int right = 0;
        for (int i = 0; i < keys.length; i++) {
            double[] key = keys[i];
            double[] answer = Arrays.stream(w).mapToDouble(row -> dot(row, key)).toArray();
            int best = 0;
            for (int j = 1; j < values.length; j++)
                if (dot(values[j], answer) > dot(values[best], answer)) best = j;
            if (best == i) right++;
        }
        return (double) right / keys.length;
    }

    @RepeatedTest(6)
    void theRecallIsMeasured(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("memory");
        int d = random.nextInt(16, 60);
        int dd = random.nextInt(16, 60);
        int n = random.nextInt(20, 20 + d * dd / 10);
        var theory = AssociativeMemory.of(d, dd);
        Estimate measured = Estimate.of(IntStream.range(0, 40).mapToDouble(_ -> {
            double[][] keys = unitVectors(n, d, random);
            double[][] values = unitVectors(n, dd, random);
            return recalled(sumOfProducts(keys, values), keys, values);
        }).toArray());
        double next = theory.recall(n) - theory.recall(n + 2);
        assertEquals(measured.mean(), theory.recall(n), 4 * measured.standardError() + next);
    }

    @RepeatedTest(3)
    void theRecallOfRegressionIsMeasured(RepetitionInfo repetition) {
        var random = Seed.of(repetition.getCurrentRepetition()).stream("regression");
        int d = random.nextInt(20, 40);
        int n = 3 * d + random.nextInt(2 * d);
        var theory = AssociativeMemory.of(d, 30);
        Estimate measured = Estimate.of(IntStream.range(0, 30).mapToDouble(_ -> {
            double[][] keys = unitVectors(n, d, random);
            double[][] values = unitVectors(n, 30, random);
            return recalled(regression(keys, values), keys, values);
        }).toArray());
        double next = theory.leastSquaresRecall(n) - theory.leastSquaresRecall(n + 2);
        assertEquals(measured.mean(), theory.leastSquaresRecall(n), 4 * measured.standardError() + next);
        assertTrue(theory.leastSquaresRecall(n) > theory.recall(n) + 8 * measured.standardError());
    }

    private static double[][] regression(double[][] keys, double[][] values) {
        var gram = sumOfProducts(keys, keys);
        var moments = sumOfProducts(keys, values);
        return Arrays.stream(moments).map(row -> solve(gram, row)).toArray(double[][]::new);
    }

    /** Gauss' elimination of a symmetric positive definite system. */
    private static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        double[][] a = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        double[] x = right.clone();
        for (int k = 0; k < n; k++)
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j < n; j++) a[i][j] -= factor * a[k][j];
                x[i] -= factor * x[k];
            }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) x[i] -= a[i][j] * x[j];
            x[i] /= a[i][i];
        }
        return x;
    }

    @ParameterizedTest
    @CsvSource({"BOTH,20,70", "KEYS,24,60", "VALUES,30,200", "NONE,16,50"})
    void theSumsAreTheAverageOverDraws(Overlaps overlaps, int d, int n) {
        var random = Seed.of(7).stream("draws");
        boolean keys = overlaps == Overlaps.BOTH || overlaps == Overlaps.KEYS;
        boolean values = overlaps == Overlaps.BOTH || overlaps == Overlaps.VALUES;
        double sigma = Math.sqrt(n - 2) / d;
        var wins = new double[60_000];
        for (int trial = 0; trial < wins.length; trial++) {
            double s = 1 + sigma * random.nextGaussian();
            double r = Math.sqrt(Arrays.stream(Seed.gaussian(d - 1, random)).map(z -> z * z).sum()) * sigma;
            wins[trial] = 1;
            for (int j = 1; j < n && wins[trial] > 0; j++) {
                double a = keys ? unitVectors(1, d, random)[0][0] : 0;
                double b = values ? unitVectors(1, d, random)[0][0] : 0;
                double t = unitVectors(1, d - 1, random)[0][0];
                if (r * Math.sqrt(1 - b * b) * t > (1 - b) * (s - a)) wins[trial] = 0;
            }
        }
        Estimate drawn = Estimate.of(wins);
        assertEquals(drawn.mean(), AssociativeMemory.of(d).with(overlaps).recall(n),
                4.5 * drawn.standardError());
    }

    @ParameterizedTest
    @CsvSource({"16,0.5", "48,0.9", "96,0.99", "7,0.2"})
    void theCapacityIsWhereTheRecallHasFallen(int d, double level) {
        var memory = AssociativeMemory.of(d, d + 3);
        assertEquals(level, memory.recall(memory.capacity(level)), 1e-5);
        assertEquals(level, memory.leastSquaresRecall(memory.leastSquaresCapacity(level)), 1e-5);
        double leading = memory.leadingCapacity();
        assertEquals(d * (d + 3) / 2.0, leading * Math.log(leading), 1e-4);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 500, 4000})
    void theLeadingCapacityIsTenToTwentyPercentLow(int d) { assertEquals(1.15, ratio(d), 0.06); }

    private static double ratio(int d) {
        var memory = AssociativeMemory.of(d);
        return memory.capacity(0.5) / memory.leadingCapacity();
    }

    @Test
    void fewFactsAreAllRecalled() {
        var memory = AssociativeMemory.of(64);
        assertEquals(1, memory.recall(1));
        assertEquals(1, memory.recall(2));
        assertEquals(1, memory.recall(5), 1e-9);
        assertEquals(1, memory.leastSquaresRecall(64));
        assertTrue(memory.recall(100_000) < 1e-3);
    }

    @Test
    void badInputsAreRefused() {
        var memory = AssociativeMemory.of(8);
        assertThrows(IllegalArgumentException.class, () -> AssociativeMemory.of(3));
        assertThrows(IllegalArgumentException.class, () -> AssociativeMemory.of(8, 0));
        assertThrows(IllegalArgumentException.class, () -> memory.recall(0));
        assertThrows(IllegalArgumentException.class, () -> memory.recall(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> memory.leastSquaresRecall(-1));
        assertThrows(IllegalArgumentException.class, () -> memory.capacity(0));
        assertThrows(IllegalArgumentException.class, () -> memory.capacity(1));
    }
}
