package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodePointsTest {

    @ParameterizedTest
    @CsvSource({"abc, 2, 2", "a😀b, 2, 3", "😀😀, 1, 2", "'', 0, 0"})
    void positionsCountCharactersAsReadersDo(String text, int position, int index) {
        assertEquals(index, CodePoints.toIndex(text, position));
        assertEquals(position, CodePoints.fromIndex(text, index));
    }

    @ParameterizedTest
    @CsvSource({"abc, 9, 3", "abc, -1, 0"})
    void aPositionOutOfRangeIsMovedInside(String text, int position, int index) {
        assertEquals(index, CodePoints.toIndex(text, position));
    }
}
