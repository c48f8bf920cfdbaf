package mechanics.learners;

import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.libsvm.LibSVMClassificationTrainer;
import org.tribuo.classification.libsvm.SVMClassificationType;
import org.tribuo.classification.sgd.LabelObjective;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.libsvm.KernelType;
import org.tribuo.common.libsvm.SVMParameters;
import org.tribuo.common.nearest.KNNModel;
import org.tribuo.common.nearest.KNNTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.neighbour.NeighboursQueryFactoryType;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.sgd.RegressionObjective;

import mechanics.base.Seed;
import mechanics.data.LabeledSamples;
import mechanics.data.Samples;

/**
 * Learners of Tribuo (Pocock 2021), and learners for it. Every training makes a fresh trainer, because a trainer of
 * Tribuo that is used again draws other random numbers. Seeds go through {@link Seed#plain}. Tribuo's notes on what it
 * trains are silenced below warnings.
 */
public final class Tribuo {
    /** Where iterations are reported; nothing listens. */
    private static final int LOGGING_INTERVAL = 1000;
    /** Held, because loggers that nobody holds lose their level. */
    private static final Logger LOG = Logger.getLogger("org.tribuo");

    static {
        LOG.setLevel(Level.WARNING);
        libsvm.svm.svm_set_print_string_function(_ -> {});
    }

    private Tribuo() {}

    /** Any trainer of classes; the supplier makes it anew for each training. */
    public static Learner<LabeledSamples> classification(Supplier<? extends Trainer<Label>> trainer) {
        return new TribuoClassification(trainer);
    }

    /** Any trainer of numbers; the supplier makes it anew for each training. */
    public static Learner<Samples> regression(Supplier<? extends Trainer<Regressor>> trainer) {
        return new TribuoRegression(trainer);
    }

    /** A decision tree (CART), grown until its leaves are pure or have fewer than five samples, Tribuo's own limit. */
    public static Learner<LabeledSamples> tree() {
        return classification(CARTClassificationTrainer::new);
    }

    /** A decision tree of at most the given depth (CART). */
    public static Learner<LabeledSamples> tree(int maxDepth) {
        return classification(() -> new CARTClassificationTrainer(maxDepth));
    }

    /**
     * A random forest whose trees vote.
     *
     * @param trees their number
     * @param features the share of the inputs that each split may look at, above 0 and at most 1
     */
    public static Learner<LabeledSamples> forest(int trees, double features, long seed) {
        long plain = Seed.plain(seed);
        return classification(() -> new RandomForestTrainer<>(
                new CARTClassificationTrainer(Integer.MAX_VALUE, (float) features, plain),
                new VotingCombiner(), trees, plain));
    }

    /** Boosted trees by XGBoost with its own settings, on one thread. Needs the system's OpenMP library. */
    public static Learner<LabeledSamples> boosting(int rounds) {
        return classification(() -> new XGBoostClassificationTrainer(rounds, 1, true));
    }

    /** The vote of the k nearest training samples, by Euclidean distance. */
    public static Learner<LabeledSamples> neighbors(int k) {
        return classification(() -> new KNNTrainer<>(k, new L2Distance(), 1, new VotingCombiner(),
                KNNModel.Backend.THREADPOOL, NeighboursQueryFactoryType.BRUTE_FORCE));
    }

    /** The mean of the targets of the k nearest training samples, by Euclidean distance. */
    public static Learner<Samples> neighborsMean(int k) {
        return regression(() -> new KNNTrainer<>(k, new L2Distance(), 1, new AveragingCombiner(),
                KNNModel.Backend.THREADPOOL, NeighboursQueryFactoryType.BRUTE_FORCE));
    }

    /**
     * LibSVM's support vector machine with the kernel exp(−γ |x − y|²), one for each pair of classes.
     *
     * @param cost C, the price of margin errors
     * @param gamma γ
     */
    public static Learner<LabeledSamples> supportVectors(double cost, double gamma, long seed) {
        long plain = Seed.plain(seed);
        return classification(() -> {
            var parameters = new SVMParameters<>(
                    new SVMClassificationType(SVMClassificationType.SVMMode.C_SVC), KernelType.RBF);
            parameters.setGamma(gamma);
            parameters.setCost(cost);
            return new LibSVMClassificationTrainer(parameters, plain);
        });
    }

    /**
     * Multinomial logistic regression by stochastic gradients from weights zero: {@link #linear} with the logistic loss
     * and batches of one sample.
     */
    public static Learner<LabeledSamples> logistic(Supplier<? extends StochasticGradientOptimiser> optimizer,
            int epochs, long seed) {
        return linear(new LogMulticlass(), optimizer, epochs, 1, seed);
    }

    /**
     * A linear classifier W x + b by stochastic gradients from weights zero. Its parameters are {@code weights}, k × d,
     * and {@code bias}, k × 1.
     *
     * @param loss what is descended
     * @param optimizer makes Tribuo's optimizer, such as {@code () -> new SGD…}, for each training
     * @param epochs passes over the samples, each in a new order
     * @param batch samples in a step
     */
    public static Learner<LabeledSamples> linear(LabelObjective loss,
            Supplier<? extends StochasticGradientOptimiser> optimizer, int epochs, int batch, long seed) {
        long plain = Seed.plain(seed);
        return classification(() -> new LinearSGDTrainer(loss, optimizer.get(), epochs, LOGGING_INTERVAL,
                batch, plain));
    }

    /**
     * Linear regression W x + b by stochastic gradients from weights zero; parameters as in the other
     * {@link #linear(LabelObjective, Supplier, int, int, long) linear}, k the number of targets.
     */
    public static Learner<Samples> linear(RegressionObjective loss,
            Supplier<? extends StochasticGradientOptimiser> optimizer, int epochs, int batch, long seed) {
        long plain = Seed.plain(seed);
        return regression(() -> new org.tribuo.regression.sgd.linear.LinearSGDTrainer(loss, optimizer.get(),
                epochs, LOGGING_INTERVAL, batch, plain));
    }

    /**
     * Any learner of classes as a trainer of Tribuo, for its evaluators, cross-validation and ensembles:
     *
     * <pre>{@code new CrossValidation<>(Tribuo.trainer(network.classification()), data, new LabelEvaluator(), 5)}</pre>
     *
     * Inputs are the features in the order of their names, absent ones 0; classes are numbered by Tribuo. Its
     * provenance has the learner in words. Its models are not serializable.
     */
    public static Trainer<Label> trainer(Learner<LabeledSamples> learner) {
        return new LearnerTrainer.OfLabels(learner);
    }

    /** Any learner of numbers as a trainer of Tribuo; targets in the order of their names. */
    public static Trainer<Regressor> regressionTrainer(Learner<Samples> learner) {
        return new LearnerTrainer.OfNumbers(learner);
    }
}
