package mechanics.kernels;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The eigenvalues of a kernel under a distribution of inputs, in levels: level k has the eigenvalue λ_k of the operator
 * f ↦ E_x′[k(x, x′) f(x′)], shared by m_k orthonormal eigenfunctions.
 *
 * <p>What is not listed may be summed up in a <em>tail</em>, the trace Σ mλ of the modes left out. Modes that are much
 * weaker than κ act on all others as a ridge of that size: the effective regularization of Simon et al. (2023, arXiv
 * 2110.03922). Immutable.
 */
public final class KernelSpectrum {
    private final double[] values;
    private final double[] multiplicities;
    private final double tail;

    private KernelSpectrum(double[] values, double[] multiplicities, double tail) {
        this.values = values;
        this.multiplicities = multiplicities;
        this.tail = tail;
    }

    /**
     * Eigenvalues of one eigenfunction each.
     *
     * @param values λ, in any order, none negative, at least one positive. Not modified.
     */
    public static KernelSpectrum of(double... values) {
        var ones = new double[values.length];
        Arrays.fill(ones, 1);
        return of(values, ones);
    }

    /**
     * Eigenvalues with multiplicities.
     *
     * @param values λ_k, in any order, none negative, at least one positive. Not modified.
     * @param multiplicities m_k, positive; a {@code double} because on a sphere they soon exceed whole numbers. Not
     *        modified.
     */
    public static KernelSpectrum of(double[] values, double[] multiplicities) {
        if (values.length != multiplicities.length)
            throw new IllegalArgumentException("values has " + values.length + " entries, multiplicities "
                    + multiplicities.length + ": expected one for each level in both");
        for (int k = 0; k < values.length; k++) {
            if (!(values[k] >= 0 && Double.isFinite(values[k])))
                throw new IllegalArgumentException(
                        "values[" + k + "] = " + values[k]
                                + ": expected a finite number that is not negative");
            if (!(multiplicities[k] > 0 && Double.isFinite(multiplicities[k])))
                throw new IllegalArgumentException(
                        "multiplicities[" + k + "] = " + multiplicities[k] + ": expected a positive number");
        }
        if (Arrays.stream(values).noneMatch(value -> value > 0))
            throw new IllegalArgumentException(
                    "values = " + Arrays.toString(values) + ": expected a positive one");
        return new KernelSpectrum(values.clone(), multiplicities.clone(), 0);
    }

    /**
     * A power law, λ_i = i^(−α).
     *
     * @param count the number of modes, i = 1 … count
     * @param alpha α, positive
     */
    public static KernelSpectrum powerLaw(int count, double alpha) {
        if (count < 1) throw new IllegalArgumentException("count = " + count + ": expected at least 1");
        if (!(alpha > 0 && Double.isFinite(alpha)))
            throw new IllegalArgumentException("alpha = " + alpha + ": expected a positive number");
        return of(IntStream.rangeClosed(1, count).mapToDouble(i -> Math.pow(i, -alpha)).toArray());
    }

    /**
     * The same with another trace of the modes that are not listed, not negative.
     *
     * @param trace that of the modes that are not listed, not negative
     */
    public KernelSpectrum withTail(double trace) {
        if (!(trace >= 0 && Double.isFinite(trace)))
            throw new IllegalArgumentException(
                    "tail = " + trace + ": expected a number that is not negative");
        return new KernelSpectrum(values, multiplicities, trace);
    }

    /** The number of levels. */
    public int levels() { return values.length; }

    /**
     * λ_k of level k, from 0.
     *
     * @param level the number of a level of equal eigenvalues, from 0
     */
    public double value(int level) { return values[level]; }

    /**
     * m_k of level k, from 0.
     *
     * @param level the number of a level of equal eigenvalues, from 0
     */
    public double multiplicity(int level) { return multiplicities[level]; }

    /** The trace of the modes that are not listed. */
    public double tail() { return tail; }

    /** The number of modes with a positive eigenvalue that are listed, Σ m. */
    public double rank() {
        double rank = 0;
        for (int k = 0; k < values.length; k++) if (values[k] > 0) rank += multiplicities[k];
        return rank;
    }

    /** The trace of the kernel, Σ mλ and the tail: the mean of k(x, x). */
    public double trace() {
        double trace = tail;
        for (int k = 0; k < values.length; k++) trace += multiplicities[k] * values[k];
        return trace;
    }

    @Override
    public String toString() {
        return "%d levels, %.6g modes, trace %.6g".formatted(levels(), rank(), trace());
    }
}
