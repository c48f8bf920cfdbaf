package mechanics.learners;

import java.util.Arrays;

import mechanics.data.LabeledSamples;
import mechanics.data.Samples;

/**
 * A way to learn from samples, of whichever library: what is learned depends on the samples and the learner's own
 * seed alone, so that training twice gives the same.
 *
 * <pre>{@code
 * Learner<LabeledSamples> forest = Tribuo.forest(50, 0.1, 1);
 * int[] answers = forest.train(digits.train().labeled()).labels(digits.test().doubles());
 * }</pre>
 *
 * @param <S> what it learns from: {@link LabeledSamples} to classify, {@link Samples} for regression
 */
public interface Learner<S> {
    /**
     * Learns.
     *
     * @param train at least one sample. Not modified.
     * @throws IllegalArgumentException where the samples do not fit the learner
     */
    Fitted train(S train);

    /** Who wrote the learner: {@code Tribuo}, {@code Smile} or {@code Learning Mechanics}. */
    String library();

    /**
     * A learner of classes from one that does regression: targets are +1 for a sample's class and −1 for all others,
     * and the answer is the class with the largest prediction.
     */
    static Learner<LabeledSamples> oneAgainstRest(Learner<Samples> regression) {
        return new OneAgainstRest(regression);
    }

    /** Regression on signs. */
    record OneAgainstRest(Learner<Samples> regression) implements Learner<LabeledSamples> {
        @Override
        public Fitted train(LabeledSamples train) {
            double[][] signs = train.oneHot().targets();
            for (double[] row : signs) Arrays.setAll(row, c -> 2 * row[c] - 1);
            return regression.train(Samples.of(train.inputs(), signs));
        }

        @Override
        public String library() { return regression.library(); }
    }
}
