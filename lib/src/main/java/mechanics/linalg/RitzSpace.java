package mechanics.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import mechanics.base.Seed;
import mechanics.measure.curvature.SpectralDensity;

/**
 * An orthonormal basis V, its image A V, and the eigenpairs of Vᵀ A V in falling order. What {@link Lanczos} and
 * {@link SpectralDensity} grow.
 */
public final class RitzSpace {
    /** Columns of the basis that are rotated at a time on restart. */
    private static final int BLOCK = 4096;

    private final SymmetricOperator operator;
    private final Seed seed;
    private final int capacity;
    private final List<Array> basis = new ArrayList<>();
    private final List<Array> images = new ArrayList<>();
    private final double[][] projected;
    private DenseEigen eigen;
    private int products;
    private int drawn;

    public RitzSpace(SymmetricOperator operator, int capacity, Seed seed) {
        this.operator = operator;
        this.capacity = capacity;
        this.seed = seed;
        projected = new double[capacity][capacity];
    }

    public int size() { return basis.size(); }

    public boolean isFull() { return size() == capacity; }

    public int products() { return products; }

    /** A v for the last v of the basis. */
    public Array lastImage() { return images.getLast(); }

    /**
     * Extends the basis by the part of a vector that is orthogonal to it. Not modified: vector.
     *
     * @return false where there is no such part beyond rounding
     */
    public boolean add(Array vector) {
        Array v = operator.precision().array(operator.size());
        v.copy(vector);
        double before = v.norm();
        if (before == 0) return false;
        v.scale(1 / before);
        double left = 1;
        // Twice is enough, and once where little was removed (Parlett 1998, section 6.9).
        for (int pass = 0; pass < 2; pass++) {
            double size = left;
            for (Array b : basis) v.add(-b.dot(v), b);
            left = v.norm();
            if (left > 0.7 * size) break;
        }
        if (left < 100 * operator.precision().unitRoundoff()) return false;
        v.scale(1 / left);
        append(v);
        return true;
    }

    /** Extends the basis by a random direction. */
    public void addRandom() {
        Array v = operator.precision().array(operator.size());
        do {
            v.fillGaussian(seed.stream("start vector " + drawn++), 1);
        } while (!add(v));
    }

    private void append(Array v) {
        Array image = operator.precision().array(operator.size());
        operator.apply(v, image);
        products++;
        if (!image.isFinite()) {
            throw new ArithmeticException(
                    "product " + products + " of the operator has an entry that is NaN or "
                            + "infinite: expected finite numbers");
        }
        int last = size();
        for (int i = 0; i < last; i++) {
            projected[i][last] = basis.get(i).dot(image);
            projected[last][i] = projected[i][last];
        }
        projected[last][last] = v.dot(image);
        if (last > 0) checkSymmetry(v, image);
        basis.add(v);
        images.add(image);
    }

    /** Compares the two ways to compute the newest entry beside the diagonal. */
    private void checkSymmetry(Array v, Array image) {
        int last = size() - 1;
        double one = basis.get(last).dot(image);
        double other = images.get(last).dot(v);
        double allowed = Math.cbrt(operator.precision().unitRoundoff())
                * (image.norm() + images.get(last).norm());
        if (Math.abs(one - other) > allowed) {
            throw new IllegalArgumentException("operator: expected a symmetric one, but ⟨u, A v⟩ = " + one
                    + " and ⟨A u, v⟩ = " + other);
        }
    }

    /** Computes the eigenpairs of the projected operator. */
    public void solve() { eigen = eigen(); }

    /** The eigenpairs of the projected operator, rising, in the coordinates of the basis. */
    public DenseEigen eigen() {
        return DenseEigen.of(projected, size());
    }

    /** Ritz value number p, the largest first. */
    public double value(int p) {
        return eigen.value(eigen.count() - 1 - p);
    }

    /** The coordinates of Ritz vector number p in the basis. */
    public double[] coordinates(int p) {
        return eigen.vector(eigen.count() - 1 - p);
    }

    /** A residual that rounding alone explains. */
    public double roundoff() {
        double scale = Math.max(Math.abs(value(0)), Math.abs(value(eigen.count() - 1)));
        return 100 * operator.precision().unitRoundoff() * scale;
    }

    /** Ritz vector number p: of length 1, its largest entry positive. */
    public Array vector(int p) {
        Array u = combination(basis, coordinates(p));
        double largest = u.largest();
        int at = 0;
        while (at < u.length() - 1 && Math.abs(u.get(at)) < largest) at++;
        u.scale(Math.signum(u.get(at)) / u.norm());
        return u;
    }

    /** Computes A u − θ u for Ritz pair number p. Modified: residual. */
    public void residual(int p, Array residual) {
        double[] s = coordinates(p);
        residual.fill(0);
        for (int j = 0; j < size(); j++) {
            residual.add(s[j], images.get(j));
            residual.add(-value(p) * s[j], basis.get(j));
        }
    }

    private Array combination(List<Array> rows, double[] s) {
        Array sum = operator.precision().array(operator.size());
        for (int j = 0; j < rows.size(); j++) sum.add(s[j], rows.get(j));
        return sum;
    }

    /** Replaces the basis by the first {@code keep} Ritz vectors. */
    public void restart(int keep) {
        var rotation = new double[keep][];
        for (int p = 0; p < keep; p++) rotation[p] = coordinates(p);
        Array s = operator.precision().array(rotation);
        rotate(s, keep, basis);
        rotate(s, keep, images);
        for (double[] row : projected) Arrays.fill(row, 0);
        for (int p = 0; p < keep; p++) projected[p][p] = value(p);
        basis.subList(keep, capacity).clear();
        images.subList(keep, capacity).clear();
    }

    /** rows = S rows, a block of columns at a time, so that it takes little memory. Modified: rows. */
    private void rotate(Array s, int keep, List<Array> rows) {
        int m = rows.size();
        Array old = s.like(m * BLOCK);
        Array rotated = s.like(keep * BLOCK);
        for (int from = 0; from < operator.size(); from += BLOCK) {
            int width = Math.min(BLOCK, operator.size() - from);
            for (int j = 0; j < m; j++) {
                old.view(j * width, width).copy(rows.get(j).view(from, width));
            }
            rotated.view(0, keep * width).gemm(1, s, false, old.view(0, m * width), false, keep, width, m, 0);
            for (int p = 0; p < keep; p++) {
                rows.get(p).view(from, width).copy(rotated.view(p * width, width));
            }
        }
    }
}
