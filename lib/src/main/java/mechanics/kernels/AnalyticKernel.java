package mechanics.kernels;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;

/**
 * The two kernels of a fully connected network in the limit of infinite width: that of the Gaussian process which
 * its outputs are at initialization (NNGP), and the tangent kernel (NTK) which rules its training by gradient
 * descent.
 *
 * <p>The network is, in NTK parameterization, with all weights and biases standard normal at the start and trained,
 * <pre>
 *   h¹ = σ_w W¹ x / √d + σ_b b¹,   hˡ⁺¹ = σ_w Wˡ⁺¹ φ(hˡ) / √width + σ_b bˡ⁺¹,   f = h^(L+1)
 * </pre>
 * for inputs of dimension d and L hidden layers. Its kernels follow, with (u, v) jointly normal of covariance Kˡ,
 * <pre>
 *   K¹(x, x′) = σ_w² x·x′ / d + σ_b²     Kˡ⁺¹ = σ_w² E[φ(u) φ(v)] + σ_b²
 *   Θ¹ = K¹                              Θˡ⁺¹ = Kˡ⁺¹ + σ_w² E[φ′(u) φ′(v)] Θˡ.
 * </pre>
 * NNGP is K^(L+1), NTK is Θ^(L+1). The NNGP is the same in standard parameterization (weights of variance
 * σ_w² / fan-in); the NTK is not. The finite networks with this limit have the neural tangent
 * {@link mechanics.network.Parameterization} with scales σ_w and σ_b. For C outputs each kernel applies to each
 * output, and different outputs are independent. An {@linkplain mechanics.network.Architecture#antisymmetric
 * antisymmetric} start has this tangent kernel with one hidden layer only: with more its pairs cancel the gradients of
 * the earlier layers.
 *
 * <p>Cost: O(n n′ (d + L)). Sources: Neal (1996), Lee et al. (2018) for the NNGP; Jacot, Gabriel and Hongler (2018),
 * theorem 1, for the NTK.
 *
 * @param nonlinearity φ
 * @param hiddenLayers L, at least 0; 0 is the linear model
 * @param weightDeviation σ_w, positive
 * @param biasDeviation σ_b, not negative
 */
