package mechanics.learners;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;

import smile.classification.Classifier;
import smile.classification.DataFrameClassifier;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.formula.Formula;

import mechanics.base.Require;
import mechanics.data.LabeledSamples;

/** Classifiers of Smile. */
final class SmileClassification {
    private SmileClassification() {}

    /** Those that take arrays. */
    record OfArrays(BiFunction<double[][], int[], ? extends Classifier<double[]>> fit, long seed)
            implements
                Learner<LabeledSamples> {
        @Override
        public Fitted train(LabeledSamples train) {
            int width = Require.matrix("train", train.inputs());
            Classifier<double[]> model = Seeded.train(seed, () -> fit.apply(train.inputs(), train.labels()));
            return new FittedArrays(model, width, train.classes());
        }

        @Override
        public String library() { return "Smile"; }
    }

    /** Those that take tables. */
    record OfTables(BiFunction<Formula, DataFrame, ? extends DataFrameClassifier> fit, long seed)
            implements
                Learner<LabeledSamples> {
        @Override
        public Fitted train(LabeledSamples train) {
            int width = Require.matrix("train", train.inputs());
            DataFrame table = train.toSmile();
            DataFrameClassifier model = Seeded.train(seed, () -> fit.apply(Formula.lhs("class"), table));
            return new FittedTables(model, width, train.classes());
        }

        @Override
        public String library() { return "Smile"; }
    }

    private record FittedArrays(Classifier<double[]> model, int width, int classes) implements Fitted {
        @Override
        public double[][] scores(double[][] inputs) {
            Require.rowsOf("inputs", inputs, width, "as in training");
            return SmileClassification.scores(model, inputs, classes);
        }

        @Override
        public int[] labels(double[][] inputs) {
            Require.rowsOf("inputs", inputs, width, "as in training");
            return model.predict(inputs);
        }

        @Override
        public Map<String, double[][]> parameters() { return Map.of(); }
    }

    private record FittedTables(DataFrameClassifier model, int width, int classes) implements Fitted {
        @Override
        public double[][] scores(double[][] inputs) {
            if (inputs.length == 0) return new double[0][classes];
            DataFrame table = table(inputs);
            var rows = new Tuple[inputs.length];
            Arrays.setAll(rows, table::get);
            return SmileClassification.scores(model, rows, classes);
        }

        @Override
        public int[] labels(double[][] inputs) {
            return inputs.length == 0 ? new int[0] : model.predict(table(inputs));
        }

        private DataFrame table(double[][] inputs) {
            Require.rowsOf("inputs", inputs, width, "as in training");
            // The labels are not looked at.
            return LabeledSamples.of(inputs, new int[inputs.length], classes).toSmile();
        }

        @Override
        public Map<String, double[][]> parameters() { return Map.of(); }
    }

    /** Probabilities of a classifier that has them, else 1 for its answer and 0 for other classes. */
    private static <T> double[][] scores(Classifier<T> model, T[] inputs, int classes) {
        int[] known = model.classes();
        var scores = new double[inputs.length][classes];
        var own = new double[known.length];
        for (int i = 0; i < inputs.length; i++) {
            int answer;
            if (model.isSoft()) {
                answer = model.predict(inputs[i], own);
            } else {
                answer = model.predict(inputs[i]);
                for (int c = 0; c < known.length; c++) own[c] = known[c] == answer ? 1 : 0;
            }
            Arrays.fill(scores[i], Double.NEGATIVE_INFINITY);
            for (int c = 0; c < known.length; c++) scores[i][known[c]] = own[c];
        }
        return scores;
    }
}
