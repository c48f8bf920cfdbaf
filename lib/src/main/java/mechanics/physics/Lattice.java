package mechanics.physics;

/** A plane lattice whose sites have whole numbers (row, column) as places; they differ in who is whose neighbor. */
public enum Lattice {
    /** Four neighbors: up, down, left, right. */
    SQUARE(0.592_746_05, 4),
    /** Six neighbors: those and two along one diagonal. */
    TRIANGULAR(0.5, 6);

    private final double threshold;
    private final int neighbors;

    Lattice(double threshold, int neighbors) {
        this.threshold = threshold;
        this.neighbors = neighbors;
    }

    /**
     * p_c, the share of occupied sites above which an infinite lattice has an infinite cluster: 1/2 exactly on the
     * triangular lattice (Sykes and Essam 1964), 0.59274605 by simulation on the square one (Newman and Ziff 2001, and
     * many since).
     */
    public double threshold() { return threshold; }

    /** How many neighbors a site has. */
    public int neighbors() { return neighbors; }
}
