package mechanics.lab.predictions;

import mechanics.base.Numerals;
import mechanics.base.Require;

/**
 * |measured − predicted| ≤ k standard errors.
 *
 * @param k how many
 * @param errors the standard error of each value, or one for all; none if they come with the measurement
 * @param draws of which the errors are; 0 if that is not said
 */
record StandardErrors(double k, double[] errors, int draws) implements Tolerance.Computed {

    /** Requires positive numbers; copies the array. */
    public StandardErrors {
        Require.notNegative("k", k);
        errors = errors.clone();
        for (int i = 0; i < errors.length; i++) {
            if (!(errors[i] > 0) || Double.isInfinite(errors[i])) {
                throw new IllegalArgumentException("standard error [" + i + "] = " + errors[i]
                        + ": expected a positive number");
            }
        }
    }

    @Override
    public double deviation(double predicted, double measured, int index) {
        return Math.abs(measured - predicted) / errors[errors.length == 1 ? 0 : index];
    }

    @Override
    public double allowed() { return k; }

    @Override
    public double size(double predicted, int index) { return k * errors[errors.length == 1 ? 0 : index]; }

    @Override
    public int values() { return Math.max(1, errors.length); }

    @Override
    public boolean pending() { return errors.length == 0; }

    @Override
    public Tolerance.Computed given(double[] later) {
        return pending() ? new StandardErrors(k, later, draws) : this;
    }

    @Override
    public String reason() {
        return draws == 0
                ? "standard errors of the mean"
                : "standard errors over " + draws + " independent draws";
    }

    @Override
    public String words(double deviation) { return Numerals.text(deviation, 3) + " standard errors"; }

    @Override
    public String words() { return "within " + Numerals.brief(k) + " standard errors" + size(); }

    private String size() { return errors.length == 0 ? "" : " of " + Numerals.range(errors, 3); }
}
