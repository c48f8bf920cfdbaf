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
    private static final int MOST_IN_ALL = 2000;
    /** Arrays that are looked for inside of a value. */
    private static final int MOST_ARRAYS = 200;
    private static final int DEEPEST = 6;

    private final IdentityHashMap<Object, String> arrays = new IdentityHashMap<>();
    private int left = MOST_IN_ALL;

    private PlainText() {}

    static String of(Object value) { return new PlainText().text(value, 0); }

    private String text(Object value, int depth) {
        if (value != null && value.getClass().isArray()) {
            return array(value, depth);
        }
        String text = String.valueOf(value);
        if (!text.contains("[") || !text.contains("@")) {
            return text;
        }
        PlainText inside = new PlainText();
        inside.collect(value, 0);
        for (Map.Entry<Object, String> found : inside.arrays.entrySet()) {
            text = text.replace(found.getValue(), array(found.getKey(), depth + 1));
        }
        return text;
    }

    private String array(Object array, int depth) {
        int length = Array.getLength(array);
        if (depth > DEEPEST && length > 0) {
            return "[...]"; // it may contain itself
        }
        StringBuilder text = new StringBuilder("[");
        int shown = 0;
        for (; shown < Math.min(length, MOST_ELEMENTS) && left > 0; shown++) {
            left--;
            text.append(shown == 0 ? "" : ", ").append(text(Array.get(array, shown), depth + 1));
        }
        return text.append(length > shown ? (shown > 0 ? ", " : "") + "... (" + length + " in all)]" : "]")
                .toString();
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
