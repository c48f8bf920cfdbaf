package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jdk.jshell.spi.ExecutionControl.UserException;
import org.junit.jupiter.api.Test;

class ThrownTest {

    @Test
    void causesMayRunInAnyCircle() {
        Random dice = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<Throwable> all = new ArrayList<>();
            int[] next = dice.ints(1 + dice.nextInt(40), 0, 40).toArray();
            for (int i = 0; i < next.length; i++) {
                all.add(new RuntimeException("exception " + i));
            }
            for (int i = 0; i < next.length; i++) {
                if (next[i] < next.length && next[i] != i) {
                    all.get(i).initCause(all.get(next[i]));
                }
            }
            int depth = 0;
            for (Throwable cause = Thrown.byUser(all.getFirst()); cause != null; cause = cause.getCause()) {
                depth++;
                assertTrue(cause.getMessage().startsWith("exception "));
            }
            assertTrue(depth >= 1 && depth <= 22, () -> "ends");
        }
    }

    @Test
    void anExceptionThatFailsToSpeakIsStillTold() {
        var mute = new RuntimeException() {
            @Override
            public String getMessage() { throw new IllegalStateException(); }

            @Override
            public synchronized Throwable getCause() { throw new AssertionError(); }

            @Override
            public StackTraceElement[] getStackTrace() { throw new StackOverflowError(); }
        };
        var told = (UserException) Thrown.byUser(mute);
        assertEquals(mute.getClass().getName(), told.causeExceptionClass());
        assertEquals(null, told.getCause());
        assertTrue(told.getMessage().contains("getMessage of the exception fails"));
    }
}
