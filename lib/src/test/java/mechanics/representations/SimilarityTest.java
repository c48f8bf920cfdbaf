package mechanics.representations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.base.Shape;
import mechanics.linalg.Precision;
import mechanics.linalg.Transport;
import mechanics.measure.KernelAlignment;
import mechanics.measure.TangentKernelTest;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Cnn;
import mechanics.network.zoo.Mlp;
import mechanics.statistics.Estimate;

class SimilarityTest {

    record Measure(String name, ToDoubleBiFunction<Representation, Representation> of) {
        @Override
        public String toString() { return name; }
    }

    /** Measures that are 1 for representations which differ by a rotation and a scale. */
    static Stream<Measure> rotationBlind() {
        return Stream.of(new Measure("CKA", Cka::biased), new Measure("debiased CKA", Cka::debiased),
                new Measure("CCA", (x, y) -> CanonicalCorrelation.of(x, y).mean()),
                new Measure("SVCCA", (x, y) -> CanonicalCorrelation.singularVectors(x, y, 0.9).mean()),
                new Measure("Procrustes", ShapeDistance.procrustes()::similarity),
                new Measure("shape", new ShapeDistance(0.4)::similarity),
                new Measure("mutual k-NN", new MutualNeighbors(5)::alignment),
                new Measure("relative", (x, y) -> Cka.biased(RelativeRepresentation.of(x, 1, 5, 7),
                        RelativeRepresentation.of(y, 1, 5, 7))));
    }

    private static double[][] random(int n, int d, long seed) { return TangentKernelTest.inputs(n, d, seed); }

    private static Representation z(double[][] rows) { return Representation.of(rows); }

    private static double[][] times(double[][] x, double[][] matrix) {
        return Features.matrix(x).mm(Features.matrix(matrix)).toArray(new double[0][]);
    }

    /** A random orthogonal matrix. */
    private static double[][] rotation(int d, long seed) {
        return Features.matrix(random(d, d, seed)).svd().U().toArray(new double[0][]);
    }

    @ParameterizedTest
    @MethodSource("rotationBlind")
    void isOneForARotatedAndScaledRepresentation(Measure measure) {
        double[][] x = random(40, 6, 1);
        double[][] y = times(x, rotation(6, 2));
        for (double[] row : y) for (int j = 0; j < 6; j++) row[j] *= 2.5;
        assertEquals(1, measure.of.applyAsDouble(z(x), z(y)), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("rotationBlind")
    void isSymmetricAndBelowOneForUnlikeRepresentations(Measure measure) {
        var x = z(random(40, 6, 1));
        var y = z(random(40, 9, 2));
        double value = measure.of.applyAsDouble(x, y);
        assertEquals(value, measure.of.applyAsDouble(y, x), 1e-10);
        assertTrue(value < 0.9, measure + " = " + value);
    }

    @ParameterizedTest
    @MethodSource("rotationBlind")
    void refusesRepresentationsOfDifferentSamples(Measure measure) {
        assertThrows(IllegalArgumentException.class,
                () -> measure.of.applyAsDouble(z(random(40, 3, 1)), z(random(41, 3, 1))));
    }

    @Test
    void rotationKeepsAllInnerProductsAndDependsOnTheSeedOnly() {
        var x = z(random(10, 7, 40));
        assertArrayEquals(x.kernel().values().toDoubles(), x.rotated(1).kernel().values().toDoubles(), 1e-12);
        assertArrayEquals(x.rotated(1).values().toDoubles(), x.rotated(1).values().toDoubles());
        assertTrue(Math.abs(x.rotated(1).values().get(0) - x.rotated(2).values().get(0)) > 1e-3);
    }

    @Test
    void aPartHoldsTheChosenSamples() {
        var x = z(random(5, 3, 41));
        assertArrayEquals(x.sample(4).toDoubles(), x.part(2, 4).sample(1).toDoubles());
        assertThrows(IllegalArgumentException.class, () -> x.part(5));
    }

    @ParameterizedTest
    @CsvSource({"10, 3, 4", "8, 20, 5", "6, 9, 30"})
    void ckaIsTheFormulaOnKernels(int n, int d, int e) {
        double[][] x = random(n, d, 3), y = random(n, e, 4);
        assertEquals(KernelAlignment.centered(z(x).kernel(), z(y).kernel()), Cka.biased(z(x), z(y)), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"4, 3, 2", "6, 2, 4", "7, 5, 9"})
    void debiasedCkaAveragesOverDistinctSamples(int n, int d, int e) {
        double[][] x = random(n, d, 5), y = random(n, e, 6);
        double expected = distinct(x, y) / Math.sqrt(Math.abs(distinct(x, x) * distinct(y, y)));
        double got = Cka.debiased(z(x), z(y));
        if (distinct(x, x) > 0 && distinct(y, y) > 0) assertEquals(expected, got, 1e-9);
        else
            assertTrue(Double.isNaN(got) || distinct(x, x) * distinct(y, y) > 0);
    }

    /** Σ over distinct i, j, k, l of (xᵢ − xⱼ)·(xₖ − xₗ) (yᵢ − yⱼ)·(yₖ − yₗ). */
    private static double distinct(double[][] x, double[][] y) {
        double sum = 0;
        int n = x.length;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < n; k++)
                    for (int l = 0; l < n; l++)
                        if (i != j && i != k && i != l && j != k && j != l && k != l)
                            sum += dot(x[i], x[j], x[k], x[l]) * dot(y[i], y[j], y[k], y[l]);
        return sum;
    }

    private static double dot(double[] a, double[] b, double[] c, double[] d) {
        return IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (c[i] - d[i])).sum();
    }

