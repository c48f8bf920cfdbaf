package mechanics.representations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.kernels.KernelMatrix;
import mechanics.measure.KernelAlignment;

/** Measures of representations at extreme scales and for constant, equal and nearly dependent features. */
class DegenerateRepresentationsTest {
    private static final List<ToDoubleBiFunction<Representation, Representation>> SIMILARITIES = List.of(
            Cka::biased,
            Cka::debiased, (x, y) -> CanonicalCorrelation.of(x, y).mean(),
            (x, y) -> CanonicalCorrelation.singularVectors(x, y, 0.99).mean(),
            (x, y) -> ShapeDistance.procrustes().similarity(x, y),
            (x, y) -> ShapeDistance.whitened().similarity(x, y),
            (x, y) -> new ShapeDistance(0.5).similarity(x, y), (x, y) -> SoftMatching.of(x, y).similarity(),
            RepresentationalSimilarity::of,
            (x, _) -> ParticipationRatio.naive(x), (x, _) -> ParticipationRatio.corrected(x),
            (x, _) -> ParticipationRatio.correctedForUnits(x));

    private static double[][] normal(int n, int d, Random random) {
        var rows = new double[n][d];
        for (double[] row : rows) Arrays.setAll(row, _ -> random.nextGaussian());
        return rows;
    }

    private static double[][] scaled(double[][] rows, double factor) {
        return Arrays.stream(rows).map(row -> Arrays.stream(row).map(v -> v * factor).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] times(double[][] rows, double[][] map) {
        return Arrays.stream(rows).map(row -> {
            var image = new double[map[0].length];
            for (int j = 0; j < image.length; j++)
                for (int k = 0; k < row.length; k++) image[j] += row[k] * map[k][j];
            return image;
        }).toArray(double[][]::new);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-150, 1e-38, 1, 1e38, 1e150, 1e300})
    void noMeasureSeesTheScale(double scale) {
        var random = new Random(1);
        double[][] x = normal(30, 4, random), y = normal(30, 6, random);
        Representation a = Representation.of(x), b = Representation.of(y),
                c = Representation.of(scaled(x, scale));
        for (int i = 0; i < SIMILARITIES.size(); i++) {
            var measure = SIMILARITIES.get(i);
            double expected = measure.applyAsDouble(a, b);
            assertEquals(expected, measure.applyAsDouble(c, b), 1e-9 * Math.abs(expected), "measure " + i);
            if (i < 9) {
                assertEquals(1, measure.applyAsDouble(c, c), 1e-9, "measure " + i);
                assertEquals(1, measure.applyAsDouble(c, a), 1e-9, "measure " + i);
            }
        }
        KernelMatrix k = Representation.of(x).kernel(), l = Representation.of(y).kernel();
        assertEquals(KernelAlignment.centered(k, l), KernelAlignment.centered(k.times(Math.sqrt(scale)), l),
                1e-12);
        assertEquals(1, KernelAlignment.of(k.times(Math.sqrt(scale)), k), 1e-12);
    }

    @RepeatedTest(20)
    void constantRepresentationsAreRefused(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        int n = 4 + random.nextInt(60), d = 2 + random.nextInt(12);
        double scale = Math.pow(10, random.nextInt(300) - 150);
        var row = random.doubles(d).map(v -> v * scale).toArray();
        var constant = new double[n][];
        Arrays.setAll(constant, _ -> row.clone());
        Representation dead = Representation.of(constant), alive = Representation.of(normal(n, d, random));
        for (int i = 0; i < SIMILARITIES.size(); i++) {
            // Soft matching has a value for units that never vary; similarity analysis looks at features of a sample.
            if (i == 7 || i == 8) continue;
            var measure = SIMILARITIES.get(i);
            var e = assertThrows(IllegalArgumentException.class, () -> measure.applyAsDouble(dead, dead),
                    "measure " + i);
            assertTrue(e.getMessage().contains("same for all"), e.getMessage());
            if (i < 9) {
                assertThrows(IllegalArgumentException.class, () -> measure.applyAsDouble(alive, dead));
                assertThrows(IllegalArgumentException.class, () -> measure.applyAsDouble(dead, alive));
            }
        }
        assertEquals(0, SoftMatching.of(dead, alive).similarity());
        assertThrows(IllegalArgumentException.class,
                () -> KernelAlignment.centered(dead.kernel().times(1 / scale / scale), alive.kernel()));
    }

