package mechanics.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.tribuo.Feature;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluator;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

import smile.classification.LogisticRegression;
import smile.classification.RandomForest;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.validation.metric.Accuracy;

class BridgeTest {

    @Test
    void tribuoLearnsDigits() {
        Split<Images> split = Digits.small().shuffled(1).split(1400);
        var model = new LogisticRegressionTrainer().train(split.train().toTribuo());
        double accuracy = new LabelEvaluator().evaluate(model, split.test().toTribuo()).accuracy();
        assertTrue(accuracy > 0.9, "accuracy " + accuracy);
    }

    @Test
    void smileLearnsDigits() {
        Split<Images> split = Digits.small().shuffled(1).split(1400);
        var model = LogisticRegression.fit(split.train().doubles(), split.train().labels());
        double accuracy = Accuracy.of(split.test().labels(), model.predict(split.test().doubles()));
        assertTrue(accuracy > 0.9, "accuracy " + accuracy);
    }

    @Test
    void smileLearnsATableByFormula() {
        Split<Table> split = Tables.penguins().complete().shuffled(1).split(250);
        var model = RandomForest.fit(Formula.lhs("species"), split.train().toSmile());
        double accuracy = Accuracy.of(split.test().labels(), model.predict(split.test().toSmile()));
        assertTrue(accuracy > 0.9, "accuracy " + accuracy);
    }

    @Test
    void tribuoLearnsALinearTeacher() {
        Teacher teacher = Teacher.of(GaussianInputs.isotropic(3), x -> x[0] - 2 * x[2]);
        var trainer = new LinearSGDTrainer(new SquaredLoss(), new AdaGrad(0.5), 50, 1);
        var model = trainer.train(teacher.sample(500, 1).toTribuo());
        var evaluation = new RegressionEvaluator().evaluate(model, teacher.sample(200, 2).toTribuo());
        assertTrue(evaluation.r2(new Regressor("y0", Double.NaN)) > 0.99);
    }

    @Test
    void tribuoGetsEveryPixelInOrderAndWhereItCameFrom() {
        Images images = Digits.small().take(3);
        MutableDataset<Label> dataset = images.toTribuo();
        assertEquals(3, dataset.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(String.valueOf(images.label(i)), dataset.getExample(i).getOutput().getLabel());
            int j = 0;
            for (Feature feature : dataset.getExample(i)) {
                assertEquals("x%04d".formatted(j), feature.getName());
                assertEquals(images.image(i)[j++], feature.getValue());
            }
            assertEquals(64, j);
        }
        assertTrue(dataset.getProvenance().toString().contains("Digits 8 × 8, first 3"));
        assertEquals(dataset.getProvenance().getSourceProvenance(),
                images.toTribuo().getProvenance().getSourceProvenance());
    }

    @Test
    void tablesReachTribuoWithTheirNames() {
        MutableDataset<Label> penguins = Tables.penguins().complete().toTribuoClassification();
        assertEquals(333, penguins.size());
        assertTrue(penguins.getFeatureMap().keySet().contains("island=Dream"));
        MutableDataset<Regressor> concrete = Tables.concrete().toTribuoRegression();
        assertEquals("compressive_strength", concrete.getExample(0).getOutput().getNames()[0]);
        assertEquals(79.99, concrete.getExample(0).getOutput().getValues()[0]);
    }

    @Test
    void smileGetsNominalClasses() {
        Images images = Digits.small().take(5);
        DataFrame frame = images.toSmile();
        assertEquals(65, frame.ncol());
        assertEquals("x0000", frame.names()[0]);
        assertArrayEquals(images.labels(), frame.column("class").toIntArray());
        assertEquals("0", frame.getScale(0, 64));
        LabeledSamples clusters = GaussianMixture.of(new double[][]{{-1}, {1}}, 0.1).labeled(6, 1);
        assertEquals(2, clusters.toSmile().ncol());
        assertEquals(6, clusters.toTribuo().size());
        assertEquals(List.of("x0000", "class"), List.of(clusters.toSmile().names()));
    }
}
