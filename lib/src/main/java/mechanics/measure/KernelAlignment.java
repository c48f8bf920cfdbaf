package mechanics.measure;

import java.util.List;

import mechanics.kernels.KernelMatrix;
import mechanics.linalg.Rounding;
import mechanics.representations.Representation;
import mechanics.training.Observable;

/**
 * The alignment of two kernels on the same samples: the cosine of the angle between their matrices,
 * A(K, K′) = Σ K_ij K′_ij / (‖K‖ ‖K′‖), between 0 and 1 for kernels that are positive semidefinite. Blind to the
 * scale of either. Cost: O(n²).
 *
 * <p>Sources: Cristianini et al. (2001) for the alignment; Cortes, Mohri and Rostamizadeh (2012) for the centered one,
 * which Kornblith et al. (2019) call CKA.
 */
public final class KernelAlignment {
    private KernelAlignment() {}

    /**
     * The alignment. Not modified.
     *
     * @param k n × n, symmetric
     * @param other n × n, symmetric
     */
    public static double of(KernelMatrix k, KernelMatrix other) {
        for (var each : List.of(k, other)) {
            if (!(each.norm() > 0) || Double.isInfinite(each.norm())) {
                throw new IllegalArgumentException(
                        "norms = " + k.norm() + ", " + other.norm() + ": expected positive numbers");
            }
        }
        KernelMatrix a = moderate(k), b = moderate(other);
        return a.dot(b) / (a.norm() * b.norm());
    }

    /**
     * The alignment of the kernels of centered features: CKA. Not modified.
     *
     * @param k n × n, symmetric
     * @param other n × n, symmetric
     */
    public static double centered(KernelMatrix k, KernelMatrix other) {
        return of(centered(k), centered(other));
    }

    /** Refuses a kernel of features that are the same for all samples: centered it is zero but for rounding. */
    private static KernelMatrix centered(KernelMatrix k) {
        KernelMatrix centered = moderate(k).centered();
        // A mean of a row and one of a column are subtracted: some roundings in each.
        double size = 4 * moderate(k).norm();
        if (Rounding.isZero(centered.norm(), size, k.values().precision())) {
            throw new IllegalArgumentException("kernel of " + k.rows()
                    + " samples is the same for all of them: expected one that varies");
        }
        return centered;
    }

    /** Scaled by a power of two if its products could overflow or vanish. */
    private static KernelMatrix moderate(KernelMatrix k) {
        int exponent = Rounding.exponent(k.values().largest());
        if (Math.abs(exponent) < 30) return k;
        return k.inDoubles().times(Math.scalb(1.0, -exponent / 2))
                .times(Math.scalb(1.0, -exponent + exponent / 2));
    }

    /**
     * The kernel–target alignment: that with Y Yᵀ. Not modified.
     *
     * @param k n × n, symmetric
     * @param targets n × C, rows are samples
     */
    public static double withTargets(KernelMatrix k, double[][] targets) {
        return of(k.inDoubles(), targetKernel(targets));
    }

    /**
     * The kernel–target alignment of the centered kernels. Not modified.
     *
     * @param k n × n, symmetric
     * @param targets n × C, rows are samples
     */
    public static double centeredWithTargets(KernelMatrix k, double[][] targets) {
        return centered(k, targetKernel(targets));
    }

    /**
     * The alignment of the tangent kernel, summed over outputs, with the targets along a run.
     *
     * @param inputs n × d, rows are samples
     * @param targets n × C, rows are samples
     */
    public static Observable observable(double[][] inputs, double[][] targets) {
        double[][] samples = inputs.clone();
        var target = targetKernel(targets);
        var centeredTarget = target.centered();
        return new Measured(List.of("alignment", "centered alignment"), snapshot -> {
            var kernel = TangentKernel.of(snapshot.network()).summed(samples);
            return new double[]{of(kernel.inDoubles(), target), of(kernel.centered(), centeredTarget)};
        });
    }

    private static KernelMatrix targetKernel(double[][] targets) {
        return Representation.of(targets).kernel();
    }
}