    @Test
    void ckaOfIndependentNoiseIsThatOfItsSizesAndTheDebiasedOneIsZero() {
        int n = 100, d = 200;
        double[] biased = new double[30], debiased = new double[30];
        for (int i = 0; i < 30; i++) {
            var x = z(random(n, d, 100 + i));
            var y = z(random(n, d, 200 + i));
            biased[i] = Cka.biased(x, y);
            debiased[i] = Cka.debiased(x, y);
        }
        // √(d d′ / ((n + d)(n + d′)))
        assertEquals(d / (double) (n + d), Estimate.of(biased).mean(), 0.01);
        assertEquals(0, Estimate.of(debiased).mean(), 4 * Estimate.of(debiased).standardError());
    }

    @Test
    void canonicalCorrelationsOfSingleFeaturesIsTheirCorrelation() {
        double[][] x = {{1}, {2}, {3}, {4}}, y = {{2}, {1}, {4}, {3}};
        assertArrayEquals(new double[]{0.6}, CanonicalCorrelation.of(z(x), z(y)).correlations(), 1e-12);
    }

    @Test
    void canonicalCorrelationsDoNotSeeInvertibleMaps() {
        double[][] x = random(50, 4, 7), y = random(50, 5, 8);
        var before = CanonicalCorrelation.of(z(x), z(y));
        var after = CanonicalCorrelation.of(z(times(x, random(4, 4, 9))), z(y));
        assertArrayEquals(before.correlations(), after.correlations(), 1e-10);
        assertEquals(4, before.correlations().length);
    }

    @Test
    void canonicalCorrelationsSolveTheEigenproblem() {
        // ρ² are the eigenvalues of (XᵀX)⁻¹ XᵀY (YᵀY)⁻¹ YᵀX: their sum is its trace.
        double[][] x = random(30, 2, 10), y = random(30, 2, 11);
        var a = Features.of(z(x));
        var b = Features.of(z(y));
        double[][] xx = inverse(a.cross(a).toRows(2)), yy = inverse(b.cross(b).toRows(2));
        double[][] product = times(times(xx, a.cross(b).toRows(2)), times(yy, b.cross(a).toRows(2)));
        double sum = Arrays.stream(CanonicalCorrelation.of(z(x), z(y)).correlations()).map(r -> r * r).sum();
        assertEquals(product[0][0] + product[1][1], sum, 1e-12);
    }

