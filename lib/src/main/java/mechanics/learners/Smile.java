package mechanics.learners;

import java.util.function.BiFunction;
import java.util.stream.Stream;

import smile.classification.Classifier;
import smile.classification.DataFrameClassifier;
import smile.classification.GradientTreeBoost;
import smile.classification.KNN;
import smile.classification.SVM;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.math.kernel.MercerKernel;
import smile.model.mlp.Layer;
import smile.model.mlp.LayerBuilder;
import smile.model.mlp.OutputFunction;
import smile.model.mlp.OutputLayerBuilder;
import smile.regression.DataFrameRegression;
import smile.regression.GaussianProcessRegression;
import smile.regression.OLS;
import smile.regression.Regression;
import smile.regression.RidgeRegression;
import smile.util.function.TimeFunction;

import mechanics.base.Require;
import mechanics.base.Seed;
import mechanics.data.LabeledSamples;
import mechanics.data.Samples;
import mechanics.kernels.AnalyticKernel;

/**
 * Learners of Smile, and learners for it. Every training runs on one thread with Smile's generator of random numbers at
 * the learner's seed, which goes through {@link Seed#plain}: training again gives the same. A regression on several
 * targets fits one model for each, in order.
 */
public final class Smile {
    private Smile() {}

    /** Any of Smile's classifiers of arrays, such as {@code (x, y) -> LDA.fit(x, y)}. */
    public static Learner<LabeledSamples> classification(
            BiFunction<double[][], int[], ? extends Classifier<double[]>> fit, long seed) {
        return new SmileClassification.OfArrays(fit, seed);
    }

    /** Any of Smile's classifiers by formula, such as {@code (formula, table) -> RandomForest.fit(formula, table)}. */
    public static Learner<LabeledSamples> tableClassification(
            BiFunction<Formula, DataFrame, ? extends DataFrameClassifier> fit, long seed) {
        return new SmileClassification.OfTables(fit, seed);
    }

    /** Any of Smile's regressions on arrays. */
    public static Learner<Samples> regression(
            BiFunction<double[][], double[], ? extends Regression<double[]>> fit, long seed) {
        return new SmileRegression((x, y) -> {
            Regression<double[]> model = fit.apply(x, y);
            return new SmileRegression.Machine(model, rows -> model.predict(rows));
        }, seed);
    }

    /** Any of Smile's regressions by formula, such as {@code (formula, table) -> OLS.fit(formula, table)}. */
    public static Learner<Samples> tableRegression(
            BiFunction<Formula, DataFrame, ? extends DataFrameRegression> fit, long seed) {
        return new SmileRegression((x, y) -> {
            var model = fit.apply(Formula.lhs("y0"), column(x, y).toSmile());
            return new SmileRegression.Machine(model,
                    rows -> model.predict(column(rows, new double[rows.length]).toSmile()));
        }, seed);
    }

    private static Samples column(double[][] x, double[] y) {
        return Samples.of(x, Stream.iterate(0, i -> i < y.length, i -> i + 1).map(i -> new double[]{y[i]})
                .toArray(double[][]::new));
    }

    /** A random forest. */
    public static Learner<LabeledSamples> forest(smile.classification.RandomForest.Options options,
            long seed) {
        return tableClassification(
                (formula, table) -> smile.classification.RandomForest.fit(formula, table, options), seed);
    }

    /** A random forest for regression. */
    public static Learner<Samples> forest(smile.regression.RandomForest.Options options, long seed) {
        return tableRegression(
                (formula, table) -> smile.regression.RandomForest.fit(formula, table, options), seed);
    }

    /** Boosted trees. */
    public static Learner<LabeledSamples> boosting(GradientTreeBoost.Options options, long seed) {
        return tableClassification((formula, table) -> GradientTreeBoost.fit(formula, table, options), seed);
    }

    /** Boosted trees for regression. */
    public static Learner<Samples> boosting(smile.regression.GradientTreeBoost.Options options, long seed) {
        return tableRegression(
                (formula, table) -> smile.regression.GradientTreeBoost.fit(formula, table, options), seed);
    }

    /** The vote of the k nearest training samples, by Euclidean distance. */
    public static Learner<LabeledSamples> neighbors(int k) {
        return classification((x, y) -> KNN.fit(x, y, k), 0);
    }

    /**
     * The mean of a Gaussian process given the targets, (K + noise I)⁻¹ y: kernel regression with ridge {@code noise}.
     * Its parameters are {@code dual}, k × n, the coefficients of the kernel at the training samples.
     *
     * @param kernel any of Smile's, or {@link #tangentKernel} and {@link #gaussianProcessKernel} of infinite networks
     * @param noise the variance of the noise, positive
     */
    public static Learner<Samples> gaussianProcess(MercerKernel<double[]> kernel, double noise) {
        return regression((x, y) -> GaussianProcessRegression.fit(x, y, kernel,
                new GaussianProcessRegression.Options(noise)), 0);
    }

    /**
     * A support vector machine between two classes for each target, which must be +1 or −1; the predictions are the
     * margins. With {@link Learner#oneAgainstRest} it tells several classes apart.
     *
     * @param cost C, the price of margin errors
     */
    public static Learner<Samples> supportVectors(MercerKernel<double[]> kernel, double cost, long seed) {
        return new SmileRegression((x, y) -> {
            var machine = SVM.fit(x, signs(y), kernel, new SVM.Options(cost));
            return new SmileRegression.Machine(machine,
                    rows -> Stream.of(rows).mapToDouble(machine::score).toArray());
        }, seed);
    }

