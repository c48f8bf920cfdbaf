package mechanics.hyperparameters;

/**
 * Gradient descent with a large learning rate, in the smallest network in which it can be followed exactly.
 *
 * <p>The network is f = n^(−1/2) Σᵢ vᵢ uᵢ with n hidden neurons, the loss L = ½ f². Its curvature is the tangent kernel
 * λ = (‖u‖² + ‖v‖²)/n. A step of gradient descent, u ← u − η f v/√n and v ← v − η f u/√n, is closed in f and λ:
 *
 * <pre>f ← f (1 − ηλ + η² f²/n),   λ ← λ + (η f²/n)(ηλ − 4).</pre>
 *
 * For η &lt; 2/λ₀ the output shrinks and λ hardly moves (by O(1/n)). For 2/λ₀ &lt; η &lt; 4/λ₀ the output grows at first,
 * by |1 − ηλ| a step; when f² is of the order of n the second equation takes λ down, until λ &lt; 2/η, and the output
 * shrinks: the catapult. For η &gt; 4/λ₀ the second equation takes λ up, and both diverge.
 *
 * <p>Source: Lewkowycz, Bahri, Dyer, Sohl-Dickstein and Gur-Ari, "The large learning rate phase of deep learning: the
 * catapult mechanism" (2020), section 2, equations 5 and 6.
 *
 * @param width        n, the number of hidden neurons
 * @param learningRate η, positive
 */
public record Catapult(int width, double learningRate) {

    /** @throws IllegalArgumentException if an argument is not positive */
    public Catapult {
        if (width <= 0) throw new IllegalArgumentException("width = " + width + ": expected at least 1");
        if (!(learningRate > 0 && Double.isFinite(learningRate)))
            throw new IllegalArgumentException(
                    "learningRate = " + learningRate + ": expected a positive finite number");
    }

    /** What a learning rate does to a curvature. */
    public enum Phase {
        /** ηλ ≤ 2: the output shrinks from the first step on. */
        LAZY,
        /** 2 &lt; ηλ &lt; 4: the output grows, the curvature falls, the output shrinks. */
        CATAPULT,
        /** ηλ ≥ 4: output and curvature grow. */
        DIVERGENT
    }

    /**
     * A state.
     *
     * @param output    f
     * @param curvature λ
     */
    public record State(double output, double curvature) {
        /** ½ f². */
        public double loss() { return output * output / 2; }
    }

    /**
     * The phase in which a small output begins, at curvature λ.
     *
     * @param curvature λ, the curvature before the step
     */
    public Phase phase(double curvature) {
        double product = learningRate * curvature;
        return product <= 2 ? Phase.LAZY : product < 4 ? Phase.CATAPULT : Phase.DIVERGENT;
    }

    /**
     * One step of gradient descent.
     *
     * @param state output and curvature before the step
     */
    public State step(State state) {
        double f = state.output;
        double share = learningRate * f * f / width;
        return new State(f * (1 - learningRate * state.curvature + learningRate * share),
                state.curvature + share * (learningRate * state.curvature - 4));
    }

    /**
     * The states at steps 0, …, {@code steps}; infinite or NaN where they diverge.
     *
     * @param start where it begins
     * @param steps how many, not negative
     */
    public State[] trajectory(State start, int steps) {
        if (steps < 0) throw new IllegalArgumentException("steps = " + steps + ": expected at least 0");
        State[] states = new State[steps + 1];
        states[0] = start;
        for (int t = 0; t < steps; t++) states[t + 1] = step(states[t]);
        return states;
    }

    /**
     * The steps after which an output that starts small has grown to √n/η, where the curvature begins to fall:
     * ln(√n/(η |f₀|)) / ln(ηλ₀ − 1), which grows like the logarithm of the width.
     *
     * @param start where it begins
     * @throws IllegalArgumentException if the start is not in the catapult phase, or its output is 0
     */
    public double launchTime(State start) {
        if (phase(start.curvature) != Phase.CATAPULT)
            throw new IllegalArgumentException("ηλ = " + learningRate * start.curvature
                    + ": expected between 2 and 4, the catapult phase");
        if (start.output == 0) throw new IllegalArgumentException("output = 0.0: expected one that can grow");
        return Math.log(Math.sqrt(width) / (learningRate * Math.abs(start.output)))
                / Math.log(learningRate * start.curvature - 1);
    }
}
