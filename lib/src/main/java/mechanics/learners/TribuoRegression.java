package mechanics.learners;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.regression.Regressor;

import mechanics.base.Require;
import mechanics.data.Samples;

/** A trainer of Tribuo for numbers. */
record TribuoRegression(Supplier<? extends Trainer<Regressor>> trainer) implements Learner<Samples> {
    @Override
    public Fitted train(Samples train) {
        int width = Require.matrix("train", train.inputs());
        int targets = Require.matrix("targets of train", train.targets());
        return new OfTribuo(trainer.get().train(train.toTribuo()), width, targets);
    }

    @Override
    public String library() { return "Tribuo"; }

    /** A trained model with targets {@code y0}, {@code y1}, …. */
    private record OfTribuo(Model<Regressor> model, int width, int targets) implements Fitted {
        @Override
        public double[][] scores(double[][] inputs) {
            Require.rowsOf("inputs", inputs, width, "as in training");
            if (inputs.length == 0) return new double[0][targets];
            // The targets are not looked at.
            var data = Samples.of(inputs, new double[inputs.length][targets]).toTribuo();
            return model.predict(data).stream().map(p -> values(p.getOutput())).toArray(double[][]::new);
        }

        /** In the order of our targets, not of their names, where y10 comes before y2. */
        private double[] values(Regressor output) {
            return IntStream.range(0, targets)
                    .mapToDouble(k -> output.getDimension("y" + k).orElseThrow().getValue()).toArray();
        }

        @Override
        public Map<String, double[][]> parameters() {
            return TribuoWeights.of(model, width, targets,
                    output -> Integer.parseInt(output.getNames()[0].substring(1)));
        }
    }
}
