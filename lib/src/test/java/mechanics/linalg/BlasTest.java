package mechanics.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlasTest {
    @Test
    void usesAllCoresUnlessToldOtherwise() {
        assertEquals(Runtime.getRuntime().availableProcessors(), Blas.defaultThreads(null));
        assertEquals(Runtime.getRuntime().availableProcessors(), Blas.defaultThreads(" "));
        assertEquals(3, Blas.defaultThreads(" 3 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "two", "1.5", "99999"})
    void rejectsASettingThatIsNoNumberOfThreads(String setting) {
        String message = assertThrows(IllegalArgumentException.class, () -> Blas.defaultThreads(setting))
                .getMessage();
        assertTrue(message.contains(setting) && message.contains("MECHANICS_THREADS"), message);
    }

    @Test
    void restoresTheNumberOfThreadsWhenAScopeCloses() {
        int before = Blas.threads();
        try (var _ = Blas.scope(before + 1)) {
            assertEquals(before + 1, Blas.threads());
        }
        assertEquals(before, Blas.threads());
    }
}
