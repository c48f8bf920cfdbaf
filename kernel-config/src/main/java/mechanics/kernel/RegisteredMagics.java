package mechanics.kernel;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/** Runs the magics that are registered with the kernel, by itself or by an extension. */
record RegisteredMagics(JavaKernel kernel, MagicsRegistry registry) implements Session.Magics {

    private interface Evaluation {
        Object run() throws Exception;
    }

    @Override
    public Object line(String name, List<String> arguments) throws CellFailure {
        return run("%" + name, "%", registry.getLineMagicNames(),
                () -> registry.evalLineMagic(kernel, name, arguments));
    }

    @Override
    public Object cell(String name, List<String> arguments, String body) throws CellFailure {
        return run("%%" + name, "%%", registry.getCellMagicNames(),
                () -> registry.evalCellMagic(kernel, name, arguments, body));
    }

    private static Object run(String call, String prefix, Set<String> names, Evaluation evaluation)
            throws CellFailure {
        if (!names.contains(call.substring(prefix.length()))) {
            throw CellFailure.of("UnknownMagic", call + " is not known; known are " + prefix
                    + String.join(", " + prefix, new TreeSet<>(names)));
        }
        try {
            return evaluation.run();
        } catch (CellFailure failure) {
            throw failure;
        } catch (Exception e) {
            throw CellFailure.of("MagicError",
                    call + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }
}
