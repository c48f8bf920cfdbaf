package mechanics.universality;

import java.util.Arrays;
import java.util.stream.IntStream;

import smile.linalg.UPLO;
import smile.tensor.DenseMatrix;
import smile.tensor.ScalarType;

/**
 * What a linear model can know of texts as bags of words: the modes in which words occur together.
 *
 * <p>Let pᵢ be the frequency of word i and Pᵢⱼ the probability that two words drawn from different places of a text are i
 * and j, both averaged over texts. A bag x of h words of a text (their mean, one-hot) and another word y of it have
 * <pre>E x = E y = p,   E y xᵀ = P,   E x xᵀ = D/h + (1 − 1/h) P,   D = diag p.</pre>
 * A model p(y | x) ∝ p_y exp f_y(x) that is nearly ignorant, f small, has the loss
 * L₀ − E yᵀ f + ½ E fᵀ(D − ppᵀ) f, a least squares problem. In the coordinates D^(−½)(x − p) all its matrices are
 * functions of one,
 * <pre>M = D^(−½) (P − p pᵀ) D^(−½) = Σₖ sₖ vₖ vₖᵀ,</pre>
 * so that the best f of rank d reads the d strongest modes, zₖ ∝ Σᵢ vₖᵢ xᵢ / √pᵢ, and gains
 * ½ sₖ² / ((1 + (h − 1) sₖ) / h) by each. The size of the modes in z is not decided by the loss; {@link #table} shares
 * each mode evenly between what writes it and what reads it, √sₖ.
 *
 * <p>Modes are numbered from 1, the strongest. Only those with sₖ > 0 are kept; of the others, in which words avoid
 * themselves, natural texts have weak ones only. Cost: O(Σ m²) for texts of m words, and an
 * eigendecomposition, O(vocabulary³), by LAPACK through Smile. Sources: Hirschfeld (1935) and Benzécri (1973) for the
 * decomposition, called correspondence analysis; Levy and Goldberg (2014) and Karkada et al. (2025) for word embeddings as
 * such factorizations.
 */
public final class WordModes {
    private final double[] frequencies;
    private final double[] strengths;
    /** Row k is the vector of mode k + 1. */
    private final double[][] vectors;

    private WordModes(double[] frequencies, double[] strengths, double[][] vectors) {
        this.frequencies = frequencies;
        this.strengths = strengths;
        this.vectors = vectors;
    }

    /**
     * The modes of texts.
     *
     * @param texts the numbers of their words, each from 0 to vocabulary − 1; at least two words a text. Not modified.
     * @param vocabulary the number of different words
     * @throws IllegalArgumentException if there is no text, a text is too short, or a number is out of range
     */
    public static WordModes of(int[][] texts, int vocabulary) {
        if (texts.length == 0) throw new IllegalArgumentException("texts = []: expected at least one");
        var p = new double[vocabulary];
        var pairs = new double[vocabulary][vocabulary];
        for (int[] text : texts) count(text, vocabulary, 1.0 / texts.length, p, pairs);
        var m = DenseMatrix.zeros(ScalarType.Float64, vocabulary, vocabulary);
        for (int i = 0; i < vocabulary; i++) {
            for (int j = 0; j < vocabulary; j++) {
                if (p[i] > 0 && p[j] > 0) m.set(i, j, (pairs[i][j] - p[i] * p[j]) / Math.sqrt(p[i] * p[j]));
            }
        }
        m.withUplo(UPLO.LOWER);
        var eigen = m.eigen(false, true);
        double[] values = eigen.wr().toArray(new double[0]);
        int[] order = IntStream.range(0, vocabulary).filter(k -> values[k] > 0).boxed()
                .sorted((a, b) -> Double.compare(values[b], values[a])).mapToInt(Integer::intValue).toArray();
        var vectors = new double[order.length][vocabulary];
        for (int k = 0; k < order.length; k++) {
            for (int i = 0; i < vocabulary; i++) vectors[k][i] = eigen.Vr().get(i, order[k]);
            double[] v = vectors[k];
            int largest = IntStream.range(0, vocabulary)
                    .reduce((a, b) -> Math.abs(v[b]) > Math.abs(v[a]) ? b : a)
                    .orElseThrow();
            if (v[largest] < 0) for (int i = 0; i < vocabulary; i++) v[i] = -v[i];
        }
        return new WordModes(p, IntStream.of(order).mapToDouble(k -> values[k]).toArray(), vectors);
    }

    /** Adds what a text says of the words, with a weight. Modified: p and pairs. */
    private static void count(int[] text, int vocabulary, double weight, double[] p, double[][] pairs) {
        int m = text.length;
        if (m < 2) {
            throw new IllegalArgumentException("a text has " + m + " words: expected at least 2");
        }
        for (int word : text) {
            if (word < 0 || word >= vocabulary) {
                throw new IllegalArgumentException(
                        "word = " + word + ": expected 0 to " + (vocabulary - 1));
            }
            p[word] += weight / m;
        }
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                if (a != b) pairs[text[a]][text[b]] += weight / (m * (m - 1.0));
            }
        }
    }

    /** The number of modes. */
    public int count() { return strengths.length; }

    /**
     * sₖ, from 1 to {@link #count}; falling. Below 1.
     *
     * @param mode the number of the mode, from 1 in falling strength
     */
    public double strength(int mode) { return strengths[index(mode)]; }

    /**
     * All words in the order of their entries in vₖ, the largest first: what a mode sets against what. The largest entry
     * of all, by its size, is positive.
     *
     * @param mode the number of the mode, from 1 in falling strength
     */
    public int[] words(int mode) {
        double[] v = vectors[index(mode)];
        return IntStream.range(0, v.length).boxed().sorted((a, b) -> Double.compare(v[b], v[a]))
                .mapToInt(Integer::intValue).toArray();
    }

    /** The frequencies p of the words. A fresh copy. */
    public double[] frequencies() {
        return frequencies.clone();
    }

    /**
     * The vectors of the words in the best encoder of d numbers; the encoding of a text is the mean over its words.
     *
     * @param d how many modes
     * @return vocabulary × d, √sₖ vₖᵢ / √pᵢ; 0 for words that do not occur
     */
    public double[][] table(int d) {
        index(d);
        var table = new double[frequencies.length][d];
        for (int i = 0; i < table.length; i++) {
            for (int k = 0; k < d && frequencies[i] > 0; k++) {
                table[i][k] = Math.sqrt(strengths[k] / frequencies[i]) * vectors[k][i];
            }
        }
        return table;
    }

    /** L₀, the loss of a model that knows only how frequent words are: −Σ p ln p. */
    public double entropy() {
        return -Arrays.stream(frequencies).filter(q -> q > 0).map(q -> q * Math.log(q)).sum();
    }

    /**
     * What an encoder of d numbers gains over {@link #entropy} in the loss for each word, ½ Σ h sₖ² / (1 + (h − 1) sₖ)
     * over its modes, if f is small.
     *
     * @param d how many modes
     * @param h the number of words that are seen
     */
    public double gain(int d, double h) {
        index(d);
        if (!(h >= 1)) throw new IllegalArgumentException("h = " + h + ": expected at least 1");
        double gain = 0;
        for (int k = 0; k < d; k++) {
            gain += 0.5 * h * strengths[k] * strengths[k] / (1 + (h - 1) * strengths[k]);
        }
        return gain;
    }

    private int index(int mode) {
        if (mode < 1 || mode > count()) {
            throw new IllegalArgumentException("mode = " + mode + ": expected 1 to " + count());
        }
        return mode - 1;
    }
}
