package mechanics.training.text;

import mechanics.base.Require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

import mechanics.base.Seed;
import mechanics.data.Alphabet;
import mechanics.data.Samples;
import mechanics.data.Text;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Transformer;
import mechanics.training.Derivatives;
import mechanics.training.DivergedException;
import mechanics.training.MeasurementSchedule;
import mechanics.training.Run;
import mechanics.training.Series;
import mechanics.training.WeightAverage;
import mechanics.training.rules.Adam;
import mechanics.training.tasks.CrossEntropy;

/**
 * Trainings of transformers of many sizes on one text, character by character: what scaling laws are measured on.
 *
 * <pre>{@code
 * var runs = TextRuns.of(Texts.english(), new TextRuns.Setting(32, 2, 8, 8, 8, 8, 2048));
 * TextRuns.Curve curve = runs.curve(new TextRuns.Point(Parameterization.Kind.MAXIMAL_UPDATE, 64, -6, 18, 15, 0));
 * }</pre>
 *
 * <p>The text is cut into windows, which are put in a random order; the first ones are held out, the others are the
 * training data. A training uses Adam at a constant learning rate, and measures the loss on the held-out windows with
 * the {@link WeightAverage} of the run, at steps 2ᵏ and 1.5 · 2ᵏ. As nothing in it depends on its length, a shorter
 * training is the beginning of a longer one, and one training yields the loss for all amounts of data up to its own.
 *
 * <p>Immutable; trainings may run side by side.
 */
public final class TextRuns {
    private static final int FIRST_STEPS = 16;

    /** Raised when a change of this class changes what a training yields. */
    private static final int VERSION = 1;

    private final String title;
    private final Setting setting;
    private final Alphabet alphabet;
    private final Array inputs;
    private final Array targets;
    private final Array testInputs;
    private final Array testTargets;

    /**
     * What all trainings share.
     *
     * @param context the number of characters in a window, T
     * @param depth the number of blocks
     * @param headWidth the number of coordinates of an attention head
     * @param baseWidth the width at which the maximal update parameterization is the standard one
     * @param batch the number of windows that a step sees
     * @param averaging the power of the {@link WeightAverage}
     * @param testWindows the number of windows that are held out
     */
    public record Setting(int context, int depth, int headWidth, int baseWidth, int batch, double averaging,
            int testWindows) {
        /** @throws IllegalArgumentException if a number is not positive */
        public Setting {
            Require.positive("context", context);
            Require.positive("depth", depth);
            Require.positive("headWidth", headWidth);
            Require.positive("baseWidth", baseWidth);
            Require.positive("batch", batch);
            Require.positive("testWindows", testWindows);
        }
    }

    /**
     * One training.
     *
     * @param kind the parameterization
     * @param width the length of a character's vector, a multiple of the head's
     * @param log2Rate log₂ of Adam's learning rate
     * @param log2Windows log₂ of the number of training windows: if fewer than a training sees, they repeat
     * @param log2Steps log₂ of the number of steps
     * @param seed of the first weights and of the order of the windows
     */
    public record Point(Parameterization.Kind kind, int width, int log2Rate, int log2Windows, int log2Steps,
            int seed) {
        /** @throws IllegalArgumentException if the width is not positive or a power of two is none of an int */
        public Point {
            Require.positive("width", width);
            requirePower("log2Windows", log2Windows);
            requirePower("log2Steps", log2Steps);
        }

        private static void requirePower(String name, int value) {
            if (value < 0 || value > 30)
                throw new IllegalArgumentException(name + " = " + value + ": expected 0 to 30");
        }
    }

