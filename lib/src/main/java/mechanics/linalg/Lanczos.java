package mechanics.linalg;

import java.util.ArrayList;

import mechanics.base.Seed;

/**
 * Lanczos' method for the largest eigenvalues of a symmetric operator and their eigenvectors, with full
 * reorthogonalization and thick restarts.
 *
 * <p>It grows an orthonormal basis V and solves the small eigenproblem of Vᵀ A V: its eigenvalues θ and vectors
 * u = V s (Ritz pairs) approach those of A. The basis grows along the residual A u − θ u of the first pair that has
 * not converged. From one start vector all residuals point along the next Lanczos vector, so that this is Lanczos'
 * method; and it can also start from several vectors, which finds eigenvalues that occur more than once, or from the
 * eigenvectors of a similar operator, which is what makes it cheap along a training run. When the basis is full, it
 * is replaced by its best Ritz vectors.
 *
 * <p>A pair has converged when ‖A u − θ u‖ ≤ tolerance · |θ|: an eigenvalue of A then lies within that distance of
 * θ. The error of an eigenvalue that lies alone is far smaller, of the order of the square of the residual; a search
 * that stops on that saves a tenth to a fifth of the products, but takes two eigenvalues that differ by less than the
 * root of the tolerance for one, and so is not used. That happens here too, more rarely, where they differ by some
 * tolerances: the value then lies within the residual of the second. In single precision the tolerance cannot be met below about 10⁻⁵; the result then says so.
 *
 * <p>Cost: one product A v and O(m n) operations for each of m steps; memory 2 (2 count + 24) n numbers. From a
 * random start an isolated largest eigenvalue takes some 10 to 30 products, from its last eigenvector fewer.
 *
 * <p>Sources: Lanczos (1950); Wu and Simon (2000) for the restart; Parlett, The Symmetric Eigenvalue Problem (1998),
 * chapters 11 and 13.
 *
 * @param count k, the number of eigenpairs
 * @param tolerance the relative residual at which a pair has converged
 * @param maxProducts the number of products A v after which it stops and says that it has not converged
 * @param seed the seed of the start vectors
 */
public record Lanczos(int count, double tolerance, int maxProducts, Seed seed) {
    /** Checks the settings. */
    public Lanczos {
        if (count <= 0) throw new IllegalArgumentException("count = " + count + ": expected at least 1");
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "tolerance = " + tolerance + ": expected a number between 0 and 1");
        }
        if (maxProducts < count) {
            throw new IllegalArgumentException(
                    "maxProducts = " + maxProducts + ": expected at least count = " + count);
        }
    }

    /** The k largest eigenvalues with tolerance 10⁻³ and at most 500 products for each. */
    public static Lanczos of(int count) {
        return new Lanczos(count, 1e-3, 500 * Math.max(1, count), Seed.of(0));
    }

    /** These settings with another tolerance. */
    public Lanczos withTolerance(double other) {
        return new Lanczos(count, other, maxProducts, seed);
    }

    /** These settings with another limit on the number of products. */
    public Lanczos withMaxProducts(int other) {
        return new Lanczos(count, tolerance, other, seed);
    }

    /** These settings with another seed. */
    public Lanczos withSeed(Seed other) {
        return new Lanczos(count, tolerance, maxProducts, other);
    }

    /**
     * The largest eigenvalues of an operator, from a random start.
     *
     * @throws IllegalArgumentException where the operator is smaller than {@code count} or not symmetric
     * @throws ArithmeticException where a product has an entry that is NaN or infinite
     */
    public Spectrum largest(SymmetricOperator operator) {
        return search(operator, new RitzSpace(operator, capacity(operator), seed), 0);
    }

    /**
     * The largest eigenvalues of an operator, from those of a similar one. It takes at least count + 8 products, a
     * random direction among them, so that an eigenvector that the old ones do not see can show.
     *
     * @throws IllegalArgumentException where the operator is smaller than {@code count} or not symmetric
     * @throws ArithmeticException where a product has an entry that is NaN or infinite
     */
    public Spectrum largest(SymmetricOperator operator, Spectrum start) {
        var space = new RitzSpace(operator, capacity(operator), seed);
        for (int i = 0; i < Math.min(count, start.count()); i++) {
            if (start.vector(i).length() != operator.size()) {
                throw new IllegalArgumentException("start vector of " + start.vector(i).length()
                        + " numbers: expected " + operator.size());
            }
            space.add(start.vector(i));
        }
        if (space.size() < operator.size()) space.addRandom();
        return search(operator, space, Math.min(operator.size(), count + 8));
    }

    /** The size of the basis at which it is restarted. */
    private int capacity(SymmetricOperator operator) {
        if (count > operator.size()) {
            throw new IllegalArgumentException("count = " + count + ": expected at most " + operator.size()
                    + ", the dimension of the operator");
        }
        return Math.min(operator.size(), 2 * count + 24);
    }

    private Spectrum search(SymmetricOperator operator, RitzSpace space, int minProducts) {
        while (space.size() < count) space.addRandom();
        Array residual = operator.precision().array(operator.size());
        while (true) {
            space.solve();
            int pending = firstPending(space, residual, minProducts);
            boolean exact = space.size() == operator.size();
            if (pending < 0 || exact || space.products() >= maxProducts) {
                return result(space, residual, pending < 0 || exact);
            }
            if (space.isFull()) space.restart(count + 12);
            if (!space.add(residual)) space.addRandom();
        }
    }

    /**
     * The first pair that has not converged, or −1; its residual is in {@code residual}. Before {@code minProducts}
     * the pair after the wanted ones has to converge too. Modified: residual.
     */
    private int firstPending(RitzSpace space, Array residual, int minProducts) {
        int wanted = space.products() < minProducts ? Math.min(count + 1, space.size()) : count;
        for (int p = 0; p < wanted; p++) {
            space.residual(p, residual);
            if (residual.norm() > tolerance * Math.abs(space.value(p)) + space.roundoff()) return p;
        }
        return -1;
    }

    private Spectrum result(RitzSpace space, Array residual, boolean converged) {
        var pairs = new ArrayList<Spectrum.Eigenpair>(count);
        for (int p = 0; p < count; p++) {
            space.residual(p, residual);
            pairs.add(new Spectrum.Eigenpair(space.value(p), space.vector(p), residual.norm()));
        }
        return new Spectrum(pairs, space.products(), converged);
    }
}
