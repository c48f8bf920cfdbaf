package mechanics.network.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.linalg.Rows;
import mechanics.linalg.Standardization;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Network;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;

/**
 * Batch normalization (Ioffe and Szegedy 2015): every channel, the last axis, is brought to mean 0 and variance 1
 * over all samples and all pixels of the batch, and then gets a gain and a bias. Parameters: {@code gain}, 1 at the
 * start, and {@code bias}, as long as a row.
 *
 * <p>The layer has no state: without fixed statistics it always uses those of the batch at hand, and all derivatives
 * go through them. To evaluate single samples, {@link Network#evaluatedOn} gives the network with the statistics of
 * the training set in place: those of the population, as in algorithm 2 of Ioffe and Szegedy, of which the running
 * averages of other libraries are estimates. As they follow from parameters and data, a saved run needs nothing else.
 *
 * <p>With the statistics of the batch an output depends on every sample, so a gradient of one sample alone does not
 * exist and is refused.
 *
 * @param epsilon ε, added to the variance
 * @param statistics the fixed mean and variance of each channel; empty to use those of the batch
 */
public record BatchNorm(double epsilon, Optional<Statistics> statistics) implements Layer {
    /** Checks ε. */
    public BatchNorm {
        NormalizationNode.requirePositive(epsilon);
    }

    /** The layer with the statistics of the batch and ε = 10⁻⁵. */
    public static BatchNorm of() {
        return new BatchNorm(1e-5, Optional.empty());
    }

    /**
     * This layer with statistics that do not change with the batch.
     *
     * @param known mean and variance of each channel
     */
    public BatchNorm fixed(Statistics known) { return new BatchNorm(epsilon, Optional.of(known)); }

    /**
     * The mean and variance of each channel.
     *
     * @param mean one number for each channel
     * @param variance likewise, none negative
     */
    public record Statistics(List<Double> mean, List<Double> variance) {
        /** Checks the numbers. */
        public Statistics {
            mean = List.copyOf(mean);
            variance = List.copyOf(variance);
            if (mean.size() != variance.size()) {
                throw new IllegalArgumentException(
                        "mean and variance of " + mean.size() + " and " + variance.size()
                                + " channels: expected as many");
            }
            for (double v : variance) {
                if (!(v >= 0) || Double.isInfinite(v)) {
                    throw new IllegalArgumentException(
                            "variance = " + v + ": expected a number of at least 0");
                }
            }
            for (double m : mean) {
                if (!Double.isFinite(m)) {
                    throw new IllegalArgumentException("mean = " + m + ": expected a finite number");
                }
            }
        }

        /**
         * The mean and variance (the mean squared deviation) of each column.
         *
         * @param activations rows of all channels, one after another
         * @param channels the length of a row
         */
        public static Statistics of(Array activations, int channels) {
            double[][] rows = activations.toRows(channels);
            if (rows.length == 0) {
                throw new IllegalArgumentException("activations of 0 rows: expected at least 1");
            }
            var mean = new double[channels];
            var variance = new double[channels];
            for (double[] row : rows) {
                for (int j = 0; j < channels; j++) mean[j] += row[j] / rows.length;
            }
            for (double[] row : rows) {
                for (int j = 0; j < channels; j++) {
                    variance[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / rows.length;
                }
            }
            return new Statistics(Arrays.stream(mean).boxed().toList(),
                    Arrays.stream(variance).boxed().toList());
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        statistics.ifPresent(known -> {
            if (known.mean().size() != input.columns()) {
                throw new IllegalArgumentException(
                        "statistics of " + known.mean().size() + " channels: expected "
                                + input.columns() + " for inputs of shape " + input);
            }
        });
        return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return NormalizationNode.parameters(outputShape(input).columns());
    }

    @Override
    public Layer evaluated(Node node) {
        return node instanceof BatchNode batch ? fixed(batch.statistics()) : this;
    }

    @Override
    public Node bind(Binding binding) {
        return statistics.isPresent()
                ? new FixedNode(epsilon, statistics.get(), binding)
                : new BatchNode(epsilon, binding);
    }

    private static final class BatchNode extends NormalizationNode {
        private final double epsilon;
        /** 1/√(var + ε) of each column, and its tangent. */
        private final Array r;
        private final Array rTangent;
        private final double[] sums;

        BatchNode(double epsilon, Binding binding) {
            super(binding);
            this.epsilon = epsilon;
            int channels = binding.input().columns();
            r = binding.precision().array(channels);
            rTangent = binding.precision().array(channels);
            sums = new double[3 * channels];
        }

        /** Those of the last forward pass. */
        Statistics statistics() {
            return Statistics.of(input().value(), input().columns());
        }

        @Override
        void standardize(Array x, Array xHat) { Standardization.columns(x, epsilon, xHat, r, sums); }

        @Override
        void differentiate(Array xHat, Array v, Array xHatTangent) {
            Standardization.columnsDerivative(xHat, r, v, 0, xHatTangent, rTangent, sums);
        }

        @Override
        void addAdjoint(Array xHat, Array v, double beta, Array dx) {
            Standardization.columnsDerivative(xHat, r, v, beta, dx, null, sums);
        }

        @Override
        void addAdjointTangent(Array xHat, Array xHatTangent, Array v, Array dx) {
            Standardization.addColumnsSecondDerivative(xHat, xHatTangent, r, rTangent, v, dx, sums);
        }

        @Override
        public boolean sampleGradients(Array jacobian, int stride) {
            throw new UnsupportedOperationException(
                    "gradients of single samples through batch normalization: "
                            + "expected fixed statistics, as those of the batch make every output depend on every sample");
        }
    }

    private static final class FixedNode extends NormalizationNode {
        /** r = 1/√(var + ε) and −r mean. */
        private final Array r;
        private final Array shift;

        FixedNode(double epsilon, Statistics known, Binding binding) {
            super(binding);
            Precision precision = binding.precision();
            int channels = known.mean().size();
            r = precision.array(channels);
            shift = precision.array(channels);
            for (int j = 0; j < channels; j++) {
                double scale = 1 / Math.sqrt(known.variance().get(j) + epsilon);
                r.set(j, scale);
                shift.set(j, -scale * known.mean().get(j));
            }
        }

        @Override
        void standardize(Array x, Array xHat) {
            Rows.multiply(1, x, r, 0, xHat);
            xHat.addRows(1, shift);
        }

        @Override
        void differentiate(Array xHat, Array v, Array xHatTangent) { Rows.multiply(1, v, r, 0, xHatTangent); }

        @Override
        void addAdjoint(Array xHat, Array v, double beta, Array dx) { Rows.multiply(1, v, r, beta, dx); }

        @Override
        void addAdjointTangent(Array xHat, Array xHatTangent, Array v, Array dx) {
            // The map x ↦ x̂ is affine: N does not change.
        }
    }
}
