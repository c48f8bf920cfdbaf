package mechanics.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import smile.data.DataFrame;
import smile.data.measure.NominalScale;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;
import smile.data.vector.ValueVector;

/** Data sets as Smile takes them. */
final class SmileBridge {

    private SmileBridge() {}

    static DataFrame classification(SampleRows x, int[] labels, List<String> classNames) {
        List<ValueVector> columns = inputs(x);
        columns.add(nominal("class", labels, classNames));
        return new DataFrame(columns.toArray(ValueVector[]::new));
    }

    static DataFrame regression(SampleRows x, double[][] y) {
        List<ValueVector> columns = inputs(x);
        for (int k = 0; k < y[0].length; k++) {
            int column = k;
            columns.add(
                    numeric("y" + k, IntStream.range(0, y.length).mapToDouble(i -> y[i][column]).toArray()));
        }
        return new DataFrame(columns.toArray(ValueVector[]::new));
    }

    private static List<ValueVector> inputs(SampleRows x) {
        List<String> names = TribuoBridge.featureNames(x.dimension());
        List<ValueVector> columns = new ArrayList<>();
        for (int j = 0; j < names.size(); j++) {
            int column = j;
            columns.add(numeric(names.get(j),
                    IntStream.range(0, x.size()).mapToDouble(i -> x.at(i, column)).toArray()));
        }
        return columns;
    }

    static ValueVector numeric(String name, double[] values) { return new DoubleVector(name, values); }

    static ValueVector nominal(String name, int[] codes, List<String> levels) {
        return new IntVector(new StructField(name, DataTypes.IntType, new NominalScale(levels)), codes);
    }
}