    private static double[][] inverse(double[][] m) {
        double det = m[0][0] * m[1][1] - m[0][1] * m[1][0];
        return new double[][]{{m[1][1] / det, -m[0][1] / det}, {-m[1][0] / det, m[0][0] / det}};
    }

    @Test
    void svccaLeavesOutWhatHardlyVaries() {
        double[][] x = random(60, 3, 12), y = random(60, 3, 13);
        for (int i = 0; i < 60; i++) {
            y[i][0] = x[i][0]; // shared and strong
            for (int j = 1; j < 3; j++) {
                x[i][j] *= 1e-3;
                y[i][j] *= 1e-3;
            }
        }
        assertEquals(1, CanonicalCorrelation.singularVectors(z(x), z(y), 0.99).mean(), 1e-4);
        assertTrue(CanonicalCorrelation.of(z(x), z(y)).mean() < 0.7);
    }

    @Test
    void procrustesSimilarityIsTheBestOverRotationsOfThePlane() {
        var a = Features.of(z(random(9, 2, 14)));
        var b = Features.of(z(random(9, 2, 15)));
        double[][] cross = a.cross(b).toRows(2);
        double best = 0;
        for (int step = 0; step < 200_000; step++) {
            double t = 2 * Math.PI * step / 200_000, c = Math.cos(t), s = Math.sin(t);
            best = Math.max(best, c * (cross[0][0] + cross[1][1]) + s * (cross[0][1] - cross[1][0]));
            best = Math.max(best, c * (cross[0][0] - cross[1][1]) + s * (cross[0][1] + cross[1][0]));
        }
        double expected = best / (a.values().norm() * b.values().norm());
        assertEquals(expected, ShapeDistance.procrustes().similarity(z(a.values().toRows(2)),
                z(b.values().toRows(2))), 1e-8);
    }

    @Test
    void whitenedShapeDistanceIsThatOfCanonicalCorrelations() {
        double[][] x = random(50, 4, 16), y = random(50, 6, 17);
        double sum = Arrays.stream(CanonicalCorrelation.of(z(x), z(y)).correlations()).sum();
        assertEquals(sum / Math.sqrt(4 * 6), ShapeDistance.whitened().similarity(z(x), z(y)), 1e-10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1})
    void shapeDistancesObeyTheTriangleInequality(double alpha) {
        var distance = new ShapeDistance(alpha);
        for (int seed = 0; seed < 30; seed++) {
            var x = z(random(10, 3, 300 + seed));
            var y = z(random(10, 4, 400 + seed));
            var w = z(random(10, 2, 500 + seed));
            assertTrue(distance.angle(x, y) <= distance.angle(x, w) + distance.angle(w, y) + 1e-12);
        }
    }

    @Test
    void mutualNeighborsAreThoseOfTheDefinition() {
        double[][] x = random(30, 3, 18), y = random(30, 4, 19);
        double common = 0;
        for (int i = 0; i < 30; i++) {
            List<Integer> a = nearest(x, i, 4), b = nearest(y, i, 4);
            common += a.stream().filter(b::contains).count();
        }
        assertEquals(common / (4 * 30), new MutualNeighbors(4).alignment(z(x), z(y)), 1e-15);
    }

    private static List<Integer> nearest(double[][] x, int i, int k) {
        return IntStream.range(0, x.length).filter(j -> j != i).boxed()
                .sorted((a, b) -> Double.compare(cosine(x[i], x[b]), cosine(x[i], x[a]))).limit(k).toList();
    }

