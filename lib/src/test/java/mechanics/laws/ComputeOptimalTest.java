package mechanics.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class ComputeOptimalTest {
    /** Hoffmann et al. (2022), equation 10. */
    private static final ComputeOptimal CHINCHILLA = new ComputeOptimal(1.69, 406.4, 0.34, 410.7, 0.28);

    @Test
    void bestSizeIsWhereBruteForceFindsIt() {
        for (double compute : new double[]{1e12, 1e18, 1e24}) {
            double best = 0, least = Double.POSITIVE_INFINITY;
            for (double log = 0; log < 30; log += 1e-3) {
                double size = Math.exp(log), loss = CHINCHILLA.at(size, compute / 6 / size);
                if (loss < least) {
                    least = loss;
                    best = size;
                }
            }
            assertEquals(1, CHINCHILLA.bestSize(compute) / best, 2e-3);
            assertEquals(least, CHINCHILLA.bestLoss(compute), 1e-6);
            assertEquals(compute, 6 * CHINCHILLA.bestSize(compute) * CHINCHILLA.bestTokens(compute),
                    1e-6 * compute);
        }
    }

    @Test
    void powersAreThePublishedOnes() {
        // Table 2, approach 3: N ∝ C^0.46, D ∝ C^0.54; from rounded exponents 0.28/0.62.
        assertEquals(0.46, CHINCHILLA.sizePower(), 0.01);
        double ratio = CHINCHILLA.bestSize(1e22) / CHINCHILLA.bestSize(1e20);
        assertEquals(CHINCHILLA.sizePower(), Math.log10(ratio) / 2, 1e-9);
        double fall = (CHINCHILLA.bestLoss(1e22) - 1.69) / (CHINCHILLA.bestLoss(1e20) - 1.69);
        assertEquals(-CHINCHILLA.lossPower(), Math.log10(fall) / 2, 1e-9);
    }

    @Test
    void wrongSizeCosts() {
        assertEquals(0, CHINCHILLA.excess(1e20, 1), 1e-12);
        assertEquals(1, CHINCHILLA.waste(1e20, 1), 1e-9);
        for (double factor : new double[]{0.1, 0.5, 2, 10}) {
            assertTrue(CHINCHILLA.excess(1e20, factor) > 0);
            // That much less compute, well spent, gives the same loss.
            double waste = CHINCHILLA.waste(1e20, factor);
            assertEquals(CHINCHILLA.bestLoss(1e20 / waste),
                    CHINCHILLA.bestLoss(1e20) + CHINCHILLA.excess(1e20, factor),
                    1e-9);
        }
    }

    @Test
    void surfaceIsFoundFromItsOwnValuesAndFromNoisyOnes() {
        var random = new SplittableRandom(2);
        for (double noise : new double[]{0, 0.003}) {
            var points = grid(CHINCHILLA, noise, random);
            var fit = ComputeOptimal.fit(points[0], points[1], points[2]);
            double close = noise == 0 ? 1e-3 : 0.1;
            assertEquals(0.34, fit.sizeExponent(), 0.34 * close);
            assertEquals(0.28, fit.dataExponent(), 0.28 * close);
            assertEquals(1.69, fit.floor(), 1.69 * close);
            assertEquals(CHINCHILLA.bestLoss(1e22), fit.bestLoss(1e22), 0.01 * 1.69);
        }
    }

    private static double[][] grid(ComputeOptimal law, double noise, SplittableRandom random) {
        var points = new double[3][80];
        for (int i = 0; i < 80; i++) {
            points[0][i] = 1e6 * Math.pow(2, Math.floorDiv(i, 10));
            points[1][i] = 1e7 * Math.pow(2, i % 10);
            points[2][i] = law.at(points[0][i], points[1][i]) * (1 + noise * random.nextGaussian());
        }
        return points;
    }

    /** About what the transformers of notebook 3.2 give. */
    private static final SharedStart SHORT = new SharedStart(1.05, 9.3, 0.315, 2.75, 4.2e4, 0.46);

    @Test
    void sharedStartIsFoundFromItsOwnValues() {
        var random = new SplittableRandom(4);
        for (double noise : new double[]{0, 0.001}) {
            var points = new double[3][66];
            for (int i = 0; i < 66; i++) {
                points[0][i] = 1.5e3 * Math.pow(2.5, Math.floorDiv(i, 11));
                points[1][i] = Math.pow(2, 18 + i % 11 / 2.0);
                points[2][i] = SHORT.at(points[0][i], points[1][i]) * (1 + noise * random.nextGaussian());
            }
            var fit = SharedStart.fit(points[0], points[1], points[2]);
            assertEquals(SHORT.bestLoss(1e13), fit.bestLoss(1e13), noise == 0 ? 0.005 : 0.03);
            assertEquals(1, fit.bestSize(1e12) / SHORT.bestSize(1e12), noise == 0 ? 0.01 : 0.1);
            assertEquals(SHORT.sizePower(), fit.sizePower(), noise == 0 ? 0.005 : 0.05);
        }
    }

    @Test
    void allNetworksGoTheSameShareOfTheirWay() {
        for (double tokens : new double[]{4.2e4, 1e6, 1e9})
            for (double size : new double[]{1e3, 1e6})
                assertEquals(SHORT.left(tokens),
                        (SHORT.at(size, tokens) - SHORT.limit(size)) / (2.75 - SHORT.limit(size)),
                        1e-9);
        assertEquals(2.75, SHORT.at(1e3, 4.2e4), 1e-12);
    }

    @Test
    void farFromTheStartTheTwoShortcomingsAdd() {
        var sum = new ComputeOptimal(1.05, 9.3, 0.315, (2.75 - 1.05) * Math.pow(4.2e4, 0.46), 0.46);
        assertEquals(sum.at(1e9, 1e12), SHORT.at(1e9, 1e12), 1e-4);
        assertEquals(1, SHORT.bestSize(1e24) / sum.bestSize(1e24), 0.05);
        assertTrue(SHORT.at(1e4, 1e5) < sum.at(1e4, 1e5) - 0.1);
    }

    @Test
    void bestSizeOfTheSharedStartIsAMinimum() {
        for (double compute : new double[]{1e10, 1e12, 1e15})
            for (double factor : new double[]{0.5, 0.9, 1.1, 2})
                assertTrue(SHORT.excess(compute, factor) > 0);
    }

    @Test
    void parabolaFindsTheMinimumBetweenSizes() {
        double[] sizes = {100, 300, 1000, 4000};
        double[] losses = new double[4];
        for (int i = 0; i < 4; i++) losses[i] = 2 + 0.05 * Math.pow(Math.log(sizes[i] / 700), 2);
        var minimum = EqualCompute.of(sizes, losses);
        assertEquals(700, minimum.size(), 1e-6);
        assertEquals(2, minimum.loss(), 1e-9);
        assertEquals(0.1, minimum.curvature(), 1e-9);
        assertTrue(EqualCompute.brackets(sizes, losses));
        assertFalse(EqualCompute.brackets(sizes, new double[]{1, 2, 3, 4}));
        assertFalse(EqualCompute.brackets(new double[]{1, 2}, new double[]{1, 2}));
    }

    @Test
    void parabolaOnAFineGridIsTheTheorysMinimumAndCurvature() {
        double c = 1e20, best = CHINCHILLA.bestSize(c);
        double[] sizes = {best / 1.21, best / 1.1, best * 1.05, best * 1.2};
        double[] losses = new double[4];
        for (int i = 0; i < 4; i++) losses[i] = CHINCHILLA.at(sizes[i], c / 6 / sizes[i]);
        var minimum = EqualCompute.of(sizes, losses);
        assertEquals(1, minimum.size() / best, 1e-2);
        // d²L/d(ln N)² = a(a + b) A/Nᵃ at the minimum.
        assertEquals(0.34 * 0.62 * 406.4 * Math.pow(best, -0.34), minimum.curvature(),
                2e-2 * minimum.curvature());
    }

    @Test
    void badInputsAreNamed() {
        double[] three = {1, 2, 3};
        assertThrows(IllegalArgumentException.class, () -> new ComputeOptimal(-1, 1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ComputeOptimal(1, 1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class,
                () -> ComputeOptimal.fit(three, new double[]{1, 1, 2}, three));
        assertThrows(IllegalArgumentException.class,
                () -> ComputeOptimal.fit(three, three, new double[]{1, 2, 3, 4}));
        assertThrows(IllegalArgumentException.class, () -> ComputeOptimal.fit(three, three, three));
        assertThrows(IllegalArgumentException.class, () -> SharedStart.fit(three, three, three));
        assertThrows(IllegalArgumentException.class, () -> new SharedStart(1, 1, 1, -1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> EqualCompute.of(three, three));
        assertThrows(IllegalArgumentException.class, () -> EqualCompute.of(new double[]{1, 3, 2}, three));
    }

    @Test
    void tooFewAndDependentPointsAreRefused() {
        double[] sizes = {1e6, 1e7, 1e8, 1e9, 1e10, 1e11}, losses = {6, 5, 4, 3, 2.5, 2.2};
        for (double power : new double[]{1, 0.5, 2}) {
            double[] tokens = java.util.Arrays.stream(sizes).map(n -> 20 * Math.pow(n, power)).toArray();
            var e = assertThrows(IllegalArgumentException.class,
                    () -> ComputeOptimal.fit(sizes, tokens, losses));
            assertTrue(e.getMessage().contains("expected tokens and sizes that vary on their own"),
                    e.getMessage());
        }
        for (int points = 0; points < 5; points++) {
            double[] n = java.util.Arrays.copyOf(sizes, points),
                    d = java.util.Arrays.copyOf(new double[]{1e9, 1e8, 1e10, 3e9}, points),
                    l = java.util.Arrays.copyOf(losses, points);
            assertThrows(IllegalArgumentException.class, () -> ComputeOptimal.fit(n, d, l));
        }
        double[] n = {1, 2, 3, 1, 2, 3}, d = {3, 1, 2, 3, 1, 2};
        var e = assertThrows(IllegalArgumentException.class, () -> ComputeOptimal.fit(n, d, losses));
        assertTrue(e.getMessage().contains("3 different pairs"), e.getMessage());
    }

    @Test
    void aFloorOfZeroIsAllowedAndOneWithoutEndIsNot() {
        assertEquals(2, new ComputeOptimal(0, 1, 1, 1, 1).at(1, 1));
        assertEquals(1, new SharedStart(0, 1, 1, 2, 1, 1).limit(1));
        for (double bad : new double[]{-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new ComputeOptimal(bad, 1, 1, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> new SharedStart(bad, 1, 1, 1, 1, 1));
        }
    }

    /** L*(C) = E + (1 + a/b) A/N*ᵃ, at random constants. */
    @Test
    void theBestLossIsTheClosedForm() {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 100; i++) {
            double a = random.nextDouble(0.1, 1), b = random.nextDouble(0.1, 1);
            double amplitude = random.nextDouble(1, 9);
            var law = new ComputeOptimal(random.nextDouble(), amplitude, a, random.nextDouble(1, 9), b);
            double c = Math.pow(10, random.nextDouble(3, 12));
            assertEquals(law.floor() + (1 + a / b) * amplitude * Math.pow(law.bestSize(c), -a),
                    law.bestLoss(c), 1e-9);
        }
    }

    /** A loss that rises with a resource has amplitude 0 for it, which is no surface of this kind. */
    @Test
    void lossesThatDoNotFallAreRefused() {
        var points = grid(CHINCHILLA, 0, new SplittableRandom(6));
        double[] sizes = points[0], tokens = points[1];
        double[] onlySizes = new double[80], onlyTokens = new double[80];
        for (int i = 0; i < 80; i++) {
            onlySizes[i] = 1 + Math.pow(sizes[i] / 1e6, -0.3) + 0.01 * Math.log(tokens[i] / 1e6);
            onlyTokens[i] = 1 + Math.pow(tokens[i] / 1e6, -0.3) + 0.01 * Math.log(sizes[i] / 1e5);
        }
        for (double[] losses : new double[][]{onlySizes, onlyTokens})
            assertTrue(assertThrows(IllegalArgumentException.class,
                    () -> ComputeOptimal.fit(sizes, tokens, losses)).getMessage()
                    .startsWith("losses: expected to fall"));
    }

    @Test
    void asManyPointsAsConstantsAreEnough() {
        double[] n = {1, 2, 4, 1, 2, 4}, d = {1, 1, 1, 2, 3, 5}, l = {6, 5, 4, 5, 4, 3};
        LossSurface.requirePoints(n, d, l, 6);
        var e = assertThrows(IllegalArgumentException.class, () -> LossSurface.requirePoints(n, d, l, 7));
        assertTrue(e.getMessage().startsWith("6 different pairs"), e.getMessage());
        for (int missing = 0; missing < 3; missing++) {
            double[][] three = {n, d, l};
            three[missing] = new double[]{1, 2, 3, 4, 5};
            assertThrows(IllegalArgumentException.class,
                    () -> LossSurface.requirePoints(three[0], three[1], three[2], 3));
        }
        double[] two = {1, 2, 1, 2, 1, 2};
        assertThrows(IllegalArgumentException.class, () -> LossSurface.requirePoints(two, d, l, 3));
        assertThrows(IllegalArgumentException.class, () -> LossSurface.requirePoints(n, two, l, 3));
    }

    /** 1 − r² of the logarithms just above and below 10⁻⁶, whatever the range of sizes and of tokens. */
    @Test
    void tokensThatAreAlmostAPowerOfTheSizesAreRefused() {
        double[] u = {-2, -1, 0, 0, 1, 2}, w = {1, -2, 1, 1, -2, 1}; // w is orthogonal to u and to 1
        double uu = 10, ww = 12;
        double[] losses = {6, 5, 4, 5, 4, 3};
        for (double[] range : new double[][]{{5, 0.01}, {0.01, 5}, {1, 1}, {0.1, 0.2}})
            for (double rest : new double[]{5e-7, 2e-6}) {
                double[] n = new double[6], d = new double[6];
                for (int i = 0; i < 6; i++) {
                    n[i] = Math.exp(range[0] * u[i]);
                    d[i] = Math.exp(range[1] * (u[i] + Math.sqrt(rest * uu / ww) * w[i]) + 3);
                }
                if (rest > 1e-6)
                    LossSurface.requirePoints(n, d, losses, 5);
                else
                    assertThrows(IllegalArgumentException.class,
                            () -> LossSurface.requirePoints(n, d, losses, 5));
            }
    }

    @Test
    void threeSizesMakeAParabola() {
        double[] sizes = {1, 2, 4};
        var minimum = EqualCompute.of(sizes, new double[]{3, 2, 3});
        assertEquals(2, minimum.size(), 1e-12);
        assertEquals(2, minimum.loss(), 1e-12);
        assertEquals(2 / Math.pow(Math.log(2), 2), minimum.curvature(), 1e-9);
        assertFalse(EqualCompute.brackets(sizes, new double[]{1, 1, 2}), "the first of two lowest counts");
        assertThrows(IllegalArgumentException.class,
                () -> EqualCompute.of(new double[]{1, 2, 2}, new double[]{3, 2, 3}));
        assertThrows(IllegalArgumentException.class, () -> EqualCompute.brackets(sizes, new double[2]));
        assertThrows(IllegalArgumentException.class,
                () -> EqualCompute.brackets(new double[]{1, 2}, new double[3]));
    }

    /** Among all sizes from 1 to the one whose training ends at D₀. */
    @Test
    void bestSizeOfTheSharedStartIsWhereBruteForceFindsIt() {
        for (double compute : new double[]{1e8, 1e10, 1e13}) {
            double largest = Math.log(compute / 6 / 4.2e4), best = 0, least = Double.POSITIVE_INFINITY;
            for (int i = 0; i <= 20_000; i++) {
                double size = Math.exp(largest * i / 20_000), loss = SHORT.at(size, compute / 6 / size);
                if (loss < least) {
                    least = loss;
                    best = size;
                }
            }
            assertEquals(1, SHORT.bestSize(compute) / best, 2e-3);
            assertEquals(least, SHORT.bestLoss(compute), 1e-6);
        }
        assertEquals(0.46 / (0.315 + 0.46), SHORT.sizePower(), 1e-12);
    }
}
