package mechanics.kernels;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much of a function a predictor has learned, from the values of both at the same samples.
 *
 * <p>Learnability is the share of the function that is in the predictor, ⟨f, f̂⟩ / ⟨f, f⟩: 1 for f̂ = f, 0 for f̂ = 0
 * (Simon et al. 2023). Averages are over the samples.
 *
 * @param learnability ⟨f, f̂⟩ / ⟨f, f⟩
 * @param error the mean of (f − f̂)²
 */
public record Learnability(double learnability, double error) {

    /**
     * Compares targets and predictions column by column.
     *
     * @param targets f, m × k, rows are samples, no column zero. Not modified.
     * @param predictions f̂, m × k. Not modified.
     * @return one for each column
     */
    public static List<Learnability> of(double[][] targets, double[][] predictions) {
        if (targets.length == 0 || targets.length != predictions.length)
            throw new IllegalArgumentException("targets has " + targets.length + " rows, predictions "
                    + predictions.length + ": expected one for each sample in both");
        return IntStream.range(0, targets[0].length).mapToObj(column -> of(targets, predictions, column))
                .toList();
    }

    private static Learnability of(double[][] targets, double[][] predictions, int column) {
        double overlap = 0;
        double norm = 0;
        double error = 0;
        for (int i = 0; i < targets.length; i++) {
            double f = targets[i][column];
            double predicted = predictions[i][column];
            overlap += f * predicted;
            norm += f * f;
            error += (f - predicted) * (f - predicted);
        }
        if (norm == 0)
            throw new IllegalArgumentException(
                    "targets has a column " + column + " of zeros: expected a function to"
                            + " learn");
        return new Learnability(overlap / norm, error / targets.length);
    }
}
