package mechanics.statistics;

import mechanics.base.Require;

import org.hipparchus.distribution.continuous.TDistribution;

/** How far means of few draws lie from what they estimate, in their own standard errors: Student (1908). */
public final class Student {

    private Student() {}

    /**
     * The number k of standard errors at which a true statement about several means is given up once in {@code runs}
     * runs: P(|t| &gt; k) = 1/(runs · values), where t has Student's distribution with draws − 1 degrees of freedom.
     * The values share the chance equally (Bonferroni), whether they depend on one another or not.
     *
     * @param draws  independent normal draws behind each mean and its standard error, at least 2
     * @param values how many means are compared at once, at least 1
     * @param runs   such as 1000, at least 1
     */
    public static double factor(int draws, int values, int runs) {
        if (draws < 2) {
            throw new IllegalArgumentException("draws = " + draws + ": expected at least 2");
        }
        Require.positive("values", values);
        Require.positive("runs", runs);
        return -new TDistribution(draws - 1.0).inverseCumulativeProbability(0.5 / ((double) runs * values));
    }
}
