package mechanics.learners;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;
import org.tribuo.regression.Regressor;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.util.Pair;

import mechanics.data.LabeledSamples;
import mechanics.data.Samples;

/**
 * A learner as Tribuo's trainers are.
 *
 * @param <T> Tribuo's type of output
 */
abstract class LearnerTrainer<T extends Output<T>> implements Trainer<T> {
    /** The learner in words: Tribuo's provenance takes what is marked so. */
    @Config(description = "The learner that is trained.")
    private String learner;
    private int invocations;

    private LearnerTrainer(Object learner) { this.learner = learner.toString(); }

    /** Trains on the examples whose inputs are given, in their order. */
    abstract Fitted fit(double[][] inputs, Dataset<T> examples, ImmutableOutputInfo<T> outputs);

    /** What Tribuo makes of scores and the number of the class. */
    abstract Prediction<T> prediction(double[] scores, ImmutableOutputInfo<T> outputs, int used,
            Example<T> example);

    @Override
    public Model<T> train(Dataset<T> examples, Map<String, Provenance> run) {
        var features = examples.getFeatureIDMap();
        var outputs = examples.getOutputIDInfo();
        var inputs = new double[examples.size()][];
        for (int i = 0; i < inputs.length; i++) inputs[i] = inputs(examples.getExample(i), features);
        Fitted fitted = fit(inputs, examples, outputs);
        var provenance = new ModelProvenance(FittedModel.class.getName(), OffsetDateTime.now(ZoneOffset.UTC),
                examples.getProvenance(), getProvenance(), run);
        invocations++;
        return new FittedModel<>(this, fitted, learner, provenance, features, outputs);
    }

    @Override
    public int getInvocationCount() { return invocations; }

    @Override
    public void setInvocationCount(int count) { invocations = count; }

    @Override
    public TrainerProvenance getProvenance() { return new TrainerProvenanceImpl(this); }

    @Override
    public String toString() { return learner; }

    /** The features that were there in training, in the order of their numbers; absent ones are 0. */
    private static double[] inputs(Example<?> example, ImmutableFeatureMap features) {
        var inputs = new double[features.size()];
        for (Feature feature : example) {
            int id = features.getID(feature.getName());
            if (id >= 0) inputs[id] = feature.getValue();
        }
        return inputs;
    }

    /** To classify. */
    static final class OfLabels extends LearnerTrainer<Label> {
        private final Learner<LabeledSamples> learner;

        OfLabels(Learner<LabeledSamples> learner) {
            super(learner);
            this.learner = learner;
        }

        @Override
        Fitted fit(double[][] inputs, Dataset<Label> examples, ImmutableOutputInfo<Label> outputs) {
            int[] labels = examples.getData().stream().mapToInt(e -> outputs.getID(e.getOutput())).toArray();
            return learner.train(LabeledSamples.of(inputs, labels, outputs.size()));
        }

        @Override
        Prediction<Label> prediction(double[] scores, ImmutableOutputInfo<Label> outputs, int used,
                Example<Label> example) {
            var all = new LinkedHashMap<String, Label>();
            Label best = null;
            // A network may have more outputs than there are classes.
            for (int c = 0; c < outputs.size(); c++) {
                var label = new Label(outputs.getOutput(c).getLabel(), scores[c]);
                all.put(label.getLabel(), label);
                if (best == null || scores[c] > best.getScore()) best = label;
            }
            return new Prediction<>(best, all, used, example, false);
        }
    }

    /** For regression. */
    static final class OfNumbers extends LearnerTrainer<Regressor> {
        private final Learner<Samples> learner;

        OfNumbers(Learner<Samples> learner) {
            super(learner);
            this.learner = learner;
        }

        @Override
        Fitted fit(double[][] inputs, Dataset<Regressor> examples, ImmutableOutputInfo<Regressor> outputs) {
            double[][] targets = examples.getData().stream().map(e -> e.getOutput().getValues())
                    .toArray(double[][]::new);
            return learner.train(Samples.of(inputs, targets));
        }

        @Override
        Prediction<Regressor> prediction(double[] scores, ImmutableOutputInfo<Regressor> outputs, int used,
                Example<Regressor> example) {
            String[] names = Regressor.extractNames(outputs);
            Arrays.sort(names);
            return new Prediction<>(new Regressor(names, scores), used, example);
        }
    }

    /** What was learned, as Tribuo's models are. */
    @SuppressWarnings("serial") // What a learner has learned cannot be serialized, and neither can this.
    private static final class FittedModel<T extends Output<T>> extends Model<T> {
        private final LearnerTrainer<T> trainer;
        private final Fitted fitted;

        FittedModel(LearnerTrainer<T> trainer, Fitted fitted, String name, ModelProvenance provenance,
                ImmutableFeatureMap features, ImmutableOutputInfo<T> outputs) {
            super(name, provenance, features, outputs, false);
            this.trainer = trainer;
            this.fitted = fitted;
        }

        @Override
        public Prediction<T> predict(Example<T> example) { return innerPredict(List.of(example)).getFirst(); }

        @Override
        protected List<Prediction<T>> innerPredict(Iterable<Example<T>> examples) {
            var all = new ArrayList<Example<T>>();
            examples.forEach(all::add);
            double[][] scores = fitted.scores(
                    all.stream().map(e -> inputs(e, featureIDMap)).toArray(double[][]::new));
            var predictions = new ArrayList<Prediction<T>>();
            for (int i = 0; i < scores.length; i++) {
                predictions.add(trainer.prediction(scores[i], outputIDInfo, used(all.get(i)), all.get(i)));
            }
            return predictions;
        }

        /** The number of features that training knew, as Tribuo's models report it. */
        private int used(Example<T> example) {
            int used = 0;
            for (Feature feature : example) {
                if (featureIDMap.getID(feature.getName()) >= 0) used++;
            }
            if (used == 0) {
                throw new IllegalArgumentException(
                        "example without a feature known from training: expected at least one of "
                                + featureIDMap.size());
            }
            return used;
        }

        @Override
        public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) { return Map.of(); }

        @Override
        public Optional<Excuse<T>> getExcuse(Example<T> example) { return Optional.empty(); }

        @Override
        protected Model<T> copy(String newName, ModelProvenance newProvenance) {
            return new FittedModel<>(trainer, fitted, newName, newProvenance, featureIDMap, outputIDInfo);
        }
    }
}
