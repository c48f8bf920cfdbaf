package mechanics.measure;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import mechanics.linalg.Array;
import mechanics.training.Derivatives;
import mechanics.training.Moment;
import mechanics.training.Observable;

/**
 * The sharpness: the largest eigenvalue λ₁ of the Hessian of the loss, or the k largest, along a run. Gradient
 * descent with learning rate η is stable on a quadratic while λ₁ < 2/η. Each measurement starts from the
 * eigenvectors of the one before.
 *
 * <p>Cost: some 10 to 30 Hessian-vector products for one eigenvalue to a relative residual of 10⁻³. Source: Cohen et
 * al. (2021).
 */
public final class Sharpness implements Observable {
    private final Lanczos lanczos;
    /** The diagonal of the preconditioner, or null. */
    private final Function<Moment, Array> preconditioner;
    private Spectrum latest;

    private Sharpness(Lanczos lanczos, Function<Moment, Array> preconditioner) {
        this.lanczos = lanczos;
        this.preconditioner = preconditioner;
    }

    /** The largest eigenvalue of the Hessian at the present parameters. */
    public static double of(Derivatives derivatives) {
        return spectrum(derivatives, Lanczos.of(1)).largest();
    }

    /** The largest eigenvalues of the Hessian at the present parameters, with their eigenvectors. */
    public static Spectrum spectrum(Derivatives derivatives, Lanczos lanczos) {
        return lanczos.largest(Hessian.of(derivatives));
    }

    /** The largest eigenvalue along a run, with tolerance 10⁻³. */
    public static Sharpness observable() {
        return observable(Lanczos.of(1));
    }

    /** The largest eigenvalues along a run. */
    public static Sharpness observable(Lanczos lanczos) {
        return new Sharpness(lanczos, null);
    }

    /**
     * The same for the Hessian preconditioned by a diagonal P, P^(−1/2) H P^(−1/2): what decides the stability of
     * adaptive rules. For Adam P = √ν̂ + ε (Cohen et al. 2022).
     *
     * @param diagonal gives the diagonal of P, all positive
     */
    public Sharpness preconditioned(Function<Moment, Array> diagonal) {
        return new Sharpness(lanczos, diagonal);
    }

    /** {@code sharpness}, or {@code λ1, λ2, …}. */
    @Override
    public List<String> columns() {
        if (lanczos.count() == 1) return List.of("sharpness");
        return IntStream.rangeClosed(1, lanczos.count()).mapToObj(i -> "λ" + i).toList();
    }

    @Override
    public double[] measure(Moment moment) {
        var operator = Hessian.of(moment.derivatives());
        if (preconditioner != null) operator = operator.preconditioned(preconditioner.apply(moment));
        latest = latest == null ? lanczos.largest(operator) : lanczos.largest(operator, latest);
        return latest.values();
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
