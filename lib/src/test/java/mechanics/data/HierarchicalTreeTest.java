package mechanics.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import smile.linalg.UPLO;
import smile.tensor.DenseMatrix;

class HierarchicalTreeTest {

    /** Largest first. */
    private static double[] eigenvalues(double[][] symmetric) {
        double[] values = DenseMatrix.of(symmetric).withUplo(UPLO.LOWER).eigen().wr().toArray(new double[0]);
        Arrays.sort(values);
        double[] descending = new double[values.length];
        Arrays.setAll(descending, i -> values[values.length - 1 - i]);
        return descending;
    }

    @ParameterizedTest
    @CsvSource({"0, 0.1", "1, 0.1", "2, 0.3", "5, 0.1", "5, 0", "4, 0.5", "3, 0.9", "6, 0.01"})
    void expectedEigenvaluesAreThoseOfTheExpectedCovariance(int levels, double flipProbability) {
        HierarchicalTree tree = HierarchicalTree.sample(levels, 1, flipProbability, 1);
        assertArrayEquals(eigenvalues(tree.expectedItemCovariance()), tree.expectedEigenvalues(), 1e-12);
    }

    @Test
    void expectedCovarianceFallsWithTheHeightAtWhichBranchesPart() {
        double[] first = HierarchicalTree.sample(3, 1, 0.1, 1).expectedItemCovariance()[0];
        double q = 0.64;
        assertArrayEquals(new double[]{1, q, q * q, q * q, q * q * q, q * q * q, q * q * q, q * q * q}, first,
                1e-15);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sampledCovarianceAgreesWithItsExpectationWithinTheSamplingError(long seed) {
        HierarchicalTree tree = HierarchicalTree.sample(4, 20_000, 0.1, seed);
        double[][] measured = tree.itemCovariance();
        double[][] expected = tree.expectedItemCovariance();
        for (int i = 0; i < tree.items(); i++) {
            assertEquals(1, measured[i][i]);
            for (int j = 0; j < i; j++) {
                // A product of two signs with mean m has variance 1 − m².
                double standardError = Math.sqrt((1 - expected[i][j] * expected[i][j]) / tree.features());
                assertEquals(expected[i][j], measured[i][j], 5 * standardError);
            }
        }
    }

    @Test
    void everyFeatureIsPlusOrMinusOneWithMeanZero() {
        HierarchicalTree tree = HierarchicalTree.sample(3, 10_000, 0.1, 5);
        double[][] targets = tree.samples().targets();
        for (double[] item : targets) {
            for (double feature : item)
                assertEquals(1, Math.abs(feature));
            assertEquals(0, Arrays.stream(item).average().orElseThrow(), 5 / Math.sqrt(tree.features()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thePublishedSettingHasTheExpectedSingularValues(long seed) {
        HierarchicalTree tree = HierarchicalTree.saxe2014(seed);
        assertEquals(32, tree.items());
        assertEquals(1000, tree.features());
        double[] expected = tree.expectedSingularValues();
        double[] measured = DenseMatrix.of(tree.inputOutputCorrelation()).svd(false).s()
                .toArray(new double[0]);
        // Every sample has the same sum of squares: each feature of each item is ±1.
        double energy = 32 * 1000;
        assertEquals(energy, Arrays.stream(expected).map(s -> s * s).sum(), 1e-8 * energy);
        assertEquals(energy, Arrays.stream(measured).map(s -> s * s).sum(), 1e-8 * energy);
        double spread = Math.sqrt(32 / 1000.0);
        for (int mode = 0; mode < 32; mode++) {
            assertEquals(expected[mode], measured[mode], 1.5 * spread * expected[mode], "mode " + mode);
        }
    }

    @Test
    void withoutFlipsAllItemsAreEqual() {
        HierarchicalTree tree = HierarchicalTree.sample(3, 10, 0, 1);
        for (double[] item : tree.samples().targets())
            assertArrayEquals(tree.samples().targets()[0], item);
        assertArrayEquals(new double[]{8, 0, 0, 0, 0, 0, 0, 0}, tree.expectedEigenvalues());
    }

    @Test
    void correlationsAreThoseOfTheSamples() {
        HierarchicalTree tree = HierarchicalTree.sample(2, 7, 0.2, 3);
        Samples samples = tree.samples();
        double[][] inputs = samples.inputs();
        double[][] targets = samples.targets();
        for (int i = 0; i < 4; i++) {
            for (int feature = 0; feature < 7; feature++) {
                double sum = 0;
                for (int item = 0; item < 4; item++)
                    sum += targets[item][feature] * inputs[item][i];
                assertEquals(sum, tree.inputOutputCorrelation()[feature][i]);
            }
            for (int j = 0; j < 4; j++)
                assertEquals(i == j ? 1 : 0, tree.inputCorrelation()[i][j]);
        }
    }

    @Test
    void theSameSeedGivesTheSameTreeAndAnotherAnother() {
        double[][] one = HierarchicalTree.saxe2014(1).inputOutputCorrelation();
        assertArrayEquals(one, HierarchicalTree.saxe2014(1).inputOutputCorrelation());
        assertTrue(!Arrays.deepEquals(one, HierarchicalTree.saxe2014(2).inputOutputCorrelation()));
    }

    @Test
    void refusesImpossibleTrees() {
        assertThrows(IllegalArgumentException.class, () -> HierarchicalTree.sample(-1, 1, 0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> HierarchicalTree.sample(21, 1, 0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> HierarchicalTree.sample(1, 0, 0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> HierarchicalTree.sample(1, 1, 1.1, 1));
        assertThrows(IllegalArgumentException.class, () -> HierarchicalTree.sample(1, 1, Double.NaN, 1));
    }
}
