package mechanics.solvable;

import mechanics.base.Require;

/**
 * A linear network of two layers with one output, f(x) = aᵀWx, that starts small: its tangent kernel turns towards the
 * task while the loss still stands.
 *
 * <p>Inputs are whitened (Σ xxᵀ = I), the target is s β̂·x with a unit vector β̂, the loss ½ Σ (f − y)². With p = Wβ̂ the
 * flow near zero is linear, ṗ = s a, ȧ = s p, and nothing else moves. Features are compared by WᵀW + |a|² I, the
 * matrix of the tangent kernel; its share along β̂ is
 *
 * <pre>(|p|² + |a|²) / (|W|² + d |a|²),</pre>
 *
 * 1/d for random weights of one size and 2/(d + 1) when e^{st} has made p = a large. Neither depends on the size α of the
 * start, so it happens at a time of order 1/s. The loss falls at the time (1/2s) ln(s/g₀) + const, with the strength
 * g₀ = |p + a|²/4 ∝ α² of the growing part: ln(1/α)/s.
 *
 * <p>Cost: O(hidden neurons) for a time. Source: Atanasov, Bordelon and Pehlevan (2022).
 */
public final class SilentAlignment {
    private final double strength;
    private final int dimension;
    /** |p + a|²/4, |p − a|²/4, p·p − a·a, and |W|² − |p|². */
    private final double growing;
    private final double shrinking;
    private final double difference;
    private final double rest;

    private SilentAlignment(double strength, int dimension, double growing, double shrinking,
            double difference,
            double rest) {
        this.strength = strength;
        this.dimension = dimension;
        this.growing = growing;
        this.shrinking = shrinking;
        this.difference = difference;
        this.rest = rest;
    }

    /**
     * The network at its start.
     *
     * @param target s β̂, of length d, not zero. Not modified.
     * @param w W, hidden × d. Not modified.
     * @param a the second layer, one weight for each row of W. Not modified.
     * @throws IllegalArgumentException if sizes do not fit, or the target or the start is zero
     */
    public static SilentAlignment of(double[] target, double[][] w, double[] a) {
        int d = Require.matrix("w", w);
        Require.sameLength("target", target.length, "a row of w", d);
        Require.sameLength("a", a.length, "w", w.length);
        double s = 0;
        for (double b : target) s += b * b;
        s = Require.positive("length of target", Math.sqrt(s));
        double growing = 0;
        double shrinking = 0;
        double difference = 0;
        double rest = 0;
        for (int i = 0; i < a.length; i++) {
            double p = 0;
            for (int j = 0; j < d; j++) {
                p += w[i][j] * target[j] / s;
                rest += w[i][j] * w[i][j];
            }
            growing += (p + a[i]) * (p + a[i]) / 4;
            shrinking += (p - a[i]) * (p - a[i]) / 4;
            difference += p * p - a[i] * a[i];
            rest -= p * p;
        }
        Require.positive("growing part of the start, |p + a|²/4,", growing);
        return new SilentAlignment(s, d, growing, shrinking, difference, Math.max(0, rest));
    }

    /**
     * The share of the tangent kernel along the target.
     *
     * @param t time, at least 0
     * @return between 0 and 1
     */
    public double alignment(double t) {
        Require.notNegative("t", t);
        // All squares divided by e^{2st}; |p|² − |a|² is conserved.
        double decay = Math.exp(-2 * strength * t);
        double sum = 2 * (growing + shrinking * decay * decay);
        double a2 = Math.max(0, (sum - difference * decay) / 2);
        double p2 = Math.max(0, sum - a2);
        return sum / (p2 + rest * decay + dimension * a2);
    }

    /** 2/(d + 1), which the alignment reaches while the loss still stands. */
    public double limit() {
        return 2.0 / (dimension + 1);
    }

    /**
     * When the alignment first reaches a share of its limit.
     *
     * @param share above 0 and below 1, such as 0.9
     * @return a time of order 1/s, which does not depend on the size of the start
     */
    public double timeTo(double share) {
        Require.positive("share", share);
        Require.fraction("share", share);
        double goal = share * limit();
        double step = 0.01 / strength;
        double high = 0;
        while (alignment(high) < goal) high += step;
        double low = Math.max(0, high - step);
        for (int i = 0; i < 50; i++) {
            double middle = (low + high) / 2;
            if (alignment(middle) < goal) low = middle;
            else
                high = middle;
        }
        return high;
    }

    /**
     * The share of the loss that is left, (1 − g/s)², with the strength g = s/(1 + (s/g₀ − 1) e^{−2st}) of the part that
     * grows; right up to O(α²).
     *
     * @param t time, at least 0
     */
    public double lossLeft(double t) {
        Require.notNegative("t", t);
        double odds = (strength / growing - 1) * Math.exp(-2 * strength * t);
        return Math.pow(odds / (1 + odds), 2);
    }

    /**
     * When a share of the loss is left, (1/2s) ln[(s/g₀ − 1) (1/√share − 1)].
     *
     * @param share above 0 and below 1
     */
    public double lossTime(double share) {
        Require.positive("share", share);
        Require.fraction("share", share);
        if (growing >= strength) return 0;
        return Math.max(0, Math.log((strength / growing - 1) * (1 / Math.sqrt(share) - 1)) / (2 * strength));
    }
}
