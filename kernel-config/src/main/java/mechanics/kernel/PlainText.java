package mechanics.kernel;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values as text, with the elements of arrays where Java itself shows an address: of arrays of every type, and inside of
 * collections, maps, optionals and records.
 */
final class PlainText {

    private static final int MOST_ELEMENTS = 20;
    /** Arrays that are looked for inside of a value. */
    private static final int MOST_ARRAYS = 200;
    private static final int DEEPEST = 6;

    private final IdentityHashMap<Object, String> arrays = new IdentityHashMap<>();

    private PlainText() {}

    static String of(Object value) {
        if (value != null && value.getClass().isArray()) {
            return array(value, 0);
        }
        String text = String.valueOf(value);
        if (!text.contains("[") || !text.contains("@")) {
            return text;
        }
        PlainText inside = new PlainText();
        inside.collect(value, 0);
        for (Map.Entry<Object, String> found : inside.arrays.entrySet()) {
            text = text.replace(found.getValue(), array(found.getKey(), 0));
        }
        return text;
    }

    private static String array(Object array, int depth) {
        int length = Array.getLength(array);
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < Math.min(length, MOST_ELEMENTS); i++) {
            Object element = Array.get(array, i);
            boolean nested = element != null && element.getClass().isArray();
            text.append(i == 0 ? "" : ", ");
            if (nested && depth >= DEEPEST) {
                text.append("[...]"); // it may contain itself
            } else {
                text.append(nested ? array(element, depth + 1) : of(element));
            }
        }
        return text.append(length > MOST_ELEMENTS ? ", ... (" + length + " in all)]" : "]").toString();
    }

    /** Notes the arrays that the text of a value shows by their address. */
    private void collect(Object value, int depth) {
        if (value == null || depth > DEEPEST || arrays.size() >= MOST_ARRAYS) {
            return;
        }
        switch (value) {
            case Collection<?> elements -> {
                if (isOfJava(elements)) {
                    elements.stream().limit(MOST_ARRAYS).forEach(element -> collect(element, depth + 1));
                }
            }
            case Map<?, ?> map -> {
                if (isOfJava(map)) {
                    collect(map.keySet(), depth + 1);
                    collect(map.values(), depth + 1);
                }
            }
            case Optional<?> optional -> optional.ifPresent(content -> collect(content, depth + 1));
            case Record parts -> {
                for (RecordComponent part : parts.getClass().getRecordComponents()) {
                    collect(component(parts, part), depth + 1);
                }
            }
            default -> {
                if (value.getClass().isArray()) {
                    arrays.put(value, value.getClass().getName() + "@"
                            + Integer.toHexString(System.identityHashCode(value)));
                }
            }
        }
    }

    /** To walk through others may run code with effects. */
    private static boolean isOfJava(Object value) {
        return value.getClass().getName().startsWith("java.util.");
    }

    private static Object component(Record parts, RecordComponent part) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(parts);
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            return null;
        }
    }
}
