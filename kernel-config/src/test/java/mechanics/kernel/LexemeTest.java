package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexemeTest {

    private static final List<String> PARTS = List.of("int", "länge", "α1", "{", "}", "->", "\"a // b\"",
            "'\\''",
            "\"\\\"\"", "\"\"\"\n a \" b\n\"\"\"", "/* \" */", "// it's\n", "3.5", "😀", "\"😀\"", "/**/");

    @Test
    void randomSourcesAreReadPartByPart() {
        Random dice = new Random(5);
        for (int round = 0; round < 500; round++) {
            StringBuilder source = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < dice.nextInt(12); i++) {
                String part = PARTS.get(dice.nextInt(PARTS.size()));
                source.append(part).append(' ');
                expected.addAll(switch (part) {
                    case "->" -> List.of("-", ">");
                    case "3.5" -> List.of("3", ".", "5");
                    default -> List.of(part.strip());
                });
            }
            String text = source.toString();
            assertEquals(expected, Lexeme.of(text).stream().map(lexeme -> lexeme.text(text)).toList(), text);
        }
    }

    @Test
    void anyTextIsReadToItsEnd() {
        Random dice = new Random(6);
        String signs = "\"'/*\\\n ab{😀\u0000";
        for (int round = 0; round < 2000; round++) {
            StringBuilder source = new StringBuilder();
            for (int i = 0; i < dice.nextInt(20); i++) {
                source.append(signs.charAt(dice.nextInt(signs.length())));
            }
            int end = 0;
            for (Lexeme lexeme : Lexeme.of(source.toString())) {
                assertTrue(lexeme.start() >= end && lexeme.end() > lexeme.start()
                        && lexeme.end() <= source.length(), source::toString);
                end = lexeme.end();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"b\".", "/* */", "// a\n", "'c' + ", "\"\"\"\na\"\"\".", "\"a\n",
            "f(\"a\", b"})
    void codeMayFollow(String source) { assertTrue(Lexeme.isCode(source, source.length())); }

    @ParameterizedTest
    @ValueSource(strings = {"// a", "//", "/* a", "/*/", "\"a", "\"", "'", "\"\"\"", "\"\"\"\na\"", "\"\\\"",
            "😀", "a😀", "§"})
    void noCodeFollows(String source) { assertFalse(Lexeme.isCode(source, source.length())); }
}
