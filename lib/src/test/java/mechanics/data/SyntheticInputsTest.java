package mechanics.data;

import mechanics.base.Seed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticInputsTest {

    static Stream<Inputs> distributions() {
        return Stream.of(GaussianInputs.isotropic(3), GaussianInputs.powerLaw(4, 1.5).rotated(1),
                Sphere.unit(5),
                new Hypercube(6), new Circle(7), GaussianMixture.of(new double[][]{{1, 2}, {3, 4}}, 0.1));
    }

    /** Σ over samples of x xᵀ / n. */
    private static double[][] secondMoments(double[][] x) {
        int d = x[0].length;
        double[][] moments = new double[d][d];
        for (double[] row : x) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++)
                    moments[i][j] += row[i] * row[j] / x.length;
            }
        }
        return moments;
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void sameSeedSameSamplesAndTheRightShape(Inputs inputs) {
        double[][] x = inputs.sample(20, 3);
        assertEquals(20, x.length);
        for (double[] row : x)
            assertEquals(inputs.dimension(), row.length);
        assertArrayEquals(x, inputs.sample(20, 3));
        assertFalse(Arrays.deepEquals(x, inputs.sample(20, 4)));
        assertArrayEquals(Arrays.copyOf(x, 5), inputs.sample(5, 3));
        assertEquals(0, inputs.sample(0, 3).length);
        assertThrows(IllegalArgumentException.class, () -> inputs.sample(-1, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gaussianSamplesHaveTheCovariance(long seed) {
        int n = 40_000;
        for (GaussianInputs inputs : new GaussianInputs[]{GaussianInputs.isotropic(3),
                GaussianInputs.withSpectrum(4, 1, 0), GaussianInputs.powerLaw(4, 2).rotated(seed),
                GaussianInputs.withCovariance(new double[][]{{2, 1, 0}, {1, 3, -1}, {0, -1, 1}})}) {
            double[][] expected = inputs.covariance();
            double[][] measured = secondMoments(inputs.sample(n, seed));
            for (int i = 0; i < expected.length; i++) {
                for (int j = 0; j < expected.length; j++) {
                    double variance = expected[i][i] * expected[j][j] + expected[i][j] * expected[i][j];
                    assertEquals(expected[i][j], measured[i][j], 5 * Math.sqrt(variance / n) + 1e-15);
                }
            }
        }
    }

    @Test
    void givesBackTheCovarianceItWasMadeFrom() {
        double[][] covariance = {{2, 1, 0}, {1, 3, -1}, {0, -1, 1}};
        double[][] back = GaussianInputs.withCovariance(covariance).covariance();
        for (int i = 0; i < 3; i++)
            assertArrayEquals(covariance[i], back[i], 1e-14);
        double[][] singular = {{1, 1}, {1, 1}};
        for (double[] row : GaussianInputs.withCovariance(singular).sample(10, 1))
            assertEquals(row[0], row[1], 1e-7);
    }

    @Test
    void rotationKeepsTheSpectrum() {
        GaussianInputs inputs = GaussianInputs.powerLaw(30, 1);
        double[] spectrum = GaussianInputs.withCovariance(inputs.rotated(2).covariance()).spectrum();
        Arrays.sort(spectrum);
        double[] expected = inputs.spectrum();
        Arrays.sort(expected);
        assertArrayEquals(expected, spectrum, 1e-14);
    }

    @Test
    void spherePointsLieOnTheSphereAndPointEveryWay() {
        int n = 40_000;
        double[][] x = new Sphere(3, 2).sample(n, 1);
        for (double[] row : x)
            assertEquals(4, Arrays.stream(row).map(v -> v * v).sum(), 1e-12);
        double[][] moments = secondMoments(x);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++)
                assertEquals(i == j ? 4 / 3.0 : 0, moments[i][j], 5 * 1.3 / Math.sqrt(n));
        }
    }

    @Test
    void inputsWithoutRepetitionAreDifferentPointsOfTheDomain() {
        for (int seed = 0; seed < 5; seed++) {
            double[][] corners = new Hypercube(4).distinct(16, seed);
            assertEquals(16, Arrays.stream(corners).map(Arrays::toString).distinct().count());
            assertEquals(9,
                    Arrays.stream(new Circle(12).distinct(9, seed)).map(Arrays::toString).distinct().count());
        }
        assertArrayEquals(new Circle(12).distinct(5, 3), new Circle(12).distinct(5, 3));
        assertThrows(IllegalArgumentException.class, () -> new Circle(12).distinct(13, 0));
        assertThrows(IllegalArgumentException.class, () -> new Hypercube(2).distinct(-1, 0));
    }

    @Test
    void hypercubeParitiesAreOrthonormalOverAllCorners() {
        Hypercube cube = new Hypercube(4);
        double[][] x = cube.all();
        assertEquals(16, Stream.of(x).map(Arrays::toString).distinct().count());
        for (int a = 0; a < 16; a++) {
            for (int b = 0; b < 16; b++) {
                ToDoubleFunction<double[]> f = cube.parity(bits(a));
                ToDoubleFunction<double[]> g = cube.parity(bits(b));
                double product = Arrays.stream(x)
                        .mapToDouble(row -> f.applyAsDouble(row) * g.applyAsDouble(row))
                        .average().orElseThrow();
                assertEquals(a == b ? 1 : 0, product);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> cube.parity(4));
        assertThrows(IllegalArgumentException.class, () -> cube.parity(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Hypercube(25).all());
    }

    private static int[] bits(int set) {
        return java.util.stream.IntStream.range(0, 4).filter(j -> (set >> j & 1) == 1).toArray();
    }

    @Test
    void circlePointsAreEquallySpaced() {
        double[][] x = new Circle(12).all();
        assertArrayEquals(new double[]{1, 0}, x[0]);
        for (int k = 0; k < 12; k++) {
            double[] next = x[(k + 1) % 12];
            assertEquals(Math.cos(Math.PI / 6), x[k][0] * next[0] + x[k][1] * next[1], 1e-15);
        }
        for (double[] row : new Circle(12).sample(50, 1))
            assertTrue(Arrays.stream(x).anyMatch(point -> Arrays.equals(point, row)));
    }

    @Test
    void mixtureHasItsWeightsAndMeans() {
        int n = 20_000;
        LabeledSamples samples = GaussianMixture
                .of(new double[][]{{5, 0}, {0, 5}, {9, 9}}, 0.5, new double[]{3, 1, 0}).labeled(n, 1);
        double[] sum = new double[2];
        int first = 0;
        for (int i = 0; i < n; i++) {
            assertTrue(samples.labels()[i] < 2);
            if (samples.labels()[i] == 0) {
                first++;
                sum[0] += samples.inputs()[i][0];
                sum[1] += samples.inputs()[i][1];
            }
        }
        assertEquals(0.75, (double) first / n, 5 * Math.sqrt(0.75 * 0.25 / n));
        assertEquals(5, sum[0] / first, 5 * 0.5 / Math.sqrt(first));
        assertEquals(0, sum[1] / first, 5 * 0.5 / Math.sqrt(first));
        assertEquals(3, samples.oneHot().targets()[0].length);
    }

    @Test
    void teacherLabelsItsInputsAndNoiseLeavesTheInputsAlone() {
        Teacher teacher = Teacher.of(Sphere.unit(3), x -> 2 * x[0] - x[2]);
        Samples clean = teacher.sample(1000, 5);
        for (int i = 0; i < 1000; i++)
            assertEquals(2 * clean.inputs()[i][0] - clean.inputs()[i][2], clean.targets()[i][0]);
        Samples noisy = teacher.withNoise(0.3).sample(1000, 5);
        assertArrayEquals(clean.inputs(), noisy.inputs());
        double squares = 0;
        for (int i = 0; i < 1000; i++)
            squares += Math.pow(noisy.targets()[i][0] - clean.targets()[i][0], 2);
        assertEquals(0.09, squares / 1000, 5 * 0.09 * Math.sqrt(2.0 / 1000));
        assertArrayEquals(new float[]{(float) clean.targets()[0][0]},
                clean.split(1).train().targetFloats());
        assertEquals(3 * 999, clean.split(1).test().inputFloats().length);
    }

    @Test
    void streamsOfDifferentNamesAreNotTheSame() {
        double[] one = Seed.gaussian(1000, Seed.of(1).draw("gaussian"));
        double[] two = Seed.gaussian(1000, Seed.of(1).draw("sphere"));
        double correlation = 0;
        for (int i = 0; i < 1000; i++)
            correlation += one[i] * two[i] / 1000;
        assertEquals(0, correlation, 5 / Math.sqrt(1000));
    }

    @Test
    void refusesImpossibleDistributions() {
        assertThrows(IllegalArgumentException.class, () -> GaussianInputs.isotropic(0));
        assertThrows(IllegalArgumentException.class, () -> GaussianInputs.withSpectrum());
        assertThrows(IllegalArgumentException.class, () -> GaussianInputs.withSpectrum(1, -1));
        assertThrows(IllegalArgumentException.class, () -> GaussianInputs.withSpectrum(Double.NaN));
        double[][] indefinite = {{1, 2}, {2, 1}};
        double[][] asymmetric = {{1, 0.5}, {0, 1}};
        double[][] ragged = {{1, 0}, {0}};
        assertThrows(IllegalArgumentException.class, () -> GaussianInputs.withCovariance(indefinite));
        assertThrows(IllegalArgumentException.class, () -> GaussianInputs.withCovariance(asymmetric));
        assertThrows(IllegalArgumentException.class, () -> GaussianInputs.withCovariance(ragged));
        assertThrows(IllegalArgumentException.class, () -> GaussianInputs.withCovariance(new double[0][]));
        assertThrows(IllegalArgumentException.class, () -> new Sphere(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Sphere(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Circle(0));
        assertThrows(IllegalArgumentException.class, () -> GaussianMixture.of(new double[0][], 1));
        assertThrows(IllegalArgumentException.class,
                () -> GaussianMixture.of(new double[][]{{1}}, 1, new double[]{0}));
        assertThrows(IllegalArgumentException.class, () -> Teacher.of(Sphere.unit(2), x -> 0).withNoise(-1));
        assertThrows(IllegalArgumentException.class, () -> Samples.of(new double[2][1], new double[1][1]));
        assertThrows(IllegalArgumentException.class,
                () -> LabeledSamples.of(new double[1][1], new int[]{2}, 2));
    }
}
