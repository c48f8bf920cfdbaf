package mechanics.training.tasks;

import java.util.List;

import mechanics.linalg.Array;
import mechanics.training.Derivatives;
import mechanics.training.Observable;
import mechanics.training.Snapshot;
import mechanics.training.Task;

/**
 * The share of rows of outputs that are right. With several outputs: the largest is where the target is largest, or
 * at the target's class. With one output: it has the sign of the target ±1; for {@link Logistic} labels of 0 and 1,
 * it is positive where the label is 1.
 */
public record Accuracy() implements Observable {
    /** The accuracy on the data of a run. */
    public static Accuracy observable() { return new Accuracy(); }

    /**
     * The accuracy on the selected samples. Cost: a forward pass, if none was made.
     *
     * @param derivatives the loss over the samples at which it is taken
     */
    public static double of(Derivatives derivatives) {
        return of(derivatives.task(), derivatives.outputs(), derivatives.network().output().columns(),
                derivatives.targets());
    }

    /**
     * The accuracy of outputs.
     *
     * @param task the loss
     * @param outputs rows of {@code columns} numbers
     * @param columns the number of outputs of a sample
     * @param targets as the task expects
     */
    public static double of(Task task, Array outputs, int columns, Array targets) {
        int rows = outputs.length() / columns;
        int width = targets.length() / rows;
        int right = 0;
        for (int row = 0; row < rows; row++) {
            if (columns == 1) {
                double label = targets.get(row);
                double threshold = (task instanceof Logistic logistic && logistic.zeroOne()) ? 0.5 : 0;
                if ((label > threshold) == (outputs.get(row) > 0)) right++;
            } else {
                int expected = width == 1
                        ? (int) targets.get(row)
                        : targets.largestAt(row * width, columns);
                if (outputs.largestAt(row * columns, columns) == expected) right++;
            }
        }
        return (double) right / rows;
    }

    @Override
    public List<String> columns() { return List.of("accuracy"); }

    @Override
    public double[] measure(Snapshot snapshot) { return new double[]{of(snapshot.derivatives())}; }
}
