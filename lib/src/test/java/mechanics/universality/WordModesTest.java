package mechanics.universality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import smile.tensor.DenseMatrix;

class WordModesTest {

    /** Texts about two topics, with words of their own and common ones; of different lengths. */
    private static int[][] texts(int count, int vocabulary, long seed) {
        var random = new SplittableRandom(seed);
        var texts = new int[count][];
        for (int t = 0; t < count; t++) {
            int topic = random.nextInt(2);
            texts[t] = IntStream.range(0, 4 + random.nextInt(5)).map(_ -> {
                int word = random.nextInt(vocabulary);
                return word % 3 == topic ? random.nextInt(vocabulary) : word;
            }).toArray();
        }
        return texts;
    }

    /** Every word in one of two kinds of texts, drawn independently within it. */
    @Test
    void topicsAreModes() {
        int[][] texts = {{0, 1, 0, 1}, {0, 0, 1, 1}, {2, 3, 2, 3}, {3, 2, 2, 3}};
        var modes = WordModes.of(texts, 4);
        assertArrayEquals(new double[]{0.25, 0.25, 0.25, 0.25}, modes.frequencies(), 1e-12);
        // The topic says all: correlation 1 between any two words of a text.
        assertEquals(1, modes.strength(1), 1e-12);
        assertEquals(Math.log(4), modes.entropy(), 1e-12);
        int[] order = modes.words(1);
        assertEquals(1, Math.abs(order[0] - order[1]));
        double[][] table = modes.table(1);
        assertEquals(table[0][0], table[1][0], 1e-9);
        assertEquals(table[0][0], -table[2][0], 1e-9);
    }

    /** s₁ is the largest correlation that scores of the words of a text can have. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void strengthsAreCorrelationsOfScores(long seed) {
        int v = 12;
        int[][] texts = texts(400, v, seed);
        var modes = WordModes.of(texts, v);
        double[][] table = modes.table(3);
        double[] p = modes.frequencies();
        for (int k = 0; k < 3; k++) {
            double mean = 0, square = 0, product = 0;
            for (int i = 0; i < v; i++) {
                mean += p[i] * table[i][k];
                square += p[i] * table[i][k] * table[i][k];
            }
            for (int[] text : texts) {
                for (int a = 0; a < text.length; a++) {
                    for (int b = 0; b < text.length; b++) {
                        if (a != b)
                            product += table[text[a]][k] * table[text[b]][k]
                                    / (text.length * (text.length - 1.0) * texts.length);
                    }
                }
            }
            assertEquals(0, mean, 1e-12);
            assertEquals(modes.strength(k + 1), square, 1e-12);
            assertEquals(modes.strength(k + 1), product / square, 1e-12);
        }
    }

    /**
     * The gain is that of the best linear readout of rank d by brute force: reduced-rank regression of the targets on
     * halves of texts, from matrices summed over all texts and all halves.
     */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "2, 3"})
    void gainIsThatOfReducedRankRegression(int d, int h) {
        int v = 9, m = 2 * h;
        var random = new SplittableRandom(5);
        var texts = new int[300][m];
        for (int[] text : texts) {
            int topic = random.nextInt(3);
            Arrays.setAll(text,
                    _ -> random.nextInt(3) > 0 ? 3 * random.nextInt(3) + topic : random.nextInt(v));
        }
        var modes = WordModes.of(texts, v);
        double[] p = modes.frequencies();
        var xx = new double[v][v];
        var yx = new double[v][v];
        // Every half of h words of a text, by its bits; one word of the rest as target.
        int halves = 0;
        for (int bits = 0; bits < 1 << m; bits++) if (Integer.bitCount(bits) == h) halves++;
        for (int[] text : texts) {
            for (int bits = 0; bits < 1 << m; bits++) {
                if (Integer.bitCount(bits) != h) continue;
                var x = new double[v];
                var y = new double[v];
                for (int a = 0; a < m; a++) ((bits >> a & 1) == 1 ? x : y)[text[a]] += 1.0 / h;
                for (int i = 0; i < v; i++) {
                    for (int j = 0; j < v; j++) {
                        xx[i][j] += x[i] * x[j] / halves / texts.length;
                        yx[i][j] += y[i] * x[j] / halves / texts.length;
                    }
                }
            }
        }
        for (int i = 0; i < v; i++) {
            for (int j = 0; j < v; j++) {
                double scale = Math.sqrt(p[i] * p[j]);
                xx[i][j] = (xx[i][j] - p[i] * p[j]) / scale;
                yx[i][j] = (yx[i][j] - p[i] * p[j]) / scale;
            }
        }
        // Whitened: yx · xx^(−½) on the directions in which x varies.
        var svd = DenseMatrix.of(xx).svd();
        var whitened = DenseMatrix.of(yx).mm(svd.U()).toArray(new double[0][]);
        for (double[] row : whitened) {
            for (int k = 0; k < v; k++) row[k] *= svd.s().get(k) > 1e-9 ? 1 / Math.sqrt(svd.s().get(k)) : 0;
        }
        double[] s = DenseMatrix.of(whitened).svd(false).s().toArray(new double[0]);
        double best = IntStream.range(0, d).mapToDouble(k -> s[k] * s[k] / 2).sum();
        assertEquals(best, modes.gain(d, h), 1e-9);
    }

    /** Other names for the same words: the same modes, the words' vectors under their new numbers. */
    @Test
    void aTranslationWordByWordHasTheSameModes() {
        int v = 15;
        int[][] texts = texts(300, v, 3);
        int[][] translated = Arrays.stream(texts)
                .map(text -> Arrays.stream(text).map(w -> (7 * w + 4) % v).toArray()).toArray(int[][]::new);
        var one = WordModes.of(texts, v);
        var two = WordModes.of(translated, v);
        for (int k = 1; k <= 3; k++) {
            assertEquals(one.strength(k), two.strength(k), 1e-12);
            double sign = 0;
            for (int w = 0; w < v; w++) sign += one.table(k)[w][k - 1] * two.table(k)[(7 * w + 4) % v][k - 1];
            for (int w = 0; w < v; w++) {
                assertEquals(one.table(k)[w][k - 1], Math.signum(sign) * two.table(k)[(7 * w + 4) % v][k - 1],
                        1e-8);
            }
        }
    }

    @Test
    void wordsThatDoNotOccurHaveNoVector() {
        var modes = WordModes.of(new int[][]{{0, 2, 0}, {2, 2}, {0, 0}}, 4);
        assertEquals(0, modes.table(1)[1][0]);
        assertTrue(Double.isFinite(modes.entropy()) && Double.isFinite(modes.gain(1, 1.5)));
    }

    @Test
    void badInputsAreRefused() {
        var modes = WordModes.of(texts(50, 6, 1), 6);
        assertThrows(IllegalArgumentException.class, () -> WordModes.of(new int[0][], 3));
        assertThrows(IllegalArgumentException.class, () -> WordModes.of(new int[][]{{0}}, 3));
        assertThrows(IllegalArgumentException.class, () -> WordModes.of(new int[][]{{0, 3}}, 3));
        assertThrows(IllegalArgumentException.class, () -> WordModes.of(new int[][]{{0, -1}}, 3));
        assertThrows(IllegalArgumentException.class, () -> modes.table(modes.count() + 1));
        assertThrows(IllegalArgumentException.class, () -> modes.table(0));
        assertThrows(IllegalArgumentException.class, () -> modes.strength(0));
        assertThrows(IllegalArgumentException.class, () -> modes.gain(1, 0.5));
    }
}
