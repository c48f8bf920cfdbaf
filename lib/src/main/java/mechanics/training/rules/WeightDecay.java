package mechanics.training.rules;

/**
 * What pulls parameters to zero at every step.
 *
 * @param coefficient λ
 * @param decoupled whether parameters shrink by the factor 1 − rate λ beside the move; otherwise λ θ is added to the
 *        gradient, as if the loss had a term λ/2 ‖θ‖²
 */
public record WeightDecay(double coefficient, boolean decoupled) {
    /** Checks the coefficient. */
    public WeightDecay {
        if (!(coefficient >= 0) || Double.isInfinite(coefficient)) {
            throw new IllegalArgumentException(
                    "weightDecay = " + coefficient + ": expected a number of at least 0");
        }
    }

    /** λ = 0. */
    public static WeightDecay none() { return new WeightDecay(0, false); }

    /** Decays a group before it moves at the given rate. Modified: its gradient or its parameters. */
    void apply(ParameterGroup group, double rate) {
        if (coefficient == 0) return;
        if (decoupled) {
            group.theta().scale(1 - rate * coefficient);
        } else {
            group.gradient().add(coefficient, group.theta());
        }
    }
}
