package mechanics.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import mechanics.data.GaussianInputs;
import mechanics.linalg.LeastSquares;

import smile.math.kernel.GaussianKernel;
import smile.regression.GaussianProcessRegression;

class KernelRegressionTest {
    private static final double[][] X = GaussianInputs.isotropic(3).sample(12, 1);
    private static final double[][] OTHERS = GaussianInputs.isotropic(3).sample(5, 2);
    private static final double[][] Y = GaussianInputs.isotropic(2).sample(12, 3);

    private static KernelMatrix gaussian(double[][] x, double[][] y) {
        var kernel = new GaussianKernel(1.5);
        return KernelMatrix
                .of(Arrays.stream(x).map(a -> Arrays.stream(y).mapToDouble(b -> kernel.k(a, b)).toArray())
                        .toArray(double[][]::new));
    }

    @Test
    void withoutARidgeEveryTrainingSampleIsFitted() {
        var kernel = gaussian(X, X);
        double[][] fitted = KernelRegression.of(kernel).predict(kernel, Y);
        for (int i = 0; i < 12; i++) assertArrayEquals(Y[i], fitted[i], 1e-9);
    }

    @Test
    void itIsTheMeanOfSmilesGaussianProcess() {
        double[] y = Arrays.stream(Y).mapToDouble(row -> row[0]).toArray();
        var options = new GaussianProcessRegression.Options(0.3, false, 1e-5, 0);
        var process = GaussianProcessRegression.fit(X, y, new GaussianKernel(1.5), options);
        double[][] ours = KernelRegression.of(gaussian(X, X), 0.3).predict(gaussian(OTHERS, X), Y);
        for (int i = 0; i < 5; i++) assertEquals(process.predict(OTHERS[i]), ours[i][0], 1e-9);
    }

    @Test
    void coefficientsOverlapsAndTracesSolveTheSameSystem() {
        var kernel = gaussian(X, X);
        var regression = KernelRegression.of(kernel, 0.1);
        double[][] alpha = regression.coefficients(Y);
        for (int i = 0; i < 12; i++) {
            int row = i;
            double back = 0.1 * alpha[i][1]
                    + IntStream.range(0, 12).mapToDouble(j -> kernel.get(row, j) * alpha[j][1]).sum();
            assertEquals(Y[i][1], back, 1e-12);
        }
        double overlap = IntStream.range(0, 12).mapToDouble(i -> Y[i][1] * alpha[i][1]).sum();
        assertEquals(overlap, regression.overlaps(Y)[1], 1e-12);
        double[][] outer = Arrays.stream(Y).map(a -> Arrays.stream(Y).mapToDouble(b -> a[1] * b[1]).toArray())
                .toArray(double[][]::new);
        assertEquals(overlap, regression.trace(KernelMatrix.of(outer)), 1e-12);
        assertEquals(12, KernelRegression.of(kernel).trace(kernel), 1e-9);
    }

    @Test
    void modesExplainTheirTargets() {
        var kernel = gaussian(X, X);
        var modes = KernelModes.of(kernel, Y);
        double square = 0;
        for (double[] row : Y) for (double value : row) square += value * value / 12;
        assertEquals(square, Arrays.stream(modes.powers()).sum(), 1e-12);
        assertEquals(kernel.trace() / 12, Arrays.stream(modes.eigenvalues()).sum(), 1e-12);
        assertEquals(12, modes.count());
        assertEquals(12, modes.spectrum().levels());
        assertEquals(kernel.trace() / 12, modes.spectrum().trace(), 1e-12);
        // A target that is an eigenvector has all its power there.
        double[] vector = kernel.spectrum().vector(3).toDoubles();
        double[] powers = KernelModes
                .of(kernel, Arrays.stream(vector).mapToObj(v -> new double[]{v}).toArray(double[][]::new))
                .powers();
        assertEquals(1.0 / 12, powers[3], 1e-12);
        assertThrows(IllegalArgumentException.class, () -> KernelModes.of(kernel, new double[3][1]));
    }

    @Test
    void learnabilityIsTheShareOfTheTarget() {
        double[][] f = {{1, 2}, {-1, 2}}, predicted = {{0.5, 0}, {-0.5, 0}};
        var learned = Learnability.of(f, predicted);
        assertEquals(new Learnability(0.5, 0.25), learned.get(0));
        assertEquals(new Learnability(0, 4), learned.get(1));
        assertThrows(IllegalArgumentException.class,
                () -> Learnability.of(new double[][]{{0}}, new double[][]{{1}}));
        assertThrows(IllegalArgumentException.class, () -> Learnability.of(new double[0][], new double[0][]));
        assertThrows(IllegalArgumentException.class, () -> Learnability.of(f, new double[1][2]));
    }

