package mechanics.measure;

import java.util.List;

import mechanics.base.Seed;
import mechanics.linalg.Array;
import mechanics.statistics.Estimate;
import mechanics.training.Derivatives;
import mechanics.training.Observable;

/**
 * The noise of gradients over samples: gᵢ is the gradient of the loss on sample i alone, G their mean over the n
 * samples and Σ their covariance. Batches much smaller than the noise scale give gradients that are mostly noise;
 * larger ones than it waste samples.
 *
 * <p>Cost: 2 n gradients of one sample; for the curvature, a Hessian-vector product for each draw and one more. Source:
 * McCandlish et al. (2018), equations 2.8 and 2.9.
 *
 * @param covarianceTrace tr Σ = Σᵢ ‖gᵢ − G‖² / (n − 1)
 * @param squaredGradient ‖G‖²
 * @param curvedCovariance tr(H Σ), the mean of (gᵢ − G)ᵀ H (gᵢ − G) over samples drawn at random
 * @param curvedGradient Gᵀ H G, with H the Hessian of the loss over all samples
 * @param samples n
 */
public record GradientNoise(double covarianceTrace, double squaredGradient, Estimate curvedCovariance,
        double curvedGradient, int samples) {

    /** The simple noise scale tr Σ / ‖G‖², in samples. */
    public double simpleScale() {
        return covarianceTrace / squaredGradient;
    }

    /** The noise scale tr(H Σ) / (Gᵀ H G), in samples: the batch at which a step's noise costs what it gains. */
    public double scale() {
        return curvedCovariance.mean() / curvedGradient;
    }

    /**
     * Measures the noise of the samples of a loss that is a mean or sum over samples. For a sum, H is scaled by 1/n
     * so as to belong to G.
     *
     * @param derivatives the loss over the samples at which it is taken
     * @param draws the number of samples, drawn with replacement, for tr(H Σ)
     * @param seed where the random numbers come from; equal seeds give equal numbers
     * @throws IllegalArgumentException where there are fewer than two samples
     */
    public static GradientNoise of(Derivatives derivatives, int draws, Seed seed) {
        int n = derivatives.samples();
        if (n < 2) throw new IllegalArgumentException("samples = " + n + ": expected at least 2");
        if (draws <= 0) throw new IllegalArgumentException("draws = " + draws + ": expected at least 1");
        var single = derivatives.separate();
        var index = new int[1];
        Array mean = derivatives.gradient().copy();
        mean.fill(0);
        for (index[0] = 0; index[0] < n; index[0]++) {
            single.select(index);
            mean.add(1.0 / n, single.gradient());
        }
        Array deviation = mean.copy();
        double squares = 0;
        for (index[0] = 0; index[0] < n; index[0]++) {
            single.select(index);
            deviate(single, mean, deviation);
            squares += deviation.dot(deviation);
        }
        var random = seed.stream();
        var curved = new double[draws];
        var image = mean.copy();
        // 1 for a loss that is a mean over samples, 1/n for a sum.
        double factor = mean.norm() / derivatives.gradient().norm();
        for (int i = 0; i < draws; i++) {
            index[0] = random.nextInt(n);
            single.select(index);
            deviate(single, mean, deviation);
            derivatives.hessianVectorProduct(deviation, image);
            curved[i] = factor * deviation.dot(image) * n / (n - 1);
        }
        derivatives.hessianVectorProduct(mean, image);
        return new GradientNoise(squares / (n - 1), mean.dot(mean), Estimate.of(curved),
                factor * mean.dot(image), n);
    }

    /**
     * The simple and the curvature-weighted noise scale along a run.
     *
     * @param draws the number of samples, drawn with replacement, for tr(H Σ)
     * @param seed where the random numbers come from; equal seeds give equal numbers
     */
    public static Observable observable(int draws, Seed seed) {
        return new Measured(List.of("simple noise scale", "noise scale"), snapshot -> {
            var noise = of(snapshot.derivatives(), draws, seed);
            return new double[]{noise.simpleScale(), noise.scale()};
        });
    }

    private static void deviate(Derivatives single, Array mean, Array deviation) {
        deviation.copy(single.gradient());
        deviation.add(-1, mean);
    }
}