    /**
     * What a training yields. It ends early if the training diverged.
     *
     * @param tokens the number of characters predicted so far, D, ascending
     * @param loss the mean cross-entropy of a held-out character, in nats
     */
    public record Curve(double[] tokens, double[] loss) {
        /**
         * The loss after that many characters: between two amounts that were measured, by a straight line in the
         * logarithms of both.
         *
         * @param count D, in characters
         * @return in nats per character
         * @throws IllegalArgumentException if the curve does not reach there
         */
        public double at(double count) {
            if (!covers(count))
                throw new IllegalArgumentException(
                        "count = " + count + ": expected between the first and the last of "
                                + tokens.length + " amounts measured" + (tokens.length == 0
                                        ? ""
                                        : ", " + tokens[0] + " and " + tokens[tokens.length - 1]));
            int i = 0;
            while (tokens[i] < count) i++;
            if (tokens[i] == count) return loss[i];
            double share = Math.log(count / tokens[i - 1]) / Math.log(tokens[i] / tokens[i - 1]);
            return loss[i - 1] * Math.pow(loss[i] / loss[i - 1], share);
        }

        /**
         * Whether the loss is known after that many characters.
         *
         * @param count D, in characters
         */
        public boolean covers(double count) {
            return tokens.length > 0 && tokens[0] <= count && count <= tokens[tokens.length - 1];
        }

        /**
         * The mean of curves with the same amounts, such as those of several seeds.
         *
         * @param curves of runs that differ in the seed
         * @throws IllegalArgumentException if there is none, or they differ in their amounts
         */
        public static Curve mean(List<Curve> curves) {
            double[] tokens = curves.isEmpty() ? new double[0] : curves.getFirst().tokens;
            var mean = new double[tokens.length];
            for (Curve curve : curves) {
                if (!Arrays.equals(curve.tokens, tokens))
                    throw new IllegalArgumentException(
                            "curves: expected all to be measured after the same amounts of data");
                for (int i = 0; i < mean.length; i++) mean[i] += curve.loss[i] / curves.size();
            }
            if (mean.length == 0)
                throw new IllegalArgumentException("curves: expected at least one, not empty");
            return new Curve(tokens, mean);
        }

        /** The least loss of all: that of a training which was stopped in time. */
        public double least() {
            double least = Double.POSITIVE_INFINITY;
            for (double value : loss) least = Math.min(least, value);
            return least;
        }
    }

    /**
     * What decides a curve beside its point: to be saved with results.
     *
     * @param text the title of the text
     * @param setting what all trainings share
     * @param version of this class
     */
    public record Provenance(String text, Setting setting, int version) {}

    private TextRuns(String title, Setting setting, Alphabet alphabet, Samples windows, List<Integer> order) {
        this.title = title;
        this.setting = setting;
        this.alphabet = alphabet;
        List<Integer> test = order.subList(0, setting.testWindows());
        List<Integer> train = order.subList(setting.testWindows(), order.size());
        testInputs = rows(windows.inputs(), test);
        testTargets = rows(windows.targets(), test);
        inputs = rows(windows.inputs(), train);
        targets = rows(windows.targets(), train);
    }

    /**
     * Trainings on a text.
     *
     * @param text what is learned
     * @param setting what all trainings share
     * @throws IllegalArgumentException if the text has no more windows than are held out
     */
    public static TextRuns of(Text text, Setting setting) {
        Alphabet alphabet = text.alphabet();
        Samples windows = text.windows(setting.context(), alphabet);
        if (setting.testWindows() < 1 || setting.testWindows() >= windows.size())
            throw new IllegalArgumentException("testWindows = " + setting.testWindows() + ": expected 1 to "
                    + (windows.size() - 1) + ", one less than the windows of the text");
        return new TextRuns(text.title(), setting, alphabet, windows, shuffled(windows.size()));
    }

