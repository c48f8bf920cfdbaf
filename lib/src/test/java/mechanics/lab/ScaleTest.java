package mechanics.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void quickUnlessToldOtherwise() {
        assertEquals(Scale.QUICK, Scale.of(null));
        assertEquals(Scale.QUICK, Scale.of(" "));
        assertEquals(Scale.QUICK, Scale.of("quick"));
        assertEquals(Scale.FULL, Scale.of("Full"));
    }

    @Test
    void anotherWordIsRefused() {
        assertEquals("MECHANICS_SCALE = \"fast\": expected quick or full",
                assertThrows(IllegalArgumentException.class,
                        () -> Scale.of("fast")).getMessage());
    }

    @Test
    void picksByScale() {
        int width = Scale.QUICK.pick(64, 8192);
        assertEquals(64, width);
        assertEquals("all", Scale.FULL.pick("some", "all"));
    }
}
