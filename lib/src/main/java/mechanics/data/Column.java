package mechanics.data;

import java.util.Arrays;
import java.util.List;

/** A column of a {@link Table}. */
public sealed interface Column {

    String name();

    /** The number of rows. */
    int size();

    /** Whether the value of this row is unknown. */
    boolean isMissing(int row);

    /** The column with these rows only, in this order. */
    Column rows(int... indices);

    /**
     * Numbers; an unknown one is NaN.
     *
     * @param name of the column
     * @param values one a row
     */
    record Numeric(String name, List<Double> values) implements Column {

        public Numeric {
            values = List.copyOf(values);
        }

        @Override
        public int size() { return values.size(); }

        @Override
        public boolean isMissing(int row) { return values.get(row).isNaN(); }

        @Override
        public Numeric rows(int... indices) {
            return new Numeric(name, Arrays.stream(indices).mapToObj(values::get).toList());
        }

        /** The values. A fresh copy. */
        public double[] toArray() {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /**
     * One of a few names; an unknown one has the code −1.
     *
     * @param name of the column
     * @param levels the names
     * @param codes the index of its level for each row
     */
    record Categorical(String name, List<String> levels, List<Integer> codes) implements Column {

        public Categorical {
            levels = List.copyOf(levels);
            codes = List.copyOf(codes);
            for (int code : codes) {
                if (code < -1 || code >= levels.size()) {
                    throw new IllegalArgumentException(
                            "code = " + code + ": expected -1 to " + (levels.size() - 1));
                }
            }
        }

        /** From a name for each row, null where it is unknown. Levels are in alphabetical order. */
        static Categorical of(String name, List<String> names) {
            List<String> levels = names.stream().filter(value -> value != null).distinct().sorted().toList();
            return new Categorical(name, levels, names.stream().map(levels::indexOf).toList());
        }

        @Override
        public int size() { return codes.size(); }

        @Override
        public boolean isMissing(int row) { return codes.get(row) < 0; }

        /** {@inheritDoc} Keeps all levels, so that parts of a table agree on their codes. */
        @Override
        public Categorical rows(int... indices) {
            return new Categorical(name, levels, Arrays.stream(indices).mapToObj(codes::get).toList());
        }

        /** The codes. A fresh copy. */
        public int[] toArray() {
            return codes.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