    @Test
    void featuresMakeAKernelAndBlocksAreItsParts() {
        double[] values = {2, 0.5, 0.1};
        var kernel = KernelMatrix.ofFeatures(X, values);
        double expected = 2 * X[1][0] * X[4][0] + 0.5 * X[1][1] * X[4][1] + 0.1 * X[1][2] * X[4][2];
        assertEquals(expected, kernel.get(1, 4), 1e-14);
        assertEquals(kernel.get(4, 1), kernel.get(1, 4));
        var block = kernel.block(new int[]{1, 3}, new int[]{4, 0, 1});
        assertEquals(2, block.rows());
        assertEquals(kernel.get(1, 4), block.get(0, 0));
        assertEquals(kernel.get(3, 1), block.get(1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> kernel.block(new int[]{12}, new int[]{0}));
        assertThrows(IllegalArgumentException.class, () -> kernel.block(new int[0], new int[]{0}));
        assertThrows(IllegalArgumentException.class, () -> KernelMatrix.ofFeatures(X, 1, 2));
    }

    @Test
    void leastSquaresIsTheShortestSolutionAndAgreesWithTheKernel() {
        double[][] wide = GaussianInputs.isotropic(9).sample(4, 5);
        double[] y = {1, -2, 0.5, 3};
        double[] beta = LeastSquares.of(wide, y).coefficients();
        double[][] column = Arrays.stream(y).mapToObj(v -> new double[]{v}).toArray(double[][]::new);
        double[] ones = new double[9];
        Arrays.fill(ones, 1);
        for (double ridge : new double[]{0, 0.7}) {
            double[] direct = LeastSquares.of(wide, y).coefficients(ridge);
            double[][] alpha = KernelRegression.of(KernelMatrix.ofFeatures(wide, ones), ridge)
                    .coefficients(column);
            for (int j = 0; j < 9; j++) {
                int coordinate = j;
                assertEquals(IntStream.range(0, 4).mapToDouble(i -> wide[i][coordinate] * alpha[i][0]).sum(),
                        direct[j], 1e-12);
            }
        }
        for (int i = 0; i < 4; i++) {
            int row = i;
            assertEquals(y[i], IntStream.range(0, 9).mapToDouble(j -> wide[row][j] * beta[j]).sum(), 1e-12);
        }
        // A column of zeros changes nothing.
        double[][] rank = {{1, 0}, {2, 0}, {3, 0}};
        assertArrayEquals(new double[]{2, 0}, LeastSquares.of(rank, new double[]{2, 4, 6}).coefficients(),
                1e-12);
        assertThrows(IllegalArgumentException.class, () -> LeastSquares.of(rank, y));
        assertThrows(IllegalArgumentException.class, () -> LeastSquares.of(wide, y).coefficients(-1));
    }

    @Test
    void badInputsAreRefused() {
        var kernel = gaussian(X, X);
        assertThrows(IllegalArgumentException.class, () -> KernelRegression.of(gaussian(OTHERS, X)));
        assertThrows(IllegalArgumentException.class, () -> KernelRegression.of(kernel, -1));
        double[][] twice = {{1, 1}, {1, 1}};
        assertThrows(IllegalArgumentException.class, () -> KernelRegression.of(KernelMatrix.of(twice)));
        var regression = KernelRegression.of(kernel);
        assertThrows(IllegalArgumentException.class, () -> regression.coefficients(new double[3][1]));
        assertThrows(IllegalArgumentException.class, () -> regression.predict(gaussian(X, OTHERS), Y));
        assertThrows(IllegalArgumentException.class, () -> regression.trace(gaussian(OTHERS, OTHERS)));
    }

    @Test
    void kernelsThatRoundingMakesSingularAreRefusedWithoutARidge() {
        for (double apart : new double[]{1e-3, 1e-5, 1e-9, 1e-12}) {
            // Two samples with cosine 1 − δ: condition 2/δ about.
            double delta = apart * apart;
            var kernel = KernelMatrix.of(new double[][]{{1, 1 - delta, 0}, {1 - delta, 1, 0}, {0, 0, 1}});
            if (2 / delta < 1e14) {
                double[][] y = {{1}, {2}, {3}};
                double[][] found = KernelRegression.of(kernel).predict(kernel, y);
                for (int i = 0; i < 3; i++) assertEquals(y[i][0], found[i][0], 1e-2);
            } else {
                assertThrows(IllegalArgumentException.class, () -> KernelRegression.of(kernel));
                KernelRegression.of(kernel, 1e-6);
            }
        }
    }
}
