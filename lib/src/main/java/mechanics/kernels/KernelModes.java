package mechanics.kernels;

import mechanics.linalg.Spectrum;

/**
 * The modes of a kernel on a data set, and how much of a target is in each: what the theory of kernel regression needs
 * to know about data that no formula describes.
 *
 * <p>With K uᵢ = P λᵢ uᵢ on P samples, λᵢ estimates an eigenvalue of the kernel under the distribution that the samples
 * come from, √P uᵢ the values of its eigenfunction, and vᵢ² = (uᵢ·y)² / P the power of the target there. The modes
 * explain all of the target: Σ vᵢ² is the mean of y². Modes number i close to P are mostly noise of the sample.
 */
public final class KernelModes {
    private final double[] eigenvalues;
    private final double[] powers;

    private KernelModes(double[] eigenvalues, double[] powers) {
        this.eigenvalues = eigenvalues;
        this.powers = powers;
    }

    /**
     * The modes of a kernel on P samples. Cost: O(P³).
     *
     * @param kernel P × P, symmetric, positive semidefinite up to rounding. Not modified.
     * @param targets P × k; the power is summed over the k columns. Not modified.
     */
    public static KernelModes of(KernelMatrix kernel, double[][] targets) {
        int count = kernel.rows();
        if (targets.length != count)
            throw new IllegalArgumentException(
                    "targets has " + targets.length + " rows: expected " + count + ", one a sample");
        Spectrum spectrum = kernel.spectrum();
        var eigenvalues = new double[count];
        var powers = new double[count];
        for (int i = 0; i < count; i++) {
            eigenvalues[i] = Math.max(spectrum.value(i), 0) / count;
            double[] u = spectrum.vector(i).toDoubles();
            for (int column = 0; column < targets[0].length; column++) {
                double product = 0;
                for (int sample = 0; sample < count; sample++) product += u[sample] * targets[sample][column];
                powers[i] += product * product / count;
            }
        }
        return new KernelModes(eigenvalues, powers);
    }

    /** The number of modes, P. */
    public int count() { return eigenvalues.length; }

    /** The eigenvalues λᵢ as a spectrum of P levels of one mode each, in the order of {@link #powers}. */
    public KernelSpectrum spectrum() {
        return KernelSpectrum.of(eigenvalues);
    }

    /** λᵢ, falling, not negative. A fresh copy. */
    public double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /** vᵢ² of the target, in the order of the eigenvalues. A fresh copy. */
    public double[] powers() {
        return powers.clone();
    }
}
