package mechanics.universality;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * A text typed at random: every key is drawn independently, letter i with probability pᵢ and the space bar with what is
 * left, p₀ = 1 − Σ pᵢ. What stands between two spaces is a word; here words have at least one letter, so a word i₁ … i_L
 * has probability p_{i₁} ⋯ p_{i_L} p₀ / (1 − p₀).
 *
 * <p>Its words obey Zipf's law. Let N(p) be the number of words that are at least as likely as p. A word of at least two
 * letters is a first letter and a word, so N(p) = const + Σᵢ N(p / pᵢ), which p^(−1/a) solves if Σᵢ pᵢ^(1/a) = 1. Hence the
 * word of rank r has probability ∝ r^(−a). For M equal letters a = 1 − ln(1 − p₀) / ln M, which is ln(M + 1) / ln M if
 * the space bar is as likely as a letter; the law is then a staircase, as all words of one length are equally likely.
 *
 * <p>Sources: Miller (1957) for equal letters; Li (1992); Conrad and Mitzenmacher (2004) for unequal ones.
 *
 * @param letters pᵢ, positive, at least two, their sum below 1. Copied.
 */
public record RandomTyping(double[] letters) {

    /** @throws IllegalArgumentException if the letters are not probabilities, or leave nothing for the space bar */
    public RandomTyping {
        letters = letters.clone();
        if (letters.length < 2) {
            throw new IllegalArgumentException(
                    letters.length + " letters: expected at least 2, as one letter gives no power law");
        }
        for (double p : letters) {
            if (!(p > 0))
                throw new IllegalArgumentException("letter of probability " + p + ": expected above 0");
        }
        double sum = Arrays.stream(letters).sum();
        if (!(sum < 1)) {
            throw new IllegalArgumentException(
                    "the letters' probabilities sum to " + sum
                            + ": expected below 1, the rest is the space bar's");
        }
    }

    /**
     * M equal letters and a space bar of the given probability.
     *
     * @param letters the number of letters
     * @param space the probability of the space bar
     */
    public static RandomTyping equal(int letters, double space) {
        double[] p = new double[letters];
        Arrays.fill(p, (1 - space) / letters);
        return new RandomTyping(p);
    }

    /** The letters' probabilities. A fresh copy. */
    @Override
    public double[] letters() { return letters.clone(); }

    /** p₀, the probability of the space bar. */
    public double space() {
        return 1 - Arrays.stream(letters).sum();
    }

    /** The exponent a of Zipf's law: Σ pᵢ^(1/a) = 1, at least 1. */
    public double exponent() {
        double low = 0, high = 1; // of 1/a: the sum falls from M to below 1
        for (int step = 0; step < 200; step++) {
            double middle = (low + high) / 2;
            if (Arrays.stream(letters).map(p -> Math.pow(p, middle)).sum() > 1) low = middle;
            else
                high = middle;
        }
        return 2 / (low + high);
    }

    /**
     * The probabilities of the likeliest words, falling: the exact law of rank and frequency. Words are taken from a
     * heap, a word's successors being itself and one more letter. Cost: O(count · M · log).
     *
     * @param count positive
     */
    public double[] likeliest(int count) {
        if (count <= 0) throw new IllegalArgumentException("count = " + count + ": expected at least 1");
        var queue = new PriorityQueue<Double>((p, q) -> Double.compare(q, p));
        double end = space() / (1 - space());
        for (double p : letters) queue.add(p * end);
        var likeliest = new double[count];
        for (int rank = 0; rank < count; rank++) {
            double word = queue.remove();
            likeliest[rank] = word;
            for (double p : letters) queue.add(word * p);
        }
        return likeliest;
    }
}
