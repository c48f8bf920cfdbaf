package mechanics.learners;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.evaluation.CrossValidation;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluator;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

import smile.classification.KNN;
import smile.classification.RandomForest;
import smile.data.formula.Formula;
import smile.math.MathEx;
import smile.math.kernel.GaussianKernel;
import smile.regression.GaussianProcessRegression;
import smile.regression.OLS;

import mechanics.base.Seed;
import mechanics.data.Digits;
import mechanics.data.Images;
import mechanics.data.LabeledSamples;
import mechanics.data.Samples;
import mechanics.data.Split;
import mechanics.kernels.AnalyticKernel;
import mechanics.kernels.KernelRegression;
import mechanics.network.zoo.Mlp;
import mechanics.training.rules.Adam;

class LearnersTest {
    private static final Split<Images> DIGITS = Digits.small().shuffled(1).take(400).split(300);
    private static final LabeledSamples TRAIN = DIGITS.train().labeled();
    private static final double[][] TEST = DIGITS.test().doubles();

    /** Two targets of three inputs, linear with noise. */
    private static Samples line(int n, long seed) {
        var random = Seed.of(seed).stream();
        var x = new double[n][3];
        var y = new double[n][2];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 3; j++) x[i][j] = random.nextGaussian();
            y[i][0] = 1 + 2 * x[i][0] - x[i][2] + 0.1 * random.nextGaussian();
            y[i][1] = x[i][1] + 0.1 * random.nextGaussian();
        }
        return Samples.of(x, y);
    }

    private static NetworkLearner network() {
        return NetworkLearner.of(Mlp.of(64, 32, 10).seed(1), Adam.of(3e-3).batch(50), 300).centered();
    }

    private static int[] tribuoLabels(Model<Label> model) {
        return model.predict(DIGITS.test().toTribuo()).stream()
                .mapToInt(p -> Integer.parseInt(p.getOutput().getLabel())).toArray();
    }

    @Test
    void tribuosModelsAnswerAsWithoutUs() {
        var data = DIGITS.train().toTribuo();
        assertArrayEquals(tribuoLabels(new CARTClassificationTrainer().train(data)),
                Tribuo.tree().train(TRAIN).labels(TEST));
        assertArrayEquals(
                tribuoLabels(new RandomForestTrainer<>(
                        new CARTClassificationTrainer(Integer.MAX_VALUE, 0.2f, 3), new VotingCombiner(), 10,
                        3)
                        .train(data)),
                Tribuo.forest(10, 0.2, 3).train(TRAIN).labels(TEST));
        var bare = new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.1, 1e-6), 5, 2).train(data);
        var ours = Tribuo.logistic(() -> new AdaGrad(0.1, 1e-6), 5, 2).train(TRAIN);
        assertArrayEquals(tribuoLabels(bare), ours.labels(TEST));
        double[][] scores = ours.scores(TEST);
        var predictions = bare.predict(DIGITS.test().toTribuo());
        for (int i = 0; i < scores.length; i++) {
            for (int c = 0; c < 10; c++) {
                assertEquals(predictions.get(i).getOutputScores().get(String.valueOf(c)).getScore(),
                        scores[i][c]);
            }
        }
    }

    @Test
    void smilesModelsAnswerAsWithoutUs() {
        var options = new RandomForest.Options(20, 8, 20, 100, 3);
        RandomForest bareForest;
        // On several threads Smile's forests differ from run to run.
        try (var alone = new ForkJoinPool(1)) {
            bareForest = alone.submit(() -> {
                MathEx.setSeed(4);
                return RandomForest.fit(Formula.lhs("class"), DIGITS.train().toSmile(), options);
            }).join();
        }
        var forest = Smile.forest(options, 4);
        int[] answers = forest.train(TRAIN).labels(TEST);
        assertArrayEquals(bareForest.predict(DIGITS.test().toSmile()), answers);
        assertArrayEquals(answers, forest.train(TRAIN).labels(TEST));
        assertArrayEquals(KNN.fit(TRAIN.inputs(), TRAIN.labels(), 3).predict(TEST),
                Smile.neighbors(3).train(TRAIN).labels(TEST));
        Samples train = line(60, 1);
        double[][] test = line(30, 2).inputs();
        var kernel = new GaussianKernel(1.5);
        double[] second = Stream.of(train.targets()).mapToDouble(y -> y[1]).toArray();
        var process = GaussianProcessRegression.fit(train.inputs(), second, kernel,
                new GaussianProcessRegression.Options(0.1));
        var fitted = Smile.gaussianProcess(kernel, 0.1).train(train);
        double[][] scores = fitted.scores(test);
        for (int i = 0; i < test.length; i++) assertEquals(process.predict(test[i]), scores[i][1]);
        assertArrayEquals(process.w.toArray(new double[0]), fitted.parameters().get("dual")[1]);
        var single = Samples.of(train.inputs(), Stream.of(train.targets()).map(y -> new double[]{y[0]})
                .toArray(double[][]::new));
        var bare = OLS.fit(Formula.lhs("y0"), single.toSmile());
        var squares = Smile.leastSquares().train(single);
        double[] expected = bare.predict(Samples.of(test, new double[30][1]).toSmile());
        double[][] found = squares.scores(test);
        double[] weights = squares.parameters().get("weights")[0];
        double bias = squares.parameters().get("bias")[0][0];
        for (int i = 0; i < 30; i++) {
            assertEquals(expected[i], found[i][0]);
            double sum = bias;
            for (int j = 0; j < 3; j++) sum += weights[j] * test[i][j];
            assertEquals(expected[i], sum, 1e-12);
        }
    }

    static Map<String, Learner<LabeledSamples>> classifiers() {
        var all = new LinkedHashMap<String, Learner<LabeledSamples>>();
        var kernel = new GaussianKernel(3);
        all.put("tree", Tribuo.tree(8));
        all.put("neighbors", Tribuo.neighbors(5));
        all.put("LibSVM", Tribuo.supportVectors(5, 0.05, 1));
        all.put("linear", Tribuo.linear(new LogMulticlass(), () -> SGD.getSimpleSGD(0.1), 5, 4, 1));
        all.put("process", Learner.oneAgainstRest(Smile.gaussianProcess(kernel, 0.01)));
        all.put("tangent kernel",
                Learner.oneAgainstRest(
                        Smile.gaussianProcess(Smile.tangentKernel(AnalyticKernel.relu(1)), 0.01)));
        all.put("SVM", Learner.oneAgainstRest(Smile.supportVectors(kernel, 5, 1)));
        all.put("perceptron", Smile.perceptron(0.02, 10, 1, 32));
        all.put("network", network().classification());
        return all;
    }

    @Test
    void everyClassifierLearnsAndTrainingTwiceGivesTheSame() {
        classifiers().forEach((name, learner) -> {
            Fitted fitted = learner.train(TRAIN);
            int[] labels = fitted.labels(TEST);
            long right = IntStream.range(0, labels.length).filter(i -> labels[i] == DIGITS.test().label(i))
                    .count();
            assertTrue(right >= 60, name + ": " + right + " of 100");
            assertArrayEquals(labels, learner.train(TRAIN).labels(TEST), name);
            double[][] scores = fitted.scores(TEST);
            assertEquals(10, scores[0].length, name);
            assertEquals(0, fitted.labels(new double[0][]).length, name);
            var message = assertThrows(IllegalArgumentException.class, () -> fitted.scores(new double[4][7]),
                    name).getMessage();
            assertTrue(message.contains("row 0 has 7") && message.contains("64"), message);
        });
    }

    @Test
    void everyRegressionLearnsALine() {
        Samples train = line(200, 1);
        Samples test = line(50, 2);
        var learners = new LinkedHashMap<String, Learner<Samples>>();
        learners.put("Tribuo", Tribuo.linear(new SquaredLoss(), () -> new AdaGrad(0.3), 50, 1, 1));
        learners.put("neighbors", Tribuo.neighborsMean(5));
        learners.put("ridge", Smile.ridge(0.1));
        learners.put("least squares", Smile.leastSquares());
        learners.put("forest", Smile.forest(new smile.regression.RandomForest.Options(50), 1));
        learners.put("process", Smile.gaussianProcess(new GaussianKernel(3), 0.01));
        learners.put("perceptron", Smile.perceptronRegression(0.01, 30, 1, 16));
        learners.put("network", NetworkLearner.of(Mlp.of(3, 32, 2), Adam.of(0.01), 400).regression());
        learners.forEach((name, learner) -> {
            var fitted = learner.train(train);
            double[][] found = fitted.scores(test.inputs());
            double error = 0;
            for (int i = 0; i < found.length; i++) {
                for (int k = 0; k < 2; k++) error += Math.pow(found[i][k] - test.targets()[i][k], 2) / 50;
            }
            // The targets have variances 5 and 1.
            assertTrue(error < 1.8, name + ": " + error);
            if (List.of("Tribuo", "ridge", "least squares").contains(name)) {
                double[][] w = fitted.parameters().get("weights");
                assertArrayEquals(new double[]{2, 0, -1}, w[0], 0.1, name);
                assertArrayEquals(new double[]{0, 1, 0}, w[1], 0.1, name);
                assertEquals(1, fitted.parameters().get("bias")[0][0], 0.1, name);
            }
        });
    }

    @Test
    void aKernelOfInfiniteNetworksInSmileIsKernelRegression() {
        Samples train = line(40, 1);
        double[][] test = line(20, 2).inputs();
        var kernel = AnalyticKernel.relu(2);
        double[][] expected = KernelRegression.of(kernel.tangent(train.inputs()), 0.3)
                .predict(kernel.tangent(test, train.inputs()), train.targets());
        double[][] found = Smile.regression((x, y) -> GaussianProcessRegression.fit(x, y,
                Smile.tangentKernel(kernel), new GaussianProcessRegression.Options(0.3, false)), 0)
                .train(train)
                .scores(test);
        for (int i = 0; i < 20; i++) assertArrayEquals(expected[i], found[i], 1e-8);
    }

    @Test
    void tribuoCrossValidatesANetwork() {
        var trainer = Tribuo.trainer(network().classification());
        var folds = new CrossValidation<>(trainer, DIGITS.train().toTribuo(), new LabelEvaluator(), 3, 1)
                .evaluate();
        assertEquals(3, folds.size());
        for (var fold : folds) assertTrue(fold.getA().accuracy() > 0.6, "accuracy " + fold.getA().accuracy());
    }

    @Test
    void tribuoSeesTheNetworksAnswersAndItsProvenance() {
        var learner = network().classification();
        var model = Tribuo.trainer(learner).train(DIGITS.train().toTribuo());
        var evaluation = new LabelEvaluator().evaluate(model, DIGITS.test().toTribuo());
        // Tribuo numbers the classes as it met them, which permutes the readout: the error stays near.
        int[] labels = learner.train(TRAIN).labels(TEST);
        double own = IntStream.range(0, 100).filter(i -> labels[i] == DIGITS.test().label(i)).count() / 100.0;
        assertEquals(own, evaluation.accuracy(), 0.1);
        var provenance = model.getProvenance();
        String trainer = provenance.getTrainerProvenance().toString();
        assertTrue(trainer.contains("Mlp") && trainer.contains("Adam"), trainer);
        assertTrue(provenance.getDatasetProvenance().toString().contains("300"));
        assertThrows(java.io.NotSerializableException.class,
                () -> new java.io.ObjectOutputStream(java.io.OutputStream.nullOutputStream())
                        .writeObject(model));
    }

    @Test
    void tribuosEnsemblesTakeNetworksAndSmilesTrees() {
        var bag = new BaggingTrainer<>(Tribuo.trainer(network().classification()), new VotingCombiner(), 3,
                1);
        double accuracy = new LabelEvaluator()
                .evaluate(bag.train(DIGITS.train().toTribuo()), DIGITS.test().toTribuo()).accuracy();
        assertTrue(accuracy > 0.6, "accuracy " + accuracy);
        var forest = Tribuo.trainer(Smile.forest(new RandomForest.Options(20, 8, 20, 100, 3), 4));
        assertTrue(new LabelEvaluator()
                .evaluate(forest.train(DIGITS.train().toTribuo()), DIGITS.test().toTribuo())
                .accuracy() > 0.6);
    }

    @Test
    void tribuoEvaluatesARegressionWithManyTargets() {
        // Twelve targets: by name y10 comes before y2.
        Samples narrow = line(120, 1);
        var targets = new double[120][12];
        for (int i = 0; i < 120; i++) {
            for (int k = 0; k < 12; k++) targets[i][k] = k * narrow.targets()[i][1] + k;
        }
        Samples train = Samples.of(narrow.inputs(), targets);
        var model = Tribuo.regressionTrainer(Smile.leastSquares()).train(train.toTribuo());
        var evaluation = new RegressionEvaluator().evaluate(model, train.toTribuo());
        for (int k = 1; k < 12; k++) {
            assertTrue(evaluation.r2(new Regressor("y" + k, Double.NaN)) > 0.95, "y" + k);
        }
        double[][] through = Tribuo.linear(new SquaredLoss(), () -> new AdaGrad(0.5), 100, 1, 1).train(train)
                .scores(train.inputs());
        double last = 0;
        for (int i = 0; i < 120; i++) last += Math.abs(through[i][11] - targets[i][11]) / 120;
        assertTrue(last < 3, "mean error " + last);
    }

    @Test
    void smileValidatesANetwork() {
        var learner = network().classification();
        var validated = smile.validation.CrossValidation.classification(3, TRAIN.inputs(), TRAIN.labels(),
                (x, y) -> Smile.classifier(learner, x, y));
        assertTrue(validated.avg().accuracy() > 0.6, "accuracy " + validated.avg().accuracy());
        var classifier = Smile.classifier(learner, TRAIN.inputs(), TRAIN.labels());
        assertArrayEquals(learner.train(TRAIN).labels(TEST), classifier.predict(TEST));
        assertEquals(10, classifier.numClasses());
        Samples line = line(100, 3);
        double[] y = Stream.of(line.targets()).mapToDouble(row -> row[0]).toArray();
        var regression = Smile.regression(
                NetworkLearner.of(Mlp.of(3, 16, 1), Adam.of(0.02), 300).regression(), line.inputs(), y);
        assertEquals(y[0], regression.predict(line.inputs()[0]), 1);
    }

    @Test
    void aClassThatWasNeverSeenHasNoScore() {
        var samples = LabeledSamples.of(new double[][]{{0}, {1}, {0.1}, {0.9}}, new int[]{0, 2, 0, 2}, 3);
        double[][] scores = Tribuo.neighbors(1).train(samples).scores(new double[][]{{1}});
        assertEquals(Double.NEGATIVE_INFINITY, scores[0][1]);
        assertTrue(scores[0][2] > scores[0][0]);
    }

    @Test
    void samplesThatDoNotFitAreRefused() {
        var two = LabeledSamples.of(new double[][]{{0}, {1}}, new int[]{0, 1}, 2);
        var one = NetworkLearner.of(Mlp.of(1, 4, 1), Adam.of(0.1), 3).classification();
        var message = assertThrows(IllegalArgumentException.class, () -> one.train(two)).getMessage();
        assertTrue(message.contains("2 classes") && message.contains("at most 1"), message);
        var machine = Smile.supportVectors(new GaussianKernel(1), 1, 1);
        assertThrows(IllegalArgumentException.class,
                () -> machine.train(Samples.of(new double[][]{{0}, {1}}, new double[][]{{0}, {1}})));
        var empty = LabeledSamples.of(new double[0][], new int[0], 2);
        assertThrows(IllegalArgumentException.class, () -> Tribuo.tree().train(empty));
        assertThrows(IllegalArgumentException.class, () -> Smile.neighbors(1).train(empty));
        assertThrows(IllegalArgumentException.class,
                () -> NetworkLearner.of(Mlp.of(1, 4, 1), Adam.of(0.1), -3));
    }
}
