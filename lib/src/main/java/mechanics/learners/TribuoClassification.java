package mechanics.learners;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;

import mechanics.base.Require;
import mechanics.data.LabeledSamples;

/** A trainer of Tribuo for classes. */
record TribuoClassification(Supplier<? extends Trainer<Label>> trainer) implements Learner<LabeledSamples> {
    @Override
    public Fitted train(LabeledSamples train) {
        int width = Require.matrix("train", train.inputs());
        return new OfTribuo(trainer.get().train(train.toTribuo()), width, train.classes());
    }

    @Override
    public String library() { return "Tribuo"; }

    /** A trained model with classes {@code 0}, {@code 1}, …. */
    private record OfTribuo(Model<Label> model, int width, int classes) implements Fitted {
        @Override
        public double[][] scores(double[][] inputs) {
            var predictions = predict(inputs);
            var scores = new double[inputs.length][classes];
            for (int i = 0; i < scores.length; i++) {
                Arrays.fill(scores[i], Double.NEGATIVE_INFINITY);
                for (var label : predictions.get(i).getOutputScores().values()) {
                    scores[i][number(label)] = label.getScore();
                }
            }
            return scores;
        }

        @Override
        public int[] labels(double[][] inputs) {
            return predict(inputs).stream().mapToInt(p -> number(p.getOutput())).toArray();
        }

        private List<Prediction<Label>> predict(double[][] inputs) {
            Require.rowsOf("inputs", inputs, width, "as in training");
            if (inputs.length == 0) return List.of();
            // The labels are not looked at.
            return model.predict(LabeledSamples.of(inputs, new int[inputs.length], classes).toTribuo());
        }

        @Override
        public Map<String, double[][]> parameters() {
            return TribuoWeights.of(model, width, classes, OfTribuo::number);
        }

        private static int number(Label label) { return Integer.parseInt(label.getLabel()); }
    }
}
