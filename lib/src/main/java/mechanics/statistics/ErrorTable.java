package mechanics.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which of n test samples each of k learners gets wrong, and what the learners have in common. Immutable. */
public final class ErrorTable {
    private final boolean[][] wrong; // learners × samples

    private ErrorTable(boolean[][] wrong) { this.wrong = wrong; }

    /**
     * A table.
     *
     * @param wrong k × n, one row a learner. Not modified, not kept.
     */
    public static ErrorTable of(boolean[][] wrong) {
        if (wrong.length == 0 || wrong[0].length == 0)
            throw new IllegalArgumentException("wrong is empty: expected at least one learner and sample");
        for (boolean[] row : wrong) {
            if (row.length != wrong[0].length)
                throw new IllegalArgumentException("wrong has rows of " + wrong[0].length + " and "
                        + row.length + ": expected the same samples for all learners");
        }
        return new ErrorTable(Arrays.stream(wrong).map(boolean[]::clone).toArray(boolean[][]::new));
    }

    /** The table of what several learners answer, the first in row 0. */
    public static ErrorTable of(List<Answers> learners) {
        boolean[][] wrong = new boolean[learners.size()][];
        for (int a = 0; a < wrong.length; a++) {
            Answers answers = learners.get(a);
            wrong[a] = new boolean[answers.size()];
            for (int i = 0; i < wrong[a].length; i++) wrong[a][i] = !answers.right(i);
        }
        return of(wrong);
    }

    /** k. */
    public int learners() { return wrong.length; }

    /** n. */
    public int samples() { return wrong[0].length; }

    /** The number of errors of each learner, length k. */
    public int[] errors() {
        return IntStream.range(0, learners()).map(a -> common(a, a)).toArray();
    }

    /** The share of errors of each learner, length k. */
    public double[] errorRates() {
        return Arrays.stream(errors()).mapToDouble(e -> (double) e / samples()).toArray();
    }

    /** The number of samples that learners a and b both get wrong. */
    public int common(int a, int b) {
        int count = 0;
        for (int i = 0; i < samples(); i++) if (wrong[a][i] && wrong[b][i]) count++;
        return count;
    }

    /** The share of samples that each pair gets wrong, k × k. Cost: k² n. */
    public double[][] both() {
        double[][] both = new double[learners()][learners()];
        for (int a = 0; a < both.length; a++) {
            for (int b = 0; b <= a; b++) {
                both[a][b] = (double) common(a, b) / samples();
                both[b][a] = both[a][b];
            }
        }
        return both;
    }

    /** How many learners get each sample wrong, length n. */
    public int[] missed() {
        int[] missed = new int[samples()];
        for (boolean[] row : wrong) {
            for (int i = 0; i < row.length; i++) if (row[i]) missed[i]++;
        }
        return missed;
    }

    /** The number of samples that m learners get wrong, for m = 0, …, k. */
    public double[] histogram() {
        double[] counts = new double[learners() + 1];
        for (int m : missed()) counts[m]++;
        return counts;
    }

    /** The table of the samples from (inclusive) to (exclusive). */
    public ErrorTable part(int from, int to) {
        if (from < 0 || to > samples() || from >= to)
            throw new IllegalArgumentException(
                    "samples " + from + " to " + to + ": expected a part of 0 to " + samples());
        return new ErrorTable(
                Arrays.stream(wrong).map(row -> Arrays.copyOfRange(row, from, to)).toArray(boolean[][]::new));
    }
}
