package mechanics.data;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Data sets as Tribuo takes them. Their provenance names the set and how it was made. */
final class TribuoBridge {

    /** Tribuo stamps a time on provenance; a fixed one keeps two runs byte-identical. */
    private static final OffsetDateTime TIME = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);

    private TribuoBridge() {}

    static MutableDataset<Label> classification(String name, SampleRows x, int[] labels,
            List<String> classNames) {
        List<Label> outputs = classNames.stream().map(Label::new).toList();
        return dataset(name, featureNames(x.dimension()), x, i -> outputs.get(labels[i]), new LabelFactory());
    }

    static MutableDataset<Label> classification(String name, List<String> featureNames, SampleRows x,
            IntFunction<String> output) {
        return dataset(name, featureNames, x, i -> new Label(output.apply(i)), new LabelFactory());
    }

    static MutableDataset<Regressor> regression(String name, List<String> featureNames, SampleRows x,
            List<String> targetNames, double[][] y) {
        String[] names = targetNames.toArray(String[]::new);
        return dataset(name, featureNames, x, i -> new Regressor(names, y[i].clone()),
                new RegressionFactory());
    }

    /** Names in the order of the columns: Tribuo sorts features by name. */
    static List<String> featureNames(int dimension) {
        int digits = Math.max(4, String.valueOf(dimension - 1).length());
        return IntStream.range(0, dimension).mapToObj(j -> {
            String number = String.valueOf(j);
            return "x" + "0".repeat(digits - number.length()) + number;
        }).toList();
    }

    private static <T extends Output<T>> MutableDataset<T> dataset(String name, List<String> featureNames,
            SampleRows x,
            IntFunction<T> output, OutputFactory<T> factory) {
        String[] names = featureNames.toArray(String[]::new);
        List<Example<T>> examples = new ArrayList<>(x.size());
        for (int i = 0; i < x.size(); i++) {
            double[] values = new double[names.length];
            for (int j = 0; j < values.length; j++) {
                values[j] = x.at(i, j);
            }
            examples.add(new ArrayExample<>(output.apply(i), names, values));
        }
        return new MutableDataset<>(
                new ListDataSource<>(examples, factory, new SimpleDataSourceProvenance(name, TIME, factory)));
    }
}
