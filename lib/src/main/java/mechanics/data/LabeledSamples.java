package mechanics.data;

import java.util.List;
import java.util.stream.IntStream;

import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;

import smile.data.DataFrame;

/**
 * Inputs with labels: a classification task. Holds the arrays it is given and gives out the same ones, so
 * treat them as read-only.
 */
public final class LabeledSamples {

    private final double[][] inputs;
    private final int[] labels;
    private final int classes;

    private LabeledSamples(double[][] inputs, int[] labels, int classes) {
        this.inputs = inputs;
        this.labels = labels;
        this.classes = classes;
    }

    /**
     * A classification task.
     *
     * @param inputs n × d, rows are samples. Not modified, but kept.
     * @param labels n labels from 0 to classes − 1. Not modified, but kept.
     */
    public static LabeledSamples of(double[][] inputs, int[] labels, int classes) {
        if (labels.length != inputs.length) {
            throw new IllegalArgumentException(
                    "labels has " + labels.length + " values: expected " + inputs.length + ", one an input");
        }
        for (int label : labels) {
            Targets.requireLabel(label, classes);
        }
        if (inputs.length > 0) SampleRows.of(inputs);
        return new LabeledSamples(inputs, labels, classes);
    }

    /** n × d, rows are samples. Shared: do not modify. */
    public double[][] inputs() { return inputs; }

    /** n labels from 0 to classes − 1. Shared: do not modify. */
    public int[] labels() { return labels; }

    public int classes() { return classes; }

    /** The number of samples, n. */
    public int size() { return labels.length; }

    /** With one-hot targets, n × classes. */
    public Samples oneHot() {
        return Samples.of(inputs, Targets.oneHot(labels, classes));
    }

    /** With targets −1 and +1, n × 1, for two classes. */
    public Samples signs() {
        return Samples.of(inputs, Targets.signs(labels));
    }

    /** For Tribuo's trainers: features {@code x0000}, …, outputs {@code 0}, {@code 1}, …. */
    public MutableDataset<Label> toTribuo() {
        return TribuoBridge.classification(toString(), SampleRows.of(inputs), labels, classNames());
    }

    /** For Smile's models with formulas: columns {@code x0000}, … and the nominal column {@code class}. */
    public DataFrame toSmile() {
        return SmileBridge.classification(SampleRows.of(inputs), labels, classNames());
    }

    @Override
    public String toString() { return size() + " samples of " + classes + " classes"; }

    private List<String> classNames() {
        return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    }
}
