package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
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

        static void exit() { System.exit(1); }

        static void halt(Runtime runtime) { runtime.halt(1); }

        static List<Object> references(Runtime runtime) {
            IntConsumer exit = System::exit;
            IntConsumer bound = runtime::exit;
            ObjIntConsumer<Runtime> unbound = Runtime::halt;
            IntFunction<String> harmless = Integer::toString;
            return List.of(exit, bound, unbound, harmless);
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
                .map(call -> call.owner().name().stringValue().replaceFirst(".*/", "") + "."
                        + call.name().stringValue()
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

    @Test
    void referencesToMethodsThatEndTheJvmAreReplaced() throws Exception {
        byte[] bytes;
        try (var in = Sample.class.getResourceAsStream("CellCodeTest$Sample.class")) {
            bytes = in.readAllBytes();
        }
        byte[] woven = new CellCode(Sample.class.getClassLoader()).weave(bytes);
        assertEquals(List.of(), ClassFile.of().verify(woven));
        var sample = new ClassLoader(Sample.class.getClassLoader()) {
            Class<?> define() { return defineClass(Sample.class.getName(), woven, 0, woven.length); }
        }.define();
        var method = sample.getDeclaredMethod("references", Runtime.class);
        method.setAccessible(true);
        var references = (List<?>) method.invoke(null, Runtime.getRuntime());
        assertRefused(() -> ((IntConsumer) references.get(0)).accept(1));
        assertRefused(() -> ((IntConsumer) references.get(1)).accept(1));
        @SuppressWarnings("unchecked")
        var halt = (ObjIntConsumer<Runtime>) references.get(2);
        assertRefused(() -> halt.accept(Runtime.getRuntime(), 1));
        assertEquals("5", ((IntFunction<?>) references.get(3)).apply(5));
    }

    private static void assertRefused(Runnable exit) {
        assertTrue(assertThrows(Error.class, exit::run).getMessage().startsWith("System.exit"));
    }
}
