package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    private record Box(Object content, int[] numbers) {}

    private static final List<Class<?>> ELEMENTS = List.of(boolean.class, byte.class, short.class, char.class,
            int.class,
            long.class, float.class, double.class, String.class, Integer.class, Object.class,
            Thread.State.class,
            List.class, Number.class, Runnable.class);

    @Test
    void noArrayOfAnyTypeShowsAnAddressWhereverItIs() {
        Random dice = new Random(4);
        for (Class<?> element : ELEMENTS) {
            for (int dimensions = 1; dimensions <= 4; dimensions++) {
                Class<?> type = element;
                for (int i = 1; i < dimensions; i++) {
                    type = type.arrayType();
                }
                Object array = filled(type, dice);
                String text = PlainText.of(array);
                assertFalse(text.contains("@"), text);
                assertTrue(text.startsWith("[") && text.endsWith("]"), text);
                Map<String, Object> map = new LinkedHashMap<>(Map.of("key", array));
                for (Object holder : List.of(List.of(array), map, Optional.of(array),
                        new Box(array, new int[]{1}),
                        List.of(List.of(new Box(List.of(array), null))),
                        new Object[]{array, List.of(array)})) {
                    assertFalse(PlainText.of(holder).contains("@"), () -> PlainText.of(holder));
                    assertTrue(PlainText.of(holder).contains(text), () -> PlainText.of(holder));
                }
            }
        }
    }

    private static Object filled(Class<?> type, Random dice) {
        Object array = Array.newInstance(type, dice.nextInt(4));
        for (int i = 0; type.isArray() && i < Array.getLength(array); i++) {
            Array.set(array, i, dice.nextInt(4) == 0 ? null : filled(type.componentType(), dice));
        }
        return array;
    }

    @Test
    void textIsAsItAlwaysWas() {
        assertEquals("[1.0, 0.5]", PlainText.of(new double[]{1, 0.5}));
        assertEquals("[[1], [2, 3]]", PlainText.of(new int[][]{{1}, {2, 3}}));
        assertEquals("[[a], null]", PlainText.of(new String[][]{{"a"}, null}));
        assertEquals("Box[content=[x], numbers=[1, 2]]",
                PlainText.of(new Box(List.of("x"), new int[]{1, 2})));
        assertEquals("null", PlainText.of(null));
        assertEquals("a [I@b", PlainText.of("a [I@b"));
        assertTrue(PlainText.of(new int[30]).endsWith("0, ... (30 in all)]"));
    }

    @Test
    void anArrayMayContainItself() {
        Object[] loop = new Object[2];
        loop[0] = loop;
        assertTrue(PlainText.of(loop).contains("..."));
        List<Object> list = new ArrayList<>();
        list.add(loop);
        loop[1] = list;
        assertTrue(PlainText.of(list).length() < 10_000);
    }
}
