package mechanics.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import mechanics.base.Numerals;

/** Small tables, for first steps. */
public final class Tables {

    private static final List<String> WINE = List.of("alcohol", "malic_acid", "ash", "alcalinity_of_ash",
            "magnesium",
            "total_phenols", "flavanoids", "nonflavanoid_phenols", "proanthocyanins", "color_intensity",
            "hue",
            "od280_od315", "proline");

    private static final List<String> NUCLEI = Stream.of("mean", "error", "worst")
            .flatMap(statistic -> Stream
                    .of("radius", "texture", "perimeter", "area", "smoothness", "compactness",
                            "concavity", "concave_points", "symmetry", "fractal_dimension")
                    .map(quantity -> statistic + "_" + quantity))
            .toList();

    private Tables() {}

    /** 150 irises of 3 species, measured in cm (Anderson 1935; Fisher 1936). Target: {@code Species}. */
    public static Table iris() {
        return withHeader("Iris", "iris.csv", "Species", 150);
    }

    /**
     * 344 penguins of 3 species (Gorman, Williams and Fraser 2014; Horst, Hill and Gorman 2020). Some
     * values are unknown, see {@link Table#complete()}. Target: {@code species}.
     */
    public static Table penguins() { return withHeader("Penguins", "penguins.csv", "species", 344); }

    /** 178 wines of 3 cultivars, 13 chemical measurements (Forina et al. 1991). Target: {@code cultivar}. */
    public static Table wine() {
        return withCounts(dataset("wine_cultivars.csv"), "Wine", WINE, "cultivar", 178);
    }

    /**
     * 569 tumors, 30 measurements of cell nuclei (Wolberg, Street and Mangasarian 1995). Target: {@code
     * diagnosis}.
     */
    public static Table breastCancer() {
        return withCounts(dataset("breast_cancer_wdbc.csv"), "Breast cancer", NUCLEI, "diagnosis", 569);
    }

    /**
     * 1,030 concretes: ingredients in kg/m³, age in days, strength in MPa (Yeh 1998). Target:
     * {@code compressive_strength}.
     */
    public static Table concrete() {
        return withHeader("Concrete", "concrete.csv", "compressive_strength", 1030);
    }

    private static Table withHeader(String name, String file, String target, int rows) {
        Path path = dataset(file);
        Table table = Table.read(path, name, target);
        if (table.size() != rows) throw new DataFileException(path, table.size() + " rows: expected " + rows);
        return table;
    }

    /**
     * A file whose first line holds rows, features and the names of the classes, and whose last column is
     * the class.
     */
    static Table withCounts(Path path, String name, List<String> features, String target, int rows) {
        List<List<String>> lines = Table.lines(path);
        List<String> first = lines.isEmpty() ? List.of() : lines.getFirst();
        if (first.size() < 3 || !first.get(0).equals(String.valueOf(rows))
                || !first.get(1).equals(String.valueOf(features.size()))) {
            throw new DataFileException(path,
                    "first line " + first + ": expected " + rows + ", " + features.size()
                            + " and class names");
        }
        List<List<String>> body = lines.subList(1, lines.size());
        if (body.size() != rows) throw new DataFileException(path, body.size() + " rows: expected " + rows);
        List<String> classes = first.subList(2, first.size());
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j <= features.size(); j++) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                values.add(number(path, body.get(i), i + 2, j, features.size() + 1));
            }
            columns.add(j < features.size()
                    ? new Column.Numeric(features.get(j), values)
                    : new Column.Categorical(target, classes, codes(path, values, classes.size())));
        }
        return new Table(name, columns, target);
    }

    private static double number(Path path, List<String> line, int lineNumber, int column, int width) {
        if (line.size() != width) {
            throw new DataFileException(path,
                    "line " + lineNumber + " has " + line.size() + " values: expected " + width);
        }
        try {
            return Numerals.number(line.get(column)).orElseThrow(() -> new IllegalArgumentException(
                    "'" + line.get(column) + "': expected a number"));
        } catch (IllegalArgumentException e) {
            throw new DataFileException(path, "line " + lineNumber + " holds " + e.getMessage(), e);
        }
    }

    private static List<Integer> codes(Path path, List<Double> values, int classes) {
        return values.stream().map(value -> {
            if (value != Math.rint(value) || value < 0 || value >= classes) {
                throw new DataFileException(path, "class " + value + ": expected 0 to " + (classes - 1));
            }
            return value.intValue();
        }).toList();
    }

    private static Path dataset(String file) { return ProjectFolder.dataset("tabular/" + file); }
}
