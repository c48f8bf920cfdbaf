package mechanics.learners;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a {@link Learner} has learned: a function of inputs. */
public interface Fitted {
    /**
     * The predictions: of a regression the targets, of a classification a score for each class, where the library
     * decides what a score is (a probability, a share of votes, a margin). A class that no training sample had scores −∞.
     *
     * @param inputs n × d, rows are samples
     * @return n × k
     * @throws IllegalArgumentException where a row is not of the length of the training inputs
     */
    double[][] scores(double[][] inputs);

    /**
     * The predicted classes: the library's own answer, which for equal scores need not be the first.
     *
     * @param inputs n × d, rows are samples
     * @return n numbers of classes, from 0
     */
    default int[] labels(double[][] inputs) {
        return Stream.of(scores(inputs)).mapToInt(Fitted::largest).toArray();
    }

    /**
     * What was learned, where the library shows it: matrices by name, such as the {@code weights} of a linear model, one
     * row for each output. Empty where there is nothing to see, such as of a tree.
     */
    Map<String, double[][]> parameters();

    /** The library's own model; of a regression with several targets by a library that fits one, a list of them. */
    Object model();

    /** The index of the first largest number. */
    private static int largest(double[] row) {
        return IntStream.range(0, row.length).reduce((best, c) -> row[c] > row[best] ? c : best).orElse(-1);
    }
}
