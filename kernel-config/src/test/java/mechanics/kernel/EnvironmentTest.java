package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    @Test
    void whatIsNotSetIsEmpty() {
        assertEquals(new Environment("", "", "", List.of(), Duration.ZERO, true, Path.of(""), false), Environment.of(Map.of()));
    }

    @Test
    void bothSpellingsAreReadAndTheNewerWins() {
        assertEquals("old", Environment.of(Map.of("IJAVA_CLASSPATH", "old")).classpath());
        assertEquals("new", Environment.of(Map.of("IJAVA_CLASSPATH", "old", "JJAVA_CLASSPATH", "new")).classpath());
    }

    @Test
    void quotesKeepSpacesInCompilerOptions() {
        assertEquals(
                List.of("-parameters", "--class-path", "a b"),
                Environment.of(Map.of("IJAVA_COMPILER_OPTS", "-parameters --class-path \"a b\"")).compilerOptions());
    }

    @ParameterizedTest
    @CsvSource({"1500, PT1.5S", "2 SECONDS, PT2S", "2s, PT2S", "3 minutes, PT3M", "-1, PT0S"})
    void timeLimitsHaveUnits(String text, Duration limit) {
        assertEquals(limit, Environment.of(Map.of("IJAVA_TIMEOUT", text)).timeLimit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "1.5", "3 parsecs"})
    void aTimeLimitThatCannotBeReadIsNamed(String text) {
        var e = assertThrows(IllegalArgumentException.class, () -> Environment.of(Map.of("IJAVA_TIMEOUT", text)));
        assertTrue(e.getMessage().startsWith("IJAVA_TIMEOUT = " + text), e.getMessage());
    }
}
