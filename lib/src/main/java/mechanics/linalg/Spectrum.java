package mechanics.linalg;

import java.util.List;

/**
 * The largest eigenvalues of a symmetric operator, falling, with their eigenvectors, and how far they can be
 * trusted.
 *
 * @param pairs the eigenpairs, the largest eigenvalue first
 * @param products how many products A v it took
 * @param converged whether every residual is within the tolerance that was asked for
 */
public record Spectrum(List<Eigenpair> pairs, int products, boolean converged) {
    /** Checks that there is an eigenpair. */
    public Spectrum {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty())
            throw new IllegalArgumentException("pairs = []: expected at least one eigenpair");
    }

    /**
     * An eigenvalue and its eigenvector.
     *
     * @param value λ
     * @param vector u, of length 1, its largest entry positive
     * @param residual ‖A u − λ u‖; there is an eigenvalue of A within this distance of λ
     */
    public record Eigenpair(double value, Array vector, double residual) {}

    /** The number of eigenpairs. */
    public int count() { return pairs.size(); }

    /** The largest eigenvalue. */
    public double largest() { return pairs.getFirst().value(); }

    /** Eigenvalue number {@code index}, 0 for the largest. */
    public double value(int index) {
        return pairs.get(index).value();
    }

    /** The eigenvector of eigenvalue number {@code index}. */
    public Array vector(int index) {
        return pairs.get(index).vector();
    }

    /** The eigenvalues, falling. */
    public double[] values() {
        return pairs.stream().mapToDouble(Eigenpair::value).toArray();
    }
}
