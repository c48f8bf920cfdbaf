package mechanics.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.kernels.KernelMatrix;
import mechanics.measure.curvature.HessianTrace;
import mechanics.measure.curvature.SpectralDensity;

import smile.linalg.UPLO;
import smile.tensor.DenseMatrix;

public class LanczosTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "7, 3", "30, 30", "60, 5", "200, 1", "200, 10", "300, 4"})
    void largestEigenvaluesOfRandomMatricesAreThoseOfTheDenseDecomposition(int n, int count) {
        double[][] matrix = randomSymmetric(n, 17L * n + count);
        double[] exact = denseEigenvalues(matrix);
        var spectrum = Lanczos.of(count).withTolerance(1e-10).withMaxProducts(20 * n + 1000)
                .largest(SymmetricOperator.of(matrix));
        assertTrue(spectrum.converged());
        for (int i = 0; i < count; i++) {
            assertEquals(exact[i], spectrum.value(i), 1e-9 * Math.abs(exact[0]));
            assertEigenvector(matrix, spectrum.value(i), spectrum.vector(i), 1e-8 * Math.abs(exact[0]));
        }
    }

    @Test
    void eigenvaluesThatOccurSeveralTimesAreFoundAsOften() {
        double[] eigenvalues = new double[120];
        for (int i = 0; i < eigenvalues.length; i++) eigenvalues[i] = i < 3 ? 5 : 4.0 / i;
        double[][] matrix = withEigenvalues(eigenvalues, 3);
        var spectrum = Lanczos.of(4).withTolerance(1e-8).largest(SymmetricOperator.of(matrix));
        assertArrayEquals(new double[]{5, 5, 5, 4.0 / 3}, spectrum.values(), 1e-7);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(i == j ? 1 : 0, spectrum.vector(i).dot(spectrum.vector(j)), 1e-7);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 50})
    void zeroMatrixHasEigenvaluesZero(int n) {
        var spectrum = Lanczos.of(n > 1 ? 2 : 1).largest(SymmetricOperator.of(new double[n][n]));
        assertTrue(spectrum.converged());
        for (double value : spectrum.values()) assertEquals(0, value);
    }

    @Test
    void identityIsSolvedAtOnce() {
        var identity = SymmetricOperator.of(1000, Precision.FLOAT64, (v, result) -> result.copy(v));
        var spectrum = Lanczos.of(3).largest(identity);
        assertEquals(3, spectrum.products());
        assertArrayEquals(new double[]{1, 1, 1}, spectrum.values(), 1e-14);
    }

    @Test
    void negativeDefiniteMatrixGivesTheEigenvalueNearestZero() {
        double[][] matrix = withEigenvalues(new double[]{-1, -2, -3, -4, -5}, 1);
        assertEquals(-1, Lanczos.of(1).largest(SymmetricOperator.of(matrix)).largest(), 1e-12);
        assertEquals(5, Lanczos.of(1).largest(SymmetricOperator.of(matrix).negated()).largest(), 1e-12);
    }

    @Test
    void basisThatOverflowsIsRestartedWithoutLossOfAccuracy() {
        double[][] matrix = randomSymmetric(400, 5);
        double[] exact = denseEigenvalues(matrix);
        var spectrum = Lanczos.of(1).withTolerance(1e-10).largest(SymmetricOperator.of(matrix));
        assertTrue(spectrum.products() > 2 * 26,
                "expected some restarts, but " + spectrum.products() + " products");
        assertEquals(exact[0], spectrum.largest(), 1e-9 * exact[0]);
    }

    @Test
    void singlePrecisionReachesTheDefaultTolerance() {
        double[][] matrix = randomSymmetric(150, 8);
        Array values = Precision.FLOAT32.array(matrix);
        var spectrum = Lanczos.of(3).largest(new KernelMatrix(values, 150, 150).operator());
        assertTrue(spectrum.converged());
        double[] exact = denseEigenvalues(matrix);
        for (int i = 0; i < 3; i++) assertEquals(exact[i], spectrum.value(i), 1e-3 * exact[0]);
    }

    @Test
    void residualsAreThoseOfThePairs() {
        double[][] matrix = randomSymmetric(80, 2);
        var operator = SymmetricOperator.of(matrix);
        var spectrum = Lanczos.of(2).withTolerance(1e-2).largest(operator);
        for (var pair : spectrum.pairs()) {
            Array image = Precision.FLOAT64.array(80);
            operator.apply(pair.vector(), image);
            image.add(-pair.value(), pair.vector());
            assertEquals(image.norm(), pair.residual(), 1e-12 * Math.abs(pair.value()));
            assertTrue(pair.residual() <= 1e-2 * Math.abs(pair.value()));
        }
    }

    @Test
    void startFromASimilarOperatorTakesFewerProducts() {
        double[][] matrix = randomSymmetric(500, 4);
        var lanczos = Lanczos.of(1).withTolerance(1e-4);
        var cold = lanczos.largest(SymmetricOperator.of(matrix));
        matrix[3][3] += 1e-3;
        var warm = lanczos.largest(SymmetricOperator.of(matrix), cold);
        assertEquals(denseEigenvalues(matrix)[0], warm.largest(), 1e-4 * warm.largest());
        assertTrue(warm.products() < cold.products() / 2, warm.products() + " against " + cold.products());
    }

    @Test
    void startFromAnEigenvectorFindsALargerEigenvalueElsewhere() {
        double[] eigenvalues = new double[200];
        for (int i = 0; i < eigenvalues.length; i++) eigenvalues[i] = 1.0 / (i + 1);
        var before = Lanczos.of(1).withTolerance(1e-8)
                .largest(SymmetricOperator.of(withEigenvalues(eigenvalues, 6)));
        // The same eigenvectors; the second eigenvalue has overtaken the first.
        eigenvalues[1] = 1.5;
        var operator = SymmetricOperator.of(withEigenvalues(eigenvalues, 6));
        assertEquals(1.5, Lanczos.of(1).largest(operator, before).largest(), 1e-3);
    }

    @Test
    void sameSeedGivesTheSameNumbers() {
        var operator = SymmetricOperator.of(randomSymmetric(90, 1));
        var one = Lanczos.of(2).withSeed(Seed.of(3)).largest(operator);
        var other = Lanczos.of(2).withSeed(Seed.of(3)).largest(operator);
        assertArrayEquals(one.values(), other.values());
        assertArrayEquals(one.vector(0).toDoubles(), other.vector(0).toDoubles());
    }

    @Test
    void preconditionedOperatorHasTheEigenvaluesOfTheProduct() {
        double[][] matrix = {{2, 1}, {1, 3}};
        var preconditioned = SymmetricOperator.of(matrix).preconditioned(Precision.FLOAT64.array(4, 0.5));
        // P⁻¹ A = [[0.5, 0.25], [2, 6]]: λ² − 6.5 λ + 2.5 = 0.
        assertEquals((6.5 + Math.sqrt(6.5 * 6.5 - 10)) / 2, Lanczos.of(1).largest(preconditioned).largest(),
                1e-12);
    }

    @Test
    void limitOnProductsEndsTheSearchAndSaysSo() {
        var spectrum = Lanczos.of(1).withTolerance(1e-12).withMaxProducts(5)
                .largest(SymmetricOperator.of(randomSymmetric(100, 9)));
        assertFalse(spectrum.converged());
        assertEquals(5, spectrum.products());
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Lanczos.of(0));
        assertThrows(IllegalArgumentException.class, () -> Lanczos.of(-1));
        assertThrows(IllegalArgumentException.class, () -> Lanczos.of(1).withTolerance(0));
        assertThrows(IllegalArgumentException.class, () -> Lanczos.of(1).withTolerance(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Lanczos.of(3).withMaxProducts(2));
    }

    @Test
    void moreEigenvaluesThanThereAreAreRefused() {
        var operator = SymmetricOperator.of(randomSymmetric(4, 1));
        var e = assertThrows(IllegalArgumentException.class, () -> Lanczos.of(5).largest(operator));
        assertTrue(e.getMessage().startsWith("count = 5: expected at most 4"), e.getMessage());
    }

    @Test
    void operatorThatGivesNaNIsRefused() {
        var broken = SymmetricOperator.of(10, Precision.FLOAT64, (v, result) -> result.fill(Double.NaN));
        assertThrows(ArithmeticException.class, () -> Lanczos.of(1).largest(broken));
        assertThrows(ArithmeticException.class, () -> HessianTrace.of(broken, 2, Seed.of(1)));
        assertThrows(ArithmeticException.class, () -> SpectralDensity.of(broken, 2, 3, Seed.of(1)));
    }

    @Test
    void asymmetricOperatorIsRefused() {
        var random = new Random(3);
        Array matrix = Precision.FLOAT64.array(20 * 20);
        for (int i = 0; i < matrix.length(); i++) matrix.set(i, random.nextGaussian());
        var crooked = SymmetricOperator.of(20, Precision.FLOAT64,
                (v, result) -> result.gemm(1, matrix, false, v, false, 20, 1, 20, 0));
        var e = assertThrows(IllegalArgumentException.class, () -> Lanczos.of(1).largest(crooked));
        assertTrue(e.getMessage().contains("expected a symmetric one"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> SymmetricOperator.of(matrix.toRows(20)));
        assertThrows(IllegalArgumentException.class, () -> SymmetricOperator.of(new double[2][3]));
        assertThrows(IllegalArgumentException.class, () -> SymmetricOperator.of(new double[0][0]));
        assertThrows(IllegalArgumentException.class,
                () -> SymmetricOperator.of(new double[][]{{Double.NaN}}));
    }

    @Test
    void preconditionerMustBePositiveAndFit() {
        var operator = SymmetricOperator.of(randomSymmetric(2, 1));
        assertThrows(IllegalArgumentException.class,
                () -> operator.preconditioned(Precision.FLOAT64.array(1.0)));
        assertThrows(IllegalArgumentException.class,
                () -> operator.preconditioned(Precision.FLOAT64.array(1.0, 0)));
    }

    public static double[][] randomSymmetric(int n, long seed) {
        var random = new Random(seed);
        var matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = random.nextGaussian();
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }

    /** A symmetric matrix with the given eigenvalues and random eigenvectors. */
    public static double[][] withEigenvalues(double[] eigenvalues, long seed) {
        int n = eigenvalues.length;
        var vectors = DenseEigen.of(randomSymmetric(n, seed), n);
        var matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                for (int k = 0; k < n; k++) {
                    matrix[i][j] += eigenvalues[k] * vectors.vector(k)[i] * vectors.vector(k)[j];
                }
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }

    /** All eigenvalues by LAPACK, falling. */
    public static double[] denseEigenvalues(double[][] matrix) {
        var values = DenseMatrix.of(matrix).withUplo(UPLO.LOWER).eigen(false, false).wr()
                .toArray(new double[matrix.length]);
        java.util.Arrays.sort(values);
        var falling = values.clone();
        for (int i = 0; i < values.length; i++) falling[i] = values[values.length - 1 - i];
        return falling;
    }

    private static void assertEigenvector(double[][] matrix, double value, Array vector, double tolerance) {
        for (int i = 0; i < matrix.length; i++) {
            double image = 0;
            for (int j = 0; j < matrix.length; j++) image += matrix[i][j] * vector.get(j);
            assertEquals(value * vector.get(i), image, tolerance);
        }
    }

    @Test
    void convergesAtEveryScale() {
        int n = 60;
        for (double scale : new double[]{1e-300, 1e-165, 1e-100, 1, 1e100, 1e150}) {
            var matrix = new double[n][n];
            for (int i = 0; i < n; i++) matrix[i][i] = scale * (i + 1) / n;
            var operator = SymmetricOperator.of(Precision.FLOAT64.array(matrix), n);
            var found = Lanczos.of(2).withTolerance(1e-8).largest(operator);
            org.junit.jupiter.api.Assertions.assertTrue(found.converged());
            assertEquals(1, found.value(0) / scale, 1e-10, "scale " + scale);
            assertEquals((n - 1.0) / n, found.value(1) / scale, 1e-10, "scale " + scale);
        }
    }

    @Test
    void lengthsNeitherOverflowNorVanish() {
        for (double scale : new double[]{1e-310, 1e-200, 1, 1e200, 1e307}) {
            assertEquals(5, Precision.FLOAT64.array(new double[]{3 * scale, 4 * scale}).norm() / scale, 1e-9);
        }
        for (double scale : new double[]{1e-30, 1, 1e30}) {
            assertEquals(5, Precision.FLOAT32.array(new double[]{3 * scale, 4 * scale}).norm() / scale, 1e-5);
        }
    }
}
