package mechanics.linalg;

import java.util.Arrays;

/**
 * The cheapest way to move goods from m sources to n sinks: min Σ Pᵢⱼ cᵢⱼ over plans P ≥ 0 with given row sums
 * (supplies) and column sums (demands). Exact, for whole numbers of goods, by successive shortest augmenting paths with
 * potentials: the Hungarian method of Kuhn and Munkres in the form of Jonker and Volgenant (1987), carried over from
 * assignments (all goods 1) to any amounts. The potentials u, v prove the plan: cᵢⱼ − uᵢ − vⱼ ≥ 0 everywhere, and = 0
 * where goods move, so no plan is cheaper.
 *
 * <p>Cost: O(m n) for each path; one path fills a source or a sink or empties a used way, in practice about m + n
 * paths, so O(m n (m + n)).
 */
public final class Transport {
    private final double[][] cost;
    private final long[][] flow;
    private final double[] u, v;

    // One search: distances of rows and columns from the source, and the way back.
    private final double[] rowDistance, distance;
    private final int[] rowFrom, from;
    private final boolean[] rowSeen, settled;

    private Transport(double[][] cost) {
        int m = cost.length, n = cost[0].length;
        this.cost = cost;
        flow = new long[m][n];
        u = new double[m];
        v = new double[n];
        rowDistance = new double[m];
        rowFrom = new int[m];
        rowSeen = new boolean[m];
        distance = new double[n];
        from = new int[n];
        settled = new boolean[n];
    }

    /**
     * The cheapest plan.
     *
     * @param cost m × n, finite and not negative. Not modified.
     * @param supply m amounts. Not modified.
     * @param demand n amounts with the same sum. Not modified.
     */
    public static Transport of(double[][] cost, long[] supply, long[] demand) {
        if (Arrays.stream(supply).sum() != Arrays.stream(demand).sum()) {
            throw new IllegalArgumentException(
                    "supplies of " + Arrays.stream(supply).sum() + " and demands of "
                            + Arrays.stream(demand).sum() + ": expected equal sums");
        }
        for (double[] row : cost) {
            for (double c : row) {
                if (!(c >= 0) || Double.isInfinite(c)) {
                    throw new IllegalArgumentException("cost = " + c + ": expected at least 0");
                }
            }
        }
        var transport = new Transport(cost);
        long[] open = demand.clone();
        for (int source = 0; source < supply.length; source++) {
            long left = supply[source];
            while (left > 0) left -= transport.augment(source, left, open);
        }
        return transport;
    }

    /** Goods from source i to sink j. */
    public long[][] flow() { return flow; }

    /** The potentials of the sources. */
    public double[] u() { return u; }

    /** The potentials of the sinks. */
    public double[] v() { return v; }

    /** Moves goods along the shortest path from the source to a sink that is open; returns how many. */
    private long augment(int source, long left, long[] open) {
        Arrays.fill(rowSeen, false);
        Arrays.fill(settled, false);
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        see(source, 0, -1);
        int sink;
        while (true) {
            sink = nearest();
            settled[sink] = true;
            if (open[sink] > 0) break;
            // All rows that use this full column could give it up.
            for (int i = 0; i < u.length; i++) {
                if (!rowSeen[i] && flow[i][sink] > 0) see(i, distance[sink], sink);
            }
        }
        updatePotentials(distance[sink]);
        long amount = Math.min(left, open[sink]);
        for (int i = from[sink]; rowFrom[i] >= 0; i = from[rowFrom[i]]) {
            amount = Math.min(amount, flow[i][rowFrom[i]]);
        }
        open[sink] -= amount;
        int column = sink;
        while (true) {
            int row = from[column];
            flow[row][column] += amount;
            column = rowFrom[row];
            if (column < 0) return amount;
            flow[row][column] -= amount;
        }
    }

    private void see(int row, double at, int through) {
        rowSeen[row] = true;
        rowDistance[row] = at;
        rowFrom[row] = through;
        for (int j = 0; j < v.length; j++) {
            double reached = at + cost[row][j] - u[row] - v[j];
            if (!settled[j] && reached < distance[j]) {
                distance[j] = reached;
                from[j] = row;
            }
        }
    }

    private int nearest() {
        int best = -1;
        for (int j = 0; j < v.length; j++) {
            if (!settled[j] && (best < 0 || distance[j] < distance[best])) best = j;
        }
        return best;
    }

    private void updatePotentials(double end) {
        for (int i = 0; i < u.length; i++) {
            if (rowSeen[i]) u[i] += end - rowDistance[i];
        }
        for (int j = 0; j < v.length; j++) {
            if (settled[j]) v[j] -= end - distance[j];
        }
    }
}
