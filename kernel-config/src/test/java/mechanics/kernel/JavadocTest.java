package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavadocTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "plain | plain", "{@code a < b} | a < b", "{@link List#of of} it | of it", "{@link List#of} | List.of",
            "'a<p>b' | 'a\n\nb'", "'<ul><li>x</ul>' | '- x'", "a &lt; b &amp;&amp; c | a < b && c",
            "@param <T> the type | @param <T> the type", "1 < 2 | 1 < 2"})
    void commentsBecomeText(String comment, String text) { assertEquals(text, Javadoc.toText(comment)); }
}
