package mechanics.measure;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import mechanics.kernels.KernelMatrix;
import mechanics.training.Observable;

/**
 * The distance between two kernels on the same samples, S(K, K′) = 1 − Σ K_ij K′_ij / (‖K‖ ‖K′‖): 0 for kernels that
 * differ by a factor, 1 for orthogonal ones. Applied to the tangent kernels at two times it says how far a network is
 * from its linearization. Cost: O(n²). Source: Fort et al. (2020).
 */
public final class KernelDistance {
    private KernelDistance() {}

    /**
     * The distance. Not modified.
     *
     * @param k n × n, symmetric
     * @param other n × n, symmetric
     */
    public static double of(KernelMatrix k, KernelMatrix other) {
        return 1 - KernelAlignment.of(k, other);
    }

    /**
     * The distance of the tangent kernel, summed over outputs, from the one at the first measurement of a run.
     *
     * @param inputs n × d, rows are samples
     */
    public static Observable observable(double[][] inputs) {
        double[][] samples = inputs.clone();
        var start = new AtomicReference<KernelMatrix>();
        return new Measured(List.of("kernel distance"), snapshot -> {
            var kernel = TangentKernel.of(snapshot.network()).summed(samples);
            start.compareAndSet(null, kernel);
            return new double[]{of(start.get(), kernel)};
        });
    }
}
