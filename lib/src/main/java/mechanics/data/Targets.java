package mechanics.data;

import java.util.Arrays;

/** Labels as numbers to regress on. */
public final class Targets {

    private Targets() {}

    /**
     * One-hot rows: 1 in the column of the label, 0 elsewhere.
     *
     * @param labels n labels from 0 to classes − 1
     * @return n × classes
     */
    public static double[][] oneHot(int[] labels, int classes) {
        double[][] rows = new double[labels.length][classes];
        for (int i = 0; i < labels.length; i++) {
            rows[i][requireLabel(labels[i], classes)] = 1;
        }
        return rows;
    }

    /**
     * One-hot rows minus 1 / classes, so that each row sums to zero: a model need not learn a bias first.
     *
     * @param labels n labels from 0 to classes − 1
     * @return n × classes
     */
    public static double[][] centeredOneHot(int[] labels, int classes) {
        double[][] rows = oneHot(labels, classes);
        for (double[] row : rows) {
            Arrays.setAll(row, j -> row[j] - 1.0 / classes);
        }
        return rows;
    }

    /**
     * −1 for label 0 and +1 for label 1.
     *
     * @param labels n labels, 0 or 1
     * @return n × 1
     */
    public static double[][] signs(int[] labels) {
        double[][] rows = new double[labels.length][1];
        for (int i = 0; i < labels.length; i++) {
            rows[i][0] = 2 * requireLabel(labels[i], 2) - 1;
        }
        return rows;
    }

    static int requireLabel(int label, int classes) {
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "label = " + label + ": expected a class from 0 to " + (classes - 1));
        }
        return label;
    }
}