    private static double cosine(double[] a, double[] b) {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void independentRepresentationsShareNeighborsByChance() {
        var measure = MutualNeighbors.ten();
        double[] draws = new double[20];
        for (int i = 0; i < 20; i++)
            draws[i] = measure.alignment(z(random(200, 20, 600 + i)), z(random(200, 20, 700 + i)));
        var estimate = Estimate.of(draws);
        assertEquals(measure.chance(200), estimate.mean(), 4 * estimate.standardError());
    }

    @Test
    void representationalSimilarityIsTheRankCorrelationOfDissimilarities() {
        double[][] x = random(6, 5, 20), y = random(6, 7, 21);
        double[] a = pairs(x), b = pairs(y);
        assertArrayEquals(a, RepresentationalSimilarity.dissimilarities(z(x)), 1e-12);
        double n = a.length, sum = 0;
        for (int i = 0; i < n; i++) sum += Math.pow((double) (rank(a, i) - rank(b, i)), 2);
        assertEquals(1 - 6 * sum / (n * (n * n - 1)), RepresentationalSimilarity.of(z(x), z(y)), 1e-12);
    }

    private static double[] pairs(double[][] x) {
        return IntStream.range(0, x.length).boxed().flatMap(i -> IntStream.range(0, i).mapToObj(j -> {
            double mi = Arrays.stream(x[i]).average().orElseThrow();
            double mj = Arrays.stream(x[j]).average().orElseThrow();
            return 1 - cosine(Arrays.stream(x[i]).map(v -> v - mi).toArray(),
                    Arrays.stream(x[j]).map(v -> v - mj).toArray());
        })).mapToDouble(Double::doubleValue).toArray();
    }

    private static long rank(double[] a, int i) { return Arrays.stream(a).filter(v -> v < a[i]).count(); }

    @Test
    void relativeRepresentationHoldsTheCosinesWithTheAnchors() {
        double[][] x = random(9, 4, 22);
        double[][] relative = RelativeRepresentation.of(z(x), 3, 0).values().toRows(2);
        for (int i = 0; i < 9; i++) {
            assertEquals(cosine(x[i], x[3]), relative[i][0], 1e-14);
            assertEquals(cosine(x[i], x[0]), relative[i][1], 1e-14);
        }
        assertThrows(IllegalArgumentException.class, () -> RelativeRepresentation.of(z(x)));
        assertThrows(IllegalArgumentException.class, () -> RelativeRepresentation.of(z(x), 9));
        assertThrows(IllegalArgumentException.class, () -> RelativeRepresentation.of(z(new double[2][3]), 0));
    }

    @Test
    void softMatchingOfEqualWidthsIsTheBestPermutation() {
        double[][] x = random(12, 5, 23), y = random(12, 5, 24);
        var matching = SoftMatching.of(z(x), z(y));
        double best = permutations(5)
                .mapToDouble(p -> IntStream.range(0, 5).mapToDouble(i -> matching.correlations()[i][p[i]])
                        .average()
                        .orElseThrow())
                .max().orElseThrow();
        assertEquals(best, matching.similarity(), 1e-12);
        assertEquals(Math.sqrt(2 - 2 * best), matching.distance(), 1e-12);
        for (double[] row : matching.plan()) assertEquals(1, Arrays.stream(row).filter(p -> p > 0).count());
    }

    private static Stream<int[]> permutations(int n) {
        if (n == 0) return Stream.of(new int[0]);
        return permutations(n - 1).flatMap(p -> IntStream.range(0, n).mapToObj(at -> {
            int[] longer = new int[n];
            for (int i = 0; i < n; i++) longer[i] = i < at ? p[i] : i == at ? n - 1 : p[i - 1];
            return longer;
        }));
    }

    @Test
    void softMatchingFindsAShuffledCopyAndNotARotatedOne() {
        double[][] x = random(50, 8, 25), y = new double[50][8];
        for (int i = 0; i < 50; i++)
            for (int j = 0; j < 8; j++) y[i][(3 * j + 1) % 8] = (j + 1) * x[i][j] - 2;
        assertEquals(1, SoftMatching.of(z(x), z(y)).similarity(), 1e-12);
        assertTrue(SoftMatching.of(z(x), z(times(x, rotation(8, 26)))).similarity() < 0.9);
        double[][] doubled = new double[50][16];
        for (int i = 0; i < 50; i++) for (int j = 0; j < 16; j++) doubled[i][j] = x[i][j / 2];
        assertEquals(1, SoftMatching.of(z(x), z(doubled)).similarity(), 1e-12);
    }

    @Test
    void partialMatchingLeavesOutTheUnitsThatHaveNoPartner() {
        double[][] x = random(80, 8, 27), y = random(80, 8, 28);
        for (int i = 0; i < 80; i++) for (int j = 0; j < 5; j++) y[i][7 - j] = x[i][j];
        var matching = SoftMatching.partial(z(x), z(y), 5 / 8.0);
        assertEquals(1, matching.similarity(), 1e-12);
        assertArrayEquals(new double[]{1, 1, 1, 1, 1, 0, 0, 0}, matching.matched(), 1e-12);
        assertTrue(SoftMatching.of(z(x), z(y)).similarity() < 0.8);
    }

    @Test
    void partialMatchingOfAFewIsTheBestOfAllChoices() {
        double[][] x = random(12, 4, 29), y = random(12, 4, 30);
        var matching = SoftMatching.partial(z(x), z(y), 0.5);
        double[][] c = matching.correlations();
        double best = -2;
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < i; k++)
                for (int j = 0; j < 4; j++)
                    for (int l = 0; l < 4; l++)
                        if (j != l) best = Math.max(best, (c[i][j] + c[k][l]) / 2);
        assertEquals(best, matching.similarity(), 1e-12);
    }

