package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellCodeTest {

    /** Woven and read, never run. */
    static class Sample {

        static int loop(int n) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                sum += i;
            }
            return sum;
        }

        static void exit() {
            System.exit(1);
        }

        static void halt(Runtime runtime) {
            runtime.halt(1);
        }
    }

    private static List<String> calls(String method) throws Exception {
        byte[] bytes;
        try (var in = Sample.class.getResourceAsStream("CellCodeTest$Sample.class")) {
            bytes = in.readAllBytes();
        }
        byte[] woven = new CellCode(Sample.class.getClassLoader()).weave(bytes);
        assertEquals(List.of(), ClassFile.of().verify(woven));
        return ClassFile.of().parse(woven).methods().stream().filter(m -> m.methodName().equalsString(method))
                .flatMap(m -> m.code().orElseThrow().elementStream())
                .filter(InvokeInstruction.class::isInstance).map(InvokeInstruction.class::cast)
                .map(call -> call.owner().name().stringValue().replaceFirst(".*/", "") + "." + call.name().stringValue()
                        + call.type().stringValue())
                .toList();
    }

    @Test
    void aMethodChecksAtItsStartAndBeforeItJumpsBack() throws Exception {
        assertEquals(List.of("Guard.check()V", "Guard.check()V"), calls("loop"));
    }

    @Test
    void callsThatEndTheJvmAreReplaced() throws Exception {
        assertEquals(List.of("Guard.check()V", "Guard.exit(I)V"), calls("exit"));
        assertEquals(List.of("Guard.check()V", "Guard.exit(Ljava/lang/Runtime;I)V"), calls("halt"));
    }
}
