package mechanics.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    private static final List<String> TEXTS = List.of("The sea, the sky and the ship.", "A ship in the sea!",
            "And a sky?");

    @Test
    void wordsAreNumberedByFallingFrequency() {
        var vocabulary = Vocabulary.of(TEXTS, 4);
        assertEquals(List.of("the", "a", "and", "sea"), vocabulary.words());
        assertEquals(4, vocabulary.size());
        assertArrayEquals(new int[]{0, 3, 0, 2, 0}, vocabulary.encode(TEXTS.getFirst()));
        assertArrayEquals(new int[]{}, vocabulary.encode("Nothing known."));
        assertArrayEquals(new double[]{3, 0, 1, 1}, vocabulary.counts(TEXTS)[0]);
    }

    @Test
    void inputsHaveOneLengthAndNearlyTheMeanOfTheText() {
        var vocabulary = Vocabulary.of(TEXTS, 4);
        double[][] inputs = vocabulary.inputs(TEXTS, 7);
        assertArrayEquals(new double[]{0, 3, 0, 2, 0, 0, 3}, inputs[0]);
        assertArrayEquals(new double[]{2, 1, 2, 1, 2, 1, 2}, inputs[2]);
        assertArrayEquals(new double[]{0, 3}, vocabulary.inputs(TEXTS, 2)[0]);
    }

    /** No word is in both halves more often than the text has it, and every word is in one of them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void halvesPartTheWordsOfAText(long seed) {
        var vocabulary = Vocabulary.of(List.of("a b c d e f g h i"), 9);
        Samples lessons = vocabulary.halves(List.of("a b c d e f g h i", "a b c d e f"), 6, 50, seed);
        assertEquals(100, lessons.size());
        for (int i = 0; i < 100; i++) {
            int words = i % 2 == 0 ? 9 : 6;
            double[] input = lessons.inputs()[i], target = lessons.targets()[i];
            assertEquals(6, input.length);
            assertEquals((words + 1) / 2, Arrays.stream(input).distinct().count());
            assertEquals(words / 2, Arrays.stream(target).distinct().count());
            assertEquals(words, Stream.of(input, target).flatMapToDouble(Arrays::stream).distinct().count());
        }
        assertNotEquals(Arrays.toString(lessons.inputs()[0]), Arrays.toString(lessons.inputs()[2]));
    }

    @Test
    void halvesAreRandomAndDecidedByTheSeed() {
        var vocabulary = Vocabulary.of(List.of("a b c d"), 4);
        Samples lessons = vocabulary.halves(List.of("a b c d"), 2, 3000, 7);
        for (int word = 0; word < 4; word++) {
            int w = word;
            double seen = IntStream.range(0, 3000)
                    .filter(i -> Arrays.stream(lessons.inputs()[i]).anyMatch(v -> v == w)).count();
            assertEquals(1500, seen, 4 * Math.sqrt(750));
        }
        assertTrue(Arrays.deepEquals(lessons.inputs(),
                vocabulary.halves(List.of("a b c d"), 2, 3000, 7).inputs()));
    }

    @Test
    void versesKnowTheirChapter() {
        assertEquals("1 Kings 7", new Verse("1 Kings 7:23", "a", "b").chapter());
        assertEquals("Preface", new Verse("Preface", "a", "b").chapter());
    }

    @Test
    void badNumbersAreRefused() {
        var vocabulary = Vocabulary.of(TEXTS, 4);
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(TEXTS, 0));
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(TEXTS, 9));
        assertThrows(IllegalArgumentException.class, () -> vocabulary.inputs(TEXTS, 0));
        assertThrows(IllegalArgumentException.class, () -> vocabulary.inputs(List.of("unknown"), 3));
        assertThrows(IllegalArgumentException.class,
                () -> vocabulary.halves(List.of("the unknown"), 3, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> vocabulary.halves(TEXTS, 3, 0, 0));
    }
}
