package mechanics.data;

import java.nio.charset.StandardCharsets;
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