    @RepeatedTest(10)
    void correlationsAndWhitenedShapesSeeTheSpanOnly(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        double[][] x = normal(50, 5, random), y = normal(50, 4, random);
        // Columns of any scale, then copies and a constant, then any mixture of the columns.
        double[] scales = random.doubles(5).map(v -> Math.pow(10, 200 * v - 100)).toArray();
        double[][] stretched = Arrays.stream(x).map(row -> {
            var more = new double[7];
            for (int j = 0; j < 5; j++) more[j] = row[j] * scales[j];
            more[5] = row[2];
            more[6] = 0.1;
            return more;
        }).toArray(double[][]::new);
        Representation a = Representation.of(x), b = Representation.of(y);
        double[] expected = CanonicalCorrelation.of(a, b).correlations();
        double angle = ShapeDistance.whitened().angle(a, b);
        for (double[][] other : List.of(stretched, times(x, normal(5, 5, random)),
                times(x, normal(5, 9, random)))) {
            var c = Representation.of(other);
            double[] found = CanonicalCorrelation.of(c, b).correlations();
            assertEquals(4, found.length);
            for (int k = 0; k < 4; k++) assertEquals(expected[k], found[k], 1e-9);
            assertEquals(angle, ShapeDistance.whitened().angle(c, b), 1e-9);
        }
    }

    @Test
    void nearlyDependentFeaturesCountUntilRoundingHidesThem() {
        var random = new Random(3);
        double[][] x = normal(60, 3, random), y = normal(60, 4, random);
        for (double apart : new double[]{1e-3, 1e-6, 1e-10, 0}) {
            double[][] near = Arrays.stream(x)
                    .map(row -> new double[]{row[0], row[1], row[0] + apart * row[2]})
                    .toArray(double[][]::new);
            int rank = apart > 0 ? 3 : 2;
            assertEquals(rank, CanonicalCorrelation.of(Representation.of(near), Representation.of(y))
                    .correlations().length, "apart " + apart);
            if (apart > 0) {
                assertEquals(CanonicalCorrelation.of(Representation.of(x), Representation.of(y)).mean(),
                        CanonicalCorrelation.of(Representation.of(near), Representation.of(y)).mean(),
                        1e-14 / apart + 1e-12);
            }
        }
    }

    @Test
    void oneFeatureAndFewerSamplesThanFeatures() {
        var random = new Random(4);
        Representation one = Representation.of(normal(20, 1, random)),
                other = Representation.of(normal(20, 1, random));
        double r = CanonicalCorrelation.of(one, other).mean();
        assertEquals(r * r, Cka.biased(one, other), 1e-12);
        assertEquals(r, ShapeDistance.procrustes().similarity(one, other), 1e-12);
        assertEquals(r, ShapeDistance.whitened().similarity(one, other), 1e-12);
        assertEquals(1, ParticipationRatio.naive(one), 1e-12);
        Representation wide = Representation.of(normal(6, 20, random)),
                wider = Representation.of(normal(6, 30, random));
        // Both span all that is left of 6 samples less their mean.
        assertEquals(5, CanonicalCorrelation.of(wide, wider).correlations().length);
        assertEquals(1, CanonicalCorrelation.of(wide, wider).mean(), 1e-12);
        assertEquals(1, ShapeDistance.whitened().similarity(wide, wider), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 1, 1e3, 1e6, 1e9})
    void aConstantUnitMatchesNothingWhateverItsOffset(double offset) {
        var random = new Random(5);
        double[][] x = normal(40, 1, random), y = normal(40, 1, random);
        double r = SoftMatching.of(Representation.of(x), Representation.of(y)).similarity();
        double[][] a = Arrays.stream(x).map(row -> new double[]{row[0], offset + 0.1})
                .toArray(double[][]::new);
        double[][] b = Arrays.stream(y).map(row -> new double[]{row[0], offset + 0.7})
                .toArray(double[][]::new);
        double similarity = SoftMatching.of(Representation.of(a), Representation.of(b)).similarity();
        // Of two units one is matched with correlation r, or both with a constant.
        assertTrue(Math.abs(similarity - r / 2) < 1e-12 || similarity == 0, similarity + " of " + r);
    }

    @Test
    void flatSamplesAreRefusedAndEqualOnesTie() {
        var random = new Random(6);
        double[][] x = normal(12, 5, random), y = normal(12, 5, random);
        for (double flat : new double[]{0.1, 1e150, 1e-150, 0}) {
            double[][] bad = x.clone();
            bad[3] = new double[]{flat, flat, flat, flat, flat};
            var e = assertThrows(IllegalArgumentException.class,
                    () -> RepresentationalSimilarity.of(Representation.of(bad), Representation.of(y)));
            assertTrue(e.getMessage().contains("sample 3"), e.getMessage());
        }
        for (int i = 6; i < 12; i++) x[i] = x[i - 6].clone();
        double[] unlike = RepresentationalSimilarity.dissimilarities(Representation.of(x));
        // Pair (i, j) and (i + 6, j), (i, j + 6), (i + 6, j + 6) are the same pairs of samples.
        for (int i = 1; i < 6; i++) {
            for (int j = 0; j < i; j++) {
                double value = unlike[i * (i - 1) / 2 + j];
                assertEquals(value, unlike[(i + 6) * (i + 5) / 2 + j]);
                assertEquals(value, unlike[(i + 6) * (i + 5) / 2 + j + 6]);
            }
            assertEquals(0, unlike[(i + 6) * (i + 5) / 2 + i]);
        }
    }
}
