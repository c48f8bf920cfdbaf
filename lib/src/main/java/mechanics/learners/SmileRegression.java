package mechanics.learners;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import smile.regression.GaussianProcessRegression;
import smile.regression.LinearModel;

import mechanics.base.Require;
import mechanics.data.Samples;

/** Regressions of Smile, one model for each target. */
record SmileRegression(BiFunction<double[][], double[], Machine> fit, long seed) implements Learner<Samples> {
    /** A model and how it predicts. */
    record Machine(Object model, Function<double[][], double[]> predict) {}

    @Override
    public Fitted train(Samples train) {
        int width = Require.matrix("train", train.inputs());
        int targets = Require.matrix("targets of train", train.targets());
        return Seeded.train(seed, () -> new OfSmile(machines(train, targets), width));
    }

    private List<Machine> machines(Samples train, int targets) {
        var machines = new ArrayList<Machine>();
        for (int k = 0; k < targets; k++) {
            var column = new double[train.size()];
            for (int i = 0; i < column.length; i++) column[i] = train.targets()[i][k];
            machines.add(fit.apply(train.inputs(), column));
        }
        return List.copyOf(machines);
    }

    @Override
    public String library() { return "Smile"; }

    private record OfSmile(List<Machine> machines, int width) implements Fitted {
        @Override
        public double[][] scores(double[][] inputs) {
            Require.rowsOf("inputs", inputs, width, "as in training");
            var scores = new double[inputs.length][machines.size()];
            if (inputs.length == 0) return scores;
            for (int k = 0; k < machines.size(); k++) {
                double[] column = machines.get(k).predict().apply(inputs);
                for (int i = 0; i < scores.length; i++) scores[i][k] = column[i];
            }
            return scores;
        }

        @Override
        public Map<String, double[][]> parameters() {
            return switch (machines.getFirst().model()) {
                case LinearModel _ -> Map.of(
                        "weights", rows(LinearModel.class, m -> m.coefficients().toArray(new double[0])),
                        "bias", rows(LinearModel.class, m -> new double[]{m.intercept()}));
                case GaussianProcessRegression<?> _ -> Map.of("dual",
                        rows(GaussianProcessRegression.class, m -> m.w.toArray(new double[0])));
                default -> Map.of();
            };
        }

        private <M> double[][] rows(Class<M> type, Function<M, double[]> row) {
            return machines.stream().map(machine -> row.apply(type.cast(machine.model())))
                    .toArray(double[][]::new);
        }

        @Override
        public Object model() {
            return machines.size() == 1
                    ? machines.getFirst().model()
                    : machines.stream().map(Machine::model).toList();
        }
    }
}
