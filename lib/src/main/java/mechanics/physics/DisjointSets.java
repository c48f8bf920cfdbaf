package mechanics.physics;

import java.util.Arrays;

/** Sets without common members, each member first on its own: union by size, path halving (Tarjan 1975). */
final class DisjointSets {
    /** The parent of a member, or for a root the size of its set with a minus sign. */
    private final int[] parent;

    DisjointSets(int members) {
        parent = new int[members];
        Arrays.fill(parent, -1);
    }

    /** The member that stands for the set. */
    int root(int member) {
        int at = member;
        while (parent[at] >= 0) {
            int above = parent[at];
            if (parent[above] < 0) return above;
            parent[at] = parent[above];
            at = parent[at];
        }
        return at;
    }

    /** The number of members in the set of this one. */
    int size(int member) { return -parent[root(member)]; }

    void join(int a, int b) {
        int large = root(a), small = root(b);
        if (large == small) return;
        if (parent[large] > parent[small]) {
            int swapped = large;
            large = small;
            small = swapped;
        }
        parent[large] += parent[small];
        parent[small] = large;
    }
}