    private static List<Integer> shuffled(int size) {
        var order = new ArrayList<Integer>(size);
        for (int i = 0; i < size; i++) order.add(i);
        RandomGenerator random = Seed.of(0).stream("held out");
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Integer moved = order.get(i);
            order.set(i, order.get(j));
            order.set(j, moved);
        }
        return order;
    }

    private static Array rows(double[][] all, List<Integer> chosen) {
        int length = all[0].length;
        Array array = Precision.FLOAT32.array(chosen.size() * length);
        for (int i = 0; i < chosen.size(); i++)
            array.view(i * length, length).store(0, all[chosen.get(i)], length);
        return array;
    }

    /** What decides a curve beside its point. */
    public Provenance provenance() {
        return new Provenance(title, setting, VERSION);
    }

    /** The number of training windows. */
    public int windows() { return inputs.length() / setting.context(); }

    /** The number of characters that a step predicts. */
    public int tokensPerStep() {
        return setting.batch() * setting.context();
    }

    /**
     * The parameters of a network that multiply in its blocks, N = 12 depth · width²: four square matrices of attention
     * and two of the perceptron, four times as wide. Embeddings, readout, biases and gains are not counted, as in
     * Kaplan et al. (2020), section 2.1.
     *
     * @param width that of the transformer
     */
    public double parameters(int width) { return 12.0 * setting.depth() * width * width; }

    /**
     * The floating-point operations of a training, C = 6 N D: two of each parameter and character forward, four back.
     *
     * @param width that of the transformer
     * @param tokens D, in characters
     */
    public double compute(int width, double tokens) { return 6 * parameters(width) * tokens; }

    /**
     * The network of a training at its start.
     *
     * @param point the training: its parameterization, width and seed are what counts
     * @throws IllegalArgumentException if the width is not a multiple of a head's
     */
    public Network network(Point point) {
        var parameterization = switch (point.kind()) {
            case STANDARD -> Parameterization.standard();
            case NEURAL_TANGENT -> Parameterization.neuralTangent();
            case MAXIMAL_UPDATE -> Parameterization.maximalUpdate(setting.baseWidth());
        };
        if (point.width() % setting.headWidth() != 0)
            throw new IllegalArgumentException(
                    "width = " + point.width() + ": expected a multiple of " + setting.headWidth()
                            + ", the width of a head");
        return Transformer.of(alphabet.size(), setting.context(), point.width(),
                point.width() / setting.headWidth(), setting.depth()).parameterization(parameterization)
                .seed(point.seed()).build();
    }

    /**
     * Trains and measures.
     *
     * @param point the training
     * @return the loss at 16, 24, 32, 48, … steps, up to the last one
     * @throws IllegalArgumentException if there are not as many windows as the point asks for, or the width is not a
     *         multiple of a head's
     */
    public Curve curve(Point point) {
        int count = 1 << point.log2Windows();
        if (count > windows())
            throw new IllegalArgumentException(
                    "log2Windows = " + point.log2Windows() + ": expected at most " + windows()
                            + " windows, which is all of the text that is not held out");
        int length = count * setting.context();
        Network network = network(point);
        var average = WeightAverage.of(network, setting.averaging());
        var test = Derivatives.of(average.network(), CrossEntropy.MEAN, testInputs, testTargets);
        long steps = 1L << point.log2Steps();
        Run run = Run.of(network, CrossEntropy.MEAN, inputs.view(0, length), targets.view(0, length),
                Adam.of(Math.pow(2, point.log2Rate())).batch(setting.batch()))
                .seed(point.seed()).steps(steps)
                .observeNumber("test", MeasurementSchedule.steps(measured(steps)), _ -> test.loss());
        try {
            run.train(average::include);
        } catch (DivergedException _) {
            // The curve ends here.
        }
        Series series = run.series("test");
        double[] tokens = LongStream.of(series.steps()).mapToDouble(step -> step * (double) tokensPerStep())
                .toArray();
        return new Curve(tokens, series.column(0));
    }

    /** 16, 24, 32, 48, … up to the last step. */
    private static long[] measured(long steps) {
        return LongStream.iterate(FIRST_STEPS, k -> k <= steps, k -> 2 * k)
                .flatMap(k -> LongStream.of(k, k + k / 2)).filter(k -> k <= steps).toArray();
    }
}
