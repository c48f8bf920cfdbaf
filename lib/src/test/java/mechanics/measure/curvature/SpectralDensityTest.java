package mechanics.measure.curvature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Seed;
import mechanics.linalg.LanczosTest;
import mechanics.linalg.SymmetricOperator;

class SpectralDensityTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40, 150})
    void momentsAreTheTracesOfPowersWithinTheirErrors(int n) {
        double[][] matrix = LanczosTest.randomSymmetric(n, 5 + n);
        double[] exact = LanczosTest.denseEigenvalues(matrix);
        var density = SpectralDensity.of(SymmetricOperator.of(matrix), 60, 20, Seed.of(2));
        for (int power = 0; power <= 4; power++) {
            int p = power;
            double moment = 0;
            for (double lambda : exact) moment += Math.pow(lambda, p) / n;
            var measured = density.mean(theta -> Math.pow(theta, p));
            assertEquals(moment, measured.mean(), 4 * measured.standardError() + 1e-9 * Math.pow(n, p / 2.0),
                    "moment " + p);
        }
    }

    @Test
    void firstMomentIsTheTraceOfTheSameProbes() {
        var operator = SymmetricOperator.of(LanczosTest.randomSymmetric(30, 6));
        var trace = HessianTrace.of(operator, 7, Seed.of(4));
        var density = SpectralDensity.of(operator, 7, 5, Seed.of(4));
        assertEquals(trace.mean(), 30 * density.mean(theta -> theta).mean(), 1e-10);
    }

    @Test
    void traceOfADiagonalMatrixIsExactWithOneProbe() {
        double[][] diagonal = {{1, 0, 0}, {0, -5, 0}, {0, 0, 7}};
        assertEquals(3, HessianTrace.of(SymmetricOperator.of(diagonal), 1, Seed.of(1)).mean());
    }

    @Test
    void standardErrorOfTheTraceCoversItsError() {
        int inside = 0;
        for (int trial = 0; trial < 40; trial++) {
            double[][] matrix = LanczosTest.randomSymmetric(25, trial);
            double exact = IntStream.range(0, 25).mapToDouble(i -> matrix[i][i]).sum();
            var trace = HessianTrace.of(SymmetricOperator.of(matrix), 50, Seed.of(trial));
            if (Math.abs(trace.mean() - exact) < 2 * trace.standardError()) inside++;
        }
        // 95 % expected: 38 of 40.
        assertTrue(inside >= 33, inside + " of 40");
    }

    @Test
    void densityIntegratesToOneAndSeesAnOutlier() {
        var eigenvalues = new double[100];
        for (int i = 0; i < 100; i++) eigenvalues[i] = i == 0 ? 10 : 0.01 * i;
        var density = SpectralDensity.of(SymmetricOperator.of(LanczosTest.withEigenvalues(eigenvalues, 3)),
                30, 30,
                Seed.of(1));
        double integral = 0;
        for (double lambda = -2; lambda < 12; lambda += 0.01) integral += 0.01 * density.density(lambda, 0.1);
        assertEquals(1, integral, 1e-3);
        assertEquals(10, density.largest(), 1e-6);
        var below = density.fractionUpTo(5);
        assertEquals(0.99, below.mean(), 4 * below.standardError() + 1e-6);
    }

    @Test
    void badCountsAndWidthsAreRefused() {
        var operator = SymmetricOperator.of(new double[][]{{1}});
        assertThrows(IllegalArgumentException.class, () -> SpectralDensity.of(operator, 0, 5, Seed.of(1)));
        assertThrows(IllegalArgumentException.class, () -> SpectralDensity.of(operator, 5, 0, Seed.of(1)));
        assertThrows(IllegalArgumentException.class, () -> HessianTrace.of(operator, 0, Seed.of(1)));
        var density = SpectralDensity.of(operator, 1, 1, Seed.of(1));
        assertThrows(IllegalArgumentException.class, () -> density.density(0, 0));
        assertThrows(IllegalArgumentException.class, () -> density.density(0, Double.NaN));
    }
}
