package mechanics.representations;

import java.util.Arrays;

import mechanics.linalg.Array;
import mechanics.linalg.Rounding;

/**
 * The shape distance of two representations: the angle between them, as vectors of n × width numbers, after the best
 * rotation of one onto the other,
 * <pre>θ = arccos max_Q ⟨X̃, Ỹ Q⟩ / (‖X̃‖ ‖Ỹ‖) = arccos ‖X̃ᵀ Ỹ‖_* / (‖X̃‖ ‖Ỹ‖),   Q orthogonal,</pre>
 * where X̃ is X less its mean, scaled to mean variance 1 and partly whitened, X̃ = X (α I + (1 − α) (XᵀX/n)^(−1/2)). α = 1 is the Procrustes distance,
 * blind to rotation, scale and shift; α = 0 compares the spans only, as canonical correlations do. The nuclear norm
 * ‖·‖_* is the sum of singular values; of two representations of different width the narrower is padded with zeros. A
 * metric: symmetric, zero for equal shapes, and subject to the triangle inequality.
 *
 * <p>Cost: O(n (d² + d d′ + d′²)). Source: Williams, Kunz, Kornblith and Linderman, "Generalized shape metrics on
 * neural representations" (2021).
 *
 * @param alpha α, between 0 (whitened) and 1 (Procrustes)
 */
public record ShapeDistance(double alpha) {
    /** Checks α. */
    public ShapeDistance {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha = " + alpha + ": expected between 0 and 1");
        }
    }

    /** The distance under rotations alone. */
    public static ShapeDistance procrustes() {
        return new ShapeDistance(1);
    }

    /** The distance under all invertible linear maps. */
    public static ShapeDistance whitened() {
        return new ShapeDistance(0);
    }

    /**
     * The angle θ, between 0 and π/2. Not modified.
     *
     * @param x n × d, rows are samples
     * @param y n × d′, rows are the same samples
     */
    public double angle(Representation x, Representation y) { return Math.acos(similarity(x, y)); }

    /**
     * cos θ, between 0 and 1. Not modified.
     *
     * @param x n × d, rows are samples
     * @param y n × d′, rows are the same samples
     */
    public double similarity(Representation x, Representation y) {
        Features.requireSame(x, y, 2);
        Features a = shaped(x), b = shaped(y);
        double nuclear = Arrays.stream(a.crossSingularValues(b)).sum();
        return Math.min(1, nuclear / (a.values().norm() * b.values().norm()));
    }

    private Features shaped(Representation z) {
        var x = Features.of(z).requireVariance();
        if (alpha == 1) return x;
        int n = x.samples(), d = x.width();
        if (alpha == 0) {
            // The whitened features are an orthonormal basis of their span, up to a rotation.
            return x.basis(1);
        }
        x.values().scale(Math.sqrt(x.values().length()) / x.values().norm());
        var svd = Features.matrix(x.values().toRows(d)).svd();
        double[] s = svd.s().toArray(new double[0]);
        // Directions in which nothing varies stay at zero: there is nothing to whiten. Up to a rotation, which the
        // distance does not see, X (α I + (1 − α) √n (XᵀX)^(−1/2)) is U (α S + (1 − α) √n).
        int rank = Rounding.rank(s, n, d);
        Array shaped = x.values().like(Math.multiplyExact(n, rank));
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < rank; k++) {
                shaped.set(i * rank + k, svd.U().get(i, k) * (alpha * s[k] + (1 - alpha) * Math.sqrt(n)));
            }
        }
        return new Features(shaped, n, rank);
    }
}
