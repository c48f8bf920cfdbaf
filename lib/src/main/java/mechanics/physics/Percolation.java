package mechanics.physics;

import mechanics.base.Seed;

/**
 * Site percolation on an L × L piece of a lattice: sites are occupied at random, and occupied neighbors belong to one
 * cluster. Clusters are kept by union–find with the smaller tree hung below the larger, as in Newman and
 * Ziff, "Fast Monte Carlo algorithm for site or bond percolation" (2001). Cost of a sample: O(L²), nearly.
 *
 * <p>At the threshold p_c, which is the lattice's own, an infinite lattice is critical, and its exponents are those of
 * every plane lattice: {@link #FRACTAL_DIMENSION} and {@link #CORRELATION_EXPONENT} (Nienhuis 1982; proved for the
 * triangular lattice by Smirnov and Werner 2001).
 *
 * @param lattice who is whose neighbor
 * @param side L, from 2 to 16384
 */
public record Percolation(Lattice lattice, int side) {
    /** At p_c the largest cluster has about L^(91/48) sites. */
    public static final double FRACTAL_DIMENSION = 91.0 / 48;
    /** The ways to neighbors: the first four on the square lattice, all six on the triangular one. */
    private static final int[] ROW_STEP = {0, 1, 0, -1, 1, -1}, COLUMN_STEP = {1, 0, -1, 0, -1, 1};
    /** ν = 4/3: clusters reach |p − p_c|^−ν far, so that thresholds of samples spread by L^(−1/ν). */
    public static final double CORRELATION_EXPONENT = 4.0 / 3;

    /** @throws IllegalArgumentException if the side is out of its range */
    public Percolation {
        if (side < 2 || side > 16384)
            throw new IllegalArgumentException("side = " + side + ": expected 2 to 16384");
    }

    /**
     * Occupies every site with probability p. Opposite edges of the piece are joined to a torus, so that no site lies at
     * an edge: finite pieces then come close to L^(91/48) sooner.
     *
     * @param p between 0 and 1
     * @param seed where the random numbers come from; equal seeds give equal numbers
     * @return the number of sites in the largest cluster
     */
    public int largestCluster(double p, long seed) {
        if (!(p >= 0 && p <= 1)) throw new IllegalArgumentException("p = " + p + ": expected 0 to 1");
        var random = Seed.of(seed).stream("occupied");
        var clusters = new DisjointSets(side * side);
        var occupied = new boolean[side * side];
        int largest = 0;
        for (int site = 0; site < occupied.length; site++) {
            if (random.nextDouble() >= p) continue;
            occupied[site] = true;
            join(site, true, occupied, clusters);
            largest = Math.max(largest, clusters.size(site));
        }
        return largest;
    }

    /**
     * Occupies one site after the other in random order until a cluster reaches from the first row to the last. The
     * edges are open.
     *
     * @param seed where the random numbers come from; equal seeds give equal numbers
     * @return the share of sites that are occupied then
     */
    public double spanningShare(long seed) {
        var random = Seed.of(seed).stream("order");
        int sites = side * side;
        int top = sites, bottom = sites + 1;
        var clusters = new DisjointSets(sites + 2);
        var occupied = new boolean[sites];
        int[] order = new int[sites];
        for (int i = 0; i < sites; i++) order[i] = i;
        for (int count = 1; count <= sites; count++) {
            int chosen = count - 1 + random.nextInt(sites - count + 1);
            int site = order[chosen];
            order[chosen] = order[count - 1];
            occupied[site] = true;
            join(site, false, occupied, clusters);
            if (site < side) clusters.join(site, top);
            if (site >= sites - side) clusters.join(site, bottom);
            if (clusters.root(top) == clusters.root(bottom)) return (double) count / sites;
        }
        throw new AssertionError("a full lattice spans");
    }

    private void join(int site, boolean torus, boolean[] occupied, DisjointSets clusters) {
        int row = site / side, column = site % side;
        for (int way = 0; way < lattice.neighbors(); way++) {
            int r = row + ROW_STEP[way], c = column + COLUMN_STEP[way];
            if (r < 0 || r >= side || c < 0 || c >= side) {
                if (!torus) continue;
                r = Math.floorMod(r, side);
                c = Math.floorMod(c, side);
            }
            int neighbor = r * side + c;
            if (occupied[neighbor]) clusters.join(site, neighbor);
        }
    }
}
