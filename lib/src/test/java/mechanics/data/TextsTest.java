package mechanics.data;

import static mechanics.data.Damage.assertRefused;
import static mechanics.data.Damage.gzip;
import static mechanics.data.Damage.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextsTest {

    @TempDir
    Path folder;

    private static Text text(String content) { return new Text("test", "English", content); }

    private Path file(String content) {
        return write(folder, "file.gz", gzip(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void foldedTextHasFewCharactersAndKeepsItsWords() {
        Text text = new Text("t", "English", "“Élan,” said  she—3 times;\n ‘no!’");
        assertEquals("\"elan,\" said she-- times; 'no!'", text.folded().content());
        assertEquals(text.folded().content(), text.folded().folded().content());
    }

    @Test
    void entropyFallsWithWhatIsKnown() {
        Text coin = text("ab".repeat(5000));
        assertEquals(Math.log(2), coin.entropy(0), 1e-12);
        assertEquals(0, coin.entropy(1), 1e-4);
        var random = new SplittableRandom(1);
        Text noise = text(random.ints(100_000, 0, 8).mapToObj(i -> "abcdefgh".substring(i, i + 1))
                .collect(Collectors.joining()));
        for (int given = 0; given < 3; given++) assertEquals(Math.log(8), noise.entropy(given), 0.01);
        assertThrows(IllegalArgumentException.class, () -> noise.entropy(-1));
        assertThrows(IllegalArgumentException.class, () -> noise.entropy(9));
    }

    @Test
    void englishIsAllOfItInFewCharacters() {
        Text english = Texts.english();
        assertTrue(english.length() > 9_000_000, english.toString());
        assertEquals(36, english.alphabet().size());
    }

    @Test
    void novelsHaveTheirPublishedLengths() {
        Text austen = Texts.austen();
        assertEquals(4_025_040, austen.length());
        assertEquals(724_858, austen.words().size());
        assertTrue(austen.content().startsWith("SENSE AND SENSIBILITY"));
        assertEquals("the", austen.wordCounts().keySet().iterator().next());
        assertTrue(Texts.mobyDick().content().contains("Call me Ishmael."));
    }

    @Test
    void wordsAreLowerCaseLettersWithTheirMarks() {
        assertEquals(List.of("don't", "stop", "naïve", "l’été", "हिन्दी", "a"),
                text("Don't STOP: naïve 'l’été' — 42 हिन्दी (a)").words());
        assertEquals(List.of(), text("1 + 2 = 3").words());
    }

    @Test
    void wordCountsAreRanked() { assertEquals("{b=3, a=1, c=1}", text("b c b a b").wordCounts().toString()); }

    @Test
    void charactersAreCodePoints() {
        Text text = text("a𝄞b");
        assertEquals(3, text.length());
        assertArrayEquals(new int[]{'a', 0x1d11e, 'b'}, text.codePoints());
        assertEquals(6, text.bytes().length);
        assertEquals("a𝄞", text.split(2).train().content());
        assertEquals("b", text.split(2).test().content());
        assertEquals("", text.take(0).content());
        assertThrows(IllegalArgumentException.class, () -> text.take(4));
        assertThrows(IllegalArgumentException.class, () -> text.take(-1));
    }

    @Test
    void alphabetTurnsTextToNumbersAndBack() {
        Alphabet alphabet = text("hello 𝄞").alphabet();
        assertEquals(" ehlo𝄞", alphabet.toString());
        assertEquals(6, alphabet.size());
        assertArrayEquals(new int[]{2, 1, 3, 3, 4, 5}, alphabet.encode("hello𝄞"));
        assertEquals("hello𝄞", alphabet.decode(alphabet.encode("hello𝄞")));
        String message = assertThrows(IllegalArgumentException.class, () -> alphabet.encode("hey"))
                .getMessage();
        assertTrue(message.contains("'y' (U+0079)"), message);
        assertThrows(IllegalArgumentException.class, () -> alphabet.decode(6));
        assertThrows(IllegalArgumentException.class, () -> alphabet.decode(-1));
    }

    @Test
    void versesArePaired() {
        List<Verse> verses = Texts.verses();
        assertEquals(31_077, verses.size());
        assertEquals("Genesis 1:3", verses.get(2).reference());
        assertEquals("God said, “Let there be light,” and there was light.", verses.get(2).english());
        assertEquals("Y dijo Dios: Sea la luz: y fué la luz.", verses.get(2).spanish());
        assertTrue(verses.stream().allMatch(verse -> verse.english().length() < 1000));
    }

    @Test
    void refusesDamagedVerses() {
        Path header = file("verse\ten\n");
        assertRefused(header, () -> Texts.verses(header, 0), "first line");
        Path empty = file("");
        assertRefused(empty, () -> Texts.verses(empty, 0), "first line");
        for (String line : List.of("one\ttwo", "one\ttwo\t", "one\ttwo\tthree\tfour")) {
            Path file = file("verse\ten\tes\na\tb\tc\n" + line + "\n");
            assertRefused(file, () -> Texts.verses(file, 2), "line 3");
        }
        Path short1 = file("verse\ten\tes\na\tb\tc\n");
        assertRefused(short1, () -> Texts.verses(short1, 2), "1 verses: expected 2");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        Path file = write(folder, "latin1.txt", "été".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file, () -> DataFile.text(file), "expected UTF-8");
        byte[] packed = gzip("a text".getBytes(StandardCharsets.UTF_8));
        Path cut = write(folder, "cut.gz", Arrays.copyOf(packed, packed.length - 5));
        assertRefused(cut, () -> DataFile.text(cut), "truncated");
    }

    @Test
    void oneBookComesInTenLanguagesAndTheDeclarationInTwentySix() {
        List<Text> handbook = Languages.handbook();
        assertEquals(10, handbook.stream().map(Text::language).distinct().count());
        for (Text text : handbook) {
            int words = text.words().size();
            assertTrue(words > 60_000 && words < 150_000, text + " has " + words + " words");
        }
        List<Text> declaration = Languages.humanRights();
        assertEquals(26, declaration.stream().map(Text::language).distinct().count());
        for (Text text : declaration)
            assertTrue(text.length() > 2_500 && text.length() < 14_000, text.toString());
        Text english = declaration.stream().filter(text -> text.language().equals("English")).findFirst()
                .orElseThrow();
        assertTrue(english.content().startsWith("Universal Declaration of Human Rights"));
    }

    @Test
    void windowsAskForTheNextCharacterAtEveryPlace() {
        var text = new Text("t", "English", "abcdefgh");
        Samples windows = text.windows(3, text.alphabet());
        assertArrayEquals(new double[][]{{0, 1, 2}, {3, 4, 5}}, windows.inputs());
        assertArrayEquals(new double[][]{{1, 2, 3}, {4, 5, 6}}, windows.targets());
        assertEquals(1, text.windows(7, text.alphabet()).size());
        assertThrows(IllegalArgumentException.class, () -> text.windows(8, text.alphabet()));
        assertThrows(IllegalArgumentException.class, () -> text.windows(0, text.alphabet()));
        assertThrows(IllegalArgumentException.class, () -> text.windows(3, Alphabet.of("abc")));
    }
}
