package mechanics.representations;

import java.util.Arrays;

import mechanics.linalg.Transport;

/**
 * A matching of the units of two representations by optimal transport: every unit of the first, of mass 1/d, is spread
 * over units of the second, of mass 1/d′ each, such that the mean squared distance between matched units is smallest,
 * <pre>min_P Σ P_ij ‖x̂ᵢ − ŷⱼ‖²,   P ≥ 0,   Σⱼ P_ij = 1/d,   Σᵢ P_ij = 1/d′,</pre>
 * where x̂ᵢ is the response of unit i over the samples, centered and of length 1. For equal widths an optimal P is a
 * permutation: one-to-one matching. Unlike shape distances this does not forgive rotations: it asks whether single
 * units agree. The partial matching moves only a share of the mass, that which matches best, and leaves the others
 * unmatched.
 *
 * <p>A unit that is the same for all samples has x̂ = 0 and correlates with nothing.
 *
 * <p>Solved exactly by {@link Transport}: O(d d′ (d + d′)), beside n d d′ for the correlations. The partial problem is
 * a full one with an extra unit on either side that takes what stays unmatched at no cost (Chapel, Alaya and Gasso
 * 2020). Sources: Khosla and Williams, "Soft matching distance" (2024); Kapoor, Williams and Khosla,
 * "Partial soft-matching distance" (ICLR 2026).
 *
 * @param plan P, d × d′
 * @param correlations x̂ᵢ · ŷⱼ, d × d′
 * @param share the mass that was moved, above 0 and at most 1
 * @param cost Σ P_ij ‖x̂ᵢ − ŷⱼ‖²
 */
public record SoftMatching(double[][] plan, double[][] correlations, double share, double cost) {

    /**
     * The matching of all units. Not modified.
     *
     * @param x n × d, rows are samples
     * @param y n × d′, rows are the same samples
     */
    public static SoftMatching of(Representation x, Representation y) { return partial(x, y, 1); }

    /**
     * The matching of a share of the units.
     *
     * @param x n × d, rows are samples
     * @param y n × d′, rows are the same samples
     * @param share of the mass, above 0 and at most 1; rounded to what whole units allow
     */
    public static SoftMatching partial(Representation x, Representation y, double share) {
        Features.requireSame(x, y, 2);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share = " + share + ": expected above 0 and at most 1");
        }
        Features a = units(x), b = units(y);
        int d = a.width(), e = b.width();
        double[][] correlations = a.cross(b).toRows(e);
        double[] first = lengths(a), second = lengths(b);
        var costs = new double[d][e];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < e; j++) {
                costs[i][j] = Math.max(0, first[i] + second[j] - 2 * correlations[i][j]);
            }
        }
        // Whole goods: e/g from each of d units to d/g for each of e units.
        long divisor = gcd(d, e);
        long total = (long) d * e / divisor;
        long moved = Math.max(1, Math.round(share * total));
        long[][] flow = moved == total
                ? Transport.of(costs, goods(d, e / divisor, 0), goods(e, d / divisor, 0)).flow()
                : Transport.of(withDummies(costs), goods(d, e / divisor, total - moved),
                        goods(e, d / divisor, total - moved)).flow();
        var plan = new double[d][e];
        double cost = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < e; j++) {
                plan[i][j] = flow[i][j] / (double) total;
                cost += plan[i][j] * costs[i][j];
            }
        }
        return new SoftMatching(plan, correlations, moved / (double) total, cost);
    }

    /** The mean correlation of matched units, between −1 and 1: the soft-matching score. */
    public double similarity() {
        double sum = 0;
        for (int i = 0; i < plan.length; i++) {
            for (int j = 0; j < plan[i].length; j++) sum += plan[i][j] * correlations[i][j];
        }
        return sum / share;
    }

    /** The soft-matching distance √Σ P_ij ‖x̂ᵢ − ŷⱼ‖². */
    public double distance() { return Math.sqrt(cost); }

    /** How much of each unit of the first representation is matched: between 0 and 1, d numbers. */
    public double[] matched() {
        return Arrays.stream(plan).mapToDouble(row -> plan.length * Arrays.stream(row).sum()).toArray();
    }

    /** Centered units of length 1. */
    private static Features units(Representation z) {
        var x = Features.of(z);
        return new Features(x.unitColumns(), x.samples(), x.width());
    }

    /** ‖x̂ᵢ‖² of every unit: 1, or 0 if it never varies. */
    private static double[] lengths(Features x) {
        var lengths = new double[x.width()];
        for (int i = 0; i < x.samples(); i++) {
            for (int j = 0; j < lengths.length; j++) {
                lengths[j] += Math.pow(x.values().get(i * x.width() + j), 2);
            }
        }
        return lengths;
    }

    private static double[][] withDummies(double[][] costs) {
        int d = costs.length, e = costs[0].length;
        var more = new double[d + 1][e + 1];
        for (int i = 0; i < d; i++) System.arraycopy(costs[i], 0, more[i], 0, e);
        more[d][e] = 100; // more than any detour: costs are at most 4
        return more;
    }

    /** The same amount for each of {@code count} units, and one more entry if it is not zero. */
    private static long[] goods(int count, long each, long rest) {
        long[] goods = new long[rest > 0 ? count + 1 : count];
        Arrays.fill(goods, each);
        if (rest > 0) goods[count] = rest;
        return goods;
    }

    private static long gcd(long a, long b) { return b == 0 ? a : gcd(b, a % b); }
}
