package mechanics.solvable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.data.Circle;
import mechanics.data.Hypercube;
import mechanics.data.Sphere;
import mechanics.kernels.AnalyticKernel;

class HarmonicsTest {
    private static final AnalyticKernel NETWORK = AnalyticKernel.relu(3).withDeviations(1.4, 0.3);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16, 51})
    void onTheCircleTheEigenvaluesAreThoseOfTheMatrix(int points) {
        compare(new FourierHarmonics(points), NETWORK.tangentOfCosine(0.5),
                NETWORK.tangent(new Circle(points).all()).eigenvalues());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void onTheCubeTheEigenvaluesAreThoseOfTheMatrix(int d) {
        compare(new ParityHarmonics(d), NETWORK.tangentOfCosine(1),
                NETWORK.tangent(new Hypercube(d).all()).eigenvalues());
    }

    private static void compare(Harmonics harmonics, DoubleUnaryOperator kernel, double[] matrix) {
        var spectrum = harmonics.spectrum(kernel);
        List<Double> expanded = new ArrayList<>();
        for (int k = 0; k < spectrum.levels(); k++)
            for (int i = 0; i < spectrum.multiplicity(k); i++) expanded.add(spectrum.value(k));
        expanded.sort((a, b) -> Double.compare(b, a));
        assertEquals(matrix.length, expanded.size());
        for (int i = 0; i < matrix.length; i++)
            assertEquals(matrix[i] / matrix.length, expanded.get(i), 1e-7);
        assertEquals(kernel.applyAsDouble(1), spectrum.trace(), 1e-12);
        assertEquals(0, spectrum.tail());
    }

    @Test
    void polynomialKernelsHaveKnownEigenvaluesOnTheSphere() {
        // (x·x′)² on S²: 1/3 in level 0 and (2/3)/5 in each of the five modes of level 2.
        var sphere = new SphericalHarmonics(3, 6);
        DoubleUnaryOperator square = t -> t * t;
        assertEquals(1.0 / 3, sphere.eigenvalue(0, square), 1e-14);
        assertEquals(0, sphere.eigenvalue(1, square), 1e-14);
        assertEquals(2.0 / 15, sphere.eigenvalue(2, square), 1e-14);
        assertEquals(0, sphere.eigenvalue(3, square), 1e-14);
        assertEquals(0, sphere.spectrum(square).tail(), 1e-9);
        // exp(t) on S²: the mean of exp(t) P_k, modified spherical Bessel functions at 1.
        assertEquals(Math.sinh(1), sphere.eigenvalue(0, Math::exp), 1e-14);
        assertEquals(Math.cosh(1) - Math.sinh(1), sphere.eigenvalue(1, Math::exp), 1e-14);
        // The linear kernel in any dimension: 1/d.
        for (int d : new int[]{3, 8, 40})
            assertEquals(1.0 / d, new SphericalHarmonics(d, 4).eigenvalue(1, t -> t), 1e-14);
    }

    @Test
    void multiplicitiesAreTheKnownOnes() {
        var ordinary = new SphericalHarmonics(3, 10);
        for (int k = 0; k < 10; k++) assertEquals(2 * k + 1, ordinary.multiplicity(k));
        var seven = new SphericalHarmonics(8, 5);
        assertEquals(List.of(1.0, 8.0, 35.0, 112.0, 294.0),
                IntStream.range(0, 5).mapToObj(seven::multiplicity).toList());
        assertEquals(70, new ParityHarmonics(8).multiplicity(4));
        assertEquals(256, IntStream.range(0, 129).mapToDouble(new FourierHarmonics(256)::multiplicity).sum());
        assertEquals(51, IntStream.range(0, 26).mapToDouble(new FourierHarmonics(51)::multiplicity).sum());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "5"})
    void eigenfunctionsAreNormalizedOrthogonalAndOfTheRightEigenvalue(int level) {
        check(new FourierHarmonics(24), new Circle(24).all(), level, 0.5, 1e-9);
        check(new ParityHarmonics(7), new Hypercube(7).all(), level, 1, 1e-9);
    }

    private static void check(Harmonics harmonics, double[][] all, int level, double meanSquare,
            double tolerance) {
        double[] f = harmonics.eigenfunction(level, all);
        double value = harmonics.eigenvalue(level, NETWORK.tangentOfCosine(meanSquare));
        var kernel = NETWORK.tangent(all);
        double square = 0;
        for (int i = 0; i < all.length; i++) {
            square += f[i] * f[i] / all.length;
            double image = 0;
            for (int j = 0; j < all.length; j++) image += kernel.get(i, j) * f[j] / all.length;
            assertEquals(value * f[i], image, 1e-6);
        }
        assertEquals(1, square, tolerance);
        for (int other = 0; other < harmonics.levels(); other++) {
            if (other == level) continue;
            double[] g = harmonics.eigenfunction(other, all);
            double product = 0;
            for (int i = 0; i < all.length; i++) product += f[i] * g[i] / all.length;
            assertEquals(0, product, tolerance);
        }
    }

    @Test
    void sphericalEigenfunctionsAreEigenfunctions() {
        var harmonics = new SphericalHarmonics(6, 30);
        double[][] many = Sphere.unit(6).sample(40_000, 1), few = Sphere.unit(6).sample(3, 2);
        var kernel = NETWORK.tangent(few, many);
        for (int k = 0; k < 4; k++) {
            double[] f = harmonics.eigenfunction(k, many), at = harmonics.eigenfunction(k, few);
            double value = harmonics.eigenvalue(k, NETWORK.tangentOfCosine(1.0 / 6)), square = 0;
            for (double number : f) square += number * number / f.length;
            assertEquals(1, square, 0.05);
            for (int i = 0; i < 3; i++) {
                double image = 0;
                for (int j = 0; j < many.length; j++) image += kernel.get(i, j) * f[j] / many.length;
                assertEquals(value * at[i], image, 0.02);
            }
        }
    }

    @Test
    void aProjectionIsTheMeanOverItsLevel() {
        var cube = new Hypercube(4);
        double[][] x = cube.distinct(6, 3);
        var projection = new ParityHarmonics(4).projection(2, x);
        for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++) {
                double mean = 0;
                for (int a = 0; a < 4; a++)
                    for (int b = 0; b < a; b++) mean += x[i][a] * x[i][b] * x[j][a] * x[j][b] / 6;
                assertEquals(mean, projection.get(i, j), 1e-14);
            }
    }

    @Test
    void spectraOfNetworksAreThoseOfAnyEnoughDegrees() {
        var kernel = NETWORK.tangentOfCosine(1 / 8.0);
        var few = new SphericalHarmonics(8, 20).spectrum(kernel);
        var many = new SphericalHarmonics(8, 80).spectrum(kernel);
        for (int k = 0; k < 20; k++) assertEquals(1, many.value(k) / few.value(k), 1e-6);
        assertEquals(few.trace(), many.trace(), 1e-12);
        assertTrue(many.tail() < few.tail());
        // What the tail stands for: the same predictions.
        for (int n : new int[]{4, 64, 256})
            assertEquals(Eigenframework.of(many, n).learnability(2),
                    Eigenframework.of(few, n).learnability(2), 2e-4);
    }

    @Test
    void badInputsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new FourierHarmonics(0));
        assertThrows(IllegalArgumentException.class, () -> new ParityHarmonics(0));
        assertThrows(IllegalArgumentException.class, () -> new SphericalHarmonics(2, 5));
        assertThrows(IllegalArgumentException.class, () -> new SphericalHarmonics(3, 0));
        for (Harmonics harmonics : List.of(new FourierHarmonics(8), new ParityHarmonics(4),
                new SphericalHarmonics(3, 5))) {
            assertThrows(IllegalArgumentException.class, () -> harmonics.multiplicity(5));
            assertThrows(IllegalArgumentException.class, () -> harmonics.eigenvalue(-1, t -> t));
            assertThrows(IllegalArgumentException.class, () -> harmonics.polynomial(5, 1));
            assertThrows(IllegalArgumentException.class,
                    () -> harmonics.eigenfunction(5, new double[][]{{1, 0, 0, 0}}));
            assertThrows(IllegalArgumentException.class, () -> harmonics.spectrum(t -> 0.5 - t * t),
                    "not positive");
        }
    }
}
