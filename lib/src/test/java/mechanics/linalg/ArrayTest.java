package mechanics.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import mechanics.base.Seed;

class ArrayTest {
    private final RandomGenerator random = Seed.of(1).stream();

    private Array gaussian(Precision precision, int length) {
        // A window in the middle of larger storage: offsets must be respected everywhere.
        Array array = precision.array(length + 7).view(3, length);
        for (int i = 0; i < length; i++) array.set(i, random.nextGaussian());
        return array;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void productMatchesTheTripleSum(Precision precision) {
        for (int repeat = 0; repeat < 200; repeat++) {
            // Every fourth has too many terms for the small product and goes to the library.
            int m = random.nextInt(repeat % 2 == 0 ? 9 : 80);
            int n = random.nextInt(80);
            int k = repeat % 4 == 0 ? 513 + random.nextInt(100) : random.nextInt(90);
            boolean ta = random.nextBoolean();
            boolean tb = random.nextBoolean();
            int sa = (ta ? m : k) + random.nextInt(3);
            int sb = (tb ? k : n) + random.nextInt(3);
            int sc = n + random.nextInt(3);
            int atA = random.nextInt(4);
            int atB = random.nextInt(4);
            int atC = random.nextInt(4);
            Array a = gaussian(precision, atA + Math.max(m, k) * (sa + 1) + 1);
            Array b = gaussian(precision, atB + Math.max(k, n) * (sb + 1) + 1);
            Array c = gaussian(precision, atC + m * sc + 1);
            double alpha = random.nextGaussian();
            double beta = repeat % 3 == 0 ? 0 : repeat % 3 == 1 ? 1 : random.nextGaussian();
            double[] expected = c.toDoubles();
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int l = 0; l < k; l++) {
                        sum += a.get(atA + (ta ? l * sa + i : i * sa + l))
                                * b.get(atB + (tb ? j * sb + l : l * sb + j));
                    }
                    int at = atC + i * sc + j;
                    expected[at] = alpha * sum + (beta == 0 ? 0 : beta * expected[at]);
                }
            }
            double tolerance = 100 * (k + 1) * precision.unitRoundoff();
            Array javaResult = c.copy();
            Array smallResult = c.copy();
            c.gemm(m, n, k, alpha, a, atA, sa, ta, b, atB, sb, tb, beta, atC, sc);
            assertArrayEquals(expected, c.toDoubles(), tolerance);
            javaProduct(javaResult, m, n, k, alpha, a, atA, sa, ta, b, atB, sb, tb, beta, atC, sc);
            assertArrayEquals(expected, javaResult.toDoubles(), tolerance);
            if (k > 512) continue;
            smallProduct(smallResult, m, n, k, alpha, a, atA, sa, ta, b, atB, sb, tb, beta, atC, sc);
            assertArrayEquals(expected, smallResult.toDoubles(), tolerance);
        }
    }

    private static void javaProduct(Array result, int m, int n, int k, double alpha, Array left, int atA,
            int sa,
            boolean ta, Array right, int atB, int sb, boolean tb, double beta, int atC, int sc) {
        switch (result) {
            case FloatArray c -> {
                var a = (FloatArray) left;
                var b = (FloatArray) right;
                FloatJavaGemm.multiply(ta, tb, m, n, k, (float) alpha, a.storage(), a.offset() + atA, sa,
                        b.storage(),
                        b.offset() + atB, sb, (float) beta, c.storage(), c.offset() + atC, sc);
            }
            case DoubleArray c -> {
                var a = (DoubleArray) left;
                var b = (DoubleArray) right;
                DoubleJavaGemm.multiply(ta, tb, m, n, k, alpha, a.storage(), a.offset() + atA, sa,
                        b.storage(),
                        b.offset() + atB, sb, beta, c.storage(), c.offset() + atC, sc);
            }
        }
    }

    private static void smallProduct(Array result, int m, int n, int k, double alpha, Array left, int atA,
            int sa,
            boolean ta, Array right, int atB, int sb, boolean tb, double beta, int atC, int sc) {
        switch (result) {
            case FloatArray c -> {
                var a = (FloatArray) left;
                var b = (FloatArray) right;
                FloatSmallGemm.multiply(ta, tb, m, n, k, (float) alpha, a.storage(), a.offset() + atA, sa,
                        b.storage(),
                        b.offset() + atB, sb, (float) beta, c.storage(), c.offset() + atC, sc);
            }
            case DoubleArray c -> {
                var a = (DoubleArray) left;
                var b = (DoubleArray) right;
                DoubleSmallGemm.multiply(ta, tb, m, n, k, alpha, a.storage(), a.offset() + atA, sa,
                        b.storage(),
                        b.offset() + atB, sb, beta, c.storage(), c.offset() + atC, sc);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void productOfManyTermsAndColumnsCrossesTheBlocksOfTheJavaProduct(Precision precision) {
        int m = 13;
        int n = 2100;
        int k = 530;
        Array a = gaussian(precision, m * k);
        Array b = gaussian(precision, k * n);
        Array expected = precision.array(m * n);
        expected.gemm(1, a, false, b, false, m, n, k, 0);
        Array actual = precision.array(m * n);
        javaProduct(actual, m, n, k, 1, a, 0, k, false, b, 0, n, false, 0, 0, n);
        assertArrayEquals(expected.toDoubles(), actual.toDoubles(), 1000 * precision.unitRoundoff());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void elementwiseOperationsMatchTheirFormulas(Precision precision) {
        for (int length : new int[]{0, 1, 5, 16, 33, 100}) {
            Array a = gaussian(precision, length);
            Array b = gaussian(precision, length);
            for (double beta : new double[]{0, 1, 0.5}) {
                Array c = gaussian(precision, length);
                Array d = c.copy();
                double[] before = c.toDoubles();
                c.combine(2, a, beta);
                d.multiply(a, b, beta);
                for (int i = 0; i < length; i++) {
                    assertEquals(2 * a.get(i) + beta * before[i], c.get(i), 1e-6);
                    assertEquals(a.get(i) * b.get(i) + beta * before[i], d.get(i), 1e-6);
                }
            }
            Array y = gaussian(precision, length);
            Array slope = gaussian(precision, length);
            y.rectify(a, 0.25, slope);
            for (int i = 0; i < length; i++) {
                assertEquals(a.get(i) > 0 ? a.get(i) : 0.25 * a.get(i), y.get(i), 1e-7);
                assertEquals(a.get(i) > 0 ? 1 : 0.25, slope.get(i));
            }
            y.tanh(a, slope);
            Array w = gaussian(precision, length);
            for (double beta : new double[]{0, 1, 0.5}) {
                Array c = gaussian(precision, length);
                double[] before = c.toDoubles();
                c.multiplyTanhTangent(y, slope, a, b, w, beta);
                for (int i = 0; i < length; i++) {
                    double bend = -2 * y.get(i) * slope.get(i);
                    assertEquals(slope.get(i) * w.get(i) + bend * a.get(i) * b.get(i) + beta * before[i],
                            c.get(i), 1e-6);
                }
            }
            double dot = 0;
            double sum = 0;
            double largest = 0;
            for (int i = 0; i < length; i++) {
                assertEquals(Math.tanh(a.get(i)), y.get(i), 4 * precision.unitRoundoff());
                // Twice the error of tanh, and its own.
                assertEquals(1 - Math.pow(Math.tanh(a.get(i)), 2), slope.get(i),
                        9 * precision.unitRoundoff());
                dot += a.get(i) * b.get(i);
                sum += a.get(i);
                largest = Math.max(largest, Math.abs(a.get(i)));
            }
            assertEquals(dot, a.dot(b), 1e-12);
            assertEquals(sum, a.sum(), 1e-12);
            assertEquals(largest, a.largest());
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void rowOperationsMatchTheirFormulas(Precision precision) {
        for (int rows = 0; rows < 9; rows++) {
            int width = 1 + random.nextInt(20);
            Array a = gaussian(precision, rows * width);
            Array row = gaussian(precision, width);
            Array set = gaussian(precision, rows * width);
            set.setRows(3, row);
            Array added = a.copy();
            added.addRows(3, row);
            Array sums = gaussian(precision, width);
            double[] before = sums.toDoubles();
            sums.sumRows(2, a, 0.5);
            Array softmax = gaussian(precision, rows * width);
            softmax.softmaxRows(a, width);
            for (int j = 0; j < width; j++) {
                double sum = 0;
                for (int i = 0; i < rows; i++) {
                    assertEquals(3 * row.get(j), set.get(i * width + j), 1e-6);
                    assertEquals(a.get(i * width + j) + 3 * row.get(j), added.get(i * width + j), 1e-6);
                    sum += a.get(i * width + j);
                }
                assertEquals(2 * sum + 0.5 * before[j], sums.get(j), 1e-5);
            }
            for (int i = 0; i < rows; i++) {
                double total = 0;
                for (int j = 0; j < width; j++) total += Math.exp(a.get(i * width + j));
                for (int j = 0; j < width; j++) {
                    assertEquals(Math.exp(a.get(i * width + j)) / total, softmax.get(i * width + j), 1e-6);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void softmaxOfLargeNumbersDoesNotOverflow(Precision precision) {
        Array x = precision.array(3e4, 3e4, -3e4);
        x.softmaxRows(x, 3);
        assertArrayEquals(new double[]{0.5, 0.5, 0}, x.toDoubles());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void gatherTakesRowsInOrder(Precision precision) {
        Array source = precision.array(0, 1, 10, 11, 20, 21);
        Array batch = precision.array(6);
        batch.gather(source, new int[]{2, 0, 2}, 2);
        assertArrayEquals(new double[]{20, 21, 0, 1, 20, 21}, batch.toDoubles());
        assertThrows(IndexOutOfBoundsException.class, () -> batch.gather(source, new int[]{3, 0, 0}, 2));
    }

    @Test
    void copyConvertsPrecision() {
        Array single = Precision.FLOAT32.array(2);
        single.copy(Precision.FLOAT64.array(0.1, -3));
        assertArrayEquals(new double[]{0.1f, -3}, single.toDoubles());
        Array back = Precision.FLOAT64.array(2);
        back.copy(single);
        assertArrayEquals(single.toDoubles(), back.toDoubles());
    }

    @Test
    void notANumberIsFound() {
        assertTrue(Precision.FLOAT32.array(1, 2).isFinite());
        assertFalse(Precision.FLOAT32.array(1, Double.NaN).isFinite());
        assertFalse(Precision.FLOAT64.array(1, Double.NEGATIVE_INFINITY).isFinite());
        assertTrue(Precision.FLOAT64.array(0).isFinite());
        for (var precision : Precision.values()) {
            for (int i = 0; i < 40; i++) {
                Array array = precision.array(40);
                array.set(i, Double.NaN);
                assertFalse(array.isFinite());
            }
        }
    }

    @Test
    void badArgumentsAreRefusedWithASentence() {
        Array a = Precision.FLOAT32.array(4);
        Array other = Precision.FLOAT64.array(4);
        assertThrows(IllegalArgumentException.class, () -> a.add(1, other));
        assertThrows(IllegalArgumentException.class, () -> a.add(1, Precision.FLOAT32.array(3)));
        assertThrows(IllegalArgumentException.class, () -> a.setRows(1, Precision.FLOAT32.array(3)));
        assertThrows(IllegalArgumentException.class, () -> a.softmaxRows(a, 3));
        assertThrows(IllegalArgumentException.class, () -> a.gemm(1, a, false, a, false, 2, 2, 3, 0));
        assertThrows(IllegalArgumentException.class, () -> a.gemm(1, a, false, a, false, -1, 2, 2, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> a.get(4));
        assertThrows(IndexOutOfBoundsException.class, () -> a.view(2, 2).get(2));
        assertThrows(IndexOutOfBoundsException.class, () -> a.view(2, 3));
        assertThrows(IllegalArgumentException.class,
                () -> Precision.FLOAT64.array(new double[][]{{1}, {1, 2}}));
        assertThrows(IllegalArgumentException.class, () -> Blas.threads(0));
    }

    @Test
    void threadsReturnToWhatTheyWereAfterAScope() {
        int before = Blas.threads();
        try (var _ = Blas.scope(before + 1)) {
            assertEquals(before + 1, Blas.threads());
        }
        assertEquals(before, Blas.threads());
    }

    @Test
    void theNativeLibraryIsFound() { assertTrue(Blas.available()); }

    @Test
    void streamsOfASeedAreReproducibleAndDiffer() {
        var seed = Seed.of(5);
        assertEquals(seed.stream("a").nextLong(), Seed.of(5).stream("a").nextLong());
        var numbers = new HashSet<Long>();
        for (int i = 0; i < 100; i++) {
            numbers.add(seed.stream(i).nextLong());
            numbers.add(seed.stream("s" + i).nextLong());
            numbers.add(Seed.of(i).stream().nextLong());
        }
        assertEquals(300, numbers.size());
        Array x = Precision.FLOAT64.array(100_000);
        x.fillGaussian(seed.stream("x"), 2);
        assertEquals(0, x.sum() / x.length(), 0.03);
        assertEquals(4, x.dot(x) / x.length(), 0.08);
    }
}