    @Test
    void unitsThatNeverVaryCorrelateWithNothing() {
        double[][] x = random(20, 3, 31);
        double[][] y = Arrays.stream(x).map(row -> new double[]{row[0], 5, row[2]}).toArray(double[][]::new);
        var matching = SoftMatching.of(z(x), z(y));
        assertEquals(2 / 3.0, matching.similarity(), 1e-12);
        assertEquals(Math.sqrt(1 / 3.0), matching.distance(), 1e-12);
    }

    /** The potentials prove the plan: no other is cheaper. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "40, 40", "30, 50", "50, 12"})
    void transportPlansAreFeasibleAndProvedByTheirPotentials(int m, int n) {
        var random = new SplittableRandom(31L * m + n);
        var cost = new double[m][n];
        for (double[] row : cost) Arrays.setAll(row, _ -> random.nextDouble());
        long[] supply = random.longs(m, 0, 10).toArray(), demand = new long[n];
        for (long goods = Arrays.stream(supply).sum(); goods > 0; goods--) demand[random.nextInt(n)]++;
        var plan = Transport.of(cost, supply, demand);
        double total = 0, bound = 0;
        for (int i = 0; i < m; i++) {
            assertEquals(supply[i], Arrays.stream(plan.flow()[i]).sum());
            bound += supply[i] * plan.u()[i];
            for (int j = 0; j < n; j++) {
                assertTrue(plan.flow()[i][j] >= 0);
                assertTrue(cost[i][j] - plan.u()[i] - plan.v()[j] > -1e-12);
                total += plan.flow()[i][j] * cost[i][j];
            }
        }
        for (int j = 0; j < n; j++) {
            int column = j;
            assertEquals(demand[j], Arrays.stream(plan.flow()).mapToLong(row -> row[column]).sum());
            bound += demand[j] * plan.v()[j];
        }
        assertEquals(bound, total, 1e-10 * Math.max(1, total));
    }

    @Test
    void stitchingFindsALinearMap() {
        double[][] x = random(60, 4, 32);
        double[][] y = times(x, random(4, 7, 33));
        for (double[] row : y) row[2] += 3;
        var map = Stitching.fit(z(x), z(y), 1e-12);
        double[][] fresh = random(5, 4, 34);
        double[][] expected = times(fresh, random(4, 7, 33));
        for (double[] row : expected) row[2] += 3;
        double[][] got = map.apply(z(fresh)).values().toRows(7);
        for (int i = 0; i < 5; i++) assertArrayEquals(expected[i], got[i], 1e-8);
    }

    @Test
    void tailComputesTheRestOfTheNetwork() {
        double[][] x = random(6, 16, 35);
        var mlp = Mlp.of(16, 8, 7, 3).activation(Activation.RELU).precision(Precision.FLOAT64).seed(4)
                .build();
        var cnn = Cnn.of(Shape.of(4, 4, 1), 3, 5, 6).precision(Precision.FLOAT64).seed(5).build();
        for (Network network : List.of(mlp, cnn)) {
            double[][] out = network.evaluate(x);
            var hidden = Representation.hidden(network, x);
            for (int layer = 0; layer < hidden.size(); layer++) {
                var z = hidden.get(layer);
                double[][] got = Stitching.tail(network, layer).evaluate(z.values().toRows(z.width()));
                for (int i = 0; i < 6; i++) assertArrayEquals(out[i], got[i], 1e-12);
            }
            assertThrows(IllegalArgumentException.class, () -> Stitching.tail(network, -1));
            assertThrows(IllegalArgumentException.class, () -> Stitching.tail(network, hidden.size()));
        }
        var other = Mlp.of(16, 8, 3).parameterization(Parameterization.neuralTangent()).build();
        assertThrows(IllegalArgumentException.class, () -> Stitching.tail(other, 0));
    }

    @Test
    void neighborsOfReorderedSamplesAreFoundWithoutFeatures() {
        var ruler = new MutualNeighbors(3);
        var x = z(random(20, 4, 1));
        int[] order = IntStream.range(0, 20).map(i -> (7 * i + 3) % 20).toArray();
        var expected = ruler.neighbors(x.part(order));
        var found = ruler.reordered(ruler.neighbors(x), order);
        assertTrue(Arrays.deepEquals(expected, found));
        assertThrows(IllegalArgumentException.class, () -> ruler.reordered(found, 0, 1, 2));
        order[4] = order[5];
        assertThrows(IllegalArgumentException.class, () -> ruler.reordered(found, order));
    }

    @Test
    void centeredFeaturesHaveMeanZeroAndTheSameDifferences() {
        var x = z(random(6, 3, 2));
        var c = x.centered();
        for (int j = 0; j < 3; j++) {
            double sum = 0;
            for (int i = 0; i < 6; i++) sum += c.values().get(3 * i + j);
            assertEquals(0, sum, 1e-12);
            assertEquals(x.values().get(j) - x.values().get(3 + j), c.values().get(j) - c.values().get(3 + j),
                    1e-12);
        }
    }

    @Test
    void badSettingsAreRefused() {
        var x = z(random(10, 3, 36));
        assertThrows(IllegalArgumentException.class, () -> new MutualNeighbors(0));
        assertThrows(IllegalArgumentException.class, () -> new MutualNeighbors(10).neighbors(x));
        assertThrows(IllegalArgumentException.class, () -> new ShapeDistance(1.5));
        assertThrows(IllegalArgumentException.class, () -> SoftMatching.partial(x, x, 0));
        assertThrows(IllegalArgumentException.class, () -> CanonicalCorrelation.singularVectors(x, x, 2));
        assertThrows(IllegalArgumentException.class, () -> Stitching.fit(x, x, 0));
        assertThrows(IllegalArgumentException.class,
                () -> Stitching.fit(x, x, 1e-9).apply(z(random(4, 2, 1))));
        assertThrows(IllegalArgumentException.class,
                () -> Cka.biased(z(new double[4][2]), z(random(4, 2, 1))));
        assertThrows(IllegalArgumentException.class,
                () -> Transport.of(new double[][]{{1}}, new long[]{1}, new long[]{2}));
        assertThrows(IllegalArgumentException.class,
                () -> Transport.of(new double[][]{{-1}}, new long[]{1}, new long[]{1}));
    }
}
