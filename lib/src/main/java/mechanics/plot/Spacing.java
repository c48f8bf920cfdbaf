package mechanics.plot;

import java.util.Arrays;
import java.util.Comparator;

/** Labels in a row without overlap. */
final class Spacing {

    private Spacing() {}

    /**
     * Moves places apart, as little as a sweep in each direction finds, so that neighbors keep their distance.
     *
     * @param at   middles of the labels. Modified.
     * @param room how much room each needs. Not modified.
     * @param low  the least place
     * @param high the greatest place; wins where there is not room for all
     */
    static void spread(double[] at, double[] room, double low, double high) {
        Integer[] order = new Integer[at.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> at[i]));
        for (int k = 0; k < order.length; k++) {
            int i = order[k];
            double least = k == 0 ? low : at[order[k - 1]] + (room[order[k - 1]] + room[i]) / 2;
            at[i] = Math.max(at[i], least);
        }
        for (int k = order.length - 1; k >= 0; k--) {
            int i = order[k];
            double most = k == order.length - 1
                    ? high
                    : at[order[k + 1]] - (room[order[k + 1]] + room[i]) / 2;
            at[i] = Math.min(at[i], most);
        }
    }
}