    private static int[] signs(double[] targets) {
        var signs = new int[targets.length];
        for (int i = 0; i < signs.length; i++) {
            if (Math.abs(targets[i]) != 1) {
                throw new IllegalArgumentException(
                        "target = " + targets[i] + " of sample " + i + ": expected +1 or −1");
            }
            signs[i] = (int) targets[i];
        }
        return signs;
    }

    /**
     * Ridge regression with penalty λ |w|² on the weights of the inputs, which Smile first standardizes; the intercept is
     * free. Parameters: {@code weights}, k × d, and {@code bias}, k × 1, for inputs as given.
     */
    public static Learner<Samples> ridge(double lambda) {
        return tableRegression((formula, table) -> RidgeRegression.fit(formula, table, lambda), 0);
    }

    /** Ordinary least squares with an intercept, for more samples than inputs. Parameters as of {@link #ridge}. */
    public static Learner<Samples> leastSquares() {
        return tableRegression((formula, table) -> OLS.fit(formula, table), 0);
    }

    /**
     * A multilayer perceptron with rectifiers and a softmax, trained on one sample at a time in their order.
     *
     * @param rate the learning rate
     * @param epochs passes over the samples
     * @param widths those of the hidden layers
     */
    public static Learner<LabeledSamples> perceptron(double rate, int epochs, long seed, int... widths) {
        int[] hidden = widths.clone();
        return classification((x, y) -> {
            var output = Layer.mle(classes(y), OutputFunction.SOFTMAX);
            var network = new smile.classification.MLP(layers(x[0].length, hidden, output));
            network.setLearningRate(TimeFunction.constant(rate));
            for (int epoch = 0; epoch < epochs; epoch++) {
                for (int i = 0; i < x.length; i++) network.update(x[i], y[i]);
            }
            return network;
        }, seed);
    }

    /** A multilayer perceptron with rectifiers for regression on the squared error, trained in the same way. */
    public static Learner<Samples> perceptronRegression(double rate, int epochs, long seed, int... widths) {
        int[] hidden = widths.clone();
        return regression((x, y) -> {
            var output = Layer.mse(1, OutputFunction.LINEAR);
            var network = new smile.regression.MLP(layers(x[0].length, hidden, output));
            network.setLearningRate(TimeFunction.constant(rate));
            for (int epoch = 0; epoch < epochs; epoch++) {
                for (int i = 0; i < x.length; i++) network.update(x[i], y[i]);
            }
            return network;
        }, seed);
    }

    private static LayerBuilder[] layers(int inputs, int[] hidden, OutputLayerBuilder output) {
        var layers = new LayerBuilder[hidden.length + 2];
        layers[0] = Layer.input(inputs);
        for (int i = 0; i < hidden.length; i++) {
            layers[i + 1] = Layer.rectifier(Require.positive("width", hidden[i]));
        }
        layers[hidden.length + 1] = output;
        return layers;
    }

    private static int classes(int[] labels) {
        return Math.addExact(java.util.Arrays.stream(labels).max().orElse(0), 1);
    }

    /** The neural tangent kernel of infinitely wide networks, for Smile's kernel machines. */
    public static MercerKernel<double[]> tangentKernel(AnalyticKernel kernel) {
        return new NetworkKernel(kernel, true);
    }

    /** The kernel of the Gaussian process that infinitely wide networks are at the start (NNGP). */
    public static MercerKernel<double[]> gaussianProcessKernel(AnalyticKernel kernel) {
        return new NetworkKernel(kernel, false);
    }

    /**
     * Trains any learner as a classifier of Smile, for its validation and ensembles:
     *
     * <pre>{@code CrossValidation.classification(5, x, y, (a, b) -> Smile.classifier(learner, a, b))}</pre>
     *
     * @param labels numbers of classes from 0; as many classes as the largest says
     */
    public static Classifier<double[]> classifier(Learner<LabeledSamples> learner, double[][] inputs,
            int[] labels) {
        int classes = classes(labels);
        return new FittedClassifier(learner.train(LabeledSamples.of(inputs, labels, classes)), classes);
    }

    /** Trains any learner on one target as a regression of Smile. */
    public static Regression<double[]> regression(Learner<Samples> learner, double[][] inputs,
            double[] targets) {
        Require.sameLength("targets", targets.length, "inputs", inputs.length);
        return new FittedRegression(learner.train(column(inputs, targets)));
    }

    /** What was learned, as Smile's classifiers are. */
    @SuppressWarnings("serial") // What a learner has learned cannot be serialized, and neither can this.
    private static final class FittedClassifier extends smile.classification.AbstractClassifier<double[]> {
        private final Fitted fitted;

        FittedClassifier(Fitted fitted, int classes) {
            super(smile.util.IntSet.of(classes));
            this.fitted = fitted;
        }

        @Override
        public int predict(double[] x) { return fitted.labels(new double[][]{x})[0]; }

        @Override
        public int[] predict(double[][] x) { return fitted.labels(x); }
    }

    /** What was learned, as Smile's regressions are. */
    @SuppressWarnings("serial") // As above.
    private record FittedRegression(Fitted fitted) implements Regression<double[]> {
        @Override
        public double predict(double[] x) { return fitted.scores(new double[][]{x})[0][0]; }

        @Override
        public double[] predict(double[][] x) {
            return Stream.of(fitted.scores(x)).mapToDouble(row -> row[0]).toArray();
        }
    }
}
