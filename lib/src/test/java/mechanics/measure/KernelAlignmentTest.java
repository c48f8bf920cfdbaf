package mechanics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import mechanics.kernels.KernelMatrix;
import mechanics.linalg.Lanczos;
import mechanics.linalg.Precision;
import mechanics.representations.Representation;
import mechanics.statistics.Estimate;

class KernelAlignmentTest {
    private static final KernelMatrix K = KernelMatrix.of(new double[][]{{2, 1, 0}, {1, 3, -1}, {0, -1, 1}});

    @Test
    void alignmentIsOneForAMultipleAndZeroForOrthogonalKernels() {
        assertEquals(1, KernelAlignment.of(K, K.times(3.5)), 1e-15);
        assertEquals(0, KernelDistance.of(K, K.times(3.5)), 1e-15);
        var one = KernelMatrix.of(new double[][]{{1, 0}, {0, 0}});
        var other = KernelMatrix.of(new double[][]{{0, 0}, {0, 1}});
        assertEquals(0, KernelAlignment.of(one, other));
        assertEquals(1, KernelDistance.of(one, other));
    }

    @Test
    void alignmentWithTargetsIsTheFormula() {
        double[][] y = {{1}, {-1}, {1}};
        // yᵀ K y / (‖K‖ ‖y‖²)
        assertEquals((2 + 3 + 1 - 2 + 0 + 2) / (Math.sqrt(18) * 3), KernelAlignment.withTargets(K, y), 1e-15);
    }

    @Test
    void centeredAlignmentIsBlindToAShiftOfTheFeatures() {
        double[][] z = TangentKernelTest.inputs(8, 3, 1);
        double[][] w = TangentKernelTest.inputs(8, 4, 2);
        double[][] shifted = new double[8][];
        for (int i = 0; i < 8; i++) shifted[i] = new double[]{z[i][0] + 5, z[i][1] - 2, z[i][2] + 1};
        var other = Representation.of(w).kernel();
        assertEquals(KernelAlignment.centered(Representation.of(z).kernel(), other),
                KernelAlignment.centered(Representation.of(shifted).kernel(), other), 1e-12);
    }

    @Test
    void centeredMatrixIsThatOfTheProjection() {
        double[][] centered = K.centered().toRows();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int a = 0; a < 3; a++) {
                    for (int b = 0; b < 3; b++) {
                        sum += ((i == a ? 1 : 0) - 1 / 3.0) * K.get(a, b) * ((b == j ? 1 : 0) - 1 / 3.0);
                    }
                }
                assertEquals(sum, centered[i][j], 1e-15);
            }
        }
    }

    @Test
    void spectrumOfAMatrixIsThatOfItsEigenvalues() {
        assertArrayEquals(K.eigenvalues(), K.spectrum().values(), 1e-14);
        assertEquals(K.trace(), K.eigenvalues()[0] + K.eigenvalues()[1] + K.eigenvalues()[2], 1e-14);
        assertEquals(K.eigenvalues()[0], Lanczos.of(1).withTolerance(1e-10).largest(K.operator()).largest(),
                1e-9);
    }

    @Test
    void badMatricesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> KernelMatrix.of(new double[][]{{1, 2}, {3}}));
        assertThrows(IllegalArgumentException.class, () -> KernelMatrix.of(new double[0][0]));
        assertThrows(IllegalArgumentException.class,
                () -> new KernelMatrix(Precision.FLOAT64.array(4), 2, 3));
        assertThrows(IllegalArgumentException.class,
                () -> KernelMatrix.of(new double[][]{{1, 2}, {3, 4}}).eigenvalues());
        var wide = KernelMatrix.of(new double[][]{{1, 2}});
        assertThrows(IllegalArgumentException.class, wide::trace);
        assertThrows(IllegalArgumentException.class, wide::centered);
        assertThrows(IllegalArgumentException.class, () -> KernelAlignment.of(K, wide));
        var zero = KernelMatrix.of(new double[2][2]);
        assertThrows(IllegalArgumentException.class, () -> KernelAlignment.of(zero, zero));
    }

    @Test
    void estimateIsTheMeanWithItsStandardError() {
        var estimate = Estimate.of(1, 2, 3, 6);
        assertEquals(3, estimate.mean());
        assertEquals(Math.sqrt(14.0 / 3 / 4), estimate.standardError(), 1e-15);
        assertEquals(Double.NaN, Estimate.of(1).standardError());
        assertThrows(IllegalArgumentException.class, Estimate::of);
    }
}