public record AnalyticKernel(Nonlinearity nonlinearity, int hiddenLayers, double weightDeviation,
        double biasDeviation) {

    /** A nonlinearity φ for which the Gaussian expectations have a closed form. */
    public enum Nonlinearity {
        /** φ(z) = z. */
        LINEAR {
            @Override
            double product(double p, double q, double c) { return c; }

            @Override
            double slopes(double p, double q, double c) { return 1; }
        },
        /** φ(z) = max(z, 0): the arc-cosine kernels of degree 1 and 0 (Cho and Saul 2009). */
        RELU {
            @Override
            double product(double p, double q, double c) {
                double scale = geometricMean(p, q);
                if (scale == 0) return 0;
                double cosine = clip(c / scale);
                // sin θ from (1 − cos θ)(1 + cos θ): exact for vectors that are nearly parallel.
                double sine = Math.sqrt((1 - cosine) * (1 + cosine));
                return scale * (sine + (Math.PI - Math.acos(cosine)) * cosine) / (2 * Math.PI);
            }

            @Override
            double slopes(double p, double q, double c) {
                double scale = geometricMean(p, q);
                // The slope at z = 0 is 0, as in the networks.
                if (scale == 0) return 0;
                return (Math.PI - Math.acos(clip(c / scale))) / (2 * Math.PI);
            }
        },
        /** φ(z) = erf z (Williams 1997). */
        ERF {
            @Override
            double product(double p, double q, double c) {
                return 2 / Math.PI * Math.asin(clip(2 * (c / geometricMean(1 + 2 * p, 1 + 2 * q))));
            }

            @Override
            double slopes(double p, double q, double c) {
                // (1 + 2p)(1 + 2q) − 4c² = 1 + 2p + 2q + 4(√(pq) − c)(√(pq) + c): no difference of large squares.
                double mean = geometricMean(p, q);
                double rest = 2 * Math.sqrt(Math.max(0, mean - c)) * Math.sqrt(Math.max(0, mean + c));
                return 4 / (Math.PI * Math.hypot(Math.sqrt(1 + 2 * p + 2 * q), rest));
            }
        };

        /** E[φ(u) φ(v)] for normal u, v of mean 0, variances p, q and covariance c. */
        abstract double product(double p, double q, double c);

        /** E[φ′(u) φ′(v)] for the same. */
        abstract double slopes(double p, double q, double c);

        private static double clip(double cosine) { return Math.clamp(cosine, -1.0, 1.0); }

        /** √(pq), exactly p for p = q, also where the product overflows or vanishes. */
        private static double geometricMean(double p, double q) {
            double product = p * q;
            if (p == 0 || q == 0) return 0;
            if (product > 1e-280 && product < Double.POSITIVE_INFINITY) return Math.sqrt(product);
            return p == q ? p : Math.sqrt(p) * Math.sqrt(q);
        }
    }

    /** Checks the settings. */
    public AnalyticKernel {
        if (hiddenLayers < 0) {
            throw new IllegalArgumentException("hiddenLayers = " + hiddenLayers + ": expected at least 0");
        }
        if (!(weightDeviation > 0) || Double.isInfinite(weightDeviation)) {
            throw new IllegalArgumentException(
                    "weightDeviation = " + weightDeviation + ": expected a positive number");
        }
        if (!(biasDeviation >= 0) || Double.isInfinite(biasDeviation)) {
            throw new IllegalArgumentException("biasDeviation = " + biasDeviation + ": expected at least 0");
        }
    }

    /**
     * ReLU with σ_w = √2, which keeps the size of the signal from layer to layer, and no bias.
     *
     * @param hiddenLayers L, at least 1
     */
    public static AnalyticKernel relu(int hiddenLayers) {
        return new AnalyticKernel(Nonlinearity.RELU, hiddenLayers, Math.sqrt(2), 0);
    }

    /**
     * The error function with σ_w = 1 and no bias.
     *
     * @param hiddenLayers L, at least 1
     */
    public static AnalyticKernel erf(int hiddenLayers) {
        return new AnalyticKernel(Nonlinearity.ERF, hiddenLayers, 1, 0);
    }

    /**
     * A linear network with σ_w = 1 and no bias.
     *
     * @param hiddenLayers L, at least 1
     */
    public static AnalyticKernel linear(int hiddenLayers) {
        return new AnalyticKernel(Nonlinearity.LINEAR, hiddenLayers, 1, 0);
    }

    /**
     * This kernel with other deviations of weights and biases.
     *
     * @param weight σ_w, not negative
     * @param bias σ_b, not negative
     */
    public AnalyticKernel withDeviations(double weight, double bias) {
        return new AnalyticKernel(nonlinearity, hiddenLayers, weight, bias);
    }

    /**
     * The kernel of the Gaussian process between the samples x, n × d, and themselves.
     *
     * @param x n × d, rows are samples
     */
    public KernelMatrix gaussianProcess(double[][] x) { return matrix(x, x, true, false); }

    /**
     * The kernel of the Gaussian process between the samples x, n × d, and y, m × d: n × m.
     *
     * @param x n × d, rows are samples
     * @param y m × d, rows are samples
     */
    public KernelMatrix gaussianProcess(double[][] x, double[][] y) { return matrix(x, y, false, false); }

    /**
     * The tangent kernel between the samples x, n × d, and themselves.
     *
     * @param x n × d, rows are samples
     */
    public KernelMatrix tangent(double[][] x) { return matrix(x, x, true, true); }

    /**
     * The tangent kernel between the samples x, n × d, and y, m × d: n × m.
     *
     * @param x n × d, rows are samples
     * @param y m × d, rows are samples
     */
    public KernelMatrix tangent(double[][] x, double[][] y) { return matrix(x, y, false, true); }

    /**
     * The kernel of the Gaussian process on a sphere, as a function of the cosine of the angle between two inputs.
     *
     * @param meanSquare |x|² / d of the inputs, positive: 1 on the corners of the hypercube, 1/d on the unit sphere
     */
    public DoubleUnaryOperator gaussianProcessOfCosine(double meanSquare) {
        return ofCosine(meanSquare, false);
    }

    /**
     * The tangent kernel on a sphere, as a function of the cosine of the angle between two inputs.
     *
     * @param meanSquare |x|² / d of the inputs, positive: 1 on the corners of the hypercube, 1/d on the unit sphere
     */
    public DoubleUnaryOperator tangentOfCosine(double meanSquare) { return ofCosine(meanSquare, true); }

    private DoubleUnaryOperator ofCosine(double meanSquare, boolean tangent) {
        if (!(meanSquare > 0) || Double.isInfinite(meanSquare)) {
            throw new IllegalArgumentException("meanSquare = " + meanSquare + ": expected a positive number");
        }
        double[] p = diagonal(meanSquare);
        return cosine -> entry(meanSquare * cosine, p, p, tangent);
    }

    /** The kernel between x and y; between x and itself if {@code symmetric}. */
    private KernelMatrix matrix(double[][] x, double[][] y, boolean symmetric, boolean tangent) {
        int dimension = checkInputs(x, y);
        double[][] p = diagonals(x, dimension);
        double[][] q = diagonals(y, dimension);
        Array overlaps = Precision.FLOAT64.array(Math.multiplyExact(x.length, y.length));
        overlaps.gemm(1.0 / dimension, Precision.FLOAT64.array(x), false, Precision.FLOAT64.array(y), true,
                x.length,
                y.length, dimension, 0);
        var kernel = new double[x.length][y.length];
        // Every entry is computed on its own: the split over threads changes no number.
        IntStream.range(0, x.length).parallel().forEach(i -> {
            // Of a symmetric matrix one half, the other is its mirror image.
            int columns = symmetric ? i + 1 : y.length;
            for (int j = 0; j < columns; j++) {
                // On the diagonal the product that p was made of: a cosine of exactly 1.
                double overlap = symmetric && i == j
                        ? dot(x[i], x[i]) / dimension
                        : overlaps.get(i * y.length + j);
                kernel[i][j] = entry(overlap, p[i], q[j], tangent);
            }
        });
        if (symmetric) {
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < i; j++) kernel[j][i] = kernel[i][j];
            }
        }
        return KernelMatrix.of(kernel);
    }

    /** K^(L+1) or Θ^(L+1) of two inputs, given x·x′/d and K¹(x, x), …, K^L(x, x) for either. */
    private double entry(double overlap, double[] p, double[] q, boolean tangent) {
        double w = weightDeviation * weightDeviation;
        double b = biasDeviation * biasDeviation;
        double k = w * overlap + b;
        double theta = k;
        for (int layer = 0; layer < hiddenLayers; layer++) {
            double slopes = tangent ? nonlinearity.slopes(p[layer], q[layer], k) : 0;
            k = w * nonlinearity.product(p[layer], q[layer], k) + b;
            theta = k + w * slopes * theta;
        }
        return tangent ? theta : k;
    }

    /** Kˡ(x, x) for each sample and l = 1 … L. */
    private double[][] diagonals(double[][] x, int dimension) {
        var all = new double[x.length][];
        for (int i = 0; i < x.length; i++) all[i] = diagonal(dot(x[i], x[i]) / dimension);
        return all;
    }

    /** Kˡ(x, x) for l = 1 … L of an input with |x|² / d = meanSquare. */
    private double[] diagonal(double meanSquare) {
        double w = weightDeviation * weightDeviation;
        double b = biasDeviation * biasDeviation;
        var layers = new double[hiddenLayers];
        double k = w * meanSquare + b;
        for (int layer = 0; layer < hiddenLayers; layer++) {
            layers[layer] = k;
            k = w * nonlinearity.product(k, k, k) + b;
        }
        return layers;
    }

    private static int checkInputs(double[][] x, double[][] y) {
        if (x.length == 0 || y.length == 0 || x[0].length == 0) {
            throw new IllegalArgumentException("x, y of " + x.length + ", " + y.length
                    + " samples: expected at least one sample of at least one number in each");
        }
        int dimension = x[0].length;
        for (double[][] samples : new double[][][]{x, y}) {
            for (int i = 0; i < samples.length; i++) {
                if (samples[i].length != dimension) {
                    throw new IllegalArgumentException("sample " + i + " has " + samples[i].length
                            + " entries: expected " + dimension);
                }
                if (!Double.isFinite(dot(samples[i], samples[i]))) {
                    throw new IllegalArgumentException("sample " + i + " has squared length "
                            + dot(samples[i], samples[i]) + ": expected finite entries");
                }
            }
        }
        return dimension;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
        return sum;
    }
}
