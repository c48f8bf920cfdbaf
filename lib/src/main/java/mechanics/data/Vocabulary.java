package mechanics.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import mechanics.base.Require;
import mechanics.base.Seed;

/**
 * The most frequent words of a language, numbered 0, 1, … by falling frequency. Other words are left out where a text
 * is turned into numbers. Immutable.
 */
public final class Vocabulary {

    private final List<String> words;
    private final Map<String, Integer> numbers = new HashMap<>();

    private Vocabulary(List<String> words) {
        this.words = words;
        for (int i = 0; i < words.size(); i++) numbers.put(words.get(i), i);
    }

    /**
     * The most frequent words of some texts, see {@link Text#wordCounts}.
     *
     * @param size how many
     * @throws IllegalArgumentException if the texts have fewer different words
     */
    public static Vocabulary of(List<String> texts, int size) {
        var counts = new Text("texts", "", String.join("\n", texts)).wordCounts();
        if (size < 1 || size > counts.size()) {
            throw new IllegalArgumentException(
                    "size = " + size + ": expected from 1 to " + counts.size()
                            + ", the number of different words");
        }
        return new Vocabulary(counts.keySet().stream().limit(size).toList());
    }

    /** The number of words. */
    public int size() { return words.size(); }

    /** The words, the most frequent first. */
    public List<String> words() { return words; }

    /** The numbers of a text's words in their order, without those that are not in this vocabulary. */
    public int[] encode(String text) {
        return new Text("text", "", text).words().stream().filter(numbers::containsKey)
                .mapToInt(numbers::get).toArray();
    }

    /**
     * Texts as inputs of one length: the numbers of a text's words, over and over until the length is reached, so that
     * the mean over an input is nearly the mean over the text, whatever its own length.
     *
     * @param length of an input; words beyond it are cut off
     * @return texts × length
     * @throws IllegalArgumentException if a text has no word of this vocabulary
     */
    public double[][] inputs(List<String> texts, int length) {
        Require.positive("length", length);
        return texts.stream().map(text -> repeated(known(text, 1), 0, 1, length)).toArray(double[][]::new);
    }

    /** How often each word occurs in each text, texts × {@link #size}. */
    public double[][] counts(List<String> texts) {
        return texts.stream().map(text -> {
            var counts = new double[size()];
            for (int word : encode(text)) counts[word]++;
            return counts;
        }).toArray(double[][]::new);
    }

    /**
     * Lessons in which a text's own words are to be predicted: its words are shuffled and parted in two halves, of which
     * one is the input and the other the target. Either is repeated until it has the length that is asked for, or cut
     * off there.
     *
     * @param length of inputs and targets
     * @param times how many lessons each text gives: all texts once, then all again, shuffled anew
     * @return times · texts × length inputs and as many targets
     * @throws IllegalArgumentException if a text has fewer than two words of this vocabulary
     */
    public Samples halves(List<String> texts, int length, int times, long seed) {
        Require.positive("length", length);
        if (times < 1) throw new IllegalArgumentException("times = " + times + ": expected at least 1");
        var random = Random.from(Seed.of(seed).stream("halves"));
        List<List<Integer>> known = texts.stream().map(text -> known(text, 2)).toList();
        var inputs = new double[times * texts.size()][];
        var targets = new double[inputs.length][];
        for (int i = 0; i < inputs.length; i++) {
            List<Integer> shuffled = known.get(i % texts.size());
            Collections.shuffle(shuffled, random);
            inputs[i] = repeated(shuffled, 0, 2, length);
            targets[i] = repeated(shuffled, 1, 2, length);
        }
        return Samples.of(inputs, targets);
    }

    /** Every {@code stride}-th word, beginning {@code from} one, over and over. */
    private static double[] repeated(List<Integer> words, int from, int stride, int length) {
        var row = new double[length];
        int own = (words.size() - from + stride - 1) / stride;
        for (int j = 0; j < length; j++) row[j] = words.get(from + j % own * stride);
        return row;
    }

    private List<Integer> known(String text, int least) {
        var known = new ArrayList<Integer>();
        for (int number : encode(text)) known.add(number);
        if (known.size() < least) {
            throw new IllegalArgumentException("text \"" + text + "\" has " + known.size()
                    + " words of the vocabulary: expected at least " + least);
        }
        return known;
    }

    @Override
    public String toString() {
        return words.size() + " words: " + String.join(", ", words.subList(0, Math.min(5, words.size())))
                + ", …";
    }
}
