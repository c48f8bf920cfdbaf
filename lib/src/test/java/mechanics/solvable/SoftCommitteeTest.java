package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.solvable.SoftCommittee.Fluctuations;
import mechanics.solvable.SoftCommittee.Overlaps;

class SoftCommitteeTest {

    private static double[][] gaussian(SplittableRandom random, int rows, int columns, double size) {
        var matrix = new double[rows][columns];
        for (double[] row : matrix) Arrays.setAll(row, _ -> size * random.nextGaussian());
        return matrix;
    }

    private static double dot(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i] * y[i]).sum();
    }

    /** δ of every neuron of the student at the input. */
    private static double[] delta(double[][] w, double[][] b, double[] input) {
        double error = 0;
        for (double[] teacher : b) error += Erf.erf(dot(teacher, input) / Math.sqrt(2));
        for (double[] student : w) error -= Erf.erf(dot(student, input) / Math.sqrt(2));
        double y = error;
        return Arrays.stream(w).mapToDouble(student -> {
            double x = dot(student, input);
            return y * Math.sqrt(2 / Math.PI) * Math.exp(-x * x / 2);
        }).toArray();
    }

    /** One pass of online learning. Modified: w. */
    private static void train(double[][] w, double[][] b, double rate, int steps, SplittableRandom random) {
        int d = w[0].length;
        for (int step = 0; step < steps; step++) {
            double[] input = gaussian(random, 1, d, 1)[0];
            double[] delta = delta(w, b, input);
            for (int i = 0; i < w.length; i++)
                for (int j = 0; j < d; j++) w[i][j] += rate / d * delta[i] * input[j];
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 2", "2, 3"})
    void velocitiesAreMeansOverInputs(int students, int teachers) {
        var random = new SplittableRandom(113 + 10 * students + teachers);
        int d = 6;
        double[][] w = gaussian(random, students, d, 0.4);
        double[][] b = gaussian(random, teachers, d, 0.5);
        var at = Overlaps.of(w, b);
        double rate = 1.3;
        var theory = SoftCommittee.of(Overlaps.of(b, b).q(), rate);
        var velocity = theory.velocity(at);
        int n = 400_000;
        double[] sum = new double[5];
        double[] squares = new double[5];
        int last = students - 1;
        for (int sample = 0; sample < n; sample++) {
            double[] input = gaussian(random, 1, d, 1)[0];
            double[] delta = delta(w, b, input);
            double x0 = dot(w[0], input);
            double xLast = dot(w[last], input);
            double y = dot(b[teachers - 1], input);
            double error = delta[0] / (Math.sqrt(2 / Math.PI) * Math.exp(-x0 * x0 / 2));
            double[] draw = {rate * delta[0] * y,
                    rate * (delta[0] * xLast + delta[last] * x0) + rate * rate * delta[0] * delta[last],
                    2 * rate * delta[0] * x0 + rate * rate * delta[0] * delta[0], error * error / 2,
                    rate * (delta[0] * xLast + delta[last] * x0)};
            for (int i = 0; i < 5; i++) {
                sum[i] += draw[i] / n;
                squares[i] += draw[i] * draw[i] / n;
            }
        }
        double[] expected = {velocity.r()[0][teachers - 1], velocity.q()[0][last], velocity.q()[0][0],
                theory.error(at), theory.gradientFlow().velocity(at).q()[0][last]};
        for (int i = 0; i < 5; i++)
            assertEquals(sum[i], expected[i], 4.5 * Math.sqrt((squares[i] - sum[i] * sum[i]) / n), "" + i);
    }

    @Test
    void gradientFlowGoesDownTheError() {
        var random = new SplittableRandom(5);
        for (int trial = 0; trial < 10; trial++) {
            double[][] w = gaussian(random, 3, 7, 0.3);
            double[][] b = gaussian(random, 2, 7, 0.4);
            var theory = SoftCommittee.of(Overlaps.of(b, b).q(), 0.7);
            double h = 1e-5;
            // The gradient of the error by the weights, whose squares are minus the velocity of the error.
            double squares = 0;
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < 7; j++) {
                    double kept = w[i][j];
                    w[i][j] = kept + h;
                    double up = theory.error(Overlaps.of(w, b));
                    w[i][j] = kept - h;
                    double down = theory.error(Overlaps.of(w, b));
                    w[i][j] = kept;
                    squares += Math.pow((up - down) / (2 * h), 2);
                }
            var at = Overlaps.of(w, b);
            double before = theory.error(at);
            double after = theory.error(theory.gradientFlow().after(at, 1e-4));
            assertEquals(-0.7 * squares, (after - before) / 1e-4, 1e-3 * squares);
        }
    }

    @Test
    void trainedStudentsFollowTheEquations() {
        int d = 60;
        int runs = 300;
        double rate = 1.2;
        double alpha = 4;
        var random = new SplittableRandom(9);
        var b = new double[2][d];
        b[0][0] = 1;
        b[1][1] = 1;
        var start = new double[2][d];
        start[0][0] = 0.5;
        start[0][5] = 0.4;
        start[1][1] = 0.1;
        start[1][7] = 0.6;
        var theory = SoftCommittee.of(2, rate);
        var expected = theory.fluctuations(Fluctuations.none(Overlaps.of(start, b)), alpha).getFirst();
        assertArrayEquals(theory.after(Overlaps.of(start, b), alpha).r()[0], expected.limit().r()[0], 1e-4);
        double[] sum = new double[4];
        double[] squares = new double[4];
        double[] fourth = new double[4];
        double[] limits = numbers(expected.limit());
        double errors = 0;
        double errorSquares = 0;
        for (int run = 0; run < runs; run++) {
            double[][] w = {start[0].clone(), start[1].clone()};
            train(w, b, rate, (int) Math.round(alpha * d), random);
            double[] measured = numbers(Overlaps.of(w, b));
            double off = theory.error(Overlaps.of(w, b)) - theory.error(expected.limit());
            errors += off / runs;
            errorSquares += off * off / runs;
            for (int i = 0; i < 4; i++) {
                double distance = measured[i] - limits[i];
                sum[i] += distance / runs;
                squares[i] += distance * distance / runs;
                fourth[i] += Math.pow(distance, 4) / runs;
            }
        }
        assertEquals(theory.error(expected, d) - theory.error(expected.limit()), errors,
                4 * Math.sqrt((errorSquares - errors * errors) / runs));
        double[] shift = numbers(expected.shift());
        double[] deviations = {expected.deviationR(0, 0), expected.deviationR(1, 0),
                expected.deviationQ(0, 1),
                expected.deviationQ(1, 1)};
        for (int i = 0; i < 4; i++) {
            double variance = squares[i] - sum[i] * sum[i];
            assertEquals(shift[i] / d, sum[i], 4 * Math.sqrt(variance / runs), "shift " + i);
            double error = Math.sqrt((fourth[i] - squares[i] * squares[i]) / runs);
            double predicted = deviations[i] * deviations[i] / d;
            // The next order is smaller by 1/d times numbers of the size of the time.
            assertEquals(predicted, variance, 4 * error + predicted * alpha / d, "variance " + i);
        }
    }

    private static double[] numbers(Overlaps at) {
        return new double[]{at.r()[0][0], at.r()[1][0], at.q()[0][1], at.q()[1][1]};
    }

    @Test
    void randomStartsHaveTheirCovariance() {
        var random = new SplittableRandom(12);
        int d = 50;
        int draws = 20_000;
        var theory = SoftCommittee.of(new double[][]{{1, 0.5}, {0.5, 2}}, 1);
        var start = theory.randomStart(2, 0.3);
        var b = new double[2][d];
        b[0][0] = 1;
        b[1][0] = 0.5;
        b[1][1] = Math.sqrt(1.75);
        double cross = 0;
        double own = 0;
        double pair = 0;
        for (int draw = 0; draw < draws; draw++) {
            var at = Overlaps.of(gaussian(random, 2, d, Math.sqrt(0.3 / d)), b);
            cross += d * at.r()[1][0] * at.r()[1][1] / draws;
            own += d * Math.pow(at.q()[1][1] - 0.3, 2) / draws;
            pair += d * Math.pow(at.q()[0][1], 2) / draws;
        }
        assertEquals(start.covariance()[2][3], cross, 0.05 * cross);
        assertEquals(Math.pow(start.deviationQ(1, 1), 2), own, 0.05 * own);
        assertEquals(Math.pow(start.deviationQ(0, 1), 2), pair, 0.05 * pair);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void plateausRestAndHaveTheirErrorAtSmallRates(int k) {
        var theory = SoftCommittee.of(k, 0.8);
        var plateau = theory.plateau();
        assertArrayEquals(new double[k], theory.velocity(plateau).r()[k - 1], 1e-12);
        assertArrayEquals(new double[k], theory.velocity(plateau).q()[0], 1e-12);
        assertEquals(k > 1, theory.growth(plateau) > 0);
        var slow = SoftCommittee.of(k, 1e-3).gradientFlow();
        assertEquals(SoftCommittee.smallRatePlateau(k), slow.error(slow.plateau()), 1e-9);
    }

    @Test
    void growsAtItsRate() {
        var theory = SoftCommittee.of(2, 1);
        var plateau = theory.plateau();
        double rate = theory.growth(plateau);
        assertEquals(0.05914, rate, 1e-5);
        assertEquals(0.02066, theory.error(plateau), 1e-5);
        double[][] r = plateau.r();
        double[][] off = {{r[0][0] + 1e-6, r[0][1] - 1e-6}, {r[1][0] - 1e-6, r[1][1] + 1e-6}};
        var later = theory.path(new Overlaps(off, plateau.q()), 40, 60);
        assertEquals(Math.exp(20 * rate), difference(later.get(1)) / difference(later.get(0)), 1e-3);
    }

    private static double difference(Overlaps at) { return at.r()[0][0] - at.r()[0][1]; }

    @Test
    void theTeacherIsStableBelowTheCriticalRate() {
        for (double[] pair : new double[][]{{2, 2.3068}, {3, 1.6207}}) {
            int k = (int) pair[0];
            var identity = new double[k][k];
            for (int i = 0; i < k; i++) identity[i][i] = 1;
            var teacher = new Overlaps(identity, identity);
            assertEquals(0, SoftCommittee.of(k, 1).error(teacher), 1e-14);
            assertTrue(SoftCommittee.of(k, 0.999 * pair[1]).growth(teacher) < 0);
            assertTrue(SoftCommittee.of(k, 1.001 * pair[1]).growth(teacher) > 0);
        }
    }

    @Test
    void movesAlongTheWidestDirection() {
        var theory = SoftCommittee.of(2, 1);
        var wide = theory.fluctuations(theory.randomStart(2, 0.25), 20).getFirst();
        var moved = wide.along(1, 100);
        double off = 0;
        for (int i = 0; i < 2; i++)
            for (int n = 0; n < 2; n++) off += (i == n ? 1 : -1) * moved.r()[i][n];
        assertTrue(Math.abs(off) > 0.02, "specialization " + off);
        assertArrayEquals(wide.limit().r()[0], wide.along(0, 100).r()[0], 1e-15);
    }

    @Test
    void refusesWhatDoesNotFit() {
        double[][] one = {{1}};
        assertThrows(IllegalArgumentException.class, () -> SoftCommittee.of(0, 1));
        assertThrows(IllegalArgumentException.class, () -> SoftCommittee.of(2, 0));
        assertThrows(IllegalArgumentException.class,
                () -> SoftCommittee.of(new double[][]{{1, 2}, {0, 1}}, 1));
        assertThrows(IllegalArgumentException.class, () -> new Overlaps(one, new double[][]{{1, 0}, {0, 1}}));
        assertThrows(IllegalArgumentException.class, () -> new Overlaps(new double[][]{{Double.NaN}}, one));
        assertThrows(IllegalArgumentException.class, () -> Overlaps.of(one, new double[][]{{1, 2}}));
        var start = new Overlaps(one, one);
        assertThrows(IllegalArgumentException.class, () -> SoftCommittee.of(2, 1).velocity(start));
        assertThrows(IllegalArgumentException.class, () -> SoftCommittee.of(1, 1).after(start, -1));
        assertThrows(IllegalArgumentException.class, () -> SoftCommittee.of(1, 1).path(start, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> Fluctuations.none(start).along(1, 0));
        assertThrows(IllegalArgumentException.class,
                () -> SoftCommittee.of(new double[][]{{2}}, 1).plateau());
        assertThrows(IllegalArgumentException.class, () -> SoftCommittee.smallRatePlateau(0));
        assertThrows(IllegalArgumentException.class, () -> SoftCommittee.of(1, 1).randomStart(1, 0));
    }
}
