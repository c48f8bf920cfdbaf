package mechanics.data;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text. Characters are Unicode code points.
 *
 * @param title what it is
 * @param language its language, in English
 * @param content the text itself
 */
public record Text(String title, String language, String content) {

    /** Letters with their marks, an apostrophe inside allowed. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+(?:['’][\\p{L}\\p{M}]+)*");

    /** The number of characters. */
    public int length() {
        return content.codePointCount(0, content.length());
    }

    /** The characters. */
    public int[] codePoints() { return content.codePoints().toArray(); }

    /** The text in UTF-8. */
    public byte[] bytes() { return content.getBytes(StandardCharsets.UTF_8); }

    /**
     * The words in their order, in lower case, without punctuation and numbers. In a script that does not
     * part its words (Chinese, Japanese, Thai) a "word" is a run of letters.
     */
    public List<String> words() {
        return WORD.matcher(content.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
    }

    /** How often each word occurs, the most frequent first; words of equal count in alphabetical order. */
    public Map<String, Integer> wordCounts() {
        Map<String, Integer> counts = words().stream()
                .collect(Collectors.toMap(Function.identity(), word -> 1, Integer::sum));
        Map<String, Integer> ranked = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> ranked.put(e.getKey(), e.getValue()));
        return ranked;
    }

    /** The distinct characters, to turn the text into numbers. */
    public Alphabet alphabet() {
        return Alphabet.of(content);
    }

    /**
     * The text cut into pieces, for a model of the next character: inputs are the numbers of the characters of a piece,
     * targets those of the characters that follow each of them. What is left at the end is not used.
     *
     * @param length   the number of characters in a piece, T
     * @param alphabet numbers the characters; that of the training text, where there is another
     * @return n × T inputs and n × T targets
     * @throws IllegalArgumentException if the text is not longer than a piece, or has a character that is not in the
     *                                  alphabet
     */
    public Samples windows(int length, Alphabet alphabet) {
        int[] numbers = alphabet.encode(content);
        if (length < 1 || length >= numbers.length) {
            throw new IllegalArgumentException(
                    "length = " + length + ": expected 1 to " + (numbers.length - 1)
                            + ", one less than the text has characters");
        }
        double[][] inputs = new double[(numbers.length - 1) / length][length];
        double[][] targets = new double[inputs.length][length];
        for (int i = 0; i < inputs.length * length; i++) {
            inputs[i / length][i % length] = numbers[i];
            targets[i / length][i % length] = numbers[i + 1];
        }
        return Samples.of(inputs, targets);
    }

    /**
     * The text with few different characters: lower case without accents, curved quotes made straight, a dash as two
     * hyphens, everything but the letters a to z and {@code . , ; : ? ! - ' "} a space, and one space instead of several.
     * At most 36 characters are left, and small models of them have most of their parameters where the work is done.
     */
    public Text folded() {
        String plain = Normalizer.normalize(content.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "").replaceAll("[‘’]", "'").replaceAll("[“”]", "\"")
                .replaceAll("[–—]", "--").replaceAll("[^a-z.,;:?!'\"-]+", " ");
        return new Text(title + ", folded", language, plain.strip());
    }

    /**
     * The entropy of a character where the characters before it are known, in nats: −Σ p ln p of strings of
     * {@code given + 1} characters less that of strings of {@code given} characters, as often as they occur in this text
     * (Shannon 1951). What a model that looks back so far, and no farther, cannot go below.
     *
     * @param given the number of characters that are known, at least 0
     * @throws IllegalArgumentException if there could be more than 10⁸ different strings
     */
    public double entropy(int given) {
        int size = alphabet().size();
        if (given < 0 || Math.pow(size, given + 1.0) > 1e8 || length() <= given)
            throw new IllegalArgumentException(
                    "given = " + given + ": expected at least 0, less than the text is long, "
                            + "and few enough for " + size + " different characters");
        return entropyOfStrings(given + 1) - entropyOfStrings(given);
    }

    private double entropyOfStrings(int n) {
        if (n == 0) return 0;
        Alphabet alphabet = alphabet();
        int[] numbers = alphabet.encode(content);
        int strings = (int) Math.rint(Math.pow(alphabet.size(), n));
        int[] counts = new int[strings];
        int string = 0;
        for (int i = 0; i < numbers.length; i++) {
            string = (int) (((long) string * alphabet.size() + numbers[i]) % strings);
            if (i >= n - 1) counts[string]++;
        }
        double total = numbers.length - n + 1.0, sum = 0;
        for (int count : counts) if (count > 0) sum -= count / total * Math.log(count / total);
        return sum;
    }

    /** The first n characters. */
    public Text take(int n) {
        return new Text(title + ", first " + n, language, content.substring(0, offset(n)));
    }

    /** The first {@code trainLength} characters and the rest. */
    public Split<Text> split(int trainLength) {
        return new Split<>(take(trainLength),
                new Text(title + ", after the first " + trainLength, language,
                        content.substring(offset(trainLength))));
    }

    @Override
    public String toString() { return title + " (" + language + "): " + length() + " characters"; }

    private int offset(int n) {
        if (n < 0 || n > length()) {
            throw new IllegalArgumentException(
                    "n = " + n + ": expected 0 to " + length() + ", the text's length");
        }
        return content.offsetByCodePoints(0, n);
    }
}
