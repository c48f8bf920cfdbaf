package mechanics.training;

import java.io.File;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import mechanics.linalg.Array;
import mechanics.linalg.Blas;
import mechanics.linalg.Block;

/**
 * A run in words and numbers that any program can read. Records describe themselves by their components, so that
 * layers, rules and tasks need no code for it.
 */
final class Description {
    private Description() {}

    /** The system with its provenance. */
    static Map<String, Object> of(Run run) {
        var all = new LinkedHashMap<String, Object>();
        all.put("system", system(run));
        all.put("software", software());
        return all;
    }

    /** What decides a run to the last bit, beside the software: the four parts of a learning system and the seed. */
    static Map<String, Object> system(Run run) {
        var loss = run.derivatives();
        var network = run.network();
        var system = new LinkedHashMap<String, Object>();
        system.put("input", plain(network.input()));
        system.put("layers", plain(network.layers()));
        system.put("options", plain(network.options()));
        system.put("parameters", network.parameters().count());
        system.put("data", data(loss));
        system.put("task", plain(loss.task()));
        system.put("rule", plain(run.rule()));
        system.put("seed", run.seed().value());
        return system;
    }

    private static Map<String, Object> data(Derivatives loss) {
        var data = new LinkedHashMap<String, Object>();
        data.put("samples", loss.samples());
        data.put("inputs", fingerprint(loss.allInputs()));
        data.put("targets", fingerprint(loss.allTargets()));
        return data;
    }

    /** SHA-256 of the numbers, in double precision and little-endian. */
    private static String fingerprint(Array array) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var block = new Block(array);
            var bytes = ByteBuffer.allocate(Block.SIZE * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int from = 0; from < array.length(); from += Block.SIZE) {
                int n = block.load(from);
                bytes.clear();
                for (int i = 0; i < n; i++) bytes.putDouble(block.numbers[i]);
                digest.update(bytes.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static Map<String, Object> software() {
        var software = new LinkedHashMap<String, Object>();
        software.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        software.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        software.put("blas", Blas.available() ? "OpenBLAS" : "Java");
        software.put("libraries", libraries());
        return software;
    }

    /** The class path by file names, which carry the versions; folders of classes by the word {@code classes}. */
    private static List<String> libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Objects.toString(Path.of(entry).getFileName(), ""))
                .filter(name -> name.endsWith(".jar") || name.equals("classes")).sorted().distinct().toList();
    }

    /** A value as maps, lists, numbers and text. */
    static Object plain(Object value) {
        return switch (value) {
            case null -> "null";
            case Record r -> record(r);
            case Enum<?> e -> e.getDeclaringClass().getSimpleName() + "." + e.name();
            case List<?> list -> list.stream().map(Description::plain).toList();
            case Double d when !Double.isFinite(d) -> d.toString();
            case Number n -> n;
            case Boolean b -> b;
            default -> text(value);
        };
    }

    /** The value's own text; of one that has none, such as a lambda, what does not change between starts of Java. */
    private static String text(Object value) {
        String text = value.toString();
        if (!text.endsWith("@" + Integer.toHexString(value.hashCode()))) return text;
        return value.getClass().isHidden() ? "custom" : value.getClass().getName();
    }

    private static Map<String, Object> record(Record value) {
        var map = new LinkedHashMap<String, Object>();
        map.put("kind", value.getClass().getSimpleName());
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            map.put(component.getName(), plain(component(value, component)));
        }
        return map;
    }

    private static Object component(Record value, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            // Records nested in other classes may be private.
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + ": expected a plain accessor", e);
        }
    }
}
