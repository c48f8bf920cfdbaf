package mechanics.measure.curvature;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import mechanics.linalg.Array;
import mechanics.linalg.Lanczos;
import mechanics.linalg.Spectrum;
import mechanics.training.Derivatives;
import mechanics.training.Observable;
import mechanics.training.Snapshot;

/**
 * The sharpness: the largest eigenvalue λ₁ of the Hessian of the loss, or the k largest, along a run. Gradient
 * descent with learning rate η is stable on a quadratic while {@code λ₁ < 2/η}. Each measurement starts from the
 * eigenvectors of the one before.
 *
 * <p>Cost: some 10 to 30 Hessian-vector products for one eigenvalue to a relative residual of 10⁻³. Source: Cohen et
 * al. (2021).
 */
public final class Sharpness implements Observable {
    private final Lanczos lanczos;
    /** The diagonal of the preconditioner, or null. */
    private final Function<Snapshot, Array> preconditioner;
    private Spectrum latest;

    private Sharpness(Lanczos lanczos, Function<Snapshot, Array> preconditioner) {
        this.lanczos = lanczos;
        this.preconditioner = preconditioner;
    }

    /**
     * The largest eigenvalue of the Hessian at the present parameters.
     *
     * @param derivatives the loss over the samples at which it is taken
     * @throws ArithmeticException where it has not converged, or the Hessian is not finite
     */
    public static double of(Derivatives derivatives) {
        var spectrum = spectrum(derivatives, Lanczos.of(1));
        requireConverged(spectrum);
        return spectrum.largest();
    }

    /**
     * The largest eigenvalues of the Hessian at the present parameters, with their eigenvectors; ask it whether they
     * have {@linkplain Spectrum#converged converged}.
     *
     * @param derivatives the loss over the samples at which it is taken
     * @param lanczos iterations, tolerance and start of the eigenvalue search
     */
    public static Spectrum spectrum(Derivatives derivatives, Lanczos lanczos) {
        return lanczos.largest(Hessian.of(derivatives));
    }

    /** The largest eigenvalue along a run, with tolerance 10⁻³. */
    public static Sharpness observable() {
        return observable(Lanczos.of(1));
    }

    /**
     * The largest eigenvalues along a run. Measuring throws an ArithmeticException where they do not converge.
     *
     * @param lanczos iterations, tolerance and start of the eigenvalue search
     */
    public static Sharpness observable(Lanczos lanczos) { return new Sharpness(lanczos, null); }

    /**
     * The same for the Hessian preconditioned by what the run's own learning rule has at that step,
     * P^(−1/2) H P^(−1/2): what decides the stability of adaptive rules such as Adam (Cohen et al. 2022). NaN at
     * step 0 of those, which then have no P yet.
     *
     * <pre>{@code run.observe("preconditioned sharpness", every(20), Sharpness.observable().preconditioned())}</pre>
     */
    public Sharpness preconditioned() { return preconditioned(Snapshot::preconditioner); }

    /**
     * The same for the Hessian preconditioned by a diagonal P, P^(−1/2) H P^(−1/2).
     *
     * @param diagonal gives the diagonal of P, all positive; where it is not finite, NaN is measured
     */
    public Sharpness preconditioned(Function<Snapshot, Array> diagonal) {
        return new Sharpness(lanczos, diagonal);
    }

    /** {@code sharpness}, or {@code λ1, λ2, …}. */
    @Override
    public List<String> columns() {
        if (lanczos.count() == 1) return List.of("sharpness");
        return IntStream.rangeClosed(1, lanczos.count()).mapToObj(i -> "λ" + i).toList();
    }

    @Override
    public double[] measure(Snapshot snapshot) {
        var operator = Hessian.of(snapshot.derivatives());
        if (preconditioner != null) {
            Array diagonal = preconditioner.apply(snapshot);
            if (!diagonal.isFinite()) return undefined();
            operator = operator.preconditioned(diagonal);
        }
        latest = latest == null ? lanczos.largest(operator) : lanczos.largest(operator, latest);
        requireConverged(latest);
        return latest.values();
    }

    private static void requireConverged(Spectrum spectrum) {
        if (spectrum.converged()) return;
        var last = spectrum.pairs().getLast();
        throw new ArithmeticException("sharpness after " + spectrum.products() + " products: residual "
                + last.residual() + " of eigenvalue " + last.value()
                + ", expected within the tolerance; allow more products or a larger tolerance");
    }

    private double[] undefined() {
        var values = new double[lanczos.count()];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /**
     * The last measurement, with eigenvectors, residuals and the number of products.
     *
     * @throws IllegalStateException where nothing was measured yet
     */
    public Spectrum latest() {
        if (latest == null) throw new IllegalStateException("sharpness: nothing was measured yet");
        return latest;
    }
}
