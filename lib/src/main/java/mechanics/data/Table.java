package mechanics.data;

import mechanics.base.Numerals;
import mechanics.base.Permutation;
import mechanics.base.Seed;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

import smile.data.DataFrame;
import smile.data.vector.ValueVector;

/**
 * A small table: columns of numbers and of names, one of them the target to predict.
 *
 * @param name what it is
 * @param columns of equal length, with distinct names
 * @param target the name of the column to predict
 */
public record Table(String name, List<Column> columns, String target) {

    public Table {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException(
                        "column " + column.name() + " occurs twice: expected distinct names");
            }
            if (column.size() != columns.getFirst().size()) {
                throw new IllegalArgumentException(
                        "column %s has %d rows: expected %d".formatted(column.name(),
                                column.size(), columns.getFirst().size()));
            }
        }
        if (!names.contains(target)) {
            throw new IllegalArgumentException("target = " + target + ": expected one of " + names);
        }
    }

    /**
     * Reads a file of comma-separated values with a header line, in UTF-8 with or without a byte-order mark; lines end as
     * on any system, values may stand in double quotes. A column is numeric if all its known values are numbers, of the
     * grammar of {@link Numerals#number}, and else one of names; {@code NA}, {@code NaN} and nothing stand for unknown
     * values.
     *
     * @throws DataFileException if the file is missing, its lines differ in length, a number is beyond the largest
     * double, or the target is not a column
     */
    public static Table read(Path file, String name, String target) {
        List<List<String>> lines = lines(file);
        if (lines.isEmpty()) throw new DataFileException(file, "is empty: expected a header line");
        List<String> header = lines.getFirst();
        if (!header.contains(target)) {
            throw new DataFileException(file, "columns " + header + ": expected one named " + target);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).size() != header.size()) {
                throw new DataFileException(file, "record " + (i + 1) + " has " + lines.get(i).size()
                        + " values: expected " + header.size() + ", as in the header");
            }
        }
        if (new HashSet<>(header).size() < header.size()) {
            throw new DataFileException(file, "columns " + header + ": expected distinct names");
        }
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < header.size(); j++) {
            int column = j;
            try {
                columns.add(
                        column(header.get(j), lines.stream().skip(1).map(line -> line.get(column)).toList()));
            } catch (IllegalArgumentException e) {
                throw new DataFileException(file, "column " + header.get(j) + " holds " + e.getMessage(), e);
            }
        }
        return new Table(name, columns, target);
    }

    /** The lines of a file of comma-separated values. */
    static List<List<String>> lines(Path file) {
        CSVFormat format = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).get();
        try (CSVParser records = format.parse(new StringReader(withoutMark(DataFile.text(file))))) {
            return records.stream().map(CSVRecord::toList).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new DataFileException(file,
                    "damaged: expected comma-separated values (" + e.getMessage() + ")", e);
        }
    }

    /** A text without the byte-order mark that some programs put first. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** A column of the kind its values ask for. */
    static Column column(String name, List<String> values) {
        List<String> known = values.stream()
                .map(value -> isUnknown(value.strip()) ? null : value).toList();
        var numbers = new ArrayList<Double>();
        IllegalArgumentException tooLarge = null;
        for (String value : known) {
            try {
                OptionalDouble number = value == null
                        ? OptionalDouble.of(Double.NaN)
                        : Numerals.number(value);
                if (number.isEmpty()) return Column.Categorical.of(name, known);
                numbers.add(number.getAsDouble());
            } catch (IllegalArgumentException e) {
                tooLarge = e;
            }
        }
        if (tooLarge != null) throw tooLarge;
        return new Column.Numeric(name, numbers);
    }

    private static boolean isUnknown(String value) {
        return value.isEmpty() || value.equals("NA") || value.equals("NaN");
    }

    /** The number of rows, n. */
    public int size() { return columns.getFirst().size(); }

    /** The column of this name. */
    public Column column(String columnName) {
        return columns.stream().filter(column -> column.name().equals(columnName)).findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("columnName = " + columnName + ": expected one of "
                                + columns.stream().map(Column::name).toList()));
    }

    /** The same table with another column to predict. */
    public Table withTarget(String newTarget) {
        return new Table(name, columns, newTarget);
    }

    /** The table without some columns. */
    public Table without(String... columnNames) {
        List<Column> dropped = Arrays.stream(columnNames).map(this::column).toList();
        return new Table(name, columns.stream().filter(column -> !dropped.contains(column)).toList(), target);
    }

    /** The rows without unknown values. */
    public Table complete() {
        return rows(name + ", complete rows", IntStream.range(0, size())
                .filter(i -> columns.stream().noneMatch(column -> column.isMissing(i))).toArray());
    }

    /** The same rows in a random order. */
    public Table shuffled(long seed) {
        return rows(name + ", shuffled with seed " + seed,
                Permutation.of(size(), Seed.of(seed).draw("shuffle")));
    }

    /** The first {@code trainSize} rows and the rest. Shuffle first: tables are often sorted by class. */
    public Split<Table> split(int trainSize) {
        if (trainSize < 0 || trainSize > size()) {
            throw new IllegalArgumentException("trainSize = " + trainSize + ": expected 0 to " + size());
        }
        return new Split<>(rows(name + ", first " + trainSize, IntStream.range(0, trainSize).toArray()),
                rows(name + ", after the first " + trainSize, IntStream.range(trainSize, size()).toArray()));
    }

    /** The names of the columns of {@link #inputs()}. */
    public List<String> inputNames() {
        List<String> names = new ArrayList<>();
        for (Column column : inputColumns()) {
            switch (column) {
                case Column.Numeric _ -> names.add(column.name());
                case Column.Categorical categorical -> {
                    for (String level : categorical.levels())
                        names.add(column.name() + "=" + level);
                }
            }
        }
        return names;
    }

    /**
     * All columns but the target as numbers; a categorical column becomes one column a level, 1 in that of
     * the row's level and 0 in the others.
     *
     * @return n × d
     * @throws IllegalArgumentException if a value is unknown, see {@link #complete()}
     */
    public double[][] inputs() {
        requireComplete();
        double[][] x = new double[size()][inputNames().size()];
        for (int i = 0; i < x.length; i++) {
            int j = 0;
            for (Column column : inputColumns()) {
                switch (column) {
                    case Column.Numeric numeric -> x[i][j++] = numeric.values().get(i);
                    case Column.Categorical categorical -> {
                        x[i][j + categorical.codes().get(i)] = 1;
                        j += categorical.levels().size();
                    }
                }
            }
        }
        return x;
    }

    /** The target's codes, length n; the target must be categorical and complete. */
    public int[] labels() {
        requireComplete();
        return categoricalTarget().toArray();
    }

    /** The names that the labels stand for; the target must be categorical. */
    public List<String> classNames() {
        return categoricalTarget().levels();
    }

    /** The target's values, length n; the target must be numeric and complete. */
    public double[] targets() {
        requireComplete();
        if (column(target) instanceof Column.Numeric numeric) return numeric.toArray();
        throw new IllegalArgumentException(
                "target = " + target + ", a column of names: expected numbers, see labels()");
    }

    /** For Tribuo's classifiers: the columns of {@link #inputs()}, and the names of the classes. */
    public MutableDataset<Label> toTribuoClassification() {
        int[] labels = labels();
        List<String> classes = classNames();
        return TribuoBridge.classification(name, inputNames(), SampleRows.of(inputs()),
                i -> classes.get(labels[i]));
    }

    /** For Tribuo's regressions: the columns of {@link #inputs()}, and the target under its name. */
    public MutableDataset<Regressor> toTribuoRegression() {
        double[][] y = Arrays.stream(targets()).mapToObj(value -> new double[]{value})
                .toArray(double[][]::new);
        return TribuoBridge.regression(name, inputNames(), SampleRows.of(inputs()), List.of(target), y);
    }

    /** For Smile: all columns, the target too, those of names as nominal ones. */
    public DataFrame toSmile() {
        requireComplete();
        return new DataFrame(columns.stream().map(column -> switch (column) {
            case Column.Numeric numeric -> SmileBridge.numeric(column.name(), numeric.toArray());
            case Column.Categorical categorical -> SmileBridge.nominal(column.name(), categorical.toArray(),
                    categorical.levels());
        }).toArray(ValueVector[]::new));
    }

    @Override
    public String toString() {
        return name + ": " + size() + " rows, " + columns.size() + " columns, target " + target;
    }

    private Table rows(String newName, int... indices) {
        return new Table(newName, columns.stream().map(column -> column.rows(indices)).toList(), target);
    }

    private List<Column> inputColumns() {
        return columns.stream().filter(column -> !column.name().equals(target)).toList();
    }

    private Column.Categorical categoricalTarget() {
        if (column(target) instanceof Column.Categorical categorical) return categorical;
        throw new IllegalArgumentException(
                "target = " + target + ", a column of numbers: expected names, see targets()");
    }

    private void requireComplete() {
        for (Column column : columns) {
            for (int i = 0; i < size(); i++) {
                if (column.isMissing(i)) {
                    throw new IllegalArgumentException("row " + i + ", column " + column.name()
                            + " is unknown: expected no unknown values, see complete()");
                }
            }
        }
    }
}
